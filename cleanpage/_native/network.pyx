"""Kernel of ``cleanpage.body.network``: the log-odds of lines in their order, in whole numbers.

Inputs of a sum lie one behind the other, two bytes each, so that compilers take eight products at a time.
"""

from cpython cimport array
from libc.math cimport floor
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcpy, memset
import array

cdef array.array _DOUBLES = array.array("d")

cdef enum:
    TAPS = 5
    INPUT_BITS = 5
    VECTOR_BITS = 6
    WEIGHT_BITS = 10
    MOST_INPUT = 127
    MOST = 4095
    MOST_ODDS = 2


cdef class Prepared:
    """A network whose arrays were checked."""

    cdef Py_ssize_t inputs, width, layers
    cdef int *columns
    cdef int *dilations
    cdef double *scales
    cdef short *weights
    cdef int *biases

    def __cinit__(self, network):
        cdef Py_ssize_t i, weights, biases
        cdef const double[::1] scales = network.scales
        cdef const short[::1] own = network.weights
        cdef const int[::1] added = network.biases
        self.inputs, self.width, self.layers = len(network.columns), network.width, len(network.dilations)
        weights = self.inputs * (self.width + 1) + self.width * self.width * (2 + TAPS * self.layers) + self.width
        biases = self.width * (1 + self.layers) + 1
        if self.width < 1 or self.inputs < 1 or scales.shape[0] != 4 * self.inputs:
            raise ValueError("the network has no width, no inputs, or not four scales an input")
        if own.shape[0] != weights or added.shape[0] != biases:
            raise ValueError("the arrays of the network have not the lengths that its width and layers need")
        self.columns = <int *>malloc(self.inputs * sizeof(int))
        self.dilations = <int *>malloc((self.layers + 1) * sizeof(int))
        self.scales = <double *>malloc(4 * self.inputs * sizeof(double))
        self.weights = <short *>malloc(weights * sizeof(short))
        self.biases = <int *>malloc(biases * sizeof(int))
        if NULL in (self.columns, self.dilations, self.scales, self.weights, self.biases):
            raise MemoryError
        for i in range(self.inputs):
            self.columns[i] = network.columns[i]
        for i in range(self.layers):
            self.dilations[i] = network.dilations[i]
        if min(network.columns) < 0 or min(network.dilations, default=1) < 1:
            raise ValueError("a column or a dilation of the network is negative")
        memcpy(self.scales, &scales[0], 4 * self.inputs * sizeof(double))
        memcpy(self.weights, &own[0], weights * sizeof(short))
        memcpy(self.biases, &added[0], biases * sizeof(int))

    def __dealloc__(self):
        free(self.columns)
        free(self.dilations)
        free(self.scales)
        free(self.weights)
        free(self.biases)


cdef inline int _dot(const short *one, const short *other, Py_ssize_t n) noexcept nogil:
    cdef int total = 0
    cdef Py_ssize_t i
    for i in range(n):
        total += <int>one[i] * <int>other[i]
    return total


cdef inline short _cut(int value) noexcept nogil:
    return <short>(0 if value < 0 else MOST if value > MOST else value)


