"""Kernels of ``cleanpage.load.markup``: one pass over the bytes of a page, which looks at each of them once.

A page that needs no mending but the end tags of its frame is told here; any other goes to the Python twin, whose
patterns these functions follow letter by letter. Bytes behind the last one are read as NUL.
"""

from libc.string cimport memchr, memcmp, strlen

from cleanpage import _native

cdef enum:
    MOST_NAMES = 32
    FRAME = 1
    TEXT = 2
    HOLDER = 4
    OTHER = 8
    FORMULA = 16

cdef struct Name:
    const char *text
    Py_ssize_t size
    int kind

cdef Name _NAMES[MOST_NAMES]
cdef int _COUNT = 0
cdef Py_ssize_t _MOST = 0
cdef list _KEPT = []
cdef tuple _FLAT = (), _DRAWN = (), _FOREIGN = (), _PLAIN = (), _STRANGE = ()
cdef dict _BEFORE = {}
cdef object _Mended


cdef int _prepare() except -1:
    """Take the names from the module of the twin, which imports this one."""
    global _COUNT, _MOST, _Mended, _FLAT, _DRAWN, _FOREIGN, _PLAIN, _STRANGE
    from cleanpage.load import foreign, markup

    _Mended, _MOST, _FLAT = markup.Mended, markup.MOST_CHEAP, tuple([name.encode() for name in markup.FLAT])
    _DRAWN = tuple([name.encode() for name in markup.DRAWN])
    _FOREIGN = tuple([name.encode() for name in foreign.OF_NO_HTML])
    _PLAIN = tuple([name.encode() for name in foreign.UNTAGGED])
    _STRANGE = tuple([name.encode() for name in foreign.STRANGE])
    for kind, names in (
        (FRAME, ("body", "html")), (TEXT, markup.RAW), (HOLDER, markup.HOLDING), (OTHER, ("plaintext", "noframes")),
        (FORMULA, ("math",)),
    ):
        for name in names:
            _KEPT.append(name.encode())
            if _COUNT == MOST_NAMES:
                raise ValueError("more names of elements than there is room for")
            _NAMES[_COUNT].text = <const char *>_KEPT[_COUNT]
            _NAMES[_COUNT].size = len(name)
            _NAMES[_COUNT].kind = kind
            _COUNT += 1
    for name in markup.RAW:
        _BEFORE[name.encode()] = tuple([other.encode() for other in markup.ENDED_BY.get(name, name).split("|")])
    return 0


cdef inline char _lower(char letter) noexcept nogil:
    return letter + 32 if 65 <= letter <= 90 else letter


cdef inline bint _is_letter(char letter) noexcept nogil:
    return 97 <= letter <= 122 or 65 <= letter <= 90


cdef inline bint _is_blank(char letter) noexcept nogil:
    return letter == 32 or letter == 9 or letter == 10 or letter == 12 or letter == 13


cdef inline bint _ends_name(char letter) noexcept nogil:
    """Tell whether a character ends the name of a tag for the patterns' ``[\\s/>]``."""
    return letter == 47 or letter == 62 or letter == 32 or 9 <= letter <= 13


cdef struct Page:
    const char *text
    Py_ssize_t size


cdef inline char _at(Page *page, Py_ssize_t at) noexcept nogil:
    return page.text[at] if at < page.size else 0


cdef bint _stands(Page *page, Py_ssize_t at, const char *name, Py_ssize_t size) noexcept nogil:
    """Tell whether a name in lower case stands at a place, in whatever case."""
    cdef Py_ssize_t i
    if at + size > page.size:
        return False
    for i in range(size):
        if _lower(page.text[at + i]) != name[i]:
            return False
    return True


cdef Py_ssize_t _find(Page *page, char letter, Py_ssize_t at) noexcept nogil:
    """Return the next place of a character, -1 if there is none."""
    if at >= page.size:
        return -1
    cdef const char *found = <const char *>memchr(page.text + at, letter, page.size - at)
    return -1 if found is NULL else found - page.text


cdef Py_ssize_t _name_end(Page *page, Py_ssize_t at) noexcept nogil:
    while at < page.size and not _is_blank(page.text[at]) and page.text[at] != 47 and page.text[at] != 62:
        at += 1
    return at


