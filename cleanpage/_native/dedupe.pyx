"""Kernels of ``cleanpage.dedupe``: tokens, shingles, their checksums, and what two texts have in common."""

from cpython cimport array
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, PyUnicode_Substring
from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, malloc

import array
import sys

ctypedef unsigned int char_t  # a code point as a number, for Py_UCS4 counts as text in Cython

cdef extern from "Python.h":
    bint Py_UNICODE_ISALNUM(char_t char)
    bint Py_UNICODE_ISDECIMAL(char_t char)

cdef enum:
    WORDS = 3
    IDEOGRAMS = 5
    LETTERS = 10
    MOST_SKETCHED = 512
    SAMPLED = 1 << 29
    SEPARATOR = 0x1F

if sys.byteorder == "big":
    raise ImportError("these kernels are for machines that are little-endian")

cdef array.array _SPANS = array.array("I")
cdef uint64_t PRIME = (1 << 32) - 5
cdef uint64_t SECRET = <uint64_t>(hash("shingles") & 0x7FFFFFFFFFFFFFFF) * 2 + 1
"""Of this process, so that no text is made to collide."""
cdef uint64_t HERE = <uint64_t>1 << 32, BOTH = <uint64_t>1 << 33
cdef uint32_t CRC[256]


cdef void _fill_crc():
    cdef uint32_t value
    cdef int i, bit
    for i in range(256):
        value = i
        for bit in range(8):
            value = (value >> 1) ^ (<uint32_t>0xEDB88320 if value & 1 else 0)
        CRC[i] = value


_fill_crc()


cdef inline int _width(char_t char) noexcept:
    """Return the tokens of a shingle that begins with a character which is a token by itself; 0 for others."""
    if char < 0x0E00:
        return 0
    if char <= 0x0EFF or 0x1000 <= char <= 0x109F or 0x1780 <= char <= 0x17FF:
        return LETTERS
    if char < 0x2E80:
        return 0
    if (char <= 0x2FDF or 0x3005 <= char <= 0x3007 or 0x3021 <= char <= 0x3029 or 0x3040 <= char <= 0x30FF
            or 0x3100 <= char <= 0x312F or 0x3400 <= char <= 0x4DBF or 0x4E00 <= char <= 0x9FFF
            or 0xAC00 <= char <= 0xD7A3 or 0xF900 <= char <= 0xFAFF or 0x20000 <= char <= 0x3FFFF):
        return IDEOGRAMS
    return 0


cdef inline Py_ssize_t _write(uint8_t *made, Py_ssize_t at, char_t char) noexcept:
    """Write a character as UTF-8 and return where it ends."""
    if char < 0x80:
        made[at] = char
        return at + 1
    if char < 0x800:
        made[at] = 0xC0 | char >> 6
        made[at + 1] = 0x80 | char & 0x3F
        return at + 2
    if char < 0x10000:
        made[at] = 0xE0 | char >> 12
        made[at + 1] = 0x80 | char >> 6 & 0x3F
        made[at + 2] = 0x80 | char & 0x3F
        return at + 3
    made[at] = 0xF0 | char >> 18
    made[at + 1] = 0x80 | char >> 12 & 0x3F
    made[at + 2] = 0x80 | char >> 6 & 0x3F
    made[at + 3] = 0x80 | char & 0x3F
    return at + 4


def cut_shingles(str normal not None):
    cdef Py_ssize_t n = len(normal), i, at = 0, count = 0, found = 0
    cdef int kind = PyUnicode_KIND(normal), width
    cdef const void *data = PyUnicode_DATA(normal)
    cdef char_t char
    cdef bint inside = False
    cdef uint8_t *made = <uint8_t *>malloc(5 * n + 1)  # a character has four bytes, and what parts it from the next
    cdef uint8_t *widths = <uint8_t *>malloc(n + 1)
    cdef array.array starts = array.clone(_SPANS, n + 1, zero=False), ends = array.clone(_SPANS, n + 1, zero=False)
    cdef uint32_t *start = <uint32_t *>starts.data.as_voidptr
    cdef uint32_t *end = <uint32_t *>ends.data.as_voidptr
    try:
        if made == NULL or widths == NULL:
            raise MemoryError
        for i in range(n):
            char = PyUnicode_READ(kind, data, i)
            width = _width(char)
            if width == 0 and not Py_UNICODE_ISALNUM(char):
                inside = False
                continue
            if width or not inside:  # a token begins
                if count:
                    made[at] = SEPARATOR
                    at += 1
                widths[count] = width or WORDS
                start[count] = at
                count += 1
            inside = width == 0
            at = _write(made, at, char)
        if 0 < count < WORDS:
            start[0], end[0], found = 0, at, 1
        else:
            for i in range(count):  # no shingle stands before the token it begins with: they can be moved up in place
                if i + widths[i] <= count:
                    end[found] = start[i + widths[i]] - 1 if i + widths[i] < count else at
                    start[found] = start[i]
                    found += 1
        array.resize(starts, found)
        array.resize(ends, found)
        return PyBytes_FromStringAndSize(<char *>made, at), starts, ends, count
    finally:
        free(made)
        free(widths)


