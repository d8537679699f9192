"""Kernels of ``cleanpage.body`` that read characters: of ``lines``, ``text_features``, ``token_weights``,
``class_name_weights``, ``line_forms``, ``page_tokens`` and ``verdicts``."""

from cpython cimport array
from cpython.ref cimport PyObject
from cpython.unicode cimport PyUnicode_Contains, PyUnicode_DATA, PyUnicode_KIND
from libc.math cimport fabs, sqrt
from libc.stdlib cimport free, malloc, realloc
from libc.string cimport strlen
import array

from cleanpage._native.slots cimport LINK_SHARE, Slots, get, learn, made

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython

ctypedef unsigned long long word_t

cdef extern from "Python.h":
    Py_ssize_t PyUnicode_GET_LENGTH(PyObject *text)
    char_t PyUnicode_READ(int kind, const void *data, Py_ssize_t at)
    bint Py_UNICODE_ISALNUM(char_t char)
    bint Py_UNICODE_ISALPHA(char_t char)
    bint Py_UNICODE_ISDECIMAL(char_t char)
    bint Py_UNICODE_ISLOWER(char_t char)
    bint Py_UNICODE_ISSPACE(char_t char)

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define will_read(place) __builtin_prefetch(place)
    #else
    #define will_read(place)
    #endif
    """
    void will_read(const void *place) noexcept nogil

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
    WORD = 1024  # letters, digits, ``_``
    DECIMAL = 2048
    BLANK = 4096
    UPPER = 8192
    CREDIT_READ = 60
    CREDITED = 128
    HEAD_LINES = 3
    HEADS = 1024

cdef array.array _DOUBLES = array.array("d"), _INTS = array.array("i")
cdef unsigned short KINDS[TABLE]
cdef bint _READY = False
cdef object _HEAD, _TAIL, _COMMON, _TEASER, _ITEM, _DATE, _agrees, _ends_sentence
cdef Slots _LINE, _BLOCK, _FINDING, _DOM
cdef double OUTSIDE = -5.0
cdef word_t BASIS = 0xCBF29CE484222325, PRIME = 0x100000001B3
cdef const char *ZEROS = b"00000"
cdef double IDEOGRAPHIC, COMMON_PER_IDEOGRAM, MARKS_PER, FAR, MOST_UNITS, MIN_READ, SHORT, CLEAR_PROSE, PROSE_CAP
cdef double _LONG = 60.0, UNFINISHED, MIN_PROSE, LONG_UNITS, HINTED, TEASER_UNITS, MIN_TAG, MAX_TITLE, UNSTOPPED, MIN_TITLE


cdef int _prepare() except -1:
    """Take constants and functions from the modules of the twins, which import this one."""
    global _READY, _HEAD, _TAIL, _COMMON, _TEASER, _ITEM, _DATE, _agrees, _ends_sentence
    global IDEOGRAPHIC, COMMON_PER_IDEOGRAM, MARKS_PER, FAR, MOST_UNITS, MIN_READ, SHORT, CLEAR_PROSE, PROSE_CAP
    global UNFINISHED, MIN_PROSE, LONG_UNITS, HINTED, TEASER_UNITS, MIN_TAG, MAX_TITLE, UNSTOPPED, MIN_TITLE
    from cleanpage import draft, text
    from cleanpage.body import line_forms as forms, lines, text_features as own
    from cleanpage.text.language import common_words

    _HEAD, _TAIL, _agrees, _ends_sentence = own.HEAD, own.TAIL_FEATURES, lines.agrees, text.ends_sentence
    _COMMON = _weights(dict.fromkeys(common_words(), 1.0))
    _TEASER, _ITEM, _DATE = own.TEASER.search, own.ITEM.match, own.DATE.search
    IDEOGRAPHIC, COMMON_PER_IDEOGRAM, MARKS_PER = own.IDEOGRAPHIC, own.COMMON_PER_IDEOGRAM, own.MARKS_PER
    FAR, MOST_UNITS, MIN_READ, SHORT, CLEAR_PROSE = own.FAR, own.MOST_UNITS, own.MIN_READ, own.SHORT, own.CLEAR_PROSE
    PROSE_CAP, UNFINISHED, MIN_PROSE, LONG_UNITS = own.PROSE_CAP, own.UNFINISHED, own.MIN_PROSE, own.LONG_UNITS
    HINTED, TEASER_UNITS, MIN_TAG, MAX_TITLE = own.HINTED, own.TEASER_UNITS, lines.MIN_TAG, lines.LONGEST_HEADLINE_LINE
    UNSTOPPED, MIN_TITLE = text.UNSTOPPED_UNITS, lines.MIN_TITLE
    learn(&_LINE, lines.Line)
    learn(&_BLOCK, draft.TextBlock)
    learn(&_FINDING, draft.BlockFinding)
    learn(&_DOM, draft.Dom)
    for characters, kind in (
        (own.FUNCTION, FUNCTION), (own.NUMERALS, NUMERAL), (own.QUOTES, QUOTE), (",，、；;：", COMMA), ("!?。！？…।؟۔", STOP),
        ("|>@/\\<#*+=_[]»©·【】•", SYMBOL), (forms.OPENINGS, OPENING), (forms.BULLETS, BULLET),
        (forms.CREDIT_STARTS, CREDIT), (forms.CLAUSES, CLAUSE),
    ):
        for char in characters:
            KINDS[<int>ord(char)] |= <int>kind
    _READY = True
    return 0


cdef int _general_kind(char_t c):
    """Return what Python says of a character: calls that a table spares for all but the rarest ones."""
    return (
        (WORD if c == 95 or Py_UNICODE_ISALNUM(c) else 0) | (DECIMAL if Py_UNICODE_ISDECIMAL(c) else 0)
        | (BLANK if Py_UNICODE_ISSPACE(c) else 0) | (UPPER if _is_upper(c) else 0)
    )


cdef void _fill_kinds():
    cdef char_t c
    for c in range(<char_t>TABLE):
        KINDS[c] = _general_kind(c)


_fill_kinds()


cdef inline int _kind(char_t c):
    return KINDS[c] if c < TABLE else _general_kind(c)


cdef inline bint _is_upper(char_t c):
    return (
        65 <= c <= 90 or (0xC0 <= c <= 0xDE and c != 0xD7)
        or 0x410 <= c <= 0x42F or c == 0x401 or 0x391 <= c <= 0x3A9 or 0x386 <= c <= 0x38F
    )


cdef Py_ssize_t _count_common(str text):
    """Return how many words of a text in lower case, parted by blanks, are common ones."""
    cdef Py_ssize_t n = len(text), start = 0, end, known = 0
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    while start < n:
        end = start
        while end < n and not _kind(PyUnicode_READ(kind, data, end)) & BLANK:
            end += 1
        if end > start:
            known += (<TokenWeights>_COMMON).find(b"", kind, data, start, end) >= 0
        start = end + 1
    return known


cdef enum:  # fields of a ``Line``
    FIRST = 0
    LAST = 1
    TEXT = 2
    FOLDED = 3
    UNITS = 4
    FORM = 5
    LABELS = 6
    HINTS = 7
    GAP = 8
    PLACE = 9


cdef inline char_t _before_quote(int kind, const void *data, Py_ssize_t n, char_t last):
    """Return the last character of a text, or that before a quotation mark or bracket at its end."""
    if n > 1 and (last == 34 or last == 41 or last == 0x2019 or last == 0x201D):
        return PyUnicode_READ(kind, data, n - 2)
    return last


cdef int _fill(double **to, Py_ssize_t i, object line, str text) except -1:
    """Fill the columns of a line that no rule has decided."""
    cdef Py_ssize_t n = len(text), at, commas = 0, stops = 0, symbols = 0, capitals = 0, words = 0, known = 0
    cdef Py_ssize_t function = 0, digits = 0
    cdef int kind = PyUnicode_KIND(text), end = 0, form
    cdef const void *data = PyUnicode_DATA(text)
    cdef bint in_word = False, dotted = False, blank = True
    cdef object form_ = get(&_LINE, line, FORM)
    cdef bint code = form_ == "code", hinted = bool(get(&_LINE, line, HINTS))
    cdef double size = get(&_LINE, line, UNITS), common, upper, prose
    cdef char_t c = 0, first
    for at in range(n):
        c = PyUnicode_READ(kind, data, at)
        form = _kind(c)
        digits += (form & DECIMAL) != 0
        if form & BLANK:
            stops += dotted
            blank, dotted, in_word = True, False, False
            continue
        words += blank
        blank = False
        dotted = c == 46
        commas += (form & COMMA) != 0
        stops += (form & STOP) != 0
        symbols += (form & SYMBOL) != 0
        function += form & FUNCTION
        capitals += not in_word and (form & UPPER) != 0
        in_word = (form & WORD) != 0
    if size >= MIN_READ:
        if not n:
            raise ZeroDivisionError("a line of some length has no text")
        if size > IDEOGRAPHIC * n:
            common, upper = COMMON_PER_IDEOGRAM * function / n, 0.0
        else:
            known = _count_common(text.lower())
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
        elif n and size >= UNSTOPPED and (0xE00 < _before_quote(kind, data, n, c) < 0xEFF or (c in (0x300D, 0x300F) and u"。" in text)):
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
    to[1][i], to[2][i], to[11][i], to[12][i] = end, prose, hinted, form_ == "list_item"
    if n and (
        _kind(first) & (NUMERAL | DECIMAL) or first == 40 or first == 0xFF08 or 0x2460 <= first <= 0x2473
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
    cdef object line
    cdef str folded
    if not _READY:
        _prepare()
    for k in range(OWN):
        out.append(array.clone(_DOUBLES, n, zero=True))
        to[k] = (<array.array>out[k]).data.as_doubles
    for i in range(n):
        line = get(&_LINE, lines[i], FOLDED)
        times[line] = times.get(line, 0) + 1
    tags = [one.folded for one in lines[:TAG_LINES]]
    for i in range(n):
        line = lines[i]
        folded = <str?>get(&_LINE, line, FOLDED)
        units = get(&_LINE, line, UNITS)
        count = times[folded]
        to[0][i] = min(units, MOST_UNITS)
        to[3][i] = min(<int>get(&_LINE, line, GAP), 4)
        to[4][i] = min(3, count)
        to[22][i] = count > 1
        if get(&_LINE, line, LABELS):
            to[17][i] = 1.0
            to[18][i] = not _HEAD.isdisjoint(get(&_LINE, line, LABELS))
            to[19][i] = not _TAIL.isdisjoint(get(&_LINE, line, LABELS))
            continue
        _fill(to, i, line, <str?>get(&_LINE, line, TEXT))
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
    cdef int heads[HEADS]
    cdef bint single = False
    cdef int kind, word_kind, found
    cdef const void *data
    cdef const void *word_data
    cdef double weight = 1.0 / max(1, count)
    cdef char_t c
    cdef object line
    cdef str folded, word
    if not _READY:
        _prepare()
    for k in range(HEADS):
        heads[k] = -1
    for word in words:
        if not word:
            raise ValueError("a word is empty")
        single = single or len(<str?>word) == 1
    for k in range(count - 1, -1, -1):  # words by their first two characters
        word = <str>words[k]
        word_kind, word_data = PyUnicode_KIND(word), PyUnicode_DATA(word)
        c = PyUnicode_READ(word_kind, word_data, 0)
        c = (c if single else 31 * c + PyUnicode_READ(word_kind, word_data, 1)) & (HEADS - 1)
        next_[k] = heads[c]
        heads[c] = k
    for i in range(n):
        line = lines[i]
        if get(&_LINE, line, LABELS) or <double>get(&_LINE, line, UNITS) < MIN_READ:
            continue
        folded = <str?>get(&_LINE, line, FOLDED)
        size = len(folded)
        kind = PyUnicode_KIND(folded)
        data = PyUnicode_DATA(folded)
        found = 0
        for at in range(size if single else size - 1):
            c = PyUnicode_READ(kind, data, at)
            k = heads[(c if single else 31 * c + PyUnicode_READ(kind, data, at + 1)) & (HEADS - 1)]
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
    cdef int kind = _kind(c)
    return 3 if kind & DECIMAL else 2 if kind & WORD else 0


cdef struct Place:  # of a table of tokens
    unsigned int mark  # the upper half of its hash: few others are looked at, each of which is a wait for memory
    int token  # -1 for none

cdef struct Token:
    word_t hash
    word_t latest  # the line or path in which it stood last
    PyObject *text
    double weight


cdef inline word_t _hashed(word_t start, int kind, const void *data, Py_ssize_t first, Py_ssize_t end) noexcept:
    """Return the hash (FNV-1a, by code points) of some characters behind those whose hash is ``start``."""
    cdef Py_ssize_t at
    for at in range(first, end):
        start = (start ^ PyUnicode_READ(kind, data, at)) * PRIME
    return start


cdef inline word_t _marked(const char *mark, int kind, const void *data, Py_ssize_t first, Py_ssize_t end) noexcept:
    """Return the hash of some characters behind a mark."""
    cdef Py_ssize_t before = strlen(mark)
    return _hashed(_hashed(BASIS, 1, mark, 0, before), kind, data, first, end)


cdef class TokenWeights(dict):
    cdef Token *tokens
    cdef Place *table
    cdef word_t mask
    cdef word_t clock

    def __dealloc__(self):
        free(self.tokens)
        free(self.table)

    cdef int prepare(self) except -1:
        """Make the table when it is first needed. The weights are not changed any more."""
        cdef Py_ssize_t n = len(self), i = 0
        cdef word_t at
        cdef Token *tokens
        if self.tokens != NULL:
            return 0
        for token, weight in self.items():
            if not isinstance(token, str) or not isinstance(weight, float):
                raise TypeError("a token is a string, its weight a float")
        self.mask = 15
        while self.mask + 1 < 2 * <word_t>n:
            self.mask = 2 * self.mask + 1
        self.table = <Place *>realloc(self.table, (self.mask + 1) * sizeof(Place))
        tokens = <Token *>malloc((n + 1) * sizeof(Token))
        if self.table == NULL or tokens == NULL:
            free(tokens)
            raise MemoryError
        for at in range(self.mask + 1):
            self.table[at] = Place(0, -1)
        for token, weight in self.items():
            tokens[i].hash = _hashed(BASIS, PyUnicode_KIND(token), PyUnicode_DATA(token), 0, len(<str>token))
            tokens[i].latest = 0
            tokens[i].text = <PyObject *>token
            tokens[i].weight = weight
            at = self.slot(tokens[i].hash)
            while self.table[at].token >= 0:
                at = (at + 1) & self.mask
            self.table[at] = Place(<unsigned int>(tokens[i].hash >> 32), <int>i)
            i += 1
        self.tokens = tokens
        return 0

    cdef inline word_t slot(self, word_t hash_) noexcept:
        return (hash_ ^ hash_ >> 29) & self.mask

    cdef int find(self, const char *mark, int kind, const void *data, Py_ssize_t first, Py_ssize_t end) noexcept:
        """Return the place of the token of some characters behind a mark, -1 if it has no weight."""
        return self.hashed(_marked(mark, kind, data, first, end), mark, kind, data, first, end)

    cdef inline void fetch(self, word_t hash_) noexcept:
        """Have the token of a hash read from memory, if there is one."""
        cdef Place *place = self.table + self.slot(hash_)
        if place.token >= 0 and place.mark == <unsigned int>(hash_ >> 32):
            will_read(self.tokens + place.token)

    cdef int hashed(
        self, word_t hash_, const char *mark, int kind, const void *data, Py_ssize_t first, Py_ssize_t end
    ) noexcept:
        """Return the same for characters whose hash is known."""
        cdef Py_ssize_t before = strlen(mark), k
        cdef word_t at = self.slot(hash_)
        cdef int own, found
        cdef const void *text
        while self.table[at].token >= 0:
            found = self.table[at].token
            if self.table[at].mark != <unsigned int>(hash_ >> 32) or self.tokens[found].hash != hash_:
                at = (at + 1) & self.mask
                continue
            if PyUnicode_GET_LENGTH(self.tokens[found].text) == before + end - first:
                own, text = PyUnicode_KIND(<object>self.tokens[found].text), PyUnicode_DATA(<object>self.tokens[found].text)
                for k in range(before):
                    if PyUnicode_READ(own, text, k) != <char_t>mark[k]:
                        break
                else:
                    for k in range(end - first):
                        if PyUnicode_READ(own, text, before + k) != PyUnicode_READ(kind, data, first + k):
                            break
                    else:
                        return found
            at = (at + 1) & self.mask
        return -1


cdef TokenWeights _weights(words):
    cdef TokenWeights found = words if isinstance(words, TokenWeights) else TokenWeights(words)
    found.prepare()
    return found


cdef struct Sum:
    double sum
    double least
    Py_ssize_t count


cdef inline void _add(TokenWeights words, Sum *to, int token) noexcept:
    """Add the weight of a token that did not stand in the line before."""
    if token < 0 or words.tokens[token].latest == words.clock:
        return
    words.tokens[token].latest = words.clock
    to.sum = to.sum + words.tokens[token].weight
    if not to.count or words.tokens[token].weight < to.least:
        to.least = words.tokens[token].weight
    to.count += 1


cdef struct Asked:  # a token of a line
    word_t hash
    const char *mark
    const void *data
    Py_ssize_t first
    Py_ssize_t end
    int kind


cdef inline Asked _asked(
    TokenWeights words, const char *mark, int kind, const void *data, Py_ssize_t first, Py_ssize_t end
) noexcept:
    """Return a token whose place in the table is on its way from memory: a line waits for all of its tokens at once."""
    cdef Asked one = Asked(_marked(mark, kind, data, first, end), mark, data, first, end, kind)
    will_read(words.table + words.slot(one.hash))
    return one


cdef Sum _read(TokenWeights words, str line):
    cdef Py_ssize_t n = min(len(line), READ), start = 0, end, at, last, count = 0, from_
    cdef int kind = PyUnicode_KIND(line), class_, own
    cdef const void *data = PyUnicode_DATA(line)
    cdef const void *text
    cdef Asked asked[READ + 1]
    cdef Asked *one
    cdef Sum found = Sum(0.0, 0.0, 0)
    words.clock += 1
    while start < n:
        class_ = _class(PyUnicode_READ(kind, data, start))
        end = start + 1
        while end < n and _class(PyUnicode_READ(kind, data, end)) == class_:
            end += 1
        if class_ == 0 or (class_ == 2 and end - start < 2):
            start = end
            continue
        for at in range(start, max(start + 1, end - 1) if class_ == 1 else start + 1):
            from_, last, own, text = at, min(at + 2, end) if class_ == 1 else end, kind, data
            if class_ == 3:  # a number is as many zeros as it has digits
                from_, last, own, text = 0, min(end - start, MOST_DIGITS), 1, ZEROS
            if not count:
                asked[0] = _asked(words, b"^", own, text, from_, last)
                count = 1
            asked[count] = _asked(words, b"", own, text, from_, last)
            count += 1
        start = end
    for at in range(count):
        words.fetch(asked[at].hash)
    for at in range(count):
        one = asked + at
        _add(words, &found, words.hashed(one.hash, one.mark, one.kind, one.data, one.first, one.end))
    return found


def said(lines_, words):
    cdef list lines = list(lines_), out = [array.clone(_DOUBLES, len(lines), zero=False) for _ in range(4)]
    cdef Py_ssize_t n = len(lines), i, k
    cdef double *to[4]
    cdef TokenWeights weights = _weights(words)
    cdef Sum found
    for k in range(4):
        to[k] = (<array.array>out[k]).data.as_doubles
    for i in range(n):
        found = _read(weights, <str?>lines[i])
        to[0][i] = found.sum / sqrt(<double>found.count) if found.count else 0.0
        to[1][i] = found.least
    for i in range(n):
        to[2][i] = to[0][i - 1] if i else OUTSIDE
        to[3][i] = to[0][i + 1] if i + 1 < n else OUTSIDE
    return out


cdef inline bint _is_letter(char_t c):
    return 97 <= c <= 122 or 0x4E00 <= c <= 0x9FFF


cdef class _Steps:
    """The tokens of elements that have a weight, as the page's paths need them."""

    cdef TokenWeights names
    cdef dict places  # of an element its place in ``starts``
    cdef const char *mark
    cdef const char *tag
    cdef list tokens

    cdef list of(self, str step):
        """Return the places of an element's known tokens, in order; some may stand twice."""
        cdef Py_ssize_t n = len(step), start, end = 0, at, run
        cdef int kind = PyUnicode_KIND(step)
        cdef const void *data = PyUnicode_DATA(step)
        found = self.places.get(step)
        if found is not None:
            return <list>found
        self.tokens = self.places[step] = []
        while end < n and PyUnicode_READ(kind, data, end) != 46:
            end += 1
        self.known(self.tag, kind, data, 0, end)
        while end < n:
            start = end + 1
            end = start
            while end < n and PyUnicode_READ(kind, data, end) != 46:
                end += 1
            self.word(kind, data, start, end)
            run = start
            for at in range(start, end + 1):
                if at < end and _is_letter(PyUnicode_READ(kind, data, at)):
                    continue
                if at - run >= 3 and at - run < end - start:
                    self.word(kind, data, run, at)
                run = at + 1
        return self.tokens

    cdef int word(self, int kind, const void *data, Py_ssize_t first, Py_ssize_t end) except -1:
        self.known(b"*", kind, data, first, end)
        if self.mark[0]:
            self.known(self.mark, kind, data, first, end)
        return 0

    cdef int known(self, const char *mark, int kind, const void *data, Py_ssize_t first, Py_ssize_t end) except -1:
        cdef int token = self.names.find(mark, kind, data, first, end)
        if token >= 0:
            self.tokens.append(token)
        return 0


