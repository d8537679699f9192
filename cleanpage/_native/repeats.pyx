"""Kernels of ``cleanpage.repeats`` and of the keys in ``cleanpage.text.similarity``: strings and columns of numbers."""

from cpython cimport array
from cpython.unicode cimport (
    PyUnicode_DATA, PyUnicode_FromKindAndData, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring,
)
from libc.stdlib cimport calloc, free, malloc
from libc.string cimport memcmp, memset

import array

from cleanpage._native.slots cimport Slots, get, learn

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython
ctypedef unsigned long long hash_t

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(char_t char)
    bint Py_UNICODE_ISDECIMAL(char_t char)
    Py_ssize_t PyUnicode_Tailmatch(object text, object part, Py_ssize_t start, Py_ssize_t end, int direction) except -1

cdef enum:
    BAND = 16
    REACH = 300
    GAP = 40
    MIN_SEGMENT = 3
    ALIKE = 6
    LONG_ALIKE = 30
    WIDE_GRAM = 5
    NARROW_GRAM = 8
    DENSE = 14  # letters a word
    MOST_ALIKE = 8
    DRIFT = 24  # of the seeds of one block
    LONGEST = 16  # characters of the longest gram

cdef double MIN_LOOSE = 10.0
cdef array.array _NUMBERS = array.array("q")
cdef hash_t FACTORS[LONGEST + 1]
for _i in range(LONGEST + 1):  # by the secret of this process, so that no page is made to collide
    FACTORS[_i] = <hash_t>(hash(f"factor {_i}") & 0x7FFFFFFFFFFFFFFF) * 2 + 1


cdef inline hash_t _hash(int kind, const void *data, Py_ssize_t place, Py_ssize_t size):
    cdef hash_t total = FACTORS[LONGEST] * <hash_t>size
    cdef Py_ssize_t i
    for i in range(size):
        total += FACTORS[i] * <hash_t>(PyUnicode_READ(kind, data, place + i))
    return total


def letters_of(str line not None):
    return _words_of(line, None)


def seeded_keys(list lines not None, list lengths not None):
    cdef Py_ssize_t i, letters
    cdef list made = [], starts
    cdef str line, key
    cdef double length
    if len(lines) != len(lengths):
        raise ValueError("each line has a length")
    for i in range(len(lines)):
        line, length, starts = lines[i], lengths[i], []
        key = _words_of(line, starts)
        letters = len(key)
        anchors = range(letters) if letters > DENSE * len(starts) else starts
        made.append((key, anchors, WIDE_GRAM if length > 0.6 * len(line) else NARROW_GRAM))
    return made


cdef inline bint _is_word(char_t c):
    """Tell whether a character is a letter or digit; of the commonest ones Python need not be asked."""
    if c < 128:
        return 97 <= c <= 122 or 48 <= c <= 57 or 65 <= c <= 90
    return 0x4E00 <= c <= 0x9FA5 or Py_UNICODE_ISALNUM(c)


cdef str _words_of(str line, list starts):
    """Return the letters and digits of a line; add to ``starts``, if it is not None, where in them its words begin."""
    cdef Py_ssize_t n = len(line), i, at = 0
    cdef int kind = PyUnicode_KIND(line)
    cdef const char *data = <const char *>PyUnicode_DATA(line)
    cdef char *made = <char *>malloc(n * kind or 1)
    cdef bint inside = False
    if made == NULL:
        raise MemoryError
    try:
        for i in range(n):
            if not _is_word(PyUnicode_READ(kind, data, i)):
                inside = False
                continue
            if not inside:
                if starts is not None:
                    starts.append(at)
                inside = True
            if kind == 1:
                made[at] = data[i]
            elif kind == 2:
                (<unsigned short *>made)[at] = (<const unsigned short *>data)[i]
            else:
                (<char_t *>made)[at] = (<const char_t *>data)[i]
            at += 1
        return line if at == n else PyUnicode_FromKindAndData(kind, made, at)
    finally:
        free(made)


