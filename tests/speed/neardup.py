"""CPU and memory of ``dedupe`` on two sizes of made-up collections: ``python -m tests.speed.neardup [SMALL LARGE]``.

Texts of about 1.4 KB out of 20,000 invented words (Zipf), a fifth of them copies with a tenth of the words changed.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from itertools import accumulate

from cleanpage.corpus import Index

WORDS = 220


def texts(count: int, seed: int = 1) -> Iterator[str]:
    """Yield made-up articles, every fifth a copy of one of the last hundred."""
    rng = random.Random(seed)
    syllables = [first + second for first in "bcdfglmnprst" for second in "aeiou"]
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(20000)]
    weights = list(accumulate(1 / (n + 10) for n in range(len(words))))
    recent: list[list[str]] = []
    for n in range(count):
        if n % 5 == 4:
            text = [rng.choice(words) if rng.random() < 0.1 else word for word in rng.choice(recent)]
        else:
            text = rng.choices(words, cum_weights=weights, k=WORDS)
            recent = [*recent[-99:], text]
        yield " ".join(text)


def main(sizes: list[int]) -> None:
    """Print CPU seconds, seconds a MB and peak memory for each size, and the "
    "ratio of the CPU of the last to the first."""
    spent: list[float] = []
    for size in sizes:
        index, cpu, total = Index(), 0.0, 0
        for n, text in enumerate(texts(size)):
            total += len(text)
            began = time.process_time()
            index.add(str(n), text)
            cpu += time.process_time() - began
        began = time.process_time()
        found = index.duplicates()
        spent.append(cpu + time.process_time() - began)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        joined = sum(len(cluster.ids) - 1 for cluster in found.clusters)
        print(f"{size} texts, {total / 1e6:.0f} MB: {spent[-1]:.1f} CPU s, {1e6 * spent[-1] / total:.2f} s/MB, "
              f"peak {peak:.0f} MB, {joined} copies found", flush=True)  # fmt: skip
    print(f"ratio {spent[-1] / spent[0]:.2f}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [50000, 200000])
