"""Kernels of ``cleanpage.load``: lines that are one plain piece become blocks here.

A line that may be cut, is not even, or begins with anything but a letter goes to the Python functions.
"""

from libc.stdlib cimport free, malloc

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void *PyUnicode_DATA(object text)
    Py_UCS4 PyUnicode_READ(int kind, void *data, Py_ssize_t at)

from cleanpage._native import PYTHON as _PYTHON
from cleanpage._native.slots cimport BOLD, CODE, PATH, TAG, Slots, get, learn, made, named

cdef bint _READY = False
cdef double _MIN_PIECE = 0.0, _LONG_LINE = 0.0, _PROSE_UNITS = 0.0, _MAX_HEADING = 0.0, _LEAST_SENTENCE = 0.0, _PAGE = 0.0
cdef object _MARK_ENDS, _KINDS, _PLAIN, _BULLETS, Piece
cdef Slots _BLOCK, _DOM
cdef object _lines_of, _publish_cuts, _script_cuts, _listing, _in_element, _is_called, _shaped, _is_tail, _units
cdef object _fold, _fold_all, _ends_sentence, _is_prose
cdef object _code_lines, _rejoin_lines, _bullet, _starts_mid, _ends_mid
cdef dict _OPENERS = {}  # by their first characters

cdef enum:
    PARTS = 0  # it may be cut anywhere
    SENTENCES = 4  # it may be cut at sentence ends and nowhere else
    PLAIN = 1
    NUMBERED = 2
    FORMED = 3  # one piece; its kind and text depend on its form
    BULLETED = 5  # an item behind one bullet


cdef int _prepare() except -1:
    """Take functions and constants from the modules of the twin, which import this one."""
    global _READY, _MIN_PIECE, _LONG_LINE, _PAGE, _PROSE_UNITS, _MAX_HEADING, _LEAST_SENTENCE
    global _MARK_ENDS, _KINDS, _PLAIN, _BULLETS, Piece
    global _lines_of, _publish_cuts, _script_cuts, _listing, _in_element, _is_called, _shaped, _is_tail, _units
    global _fold, _fold_all, _ends_sentence, _is_prose, _code_lines, _rejoin_lines, _bullet, _starts_mid, _ends_mid
    from cleanpage import draft, text
    from cleanpage.load import blocks, code_lines, cut_lines, html_blocks, lines, page_scripts, publish_line
    from cleanpage.load import rejoin_lines

    _code_lines, _rejoin_lines, _bullet = code_lines, rejoin_lines, lines.BULLET.match
    for opener in code_lines.OPENERS:
        _OPENERS[opener[0]] = (*_OPENERS.get(opener[0], ()), opener)
    _starts_mid, _ends_mid = frozenset(rejoin_lines.STARTS_MID), rejoin_lines.ENDS_MID
    _MIN_PIECE, _LONG_LINE, _MARK_ENDS = cut_lines.MIN_PIECE, cut_lines.LONG_LINE, cut_lines.MARK_ENDS
    _PROSE_UNITS, _MAX_HEADING = draft.PROSE_UNITS, html_blocks.MAX_HEADING
    _PAGE, _is_tail, _units = cut_lines.PAGE_ON_A_LINE, cut_lines.is_tail, text.units
    _LEAST_SENTENCE, _BULLETS = page_scripts.LEAST_SENTENCE, lines.BULLETS
    _script_cuts = page_scripts.script_cuts
    _KINDS, _PLAIN = html_blocks.KINDS, html_blocks.PLAIN
    learn(&_BLOCK, draft.TextBlock)
    learn(&_DOM, draft.Dom)
    Piece = cut_lines.Piece
    _lines_of, _publish_cuts, _shaped = lines.lines_of, publish_line.publish_cuts, cut_lines.shaped
    _listing, _in_element, _is_called = blocks.listing, html_blocks.in_element, html_blocks.is_called
    _fold, _fold_all, _ends_sentence, _is_prose = text.fold, text.fold_all, text.ends_sentence, draft.is_prose
    _READY = True
    return 0


cdef struct Marks:
    bint code, tab, stops
    bint dated  # it may hold a publish line


