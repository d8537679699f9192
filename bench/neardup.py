"""Score ``dedupe`` on planted near-duplicates, side by side with others: ``python -m bench.neardup --help``.

A pair is two documents that hold a common body. *easy* leaves the pairs of machine-written reports and of pages with
common boilerplate out of the precision. Clusters (ARI, B³) are whole copies; what is cut to .6 or less, or holds
several articles, is one by itself.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product
from math import comb

from bench.data import ABSENT, present
from bench.neardup_cases import Case, cases, short_cases
from bench.neardup_peers import PEERS
from bench.report import print_columns
from cleanpage.dedupe import Duplicates, dedupe

Pairs = set[tuple[int, int]]
HARD = ("template", "boilerplate")


def found_pairs(found: Duplicates) -> Pairs:
    """Return all pairs of copies, of parts and wholes, of versions, and of related texts, by place."""
    members = {cluster.canonical: [int(id) for id in cluster.ids] for cluster in found.clusters}
    pairs = {tuple(sorted(pair)) for ids in members.values() for pair in combinations(ids, 2)}
    linked = [(part.part, part.whole) for part in found.parts]
    linked += [(link.one, link.other) for link in found.related]
    linked += [pair for story in found.versions for pair in combinations(story.ids, 2)]
    for one, other in linked:
        pairs |= {tuple(sorted(pair)) for pair in product(members[one], members[other])}
    return pairs  # type: ignore[return-value]


def true_pairs(documents: Sequence[Case]) -> Pairs:
    """Return the pairs that were planted."""
    holders = defaultdict(list)
    for place, case in enumerate(documents):
        for origin in case.origins:
            holders[origin].append(place)
    return {pair for places in holders.values() for pair in combinations(places, 2)}


def pair_scores(documents: Sequence[Case], pairs: Pairs) -> dict[str, float]:
    """Return precision, easy precision, recall and F1 of pairs, and the recall of each kind that was planted."""
    true = true_pairs(documents)
    right = pairs & true
    hard = {pair for pair in pairs - true if any(documents[i].kind.startswith(HARD) for i in pair)}
    precision, recall = len(right) / max(1, len(pairs)), len(right) / max(1, len(true))
    scores = {"precision": precision, "easy": len(right) / max(1, len(pairs - hard)), "recall": recall}
    scores["F1"] = 2 * precision * recall / max(1e-9, precision + recall)
    kinds: dict[str, list[bool]] = defaultdict(list)
    for pair in true:
        for kind in {documents[i].kind for i in pair} - {"whole", "contained"}:
            kinds[kind].append(pair in right)
    return scores | {kind: sum(hits) / len(hits) for kind, hits in sorted(kinds.items())}


def cluster_scores(documents: Sequence[Case], labels: Sequence[object]) -> dict[str, float]:
    """Return the adjusted Rand index and the B³ F1 of clusters."""
    true = [case.cluster for case in documents]
    both, mine, yours = Counter(zip(true, labels, strict=True)), Counter(true), Counter(labels)
    inside = sum(comb(n, 2) for n in both.values())
    a, b = sum(comb(n, 2) for n in mine.values()), sum(comb(n, 2) for n in yours.values())
    expected = a * b / comb(len(true), 2)
    precision = sum(n * n / yours[label] for (_, label), n in both.items()) / len(true)
    recall = sum(n * n / mine[label] for (label, _), n in both.items()) / len(true)
    return {"ARI": (inside - expected) / ((a + b) / 2 - expected), "B3": 2 * precision * recall / (precision + recall)}


def measure(documents: Sequence[Case]) -> tuple[dict[str, float], Duplicates, Pairs]:
    """Return what ``dedupe`` scores, and what it found."""
    began = time.process_time()
    found = dedupe(case.text for case in documents)
    spent = time.process_time() - began
    pairs = found_pairs(found)
    label = {int(id): canonical for id, canonical in found.canonical.items()}
    labels = [label[i] for i in range(len(documents))]
    scores = pair_scores(documents, pairs) | cluster_scores(documents, labels)
    size = sum(len(case.text.encode()) for case in documents) / 1e6
    return scores | {"CPU s": spent, "s/MB": spent / size}, found, pairs


def print_scores(columns: dict[str, dict[str, float]]) -> None:
    """Print a line a measure, a column a way."""
    names = list(dict.fromkeys(name for scores in columns.values() for name in scores))
    rows = [(name, *(f"{scores[name]:.3f}" if name in scores else "" for scores in columns.values())) for name in names]
    print_columns(("", *columns), rows, words=1)


def print_wrong(documents: Sequence[Case], pairs: Pairs, limit: int) -> None:
    """Print some pairs that were missed, and some that are none, by kind."""
    true = true_pairs(documents)
    for title, wrong in (("missed", true - pairs), ("wrong", pairs - true)):
        groups = Counter(tuple(sorted(documents[i].kind for i in pair)) for pair in wrong)
        print(f"\n{title}: {len(wrong)}", dict(groups.most_common(15)))
        for a, b in sorted(wrong)[:limit]:
            for place in (a, b):
                print(f"  {documents[place].kind:16s} {documents[place].text[:150]!r}")
            print()


def peer_scores(
    documents: Sequence[Case], find: Callable[[Sequence[str]], Iterable[tuple[int, int]]]
) -> dict[str, float]:
    """Return what another way scores: its pairs, and their connected components as clusters."""
    began = time.process_time()
    pairs = {(min(pair), max(pair)) for pair in find([case.text for case in documents])}
    spent = time.process_time() - began
    root = list(range(len(documents)))

    def up(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b in pairs:
        root[up(b)] = up(a)
    clusters = cluster_scores(documents, [up(i) for i in range(len(documents))])
    return pair_scores(documents, pairs) | clusters | {"CPU s": spent}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.neardup", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of what is planted; 1 is what was tuned on")
    parser.add_argument("--share", type=float, default=1.0, help="of the bodies")
    parser.add_argument("--short", action="store_true", help="texts of 20 to 100 characters")
    parser.add_argument("--peers", action="store_true", help="others side by side, those that are installed")
    parser.add_argument("--wrong", type=int, default=0, metavar="N", help="print N pairs missed and N wrong ones")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    documents = short_cases(options.seed) if options.short else cases(options.seed, options.share)
    scores, _, pairs = measure(documents)
    columns = {"cleanpage": scores}
    if options.peers:
        columns |= {name: peer_scores(documents, find) for name, find in PEERS.items()}
    print(f"{len(documents)} documents")
    print_scores(columns)
    if options.wrong:
        print_wrong(documents, pairs, options.wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
