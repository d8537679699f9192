"""Threads in flattened text: the texts between the heads of posts, apart from what is printed at each of them.

No element names posts there, but each post has a head with a day or its number, and heads of one thread have one form.
What comes back at them is frame: ranks, counts, buttons. So is what stands beside a frame line wherever that is
printed, if it is short: the poster's name, the place. All else between the first head and the end of the last post was
posted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from cleanpage.body.lines import Line
from cleanpage.body.threads import LISTED
from cleanpage.draft import Draft, PostLines, TextBlock
from cleanpage.fields.shared.stamps import Stamp, is_of_no_post, read_stamp
from cleanpage.fields.shared.when import ago_marks
from cleanpage.labels import Label
from cleanpage.text import ends_sentence, fold
from cleanpage.text.lazy_regex import lazy

MAX_FRAME, MAX_POSTER = 40.0, 14.0
"""Longest line of a frame, and longest name of a poster, in ideograms."""
FEWEST_HEADS, FEWEST_COPIES = 2, 3
"""Heads of a thread; copies of a line that is frame ..."""
REPEATED = 0.25
"""... which are at least this share of the heads."""
FILLED = 0.4
"""Least share of the heads with text behind them: lists of dates have none."""
OF_HEADS = LISTED | {Label.PUBLISH, Label.BYLINE}
"""Labels that the head of a post may have."""
UNDER_REPLIES = 0.2
"""Chance that counts for a line under a heading that says replies, which no model has looked at."""
MOST_MASS, LEAST_MASS = 100.0, 10.0
"""How much text, in ideograms times the chance that it is body, counts for a post; least for a thread."""
LAST = 30
"""Lines behind the last head that may be its post's."""
ABOVE_FIRST = 8
"""Lines above the first head that may be printed at its post: above them stands the page's navigation."""
BESIDE_FRAME = 0.9
"""Share of the lines at one side of a frame line that are short: they name posters."""
ROUNDS = 3
"""So many names may stand in a row: name, alias, title."""
QUOTED = 15.0
"""A longer line that was posted before is a quotation, in ideograms."""
HOPELESS_POST = 0.05
"""A line with a smaller chance is no text, wherever it stands. Of these constants, on forums of magic-dev and wcxb-dev
held out: F1 of html_text .666 zh, .667 en, .749 -> .800, .715, .772; with 3 heads .746, .706, .773."""
NEAR_COMMENTS = 20
"""A line of comments stands at most so many lines from the first head of theirs ..."""
LEAST_ABOVE, SURE_ABOVE, STEP_DOWN = 60.0, 0.6, 0.12
"""... and above it so much text is kept, in ideograms, that is body with such a chance, and with so much more than
theirs."""
MOST_A_COMMENT = 160.0
"""Most text of a comment in the mean, in ideograms: posts of blogs have 340 and more, comments up to 157 (gn1)."""

_QUOTES = (":", "：", "↑")
"""What ends a line that names whom a post quotes."""
_DIGITS = lazy(r"\d+(?:[.,:]\d+)*k?")


class Thread(NamedTuple):
    """The posts of a page, as indices of lines."""

    heads: Sequence[int]
    """The lines with the day or number of a post."""
    frame: Sequence[bool]
    """For each line whether it is printed at posts rather than posted."""


def find_thread(lines: Sequence[Line], chances: Sequence[float], draft: Draft) -> Thread | None:
    """Return the posts of a page in text, None if no heads come back. Linear in the lines."""
    folded = list(map(_folded, lines))
    together = "\n".join(folded)
    marks = [mark for mark in ago_marks() if mark in together]
    stamps = [_stamp(line, text, marks) for line, text in zip(lines, folded, strict=True)]
    keys = [_key(text, stamp) for text, stamp in zip(folded, stamps, strict=True)]
    count = Counter(keys)
    ruled = {finding.block for finding in draft.findings if finding.score >= 1.0 and finding.via != "run"}
    frame = [
        stamp is not None
        or not any(map(str.isalpha, line.text))
        or bool(line.labels - LISTED)
        or (bool(line.labels) and not ruled.isdisjoint(range(line.first, line.last + 1)))
        for line, stamp in zip(lines, stamps, strict=True)
    ]
    told = (
        0.0 if is_frame or (key and count[key] >= FEWEST_COPIES) else line.units * (UNDER_REPLIES if line.labels else p)
        for line, p, key, is_frame in zip(lines, chances, keys, frame, strict=True)
    )
    heads = _heads(_groups(folded, stamps, keys), list(accumulate(told, initial=0.0)))
    if not heads:
        return None
    needed = max(FEWEST_COPIES, REPEATED * len(heads))
    frame = [is_frame or (bool(key) and count[key] >= needed) for is_frame, key in zip(frame, keys, strict=True)]
    _add_names(lines, keys, frame, heads)
    return Thread(heads, frame)


