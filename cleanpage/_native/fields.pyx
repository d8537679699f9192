"""Kernels of ``cleanpage.fields``: what its lines hold, what speaks for each as the headline, without lists of features."""

from bisect import bisect_left

from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ
from libc.stdlib cimport calloc, free

from cleanpage._native.slots cimport IDS, PATH, TAG, Slots, get, learn

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython

cdef extern from "Python.h":
    bint Py_UNICODE_ISALPHA(Py_UCS4 char)
    bint Py_UNICODE_ISDECIMAL(char_t char)

cdef enum:
    SHAPE = 10
    COMPANY = 21
    FIRST_LINES = 3
    AROUND = 6  # blocks ahead of a line, and as many behind it, in which a date counts

cdef enum:  # fields of a ``TextBlock`` and of a ``BlockFinding``
    FOLDED = 4
    UNITS = 5
    KIND = 7
    DOM = 9
    BLOCK = 0
    LABEL = 1
    SCORE = 4

cdef enum:  # ``line_marks``
    PARTED = 1
    YEARS = 2
    ROW = 4
    TOP = 8

cdef enum:  # ``date_signs``
    DASH = 1
    SLASH = 2
    DOT = 4
    OF_YEAR = 8
    ERA = 16
    HAN_YEAR = 32
    MONTH = 64
    DAY = 128
    YEARS_FROM = 8

cdef enum:  # ``letters_of_labels``
    ENDS_LABEL = 1
    ENDS_ROW = 2
    BEGINS_ROW = 4
    LETTERS = 0x10000

cdef double MIN_COMPARED = 5.0
cdef double MAX_MARKED = 150.0
cdef unsigned char _PARTS[128]
_PARTS[0x3A] = _PARTS[0x7C] = _PARTS[0x2F] = _PARTS[0x5D] = PARTED  # : | / ]

ctypedef fused letters_t:
    unsigned char
    unsigned short
    unsigned int

cdef Slots _BLOCK, _FINDING, _DOM


cdef int _learn() except -1:
    """Note where fields stand, once."""
    from cleanpage import draft
    if _BLOCK.width == 0:
        learn(&_FINDING, draft.BlockFinding)
        learn(&_DOM, draft.Dom)
        learn(&_BLOCK, draft.TextBlock)
    return 0


def line_marks(blocks, bytes letters not None):
    cdef bytearray marks = bytearray(len(blocks))
    cdef const unsigned char *of = letters
    cdef Py_ssize_t row = 0, size
    cdef int kind, mark
    cdef void *data
    cdef str folded
    _learn()
    if len(letters) != LETTERS:
        raise ValueError("each letter has its marks")
    for block in blocks:
        mark = 0
        dom = get(&_BLOCK, block, DOM)
        folded = <str?>get(&_BLOCK, block, FOLDED)
        size = len(folded)
        if size and <double>get(&_BLOCK, block, UNITS) <= MAX_MARKED:
            kind, data = PyUnicode_KIND(folded), PyUnicode_DATA(folded)
            if kind == 1:
                mark = _marks_in(<const unsigned char *>data, size, of, dom is None)
            elif kind == 2:
                mark = _marks_in(<const unsigned short *>data, size, of, dom is None)
            else:
                mark = _marks_in(<const unsigned int *>data, size, of, dom is None)
        if dom is not None and <str?>get(&_DOM, dom, TAG) in ("h1", "h2"):
            mark |= TOP
        marks[row] = mark
        row += 1
    return bytes(marks)


cdef int _marks_in(const letters_t *text, Py_ssize_t size, const unsigned char *of, bint may_begin) noexcept:
    cdef int mark = 0
    cdef Py_ssize_t at
    cdef char_t c, before = 0
    for at in range(size):
        c = text[at]
        if c < 0x80:
            if _PARTS[c]:
                if before < LETTERS and of[before] & ENDS_LABEL:
                    mark |= PARTED
            elif (c == 0x30 and before == 0x32) or (c == 0x39 and before == 0x31):  # 20, 19
                mark |= YEARS
        elif c == 0x5E74:  # 年
            mark |= YEARS
        before = c
    c = text[0]
    if (before < LETTERS and of[before] & ENDS_ROW) or (may_begin and c < LETTERS and of[c] & BEGINS_ROW):
        mark |= ROW
    return mark