cdef Py_ssize_t _attribute_end(Page *page, Py_ssize_t at) noexcept nogil:
    """Return where an attribute that begins at a place ends, -1 if none does."""
    cdef Py_ssize_t begin, after
    cdef char mark
    while at < page.size and (_is_blank(page.text[at]) or page.text[at] == 47):
        at += 1
    begin = at
    if _at(page, at) == 61:
        at += 1
    while at < page.size and not _is_blank(page.text[at]) and page.text[at] not in b"/>=":
        at += 1
    if at == begin:
        return -1
    after = at
    while after < page.size and _is_blank(page.text[after]):
        after += 1
    if _at(page, after) != 61:
        return at
    after += 1
    while after < page.size and _is_blank(page.text[after]):
        after += 1
    mark = _at(page, after)
    if mark == 34 or mark == 39:
        after = _find(page, mark, after + 1)
        return -1 if after < 0 else after + 1
    while after < page.size and not _is_blank(page.text[after]) and page.text[after] != 62:
        after += 1
    return after


cdef Py_ssize_t _tag_end(Page *page, Py_ssize_t at, bint *closed) noexcept nogil:
    """Return where a tag ends whose name ends at a place, -1 if it does not, or has too many attributes."""
    cdef Py_ssize_t count = 0, end
    while True:
        end = _attribute_end(page, at)
        if end < 0:
            break
        count += 1
        if count > _MOST:
            return -1
        at = end
    end = at
    while end < page.size and (_is_blank(page.text[end]) or page.text[end] == 47):
        end += 1
    closed[0] = end > at and page.text[end - 1] == 47
    return end + 1 if _at(page, end) == 62 else -1


cdef Py_ssize_t _comment_end(Page *page, Py_ssize_t at) noexcept nogil:
    """Return where a comment ends, -1 if it does not, or the head ends in it."""
    cdef Py_ssize_t after
    at += 2
    while at < page.size:
        if page.text[at] == 45 and _at(page, at + 1) == 45:
            if _at(page, at + 2) == 62:
                return at + 3
            if _at(page, at + 2) == 33 and _at(page, at + 3) == 62:
                return at + 4
        elif page.text[at] == 60 and _stands(page, at + 1, b"/head", 5):
            after = at + 6
            while 9 <= _at(page, after) <= 13 or _at(page, after) == 32:
                after += 1
            if _at(page, after) == 62:
                return -1
        at += 1
    return -1


cdef bint _ends_script(Page *page, Py_ssize_t at) noexcept nogil:
    return _stands(page, at + 1, b"/script", 7) and _ends_name(_at(page, at + 8))


cdef Py_ssize_t _script_end(Page *page, Py_ssize_t at) noexcept nogil:
    """Return where the end tag of a script stands, -1 if it has none."""
    while True:
        at = _find(page, 60, at)
        if at < 0 or _ends_script(page, at):
            return at
        if _stands(page, at + 1, b"!--", 3):
            at += 4
            if not (_at(page, at) == 62 or (_at(page, at) == 45 and _at(page, at + 1) == 62)):
                at = _behind_escaped(page, at)
        else:
            at += 1


cdef Py_ssize_t _behind_escaped(Page *page, Py_ssize_t at) noexcept nogil:
    """Return where what a script has between ``<!--`` and its end, or the end of the script, is over."""
    cdef bint inner = False
    while at < page.size:
        if page.text[at] == 45 and _at(page, at + 1) == 45 and _at(page, at + 2) == 62:
            return at
        if page.text[at] == 60:
            if _ends_script(page, at):
                if not inner:
                    return at
                inner = False
                at += 8
                continue
            if not inner and _stands(page, at + 1, b"script", 6) and _ends_name(_at(page, at + 7)):
                inner = True
                at += 8
                continue
        at += 1
    return at


cdef Py_ssize_t _text_end(Page *page, Py_ssize_t at, const char *name, tuple before) except -2:
    """Return where the end tag of an element that holds text stands, -1 if what cannot be in it comes first."""
    cdef Py_ssize_t size = strlen(name)
    cdef bytes other
    while True:
        at = _find(page, 60, at)
        if at < 0:
            return -1
        if _at(page, at + 1) == 47 and _stands(page, at + 2, name, size) and _ends_name(_at(page, at + 2 + size)):
            return at
        for other in before:
            if _stands(page, at + 1, other, len(other)) and _ends_name(_at(page, at + 1 + len(other))):
                return -1
        at += 1