cdef void _look(str raw, Py_ssize_t start, Py_ssize_t end, Marks *marks) noexcept:
    """Note what a line has of that by which lines are cut."""
    cdef int kind = PyUnicode_KIND(raw), colons = 0
    cdef void *data = PyUnicode_DATA(raw)
    cdef Py_ssize_t i
    cdef Py_UCS4 letter, before = 32, after
    marks.code = marks.tab = marks.stops = marks.dated = False
    for i in range(start, end):
        letter = PyUnicode_READ(kind, data, i)
        if letter < 128:
            if not _MARKED[letter]:
                before = letter
                continue
            after = PyUnicode_READ(kind, data, i + 1) if i + 1 < end else 0
            if letter == 40:
                marks.code |= before == 95 or before.isalnum()
            elif letter == 59:
                marks.code |= not (after == 32 and i + 2 < end and (<Py_UCS4>PyUnicode_READ(kind, data, i + 2)).isalpha())
            elif letter == 46:
                marks.stops |= after.isspace() or _closes(after)
            elif letter == 58:
                colons += 1
            elif letter == 9:
                marks.tab = True
            elif letter == 57 or letter == 48:
                marks.dated |= before == (49 if letter == 57 else 50)
            elif letter == 33 or letter == 63:
                marks.stops = True
            else:
                marks.code = True
        elif letter == 0xFF1A:
            colons += 1
        else:
            marks.stops |= _stops(letter)
        before = letter
    marks.dated |= colons > 1


cdef unsigned char _MARKED[128]
for _i in range(128):
    _MARKED[_i] = chr(_i) in "(;.:\t90!?{}=\\<>"


cdef inline bint _stops(Py_UCS4 letter) noexcept:
    """Tell whether a character ends a sentence wherever it stands."""
    if letter < 128:
        return letter == 33 or letter == 63
    return (
        letter == 0x3002 or letter == 0xFF01 or letter == 0xFF1F or letter == 0x2026 or letter == 0x0964
        or letter == 0x061F or letter == 0x06D4
    )


cdef inline bint _closes(Py_UCS4 letter) noexcept:
    """Tell whether a character may stand between a full stop and the blank behind it."""
    if letter < 128:
        return letter == 34 or letter == 39 or letter == 41 or letter == 93
    return letter == 0x201D or letter == 0x2019 or letter == 0x201C or _closes_french(letter)


cdef inline bint _closes_french(Py_UCS4 letter) noexcept:
    """Tell whether a closing mark may have a blank before it."""
    return letter == 0xBB or letter == 0x203A


cdef inline bint _is_blank(Py_UCS4 letter) noexcept:
    """Tell whether a character may stand between a mark and what it holds."""
    return letter == 32 or letter == 0xA0 or letter == 0x202F


cdef inline bint _closes_wide(Py_UCS4 letter) noexcept:
    """Tell whether a character may stand behind another stop."""
    return _closes(letter) or (
        letter == 0x300D or letter == 0x300F or letter == 0xFF09 or letter == 0x3011 or letter == 0x300B
    )


cdef inline bint _opens(Py_UCS4 letter) noexcept:
    """Tell whether a character may stand before the first letter of a sentence."""
    if letter < 128:
        return letter == 34 or letter == 39 or letter == 40 or letter == 91
    return (
        letter == 0x201C or letter == 0x2018 or letter == 0x201E or letter == 0xAB or letter == 0x2039
        or letter == 0xBF or letter == 0xA1
    )


cdef inline bint _begins(Py_UCS4 letter) noexcept:
    """Tell whether a sentence of an alphabet begins with a character: no small letter, no digit."""
    if 97 <= letter <= 122 or 0x430 <= letter <= 0x44F or 0x3B1 <= letter <= 0x3C9:
        return False
    return letter.isalnum() and not letter.isdecimal()


cdef Py_ssize_t _behind_french(int kind, void *data, Py_ssize_t at, Py_ssize_t end) noexcept:
    """Return the place behind a blank and a closing mark, the same place if these do not stand there."""
    if at + 1 < end and _is_blank(PyUnicode_READ(kind, data, at)) and _closes_french(PyUnicode_READ(kind, data, at + 1)):
        return at + 2
    return at