def date_signs(str text not None):
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = len(text)
    if kind == 1:
        return _signs_in(<const unsigned char *>data, size)
    if kind == 2:
        return _signs_in(<const unsigned short *>data, size)
    return _signs_in(<const unsigned int *>data, size)


cdef Py_ssize_t _signs_in(const letters_t *text, Py_ssize_t size) noexcept:
    cdef Py_ssize_t signs = 0, years = 0, at, digits = 0, free_from = -1
    cdef char_t c
    for at in range(size + 1):
        c = text[at] if at < size else 0
        if 0x30 <= c <= 0x39 or (c >= 0x80 and Py_UNICODE_ISDECIMAL(c)):
            digits += 1
            if digits >= 4 and at - 3 >= free_from and (
                (text[at - 3] == 0x31 and text[at - 2] == 0x39) or (text[at - 3] == 0x32 and text[at - 2] == 0x30)
            ):
                years += 1
                free_from = at + 1  # a year ends before the next begins, and has the sign that follows it
            continue
        if 1 <= digits <= 2:
            signs |= DAY
        if c == 0x2D:
            signs |= DASH
        elif c == 0x2F:
            signs |= SLASH
        elif c == 0x2E:
            signs |= DOT
        elif c == 0xE1:  # á
            signs |= MONTH
        elif c == 0x5E74 or c == 0xB144:  # 年, 년
            signs |= OF_YEAR
            if c == 0x5E74:
                years += not (at and (free_from == at or (free_from == at - 1 and text[at - 1] == 0x20)))
        elif c == 0x4EE4 or c == 0x5E73 or c == 0x6C11:  # 令, 平, 民
            signs |= ERA
        elif c == 0x4E00 or c == 0x4E8C:  # 一, 二
            signs |= HAN_YEAR
        digits = 0
    return signs | years << YEARS_FROM


def steps_apart(blocks, tuple distances not None):
    cdef set found = set()
    cdef tuple path, before = ()
    cdef Py_ssize_t row, at
    _learn()
    for row in range(len(blocks)):
        dom = get(&_BLOCK, blocks[row], DOM)
        if dom is None or not distances[row]:
            continue
        path = <tuple?>get(&_DOM, dom, PATH)
        for at in range(len(path)):
            # Most lines stand in the elements of the line before.
            if at >= len(before) or path[at] is not before[at]:
                found.add(path[at])
        before = path
    return found


def lines_called(blocks, tuple distances not None, set called not None, set ours not None):
    cdef list found = []
    cdef tuple path, ids
    cdef Py_ssize_t row, at
    _learn()
    for row in range(len(blocks)):
        block = blocks[row]
        dom = get(&_BLOCK, block, DOM)
        if dom is None or not distances[row] or not <str?>get(&_BLOCK, block, FOLDED):
            continue
        path, ids = <tuple?>get(&_DOM, dom, PATH), <tuple?>get(&_DOM, dom, IDS)
        if len(path) != len(ids):
            raise ValueError("each element has a number")
        for at in range(len(path)):
            if path[at] in called and ids[at] not in ours:
                found.append(row)
                break
    return found


def by_label(findings):
    cdef dict found = {}, labels = {}, sure = {}
    cdef object own, label, block
    _learn()
    for finding in findings:
        label, block = get(&_FINDING, finding, LABEL), get(&_FINDING, finding, BLOCK)
        own = found.get(label)
        if own is None:
            own = found[label] = []
            labels[label], sure[label] = set(), set()
        (<list>own).append(finding)
        (<set>labels[label]).add(block)
        if <double>get(&_FINDING, finding, SCORE) >= 1:
            (<set>sure[label]).add(block)
    return found, labels, sure


