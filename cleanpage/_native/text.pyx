"""Kernels of ``cleanpage.text``: one pass over the characters of a string each, and no pattern."""

from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_KIND, PyUnicode_READ, PyUnicode_WRITE,
)
from libc.stdlib cimport free, malloc

from cleanpage._native.slots cimport named

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython

cdef extern from "Python.h":
    object PyUnicode_New(Py_ssize_t size, char_t most)
    bint PyUnicode_IS_ASCII(object text)
    bint Py_UNICODE_ISSPACE(char_t char)
    bint Py_UNICODE_ISALPHA(char_t char)
    bint Py_UNICODE_ISALNUM(char_t char)
    bint Py_UNICODE_ISDECIMAL(char_t char)
    int PyUnicode_4BYTE_KIND

cdef enum:
    BLANK = 1
    DROPPED = 2
    SURROGATE = 4
    WIDE = 8
    KEPT = 16  # in a key: letters, digits, the signs that they bear (``cleanpage.text.SIGNS``), line feeds
    TABLE = 0x10000
    WINDOW = 12  # characters at the end of a text in which its stop is looked for
    REPLACEMENT = 0xFFFD

cdef double LETTERS_PER_IDEOGRAM = 3.0
cdef double MAX_KEYED = 90.0
cdef unsigned char SCRIPT_OF[TABLE]  # the number of a character's script, plus 1
cdef list scripts = []  # their names
cdef unsigned char KINDS[TABLE]
cdef unsigned short FOLDS[TABLE]
cdef unsigned short SIMPLE[TABLE]
cdef bint have_folds = False
cdef unsigned char SIGN_TABLE[128]  # 1 for the signs of ``cleanpage.load.page_scripts``
for _sign in map(ord, "{}()[];=\"'<>|&$@:"):
    SIGN_TABLE[<int>_sign] = 1
cdef object Line = None


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


cdef inline bint _is_sign(char_t c):
    return (
        0x591 <= c <= 0x5C7 or 0x64B <= c <= 0x65F or c == 0x670 or 0x900 <= c <= 0x903 or 0x93A <= c <= 0x94F
        or c == 0xE31 or 0xE34 <= c <= 0xE3A or 0xE47 <= c <= 0xE4E or c == 0x200C or c == 0x200D
    )


cdef void _fill_kinds():
    cdef char_t c
    for c in range(<char_t>TABLE):
        KINDS[c] = (
            (BLANK if Py_UNICODE_ISSPACE(c) else 0) | (DROPPED if _is_dropped(c) else 0)
            | (SURROGATE if 0xD800 <= c <= 0xDFFF else 0) | (WIDE if _is_wide(c) else 0)
            | (KEPT if Py_UNICODE_ISALNUM(c) or _is_sign(c) or c == 10 else 0)
        )


_fill_kinds()


cdef inline bint _is_space(char_t c):
    return (KINDS[c] & BLANK) != 0 if c < TABLE else Py_UNICODE_ISSPACE(c)


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


ctypedef fused letters_t:
    unsigned char
    unsigned short
    unsigned int


cdef Py_ssize_t _keep(const letters_t *text, Py_ssize_t n, letters_t *made) noexcept:
    """Copy the letters and digits of a text, return how many these are."""
    cdef Py_ssize_t i, at = 0
    cdef char_t c
    for i in range(n):
        c = text[i]
        made[at] = text[i]
        at += (KINDS[c] & KEPT) != 0 if c < TABLE else Py_UNICODE_ISALNUM(c)
    return at


def key(str folded not None):
    cdef Py_ssize_t n = len(folded), at
    cdef int kind = PyUnicode_KIND(folded)
    cdef const void *data = PyUnicode_DATA(folded)
    cdef void *made = malloc(n * kind or 1)
    if made == NULL:
        raise MemoryError
    if kind == 1:
        at = _keep(<const unsigned char *>data, n, <unsigned char *>made)
    elif kind == 2:
        at = _keep(<const unsigned short *>data, n, <unsigned short *>made)
    else:
        at = _keep(<const unsigned int *>data, n, <unsigned int *>made)
    try:
        return folded if at == n else PyUnicode_FromKindAndData(kind, made, at)
    finally:
        free(made)


def keys_of(blocks):
    cdef double size
    cdef list found = []
    for block in blocks:
        size = block.units
        found.append(key(block.folded) if size <= MAX_KEYED else "")
    return found


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