cdef _Steps _steps(TokenWeights names, const char *mark, const char *tag):
    cdef _Steps one = _Steps()
    one.names, one.places, one.mark, one.tag = names, {}, mark, tag
    return one


def path_log_odds(paths_, names):
    cdef list paths = list(paths_)
    cdef TokenWeights weights = _weights(names)
    cdef _Steps near = _steps(weights, b"0:", b"0:<"), next_ = _steps(weights, b"1:", b"1:<"), far = _steps(weights, b"", b"<")
    cdef tuple path
    cdef Py_ssize_t i, at
    cdef double base = weights.get("", 0.0)
    cdef Sum found
    cdef array.array out = array.clone(_DOUBLES, len(paths), zero=False)
    for at in range(len(paths)):
        path = <tuple?>paths[at]
        found = Sum(0.0, 0.0, 0)
        weights.clock += 1
        for i in range(len(path)):
            for token in (near if i == 0 else next_ if i == 1 else far).of(<str?>path[len(path) - 1 - i]):
                _add(weights, &found, <int>token)
        out.data.as_doubles[at] = base + found.sum
    return out


def forms_possible(lines_):
    cdef list lines = list(lines_)
    cdef Py_ssize_t n = len(lines), i, at, size, digits
    cdef bytearray out = bytearray(n)
    cdef object line
    cdef str text, folded
    cdef int kind, found, first
    cdef const void *data
    cdef char_t c
    cdef bint fraction, asks
    if not _READY:
        _prepare()
    for i in range(n):
        line = lines[i]
        text, folded = <str?>get(&_LINE, line, TEXT), <str?>get(&_LINE, line, FOLDED)
        size = len(folded)
        if <double>get(&_LINE, line, UNITS) > _LONG:
            size = min(size, 3)
        kind = PyUnicode_KIND(folded)
        data = PyUnicode_DATA(folded)
        digits = found = first = 0
        fraction = asks = False
        for at in range(size):
            c = PyUnicode_READ(kind, data, at)
            if _kind(c) & DECIMAL:
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
        if <double>get(&_LINE, line, UNITS) <= _LONG:
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