cdef struct Gram:
    char_t of[4]
    unsigned char seen  # 1: taken, 2: in the key, 4: in the text


def share_told(str own not None, str told not None, int n):
    """Put the n-grams of the text, then those of the key, into one hash table."""
    cdef Py_ssize_t grams = len(own) - n + 1, size = 16, at
    cdef Py_ssize_t all_ = 0, both = 0
    cdef Gram *table
    cdef Gram *slot
    if not 1 <= n <= 4:
        raise ValueError("n-grams have one to four letters")
    if grams <= 0:
        return 0.0
    while size < 2 * (len(own) + len(told)):
        size *= 2
    table = <Gram *>calloc(size, sizeof(Gram))
    if table == NULL:
        raise MemoryError
    for at in range(len(told) - n + 1):
        _slot(table, size, told, at, n).seen |= 4
    for at in range(grams):
        slot = _slot(table, size, own, at, n)
        if not slot.seen & 2:
            slot.seen |= 2
            all_ += 1
            both += slot.seen & 4 != 0
    free(table)
    return <double>both / <double>all_


cdef Gram *_slot(Gram *table, Py_ssize_t size, str text, Py_ssize_t at, int n) noexcept:
    """Return the place of an n-gram, a free one taken for it if it has none."""
    cdef Gram gram
    cdef unsigned long long spread = 0
    cdef int i
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t place
    for i in range(4):
        gram.of[i] = <char_t>PyUnicode_READ(kind, data, at + i) if i < n else 0
        spread = (spread ^ gram.of[i]) * <unsigned long long>0x9E3779B97F4A7C15
    place = <Py_ssize_t>((spread >> 32) & <unsigned long long>(size - 1))
    while table[place].seen and not (
        table[place].of[0] == gram.of[0] and table[place].of[1] == gram.of[1]
        and table[place].of[2] == gram.of[2] and table[place].of[3] == gram.of[3]
    ):
        place = (place + 1) & (size - 1)
    if not table[place].seen:
        table[place] = gram
        table[place].seen = 1
    return &table[place]


