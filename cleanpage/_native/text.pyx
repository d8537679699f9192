"""Kernels of ``cleanpage.text``: one pass over the characters of a string each, and no pattern."""

from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_KIND, PyUnicode_READ, PyUnicode_WRITE,
)
from libc.stdlib cimport free, malloc

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython

cdef extern from "Python.h":
    object PyUnicode_New(Py_ssize_t size, char_t most)
    bint PyUnicode_IS_ASCII(object text)
    bint Py_UNICODE_ISSPACE(char_t char)
    bint Py_UNICODE_ISALPHA(char_t char)
    bint Py_UNICODE_ISDECIMAL(char_t char)
    int PyUnicode_4BYTE_KIND

cdef enum:
    BLANK = 1
    DROPPED = 2
    SURROGATE = 4
    WIDE = 8
    TABLE = 0x10000
    WINDOW = 12  # characters at the end of a text in which its stop is looked for
    REPLACEMENT = 0xFFFD

cdef double LETTERS_PER_IDEOGRAM = 3.0
cdef unsigned char KINDS[TABLE]
cdef unsigned short FOLDS[TABLE]
cdef unsigned short SIMPLE[TABLE]
cdef bint have_folds = False


cdef inline bint _is_dropped(char_t c):
    if c < 0xA0:
        return c <= 8 or 0xE <= c <= 0x1B or (c >= 0x7F and c != 0x85)
    if c == 0xAD or c == 0xFEFF:
        return True
    return 0x200B <= c <= 0x2069 and (
        c == 0x200B or c == 0x200E or c == 0x200F or 0x202A <= c <= 0x202E or c == 0x2060 or c >= 0x2066
    )


cdef inline bint _is_wide(char_t c):
    return c >= 0x1100 and (
        0x4E00 <= c <= 0x9FFF or 0x3040 <= c <= 0x30FF or 0xAC00 <= c <= 0xD7A3 or 0x3400 <= c <= 0x4DBF
        or c <= 0x11FF or 0x2E80 <= c <= 0x2FDF or 0x3005 <= c <= 0x3007 or 0x3021 <= c <= 0x3029
        or 0x3100 <= c <= 0x312F or 0xF900 <= c <= 0xFAFF or 0xFF66 <= c <= 0xFF9F or 0x20000 <= c <= 0x3FFFF
    )


cdef void _fill_kinds():
    cdef char_t c
    for c in range(<char_t>TABLE):
        KINDS[c] = (
            (BLANK if Py_UNICODE_ISSPACE(c) else 0) | (DROPPED if _is_dropped(c) else 0)
            | (SURROGATE if 0xD800 <= c <= 0xDFFF else 0) | (WIDE if _is_wide(c) else 0)
        )


_fill_kinds()


cdef inline int _kind(char_t c):
    if c < TABLE:
        return KINDS[c]
    return WIDE if _is_wide(c) else 0


cdef int _read_folds() except -1:
    """Copy the tables of the Python twins, which know no character beyond the first plane."""
    global have_folds
    from cleanpage.text import FOLD_TABLE, SIMPLE_TABLE
    cdef int c
    for c in range(TABLE):
        FOLDS[c] = SIMPLE[c] = c
    for old, new in FOLD_TABLE.items():
        FOLDS[<int?>old] = ord(new)
    for old, new in SIMPLE_TABLE.items():
        SIMPLE[<int>ord(old)] = ord(new)
    have_folds = True
    return 0


cdef str _mapped(str text, const unsigned short *table):
    """Return ``text`` with each character of the first plane as the table has it."""
    cdef Py_ssize_t n = len(text), i
    cdef int kind = PyUnicode_KIND(text), new_kind
    cdef void *data = PyUnicode_DATA(text)
    cdef void *target
    cdef char_t c, new, most = 0
    cdef bint same = True
    for i in range(n):
        c = PyUnicode_READ(kind, data, i)
        new = table[c] if c < TABLE else c
        same &= new == c
        most |= new
    if same:
        return text
    made = PyUnicode_New(n, most if most < 0x110000 else 0x10FFFF)
    new_kind = PyUnicode_KIND(made)
    target = PyUnicode_DATA(made)
    for i in range(n):
        c = PyUnicode_READ(kind, data, i)
        PyUnicode_WRITE(new_kind, target, i, table[c] if c < TABLE else c)
    return made


def fold(str text not None):
    if not have_folds:
        _read_folds()
    return _mapped(text, FOLDS)


