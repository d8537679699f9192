"""Learns the network of the body stage for text: ``python -m training.fit_network`` writes text_network.bin.

It learns from the columns of the first forest; nothing of the forests is needed. ``--folds DIR`` also writes
text_network0.bin to text_network4.bin, each learned without its fold's sites, for ``python -m bench.pages --held-out
DIR``. The weights are learned in floating point (JAX; pip install -e ".[train]") and rounded; the same tree and pages
give the same file on the same kind of processor.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import jax
import jax.numpy as jnp
import numpy as np
import optax

from bench.data import ABSENT, FOLDS, present
from cleanpage.body.network import (
    INPUT_BITS,
    MOST_INPUT,
    TAPS,
    VECTOR_BITS,
    WEIGHT_BITS,
    Network,
    write_network,
)
from cleanpage.body.token_weights import SAID
from training.feature_digest import line_digest
from training.fit_body import OUT, rows_for, without
from training.fit_tokens import fit_tokens, with_tokens
from training.learning import FIRST_COLUMNS, Rows

NETWORK = "text_network.bin"
WIDTH, DILATIONS = 32, (1, 2, 4, 8)
EPOCHS, RATE, WARM_UP, DECAY, NORM = 8, 3e-3, 0.05, 1e-3, 1.0
"""Rounds over all lines; the highest learning rate, reached after a share of the steps; weight decay; and the norm to
which gradients are cut."""
DROPPED = 0.15
"""Share of a layer's numbers that are left out at random."""
WORDLESS = 0.15
"""Share of the pages of which no word is known, though rules have named their lines: pages in a language without
labelled pages. On a fold of unseen sites .8982 -> .8966, languages without rules .8622 -> .8663."""
AVERAGED = 0.998
"""The weights that count are a running mean: what of it stays at each step."""
LINES = 4096
"""Lines of a step."""
SIZES = (16, 32, 64, 96, 128, 192, 256, 384, 512, 1024, 2048)
"""Pages are filled up to one of these lengths, in lines; longer ones are cut."""
TAILS = (0.01, 0.99)
"""Quantiles beyond which the values of a column are cut: few lines of few pages have them."""
SAMPLED = 5
"""One in so many pages says what a column's mean and deviation are."""

Weights = dict[str, jax.Array]


class Piece(NamedTuple):
    """Lines of one page in their order."""

    inputs: np.ndarray
    """Whole numbers of one byte, a row a line."""
    is_body: np.ndarray
    mass: np.ndarray
    """What each line weighs."""


class Scales(NamedTuple):
    """How a column becomes whole numbers, see ``Network.scales``."""

    least: np.ndarray
    most: np.ndarray
    mean: np.ndarray
    factor: np.ndarray

    def inputs(self, values: np.ndarray) -> np.ndarray:
        """Return rows of values as whole numbers."""
        scaled = (np.clip(values.astype(float), self.least, self.most) - self.mean) * self.factor
        return np.clip(np.floor(scaled + 0.5), -MOST_INPUT, MOST_INPUT).astype(np.int8)


def scales_of(pages: Sequence[Rows]) -> Scales:
    """Return the scales of the columns of some pages."""
    values = np.concatenate([page.values for page in pages[::SAMPLED]]).astype(float)
    least, most = np.quantile(values, TAILS, axis=0)
    values = np.clip(values, least, most)
    digits = [np.round(part, 6) for part in (least, most, values.mean(0), 2.0**INPUT_BITS / (values.std(0) + 1e-6))]
    return Scales(*digits)


def pieces_of(pages: Sequence[Rows], scales: Scales) -> dict[int, list[Piece]]:
    """Return the pages in pieces, by the length to which they are filled up."""
    pieces: dict[int, list[Piece]] = defaultdict(list)
    for page in pages:
        inputs, mass = scales.inputs(page.values), page.weights().astype(np.float32)
        for at in range(0, len(inputs), SIZES[-1]):
            part = slice(at, at + SIZES[-1])
            piece = Piece(inputs[part], page.is_body[part], mass[part])
            pieces[next(size for size in SIZES if size >= len(piece.inputs))].append(piece)
    return pieces