cdef class _Page:
    """What the lines of one page are compared with."""

    cdef object counts, chrome, hinted, body, crumbs, dates, h1, ends_sentence
    cdef tuple keys, blocks, meta
    cdef list prose, chrome_order
    cdef bytearray dated  # from AROUND blocks before the first one on
    cdef Py_ssize_t lead, first_h1
    cdef double shape[SHAPE]
    cdef double company[COMPANY]

    def __cinit__(self, scene, shape, company):
        from cleanpage.text import ends_sentence
        cdef Py_ssize_t i
        page = scene.page
        self.ends_sentence = ends_sentence
        self.keys, self.blocks, self.dates, self.lead = page.keys, page.blocks, page.dates, page.lead
        self.chrome, self.hinted, self.body, self.crumbs = scene.chrome, scene.hinted, scene.body, scene.under_crumbs
        self.counts, self.meta, self.prose, self.h1 = scene.counts, scene.meta, scene.prose, scene.h1
        self.chrome_order = scene.chrome_order
        self.first_h1 = min(self.h1, default=len(self.blocks))
        self.dated = bytearray(len(self.blocks) + 2 * AROUND)
        for i in scene.dated:
            self.dated[AROUND + i] = 1
        if len(shape) != SHAPE or len(company) != COMPANY:
            raise ValueError("each feature has one weight")
        for i in range(SHAPE):
            self.shape[i] = shape[i]
        for i in range(COMPANY):
            self.company[i] = company[i]

    cdef bint has_date(self, Py_ssize_t first, Py_ssize_t last):
        """Tell whether one of some blocks has a date, the last included."""
        cdef Py_ssize_t i
        for i in range(AROUND + first, AROUND + last + 1):
            if self.dated[i]:
                return True
        return False

    cdef double shape_of(self, number, str text, double size, block) except? -1:
        cdef double values[SHAPE]
        cdef Py_UCS4 last = text[len(text) - 1]
        cdef bint plain = Py_UNICODE_ISALPHA(last), asks = last in "?？!！…"
        values[0] = size < 7
        values[1] = 7 <= size < 11
        values[2] = 26 < size <= 40
        values[3] = size > 40
        values[4] = not plain and not asks and self.ends_sentence(text)
        values[5] = last == "."
        values[6] = not plain and last in ":：，,、;；"
        values[7] = not plain and asks
        values[8] = <str?>get(&_BLOCK, block, KIND) in ("list_item", "table") or text[0] in "・•·‧"
        values[9] = number in self.dates
        return _dot(self.shape, values, SHAPE)

    cdef double company_of(self, number, Py_ssize_t i, str key, double size, block) except? -1:
        cdef double values[COMPANY]
        cdef Py_ssize_t following = self.prose[bisect_left(self.prose, number)], others = 0, at
        cdef Py_ssize_t between = following - i - 1 if following > i else 0
        if between:
            between -= bisect_left(self.chrome_order, following) - bisect_left(self.chrome_order, i + 1)
        cdef bint chrome = number in self.chrome, agrees = False, named = False
        cdef double before = <double>get(&_BLOCK, self.blocks[i - 1], UNITS) if i else 0.0
        if size >= MIN_COMPARED:
            others = self.counts.get(key, 0) - (key == self.keys[i])
            for at in range(min(FIRST_LINES, i)):
                agrees = agrees or ((<str>self.keys[at]).startswith(key) and self.keys[at] != key)
        for title in self.meta:
            named = named or key in <str>title
        values[0] = chrome
        values[1] = not chrome and number in self.hinted
        values[2] = min(between, 15) / 15.0
        values[3] = (i < self.lead - 12) + (i < self.lead - 30)
        values[4] = i >= self.lead
        values[5] = self.has_date(i + 1, i + 2)
        values[6] = self.has_date(i + 3, i + 6)
        values[7] = self.has_date(i - 2, i - 1)
        values[8] = number in self.crumbs
        values[9] = number in self.body
        values[10] = 5 <= before <= 40 and not self.has_date(i - 1, i - 1) and i - 1 not in self.chrome
        values[11] = i == 0
        values[12] = others > 0
        values[13] = min(others, 3) - 1.0 if others else 0.0
        values[14] = agrees
        values[15] = named
        self.element_of(number, i, block, &values[16])
        return _dot(self.company, values, COMPANY)

    cdef int element_of(self, number, Py_ssize_t i, block, double *values) except -1:
        cdef bint alone = len(self.h1) == 1, is_h1
        dom = get(&_BLOCK, block, DOM)
        if dom is None:
            values[0] = values[1] = values[2] = values[3] = values[4] = 0.0
            return 0
        is_h1 = number in self.h1
        tag = <str?>get(&_DOM, dom, TAG)
        values[0] = is_h1 and alone
        values[1] = is_h1 and not alone
        values[2] = tag == "h2"
        values[3] = tag == "title"
        values[4] = alone and not is_h1 and (<str?>get(&_BLOCK, block, KIND) == "list_item" or self.first_h1 < self.lead <= i)
        return 0


cdef double _dot(double *weights, double *values, int size):
    cdef double total = 0.0
    cdef int i
    for i in range(size):
        total += weights[i] * values[i]
    return total


def early_scores(scene, lines, shape, company, double bias):
    _learn()
    cdef _Page page = _Page(scene, shape, company)
    cdef Py_ssize_t i
    cdef double size, form
    cdef list scores = []
    for number, text, key, units in lines:
        i, size = number, units
        if not 0 <= i < len(page.blocks) or not text:
            raise IndexError("a line has a block and a text")
        block = page.blocks[i]
        form = bias + page.shape_of(number, text, size, block)
        scores.append(form + page.company_of(number, i, key, size, block))
    return scores