cdef enum:  # fields of a ``TextBlock``
    CONTENT = 2
    SHOWN = 3
    KEY = 4
    SIZE = 5
    PROSE = 6
    BLOCK_FORM = 7
    GLUED = 8
    DOM = 9


def joined_blocks(str page not None, blocks_, list decided not None, list hinted not None, bint in_html):
    cdef tuple blocks = tuple(blocks_)
    cdef object head, block
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
        head = blocks[first]
        last = first
        while last + 1 < n and get(&_BLOCK, blocks[last + 1], GLUED) and not decided[last] and not decided[last + 1]:
            last += 1
        text, units = get(&_BLOCK, head, SHOWN), get(&_BLOCK, head, SIZE)
        if last > first:
            texts = []
            size = 0.0
            for at in range(first, last + 1):
                block = blocks[at]
                texts.append(get(&_BLOCK, block, SHOWN))
                size = size + <double>get(&_BLOCK, block, SIZE)
            text, units = u" ".join(texts), size
        start = get(&_BLOCK, head, CONTENT)[0]
        gap = 0
        for at in range(max(0, before), min(start, length)):
            gap += PyUnicode_READ(kind, data, at) == 10
        found.append(made(&_LINE, (
            first, last, text, get(&_BLOCK, head, KEY), units, get(&_BLOCK, head, BLOCK_FORM), decided[first], hinted[first], gap, get(&_BLOCK, head, DOM) if in_html else None,
        )))
        before = get(&_BLOCK, blocks[last], CONTENT)[1]
        first = last + 1
    return found


