"""Kernels of ``cleanpage.body.window_features``: columns of doubles in, columns of doubles out, in one pass each."""

from cpython cimport array
import array

cdef array.array _DOUBLES = array.array("d")
cdef double FAR = 60.0, OUTSIDE = -5.0


cdef inline array.array new(Py_ssize_t n):
    return array.clone(_DOUBLES, n, zero=False)


cdef double *_at(array.array column) except? NULL:
    if column.typecode != "d":
        raise TypeError("a column is an array of doubles")
    return column.data.as_doubles


def shifted(array.array column, Py_ssize_t step):
    cdef Py_ssize_t n = len(column), i
    cdef array.array out = new(n)
    cdef const double *source = _at(column)
    cdef double *target = out.data.as_doubles
    for i in range(n):
        target[i] = source[i + step] if 0 <= i + step < n else OUTSIDE
    return out


def windows(array.array column, Py_ssize_t size):
    cdef Py_ssize_t n = len(column), i
    cdef array.array sums = _running(column), before = new(n), behind = new(n)
    cdef const double *total = sums.data.as_doubles
    for i in range(n):
        before.data.as_doubles[i] = total[i] - (total[i - size] if i >= size else 0.0)
        behind.data.as_doubles[i] = total[min(i + 1 + size, n)] - total[i + 1]
    return before, behind


cdef array.array _running(array.array column):
    cdef Py_ssize_t n = len(column), i
    cdef array.array sums = new(n + 1)
    cdef const double *source = _at(column)
    cdef double *total = sums.data.as_doubles
    total[0] = 0.0
    for i in range(n):
        total[i + 1] = total[i] + source[i]
    return sums


def totals(array.array column):
    cdef Py_ssize_t n = len(column), i
    cdef array.array sums = _running(column), whole = new(n), share = new(n)
    cdef double last = sums.data.as_doubles[n]
    cdef double most = last if last > 1.0 else 1.0
    for i in range(n):
        whole.data.as_doubles[i] = last
        share.data.as_doubles[i] = sums.data.as_doubles[i] / most
    return whole, share


def distances(array.array flags):
    cdef Py_ssize_t n = len(flags), i, step
    cdef array.array before = new(n), behind = new(n)
    cdef const double *flag = _at(flags)
    cdef double away = FAR
    for i in range(n):
        before.data.as_doubles[i] = away
        if flag[i] != 0.0:
            away = 1.0
        elif away < FAR:
            away += 1.0
    away = FAR
    for i in range(n - 1, -1, -1):
        behind.data.as_doubles[i] = away
        if flag[i] != 0.0:
            away = 1.0
        elif away < FAR:
            away += 1.0
    return before, behind


def counts(marks, Py_ssize_t n, Py_ssize_t most):
    cdef Py_ssize_t at, i, count = len(marks), known
    cdef array.array before = new(n), behind = new(n)
    known = 0
    at = marks[0] if count else n
    for i in range(n):
        before.data.as_doubles[i] = known
        if i == at and known < most:
            known += 1
            at = marks[known] if known < count else n
    known = 0
    at = marks[count - 1] if count else -1
    for i in range(n - 1, -1, -1):
        behind.data.as_doubles[i] = known
        if i == at and known < most:
            known += 1
            at = marks[count - 1 - known] if known < count else -1
    return before, behind


def runs(array.array gains):
    cdef Py_ssize_t n = len(gains), i
    cdef array.array up = new(n), down = new(n), share = new(n), best = new(n)
    cdef const double *gain = _at(gains)
    cdef double weight = 0.0, most = 1.0
    for i in range(n):
        up.data.as_doubles[i] = weight
        weight += gain[i]
        if weight < 0.0:
            weight = 0.0
    weight = 0.0
    for i in range(n - 1, -1, -1):
        down.data.as_doubles[i] = weight
        weight += gain[i]
        if weight < 0.0:
            weight = 0.0
    for i in range(n):
        weight = up.data.as_doubles[i] + gain[i] + down.data.as_doubles[i]
        share.data.as_doubles[i] = weight
        if weight > most:
            most = weight
    for i in range(n):
        share.data.as_doubles[i] /= most
        best.data.as_doubles[i] = most
    return up, down, share, best