cdef int _known(Page *page, Py_ssize_t at, Py_ssize_t size) noexcept nogil:
    """Return which of the names stands at a place, -1 if none does."""
    cdef int i
    for i in range(_COUNT):
        if _NAMES[i].size == size and _stands(page, at, _NAMES[i].text, size):
            return i
    return -1


cdef Py_ssize_t _other_end(Page *page, Py_ssize_t at) noexcept nogil:
    """Return where a comment, a declaration or a sign alone that begins at ``at`` with ``<`` ends, -1 if it does not."""
    cdef char letter = _at(page, at + 1)
    if letter == 33 and _at(page, at + 2) == 45 and _at(page, at + 3) == 45:
        return _comment_end(page, at)
    if letter == 33 or letter == 63 or letter == 47:
        at = _find(page, 62, at + 2)
        return at if at < 0 else at + 1
    return at + 1


cdef Py_ssize_t _drawing_end(Page *page, Py_ssize_t at) except -2:
    """Return where the end tag of an ``svg`` stands that holds nothing but drawings, -1 for another."""
    cdef Py_ssize_t name, size
    cdef bytes known
    cdef bint closed = False
    while True:
        if _at(page, at) != 60:
            return -1
        name = at + 1 + (_at(page, at + 1) == 47)
        size = _name_end(page, name) - name
        for known in _DRAWN:
            if len(known) == size and _stands(page, name, known, size):
                break
        else:
            return at if name == at + 2 and size == 3 and _stands(page, name, b"svg", 3) else -1
        at = _tag_end(page, name + size, &closed)
        if at < 0:
            return -1


cdef bytes _among(Page *page, Py_ssize_t at, Py_ssize_t size, tuple names):
    """Return which of the names stands at a place, None if none does."""
    cdef bytes name
    for name in names:
        if len(name) == size and _stands(page, at, name, size):
            return name
    return None


cdef Py_ssize_t _foreign_end(Page *page, Py_ssize_t at, bytes own) except -2:
    """Return where the end tag of a drawing or a formula stands that holds nothing strange, -1 for another."""
    cdef Py_ssize_t start, name, size, depth = 1
    cdef bint closed = False, ends
    cdef bytes plain
    while True:
        start = at = _find(page, 60, at)
        if at < 0 or _stands(page, at + 1, b"![", 2):
            return -1
        ends = _at(page, at + 1) == 47
        name = at + 1 + ends
        if not _is_letter(_at(page, name)):
            at = _other_end(page, at)
            if at < 0:
                return -1
            continue
        size = _name_end(page, name) - name
        at = _tag_end(page, name + size, &closed)
        if at < 0 or _among(page, name, size, _STRANGE) is not None:
            return -1
        if _among(page, name, size, _FOREIGN) is not None:
            if size != len(own):
                return -1
            depth += -1 if ends else not closed
            if not depth:
                return start
        elif not ends and not closed:
            plain = _among(page, name, size, _PLAIN)
            if plain is not None:
                at = _find(page, 60, at)
                if at < 0 or _at(page, at + 1) != 47 or not _stands(page, at + 2, plain, size):
                    return -1
                if not _ends_name(_at(page, at + 2 + size)):
                    return -1


