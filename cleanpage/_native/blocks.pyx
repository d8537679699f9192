"""Kernels of ``cleanpage.load``: lines that are one plain piece become blocks here.

A line that may be cut, is not even, or begins with anything but a letter goes to the Python functions.
"""

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void *PyUnicode_DATA(object text)
    Py_UCS4 PyUnicode_READ(int kind, void *data, Py_ssize_t at)

from cleanpage._native import PYTHON as _PYTHON

cdef bint _READY = False
cdef double _MIN_PIECE = 0.0, _LONG_LINE = 0.0, _PROSE_UNITS = 0.0, _MAX_HEADING = 0.0
cdef object _MARK_ENDS, _KINDS, _PLAIN, TextBlock, Piece
cdef object _lines_of, _publish_cuts, _listing, _in_element, _is_called
cdef object _fold, _fold_all, _ends_sentence, _is_prose


cdef int _prepare() except -1:
    """Take functions and constants from the modules of the twin, which import this one."""
    global _READY, _MIN_PIECE, _LONG_LINE, _PROSE_UNITS, _MAX_HEADING, _MARK_ENDS, _KINDS, _PLAIN, TextBlock, Piece
    global _lines_of, _publish_cuts, _listing, _in_element, _is_called
    global _fold, _fold_all, _ends_sentence, _is_prose
    from cleanpage import draft, text
    from cleanpage.load import blocks, cut_lines, html_blocks, lines, publish_line

    _MIN_PIECE, _LONG_LINE, _MARK_ENDS = cut_lines.MIN_PIECE, cut_lines.LONG_LINE, cut_lines.MARK_ENDS
    _PROSE_UNITS, _MAX_HEADING = draft.PROSE_UNITS, html_blocks.MAX_HEADING
    _KINDS, _PLAIN = html_blocks.KINDS, html_blocks.PLAIN
    TextBlock, Piece = draft.TextBlock, cut_lines.Piece
    _lines_of, _publish_cuts = lines.lines_of, publish_line.publish_cuts
    _listing, _in_element, _is_called = blocks.listing, html_blocks.in_element, html_blocks.is_called
    _fold, _fold_all, _ends_sentence, _is_prose = text.fold, text.fold_all, text.ends_sentence, draft.is_prose
    _READY = True
    return 0


cdef bint _is_plain(str raw, Py_ssize_t start, Py_ssize_t end, str text, double units) except -1:
    """Tell whether a line, as it stands in a page and normalised, is one piece without a form of its own."""
    cdef int kind
    cdef void *data
    cdef Py_ssize_t i, size = end - start
    cdef Py_UCS4 letter
    if size <= 0 or start < 0 or end > len(raw) or len(text) != size or not (units <= _MIN_PIECE or (units <= _LONG_LINE and _ends_sentence(text))):
        return False
    kind, data = PyUnicode_KIND(raw), PyUnicode_DATA(raw)
    for i in range(start, end):
        letter = PyUnicode_READ(kind, data, i)
        if letter < 128 and (letter in u"{}=\\<>;(|" or letter == 9):
            return False
    if not text[0].isalpha() or text[size - 1] in _MARK_ENDS:
        return False
    return units < _PROSE_UNITS or not _publish_cuts(text)


cdef bint _is_quoted(tuple path) except -1:
    """Tell whether a ``blockquote`` stands in a path."""
    cdef str step
    for step in path:
        if step.startswith("blockquote"):
            return True
    return False


cdef object _kind(str raw, rows, Py_ssize_t at, object dom, Py_ssize_t start, Py_ssize_t end, str text, object units):
    """Return the kind of a plain row."""
    kind = _KINDS.get(dom[0])
    if kind is not None:
        return kind
    cdef tuple path = <tuple>dom[1]
    if _is_quoted(path):
        return "quote"
    if dom[0] in _PLAIN and <double>units <= _MAX_HEADING and (dom[7] or (path and _is_called(path[len(path) - 1]))):
        return _in_element(Piece(start, end, text, units), rows, at).kind
    return "paragraph"


def blocks_of(str raw not None, rows):
    cdef list lines, pieces = [], doms = []
    cdef list all_rows = list(rows)
    cdef Py_ssize_t i, at = 0, start, end
    cdef object row, line, dom
    cdef str text, shown
    if not _READY:
        _prepare()
    lines = _lines_of(raw, [row[0] + "\n" for row in all_rows])
    if len(lines) != len(all_rows):
        raise ValueError("a row is blank")
    total = sum([line[3] for line, row in zip(lines, all_rows) if row[1][8] is None])
    for i in range(len(all_rows)):
        row, line = all_rows[i], lines[i]
        text, dom = row[0], row[1]
        if dom[8] is not None:
            pieces.append(_listing(raw, at, at + len(text.rstrip("\n"))))
            doms.append(dom)
        else:
            start, end, shown = line[0], line[1], line[2]
            if _is_plain(raw, start, end, shown, line[3]):
                pieces.append((start, end, shown, line[3], _kind(raw, all_rows, i, dom, start, end, shown, line[3]), False))
                doms.append(dom)
            else:
                for piece in _PYTHON["blocks.cut_line"](raw, line, total):
                    pieces.append(_in_element(piece, all_rows, i))
                    doms.append(dom)
        at += len(text) + 1
    return tiled(raw, pieces, doms)


def cut_line(str raw not None, line, total):
    if not _READY:
        _prepare()
    start, end, text, units, _ = line
    if _is_plain(raw, start, end, text, units):
        return [Piece(start, end, text, units)]
    return _PYTHON["blocks.cut_line"](raw, line, total)


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
        found.append(tuple.__new__(TextBlock, (
            start, end, (piece[0], piece[1]), piece[2], _fold(piece[2]) if code else folded[piece[2]], piece[3],
            not code and <double>piece[3] >= _PROSE_UNITS and _is_prose(piece[2], piece[3]), piece[4], piece[5],
            None if doms is None else doms[i],
        )))
        start = end
    return tuple(found)