cdef Py_ssize_t _breaks(const letters_t *text, Py_ssize_t n, bint html) noexcept:
    cdef Py_ssize_t i, found = 0
    cdef char_t least = 60 if html else 10
    for i in range(n):
        found += (
            (text[i] == least) | ((text[i] >= 10) & (text[i] <= 13)) | ((text[i] >= 28) & (text[i] <= 30))
            | (text[i] == 0x85) | (text[i] == 0x2028) | (text[i] == 0x2029)
        )
    return found


def count_breaks(str raw not None, bint html):
    cdef Py_ssize_t n = len(raw)
    cdef int kind = PyUnicode_KIND(raw)
    cdef void *data = PyUnicode_DATA(raw)
    if kind == 1:
        return _breaks(<unsigned char *>data, n, html)
    return _breaks(<unsigned short *>data, n, html) if kind == 2 else _breaks(<unsigned int *>data, n, html)


cdef bint _is_latin(const letters_t *text, Py_ssize_t n, double share) noexcept:
    cdef Py_ssize_t i, latin = 0, size = 0
    for i in range(n):
        latin += (text[i] >= 0x80) & (text[i] < 0x100)
        size += (
            2 * (text[i] >= 0x80) + (text[i] >= 0x800) + (text[i] >= 0x10000)
            - 3 * ((text[i] >= 0xD800) & (text[i] <= 0xDFFF))
        )
    return latin >= share * size


def is_latin(str text not None, double share):
    cdef Py_ssize_t n = len(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    if kind == 1:
        return _is_latin(<unsigned char *>data, n, share)
    return _is_latin(<unsigned short *>data, n, share) if kind == 2 else _is_latin(<unsigned int *>data, n, share)


cdef Py_ssize_t _quoted_cuts(const letters_t *text, Py_ssize_t n) noexcept:
    cdef Py_ssize_t i, found = 0
    for i in range(1, n):
        found += (text[i] == 10) & (text[i - 1] == 61)
    for i in range(2, n):
        found += (text[i] == 10) & (text[i - 1] == 13) & (text[i - 2] == 61)
    return found


def quoted_cuts(str raw not None):
    cdef Py_ssize_t n = len(raw)
    cdef int kind = PyUnicode_KIND(raw)
    cdef void *data = PyUnicode_DATA(raw)
    if kind == 1:
        return _quoted_cuts(<unsigned char *>data, n)
    return _quoted_cuts(<unsigned short *>data, n) if kind == 2 else _quoted_cuts(<unsigned int *>data, n)


def suspects(texts):
    from cleanpage.load.page_scripts import OPENERS, SIGNS
    cdef double share = SIGNS
    cdef list found = []
    cdef Py_ssize_t i, n, signs, at = 0
    cdef int kind
    cdef void *data
    cdef str text
    cdef char_t letter
    for text in texts:
        n, signs = len(text), 0
        kind, data = PyUnicode_KIND(text), PyUnicode_DATA(text)
        for i in range(n):
            letter = PyUnicode_READ(kind, data, i)
            signs += letter < 128 and SIGN_TABLE[letter]
        if signs >= share * n or text.startswith(OPENERS):
            found.append(at)
        at += 1
    return found


cdef Py_ssize_t _runs(const letters_t *text, Py_ssize_t n, Py_ssize_t least, char_t *made) noexcept:
    """Write the runs of characters beyond ASCII that are ``least`` bytes long and return how many characters."""
    cdef Py_ssize_t i = -1, at = 0, start = 0, size = 0
    while i + 1 < n:
        i += 1
        while at == start and i + 8 <= n and not (  # most of a page is ASCII
            (text[i] | text[i + 1] | text[i + 2] | text[i + 3] | text[i + 4] | text[i + 5] | text[i + 6] | text[i + 7])
            >= 0x80
        ):
            i += 8
        if i == n:
            break
        if text[i] >= 0x80:
            made[at] = text[i]
            at += 1
            size += 2 + (text[i] >= 0x800) + (text[i] >= 0x10000)
        elif at > start:
            if size < least:
                at = start
            elif least:
                made[at] = 32
                at += 1
            start = at
            size = 0
    if size < least:
        at = start
    return at - 1 if least and at > 0 and made[at - 1] == 32 else at


def runs_beyond_ascii(str text not None, Py_ssize_t least):
    cdef Py_ssize_t n = len(text), size
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef char_t *made = <char_t *>malloc((n + 1) * sizeof(char_t))
    if made == NULL:
        raise MemoryError
    try:
        if kind == 1:
            size = _runs(<unsigned char *>data, n, least, made)
        elif kind == 2:
            size = _runs(<unsigned short *>data, n, least, made)
        else:
            size = _runs(<unsigned int *>data, n, least, made)
        return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, made, size)
    finally:
        free(made)


