"""Kernels of ``lines``, ``text_features``, ``token_weights`` and ``line_forms`` of ``cleanpage.body``: what the blocks and
characters of lines are, in few passes."""

from cpython cimport array
from cpython.unicode cimport PyUnicode_Contains, PyUnicode_DATA, PyUnicode_KIND, PyUnicode_Substring
from libc.math cimport sqrt
import array

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython

cdef extern from "Python.h":
    char_t PyUnicode_READ(int kind, const void *data, Py_ssize_t at)
    bint Py_UNICODE_ISALNUM(char_t char)
    bint Py_UNICODE_ISALPHA(char_t char)
    bint Py_UNICODE_ISDECIMAL(char_t char)
    bint Py_UNICODE_ISLOWER(char_t char)
    bint Py_UNICODE_ISSPACE(char_t char)

cdef enum:
    TABLE = 0x10000
    OWN = 24
    TAG_LINES = 3
    READ = 80
    MOST_DIGITS = 5
    FUNCTION = 1  # kinds of characters
    NUMERAL = 2
    QUOTE = 4
    COMMA = 8
    STOP = 16
    SYMBOL = 32
    OPENING = 64
    BULLET = 128
    CREDIT = 256
    CLAUSE = 512
    CREDIT_READ = 60
    CREDITED = 128
    HEAD_LINES = 3

cdef array.array _DOUBLES = array.array("d"), _INTS = array.array("i")
cdef unsigned short KINDS[TABLE]
cdef bint _READY = False
cdef object _HEAD, _TAIL, _COMMON, _TEASER, _ITEM, _DATE, _agrees, _ends_sentence, _Line
cdef double OUTSIDE = -5.0
cdef double IDEOGRAPHIC, COMMON_PER_IDEOGRAM, MARKS_PER, FAR, MOST_UNITS, MIN_READ, SHORT, CLEAR_PROSE, PROSE_CAP
cdef double _LONG = 60.0, UNFINISHED, MIN_PROSE, LONG_UNITS, HINTED, TEASER_UNITS, MIN_TAG, MAX_TITLE, UNSTOPPED, MIN_TITLE


cdef int _prepare() except -1:
    """Take constants and functions from the modules of the twins, which import this one."""
    global _READY, _HEAD, _TAIL, _COMMON, _TEASER, _ITEM, _DATE, _agrees, _ends_sentence, _Line
    global IDEOGRAPHIC, COMMON_PER_IDEOGRAM, MARKS_PER, FAR, MOST_UNITS, MIN_READ, SHORT, CLEAR_PROSE, PROSE_CAP
    global UNFINISHED, MIN_PROSE, LONG_UNITS, HINTED, TEASER_UNITS, MIN_TAG, MAX_TITLE, UNSTOPPED, MIN_TITLE
    from cleanpage import text
    from cleanpage.body import line_forms as forms, lines, text_features as own
    from cleanpage.text.language import common_words

    _HEAD, _TAIL, _COMMON, _agrees, _ends_sentence = own.HEAD, own.TAIL, common_words(), lines.agrees, text.ends_sentence
    _TEASER, _ITEM, _DATE = own.TEASER.search, own.ITEM.match, own.DATE.search
    IDEOGRAPHIC, COMMON_PER_IDEOGRAM, MARKS_PER = own.IDEOGRAPHIC, own.COMMON_PER_IDEOGRAM, own.MARKS_PER
    FAR, MOST_UNITS, MIN_READ, SHORT, CLEAR_PROSE = own.FAR, own.MOST_UNITS, own.MIN_READ, own.SHORT, own.CLEAR_PROSE
    PROSE_CAP, UNFINISHED, MIN_PROSE, LONG_UNITS = own.PROSE_CAP, own.UNFINISHED, own.MIN_PROSE, own.LONG_UNITS
    HINTED, TEASER_UNITS, MIN_TAG, MAX_TITLE = own.HINTED, own.TEASER_UNITS, lines.MIN_TAG, lines.MAX_TITLE
    UNSTOPPED, MIN_TITLE, _Line = text.UNSTOPPED_UNITS, lines.MIN_TITLE, lines.Line
    for characters, kind in (
        (own.FUNCTION, FUNCTION), (own.NUMERALS, NUMERAL), (own.QUOTES, QUOTE), (",，、；;：", COMMA), ("!?。！？…।؟۔", STOP),
        ("|>@/\\<#*+=_[]»©·【】•", SYMBOL), (forms.OPENINGS, OPENING), (forms.BULLETS, BULLET),
        (forms.CREDITS, CREDIT), (forms.CLAUSES, CLAUSE),
    ):
        for char in characters:
            KINDS[<int>ord(char)] |= <int>kind
    _READY = True
    return 0


