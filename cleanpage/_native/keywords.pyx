"""Kernels of ``cleanpage.rules``: trees of words, along which the places of a line are read."""

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdlib cimport calloc, free

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython
ctypedef unsigned long long edge_t

cdef enum:
    TABLE = 0x10000
    CODE_BITS = 21
    GLUED_WORDS = 14
    PAIRS = 0x2000  # bytes
    SINGLES = 0x100

cdef extern from "Python.h":
    bint Py_UNICODE_ISALPHA(char_t char)

cdef unsigned char SEPARATES[TABLE]  # 1 or 2 for yes or no, 0 for not known
cdef edge_t SPREAD = 0x9E3779B97F4A7C15


cdef inline bint _is_letter(char_t c):
    return (
        97 <= c <= 122 or 0xDF <= c <= 0x24F or 0x370 <= c <= 0x52F or 0x1E00 <= c <= 0x1EFF
    )


cdef inline bint _is_not_first(char_t c):
    """Tell whether a character may stand before the first word of a line (``keyword_index.NOT_FIRST``)."""
    if c < 0x80:
        return not (65 <= c <= 90 or 97 <= c <= 122)
    return (
        c == 0x3001 or c == 0xFF0C or c == 0x3002 or c == 0xFF1A or c == 0xFF1B or c == 0x2026 or c == 0x2191
        or c == 0x2193 or c == 0xD7 or c == 0x2715 or c == 0xB7
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


cdef inline int _pair(char_t first, char_t second):
    return (first ^ (second << 6) ^ (second >> 10)) & (8 * PAIRS - 1)


cdef class _Numbers:
    """Words, each with the numbers of rules."""

    cdef _Tree tree
    cdef list rules  # of each node
    cdef unsigned char *has  # whether it has any
    cdef unsigned char pairs[PAIRS]  # bits of the first two characters: of ten places nine need not wait for a tree
    cdef unsigned char singles[SINGLES]  # whether a word of one character ends with these bits

    def __cinit__(self, words):
        cdef int place
        self.tree = _Tree(words)
        for word in words:
            if len(word) == 1:
                self.singles[<char_t>ord(word) % SINGLES] = 1
            elif word:
                place = _pair(ord(word[0]), ord(word[1]))
                self.pairs[place // 8] |= 1 << place % 8
        nodes = [(self.tree.grow(word), tuple(ids)) for word, ids in words.items()]
        self.has = <unsigned char *>calloc(self.tree.nodes, 1)
        if self.has == NULL:
            raise MemoryError
        self.rules = [()] * self.tree.nodes
        for node, ids in nodes:
            if node:
                self.rules[<int>node] = ids
                self.has[<int>node] = 1

    def __dealloc__(self):
        free(self.has)

    cdef inline bint may_begin(self, char_t c, char_t behind):
        """Tell whether a word may begin with a character that another stands behind, 0 at the end of a line."""
        cdef int place = _pair(c, behind)
        return self.singles[c % SINGLES] or self.pairs[place // 8] >> place % 8 & 1


cdef class RuleIndex:
    cdef _Numbers keywords, openings
    cdef _Tree endings  # their letters from the last to the first
    cdef unsigned char *ends  # whether an ending's first letter is at a node
    cdef dict words
    cdef tuple always
    cdef int rules
    cdef double longest  # of the lines that word rules are tried on
    cdef double *limits
    cdef int *latest  # for each rule the last line that asked for it
    cdef int number  # of the line
    cdef list found  # its rules

    def __cinit__(self, keywords, word_rules, always, limits):
        cdef int rule
        words, openings, endings = word_rules
        self.keywords, self.openings = _Numbers(keywords), _Numbers(openings)
        self.words = {word: tuple(ids) for word, ids in words.items()}
        self.always = tuple(always)
        asked = [*keywords.values(), *words.values(), *openings.values(), always]
        self.rules = len(limits)
        if not all(0 <= rule < self.rules for ids in asked for rule in ids):
            raise ValueError("each rule has a limit")
        backwards = [ending[::-1] for ending in endings]
        self.endings = _Tree(backwards)
        nodes = [self.endings.grow(ending) for ending in backwards]
        self.ends = <unsigned char *>calloc(self.endings.nodes, 1)
        self.limits = <double *>calloc(self.rules + 1, sizeof(double))
        self.latest = <int *>calloc(self.rules + 1, sizeof(int))
        if self.ends == NULL or self.limits == NULL or self.latest == NULL:
            raise MemoryError
        for node in nodes:
            self.ends[<int>node] = 1
        for rule in range(self.rules):
            self.limits[rule] = limits[rule]
        self.longest = max([limits[rule] for ids in openings.values() for rule in ids], default=0.0)

    def __dealloc__(self):
        free(self.ends)
        free(self.limits)
        free(self.latest)

    def asked(self, lines):
        cdef dict asked = {}
        cdef int rule
        cdef double size
        self.number = 0
        for rule in range(self.rules):
            self.latest[rule] = -1
        for line, length in lines:
            size = length
            self.found = None
            self.by_keywords(line, size)
            if size <= self.longest:
                self.by_words(line, size)
            if self.always:
                self.ask(self.always, size)
            if self.found is not None:
                self.found.sort()
                asked[self.number] = self.found
            self.number += 1
        return asked

    cdef int ask(self, tuple rules, double size) except -1:
        """Add the rules that are tried on lines of this size."""
        cdef int rule
        for rule in rules:
            if self.latest[rule] != self.number and size <= self.limits[rule]:
                self.latest[rule] = self.number
                if self.found is None:
                    self.found = []
                self.found.append(rule)
        return 0

    cdef int by_keywords(self, str line, double size) except -1:
        cdef Py_ssize_t n = len(<str?>line), at, place
        cdef int kind = PyUnicode_KIND(line), node
        cdef const void *data = PyUnicode_DATA(line)
        cdef char_t c, behind = PyUnicode_READ(kind, data, 0) if n else 0
        cdef bint inside = False, letter
        cdef _Numbers keywords = self.keywords
        cdef _Tree tree = keywords.tree
        for place in range(n):
            c = behind
            behind = PyUnicode_READ(kind, data, place + 1) if place + 1 < n else 0
            letter = _is_letter(c)
            if (inside and letter) or not keywords.may_begin(c, behind):
                inside = letter
                continue
            inside = letter
            at = place + 1
            node = tree.child(0, c)
            while node:
                if keywords.has[node]:
                    self.ask(<tuple>keywords.rules[node], size)
                if at == n:
                    break
                node = tree.child(node, PyUnicode_READ(kind, data, at))
                at += 1
        return 0

    cdef int by_words(self, str line, double size) except -1:
        cdef Py_ssize_t n = len(line), first = 0, end = n, at
        cdef int kind = PyUnicode_KIND(line), node
        cdef const void *data = PyUnicode_DATA(line)
        cdef bint single
        while first < n and _is_not_first(PyUnicode_READ(kind, data, first)):
            first += 1
        while end > first and _is_not_first(PyUnicode_READ(kind, data, end - 1)):
            end -= 1
        if 0 < end - first < GLUED_WORDS:
            single = True
            for at in range(first, end):
                if not Py_UNICODE_ISALPHA(PyUnicode_READ(kind, data, at)):
                    single = False
                    break
            if single:
                rules = self.words.get(line[first:end])
                if rules is not None:
                    self.ask(<tuple>rules, size)
                return 0
        node = 0
        for at in range(end - 1, first - 1, -1):
            node = self.endings.child(node, PyUnicode_READ(kind, data, at))
            if not node:
                return 0
            if self.ends[node]:
                break
        if not node:
            return 0
        node = 0
        for at in range(first, n):
            node = self.openings.tree.child(node, PyUnicode_READ(kind, data, at))
            if not node:
                break
            if self.openings.has[node]:
                self.ask(<tuple>self.openings.rules[node], size)
        return 0


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