def headline(blocks_, list labels not None):
    cdef tuple blocks = tuple(blocks_)
    cdef object block
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
        block = blocks[i]
        key = get(&_BLOCK, block, KEY) if <double>get(&_BLOCK, block, SIZE) <= MAX_TITLE and not get(&_BLOCK, block, PROSE) else u""
        keys.append(key)
        seen[key] = seen.get(key, 0) + 1
    for i in range(n - 1, -1, -1):
        key = keys[i]
        units = get(&_BLOCK, blocks[i], SIZE)
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


cdef enum:
    PER_MILLE = 1000

cdef list _SHOWN = [f"probability {at / PER_MILLE:.3f}, " for at in range(PER_MILLE + 1)]
cdef list _ROUNDED = [at / 100 for at in range(101)]


cdef inline Py_ssize_t _nearest(double value, double parts):
    """Return the number of the part that a share is rounded to, -1 if it may lie between two of them."""
    cdef double scaled = value * parts
    if not 0.0 <= scaled <= parts:
        return -1
    cdef Py_ssize_t at = <Py_ssize_t>(scaled + 0.5)
    return -1 if fabs(fabs(scaled - at) - 0.5) < 1e-6 else at


cdef str _shown(double likely):
    """Return what the ledger says of a probability; formatting a float takes ten times as long as looking it up."""
    cdef Py_ssize_t at = _nearest(likely, PER_MILLE)
    return <str>_SHOWN[at] if at >= 0 else f"probability {likely:.3f}, "


