"""CPU and memory of ``dedupe`` on growing made-up collections: ``python -m bench.speed.neardup [--plain] [SIZES]``.

Texts of about 1.4 KB out of 20,000 invented words and 3,000 phrases (both by Zipf) on sites of very different size,
most of which print a notice of their own under each article. A fifth of the texts are copies with some words changed,
some are cut off, are digests of three, are reports that one form was filled in for, or one of several copies of an
agency's text. ``--plain`` leaves out all but the words and copies with a tenth of the words changed.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from cleanpage.dedupe import Index

WORDS = 220
AGENCY = 4000
"""Texts after which another agency's text begins to go round: some eighty copies are made of each."""


def plain(count: int, seed: int = 1) -> Iterator[str]:
    """Yield made-up articles, every fifth a copy of one of the last hundred."""
    rng = random.Random(seed)
    words = _words(rng)
    weights = _zipf(len(words))
    recent: list[list[str]] = []
    for n in range(count):
        if n % 5 == 4:
            text = _edited(rng.choice(recent), 0.1, words, rng)
        else:
            text = rng.choices(words, cum_weights=weights, k=WORDS)
            recent = [*recent[-99:], text]
        yield " ".join(text)


def texts(count: int, seed: int = 1) -> Iterator[str]:
    """Yield made-up articles of made-up sites, as the module describes them."""
    rng = random.Random(seed)
    words = _words(rng)
    weights = _zipf(len(words))
    phrases = [rng.choices(words, cum_weights=weights, k=rng.randint(3, 6)) for _ in range(3000)]
    often = _zipf(len(phrases))

    def prose(size: int) -> list[str]:
        out: list[str] = []
        while len(out) < size:
            if rng.random() < 0.08:
                out += rng.choices(phrases, cum_weights=often)[0]
            else:
                out += rng.choices(words, cum_weights=weights)
        return out

    notices = [prose(rng.randint(15, 45)) for _ in range(400)]
    forms = [prose(120) for _ in range(40)]
    sizes = _zipf(len(notices))
    recent = [prose(WORDS) for _ in range(50)]
    agency: list[str] = []
    for n in range(count):
        if n % AGENCY == 0:
            agency = prose(WORDS)
        chance = rng.random()
        if chance < 0.02:
            text = _edited(agency, 0.05, words, rng)
        elif chance < 0.2:
            text = _edited(rng.choice(recent), rng.choice((0.0, 0.02, 0.05, 0.1)), words, rng)
        elif chance < 0.23:
            text = rng.choice(recent)[: int(rng.uniform(0.3, 0.9) * WORDS)]
        elif chance < 0.24:
            text = [word for part in rng.sample(recent, 3) for word in part]
        elif chance < 0.27:
            text = [str(rng.randint(1, 999)) if i % 9 == 0 else w for i, w in enumerate(rng.choice(forms))]
        else:
            text = prose(int(rng.lognormvariate(0.0, 0.5) * WORDS))
            recent = [*recent[-199:], text]
        notice = rng.choices(notices, cum_weights=sizes)[0] if rng.random() < 0.6 else []
        yield " ".join([*text, *notice])


def _words(rng: random.Random) -> list[str]:
    syllables = [first + second for first in "bcdfglmnprst" for second in "aeiou"]
    return ["".join(rng.choices(syllables, k=rng.randint(1, 4))) for _ in range(20000)]


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (n + 10) for n in range(count)))


def _edited(text: Sequence[str], share: float, words: Sequence[str], rng: random.Random) -> list[str]:
    return [rng.choice(words) if rng.random() < share else word for word in text]


def main(arguments: Sequence[str]) -> None:
    """Print CPU seconds, seconds a MB and peak memory for each size, and the ratio of the CPU of the last two."""
    sizes = [int(size) for size in arguments if size.isdecimal()] or [50000, 200000]
    make = plain if "--plain" in arguments else texts
    spent: list[float] = []
    for size in sizes:
        index, cpu, total = Index(), 0.0, 0
        for n, text in enumerate(make(size)):
            total += len(text)
            began = time.process_time()
            index.add(str(n), text)
            cpu += time.process_time() - began
        began = time.process_time()
        found = index.duplicates()
        last = time.process_time() - began
        spent.append(cpu + last)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        joined = sum(len(cluster.ids) - 1 for cluster in found.clusters)
        print(f"{size} texts, {total / 1e6:.0f} MB: {spent[-1]:.1f} CPU s ({last:.1f} of them in duplicates), "
              f"{1e6 * spent[-1] / total:.2f} s/MB, peak {peak:.0f} MB, "
              f"{joined} copies, {len(found.parts)} parts found", flush=True)  # fmt: skip
        del index, found
    for before, after in pairwise(spent):
        print(f"ratio {after / before:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