cdef inline int _kind(char_t c):
    return KINDS[c] if c < TABLE else 0


cdef inline bint _is_upper(char_t c):
    return (
        65 <= c <= 90 or (0xC0 <= c <= 0xDE and c != 0xD7)
        or 0x410 <= c <= 0x42F or c == 0x401 or 0x391 <= c <= 0x3A9 or 0x386 <= c <= 0x38F
    )


cdef tuple _line(one):
    """Return a ``Line``, of a class of its own, as a tuple."""
    if not isinstance(one, tuple) or len(<tuple>one) < 9:
        raise TypeError("this is no line")
    return <tuple>one


cdef int _fill(double **to, Py_ssize_t i, tuple line, str text) except -1:
    """Fill the columns of a line that no rule has decided."""
    cdef Py_ssize_t n = len(text), at, commas = 0, stops = 0, symbols = 0, capitals = 0, words = 0, known = 0
    cdef Py_ssize_t function = 0, digits = 0
    cdef int kind = PyUnicode_KIND(text), end = 0, form
    cdef const void *data = PyUnicode_DATA(text)
    cdef bint in_word = False, dotted = False, blank = True, is_space, decimal
    cdef bint code = line[5] == "code", hinted = bool(line[7])
    cdef double size = line[4], common, upper, prose
    cdef char_t c = 0, first
    for at in range(n):
        c = PyUnicode_READ(kind, data, at)
        if c < 128:
            decimal = 48 <= c <= 57
            is_space = c == 32 or 9 <= c <= 13 or 28 <= c <= 31
        else:
            decimal = Py_UNICODE_ISDECIMAL(c)
            is_space = Py_UNICODE_ISSPACE(c)
        digits += decimal
        if is_space:
            stops += dotted
            blank, dotted, in_word = True, False, False
            continue
        words += blank
        blank = False
        dotted = c == 46
        form = KINDS[c] if c < TABLE else 0
        commas += (form & COMMA) != 0
        stops += (form & STOP) != 0
        symbols += (form & SYMBOL) != 0
        function += form & FUNCTION
        if not in_word and _is_upper(c):
            capitals += 1
        in_word = c == 95 or Py_UNICODE_ISALNUM(c)
    if size >= MIN_READ:
        if not n:
            raise ZeroDivisionError("a line of some length has no text")
        if size > IDEOGRAPHIC * n:
            common, upper = COMMON_PER_IDEOGRAM * function / n, 0.0
        else:
            for word in text.lower().split():
                if word in <frozenset>_COMMON:
                    known += 1
            common, upper = <double>known / max(1, words), <double>capitals / max(1, words)
        to[5][i], to[6][i], to[7][i] = common, upper, MARKS_PER * commas / size
        to[8][i], to[9][i], to[10][i] = stops, <double>symbols / n, min(<double>words, FAR)
    first = PyUnicode_READ(kind, data, 0) if n else 0
    if not code:
        if _ends_sentence(text):
            if size < TEASER_UNITS and (u"…" in text or u"..." in text) and _TEASER(text) is not None:
                end = -1
            else:
                end = 2 if c == 33 or c == 63 or c == 0xFF01 or c == 0xFF1F else 3
        elif n and size >= UNSTOPPED and 0xE00 < c < 0xEFF:
            end = 3
        elif c == 58 or c == 0xFF1A:
            end = 1
    prose = min(size, PROSE_CAP)
    if code:
        prose = UNFINISHED * prose
    else:
        if end < 1 or size < MIN_PROSE:
            prose = 0.0 if end != 0 or size < LONG_UNITS or commas < 2 else prose * UNFINISHED
        if hinted:
            prose = prose * HINTED
    to[1][i], to[2][i], to[11][i], to[12][i] = end, prose, hinted, line[5] == "list_item"
    if n and (
        _kind(first) & NUMERAL or first == 40 or first == 0xFF08 or 0x2460 <= first <= 0x2473
        or Py_UNICODE_ISDECIMAL(first)
    ):
        to[13][i] = _ITEM(text) is not None
    to[14][i] = not n or (_kind(first) & QUOTE) != 0
    to[15][i] = n and Py_UNICODE_ISLOWER(first)
    to[16][i] = digits > 1 and _DATE(text) is not None
    to[20][i] = size < SHORT and end < 1
    to[21][i] = prose >= CLEAR_PROSE
    return 0