def seeds_of(str text not None, list pieces not None, Py_ssize_t step):
    cdef Py_ssize_t n = len(text), most = 0, count = 0, start, size, offset, place
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    for _, anchors, _ in pieces:
        most += len(anchors)
    cdef array.array places = array.clone(_NUMBERS, most, zero=False), sizes = array.clone(_NUMBERS, most, zero=False)
    for start, anchors, size in pieces:
        if not 0 < size <= LONGEST:
            raise ValueError(f"a seed has 1 to {LONGEST} characters")
        for offset in anchors:
            place = start + offset
            if not 0 <= place < n:
                raise IndexError("a seed begins outside of the text")
            if step > 1 and <Py_ssize_t>PyUnicode_READ(kind, data, place) % step:
                continue
            places.data.as_longlongs[count] = place
            sizes.data.as_longlongs[count] = min(size, n - place)
            count += 1
    array.resize(places, count)
    array.resize(sizes, count)
    cdef array.array origins = _first_places(text, places, sizes)
    cdef Py_ssize_t again = 0
    for offset in range(count):
        again += places.data.as_longlongs[offset] != origins.data.as_longlongs[offset]
    return places, sizes, origins, again


cdef array.array _first_places(str text, array.array places, array.array sizes):
    """Return for each gram the first of its places; they lie inside of the text."""
    cdef Py_ssize_t count = len(places), i, bits = 4
    cdef int kind = PyUnicode_KIND(text)
    cdef const char *data = <const char *>PyUnicode_DATA(text)
    cdef const long long *place = places.data.as_longlongs
    cdef const long long *size = sizes.data.as_longlongs
    cdef array.array origins = array.clone(_NUMBERS, count, zero=False)
    while (1 << bits) < 2 * count:
        bits += 1
    cdef Py_ssize_t slots = 1 << bits, slot, known
    cdef Py_ssize_t *table = <Py_ssize_t *>calloc(slots, sizeof(Py_ssize_t))  # the number of a gram, plus 1
    if table == NULL:
        raise MemoryError
    for i in range(count):
        slot = _hash(kind, data, place[i], size[i]) >> (64 - bits)
        while True:
            known = table[slot] - 1
            if known < 0:
                table[slot] = i + 1
                origins.data.as_longlongs[i] = place[i]
                break
            if size[known] == size[i] and not memcmp(data + place[known] * kind, data + place[i] * kind, size[i] * kind):
                origins.data.as_longlongs[i] = place[known]
                break
            slot = (slot + 1) & (slots - 1)
    free(table)
    return origins


cdef class _Linker:
    """What ``linked`` knows while it goes through a page."""

    cdef str text
    cdef int kind
    cdef const char *data
    cdef Py_ssize_t n
    cdef char *copied
    cdef array.array begins, ends
    cdef list links
    cdef Py_ssize_t last, older

    def __cinit__(self, str text not None, exact):
        self.text = text
        self.n = len(text)
        self.kind = PyUnicode_KIND(text)
        self.data = <const char *>PyUnicode_DATA(text)
        self.copied = <char *>calloc(self.n + 1, 1)
        if self.copied == NULL:
            raise MemoryError
        self.begins = array.array("q", [link[0] for link in exact])
        self.ends = array.array("q", [link[0] + link[2] for link in exact])
        self.links = []

    def __dealloc__(self):
        free(self.copied)

    cdef bint stands(self, Py_ssize_t place, Py_ssize_t origin, Py_ssize_t size):
        """Tell whether the gram at ``place`` stands at ``origin`` too, in what is no copy."""
        cdef Py_ssize_t low = 0, high = len(self.ends), middle
        if origin < 0 or origin + size > self.n or self.copied[origin]:
            return False
        if memcmp(self.data + place * self.kind, self.data + origin * self.kind, size * self.kind):
            return False
        while low < high:
            middle = (low + high) // 2
            if origin < self.ends.data.as_longlongs[middle]:
                high = middle
            else:
                low = middle + 1
        return low == len(self.ends) or origin < self.begins.data.as_longlongs[low]

    cdef int add(self, Py_ssize_t place, Py_ssize_t first, Py_ssize_t size, Py_ssize_t weight) except -1:
        cdef Py_ssize_t origin = first, diagonal
        if not (0 <= first <= place and 0 <= size and place + size <= self.n):
            raise IndexError("a link leads out of the text")
        if weight == 1 and first != place - self.last:
            if self.last and self.stands(place, place - self.last, size):
                origin = place - self.last
            elif self.older and self.stands(place, place - self.older, size):
                origin = place - self.older
        diagonal = place - origin
        if diagonal == self.last or diagonal == self.older:
            if self.links:
                self.copied[<Py_ssize_t>self.links[len(self.links) - 1][0]] = 1
            self.copied[place] = 1
        if diagonal != self.last:
            self.older = self.last
            self.last = diagonal
        self.links.append((place, origin, size, weight))
        return 0