def steps_of(pieces: dict[int, list[Piece]], rng: np.random.Generator) -> Iterator[list[np.ndarray]]:
    """Yield what each step of one round learns from: inputs, answers, masses, and which lines are lines of a page."""
    chosen = []
    for size, own in pieces.items():
        order, together = rng.permutation(len(own)), LINES // size
        order = np.concatenate([order, rng.integers(0, len(own), -len(own) % together)])
        chosen += [(size, part) for part in order.reshape(-1, together)]
    for at in rng.permutation(len(chosen)):
        size, part = chosen[at]
        yield filled([pieces[size][i] for i in part], size)


def filled(pieces: Sequence[Piece], size: int) -> list[np.ndarray]:
    """Return pieces as arrays of one length."""
    shape = len(pieces), size
    inputs = np.zeros((*shape, pieces[0].inputs.shape[1]), np.int8)
    answers, masses, there = (np.zeros(shape, np.float32) for _ in range(3))
    for i, piece in enumerate(pieces):
        n = len(piece.inputs)
        inputs[i, :n], answers[i, :n], masses[i, :n], there[i, :n] = *piece, 1.0
    return [inputs, answers, masses, there]


def first_weights(inputs: int, key: jax.Array) -> Weights:
    """Return the weights before learning."""
    keys = iter(jax.random.split(key, len(DILATIONS) + 3))

    def normal(ins: int, outs: int, share: float) -> jax.Array:
        return jax.random.normal(next(keys), (ins, outs)) * share * np.sqrt(2.0 / ins)

    weights = {
        "first": normal(inputs, WIDTH, 1.0), "first_bias": jnp.zeros(WIDTH), "page": normal(2 * WIDTH, WIDTH, 0.3),
        "last": normal(WIDTH, 1, 0.1), "last_bias": jnp.zeros(1), "direct": jnp.zeros((inputs, 1)),
    }  # fmt: skip
    for at in range(len(DILATIONS)):
        weights[f"layer{at}"], weights[f"layer{at}_bias"] = normal(TAPS * WIDTH, WIDTH, 0.5), jnp.zeros(WIDTH)
    return weights


class Words(NamedTuple):
    """The columns of what words say."""

    columns: np.ndarray
    """Which columns they are."""
    unknown: np.ndarray
    """The columns of a line of which no word is known."""

    def hidden(self, rows: jax.Array, key: jax.Array) -> jax.Array:
        """Return the rows of pages, ``WORDLESS`` of them as if no word were known."""
        chosen = jax.random.bernoulli(key, WORDLESS, (len(rows), 1, 1))
        return jnp.where(chosen & self.columns, self.unknown, rows)


def words_of(scales: Scales) -> Words:
    """Return the columns of what words say."""
    columns = np.array([name in SAID for name in FIRST_COLUMNS["text"]])
    return Words(columns, scales.inputs(np.zeros(len(columns))).astype(np.float32) / 2.0**INPUT_BITS)


def log_odds(weights: Weights, inputs: jax.Array, there: jax.Array, key: jax.Array, words: Words) -> jax.Array:
    """Return the log-odds of lines as ``cleanpage.body.network`` has them, numbers left out at random."""
    key, own_key = jax.random.split(key)
    rows, mask = words.hidden(inputs.astype(jnp.float32) / 2.0**INPUT_BITS, own_key), there[..., None]
    own = rows @ weights["first"] + weights["first_bias"]
    vectors = jax.nn.relu(own) * mask
    mean = vectors.sum(1) / jnp.maximum(1.0, mask.sum(1))
    page = jnp.concatenate([mean, vectors.max(1)], -1) @ weights["page"]
    vectors = jax.nn.relu(own + page[:, None]) * mask
    n = vectors.shape[1]
    for at, dilation in enumerate(DILATIONS):
        reach = TAPS // 2 * dilation
        wide = jnp.pad(vectors, ((0, 0), (reach, reach), (0, 0)))
        window = jnp.concatenate([wide[:, k * dilation : k * dilation + n] for k in range(TAPS)], -1)
        made = jax.nn.relu(window @ weights[f"layer{at}"] + weights[f"layer{at}_bias"])
        key, own_key = jax.random.split(key)
        stays = jax.random.bernoulli(own_key, 1.0 - DROPPED, made.shape)
        vectors = (vectors + made * stays / (1.0 - DROPPED)) * mask
    return (vectors @ weights["last"] + weights["last_bias"] + rows @ weights["direct"])[..., 0]