cdef Py_ssize_t _sentence_end(int kind, void *data, Py_ssize_t at, Py_ssize_t end) noexcept:
    """Return the end of the first sentence that ends at a place or behind it, -1 if none does."""
    cdef Py_ssize_t after, stops
    cdef Py_UCS4 letter
    while at < end:
        letter = PyUnicode_READ(kind, data, at)
        if letter == 46:
            after = at + 1
            while after < end and _closes(PyUnicode_READ(kind, data, after)):
                after += 1
            after = _behind_french(kind, data, after, end)
            stops = after
            while stops < end and (<Py_UCS4>PyUnicode_READ(kind, data, stops)).isspace():
                stops += 1
            if stops > after:
                if stops < end and _opens(PyUnicode_READ(kind, data, stops)):
                    stops += 1
                    stops += stops < end and _is_blank(PyUnicode_READ(kind, data, stops))
                if stops < end and _begins(PyUnicode_READ(kind, data, stops)):
                    return after
        elif _stops(letter):
            after = at + 1
            while after < end and _stops(PyUnicode_READ(kind, data, after)):
                after += 1
            if after < end and PyUnicode_READ(kind, data, after) == 61:  # a stop before "=" is an operator
                after -= 1
            if after > at:
                while after < end and _closes_wide(PyUnicode_READ(kind, data, after)):
                    after += 1
                return _behind_french(kind, data, after, end)
        at += 1
    return -1


def sentence_ends(str raw not None, Py_ssize_t start, Py_ssize_t end):
    cdef list ends = []
    cdef int kind = PyUnicode_KIND(raw)
    cdef void *data = PyUnicode_DATA(raw)
    if start < 0 or end > len(raw):
        raise ValueError("the span is not in the text")
    start = _sentence_end(kind, data, start, end)
    while start >= 0:
        ends.append(start)
        start = _sentence_end(kind, data, start, end)
    return ends


cdef list _sentence_cuts(str raw, Py_ssize_t start, Py_ssize_t end, double size):
    """Return where a line that is no page is cut: at sentence ends if it is long, and before a short rest."""
    cdef list cuts = []
    cdef int kind = PyUnicode_KIND(raw)
    cdef void *data = PyUnicode_DATA(raw)
    cdef Py_ssize_t stop = start, last = -1, left = start, cut = -1
    while True:
        stop = _sentence_end(kind, data, stop, end)
        if stop < 0:
            break
        last = stop
        if size > _LONG_LINE and stop < end and <double>_units(raw[left:stop]) >= _MIN_PIECE:
            cuts.append(_behind_blanks(kind, data, stop, end))
            cut = left = stop
    if 0 <= last < end and cut < last and _is_tail(raw, last, end, size):
        cuts.append(_behind_blanks(kind, data, last, end))
    return cuts


cdef Py_ssize_t _behind_blanks(int kind, void *data, Py_ssize_t at, Py_ssize_t end) noexcept:
    while at < end and (<Py_UCS4>PyUnicode_READ(kind, data, at)).isspace():
        at += 1
    return at


cdef list _sentences(str raw, Py_ssize_t start, Py_ssize_t end, str text, object units):
    """Return the pieces of a line that nothing but sentence ends cuts."""
    cdef list cuts = _sentence_cuts(raw, start, end, units), pieces = []
    cdef Py_ssize_t left = start, right, size, cut
    cdef str shown
    if not cuts:
        return [_shaped(raw, start, end, text, units)]
    for cut in [*cuts, end]:
        right = cut
        shown = text[left - start : right - start].rstrip()
        size = len(shown)
        if size and pieces:
            pieces.append(named(Piece, (left, left + size, shown, _units(shown), "paragraph", True)))
        elif size:
            pieces.append(_shaped(raw, left, left + size, shown, _units(shown)))
        left = right
    return pieces


