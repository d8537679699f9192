"""Kernel of ``cleanpage.body.forest``: the sums of a forest's leaves over columns of doubles.

Rows go through a forest eight at a time, split by split rather than tree by tree (QuickScorer: Lucchese et al., SIGIR
2015; eight rows of it at once: Lucchese et al., SIGIR 2016). A tree is a word with a bit for each leaf. The splits on a
column, by their thresholds, take the leaves on their left from the rows that are beyond; the first leaf that is left is
the one that walking down gives. It takes half the time of walking.
"""

from cpython cimport array
from libc.stdlib cimport free, malloc, qsort
import array

ctypedef unsigned long long word_t

cdef extern from *:
    """
    #if defined(_MSC_VER)
    #include <intrin.h>
    static int first_bit(unsigned long long word) {
        unsigned long at = 0;
        _BitScanForward64(&at, word);
        return (int) at & 63;
    }
    #else
    static int first_bit(unsigned long long word) { return __builtin_ctzll(word | 1ULL << 63) & 63; }
    #endif
    """
    int first_bit(word_t word) noexcept nogil

cdef array.array _DOUBLES = array.array("d")

cdef enum:
    LANES = 8
    LEAVES = 64  # of a tree that is a word
    FEW = 3  # rows that are walked down the trees

cdef struct Split:
    double threshold
    word_t right  # the leaves that are not on its left
    int column
    int tree


cdef int _by_column(const void *one, const void *other) noexcept nogil:
    cdef const Split *a = <const Split *>one
    cdef const Split *b = <const Split *>other
    if a.column != b.column:
        return -1 if a.column < b.column else 1
    return (a.threshold > b.threshold) - (a.threshold < b.threshold)


cdef class Prepared:
    """A forest whose arrays were checked, and its splits by column."""

    cdef int *columns
    cdef double *values
    cdef int *after
    cdef int *roots
    cdef Py_ssize_t trees
    cdef int width  # columns that it needs
    cdef bint in_words
    cdef Split *splits
    cdef Py_ssize_t *starts  # for each column its first split
    cdef double *leaves

    def __cinit__(self, forest):
        cdef const int[::1] columns = forest.columns
        cdef const double[::1] values = forest.values
        cdef const int[::1] after = forest.after
        cdef const int[::1] roots = forest.roots
        cdef Py_ssize_t nodes = columns.shape[0], trees = roots.shape[0], at
        if values.shape[0] != nodes or after.shape[0] != nodes:
            raise ValueError("the arrays of the forest have several lengths")
        self.trees = trees
        self.columns = <int *>malloc((nodes + 1) * sizeof(int))
        self.values = <double *>malloc((nodes + 1) * sizeof(double))
        self.after = <int *>malloc((nodes + 1) * sizeof(int))
        self.roots = <int *>malloc((trees + 1) * sizeof(int))
        if self.columns == NULL or self.values == NULL or self.after == NULL or self.roots == NULL:
            raise MemoryError
        for at in range(nodes):
            self.columns[at], self.values[at], self.after[at] = columns[at], values[at], after[at]
            if columns[at] >= 0 and not at + 1 < after[at] < nodes:
                raise ValueError("a node of the forest leads out of it")
            self.width = max(self.width, columns[at] + 1)
        self.in_words = True
        for at in range(trees):
            self.roots[at] = roots[at]
            if not 0 <= roots[at] < nodes:
                raise ValueError("a node of the forest leads out of it")
            if at and roots[at] <= roots[at - 1]:
                self.in_words = False
        self.roots[trees] = nodes
        self.prepare(nodes)

    cdef int prepare(self, Py_ssize_t nodes) except -1:
        """Make words of the trees, unless one has too many leaves."""
        cdef Py_ssize_t tree, at, count = 0, k
        cdef int leaf, first
        cdef int *before = <int *>malloc((nodes + 1) * sizeof(int))  # leaves before each node, in its tree
        self.splits = <Split *>malloc((nodes + 1) * sizeof(Split))
        self.starts = <Py_ssize_t *>malloc((self.width + 1) * sizeof(Py_ssize_t))
        self.leaves = <double *>malloc((self.trees * LEAVES + 1) * sizeof(double))
        if before == NULL or self.splits == NULL or self.starts == NULL or self.leaves == NULL:
            free(before)
            raise MemoryError
        for tree in range(self.trees if self.in_words else 0):
            leaf = 0
            for at in range(self.roots[tree], self.roots[tree + 1]):
                before[at] = leaf
                if self.columns[at] < 0:
                    if leaf == LEAVES:
                        self.in_words = False
                        break
                    self.leaves[tree * LEAVES + leaf] = self.values[at]
                    leaf += 1
            for k in range(leaf, LEAVES):
                self.leaves[tree * LEAVES + k] = 0.0
            for at in range(self.roots[tree], self.roots[tree + 1] if self.in_words else 0):
                if self.columns[at] >= 0:
                    if self.after[at] >= self.roots[tree + 1]:
                        free(before)
                        raise ValueError("a node of the forest leads out of it")
                    first, leaf = before[at + 1], before[self.after[at]]
                    self.splits[count] = Split(
                        self.values[at], ~(((<word_t>1 << (leaf - first)) - 1) << first), self.columns[at], <int>tree
                    )
                    count += 1
        free(before)
        if self.in_words:
            qsort(self.splits, count, sizeof(Split), &_by_column)
            at = 0
            for k in range(self.width):
                self.starts[k] = at
                while at < count and self.splits[at].column == k:
                    at += 1
            self.starts[self.width] = count
        return 0

    def __dealloc__(self):
        free(self.columns)
        free(self.values)
        free(self.after)
        free(self.roots)
        free(self.splits)
        free(self.starts)
        free(self.leaves)