def linked(str text not None, exact, array.array places not None, array.array sizes not None,
           array.array origins not None):
    cdef Py_ssize_t count = len(places), i, at = 0, settled = len(exact), place, origin, size, weight
    cdef _Linker linker = _Linker(text, exact)
    if len(sizes) != count or len(origins) != count or not places.typecode == sizes.typecode == origins.typecode == "q":
        raise ValueError("the columns of seeds are three arrays of type q, of one length")
    for i in range(count):
        place, origin, size = places.data.as_longlongs[i], origins.data.as_longlongs[i], sizes.data.as_longlongs[i]
        if origin == place:
            continue
        while at < settled and exact[at] <= (place, origin, size, 1):
            linker.add(exact[at][0], exact[at][1], exact[at][2], exact[at][3])
            at += 1
        linker.add(place, origin, size, 1)
    for at in range(at, settled):
        linker.add(exact[at][0], exact[at][1], exact[at][2], exact[at][3])
    return linker.links


def in_step(list links not None):
    cdef Py_ssize_t found = 0, place, origin, before = 0, here
    cdef bint first = True
    for place, origin, _, _ in links:
        here = place - origin
        found += not first and -2 * BAND <= here - before <= 2 * BAND
        before = here
        first = False
    return found


cdef struct Segment:
    Py_ssize_t first, copy, first_end, copy_end, seeds


def segmented(Py_ssize_t length, list links not None, alike):
    cdef Py_ssize_t bands = length // BAND + 3, band, near, place, origin, size, weight, gap, count = 0
    cdef int step
    cdef bint extends
    cdef Segment *made = <Segment *>malloc((len(links) or 1) * sizeof(Segment))
    cdef Segment *one
    cdef Py_ssize_t *open_ = <Py_ssize_t *>calloc(bands, sizeof(Py_ssize_t))  # the number of a segment, plus 1
    cdef list found = []
    try:
        if made == NULL or open_ == NULL:
            raise MemoryError
        for place, origin, size, weight in links:
            if not 0 <= origin <= place <= length:
                raise IndexError("a link leads out of the text")
            band = (place - origin) // BAND + 1
            for step in range(3):
                near = band if step == 0 else band - 1 if step == 1 else band + 1
                if not open_[near]:
                    continue
                one = &made[open_[near] - 1]
                gap = place - one.copy_end
                extends = gap <= REACH and one.first <= origin and origin + size <= one.copy
                if extends and gap > GAP and one.seeds < MIN_SEGMENT:
                    extends = alike(one.first_end, origin, one.copy_end, place)
                if extends:
                    one.first_end = max(one.first_end, origin + size)
                    one.copy_end = place + size
                    one.seeds += weight
                    if near != band:
                        open_[band] = open_[near]
                        open_[near] = 0
                    break
            else:
                made[count] = Segment(origin, place, origin + size, place + size, weight)
                count += 1
                open_[band] = count
        for place in range(count):
            if made[place].seeds >= MIN_SEGMENT:
                one = &made[place]
                found.append((one.first, one.copy, one.first_end, one.copy_end, one.seeds))
        return found
    finally:
        free(made)
        free(open_)


cdef enum:
    LOOKBACK = 24
    STRONG = 16
    MAX_STRONG = 8
    FAR = 40


cdef inline bint _follows(const Segment *one, const Segment *other):
    cdef Py_ssize_t here = other.first - one.first_end, there = other.copy - one.copy_end
    cdef Py_ssize_t near = min(here, there), far = max(here, there)
    cdef Py_ssize_t shorter = min(one.copy_end - one.copy, other.copy_end - other.copy)
    return (
        other.first_end > one.first_end and other.copy_end > one.copy_end
        and -shorter <= 2 * near <= 2 * REACH and far <= max(<Py_ssize_t>REACH, FAR * shorter)
    )


