"""Kernel of ``cleanpage.model``: frozen objects with slots, made from rows."""

from cleanpage._native.slots cimport Slots, learn, made


cdef class _Kind:
    cdef Slots slots


cdef dict _KINDS = {}


def make_all(type kind not None, rows):
    cdef _Kind known = <_Kind>_KINDS.get(kind)
    if known is None:
        known = _Kind()
        learn(&known.slots, kind)
        _KINDS[kind] = known
    return tuple([made(&known.slots, <tuple?>item) for item in rows])