cdef bint _is_tag(str key, str tag) except -1:
    """Tell what ``agrees`` tells."""
    if 2 * len(key) >= len(tag) and PyUnicode_Contains(tag, key) == 1:
        return True
    return (u"…" in tag or u"..." in tag) and _agrees(key, tag)


def own_columns(lines_):
    cdef list lines = list(lines_), out = [], tags
    cdef Py_ssize_t n = len(lines), i, k
    cdef dict times = {}
    cdef double *to[OWN]
    cdef double units
    cdef int count
    cdef tuple line
    cdef str folded
    if not _READY:
        _prepare()
    for k in range(OWN):
        out.append(array.clone(_DOUBLES, n, zero=True))
        to[k] = (<array.array>out[k]).data.as_doubles
    for i in range(n):
        line = _line(lines[i])
        times[line[3]] = times.get(line[3], 0) + 1
    tags = [one.folded for one in lines[:TAG_LINES]]
    for i in range(n):
        line = <tuple>lines[i]
        folded = <str?>line[3]
        units = line[4]
        count = times[folded]
        to[0][i] = min(units, MOST_UNITS)
        to[3][i] = min(<int>line[8], 4)
        to[4][i] = min(3, count)
        to[22][i] = count > 1
        if line[6]:
            to[17][i] = 1.0
            to[18][i] = not _HEAD.isdisjoint(line[6])
            to[19][i] = not _TAIL.isdisjoint(line[6])
            continue
        _fill(to, i, line, <str?>line[2])
        if MIN_TAG <= units <= MAX_TITLE:
            for k in range(min(i, len(tags))):
                if _is_tag(folded, <str>tags[k]):
                    to[23][i] = 1.0
                    break
    return out


def share_held(lines_, list words not None):
    cdef list lines = list(lines_)
    cdef Py_ssize_t n = len(lines), count = len(words), i, k, at, size, length
    cdef array.array out = array.clone(_DOUBLES, n, zero=True)
    cdef array.array latest = array.array("i", [-1]) * count, following = array.array("i", [-1]) * count
    cdef int *last = latest.data.as_ints
    cdef int *next_ = following.data.as_ints
    cdef int heads[256]
    cdef int kind, word_kind, found
    cdef const void *data
    cdef const void *word_data
    cdef double weight = 1.0 / max(1, count)
    cdef char_t c
    cdef tuple line
    cdef str folded, word
    if not _READY:
        _prepare()
    for k in range(256):
        heads[k] = -1
    for k in range(count - 1, -1, -1):  # words by their first character
        word = <str?>words[k]
        if not word:
            raise ValueError("a word is empty")
        c = PyUnicode_READ(PyUnicode_KIND(word), PyUnicode_DATA(word), 0) & 255
        next_[k] = heads[c]
        heads[c] = k
    for i in range(n):
        line = _line(lines[i])
        if line[6] or <double>line[4] < MIN_READ:
            continue
        folded = <str?>line[3]
        size = len(folded)
        kind = PyUnicode_KIND(folded)
        data = PyUnicode_DATA(folded)
        found = 0
        for at in range(size):
            k = heads[PyUnicode_READ(kind, data, at) & 255]
            while k >= 0:
                if last[k] != i:
                    word = <str>words[k]
                    length = len(word)
                    if at + length <= size:
                        word_kind = PyUnicode_KIND(word)
                        word_data = PyUnicode_DATA(word)
                        while length and PyUnicode_READ(kind, data, at + length - 1) == PyUnicode_READ(word_kind, word_data, length - 1):
                            length -= 1
                        if not length:
                            last[k] = i
                            found += 1
                k = next_[k]
        out.data.as_doubles[i] = weight * found
    return out


cdef inline int _class(char_t c):
    """Return 1 for what is written without blanks, 2 for other letters, 3 for digits, 0 for the rest."""
    if c < 128:
        return 2 if 97 <= c <= 122 or 65 <= c <= 90 else 3 if 48 <= c <= 57 else 0
    if 0x3040 <= c <= 0x30FF or 0x3400 <= c <= 0x9FFF:
        return 1
    if Py_UNICODE_ISDECIMAL(c):
        return 3
    return 2 if Py_UNICODE_ISALNUM(c) else 0


