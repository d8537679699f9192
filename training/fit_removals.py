"""``python -m training.fit_removals --folds DIR``: write ``cleanpage/decide/removal_confidence.json``.

Measured on the labelled pages, each cleaned by the weights of its fold (``training.fit_body --folds DIR``), as text in
two flattenings and as HTML: how often removals are right (``bench.removals``). A rule's share is drawn towards that of
its label, and that towards all, by WEIGHT removals; of what the body stage leaves out the shares rise with its
probability.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.data import Page
from bench.held_out import held_out
from bench.removals import SETS, Judged, judged, pages_of
from cleanpage.decide.removal_confidence import RATES_FILE
from cleanpage.labels import Label
from cleanpage.model import Article

WEIGHT = 20
"""Removals that a share is drawn by towards the one of many."""
BINS = (0.45, 0.55, 0.62, 0.68, 0.78, 0.88, 0.95, 0.98)
"""Where the probability is cut; what has no such place lies in the first or last bin."""
INPUTS = {"inscriptis": "text", "html_text": "text", "html": "html"}


def drawn(rows: Sequence[bool], towards: float) -> float:
    """Return the share of right ones, drawn towards another share."""
    return round((sum(rows) + WEIGHT * towards) / (len(rows) + WEIGHT), 3)


def rising(rows: Iterable[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return mean probability and share of right ones in each bin; neighbours that do not rise are put together."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, right in rows:
        bins[sum(score >= edge for edge in BINS)].append((score, right))
    found: list[list[tuple[float, bool]]] = []
    for _, row in sorted(bins.items()):
        found.append(row)
        while len(found) > 1 and _means(found[-2])[1] >= _means(found[-1])[1]:  # pool adjacent violators
            last = found.pop()
            found[-1] = found[-1] + last
    return [_means(row) for row in found]


def _means(row: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    score, right = (sum(column) / len(row) for column in zip(*row, strict=True))
    return round(score, 3), round(right, 3)


def shares(found: Mapping[str, Sequence[Judged]]) -> dict[str, object]:
    """Return the fields of ``removal_confidence.Measured``; ``found`` are the removals by kind of source."""
    everything = [one for rows in found.values() for one in rows]
    other = drawn([one.right for one in everything], 1.0)
    by_label: dict[str, list[bool]] = defaultdict(list)
    by_rule: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for one in everything:
        if one.removed.label != Label.BOILERPLATE:
            by_label[one.removed.label].append(one.right)
            by_rule[one.removed.rule, one.removed.label].append(one.right)
    labels = {label: drawn(rows, other) for label, rows in sorted(by_label.items())}
    # A stage may give several labels; the one that it gives most counts.
    ranked = sorted(by_rule.items(), key=lambda item: len(item[1]))
    left_out = {kind: [one for one in rows if one.removed.label == Label.BOILERPLATE] for kind, rows in found.items()}
    return {
        "model": {kind: rising((o.raw, o.right) for o in rows if o.is_model) for kind, rows in left_out.items()},
        "repairs": {kind: drawn([o.right for o in rows if not o.is_model], other) for kind, rows in left_out.items()},
        "rules": dict(sorted((rule, drawn(rows, labels[label])) for (rule, label), rows in ranked)),
        "labels": labels,
        "other": other,
    }


def removals(folder: Path, limit: int | None, inputs: Iterable[str]) -> Iterator[tuple[str, Page, Article]]:
    """Yield the kind of source, the page and the Article of each labelled page and input."""
    method = held_out(folder)
    for way in inputs:
        for page, article in pages_of(method, SETS, way, limit):
            yield INPUTS[way], page, article


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m training.fit_removals", description=__doc__)
    parser.add_argument("--folds", type=Path, required=True, metavar="DIR", help="the weights of each fold")
    parser.add_argument("--limit", type=int, metavar="N", help="this many pages of each set, spread evenly")
    options = parser.parse_args()
    found: dict[str, list[Judged]] = {"text": [], "html": []}
    for kind, page, article in removals(options.folds, options.limit, INPUTS):
        found[kind] += judged(article, page.body or "")
    text = json.dumps(shares(found), ensure_ascii=False, indent=1)
    RATES_FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