def with_flat_posts(lines: Sequence[Line], chances: Sequence[float], kept: list[bool], thread: Thread) -> list[bool]:
    """Return the lines that are body, among them all that was posted and nothing of the frame; linear in them.

    What is quoted of a post stands where it was posted.
    """
    first, end = thread.heads[0], _end(thread)
    said = {lines[i].text for i in range(first) if kept[i]}
    kept = list(kept)
    for i in range(first, end):
        line = lines[i]
        is_again = line.units >= QUOTED and line.text in said
        kept[i] = not thread.frame[i] and not is_again and (chances[i] >= HOPELESS_POST or bool(line.labels))
        if is_again:
            named = i - 1 - (thread.frame[i - 1] and i > 1)  # a day may stand between
            if lines[named].units <= MAX_FRAME and lines[named].text.endswith(_QUOTES):
                kept[named] = False
        if kept[i]:
            said.add(line.text)
    return kept


def without_flat_comments(
    lines: Sequence[Line], chances: Sequence[float], kept: list[bool], draft: Draft
) -> list[bool]:
    """Return the lines of the body of a page in text without the posts of readers below it; linear in the lines.

    Below it: from the first head of a post on that stands near a line of comments, and from which on the lines are less
    likely to be body than those above. Threads and lists of dated texts have no such step. Measured on sites held out:
    resiliparse waddle-en +.0067, waddle-pl +.002; bs4 waddle-en +.0045, gn1 +.0032, cleaneval, whose labels hold
    comments of blogs, -.0008; html_text cleaneval -.0012.
    """
    marked = [i for i, line in enumerate(lines) if Label.COMMENTS in line.labels or Label.COMMENTS in line.hints]
    if not marked or True not in kept[max(0, marked[0] - NEAR_COMMENTS) :]:
        return kept
    own = [line.units if keep else 0.0 for line, keep in zip(lines, kept, strict=True)]
    mass = list(accumulate(own, initial=0.0))
    sure = list(accumulate((size * p for size, p in zip(own, chances, strict=True)), initial=0.0))
    near = {i + step for i in marked for step in range(-NEAR_COMMENTS, NEAR_COMMENTS + 1)}
    below_text = [i for i in near.intersection(range(len(lines))) if LEAST_ABOVE <= mass[i] < mass[-1]]
    may_be = {i for i in below_text if sure[i] / mass[i] >= SURE_ABOVE}
    # Nine pages in ten of those with lines of comments have no day or number there, and their other lines need no look.
    is_stamped = any(_stamp(lines[i], _folded(lines[i])) for i in may_be)
    thread = find_thread(lines, chances, draft) if is_stamped else None
    if thread is None:
        return kept
    end = _end(thread)
    least = next((mass[head] for head in thread.heads if mass[head] >= LEAST_ABOVE), 0.0)
    for at, head in enumerate(thread.heads[: 1 - FEWEST_HEADS]):
        above, below = mass[head], mass[end] - mass[head]
        if above > least:  # on a blog's front page one post may look less sure than those above
            break
        if head not in may_be or not 0.0 < below <= MOST_A_COMMENT * (len(thread.heads) - at):
            continue
        if sure[head] / above >= (sure[end] - sure[head]) / below + STEP_DOWN:
            return [keep and not head <= i < end for i, keep in enumerate(kept)]
    return kept


def post_lines(
    lines: Sequence[Line], blocks: Sequence[TextBlock], kept: Sequence[bool], thread: Thread
) -> Iterator[PostLines]:
    """Yield where each post with text stands; linear in the lines."""
    heads, end = thread.heads, _end(thread)
    said = {line.text for line, keep in zip(lines, kept, strict=True) if keep}
    is_again = [
        not keep and not is_frame and line.units >= QUOTED and line.text in said
        for line, keep, is_frame in zip(lines, kept, thread.frame, strict=True)
    ]
    posted = [[i for i in range(a + 1, b) if kept[i] or is_again[i]] for a, b in pairwise((*heads, end))]
    opening = [i for i in range(heads[0]) if kept[i]]
    if not any(ends_sentence(lines[i].text) for i in opening):  # the title
        opening = []
    below = bool(opening) and not posted[-1]
    if below:  # a post's day stands under its text
        posted = [opening, *posted[:-1]]
    elif opening:
        posted = [opening, *posted]
        heads = (-1, *heads)
    for head, own in zip(heads, posted, strict=True):
        if not own:
            continue
        above = own[0]
        is_first = head <= thread.heads[0]
        highest = max(0, own[0] - (ABOVE_FIRST if is_first else LAST))
        while above > highest and (is_first or not (kept[above - 1] or is_again[above - 1])):
            above -= 1
        around = [max(0, own[0] - 1)] if head < 0 else [head, head + 1] if below else [head]
        around = [i for i in dict.fromkeys((*around, *range(above, own[0]))) if i < len(lines)]
        around = [i for i in around if thread.frame[i] or i == thread.heads[0] - 1]
        chosen = (around, [i for i in own if kept[i]], [i for i in own if is_again[i]])
        yield PostLines(*(tuple([at for i in part for at in _starts(lines[i], blocks)]) for part in chosen))


