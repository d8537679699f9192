"""Score ``find_repeats`` on planted copies: ``python -m bench.repeats [CASES|planted|nested|bodies] [KIND]``.

CASES is a .jsonl.xz (default: the shared ones); ``planted`` makes cases of the labelled pages
(``bench.planted``), ``nested`` prints them level by level (``bench.nested_pages``), ``bodies`` takes
every labelled body as a page that must stay whole. KIND is what the kinds to score begin with.

The measures are those of REPEATS.md: removed (share of the surplus characters that went), lost (share of the
distinct sentences that survive in no copy), canonical (of the sentences kept once, the share kept from the best
copy), false (share of a ``neg-*`` page called duplicate); and milliseconds a page, median and 95th percentile.
"""

from __future__ import annotations

import json
import lzma
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bench import nested_pages, planted
from bench.data import SHARED
from cleanpage.load.text import load_text
from cleanpage.model import Span
from cleanpage.repeats.stage import find_repeats

CASES = SHARED / "repeats/dev.jsonl.xz"
Unit: TypeAlias = tuple[int, int]
SURVIVES = 0.5
"""A sentence survives in a copy of which at least this share stays."""


@dataclass
class Instance:
    """One sentence in one copy: how many of its characters there are, and how many were removed."""

    copy: str
    size: int
    gone: int
    whole: bool


@dataclass
class Score:
    """Sums over the pages of one kind; a share is the mean over pages."""

    removed: list[float] = field(default_factory=list)
    lost: list[float] = field(default_factory=list)
    canonical: list[float] = field(default_factory=list)
    false: list[float] = field(default_factory=list)
    ms: list[float] = field(default_factory=list)

    def row(self) -> str:
        shares = " ".join(f"{_mean(v):9.4f}" for v in (self.removed, self.lost, self.canonical, self.false))
        ms = sorted(self.ms)
        return f"{shares} {statistics.median(ms):8.2f} {ms[int(len(ms) * 0.95)]:8.2f} {len(ms):5d}"


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")


def _split_units(text: str, units: list[list[int]]) -> Iterator[tuple[Unit, int, bool]]:
    """Yield sentence, length in this copy and whether it is whole; edited lines are shared out in proportion."""
    known = sum(size for _, _, size in units if size > 0)
    if any(size < 0 for _, _, size in units):
        scale = min(1.0, len(text) / known) if known else 1.0
        rest = max(len(text) - known, 0)
    else:
        scale, rest = len(text) / known if known else 1.0, 0
    for paragraph, sentence, size in units:
        yield (paragraph, sentence), round(size * scale) if size > 0 else rest, size > 0


def _instances(case: dict[str, Any], gone: bytearray) -> dict[Unit, list[Instance]]:
    found: dict[Unit, list[Instance]] = defaultdict(list)
    start = 0
    for text, copy, units in case["lines"]:
        place = start
        for unit, size, whole in _split_units(text, units or []):
            if unit[0] >= 0:  # the others are joints, and chrome on the line of a text
                found[unit].append(Instance(copy, size, sum(gone[place : place + size]), whole))
            place += size
        start += len(text) + 1
    return found


def score_case(case: dict[str, Any], score: Score) -> None:
    """Clean one case and add what came out to ``score``."""
    page = "\n".join(line[0] for line in case["lines"])
    blocks = load_text(page)
    began = time.perf_counter()
    runs = find_repeats(blocks)
    score.ms.append((time.perf_counter() - began) * 1000)
    score_gone(case, page, [pair.span for run in runs for pair in run.pairs], score)


def score_gone(case: dict[str, Any], page: str, spans: Sequence[Span], score: Score) -> None:
    """Add to ``score`` what it is worth to take these spans away from a page."""
    gone = bytearray(len(page))
    for start, end in spans:
        gone[start:end] = b"\x01" * (end - start)
    if case["kind"].startswith("neg-"):
        score.false.append(sum(gone) / max(1, sum(not c.isspace() for c in page)))
        return
    units = _instances(case, gone)
    surplus = {u: sum(i.size for i in copies) - max(i.size for i in copies) for u, copies in units.items()}
    went = sum(min(surplus[u], sum(i.gone for i in copies)) for u, copies in units.items())
    score.removed.append(went / max(1, sum(surplus.values())))
    alive = {u: [i for i in copies if i.whole and i.gone < SURVIVES * max(1, i.size)] for u, copies in units.items()}
    score.lost.append(sum(not left for left in alive.values()) / max(1, len(alive)))
    once = [alive[u][0].copy for u in units if len(units[u]) > 1 and len(alive[u]) == 1]
    if case["best"] != "any" and once:
        score.canonical.append(sum(copy == case["best"] for copy in once) / len(once))


def read_cases(source: str) -> Iterator[dict[str, Any]]:
    """Yield the cases of a file, or those that are made."""
    made = {"planted": planted.cases, "nested": nested_pages.cases, "bodies": planted.labelled}
    if source in made:
        yield from made[source]()
        return
    with lzma.open(source, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(source: str = str(CASES), prefix: str = "") -> None:
    """Print one line a kind and level, and the means over all pages with and without copies."""
    scores: dict[str, Score] = defaultdict(Score)
    for case in read_cases(source):
        if not case["kind"].startswith(prefix):
            continue
        group = "= negative" if case["kind"].startswith("neg-") else "= copies"
        name = f"{case['kind']} {case['level'] or ''} {case['lang']}"
        each = Score()
        score_case(case, each)
        for total in (scores[name], scores[group], scores[f"{group} {case['lang']}"]):
            for measure in ("removed", "lost", "canonical", "false", "ms"):
                getattr(total, measure).extend(getattr(each, measure))
    print(f"{'':24s}   removed      lost canonical     false   ms p50   ms p95 pages")
    for name in sorted(scores):
        print(f"{name:24s} {scores[name].row()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