def lines_of(str raw, rows):
    global Line
    if Line is None:
        from cleanpage.load.lines import Line
    cdef dict known = {}
    cdef list found = []
    cdef Py_ssize_t at = 0, left, right, size
    cdef int kind
    cdef void *data
    cdef bint blank = False
    cdef str row, bare
    cdef tuple pair
    for row in rows:
        size = right = len(row)
        kind = PyUnicode_KIND(row)
        data = PyUnicode_DATA(row)
        left = 0
        while left < size and _is_space(PyUnicode_READ(kind, data, left)):
            left += 1
        while right > left and _is_space(PyUnicode_READ(kind, data, right - 1)):
            right -= 1
        bare = row if right - left == size else row[left:right]
        pair = <tuple>known.get(bare)
        if pair is None:
            text = normalise(bare)
            known[bare] = pair = (text, _units(text))
        if pair[0]:
            found.append(named(Line, (at + left, at + right, pair[0], pair[1], blank)))
        blank = not pair[0]
        at += size
    return found


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


cdef int _read_scripts() except -1:
    from cleanpage.text.language import SCRIPTS
    cdef int c, number
    for number, chars in enumerate(SCRIPTS.values()):
        for first, last in zip(chars[::3], chars[2::3], strict=True):
            for c in range(ord(first), ord(last) + 1):
                SCRIPT_OF[c] = number + 1
    scripts.extend(SCRIPTS)
    return 0


def letters_of_scripts(str text not None):
    if not scripts:
        _read_scripts()
    cdef Py_ssize_t n = len(text), i
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t counts[256]
    cdef char_t c
    for i in range(256):
        counts[i] = 0
    for i in range(n):
        c = PyUnicode_READ(kind, data, i)
        if c < TABLE:
            counts[SCRIPT_OF[c]] += 1
    cdef Py_ssize_t left = n, most = 0
    cdef list found = []
    for i in range(1, len(scripts) + 1):
        if left < most:
            break
        found.append(counts[i])
        left, most = left - counts[i], max(most, counts[i])
    return found


cdef inline bint _is_in_word(char_t c):
    return Py_UNICODE_ISALNUM(c) and not Py_UNICODE_ISDECIMAL(c)


def languages_of_words(str text not None, dict spoken not None):
    cdef Py_ssize_t n = len(text), i = 0, start
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef dict found = {}
    while i < n:
        if not _is_in_word(PyUnicode_READ(kind, data, i)):
            i += 1
            continue
        start = i
        while i < n and _is_in_word(PyUnicode_READ(kind, data, i)):
            i += 1
        languages = spoken.get(text[start:i])
        if languages is not None:
            for language in <list?>languages:
                found[language] = found.get(language, 0) + 1
    return found


cdef inline bint _is_ideogram(char_t c):
    return 0x3400 <= c <= 0x9FFF


cdef inline bint _is_letter(char_t c):
    """Tell whether a character stands in words of an alphabet (``cleanpage.body.page_tokens``)."""
    if c < 0x80:
        return 97 <= c <= 122 or 65 <= c <= 90
    return (
        not _is_ideogram(c) and not 0x3040 <= c <= 0x30FF and Py_UNICODE_ISALNUM(c) and not Py_UNICODE_ISDECIMAL(c)
    )


def words(str text not None):
    cdef Py_ssize_t at = 0, start, n = len(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef dict found = {}
    cdef char_t c
    while at < n:
        start = at
        c = PyUnicode_READ(kind, data, at)
        at += 1
        if _is_ideogram(c):
            while at < n and _is_ideogram(PyUnicode_READ(kind, data, at)):
                at += 1
            if 2 <= at - start <= 6:
                found[text[start:at]] = None
        elif _is_letter(c):
            while at < n and _is_letter(PyUnicode_READ(kind, data, at)):
                at += 1
            if at - start > 1:
                found[text[start:at]] = None
    return list(found)


def names(str text not None):
    cdef Py_ssize_t at = 0, start, n = len(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef dict found = {}
    while at < n:
        start = at
        while at < n and 97 <= <char_t>PyUnicode_READ(kind, data, at) <= 122:
            at += 1
        if at - start > 1:
            found[text[start:at]] = None
        at += at == start
    return list(found)
