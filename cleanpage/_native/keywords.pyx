"""Kernels of ``cleanpage.rules``: trees of words, along which the places of a line are read."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdlib cimport calloc, free

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython
ctypedef unsigned long long edge_t

cdef enum:
    TABLE = 0x10000
    CODE_BITS = 21

cdef unsigned char SEPARATES[TABLE]  # 1 or 2 for yes or no, 0 for not known
cdef edge_t SPREAD = 0x9E3779B97F4A7C15


cdef inline bint _is_letter(char_t c):
    return (
        97 <= c <= 122 or 0xDF <= c <= 0x24F or 0x370 <= c <= 0x52F or 0x1E00 <= c <= 0x1EFF
    )


cdef class _Tree:
    """Words letter by letter: a hash table from a node and a character to the next node. Node 0 is the root."""

    cdef int bits, nodes
    cdef edge_t *edges  # a node and a character, plus 1; 0 is free
    cdef int *children

    def __cinit__(self, words):
        cdef Py_ssize_t letters = sum([len(word) for word in words])
        self.bits = 4
        while (1 << self.bits) < 2 * letters:
            self.bits += 1
        self.nodes = 1
        self.edges = <edge_t *>calloc(1 << self.bits, sizeof(edge_t))
        self.children = <int *>calloc(1 << self.bits, sizeof(int))
        if self.edges == NULL or self.children == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.edges)
        free(self.children)

    cdef inline Py_ssize_t slot(self, int node, char_t c):
        """Return where the edge of a node stands in the table, or where it would."""
        cdef edge_t edge = ((<edge_t>node << CODE_BITS) | c) + 1
        cdef Py_ssize_t at = <Py_ssize_t>((edge * SPREAD) >> (64 - self.bits))
        while self.edges[at] and self.edges[at] != edge:
            at = (at + 1) & ((1 << self.bits) - 1)
        return at

    cdef inline int child(self, int node, char_t c):
        """Return the next node, 0 if there is none."""
        return self.children[self.slot(node, c)]

    cdef int grow(self, str word):
        """Return the node of a word, one of those that the tree was made for."""
        cdef int node = 0
        cdef Py_ssize_t at
        cdef char_t c
        for char in word:
            c = ord(char)
            at = self.slot(node, c)
            if not self.edges[at]:
                self.edges[at] = ((<edge_t>node << CODE_BITS) | c) + 1
                self.children[at] = self.nodes
                self.nodes += 1
            node = self.children[at]
        return node


cdef class Keywords:
    cdef _Tree tree
    cdef int roots[TABLE]  # the node of a first character of the first plane
    cdef list asked  # the rules of each node
    cdef unsigned char *asks  # whether it has any
    cdef int *latest  # for each rule the last line that asked for it
    cdef int rules

    def __cinit__(self, asking):
        cdef int node
        cdef char_t c
        self.tree = _Tree(asking)
        nodes = [(self.tree.grow(word), ids) for word, ids in asking.items()]
        self.rules = max((rule for ids in asking.values() for rule in ids), default=-1) + 1
        self.asks = <unsigned char *>calloc(self.tree.nodes, 1)
        self.latest = <int *>calloc(self.rules + 1, sizeof(int))
        if self.asks == NULL or self.latest == NULL:
            raise MemoryError
        self.asked = [()] * self.tree.nodes
        for node, ids in nodes:
            if node:
                self.asked[node] = tuple(ids)
                self.asks[node] = 1
        for word in asking:
            c = ord(word[0])
            if c < TABLE:
                self.roots[c] = self.tree.child(0, c)

    def __dealloc__(self):
        free(self.asks)
        free(self.latest)

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
                node = self.roots[c] if c < TABLE else self.tree.child(0, c)
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
                    node = self.tree.child(node, PyUnicode_READ(kind, data, at))
                    at += 1
            if found is not None:
                found.sort()
                asked[number] = found
            number += 1
        return asked


cdef class Words:
    cdef _Tree tree
    cdef unsigned char *ends  # whether a word ends in a node

    def __cinit__(self, words):
        self.tree = _Tree(words)
        nodes = [self.tree.grow(word) for word in words]
        self.ends = <unsigned char *>calloc(self.tree.nodes, 1)
        if self.ends == NULL:
            raise MemoryError
        for node in nodes:
            self.ends[<int>node] = 1

    def __dealloc__(self):
        free(self.ends)

    def cover(self, str line not None):
        cdef Py_ssize_t n = len(line), place = 0, at, behind
        cdef int kind = PyUnicode_KIND(line), node
        cdef const void *data = PyUnicode_DATA(line)
        cdef bint found = False
        while True:
            while place < n and _separates(PyUnicode_READ(kind, data, place)):
                place += 1
            if place == n:
                return found
            node, at, behind = 0, place, 0
            while at < n:
                node = self.tree.child(node, PyUnicode_READ(kind, data, at))
                if not node:
                    break
                at += 1
                if self.ends[node]:
                    behind = at
            if not behind:
                return False
            place = behind
            found = True


cdef bint _separates(char_t c) except? -1:
    """Tell what the Python twins say of a character, which is asked for once."""
    if c < TABLE and SEPARATES[c]:
        return SEPARATES[c] == 1
    from cleanpage.rules import is_separator
    cdef bint answer = is_separator(chr(c))
    if c < TABLE:
        SEPARATES[c] = 1 if answer else 2
    return answer