cdef void _embed(Prepared net, const short *rows, Py_ssize_t n, int *own, int *page, short *pool, short *out) noexcept nogil:
    """Fill the vectors of lines: ``own`` has room for all, ``page`` for one, ``pool`` for two."""
    cdef Py_ssize_t i, o, width = net.width
    cdef const short *from_page = net.weights + net.inputs * width
    cdef int shift = INPUT_BITS + WEIGHT_BITS - VECTOR_BITS
    cdef long long total
    cdef short most, value
    for i in range(n):
        for o in range(width):
            own[i * width + o] = (
                _dot(rows + i * net.inputs, net.weights + o * net.inputs, net.inputs) + net.biases[o] + (1 << (shift - 1))
            ) >> shift
    for o in range(width):
        total, most = 0, 0
        for i in range(n):
            value = _cut(own[i * width + o])
            total += value
            most = value if value > most else most
        pool[o], pool[width + o] = <short>(total // n), most
    for o in range(width):
        page[o] = _dot(pool, from_page + o * 2 * width, 2 * width) >> WEIGHT_BITS
    for i in range(n):
        for o in range(width):
            out[i * width + o] = _cut(own[i * width + o] + page[o])


cdef void _convolve(
    Prepared net, Py_ssize_t layer, const short *vectors, Py_ssize_t n, short *window, short *out
) noexcept nogil:
    """Fill ``out`` with the vectors of lines, what a layer makes of the lines around added."""
    cdef Py_ssize_t i, o, k, at, width = net.width, size = TAPS * net.width
    cdef const short *weights = net.weights + net.inputs * width + 2 * width * width + layer * size * width
    cdef const int *biases = net.biases + width * (1 + layer)
    cdef int made
    for i in range(n):
        for k in range(TAPS):
            at = i + (k - TAPS // 2) * net.dilations[layer]
            if 0 <= at < n:
                memcpy(window + k * width, vectors + at * width, width * sizeof(short))
            else:
                memset(window + k * width, 0, width * sizeof(short))
        for o in range(width):
            made = (_dot(window, weights + o * size, size) + biases[o]) >> WEIGHT_BITS
            out[i * width + o] = _cut(vectors[i * width + o] + (made if made > 0 else 0))


cdef void _run(
    Prepared net, const short *rows, Py_ssize_t n, int *own, short *window, short *one, short *other, double *odds
) noexcept nogil:
    """Fill the log-odds of ``n`` lines; ``own`` has room for a number more than they have, ``window`` for ``TAPS``."""
    cdef Py_ssize_t i, layer, width = net.width
    cdef const short *last = (
        net.weights + net.inputs * width + 2 * width * width + net.layers * TAPS * width * width
    )
    cdef short *swap
    cdef long long total
    cdef double whole
    _embed(net, rows, n, own, own + n * width, window, one)
    for layer in range(net.layers):
        _convolve(net, layer, one, n, window, other)
        swap = one
        one = other
        other = swap
    for i in range(n):
        total = _dot(one + i * width, last, width) + net.biases[width * (1 + net.layers)]
        total += <long long>_dot(rows + i * net.inputs, last + width, net.inputs) << (VECTOR_BITS - INPUT_BITS)
        whole = <double>total / (1 << (VECTOR_BITS + WEIGHT_BITS))
        odds[i] = MOST_ODDS if whole > MOST_ODDS else -MOST_ODDS if whole < -MOST_ODDS else whole


def network_odds(network, columns, asked):
    cdef Prepared net
    cdef const unsigned char[::1] ask = asked
    cdef Py_ssize_t n = ask.shape[0], count = 0, i, k, at, width
    cdef array.array column
    cdef array.array out = array.clone(_DOUBLES, n, zero=True)
    cdef short *rows = NULL
    cdef short *vectors = NULL
    cdef int *own = NULL
    cdef double *odds = NULL
    cdef const double *values
    cdef const double *scale
    cdef double value
    if network.prepared is None:
        network.prepared = Prepared(network)
    net = network.prepared
    for i in range(n):
        count += ask[i] != 0
    width = net.width
    try:
        rows = <short *>calloc(count * net.inputs + 1, sizeof(short))
        vectors = <short *>calloc((2 * count + TAPS) * width, sizeof(short))
        own = <int *>calloc((count + 1) * width, sizeof(int))
        odds = <double *>calloc(count + 1, sizeof(double))
        if rows == NULL or vectors == NULL or own == NULL or odds == NULL:
            raise MemoryError
        for k in range(net.inputs):
            if net.columns[k] >= len(columns):
                raise ValueError("the columns are fewer or shorter than the network needs")
            column = columns[net.columns[k]]
            if column.typecode != "d" or len(column) < n:
                raise ValueError("the columns are fewer or shorter than the network needs")
            values, scale, at = column.data.as_doubles, net.scales + 4 * k, 0
            for i in range(n):
                if ask[i]:
                    value = scale[0] if values[i] < scale[0] else values[i]
                    value = scale[1] if value > scale[1] else value
                    value = floor((value - scale[2]) * scale[3] + 0.5)
                    value = -MOST_INPUT if value < -MOST_INPUT else MOST_INPUT if value > MOST_INPUT else value
                    rows[at * net.inputs + k] = <short>value
                    at += 1
        if count:
            with nogil:
                _run(
                    net, rows, count, own, vectors + 2 * count * width, vectors, vectors + count * width, odds
                )
        at = 0
        for i in range(n):
            if ask[i]:
                out.data.as_doubles[i] = odds[at]
                at += 1
    finally:
        free(rows)
        free(vectors)
        free(own)
        free(odds)
    return out