cdef object _rounded(double score):
    cdef Py_ssize_t at = _nearest(score, 100.0)
    return _ROUNDED[at] if at >= 0 else round(score, 2)


def verdicts(lines_, array.array chances, double threshold, kept, dict moved not None):
    cdef list found = [], lines = list(lines_), keeps = list(kept)
    cdef Py_ssize_t n = len(lines), i, block
    cdef object line
    cdef bint keep
    cdef double likely
    cdef str level = f"the page's threshold of {threshold:.3f}", reason, via, name
    cdef str above = u"above " + level, below = u"below " + level
    cdef object labels, score, label, body, boilerplate
    from cleanpage.body.verdicts import LISTED, MOST_SCORE, STAGE, Label
    cdef double most = MOST_SCORE
    if not _READY:
        _prepare()
    if chances.typecode != "d" or len(chances) != n or len(keeps) != n:
        raise ValueError("each line has a probability and is kept or not")
    body, boilerplate = Label.BODY, Label.BOILERPLATE
    for i in range(n):
        line, keep, likely = lines[i], keeps[i], chances.data.as_doubles[i]
        labels = get(&_LINE, line, LABELS)
        if labels and not keep:
            continue
        reason = _shown(likely) + (above if likely >= threshold else below)
        via, name = u"model", moved.get(i)
        if name is not None:
            reason, via = f"{name} ({reason})", u"repair"
        elif keep != (likely >= threshold):
            reason = reason + (u"; between lines that are kept" if keep else u"; among lines that are not kept")
        score = 1.0 if labels and labels <= LISTED else _rounded(min(most, likely if keep else 1.0 - likely))
        label = body if keep else boilerplate
        for block in range(get(&_LINE, line, FIRST), <Py_ssize_t>get(&_LINE, line, LAST) + 1):
            found.append(made(&_FINDING, (block, label, STAGE, reason, score, None, via, ())))
    return found


