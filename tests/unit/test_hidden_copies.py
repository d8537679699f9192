"""Hidden paragraphs that the page shows elsewhere."""

from __future__ import annotations

from dataclasses import replace

from cleanpage.draft import Dom, TextBlock, make_block
from cleanpage.repeats.hidden_copies import hidden_again
from cleanpage.repeats.stage import find_repeats

LINES = [
    "The lock at Tarnwell was closed on Friday after a barge had struck the upper gate and bent one of its two hinges.",
    "Engineers of the canal trust lowered the water by a metre, so that divers could look at the sill and the walls.",
    "They found no crack in the masonry, but the gate will have to be lifted out and taken to a yard in Brinsford.",
]


def page(*lines: str) -> list[TextBlock]:
    """Return blocks; a line that begins with ``~`` is hidden."""
    blocks, at = [], 0
    for line in lines:
        text = line.removeprefix("~")
        block = make_block(at, at + len(text) + 1, (at, at + len(text)), text)
        blocks.append(replace(block, dom=Dom("p", ("body", "p"), (1, 2), hidden=line != text)))
        at += len(text) + 1
    return blocks


def test_the_shown_one_stays_wherever_it_stands():
    above, below = page("~" + LINES[0], *LINES), page(*LINES, "~" + LINES[0])
    assert hidden_again(above, (), ()) == [(0, above[1].content)]
    assert hidden_again(below, (), ()) == [(3, below[0].content)]


def test_what_is_shown_twice_hidden_twice_or_hidden_in_other_words_is_none():
    assert hidden_again(page(*LINES, LINES[0]), (), ()) == []
    assert hidden_again(page("~" + LINES[0], "~" + LINES[0], *LINES[1:]), (), ()) == []
    assert hidden_again(page(*LINES, "~" + LINES[0].replace("Friday", "Monday")), (), ()) == []
    assert hidden_again(page("Share this", *LINES, "~Share this"), (), ()) == []


def test_what_other_copies_point_to_and_what_is_skipped_stays():
    blocks = page(*LINES, "~" + LINES[0], "~" + LINES[1])
    assert [i for i, _ in hidden_again(blocks, (), [blocks[3].content, (0, 1)])] == [4]
    assert [i for i, _ in hidden_again(blocks, {1}, ())] == [3]


def test_a_kept_span_never_holds_a_block_that_goes():
    blocks = page(*LINES, *("~" + line for line in LINES[:2]), *LINES, "~" + LINES[2])
    pairs = [pair for run in find_repeats(blocks) for pair in run.pairs]
    gone = {pair.block for pair in pairs}
    assert gone == {3, 4, 5, 6, 7, 8}
    assert all(pair.of in [blocks[i].content for i in range(3)] for pair in pairs)