cdef void _walk(Prepared forest, const double *rows, Py_ssize_t count, double *sums) noexcept nogil:
    """Fill the sum of each row by walking down the trees; ``rows`` as ``_blocks`` has them."""
    cdef Py_ssize_t i, tree
    cdef int node
    cdef double total
    cdef const double *row
    for i in range(count):
        row = rows + i // LANES * forest.width * LANES + i % LANES
        total = 0.0
        for tree in range(forest.trees):
            node = forest.roots[tree]
            while forest.columns[node] >= 0:
                if row[<Py_ssize_t>forest.columns[node] * LANES] <= forest.values[node]:
                    node += 1
                else:
                    node = forest.after[node]
            total = total + forest.values[node]
        sums[i] = total


cdef void _blocks(Prepared forest, const double *rows, Py_ssize_t blocks, word_t *words, double *sums) noexcept nogil:
    """Fill the sums of rows, ``LANES`` at a time: ``rows`` has for each block of them, and each column, their values."""
    cdef Py_ssize_t block, at, k, lane
    cdef const double *row = rows
    cdef const Split *split
    cdef const Split *end
    cdef word_t *word
    cdef word_t right
    cdef double most, threshold
    cdef double *sum_
    for block in range(blocks):
        for at in range(forest.trees * LANES):
            words[at] = ~<word_t>0
        for k in range(forest.width):
            most = row[0]
            for lane in range(1, LANES):
                most = row[lane] if row[lane] > most else most
            split, end = forest.splits + forest.starts[k], forest.splits + forest.starts[k + 1]
            while split < end and most > split.threshold:
                word, right, threshold = words + <Py_ssize_t>split.tree * LANES, split.right, split.threshold
                for lane in range(LANES):
                    word[lane] &= right if row[lane] > threshold else ~<word_t>0
                split += 1
            row += LANES
        sum_ = sums + block * LANES
        for lane in range(LANES):
            sum_[lane] = 0.0
        for at in range(forest.trees):
            for lane in range(LANES):
                sum_[lane] = sum_[lane] + forest.leaves[at * LEAVES + first_bit(words[at * LANES + lane])]


def scores(forest, columns, asked):
    cdef Prepared trees
    cdef const unsigned char[::1] ask = asked
    cdef Py_ssize_t n = ask.shape[0], count = 0, blocks, i, k, at, width
    cdef array.array column
    cdef array.array out = array.clone(_DOUBLES, n, zero=True)
    cdef double *rows
    cdef double *sums
    cdef word_t *words
    cdef const double *values
    if forest.prepared is None:
        forest.prepared = Prepared(forest)
    trees = forest.prepared
    width = trees.width
    if width > len(columns):
        raise ValueError("the columns are fewer or shorter than the forest needs")
    for i in range(n):
        count += ask[i] != 0
    blocks = (count + LANES - 1) // LANES
    rows = <double *>malloc((blocks * LANES * (width + 1) + 1) * sizeof(double))
    words = <word_t *>malloc((trees.trees * LANES + 1) * sizeof(word_t))
    try:
        if rows == NULL or words == NULL:
            raise MemoryError
        sums = rows + blocks * LANES * width
        for k in range(width):
            column = columns[k]
            if column.typecode != "d" or len(column) < n:
                raise ValueError("the columns are fewer or shorter than the forest needs")
            values = column.data.as_doubles
            at = 0
            for i in range(n):
                if ask[i]:
                    rows[(at // LANES * width + k) * LANES + at % LANES] = values[i]
                    at += 1
            for at in range(count, blocks * LANES):
                rows[(at // LANES * width + k) * LANES + at % LANES] = 0.0
        with nogil:
            if trees.in_words and count > FEW:
                _blocks(trees, rows, blocks, words, sums)
            else:
                _walk(trees, rows, count, sums)
        at = 0
        for i in range(n):
            if ask[i]:
                out.data.as_doubles[i] = sums[at]
                at += 1
    finally:
        free(rows)
        free(words)
    return out


def row_score(forest, row_):
    cdef Prepared trees
    cdef tuple row = tuple(row_)
    cdef Py_ssize_t i, tree
    cdef int node
    cdef double total = 0.0
    cdef double *values
    if forest.prepared is None:
        forest.prepared = Prepared(forest)
    trees = forest.prepared
    if trees.width > len(row):
        raise ValueError("the columns are fewer or shorter than the forest needs")
    values = <double *>malloc((trees.width + 1) * sizeof(double))
    if values == NULL:
        raise MemoryError
    try:
        for i in range(trees.width):
            values[i] = row[i]
    except BaseException:
        free(values)
        raise
    for tree in range(trees.trees):
        node = trees.roots[tree]
        while trees.columns[node] >= 0:
            node = node + 1 if values[trees.columns[node]] <= trees.values[node] else trees.after[node]
        total = total + trees.values[node]
    free(values)
    return total