def kind_scores(held, dict weights not None):
    bases = weights[""]
    cdef Py_ssize_t width = len(bases), known = 0, kind
    cdef array.array sums = array.clone(_DOUBLES, width, True)
    cdef array.array row
    for token in held:
        found = weights.get(token)
        if found is None:
            continue
        row = found if isinstance(found, array.array) else array.array("d", found)
        if row.typecode != "d":
            raise TypeError("a column is an array of doubles")
        if len(row) > width:
            raise IndexError("a token has weights for more kinds than there are")
        known += 1
        for kind in range(len(row)):
            sums.data.as_doubles[kind] += row.data.as_doubles[kind]
    cdef double share = 1.0 / sqrt(max(1, known))
    return tuple([sums.data.as_doubles[kind] * share + <double>bases[kind] for kind in range(width)])


cdef enum:
    MOST_PERIOD = 12
    FEWEST_LINES = 8

cdef double _ALL_LINKED = 0.9
cdef double[4] _SIZES = [3.0, 8.0, 20.0, 60.0]


def line_classes(lines_, array.array ends, array.array dated):
    cdef list lines = list(lines_)
    cdef Py_ssize_t n = len(lines), i
    cdef int found, k
    cdef double size
    cdef object line, dom
    cdef str text
    cdef bytearray out = bytearray(n)
    if not _READY:
        _prepare()
    if ends.typecode != "d" or dated.typecode != "d" or len(ends) != n or len(dated) != n:
        raise ValueError("each line has its columns")
    for i in range(n):
        line = lines[i]
        size, text, dom = get(&_LINE, line, UNITS), <str?>get(&_LINE, line, TEXT), get(&_LINE, line, PLACE)
        found = 0
        for k in range(4):
            found += 32 * (size >= _SIZES[k])
        found += ends.data.as_doubles[i] > 0
        found += 2 * bool(get(&_LINE, line, LABELS)) + 4 * (dated.data.as_doubles[i] > 0)
        found += 8 * (len(text) > 0 and text[0].isdigit())
        found += 16 * (dom is not None and <double>get(&_DOM, dom, LINK_SHARE) > _ALL_LINKED)
        out[i] = found
    return bytes(out)


def periods(bytes forms not None):
    cdef Py_ssize_t n = len(forms), i, step
    cdef const unsigned char *form = forms
    cdef long long times[256]
    cdef long long pairs = 0, like
    cdef double usual, value, first = 0.0, most = 0.0
    if n < FEWEST_LINES:
        return 0.0, 0.0
    for i in range(256):
        times[i] = 0
    for i in range(n):
        times[form[i]] += 1
    for i in range(256):
        pairs += times[i] * times[i]
    usual = <double>pairs / (<double>n * n)
    for step in range(1, min(MOST_PERIOD, n // 2) + 1):
        like = 0
        for i in range(n - step):
            like += form[i] == form[i + step]
        value = (<double>like / <double>(n - step) - usual) / (1.0 - usual + 1e-9)
        if step == 1:
            first = value
        elif value > most:
            most = value
    return most, first