def fold_all(texts):
    if not have_folds:
        _read_folds()
    return [_mapped(text, FOLDS) for text in texts]


def simplify(str text not None):
    if PyUnicode_IS_ASCII(text):
        return text
    if not have_folds:
        _read_folds()
    return _mapped(text, SIMPLE)


def normalise(str text not None):
    cdef Py_ssize_t n = len(text), i, at = 0
    cdef int kind = PyUnicode_KIND(text), what
    cdef void *data = PyUnicode_DATA(text)
    cdef char_t c
    cdef bint after = True
    for i in range(n):  # most texts are normal
        c = PyUnicode_READ(kind, data, i)
        what = _kind(c) & (BLANK | DROPPED | SURROGATE)
        if what and (what != BLANK or c != 32 or after):
            break
        after = what == BLANK
    else:
        return text[: n - 1] if n and after else text
    cdef char_t *made = <char_t *>malloc(n * sizeof(char_t))
    if made == NULL:
        raise MemoryError
    cdef bint gap = False
    for i in range(n):
        c = PyUnicode_READ(kind, data, i)
        what = _kind(c)
        if what & BLANK:
            gap = at > 0
            continue
        if what & DROPPED:
            continue
        if gap:
            made[at] = 32
            at += 1
            gap = False
        made[at] = REPLACEMENT if what & SURROGATE else c
        at += 1
    try:
        return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, made, at)
    finally:
        free(made)


def normaliser(page):
    return normalise


def is_blank(str text not None):
    cdef Py_ssize_t i
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    for i in range(len(text)):
        if not _kind(PyUnicode_READ(kind, data, i)) & (BLANK | DROPPED):
            return False
    return True


cdef double _units(str text):
    cdef Py_ssize_t n = len(text), i, wide = 0
    cdef int kind
    cdef void *data
    if not PyUnicode_IS_ASCII(text):
        kind = PyUnicode_KIND(text)
        data = PyUnicode_DATA(text)
        for i in range(n):
            wide += (_kind(PyUnicode_READ(kind, data, i)) & WIDE) != 0
    return wide + (n - wide) / LETTERS_PER_IDEOGRAM


def units(str text not None):
    return _units(text)


def units_all(texts):
    return [_units(text) for text in texts]


cdef inline bint _is_stop(char_t c):
    if c < 0x80:
        return c == 33 or c == 46 or c == 59 or c == 63  # ! . ; ?
    return (
        c == 0x3002 or c == 0xFF01 or c == 0xFF1F or c == 0x2026 or c == 0xFF1B or c == 0xFF61 or c == 0xFF0E
        or c == 0x0964 or c == 0x0589 or c == 0x061F or c == 0x06D4 or c == 0x0965 or c == 0x166E
        or c == 0x301C or c == 0xFF5E or 0x2600 <= c <= 0x27BF or c == 0x266A or 0x1F300 <= c <= 0x1FAFF
    )


cdef inline bint _may_follow(char_t c):
    """Tell whether a character may stand behind the stop: closing marks, notes, what belongs to an emoji."""
    if c < 0x80:
        return 48 <= c <= 57 or c == 34 or c == 39 or c == 41 or c == 42 or c == 91 or c == 93
    return (
        c == 0x201D or c == 0x2019 or c == 0x300D or c == 0x300F or c == 0xFF09 or c == 0x3011 or c == 0x300B
        or c == 0x201C or c == 0x2039 or c == 0xAB or _is_french_close(c)
        or c == 0xFE0F or c == 0x200D or Py_UNICODE_ISDECIMAL(c)
    )


cdef inline bint _is_french_close(char_t c):
    """Tell whether a closing mark may have a blank before it."""
    return c == 0xBB or c == 0x203A


def ends_sentence(str text not None):
    cdef Py_ssize_t n = len(text), end = n, i
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef char_t c
    if n and PyUnicode_READ(kind, data, n - 1) == 10:
        end -= 1
    for i in range(end - 1, max(n - WINDOW, 0) - 1, -1):
        c = PyUnicode_READ(kind, data, i)
        if _is_stop(c):
            return not Py_UNICODE_ISALPHA(PyUnicode_READ(kind, data, n - 1))
        if (c == 0x20 or c == 0xA0 or c == 0x202F) and i + 1 < end and _is_french_close(PyUnicode_READ(kind, data, i + 1)):
            continue
        if not _may_follow(c):
            return False
    return False
