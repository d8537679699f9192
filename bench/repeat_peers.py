"""``find_repeats`` beside what people use instead: ``python -m bench.repeat_peers [CASES|planted]``.

Every way gets the same blocks and says which of them go; the first of equal ones stays. Measures as in
``bench.repeats``: removed, lost, canonical, false, milliseconds a page.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz

from bench.repeats import CASES, Score, read_cases, score_gone
from cleanpage.draft import TextBlock
from cleanpage.load.text import load_text
from cleanpage.repeats.stage import find_repeats
from cleanpage.text.similarity import key

MIN_LINE = 10.0
"""Ideograms of the shortest line that any of the other ways removes; shorter ones are chrome."""
FUZZY = 85
GRAM, SHARE = 7, 0.6
"""Words (ideograms) of a gram, and the share of a paragraph's grams that must have stood before."""
SUBSTRING = 100

Way = Callable[[Sequence[TextBlock]], list[int]]


def ours(blocks: Sequence[TextBlock]) -> list[int]:
    """``find_repeats``."""
    return [pair.block for run in find_repeats(blocks) for pair in run.pairs]


def exact_lines(blocks: Sequence[TextBlock]) -> list[int]:
    """Lines that stood before, blanks and punctuation apart (what line deduplicators of corpora do)."""
    seen: set[str] = set()
    found = []
    for i, text in _long(blocks):
        if text in seen:
            found.append(i)
        seen.add(text)
    return found


def fuzzy_lines(blocks: Sequence[TextBlock]) -> list[int]:
    """Lines with an earlier one of ``rapidfuzz.fuzz.ratio`` 85."""
    seen: list[str] = []
    found = []
    for i, text in _long(blocks):
        if any(fuzz.ratio(text, other, score_cutoff=FUZZY) for other in seen):
            found.append(i)
        else:
            seen.append(text)
    return found


def gram_paragraphs(blocks: Sequence[TextBlock]) -> list[int]:
    """Paragraphs of whose 7-grams most stood before (as Gopher's and MassiveText's rules count them)."""
    seen: set[tuple[str, ...]] = set()
    found = []
    for i, block in enumerate(blocks):
        folded = block.folded
        words = folded.split() if block.units < 0.6 * len(folded) else list(key(folded))
        grams = {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}
        if block.units >= MIN_LINE and grams and len(grams & seen) >= SHARE * len(grams):
            found.append(i)
        seen |= grams
    return found


def substrings(blocks: Sequence[TextBlock]) -> list[int]:
    """Blocks mostly covered by 100-character substrings that stood before (exact substring deduplication)."""
    text = "".join(block.folded for block in blocks)
    seen: set[str] = set()
    covered = bytearray(len(text))
    for at in range(len(text) - SUBSTRING + 1):
        window = text[at : at + SUBSTRING]
        if window in seen:
            covered[at : at + SUBSTRING] = b"\x01" * SUBSTRING
        seen.add(window)
    found, at = [], 0
    for i, block in enumerate(blocks):
        size = len(block.folded)
        if size and sum(covered[at : at + size]) >= 0.5 * size:
            found.append(i)
        at += size
    return found


def _long(blocks: Sequence[TextBlock]) -> list[tuple[int, str]]:
    return [(i, key(block.folded)) for i, block in enumerate(blocks) if block.units >= MIN_LINE]


WAYS: tuple[Way, ...] = (ours, exact_lines, gram_paragraphs, substrings, fuzzy_lines)
MAX_PAGE = 200_000
"""Characters of the longest page: fuzzy lines are quadratic."""


def main(source: str = str(CASES)) -> None:
    """Print one line a way."""
    scores = {way.__name__: Score() for way in WAYS}
    for case in read_cases(source):
        page = "\n".join(line[0] for line in case["lines"])
        if len(page) > MAX_PAGE:
            continue
        blocks = load_text(page)
        for way in WAYS:
            began = time.perf_counter()
            gone = way(blocks)
            scores[way.__name__].ms.append((time.perf_counter() - began) * 1000)
            score_gone(case, page, [blocks[i].content for i in gone], scores[way.__name__])
    print(f"{'':24s}   removed      lost canonical     false   ms p50   ms p95 pages")
    for name, score in scores.items():
        print(f"{name:24s} {score.row()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