def hash_spans(bytes data not None, array.array starts not None, array.array ends not None, Py_ssize_t least):
    cdef Py_ssize_t count = len(starts), size = len(data), i, place
    cdef const uint8_t *byte = <const uint8_t *>PyBytes_AS_STRING(data)
    if len(ends) != count or not starts.typecode == ends.typecode == "I":
        raise ValueError("starts and ends are two arrays of type I, of one length")
    cdef const uint32_t *start = <const uint32_t *>starts.data.as_voidptr
    cdef const uint32_t *end = <const uint32_t *>ends.data.as_voidptr
    cdef bytes trace = PyBytes_FromStringAndSize(NULL, 4 * count)
    cdef uint32_t *total = <uint32_t *>PyBytes_AS_STRING(trace)
    cdef uint32_t crc
    cdef uint64_t number
    cdef dict known = {}
    for i in range(count):
        if not start[i] <= end[i] <= size:
            raise IndexError("a shingle ends outside of the text")
        crc = 0xFFFFFFFF
        for place in range(start[i], end[i]):
            crc = CRC[(crc ^ byte[place]) & 0xFF] ^ crc >> 8
        total[i] = ~crc
        if total[i] < SAMPLED:
            known[total[i]] = i
    low = sorted(known)
    if len(low) < least:
        known = {total[i]: i for i in range(count)}
        low = sorted(known)[:least]
    del low[MOST_SKETCHED:]
    cdef bytes sketch = PyBytes_FromStringAndSize(NULL, 8 * len(low))
    cdef uint64_t *name = <uint64_t *>PyBytes_AS_STRING(sketch)
    for place in range(len(low)):
        i = known[low[place]]
        number = 0
        for size in range(start[i], end[i]):
            number = (number << 8 | byte[size]) % PRIME
        name[place] = <uint64_t>total[i] << 32 | number
    return trace, sketch


def shared_sketch(bytes one not None, bytes other not None):
    cdef Py_ssize_t mine = len(one) // 8, yours = len(other) // 8, i = 0, j = 0, shared = 0
    cdef const uint64_t *my = <const uint64_t *>PyBytes_AS_STRING(one)
    cdef const uint64_t *your = <const uint64_t *>PyBytes_AS_STRING(other)
    while i < mine and j < yours:
        if my[i] == your[j]:
            shared += 1
            i += 1
            j += 1
        elif my[i] < your[j]:
            i += 1
        else:
            j += 1
    return shared, min(i, j)


def find_gaps(bytes one not None, Py_ssize_t size, bytes other not None, Py_ssize_t other_size):
    cdef Py_ssize_t mine = len(one) // 4, yours = len(other) // 4, i, slot, bits = 4
    cdef const uint32_t *my = <const uint32_t *>PyBytes_AS_STRING(one)
    cdef const uint32_t *your = <const uint32_t *>PyBytes_AS_STRING(other)
    while (<Py_ssize_t>1 << bits) < 2 * mine:
        bits += 1
    cdef Py_ssize_t last = (<Py_ssize_t>1 << bits) - 1
    cdef uint64_t *table = <uint64_t *>calloc(last + 1, sizeof(uint64_t))  # checksums of ``one``, with HERE and BOTH
    cdef uint8_t *held = <uint8_t *>calloc(max(mine, yours) + 1, 1)
    try:
        if table == NULL or held == NULL:
            raise MemoryError
        for i in range(mine):
            table[_slot(table, my[i], bits, last)] = HERE | my[i]
        for i in range(yours):
            slot = _slot(table, your[i], bits, last)
            held[i] = table[slot] != 0
            if held[i]:
                table[slot] |= BOTH
        others = _gaps(held, yours, other_size)
        for i in range(mine):
            held[i] = table[_slot(table, my[i], bits, last)] & BOTH != 0
        return _gaps(held, mine, size), others
    finally:
        free(table)
        free(held)


cdef inline Py_ssize_t _slot(const uint64_t *table, uint32_t total, int bits, Py_ssize_t last) noexcept:
    """Return where a checksum stands in a table, or would."""
    cdef Py_ssize_t slot = (<uint64_t>total * SECRET) >> (64 - bits)
    while table[slot] and <uint32_t>table[slot] != total:
        slot = (slot + 1) & last
    return slot


