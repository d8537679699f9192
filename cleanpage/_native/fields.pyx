"""Kernels of ``cleanpage.fields``: what speaks for each of a page's lines as its headline, without lists of features."""

from bisect import bisect_left

cdef extern from "Python.h":
    bint Py_UNICODE_ISALPHA(Py_UCS4 char)

cdef enum:
    SHAPE = 10
    COMPANY = 21
    FIRST_LINES = 3
    AROUND = 6  # blocks ahead of a line, and as many behind it, in which a date counts

cdef double MIN_COMPARED = 5.0


cdef class _Page:
    """What the lines of one page are compared with."""

    cdef object counts, chrome, hinted, body, crumbs, dates, h1, ends_sentence
    cdef tuple keys, blocks, meta, plain
    cdef list prose
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
        self.counts, self.meta, self.prose, self.plain, self.h1 = (
            scene.counts, scene.meta, scene.prose, scene.plain, scene.h1
        )
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
        values[8] = block.kind in ("list_item", "table") or text[0] in "・•·‧"
        values[9] = number in self.dates
        return _dot(self.shape, values, SHAPE)

    cdef double company_of(self, number, Py_ssize_t i, str key, double size, block) except? -1:
        cdef double values[COMPANY]
        cdef Py_ssize_t following = self.prose[bisect_left(self.prose, number)], others = 0, at
        cdef Py_ssize_t between = self.plain[following] - self.plain[i + 1] if following > i else 0
        cdef bint chrome = number in self.chrome, agrees = False, named = False
        cdef double before = self.blocks[i - 1].units if i else 0.0
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
        dom = block.dom
        if dom is None:
            values[0] = values[1] = values[2] = values[3] = values[4] = 0.0
            return 0
        is_h1 = number in self.h1
        tag = dom.tag
        values[0] = is_h1 and alone
        values[1] = is_h1 and not alone
        values[2] = tag == "h2"
        values[3] = tag == "title"
        values[4] = alone and not is_h1 and (block.kind == "list_item" or self.first_h1 < self.lead <= i)
        return 0


cdef double _dot(double *weights, double *values, int size):
    cdef double total = 0.0
    cdef int i
    for i in range(size):
        total += weights[i] * values[i]
    return total


def early_scores(scene, lines, shape, company, double bias):
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
