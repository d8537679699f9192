"""Kernels of ``cleanpage.body.dom_features``: sums over the elements of a page, and what stands around its lines.

Elements are numbers from 0; one stands behind the one around it, -1 is none.
"""

from cpython cimport array
import array

cdef array.array _DOUBLES = array.array("d")
cdef double NONE = 12.0


cdef _check(const int[::1] home, const int[::1] parent):
    """Raise ValueError for a line or an element that stands in no element before it."""
    cdef Py_ssize_t i, n = home.shape[0], m = parent.shape[0]
    for i in range(n):
        if not -1 <= home[i] < m:
            raise ValueError("a line stands in an element that is not there")
    for i in range(m):
        if not -1 <= parent[i] < i:
            raise ValueError("an element stands before the one around it")


def sums_inside(array.array home, array.array parent, array.array values):
    cdef const int[::1] place = home
    cdef const int[::1] outer = parent
    cdef const double[::1] own = values
    cdef Py_ssize_t i, n = place.shape[0], m = outer.shape[0]
    cdef array.array out = array.clone(_DOUBLES, m, zero=True)
    cdef double[::1] sums = out
    if own.shape[0] != n:
        raise ValueError("there are more or fewer values than lines")
    _check(place, outer)
    for i in range(n):
        if place[i] >= 0:
            sums[place[i]] += own[i]
    for i in range(m - 1, -1, -1):
        if outer[i] >= 0:
            sums[outer[i]] += sums[i]
    return out


def values_around(array.array home, array.array parent, array.array values, int levels):
    cdef const int[::1] place = home
    cdef const int[::1] outer = parent
    cdef const double[::1] own = values
    cdef Py_ssize_t i, n = place.shape[0]
    cdef int level, at
    cdef array.array out
    cdef double[::1] column
    cdef list columns = [array.clone(_DOUBLES, n, zero=False) for _ in range(levels)]
    if own.shape[0] != outer.shape[0]:
        raise ValueError("there are more or fewer values than elements")
    _check(place, outer)
    for level in range(levels):
        column = columns[level]
        for i in range(n):
            at = place[i]
            for _ in range(level):
                if at >= 0:
                    at = outer[at]
            column[i] = own[at] if at >= 0 else -1.0
    return columns


def steps_out(array.array home, array.array parent, array.array kinds, int count):
    cdef const int[::1] place = home
    cdef const int[::1] outer = parent
    cdef const int[::1] bits = kinds
    cdef Py_ssize_t i, n = place.shape[0], m = outer.shape[0]
    cdef int kind
    cdef array.array steps = array.clone(_DOUBLES, m + 1, zero=False)
    cdef double[::1] away = steps
    cdef double[::1] column
    cdef list columns = [array.clone(_DOUBLES, n, zero=False) for _ in range(count)]
    if bits.shape[0] != m:
        raise ValueError("there are more or fewer kinds than elements")
    _check(place, outer)
    for kind in range(count):
        column = columns[kind]
        for i in range(m):
            if bits[i] >> kind & 1:
                away[i] = 0.0
            elif outer[i] >= 0 and away[outer[i]] < NONE:
                away[i] = away[outer[i]] + 1.0
            else:
                away[i] = NONE
        for i in range(n):
            column[i] = away[place[i]] if place[i] >= 0 else NONE
    return columns