cdef class _Said:
    """The weights of the known tokens of a line."""

    cdef dict words
    cdef set held
    cdef double sum, least
    cdef Py_ssize_t count

    cdef int add(self, str token) except -1:
        weight = self.words.get(token)
        if weight is None or token in self.held:
            return 0
        self.held.add(token)
        self.sum = self.sum + <double>weight
        if not self.count or <double>weight < self.least:
            self.least = weight
        self.count += 1
        return 0

    cdef int read(self, str line) except -1:
        cdef Py_ssize_t n = min(len(line), READ), start = 0, end, at
        cdef int kind = PyUnicode_KIND(line), class_
        cdef const void *data = PyUnicode_DATA(line)
        cdef bint first = True
        cdef str token
        self.held.clear()
        self.sum, self.least, self.count = 0.0, 0.0, 0
        while start < n:
            class_ = _class(PyUnicode_READ(kind, data, start))
            end = start + 1
            while end < n and _class(PyUnicode_READ(kind, data, end)) == class_:
                end += 1
            if class_ == 0 or (class_ == 2 and end - start < 2):
                start = end
                continue
            at = start
            while True:
                if class_ == 1:
                    token = PyUnicode_Substring(line, at, min(at + 2, end))
                elif class_ == 2:
                    token = PyUnicode_Substring(line, start, end)
                else:
                    token = u"00000"[:min(end - start, MOST_DIGITS)]
                if first:
                    first = False
                    self.add(u"^" + token)
                self.add(token)
                at += 1
                if class_ != 1 or at + 1 >= end:
                    break
            start = end
        return 0


def said(lines_, dict words not None):
    cdef list lines = list(lines_), out = [array.clone(_DOUBLES, len(lines), zero=False) for _ in range(4)]
    cdef Py_ssize_t n = len(lines), i, k
    cdef double *to[4]
    cdef _Said one = _Said()
    one.words, one.held = words, set()
    for k in range(4):
        to[k] = (<array.array>out[k]).data.as_doubles
    for i in range(n):
        one.read(<str?>lines[i])
        to[0][i] = one.sum / sqrt(<double>one.count) if one.count else 0.0
        to[1][i] = one.least
    for i in range(n):
        to[2][i] = to[0][i - 1] if i else OUTSIDE
        to[3][i] = to[0][i + 1] if i + 1 < n else OUTSIDE
    return out


def forms_possible(lines_):
    cdef list lines = list(lines_)
    cdef Py_ssize_t n = len(lines), i, at, size, digits
    cdef bytearray out = bytearray(n)
    cdef tuple line
    cdef str text, folded
    cdef int kind, found, first
    cdef const void *data
    cdef char_t c
    cdef bint fraction, asks
    if not _READY:
        _prepare()
    for i in range(n):
        line = _line(lines[i])
        text, folded = <str?>line[2], <str?>line[3]
        size = len(folded)
        if <double>line[4] > _LONG:
            size = min(size, 3)
        kind = PyUnicode_KIND(folded)
        data = PyUnicode_DATA(folded)
        digits = found = first = 0
        fraction = asks = False
        for at in range(size):
            c = PyUnicode_READ(kind, data, at)
            if 48 <= c <= 57 or (c >= 128 and Py_UNICODE_ISDECIMAL(c)):
                digits += 1
                if at < 3:
                    found = 1
                if at == 0:
                    first = OPENING
            elif c == 63 or c == 0x61F or c == 0x55E:
                asks = True
            elif 0xBC <= c <= 0xBE or 0x2153 <= c <= 0x2154:
                fraction = True
        if size:
            first |= _kind(PyUnicode_READ(kind, data, 0))
        if first & CLAUSE or (size > 2 and folded.startswith(u"art")):
            found |= 32
        if <double>line[4] <= _LONG:
            found |= asks << 1 | (first & OPENING != 0) << 2 | (digits >= 2) << 3 | (digits > 0 or fraction) << 4
            found |= (first & BULLET != 0) << 6
        size = len(text)
        kind = PyUnicode_KIND(text)
        data = PyUnicode_DATA(text)
        for at in range(max(0, size - CREDIT_READ), size):
            if _kind(PyUnicode_READ(kind, data, at)) & CREDIT:
                found |= CREDITED
                break
        out[i] = found
    return bytes(out)


cdef tuple _block(one):
    """Return a ``TextBlock``, of a class of its own, as a tuple."""
    if not isinstance(one, tuple) or len(<tuple>one) < 10:
        raise TypeError("this is no block")
    return <tuple>one