cdef array.array _gaps(const uint8_t *held, Py_ssize_t count, Py_ssize_t size):
    """Return the stretches of a text of so many tokens, the shingles of which are held or not, that no held one covers."""
    cdef Py_ssize_t i, at = 0, runs = 0, start, end, overlap = size - count
    for i in range(count):
        runs += not held[i] and (i == 0 or held[i - 1])
    cdef array.array gaps = array.clone(_SPANS, 2 * runs, zero=False)
    cdef uint32_t *place = <uint32_t *>gaps.data.as_voidptr
    for i in range(count):
        if held[i]:
            continue
        if i == 0 or held[i - 1]:
            start = i + overlap if i else 0
        if i + 1 == count or held[i + 1]:
            end = count + overlap if i + 1 == count else i + 1
            place[at], place[at + 1] = min(start, end), end
            at += 2
    return gaps


def digit_tokens(str words not None):
    cdef Py_ssize_t n = len(words), i, start = 0, place = 0
    cdef int kind = PyUnicode_KIND(words)
    cdef const void *data = PyUnicode_DATA(words)
    cdef bint digit = False
    cdef char_t char
    cdef list found = []
    for i in range(n + 1):
        char = PyUnicode_READ(kind, data, i) if i < n else 0x20
        if char == 0x20:
            if digit:
                found.append((place, PyUnicode_Substring(words, start, i)))
            start, digit = i + 1, False
            place += 1
        elif not digit and Py_UNICODE_ISDECIMAL(char):
            digit = True
    return found


cdef enum:
    EDGE_WORDS = 10
    EDGE_WIDE = 20
    ALIGNED = 4000000


def equal_runs(bytes one not None, bytes other not None):
    cdef Py_ssize_t mine = len(one) // 4, yours = len(other) // 4, i, slot, start = 0, place = 0, length = 0, bits = 4
    cdef const uint32_t *my = <const uint32_t *>PyBytes_AS_STRING(one)
    cdef const uint32_t *your = <const uint32_t *>PyBytes_AS_STRING(other)
    while (<Py_ssize_t>1 << bits) < 2 * yours:
        bits += 1
    cdef Py_ssize_t last = (<Py_ssize_t>1 << bits) - 1
    cdef uint64_t *table = <uint64_t *>calloc(last + 1, sizeof(uint64_t))  # the last place of a checksum, plus 1, and it
    cdef list runs = []
    if table == NULL:
        raise MemoryError
    try:
        for i in range(yours):
            table[_slot(table, your[i], bits, last)] = <uint64_t>(i + 1) << 32 | your[i]
        for i in range(mine):
            slot = (table[_slot(table, my[i], bits, last)] >> 32) - 1
            if length and slot == place + length:
                length += 1
                continue
            if length:
                runs.append((start, place, length))
            start, place, length = i, slot, slot >= 0
        if length:
            runs.append((start, place, length))
        return runs
    finally:
        free(table)


def find_edits(list one not None, list other not None, list runs not None):
    from cleanpage.text.similarity import edits

    cdef Py_ssize_t size = len(one), other_size = len(other), number, start = 0, low = 0, end, high, over, mine, yours
    cdef Py_ssize_t run, place, length, first, last
    cdef list found = [], ends = []
    for number in range(len(runs) + 1):
        run, place, length = runs[number] if number < len(runs) else (size, other_size, 0)
        end, high = run, place
        over = max(0, max(start - end, low - high))
        start, low = start - over, low - over
        if start < 0 or low < 0 or end > size or high > other_size:
            raise IndexError("a run lies outside of a text")
        while start < end and low < high and one[start] == other[low]:
            start, low = start + 1, low + 1
        while start < end and low < high and one[end - 1] == other[high - 1]:
            end, high = end - 1, high - 1
        mine, yours = end - start, high - low
        if start == 0 or low == 0:
            mine = yours = min(mine, yours)
            start, low = end - mine, high - yours
        elif end == size or high == other_size:
            mine = yours = min(mine, yours)
            end, high = start + mine, low + yours
        if (start == 0 or low == 0 or end == size or high == other_size) and max(mine, yours) > EDGE_WORDS and (
                max(mine, yours) > EDGE_WIDE or not (_is_wide(one, start, end) or _is_wide(other, low, high))):
            ends.append((start, end, low, high))
        elif mine * yours <= 1 or mine * yours > ALIGNED or set(one[start:end]).isdisjoint(other[low:high]):
            if mine or yours:
                found.append((start, end, low, high))
        else:
            for first, last, a, b in edits(one[start:end], other[low:high], 1):
                found.append((start + first, start + last, low + a, low + b))
        start, low = run + length + WORDS - 1, place + length + WORDS - 1
    return found, ends