def chain_scores(list segments not None):
    cdef Py_ssize_t n = len(segments), i, j, k, near, strongest = 0, first, copy, first_end, copy_end, seeds
    cdef Py_ssize_t strong[MAX_STRONG]  # the last strong segments, in a ring
    cdef Segment *made = <Segment *>malloc((n or 1) * sizeof(Segment))
    cdef Py_ssize_t *score = <Py_ssize_t *>malloc((n or 1) * sizeof(Py_ssize_t))
    cdef Py_ssize_t *before = <Py_ssize_t *>malloc((n or 1) * sizeof(Py_ssize_t))
    cdef Py_ssize_t *begin = <Py_ssize_t *>malloc((n or 1) * sizeof(Py_ssize_t))
    try:
        if made == NULL or score == NULL or before == NULL or begin == NULL:
            raise MemoryError
        for i in range(n):
            first, copy, first_end, copy_end, seeds = segments[i]
            made[i] = Segment(first, copy, first_end, copy_end, seeds)
            score[i], before[i], begin[i] = seeds, -1, copy
            near = max(0, i - LOOKBACK)
            for k in range(max(0, strongest - MAX_STRONG), strongest + i - near):
                j = strong[k % MAX_STRONG] if k < strongest else near + k - strongest
                if k < strongest and j >= near:
                    continue
                if score[j] + seeds > score[i] and first_end <= begin[j] and _follows(&made[j], &made[i]):
                    score[i], before[i], begin[i] = score[j] + seeds, j, begin[j]
            if seeds >= STRONG:
                strong[strongest % MAX_STRONG] = i
                strongest += 1
        return [score[i] for i in range(n)], [before[i] for i in range(n)]
    finally:
        free(made)
        free(score)
        free(before)
        free(begin)


def digits_of(str key not None):
    return "".join([c for c in key if Py_UNICODE_ISDECIMAL(c)])


def with_numbers_as(str key not None, str number not None):
    cdef Py_ssize_t at = 0, start, size = len(key)
    cdef int kind = PyUnicode_KIND(key)
    cdef const void *data = PyUnicode_DATA(key)
    cdef list made = []
    while at < size:
        start = at
        while at < size and not Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, at)):
            at += 1
        if start == 0 and at == size:
            return key
        made.append(PyUnicode_Substring(key, start, at))
        if at < size:
            made.append(number)
        while at < size and Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, at)):
            at += 1
    return "".join(made)


def seeds_in_step(str key not None, anchors, Py_ssize_t gram, dict index not None, Py_ssize_t hint):
    cdef Py_ssize_t offset, at, band, best = 0, seeds, most = 0, size = len(key), here, there
    cdef list hits = []
    cdef dict bands = {}
    for offset in anchors:
        if offset + gram <= size:
            found = index.get(PyUnicode_Substring(key, offset, offset + gram))
            if found is not None:
                at = found
                band = at - offset
                band = band // DRIFT if band >= 0 else -((DRIFT - 1 - band) // DRIFT)
                bands[band] = bands.get(band, 0) + 1
                hits.append((offset, at, band))
    for band, seeds in bands.items():
        seeds += <Py_ssize_t>bands.get(band + 1, 0)
        here, there = abs(band * DRIFT - hint), abs(best * DRIFT - hint)
        if seeds > most or (seeds == most and (here < there or (here == there and band < best))):
            best, most = band, seeds
    near = [(offset, at) for offset, at, band in hits if 0 <= band - best <= 1]
    return (near[0], near[-1]) if near else None


cdef class Beginnings:
    """The Python twin's set, behind a table of bits: most places of a line begin like no other line."""

    cdef unsigned char bits[8192]
    cdef set known

    def __cinit__(self):
        self.known = set()
        memset(self.bits, 0, sizeof(self.bits))

    def add(self, str start not None):
        if len(start) != ALIKE:
            raise ValueError(f"a line begins with {ALIKE} letters")
        cdef hash_t mark = _hash(PyUnicode_KIND(start), PyUnicode_DATA(start), 0, ALIKE) >> 48
        self.bits[mark >> 3] |= <unsigned char>(1 << (mark & 7))
        self.known.add(start)

    def places(self, str key not None):
        cdef Py_ssize_t at
        cdef int kind = PyUnicode_KIND(key)
        cdef const void *data = PyUnicode_DATA(key)
        cdef hash_t mark
        cdef list found = []
        for at in range(len(key) - ALIKE + 1):
            mark = _hash(kind, data, at, ALIKE) >> 48
            if self.bits[mark >> 3] & (1 << (mark & 7)) and PyUnicode_Substring(key, at, at + ALIKE) in self.known:
                found.append(at)
        return found


