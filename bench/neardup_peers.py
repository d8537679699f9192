"""Other ways of finding near-duplicates, each as in its own documentation, on the same tokens."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from bench.score import tokens

Pair: TypeAlias = tuple[int, int]
PERMUTATIONS, THRESHOLD, NGRAM = 128, 0.5, 3


def _grams(text: str) -> set[str]:
    """Return the shingles of 3 words or 5 ideograms, as REPEATS.md B says."""
    words = tokens(text)
    size = 5 if sum(len(word) == 1 for word in words) * 2 > len(words) else NGRAM
    return {" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1))}


def datasketch(texts: Sequence[str]) -> Iterator[Pair]:
    """MinHash LSH at Jaccard .5."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    for i, text in enumerate(texts):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([gram.encode() for gram in _grams(text)])
        yield from ((int(other), i) for other in index.query(sketch))
        index.insert(str(i), sketch)


def rensa(texts: Sequence[str]) -> Iterator[Pair]:
    """R-MinHash LSH with the same bands, candidates verified at Jaccard .5 of the sketches."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    sketches = []
    for i, text in enumerate(texts):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
        sketch.update(list(_grams(text)))
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= THRESHOLD:
                yield other, i
        index.insert(i, sketch)
        sketches.append(sketch)


def datatrove(texts: Sequence[str]) -> Iterator[Pair]:
    """The signatures of datatrove's MinhashDedupSignature, 14 buckets of 8: equal in one bucket, a pair."""
    from collections import defaultdict

    from datatrove.pipeline.dedup import minhash

    class Words:
        word_tokenize = staticmethod(tokens)

    minhash.load_word_tokenizer = lambda language: Words()  # its own is spaCy for English alone
    config = minhash.MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8)
    step = minhash.MinhashDedupSignature("unused", config=config)
    as_made = step._hash_func
    step._hash_func = lambda shingle: as_made(shingle.encode())  # its newest release forgets to
    buckets: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        shingles = step.get_shingles(text)
        if not shingles.size:
            continue
        for band, signature in enumerate(step.get_signature(shingles)):
            yield from ((other, i) for other in buckets[band, tuple(signature)])
            buckets[band, tuple(signature)].append(i)


PEERS: dict[str, Callable[[Sequence[str]], Iterator[Pair]]] = {
    way.__name__: way for way in (rensa, datasketch, datatrove) if importlib.util.find_spec(way.__name__)
}
"""Those that are installed: ``pip install rensa datasketch datatrove``."""