def fit(pieces: dict[int, list[Piece]], words: Words) -> Weights:
    """Return what is learned from the pages, as a running mean over the steps."""
    inputs = next(iter(pieces.values()))[0].inputs.shape[1]
    steps = EPOCHS * sum(-(-len(own) // (LINES // size)) for size, own in pieces.items())
    rates = optax.warmup_cosine_decay_schedule(0.0, RATE, int(steps * WARM_UP), steps)
    learner = optax.chain(optax.clip_by_global_norm(NORM), optax.adamw(rates, weight_decay=DECAY))

    def loss(weights: Weights, key: jax.Array, batch: Sequence[jax.Array]) -> jax.Array:
        rows, answers, masses, there = batch
        misses = optax.sigmoid_binary_cross_entropy(log_odds(weights, rows, there, key, words), answers)
        return (misses * masses).sum() / (masses.sum() + 1e-6)

    @jax.jit
    def step(weights: Weights, state: Any, mean: Weights, key: jax.Array, batch: Sequence[jax.Array]) -> Any:
        slopes = jax.grad(loss)(weights, key, batch)
        changes, state = learner.update(slopes, state, weights)
        weights = optax.apply_updates(weights, changes)
        return weights, state, jax.tree.map(lambda a, b: a * AVERAGED + b * (1.0 - AVERAGED), mean, weights)

    weights = mean = first_weights(inputs, jax.random.key(0))
    state, rng, key = learner.init(weights), np.random.default_rng(0), jax.random.key(1)
    for _ in range(EPOCHS):
        for batch in steps_of(pieces, rng):
            key, own_key = jax.random.split(key)
            weights, state, mean = step(weights, state, mean, own_key, batch)
    return mean


def as_network(weights: Weights, scales: Scales) -> Network:
    """Return weights rounded to whole numbers."""
    layers = [f"layer{at}" for at in range(len(DILATIONS))]
    own = array("h")
    for name in ("first", "page", *layers, "last", "direct"):
        own.extend(_rounded(np.asarray(weights[name]).T, WEIGHT_BITS))
    biases = array("i", _rounded(np.asarray(weights["first_bias"]), INPUT_BITS + WEIGHT_BITS))
    for name in (*layers, "last"):
        biases.extend(_rounded(np.asarray(weights[f"{name}_bias"]), VECTOR_BITS + WEIGHT_BITS))
    columns = tuple(range(len(scales.mean)))
    return Network(columns, array("d", np.stack(scales, 1).ravel().tolist()), DILATIONS, WIDTH, own, biases)


def _rounded(values: np.ndarray, bits: int) -> list[int]:
    numbers: list[int] = np.round(values.astype(float) * 2.0**bits).astype(int).ravel().tolist()
    return numbers


def learn(pages: Sequence[Rows]) -> Network:
    """Return what is learned from ``pages``; what tokens say of a page is what pages of other folds have taught."""
    tokens = {fold: fit_tokens(without(pages, fold)) for fold in sorted({page.task.fold for page in pages})}
    pages = [with_tokens(page, tokens[page.task.fold]) for page in pages]
    scales = scales_of(pages)
    return as_network(fit(pieces_of(pages, scales), words_of(scales)), scales)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.fit_network", description=__doc__)
    parser.add_argument("--folds", type=Path, metavar="DIR", help="write the networks of the folds as well")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="keep the rows in FILE, or take them from it")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    start = time.time()
    pages = rows_for("text", options.rows)
    head = {
        "about": "Written by python -m training.fit_network, for cleanpage/body/models.py.",
        "features": line_digest("text"),
    }
    write_network(OUT / NETWORK, learn(pages), head)
    for fold in range(FOLDS) if options.folds else ():
        write_network(options.folds / f"text_network{fold}.bin", learn(without(pages, fold)), head)
    print(f"{time.time() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
