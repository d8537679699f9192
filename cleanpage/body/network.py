"""A network of dilated convolutions over the lines of a page in their order, as ``training.fit_network`` learns it.

The forests see a line and sums over what stands around it; the network sees the lines around one by one, and learns
what they mean in their order (Bai, Kolter, Koltun, "An Empirical Evaluation of Generic Convolutional and Recurrent
Networks for Sequence Modeling", 2018). Each line is a vector of ``width`` numbers, made of its columns and of mean and
maximum over the page; each layer adds to it what it makes of ``TAPS`` lines, ``dilation`` apart.

All is done in whole numbers, so that every order of additions gives the same sums: columns in 1/32 of their deviation,
vectors in 1/64, weights in 1/1024. Linear in the lines.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import compress
from math import floor
from operator import mul
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple

from cleanpage._native import twin
from cleanpage.body.window_features import Column

TAPS = 5
"""Lines that a layer sees: two before, the line itself, two behind."""
INPUT_BITS, VECTOR_BITS, WEIGHT_BITS = 5, 6, 10
"""The unit of a column's number is 2 to the power of minus this, and so on."""
MOST_INPUT, MOST = 127, 4095
"""Numbers of columns and vectors are cut to this."""
MOST_NETWORK_ODDS = 2.0
"""Log-odds are cut to this: a network is too sure of lines unlike those that it has learned from. Measured on a fold of
unseen sites, text: F1 .8952 without, .8962 with 3, .8982 with 2; languages without rules .8578, .8616, .8622."""
LANE, ZERO = 32, 1 << 31
"""Bits of a whole number that hold the sum of one output, and what is added: no sum is as large. See ``_Layer``."""
_TO_VECTOR = INPUT_BITS + WEIGHT_BITS - VECTOR_BITS


@dataclass(slots=True, eq=False, repr=False)
class Network:
    """The weights of a network: ``weights`` and ``biases`` of the parts one behind the other.

    The parts are: from the columns to the vector; from the page's mean and maximum to the vector (without biases); each
    layer, from ``TAPS`` vectors to one; from the vector to the log-odds; from the columns to the log-odds (without).
    """

    columns: tuple[int, ...]
    """Which of the columns that it is given are its inputs."""
    scales: array[float]
    """For each input its least value, its most, the mean and what a difference from the mean is multiplied by."""
    dilations: tuple[int, ...]
    """A layer for each."""
    width: int
    """Length of a line's vector."""
    weights: array[int]
    """Two-byte ints: for each output of a part a weight for each input."""
    biases: array[int]
    """Four-byte ints."""
    prepared: Any = None
    """What computes it, made when it is first needed: Python's layers, or what the kernel has made of it."""


def read_network(path: Path) -> Network:
    """Return the network in a file that ``write_network`` wrote."""
    head, _, rest = path.read_bytes().partition(b"\n")
    data = json.loads(head)
    weights = array("h", rest)
    if sys.byteorder == "big":
        weights.byteswap()
    return Network(
        tuple(data["columns"]), array("d", data["scales"]), tuple(data["dilations"]), data["width"], weights,
        array("i", data["biases"]),
    )  # fmt: skip


def write_network(path: Path, network: Network, about: Mapping[str, str]) -> None:
    """Write a network: a line of JSON, which holds ``about`` too, then the weights, little-endian.

    Raise OverflowError if a sum might not fit.
    """
    for part in _parts(network):
        for row in part.weights:
            if sum(map(abs, row)) * MOST + max(map(abs, part.biases), default=0) >= 1 << 31:
                raise OverflowError("the weights are too large for sums in four bytes")
    fields = {name: value for name, value in asdict(network).items() if name not in ("weights", "prepared")}
    head = {**about, **fields, "scales": [*network.scales], "biases": [*network.biases]}
    weights = network.weights[:]
    if sys.byteorder == "big":
        weights.byteswap()
    path.write_bytes(json.dumps(head, separators=(",", ":")).encode() + b"\n" + weights.tobytes())


@twin("network")
def network_odds(network: Network, columns: Sequence[Column], asked: bytes) -> Column:
    """Return for each line that is asked for its log-odds, cut; 0 for the others, which the network does not see.

    There may be more columns than the network knows, and they may be longer than ``asked``. Raises ValueError for
    fewer or shorter ones.
    """
    n = len(asked)
    if max(network.columns) >= len(columns) or any(len(columns[c]) < n for c in network.columns):
        raise ValueError("the columns are fewer or shorter than the network needs")
    layers: list[_Layer] = network.prepared or [*_layers(network)]
    network.prepared = layers
    odds = array("d", bytes(8 * n))
    places = [*compress(range(n), asked)]
    if not places:
        return odds
    first, page, *middle, last, direct = layers
    rows = _inputs(network, [compress(columns[c], asked) for c in network.columns])
    vectors = _embedded([first.sums(row) for row in rows], page)
    for dilation, layer in zip(network.dilations, middle, strict=True):
        vectors = _convolved(vectors, layer, dilation)
    for i, vector, row in zip(places, vectors, rows, strict=True):
        (near,), (own,) = last.sums(vector), direct.sums(row)
        whole = (near - ZERO + (own - ZERO << VECTOR_BITS - INPUT_BITS)) / (1 << VECTOR_BITS + WEIGHT_BITS)
        odds[i] = min(MOST_NETWORK_ODDS, max(-MOST_NETWORK_ODDS, whole))
    return odds


