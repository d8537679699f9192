"""Kernel of ``cleanpage.body.forest``: the sums of a forest's leaves over columns of doubles."""

from cpython cimport array
from libc.stdlib cimport free, malloc
import array

cdef array.array _DOUBLES = array.array("d")


def scores(forest, columns, asked):
    cdef const int[::1] split = forest.columns
    cdef const double[::1] values = forest.values
    cdef const int[::1] after = forest.after
    cdef const int[::1] roots = forest.roots
    cdef const unsigned char[::1] ask = asked
    cdef Py_ssize_t n = ask.shape[0], trees = roots.shape[0], nodes = split.shape[0], i, t, width = len(columns)
    cdef int node
    cdef double total
    cdef array.array column
    cdef array.array out = array.clone(_DOUBLES, n, zero=True)
    cdef double[::1] sums = out
    cdef const double **table
    if values.shape[0] != nodes or after.shape[0] != nodes:
        raise ValueError("the arrays of the forest have several lengths")
    for t in range(nodes):
        if split[t] >= width:
            raise ValueError("the columns are fewer or shorter than the forest needs")
        if split[t] >= 0 and not t + 1 < after[t] < nodes:
            raise ValueError("a node of the forest leads out of it")
    for t in range(trees):
        if not 0 <= roots[t] < nodes:
            raise ValueError("a node of the forest leads out of it")
    table = <const double **> malloc((width + 1) * sizeof(void *))
    if table == NULL:
        raise MemoryError
    try:
        for t in range(width):
            column = columns[t]
            if column.typecode != "d" or len(column) < n:
                raise ValueError("the columns are fewer or shorter than the forest needs")
            table[t] = column.data.as_doubles
        with nogil:
            for i in range(n):
                if not ask[i]:
                    continue
                total = 0.0
                for t in range(trees):
                    node = roots[t]
                    while split[node] >= 0:
                        node = node + 1 if table[split[node]][i] <= values[node] else after[node]
                    total = total + values[node]
                sums[i] = total
    finally:
        free(table)
    return out