cdef int _form(str raw, Py_ssize_t start, Py_ssize_t end, str text, double units, double total) except -1:
    """Return what a line, as it stands in a page and normalised, becomes: ``PARTS`` unless it is surely one piece."""
    cdef bint whole, even
    cdef double shown
    cdef Marks marks
    cdef str line
    if end <= start or start < 0 or end > len(raw) or not text:
        return PARTS
    even = len(text) == end - start
    line = text if even else raw[start:end]
    if line[end - start - 1] in _MARK_ENDS or (not even and _has_gap(line)):
        return PARTS
    shown = units if even else <double>_units(line)
    whole = shown <= _MIN_PIECE or (shown <= _LONG_LINE and _ends_sentence(line))
    if not (whole and even) and (units == total or (units >= _PAGE and 2 * units > total)):
        return PARTS
    if even and not whole:
        line = raw[start:end]
    _look(raw, start, end, &marks)
    if (units >= _LEAST_SENTENCE or not even) and marks.code and _script_cuts(line):
        return PARTS
    if (units >= _PROSE_UNITS or not even) and marks.dated and _publish_cuts(line):
        return PARTS
    if not whole and marks.stops:
        return SENTENCES if even else PARTS
    return _outer_form(text, marks.tab)


cdef bint _has_gap(str line) except -1:
    """Tell whether a line may be cut at a gap: two ideographic blanks, or three of any kind."""
    cdef Py_ssize_t blanks = 0, wide = 0
    cdef Py_UCS4 letter
    for letter in line:
        wide = wide + 1 if letter == 0x3000 else 0
        blanks = blanks + 1 if letter == 32 or letter == 0xA0 or letter == 0x3000 else 0
        if wide > 1 or blanks > 2:
            return True
    return False


cdef int _outer_form(str text, bint tab) except -1:
    """Return the form of a line that is one piece."""
    cdef Py_ssize_t i = 0, size = len(text)
    cdef Py_UCS4 first = text[0]
    if tab or u" | " in text:
        return FORMED
    if first in _BULLETS:
        return BULLETED if size > 2 and text[1] == 32 and text[2].isalnum() else FORMED
    if 0x2460 <= first <= 0x2473:
        return NUMBERED
    cdef bint bracket = first == 40 or first == 0xFF08
    i = bracket
    while i < size and i < bracket + 3 and text[i].isdecimal():
        i += 1
    if i == bracket or i == size:
        return PLAIN
    return NUMBERED if text[i] in (u")）" if bracket else u".、)）") else PLAIN


cdef bint _is_quoted(tuple path) except -1:
    """Tell whether a ``blockquote`` stands in a path."""
    cdef str step
    for step in path:
        if step.startswith("blockquote"):
            return True
    return False


cdef object _kind(str raw, rows, Py_ssize_t at, object dom, Py_ssize_t start, Py_ssize_t end, str text, object units):
    """Return the kind of a plain row."""
    cdef str tag = get(&_DOM, dom, TAG)
    kind = _KINDS.get(tag)
    if kind is not None:
        return kind
    cdef tuple path = <tuple>get(&_DOM, dom, PATH)
    if _is_quoted(path):
        return "quote"
    if tag in _PLAIN and <double>units <= _MAX_HEADING and (get(&_DOM, dom, BOLD) or (path and _is_called(path[len(path) - 1]))):
        return _in_element(Piece(start, end, text, units), rows, at).kind
    return "paragraph"


def blocks_of(str raw not None, rows):
    cdef list lines, pieces = [], doms = []
    cdef list all_rows = list(rows)
    cdef Py_ssize_t i, at = 0, start, end
    cdef object row, line, dom
    cdef str text, shown
    cdef int form
    if not _READY:
        _prepare()
    lines = _lines_of(raw, [row[0] + "\n" for row in all_rows])
    if len(lines) != len(all_rows):
        raise ValueError("a row is blank")
    total = sum([line[3] for line, row in zip(lines, all_rows) if get(&_DOM, row[1], CODE) is None])
    for i in range(len(all_rows)):
        row, line = all_rows[i], lines[i]
        text, dom = row[0], row[1]
        if get(&_DOM, dom, CODE) is not None:
            pieces.append(_listing(raw, at, at + len(text.rstrip("\n"))))
            doms.append(dom)
        else:
            start, end, shown = line[0], line[1], line[2]
            form = _form(raw, start, end, shown, line[3], total)
            if form == PLAIN:
                pieces.append((start, end, shown, line[3], _kind(raw, all_rows, i, dom, start, end, shown, line[3]), False))
                doms.append(dom)
            else:
                for piece in _cut(raw, line, total, form):
                    pieces.append(_in_element(piece, all_rows, i))
                    doms.append(dom)
        at += len(text) + 1
    return tiled(raw, pieces, doms)