def _inputs(network: Network, columns: Sequence[Iterable[float]]) -> list[tuple[int, ...]]:
    """Return for each line its columns as whole numbers."""
    scales = iter(network.scales)
    numbers = []
    for column, least, most, mean, scale in zip(columns, scales, scales, scales, scales, strict=True):
        values = [*column]
        number = {  # many lines have one value
            value: min(MOST_INPUT, max(-MOST_INPUT, floor((min(most, max(least, value)) - mean) * scale + 0.5)))
            for value in {*values}
        }
        numbers.append([number[value] for value in values])
    return [*zip(*numbers, strict=True)]


def _embedded(sums: Sequence[Sequence[int]], page: _Layer) -> list[list[int]]:
    """Return the vector of each line: from its own columns, then mean and maximum of all lines' added."""
    rounded = (1 << _TO_VECTOR - 1) - ZERO
    own = [[value + rounded >> _TO_VECTOR for value in row] for row in sums]
    outputs = [[MOST if value > MOST else value for value in output if value > 0] for output in zip(*own, strict=True)]
    whole = page.sums([sum(output) // len(own) for output in outputs] + [max(output, default=0) for output in outputs])
    added = [value - ZERO >> WEIGHT_BITS for value in whole]
    return [[min(MOST, a + b) if a + b > 0 else 0 for a, b in zip(row, added, strict=True)] for row in own]


def _convolved(vectors: list[list[int]], layer: _Layer, dilation: int) -> list[list[int]]:
    """Return each line's vector with what a layer makes of the lines around it added."""
    size, reach = layer.lanes.size, TAPS // 2 * dilation
    edge = [layer.zero.to_bytes(TAPS * size, "little")] * reach
    wide = [*edge, *(layer.whole(vector).to_bytes(TAPS * size, "little") for vector in vectors), *edge]
    changed = []
    for i, vector in enumerate(vectors):
        taps = enumerate(wide[i : i + 2 * reach + 1 : dilation])
        total = sum([int.from_bytes(line[tap * size : tap * size + size], "little") for tap, line in taps], layer.added)
        made = layer.lanes.unpack(total.to_bytes(size, "little"))
        changed.append([
            min(MOST, a + (b - ZERO >> WEIGHT_BITS)) if b > ZERO else a for a, b in zip(vector, made, strict=True)
        ])  # fmt: skip
    return changed


class _Part(NamedTuple):
    """Weights and biases of one part: for each output a row of weights."""

    weights: list[array[int]]
    biases: Sequence[int]


def _parts(network: Network) -> Iterator[_Part]:
    """Yield the parts of a network in their order."""
    inputs, width = len(network.columns), network.width
    sizes = [(inputs, width, True), (2 * width, width, False)]
    sizes += [(TAPS * width, width, True)] * len(network.dilations) + [(width, 1, True), (inputs, 1, False)]
    at = bias = 0
    for ins, outs, is_biased in sizes:
        rows = [network.weights[at + i * ins : at + (i + 1) * ins] for i in range(outs)]
        biases = network.biases[bias : bias + outs] if is_biased else array("i", bytes(4 * outs))
        yield _Part(rows, biases)
        at, bias = at + ins * outs, bias + outs * is_biased


def _layers(network: Network) -> Iterator[_Layer]:
    """Yield the parts of a network, ready to be computed."""
    taps = [1, 1, *[TAPS] * len(network.dilations), 1, 1]
    return (_Layer(part, n) for part, n in zip(_parts(network), taps, strict=True))


class _Layer:
    """A part that computes the sums of all its outputs at once, of the inputs from each of its taps apart.

    The weights of one input for all outputs and taps are one whole number, ``LANE`` bits each. Its product with the
    input holds all products, and one addition adds them. What a lane borrows of the next while a sum is below zero is
    given back by ``ZERO`` in each lane. It takes a fifteenth of the time of a sum for each output (160 inputs, 32
    outputs).
    """

    def __init__(self, part: _Part, taps: int) -> None:
        outs, ins = len(part.weights), len(part.weights[0]) // taps
        rows = [row[tap * ins : tap * ins + ins] for tap in range(taps) for row in part.weights]
        self.packed = [_packed(weights) for weights in zip(*rows, strict=True)]
        self.zero = _packed([ZERO] * len(rows))
        """The whole of no input."""
        self.added = _packed([bias - (taps - 1) * ZERO for bias in part.biases])
        """What the lanes of all taps lack, added up."""
        self.lanes = Struct(f"<{outs}I")

    def whole(self, inputs: Sequence[int]) -> int:
        """Return the sum of each output and tap, ``ZERO`` added, one lane each."""
        products: Iterator[int] = map(mul, compress(inputs, inputs), compress(self.packed, inputs))
        return sum(products, self.zero)

    def sums(self, inputs: Sequence[int]) -> tuple[int, ...]:
        """Return the sum of each output of a part with one tap, ``ZERO`` added."""
        return self.lanes.unpack((self.whole(inputs) + self.added).to_bytes(self.lanes.size, "little"))


def _packed(values: Iterable[int]) -> int:
    return sum(value << LANE * i for i, value in enumerate(values))
