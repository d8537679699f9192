"""What holds for every page: nothing kept is removed, digits count, the answer is the same in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from cleanpage.load.text import load_text
from cleanpage.repeats.stage import find_repeats

WORDS = ["harbour", "lantern", "quiet", "engine", "meadow", "stone", "window", "letter", "winter", "garden", "copper"]
IDEOGRAMS = "山水风云春夏秋冬东南西北高低大小新旧开关来去书桌门窗灯火茶饭"
TAILS = ["", "广告", "Share this", "分享到:", "\n\n", "首页 > 新闻 > 正文"]

words = st.lists(st.sampled_from(WORDS), min_size=12, max_size=30).map(lambda w: " ".join(w).capitalize() + ".")
ideograms = st.text(st.sampled_from(IDEOGRAMS), min_size=20, max_size=80).map(lambda t: t + "。")
bodies = st.one_of(st.lists(words, min_size=3, max_size=8), st.lists(ideograms, min_size=3, max_size=8))


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Draw a page of pieces of one or two bodies, in any order and number, with chrome between."""
    pool = [draw(bodies), draw(bodies)]
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        body = draw(st.sampled_from(pool))
        start = draw(st.integers(0, len(body) - 1))
        separator = draw(st.sampled_from(["\n", "", " "]))
        parts += [separator.join(body[start:]), *draw(st.lists(st.sampled_from(TAILS), max_size=3))]
    return "\n".join(parts)


@settings(max_examples=150, deadline=None)
@given(st.one_of(pages(), st.text(), st.lists(st.sampled_from(["a b c. ", "同一句话。", "\n", "1"])).map("".join)))
def test_nothing_kept_is_removed(page: str) -> None:
    blocks = load_text(page)
    gone = [i for run in find_repeats(blocks) for i, _, _ in run.pairs]
    assert len(gone) == len(set(gone))
    contents = [blocks[i].content for i in gone]
    for run in find_repeats(blocks):
        for _, _, (start, end) in run.pairs:
            assert 0 <= start < end <= len(page)
            assert not any(low < end and high > start for low, high in contents)


@settings(max_examples=60, deadline=None)
@given(bodies, st.integers(0, 2), st.integers(1, 9))
def test_a_block_with_another_digit_stays(body: list[str], where: int, digit: int) -> None:
    first = [f"{n}7{line}" for n, line in enumerate(body)]
    changed = [line if n != where else line.replace("7", f"7{digit}", 1) for n, line in enumerate(first)]
    page = "\n".join([*first, "广告", "分享到:", "首页 > 新闻", *changed])
    blocks = load_text(page)
    gone = {page[slice(*blocks[i].content)] for run in find_repeats(blocks) for i, _, _ in run.pairs}
    assert changed[where] not in gone
    assert first[where] not in gone


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 20_000), min_size=3, max_size=12, unique=True))
def test_a_page_without_repetition_is_left_alone(seeds: list[int]) -> None:
    lines = ["".join(chr(0x4E00 + (n * 7919 + k * k * 31 + k * 977) % 20_000) for k in range(60)) + "。" for n in seeds]
    assert find_repeats(load_text("\n".join(lines))) == []


def test_same_answer_under_every_hash_seed() -> None:
    program = (
        "from cleanpage.load.text import load_text\n"
        "from cleanpage.repeats.stage import find_repeats\n"
        "body = [f'Line {n} tells of {n * n} lanterns that the harbour keeper lit in the winter.' for n in range(9)]\n"
        "page = '\\n'.join([*body[:6], 'Share', 'Print', *body, 'Home', 'Top', *body[2:]])\n"
        "print(find_repeats(load_text(page)))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(answers) == 1
    assert "pairs" in answers.pop()


@settings(max_examples=60, deadline=None)
@given(pages())
def test_same_answer_for_text_and_blocks_in_any_thread(page: str) -> None:
    found = find_repeats(page)
    assert find_repeats(load_text(page)) == found
    with ThreadPoolExecutor(2) as threads:
        assert all(again == found for again in threads.map(find_repeats, [page] * 4))