cdef inline bint _is_wide(list words, Py_ssize_t start, Py_ssize_t end) except -1:
    """Tell whether a stretch of words begins with an ideogram."""
    cdef str word
    if start == end:
        return False
    word = words[start]
    return len(word) == 1 and PyUnicode_READ(PyUnicode_KIND(word), PyUnicode_DATA(word), 0) > 0x2E7F


def add_steps(array.array steps not None, list found not None, int side, int times):
    cdef Py_ssize_t count = len(steps), start, end
    cdef tuple edit
    cdef int *step = steps.data.as_ints
    if steps.typecode != "i" or side not in (0, 2):
        raise ValueError("steps are an array of type i, and a side is 0 or 2")
    for edit in found:
        start, end = 2 * <Py_ssize_t>edit[side], 2 * <Py_ssize_t>edit[side + 1] + 1
        if not (0 <= start < count and 0 <= end < count):
            raise IndexError("an edit lies outside of the text")
        step[start] += times
        step[end] -= times


def touching(list found not None, array.array before not None, int side):
    cdef Py_ssize_t count = len(before), start, end
    cdef tuple edit
    cdef list touched = []
    cdef const int *counted = before.data.as_ints
    if before.typecode != "i" or side not in (0, 2):
        raise ValueError("counts are an array of type i, and a side is 0 or 2")
    for edit in found:
        start, end = 2 * <Py_ssize_t>edit[side], 2 * <Py_ssize_t>edit[side + 1]
        if start == end:
            end += 1
        else:
            start += 1
        if not (0 <= start < count and 0 <= end < count):
            raise IndexError("an edit lies outside of the text")
        touched.append(counted[end] > counted[start])
    return touched


cdef inline uint64_t _place(uint64_t *keys, uint32_t *counts, uint64_t mask, int shift, uint64_t key) noexcept:
    """Return where a key stands in a table, or where it may be put; no count means that nothing is there."""
    cdef uint64_t at = key * SECRET >> shift
    while counts[at] and keys[at] != key:
        at = (at + 1) & mask
    return at


def find_shared(list held not None):
    cdef Py_ssize_t total = 0, shared = 0, i
    cdef uint64_t size = 2, at
    cdef uint32_t number = 0, text
    cdef int shift = 63
    cdef array.array names, ends, holders, numbers_of, own_ends
    cdef const uint64_t *own
    cdef bytes each
    for each in held:
        total += len(each) // 8
    while size < 2 * <uint64_t>total:
        size, shift = size * 2, shift - 1
    cdef uint64_t *keys = <uint64_t *>malloc(size * sizeof(uint64_t))
    cdef uint32_t *counts = <uint32_t *>calloc(size, sizeof(uint32_t))
    cdef uint32_t *numbers = <uint32_t *>calloc(size, sizeof(uint32_t))
    try:
        if not keys or not counts or not numbers:
            raise MemoryError
        for each in held:
            own = <const uint64_t *>PyBytes_AS_STRING(each)
            for i in range(len(each) // 8):
                at = _place(keys, counts, size - 1, shift, own[i])
                keys[at] = own[i]
                counts[at] += 1
                if counts[at] == 2:
                    number += 1
                    shared += 2
                elif counts[at] > 2:
                    shared += 1
        names = array.clone(array.array("Q"), number, False)
        ends = array.clone(_SPANS, number, False)
        holders = array.clone(_SPANS, shared, False)
        numbers_of = array.clone(_SPANS, shared, False)
        own_ends = array.clone(_SPANS, len(held), False)
        number, shared, total = 0, 0, 0
        for text in range(len(held)):
            each = held[text]
            own = <const uint64_t *>PyBytes_AS_STRING(each)
            for i in range(len(each) // 8):
                at = _place(keys, counts, size - 1, shift, own[i])
                if counts[at] < 2:
                    continue
                if not numbers[at]:  # the first text that has it
                    names.data.as_ulonglongs[number] = keys[at]
                    ends.data.as_uints[number] = shared
                    shared += counts[at]
                    number += 1
                    numbers[at] = number
                numbers_of.data.as_uints[total] = numbers[at] - 1
                holders.data.as_uints[ends.data.as_uints[numbers[at] - 1]] = text
                ends.data.as_uints[numbers[at] - 1] += 1
                total += 1
            own_ends.data.as_uints[text] = total
    finally:
        free(keys)
        free(counts)
        free(numbers)
    return names, ends, holders, numbers_of, own_ends