def _starts(line: Line, blocks: Sequence[TextBlock]) -> list[int]:
    """Return where the blocks of a line begin."""
    return [block.content[0] for block in blocks[line.first : line.last + 1]]


def _folded(line: Line) -> str:
    """Return the folded text of a line that may be frame, of a longer one nothing."""
    return "" if line.units > MAX_FRAME else line.folded if line.first == line.last else fold(line.text)


def _stamp(line: Line, folded: str, marks: Sequence[str] | None = None) -> Stamp | None:
    """Return the day or number of a line that may be a post's head; ``marks`` as for ``read_stamp``."""
    return None if line.labels - OF_HEADS or ends_sentence(line.text) else read_stamp(folded, marks)


def _key(folded: str, stamp: Stamp | None) -> str:
    """Return the form of a short line: numbers as 0; of one with a day the word before it and what stands behind."""
    if stamp is None:
        return _DIGITS.sub("0", folded).strip()
    before = _DIGITS.sub("0", stamp.before).split()
    return f"{before[-1] if before else ''}@{_DIGITS.sub('0', stamp.after).strip()}"


def _groups(folded: Sequence[str], stamps: Sequence[Stamp | None], keys: Sequence[str]) -> Iterator[list[int]]:
    """Yield lines with days or numbers that have one form, then those that agree at one side of it."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, (text, stamp, key) in enumerate(zip(folded, stamps, keys, strict=True)):
        if stamp is not None and not is_of_no_post(text, folded[i - 1] if i else ""):
            groups[key].append(i)
            before, _, after = key.partition("@")
            groups["*@" + after].append(i)
            if before:
                groups[before + "@*"].append(i)
    yield from groups.values()


def _heads(groups: Iterator[list[int]], mass: Sequence[float]) -> list[int]:
    """Return the group with the most text behind its lines; ``mass`` is the sum of the text above each line."""
    best: tuple[float, int] = LEAST_MASS, 0
    heads: list[int] = []
    for lines in groups:
        group = [i for i, after in zip(lines, [*lines[1:], -1], strict=True) if after != i + 1]  # day and number
        ends = [*group[1:], min(len(mass) - 1, group[-1] + LAST)]
        behind = [mass[end] - mass[i + 1] for i, end in zip(group, ends, strict=True)]
        filled = sum(told > 0.0 for told in behind)
        score = sum(min(told, MOST_MASS) for told in behind), len(group)
        if len(group) >= FEWEST_HEADS and filled >= FILLED * len(group) and score > best:
            best, heads = score, group
    return heads


def _add_names(lines: Sequence[Line], keys: list[str], frame: list[bool], heads: Sequence[int]) -> None:
    """Add to ``frame`` the short lines that stand at one side of a frame line wherever it is printed."""
    begins = set(heads)
    post_of = list(accumulate(i in begins for i in range(len(lines))))
    left = Counter(post for post, is_frame in zip(post_of, frame, strict=True) if not is_frame)
    inside = range(max(0, heads[0] - ABOVE_FIRST), min(len(lines), heads[-1] + LAST))
    for _ in range(ROUNDS):
        places: dict[tuple[str, int], list[int]] = defaultdict(list)
        for i in inside:
            for side in (-1, 1):
                if frame[i] and 0 <= i + side < len(lines) and not frame[i + side]:
                    places[keys[i], side].append(i + side)
        found = [j for place in places.values() for j in _posters(lines, place)]
        for j in found:
            if not frame[j] and left[post_of[j]] > 1:  # a post has a text
                frame[j], keys[j] = True, "<name>"
                left[post_of[j]] -= 1


def _posters(lines: Sequence[Line], place: Sequence[int]) -> list[int]:
    """Return the short lines of a place if nearly all are that read as names do, else none."""
    short = [i for i in place if lines[i].units <= MAX_POSTER and not ends_sentence(lines[i].text)]
    return short if len(short) >= max(FEWEST_HEADS, BESIDE_FRAME * len(place)) else []


def _end(thread: Thread) -> int:
    """Return the line behind the last post: the first of its frame behind its text."""
    heads, frame = thread.heads, thread.frame
    usual = sorted(b - a for a, b in pairwise(heads))[(len(heads) - 1) // 2]
    end = last = heads[-1] + 1
    for i in range(last, min(len(frame), last + max(2, 3 * usual))):
        if not frame[i]:
            end = i + 1
        elif end > last:
            break
    return end
