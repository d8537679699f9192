"""Kernel of ``cleanpage.body.text_features``: what the characters of a line are, in one pass."""

from cpython.unicode cimport (
    Py_UNICODE_ISALNUM,
    Py_UNICODE_ISSPACE,
)

cdef double IDEOGRAPHIC = 0.6, COMMON_PER_IDEOGRAM = 3.0, MARKS_PER = 20.0, FAR = 60.0


cdef inline bint _is_upper(Py_UCS4 c):
    return (
        u"A" <= c <= u"Z" or (0xC0 <= c <= 0xDE and c != 0xD7)
        or 0x410 <= c <= 0x42F or c == 0x401 or 0x391 <= c <= 0x3A9 or 0x386 <= c <= 0x38F
    )


cdef inline bint _is_comma(Py_UCS4 c):
    return c == u"," or c == u"，" or c == u"、" or c == u"；" or c == u";" or c == u"："


cdef inline bint _is_stop(Py_UCS4 c):
    return c == u"!" or c == u"?" or c == u"。" or c == u"！" or c == u"？" or c == u"…" or c == u"।" or c == u"؟" or c == u"۔"


cdef inline bint _is_symbol(Py_UCS4 c):
    if c < 128:
        return (
            c == u"|" or c == u">" or c == u"@" or c == u"/" or c == u"\\" or c == u"<" or c == u"#" or c == u"*"
            or c == u"+" or c == u"=" or c == u"_" or c == u"[" or c == u"]"
        )
    return c == u"»" or c == u"©" or c == u"·" or c == u"【" or c == u"】" or c == u"•"


def shares(str text, double size, function, common_words):
    cdef Py_ssize_t commas = 0, stops = 0, symbols = 0, capitals = 0, known = 0, words, n = len(text)
    cdef bint in_word = False, dotted = False
    cdef Py_UCS4 c
    cdef double common, upper
    cdef list found = text.split()
    words = len(found)
    for c in text:
        if dotted and Py_UNICODE_ISSPACE(c):
            stops += 1
        dotted = c == u"."
        if _is_comma(c):
            commas += 1
        elif _is_stop(c):
            stops += 1
        elif _is_symbol(c):
            symbols += 1
        if not in_word and _is_upper(c):
            capitals += 1
        in_word = Py_UNICODE_ISALNUM(c) or c == u"_"
    if size > IDEOGRAPHIC * n:
        for c in text:
            if c >= 0x3000 and c in function:
                known += 1
        common, upper = COMMON_PER_IDEOGRAM * known / n, 0.0
    else:
        for word in text.lower().split():
            if word in common_words:
                known += 1
        common, upper = <double> known / max(1, words), <double> capitals / max(1, words)
    return common, upper, MARKS_PER * commas / size, float(stops), <double> symbols / n, min(<double> words, FAR)