cdef object _cut(str raw, line, total, int form):
    """Return the pieces of a line of this form."""
    if form == PARTS:
        return _PYTHON["blocks.cut_line"](raw, line, total)
    start, end, text, units, _ = line
    if form == SENTENCES:
        return _sentences(raw, start, end, text, units)
    if form == FORMED:
        return [_shaped(raw, start, end, text, units)]
    if form == BULLETED:
        text, form = (<str>text)[2:], NUMBERED
        units = _units(text)
    return [named(Piece, (start, end, text, units, "list_item" if form == NUMBERED else "paragraph", False))]


def cut_line(str raw not None, line, total):
    if not _READY:
        _prepare()
    return _cut(raw, line, total, _form(raw, line[0], line[1], line[2], line[3], total))


def tiled(str raw not None, pieces_, doms=None):
    cdef list pieces = list(pieces_), found = []
    if not _READY:
        _prepare()
    cdef list texts = list(dict.fromkeys([piece[2] for piece in pieces if piece[4] != "code"]))
    cdef dict folded = dict(zip(texts, _fold_all(texts)))
    cdef Py_ssize_t i, start = 0, end, count = len(pieces)
    cdef bint code
    if doms is not None and len(doms) != count:
        raise ValueError("each piece has a place")
    for i in range(count):
        piece = pieces[i]
        end = pieces[i + 1][0] if i + 1 < count else len(raw)
        code = piece[4] == "code"
        found.append(made(&_BLOCK, (
            start, end, (piece[0], piece[1]), piece[2], _fold(piece[2]) if code else folded[piece[2]], piece[3],
            not code and <double>piece[3] >= _PROSE_UNITS and _is_prose(piece[2], piece[3]), piece[4], piece[5],
            None if doms is None else doms[i],
        )))
        start = end
    return tuple(found)


cdef bint _is_year(int kind, void *data, Py_ssize_t size) noexcept:
    """Tell whether a line begins with four digits and a hyphen."""
    cdef Py_ssize_t at
    for at in range(4):
        if at >= size or not 48 <= PyUnicode_READ(kind, data, at) <= 57:
            return False
    return size > 4 and PyUnicode_READ(kind, data, 4) == 45


def hinted_lines(lines):
    if not _READY:
        _prepare()
    cdef list found = []
    cdef str text
    cdef Py_ssize_t at = 0, i, size, longest = _code_lines.LONGEST
    cdef int kind
    cdef void *data
    cdef Py_UCS4 letter, first
    cdef bint hinted
    for line in lines:
        text = line[2]
        size = len(text)
        if 0 < size <= longest:
            kind, data = PyUnicode_KIND(text), PyUnicode_DATA(text)
            letter = PyUnicode_READ(kind, data, size - 1)
            hinted = letter == 41 or letter == 58
            first = PyUnicode_READ(kind, data, 0)
            if first == 42 or 48 <= first <= 57:
                hinted |= letter == 44 or u" /" in text or (first != 42 and _is_year(kind, data, size))
            for i in range(size):
                letter = PyUnicode_READ(kind, data, i)
                hinted |= (
                    letter == 123 or letter == 125 or letter == 61 or letter == 59 or letter == 36 or letter == 64
                )
            if hinted or text.startswith(<tuple>_OPENERS.get(text[0], ())):
                found.append(at)
        at += 1
    return found


def odd_lines(str raw not None, lines, found):
    if not _READY:
        _prepare()
    cdef bytearray odd = bytearray(len(lines))
    cdef Py_ssize_t i = 0, start, end, before = 0, feeds, at, size = len(raw)
    cdef str text
    cdef bint close, is_odd
    spans = iter(found)
    span = next(spans, None)
    for line in lines:
        start, end, text = line[0], line[1], line[2]
        is_odd = len(text) != end - start or (text and text[0] in _BULLETS and _bullet(text) is not None)
        if not is_odd:
            is_odd = raw[start:end] != text
        while span is not None and span[1] <= start:
            span = next(spans, None)
        close = start == before if i == 0 else start == before + 1 and 0 <= before < size and raw[before] == u"\n"
        if not close or (span is not None and span[0] <= start):
            is_odd = True
        if i and not close:
            feeds = 0
            for at in range(max(before, 0), min(start, size)):
                feeds += raw[at] == u"\n"
            if feeds > 1 or start <= before or raw[before] != u"\n":
                odd[i - 1] = 1
        odd[i] = odd[i] | is_odd
        before = end
        i += 1
    return odd