cdef class Pieces:
    cdef readonly dict first
    cdef readonly set parts
    cdef dict short_, long_
    cdef Py_ssize_t tiny
    cdef Beginnings begin

    def __cinit__(self):
        self.first, self.parts, self.short_, self.long_ = {}, set(), {}, {}
        self.begin = Beginnings()

    def add(self, line, *, whole=True):
        cdef str key = line.key, start
        cdef Py_ssize_t size = LONG_ALIKE if len(key) >= LONG_ALIKE else ALIKE
        cdef dict table = self.long_ if size == LONG_ALIKE else self.short_
        if key in self.first:
            return
        if not whole:
            self.parts.add(key)
        self.first[key] = line
        if len(key) < ALIKE:
            self.tiny = max(self.tiny, len(key))
            return
        start = key[:size]
        alike = <list?>table.setdefault(start, [])
        if len(alike) < MOST_ALIKE:
            alike.append(key)
            self.begin.add(key[:ALIKE])

    def tiles(self, str key not None):
        cdef list hits = self.begin.places(key), tiles = []
        cdef Py_ssize_t place = 0, number = 0, n = len(key), end
        cdef bint tight = True
        while place < n:
            found = self.at(key, place, tight)
            if found is not None:
                end = place + len(<str>found)
                tiles.append((place, end, found))
                place, tight = end, True
                continue
            while number < len(hits) and <Py_ssize_t>hits[number] <= place:
                number += 1
            if number == len(hits):
                break
            place, tight = hits[number], False
        return tiles

    cdef str at(self, str key, Py_ssize_t place, bint tight):
        cdef Py_ssize_t size
        cdef list alike
        cdef str known
        for size in (LONG_ALIKE, ALIKE):
            alike = (self.long_ if size == LONG_ALIKE else self.short_).get(key[place : place + size])
            if alike is None:
                continue
            for known in reversed(alike):
                if PyUnicode_Tailmatch(key, known, place, len(key), -1) and (
                    tight or <double>self.first[known].units >= MIN_LOOSE
                ):
                    return known
        if tight:
            for size in range(self.tiny, 0, -1):
                known = key[place : place + size]
                if known in self.first:
                    return known
        return None


def holding(list keys not None, list asked not None):
    cdef Beginnings begin = Beginnings()
    cdef dict alike = {}
    cdef set found = set()
    cdef str key, part
    cdef Py_ssize_t at
    for key in keys:
        begin.add(key[:ALIKE])
        (<list>alike.setdefault(key[:ALIKE], [])).append(key)
    for key in asked:
        for at in begin.places(key):
            parts = <list>alike[key[at : at + ALIKE]]
            if len(parts) > MOST_ALIKE:
                found.add(key)
                break
            for part in parts:
                if len(key) > len(part) and PyUnicode_Tailmatch(key, part, at, len(key), -1):
                    found.add(key)
                    break
            if key in found:
                break
    return found


cdef Slots _BLOCK
cdef double EVIDENCE_UNITS = 40.0

cdef enum:  # fields of a ``TextBlock``
    SIZE = 5
    PROSE = 6
    FORM = 7


def evidence(blocks_):
    cdef tuple blocks = tuple(blocks_)
    cdef Py_ssize_t i
    cdef bytearray out = bytearray(len(blocks))
    if _BLOCK.kind == NULL:
        from cleanpage.draft import TextBlock
        learn(&_BLOCK, TextBlock)
    for i in range(len(blocks)):
        if <double>get(&_BLOCK, blocks[i], SIZE) >= EVIDENCE_UNITS or get(&_BLOCK, blocks[i], PROSE):
            out[i] = get(&_BLOCK, blocks[i], FORM) != "code"
    return bytes(out)
