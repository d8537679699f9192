"""Kernel of ``cleanpage.rules.keyword_index``: a tree of keywords, along which each place of a line is read."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdlib cimport calloc, free

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython
ctypedef unsigned long long edge_t

cdef enum:
    ROOTS = 0x10000
    CODE_BITS = 21

cdef edge_t SPREAD = 0x9E3779B97F4A7C15


cdef inline bint _is_letter(char_t c):
    return (
        97 <= c <= 122 or 0xDF <= c <= 0x24F or 0x370 <= c <= 0x52F or 0x1E00 <= c <= 0x1EFF
    )


cdef class Keywords:
    cdef int bits
    cdef edge_t *edges  # a node and a character, plus 1; 0 is free
    cdef int *children
    cdef int roots[ROOTS]  # the node of a first character
    cdef list asked  # the rules of each node
    cdef unsigned char *asks  # whether it has any
    cdef int *latest  # for each rule the last line that asked for it
    cdef int rules

    def __cinit__(self, asking):
        cdef Py_ssize_t letters = sum(map(len, asking)), nodes = 1
        cdef int node, child, rule
        cdef char_t c
        self.bits = 4
        while (1 << self.bits) < 2 * letters:
            self.bits += 1
        self.rules = max((rule for ids in asking.values() for rule in ids), default=-1) + 1
        self.edges = <edge_t *>calloc(1 << self.bits, sizeof(edge_t))
        self.children = <int *>calloc(1 << self.bits, sizeof(int))
        self.asks = <unsigned char *>calloc(letters + 1, 1)
        self.latest = <int *>calloc(self.rules + 1, sizeof(int))
        if self.edges == NULL or self.children == NULL or self.asks == NULL or self.latest == NULL:
            raise MemoryError
        self.asked = [()]
        for word, ids in asking.items():
            node = 0
            for char in word:
                c = ord(char)
                child = self.child(node, c)
                if not child:
                    child = nodes
                    nodes += 1
                    self.asked.append(())
                    self.connect(node, c, child)
                node = child
            if node:
                self.asked[node] = tuple(ids)
                self.asks[node] = 1

    def __dealloc__(self):
        free(self.edges)
        free(self.children)
        free(self.asks)
        free(self.latest)

    cdef Py_ssize_t slot(self, int node, char_t c):
        """Return where the edge of a node stands in the table, or where it would."""
        cdef edge_t edge = ((<edge_t>node << CODE_BITS) | c) + 1
        cdef Py_ssize_t at = <Py_ssize_t>((edge * SPREAD) >> (64 - self.bits))
        while self.edges[at] and self.edges[at] != edge:
            at = (at + 1) & ((1 << self.bits) - 1)
        return at

    cdef int child(self, int node, char_t c):
        if node == 0 and c < ROOTS:
            return self.roots[c]
        return self.children[self.slot(node, c)]

    cdef void connect(self, int node, char_t c, int child):
        cdef Py_ssize_t at = self.slot(node, c)
        if node == 0 and c < ROOTS:
            self.roots[c] = child
        self.edges[at] = ((<edge_t>node << CODE_BITS) | c) + 1
        self.children[at] = child

    def scan(self, lines):
        cdef Py_ssize_t number = 0, n, at, place
        cdef int kind, node, rule
        cdef const void *data
        cdef char_t c
        cdef bint inside
        cdef list found
        cdef dict asked = {}
        for rule in range(self.rules):
            self.latest[rule] = -1
        for line in lines:
            n = len(<str?>line)
            kind = PyUnicode_KIND(line)
            data = PyUnicode_DATA(line)
            inside = False
            found = None
            for place in range(n):
                c = PyUnicode_READ(kind, data, place)
                if inside and _is_letter(c):
                    continue
                inside = _is_letter(c)
                node = self.child(0, c)
                at = place + 1
                while node:
                    if self.asks[node]:
                        for rule in <tuple>self.asked[node]:
                            if self.latest[rule] != number:
                                self.latest[rule] = number
                                if found is None:
                                    found = []
                                found.append(rule)
                    if at == n:
                        break
                    node = self.child(node, PyUnicode_READ(kind, data, at))
                    at += 1
            if found is not None:
                found.sort()
                asked[number] = found
            number += 1
        return asked