cdef list _unread(Page *page):
    """Return the end tags of a page's frame and its drawings, None if anything else must be mended."""
    cdef list found = []
    cdef Py_ssize_t open_[MOST_NAMES]
    cdef Py_ssize_t at = 0, end, name, looked = 0
    cdef bint closed = False, ends
    cdef char letter
    cdef int known, kind
    for known in range(MOST_NAMES):
        open_[known] = 0
    while True:
        at = _find(page, 60, at)
        if at < 0:
            break
        letter = _at(page, at + 1)
        ends = letter == 47
        if _is_letter(letter) or (ends and _is_letter(_at(page, at + 2))):
            name = at + 1 + ends
            end = _name_end(page, name)
            if memchr(page.text + name, 11, end - name) is not NULL:
                return None
            known = _known(page, name, end - name)
            end = _tag_end(page, end, &closed)
            if end < 0:
                return None
            kind = 0 if known < 0 else _NAMES[known].kind
            if kind == OTHER:
                return None
            if ends:
                if kind == FRAME:
                    found.append((at, end))
                elif open_[known] > 0 if kind == HOLDER else False:
                    open_[known] -= 1
            elif (kind == HOLDER or kind == FORMULA) and not closed:
                open_[known] += kind == HOLDER
                if kind == FORMULA or _KEPT[known] == b"svg":
                    name = -1 if kind == FORMULA else _drawing_end(page, end)
                    if name >= 0:
                        found.append((end, name))
                        end = name
                    elif at >= looked:
                        looked = _foreign_end(page, end, _KEPT[known])
                        if looked < 0:
                            return None
            elif kind == TEXT and not closed:
                if _KEPT[known] == b"script":
                    end = _script_end(page, end)
                else:
                    end = _text_end(page, end, _NAMES[known].text, _BEFORE[_KEPT[known]])
                if end < 0:
                    return None
            at = end
        else:
            at = _other_end(page, at)
            if at < 0:
                return None
    for known in range(_COUNT):
        if open_[known]:
            return None
    return found


def mended(bytes data not None):
    cdef Page page
    cdef list found
    cdef Py_ssize_t at = 0
    if not _COUNT:
        _prepare()
    page.text, page.size = data, len(data)
    found = _unread(&page)
    if found is None:
        return _native.PYTHON["markup.mended"](data)
    pieces = []
    for start, end in found:
        pieces.append(data[at:start])
        at = end
    return _Mended(b"".join((*pieces, data[at:])) if pieces else data, ())


cdef list _flattened(bytes data, Page *page):
    """Return the pieces of a flat page, None if anything in it must be mended."""
    cdef list pieces = []
    cdef Py_ssize_t at = 0, start, end, name, size, copied = 0
    cdef bint closed = False, ends, stays
    cdef bytes known
    cdef char letter
    while True:
        start = at = _find(page, 60, at)
        if at < 0:
            break
        letter = _at(page, at + 1)
        ends = letter == 47
        if _is_letter(letter) or (ends and _is_letter(_at(page, at + 2))):
            name = at + 1 + ends
            at = _name_end(page, name)
            size = at - name
            if memchr(page.text + name, 11, size) is not NULL:
                return None
            at = _tag_end(page, at, &closed)
            if at < 0:
                return None
            stays = False
            for known in _FLAT:
                if len(known) == size and _stands(page, name, known, size):
                    stays = True
                    if not ends and not closed and known in (b"script", b"style"):
                        at = _script_end(page, at) if size == 6 else _text_end(page, at, known, _BEFORE[known])
                        if at < 0:
                            return None
                    break
            if not stays:
                pieces.append(data[copied:start])
                pieces.append(b"<br>")
                copied = at
        else:
            at = _other_end(page, at)
            if at < 0:
                return None
    pieces.append(data[copied:])
    return pieces


def flat(bytes data not None):
    cdef Page page
    cdef list pieces
    if not _COUNT:
        _prepare()
    page.text, page.size = data, len(data)
    pieces = _flattened(data, &page)
    return _native.PYTHON["markup.flat"](data) if pieces is None else b"".join(pieces)


cdef inline unsigned char _is_control(unsigned char letter) noexcept nogil:
    return ((letter < 32) & (letter != 9) & (letter != 10) & (letter != 12) & (letter != 13)) | (letter == 127)


def without_controls(bytes data not None):
    cdef const unsigned char *text = data
    cdef Py_ssize_t i, size = len(data)
    cdef unsigned char found = 0
    for i in range(min(2, size)):
        found |= _is_control(text[i])
    for i in range(2, size):  # no branch in it, so that the compiler takes many bytes at once
        found |= _is_control(text[i]) | ((text[i] >= 190) & (text[i] < 192) & (text[i - 1] == 191) & (text[i - 2] == 239))
    return _native.PYTHON["markup.without_controls"](data) if found else data