cdef bint _may_go_on(str one, str other, bint between, bint fragmented) except -1:
    """Tell quickly whether a line may go on in the next one."""
    cdef Py_UCS4 last = one[len(one) - 1], first = other[0]
    if not between and (first == 46 or first in _starts_mid or last in _ends_mid):
        return True
    if (first < 0x1100 or first > 0xFFFF) and first.isalnum() and not first.isdecimal() and not 65 <= first <= 90:
        return True
    if fragmented and last >= 0x1100 and first >= 0x1100:
        return True
    return one.count(u" ") >= 5 and other.count(u" ") <= 4


def joined_groups(lines_):
    if not _READY:
        _prepare()
    cdef list lines = list(lines_), groups = [], group = None
    cdef Py_ssize_t i, n = len(lines), gaps = 0, small = 0
    cdef str one, other
    cdef bint between, fragmented, goes_on
    for line in lines:
        gaps += <bint>line[4]
        small += len(<str>line[2]) <= 2  # as ``rejoin_lines`` has it
    if not gaps and not _rejoin_lines.is_damaged([line[2] for line in lines]):
        return [[line] for line in lines]
    fragmented = gaps >= <double>_rejoin_lines.FRAGMENTED * n
    cdef bytearray tiny = _rejoin_lines.tiny_runs(lines) if small > 2 else bytearray(n)
    joins, short = _rejoin_lines.joins, _rejoin_lines.SHORT
    ends, starts = _rejoin_lines.BAR_ENDS, _rejoin_lines.BAR_STARTS
    cdef Py_ssize_t separator = _rejoin_lines.LONGEST_SEPARATOR
    for i in range(n):
        line = lines[i]
        goes_on = False
        if i:
            one, other = lines[i - 1][2], line[2]
            between = one[len(one) - 1].isalnum() and other[0].isalnum()
            if tiny[i]:
                goes_on = True
            elif (
                not between and lines[i - 1][3] <= short and line[3] <= short
                and (len(one) <= separator or len(other) <= separator or one[len(one) - 1] in ends or other[0] in starts)
            ):
                goes_on = joins(group, lines, i, fragmented)
            elif not line[4] and _may_go_on(one, other, between, fragmented) and not _ends_sentence(one):
                goes_on = joins(group, lines, i, fragmented)
        if goes_on:
            group.append(line)
        else:
            group = [line]
            groups.append(group)
    return groups


cdef enum:
    LEAST_LINES = 4
    MOST_GUTTERS = 12
    GAP = 2

cdef double _NARROW = 0.3


def inner_gaps(str raw not None, Py_ssize_t most):
    cdef int kind = PyUnicode_KIND(raw)
    cdef void *data = PyUnicode_DATA(raw)
    cdef Py_ssize_t at, size = len(raw), blanks = 0, found = 0
    cdef bint shown = False  # whether a character that no gap has been found behind stands before the blanks
    cdef Py_UCS4 letter
    if u"  " not in raw:
        return 0
    for at in range(size):
        letter = PyUnicode_READ(kind, data, at)
        if letter == 32:
            blanks += 1
            continue
        if letter.isspace():
            shown = False
        elif shown and blanks > 1:
            found += 1
            if found >= most:
                break
            shown = False
        else:
            shown = True
        blanks = 0
    return found


cdef struct Drawn:  # a line
    int kind
    void *data
    Py_ssize_t size
    Py_ssize_t first, last  # what is not blank, -1 if there is nothing


cdef inline bint _is_clear(const Drawn *line, Py_ssize_t first, Py_ssize_t end):
    """Tell whether there is nothing but blanks between two places of a line, which may be shorter."""
    cdef Py_ssize_t at
    for at in range(first, min(end, line.size)):
        if not (<Py_UCS4>PyUnicode_READ(line.kind, line.data, at)).isspace():
            return False
    return True