def joined_blocks(str page not None, blocks_, list decided not None, list hinted not None, bint in_html):
    cdef tuple blocks = tuple(blocks_), head, block, content
    cdef Py_ssize_t n = len(blocks), first = 0, last, at, before = 0, start, length = len(page)
    cdef int kind = PyUnicode_KIND(page), gap
    cdef const void *data = PyUnicode_DATA(page)
    cdef double size
    cdef list found = [], texts
    if not _READY:
        _prepare()
    if len(decided) != n or len(hinted) != n:
        raise ValueError("each block has labels")
    while first < n:
        head = _block(blocks[first])
        last = first
        while last + 1 < n and _block(blocks[last + 1])[8] and not decided[last] and not decided[last + 1]:
            last += 1
        text, units = head[3], head[5]
        if last > first:
            texts = []
            size = 0.0
            for at in range(first, last + 1):
                block = _block(blocks[at])
                texts.append(block[3])
                size = size + <double>block[5]
            text, units = u" ".join(texts), size
        start = head[2][0]
        gap = 0
        for at in range(max(0, before), min(start, length)):
            gap += PyUnicode_READ(kind, data, at) == 10
        found.append(tuple.__new__(_Line, (
            first, last, text, head[4], units, head[7], decided[first], hinted[first], gap, head[9] if in_html else None,
        )))
        before = _block(blocks[last])[2][1]
        first = last + 1
    return found


def headline(blocks_, list labels not None):
    cdef tuple blocks = tuple(blocks_), block
    cdef Py_ssize_t n = len(blocks), i, k, best_at = -1, head = n + HEAD_LINES + 1
    cdef list keys = []
    cdef dict seen = {}
    cdef double units, score, best = 0.0
    cdef str key
    cdef bint tagged
    if not _READY:
        _prepare()
    if len(labels) != n:
        raise ValueError("each block has labels")
    for i in range(n):
        block = _block(blocks[i])
        key = block[4] if <double>block[5] <= MAX_TITLE and not block[6] else u""
        keys.append(key)
        seen[key] = seen.get(key, 0) + 1
    for i in range(n - 1, -1, -1):
        key = keys[i]
        units = (<tuple>blocks[i])[5]
        if key and units >= MIN_TITLE and not labels[i]:
            tagged = False
            for k in range(min(i, TAG_LINES) if units >= MIN_TAG else 0):
                if _is_tag(key, <str>keys[k]):
                    tagged = True
                    break
            score = 2.0 * tagged + 1.5 * (head - i <= HEAD_LINES) + 1.0 * (<int>seen[key] > 1)
            if score >= 2.0 and (best_at < 0 or score >= best):
                best, best_at = score, i
        if not _HEAD.isdisjoint(labels[i]):
            head = i
    return best_at if best_at >= 0 else None


def verdicts(lines_, array.array chances, double threshold, kept, dict moved not None):
    cdef list found = [], lines = list(lines_), keeps = list(kept)
    cdef Py_ssize_t n = len(lines), i, block
    cdef tuple line
    cdef bint keep
    cdef double likely
    cdef str level = f"the page's threshold of {threshold:.3f}", reason, via, name
    cdef object labels, score, label, body, boilerplate
    from cleanpage.body.verdicts import LISTED, MOST_SCORE, STAGE, BlockFinding, Label
    cdef double most = MOST_SCORE
    if chances.typecode != "d" or len(chances) != n or len(keeps) != n:
        raise ValueError("each line has a probability and is kept or not")
    body, boilerplate = Label.BODY, Label.BOILERPLATE
    for i in range(n):
        line, keep, likely = _line(lines[i]), keeps[i], chances.data.as_doubles[i]
        labels = line[6]
        if labels and not keep:
            continue
        reason = f"probability {likely:.3f}, {u'above' if likely >= threshold else u'below'} {level}"
        via, name = u"model", moved.get(i)
        if name is not None:
            reason, via = f"{name} ({reason})", u"repair"
        elif keep != (likely >= threshold):
            reason = reason + (u"; between lines that are kept" if keep else u"; among lines that are not kept")
        score = 1.0 if labels and labels <= LISTED else round(min(most, likely if keep else 1.0 - likely), 2)
        label = body if keep else boilerplate
        for block in range(line[0], <Py_ssize_t>line[1] + 1):
            found.append(tuple.__new__(BlockFinding, (block, label, STAGE, reason, score, None, via, ())))
    return found