cdef list _cells(const Drawn *line):
    """Return where what one blank at most parts begins in a line."""
    cdef list cells = []
    cdef Py_ssize_t at = line.first, blanks = 2
    if at < 0:
        return cells
    while at <= line.last:
        if (<Py_UCS4>PyUnicode_READ(line.kind, line.data, at)).isspace():
            blanks += 1 if PyUnicode_READ(line.kind, line.data, at) != 10 else 2
        else:
            if blanks > 1:
                cells.append(at)
            blanks = 0
        at += 1
    return cells


cdef list _places(list lines, const Drawn *drawn):
    """Return the places that are tried, those first beside which most lines begin."""
    cdef dict begins = {}, starts = {}
    cdef list cells
    cdef Py_ssize_t i, filled = 0
    for i in range(len(lines)):
        if u"  " in <str>lines[i]:
            filled += PyUnicode_READ(drawn[i].kind, drawn[i].data, drawn[i].size - 1) == 32
            cells = _cells(&drawn[i])
            if cells:
                begins[cells[0]] = begins.get(cells[0], 0) + 1
                for at in cells[1:]:
                    starts[at] = starts.get(at, 0) + 1
    ranked = [(-times - begins.get(at, 0), at) for at, times in starts.items()]
    ranked.sort(key=_times)
    return [at for times, at in ranked if filled - times >= LEAST_LINES][:MOST_GUTTERS]


def _times(tuple ranked):
    return ranked[0]


def gutters_drawn(lines_):
    cdef list lines = list(lines_), found = []
    cdef Py_ssize_t n = len(lines), i, k, at, first, last, gap, begin, end, count, support, clear, narrow
    cdef bint begins, is_narrow
    cdef dict runs
    cdef str line
    cdef Drawn *drawn = <Drawn *>malloc((n + 1) * sizeof(Drawn))
    cdef Py_ssize_t *reach = <Py_ssize_t *>malloc((n + 1) * sizeof(Py_ssize_t))
    cdef Py_ssize_t *before = <Py_ssize_t *>malloc((n + 1) * sizeof(Py_ssize_t))  # lines before each that reach the place
    try:
        if drawn == NULL or reach == NULL or before == NULL:
            raise MemoryError
        for i in range(n):
            line = <str?>lines[i]
            drawn[i] = Drawn(PyUnicode_KIND(line), PyUnicode_DATA(line), len(line), -1, -1)
            for k in range(drawn[i].size):
                if not (<Py_UCS4>PyUnicode_READ(drawn[i].kind, drawn[i].data, k)).isspace():
                    drawn[i].first = k
                    break
            if drawn[i].first >= 0:
                k = drawn[i].size - 1
                while (<Py_UCS4>PyUnicode_READ(drawn[i].kind, drawn[i].data, k)).isspace():
                    k -= 1
                drawn[i].last = k
        for at in _places(lines, drawn):
            count = 0
            for i in range(n):
                before[i] = count
                if drawn[i].first >= 0 and drawn[i].size >= at:
                    reach[count] = i
                    count += 1
            before[n] = count
            if count < LEAST_LINES:
                continue
            runs = {}
            for gap in (GAP, 1):
                first = 0
                for i in range(n + 1):
                    if i == n or not _is_clear(&drawn[i], at - gap, at):
                        if i - first >= LEAST_LINES:
                            runs[before[first], before[i]] = None
                        first = i + 1
            for begin, end in runs:
                if end - begin < LEAST_LINES:
                    continue
                support = clear = narrow = 0
                for k in range(begin, end):
                    i = reach[k]
                    last = drawn[i].last
                    begins = last < at or not (<Py_UCS4>PyUnicode_READ(drawn[i].kind, drawn[i].data, at)).isspace()
                    is_narrow = not _is_clear(&drawn[i], at - GAP, at)
                    support += begins
                    narrow += is_narrow
                    clear += begins and not is_narrow and drawn[i].first < at <= last
                if support >= LEAST_LINES and narrow <= _NARROW * clear:
                    found.append((at, reach[begin], reach[end - 1] + 1, support))
    finally:
        free(drawn)
        free(reach)
        free(before)
    return found
