"""Kernels of ``window_features``, ``stacking`` and ``decoding`` of ``cleanpage.body``: columns of doubles in, columns out,
in one pass each."""

from cpython cimport array
from libc.math cimport exp, log, sqrt
from libc.stdlib cimport free, malloc, qsort
import array

cdef array.array _DOUBLES = array.array("d")
cdef double FAR = 60.0, OUTSIDE = -5.0
cdef double CAP = 150.0, MARGIN = 2.0, MOST_ODDS = 5.0, RUN_MARGIN = 6.0, LIKELY = 0.5, NEVER = -30.0
cdef double WEIGHT_CAP = 60.0, WEIGHT_MARGIN = 3.0, CHANGE_COST = 2.0, TINY = 1e-5
cdef double SURE = 0.6, SURE_SHARE = 0.3, LEAST_BESIDE_SURE = 0.35, STRAY = 5.0


cdef inline array.array new(Py_ssize_t n):
    return array.clone(_DOUBLES, n, zero=False)


cdef double *_at(array.array column) except? NULL:
    if column.typecode != "d":
        raise TypeError("a column is an array of doubles")
    return column.data.as_doubles


cdef array.array shifted(array.array column, Py_ssize_t step):
    cdef Py_ssize_t n = len(column), i
    cdef array.array out = new(n)
    cdef const double *source = _at(column)
    cdef double *target = out.data.as_doubles
    for i in range(n):
        target[i] = source[i + step] if 0 <= i + step < n else OUTSIDE
    return out


cdef tuple windows(array.array column, Py_ssize_t size):
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


cdef tuple totals(array.array column):
    cdef Py_ssize_t n = len(column), i
    cdef array.array sums = _running(column), whole = new(n), share = new(n)
    cdef double last = sums.data.as_doubles[n]
    cdef double most = last if last > 1.0 else 1.0
    for i in range(n):
        whole.data.as_doubles[i] = last
        share.data.as_doubles[i] = sums.data.as_doubles[i] / most
    return whole, share


cdef tuple distances(array.array flags):
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


cdef tuple runs(array.array gains):
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


def total(values):
    cdef double found = 0.0
    cdef Py_ssize_t i
    cdef const double *own
    if isinstance(values, array.array) and (<array.array>values).typecode == "d":
        own = _at(values)
        for i in range(len(<array.array>values)):
            found = found + own[i]
    else:
        for value in values:
            found = found + <double>value
    return found


cdef enum:  # columns of ``ROW``
    UNITS = 0
    END = 1
    PROSE = 2
    GAP = 3
    COMMON = 5
    CAPITALS = 6
    LOWER = 15
    DATED = 16
    DECIDED = 17
    HEAD = 18
    TAIL = 19
    SHORT = 20
    CLEAR_PROSE = 21
    IS_REPEATED = 22
    TAG = 23
    MOST_LINES = 200

cdef double RUN_CUT = 20.0, RUN_GAP = 8.0
cdef tuple _NEAR = (
    (-2, UNITS), (-2, PROSE), (-2, CAPITALS),
    (-1, UNITS), (-1, END), (-1, PROSE), (-1, COMMON), (-1, CAPITALS), (-1, DECIDED),
    (1, UNITS), (1, END), (1, PROSE), (1, GAP), (1, CAPITALS), (1, LOWER),
    (2, UNITS), (2, END), (2, PROSE),
)
cdef tuple _WINDOWS = ((PROSE, 3), (PROSE, 10), (SHORT, 10), (DECIDED, 10))
cdef tuple _FLAGS = (CLEAR_PROSE, HEAD, TAIL, DECIDED, DATED, IS_REPEATED, TAG)


def surroundings(own_):
    cdef list own = list(own_), columns
    cdef Py_ssize_t n, i
    cdef array.array prose, short, decided, gains, before, behind
    cdef double sum_ = 0.0
    if len(own) != TAG + 1:
        raise ValueError("there are more or fewer columns than a line has")
    n = len(own[0])
    for column in own:
        _doubles(column, n)
    prose, short, decided = own[PROSE], own[SHORT], own[DECIDED]
    gains, before, behind = new(n), new(n), new(n)
    columns = [shifted(own[at], step) for step, at in _NEAR]
    for at, size in _WINDOWS:
        columns += windows(own[at], size)
    for i in range(n):
        gains.data.as_doubles[i] = prose.data.as_doubles[i] if prose.data.as_doubles[i] != 0.0 else (
            -RUN_CUT if decided.data.as_doubles[i] != 0.0 else -RUN_GAP
        )
        before.data.as_doubles[i] = min(i, MOST_LINES)
        behind.data.as_doubles[i] = min(n - i, MOST_LINES)
        sum_ = sum_ + short.data.as_doubles[i]
    columns += totals(prose)
    columns += [before, behind, _constant(sum_ / max(1, n), n)]
    columns += runs(gains)
    for at in _FLAGS:
        columns += distances(own[at])
    return columns


cdef array.array _doubles(values, Py_ssize_t n):
    """Return ``n`` numbers as a column."""
    cdef array.array found = values if isinstance(values, array.array) else array.array("d", values)
    _at(found)
    if len(found) != n:
        raise ValueError("columns have several lengths")
    return found


def probabilities(array.array odds, asked):
    cdef Py_ssize_t n = len(odds), i
    cdef const unsigned char[::1] ask = asked
    cdef array.array out = array.clone(_DOUBLES, n, zero=True)
    cdef const double *own = _at(odds)
    if ask.shape[0] != n:
        raise ValueError("columns have several lengths")
    for i in range(n):
        if ask[i] and own[i] > NEVER:
            out.data.as_doubles[i] = 1.0 / (1.0 + exp(-own[i]))
    return out


def company(array.array odds, array.array chances, array.array units):
    cdef Py_ssize_t n = len(odds), i
    cdef array.array capped = new(n), mass = new(n), likely = new(n), gains = new(n), of_surest = new(n), of_page = new(n)
    cdef const double *own = _at(odds)
    cdef array.array likelihoods = _doubles(chances, n), sizes = _doubles(units, n)
    cdef const double *chance = likelihoods.data.as_doubles
    cdef const double *size = sizes.data.as_doubles
    cdef double length, surest = 0.0, count = 0.0, whole
    cdef list columns
    for i in range(n):
        length = min(CAP, size[i])
        capped.data.as_doubles[i] = max(-MOST_ODDS, min(MOST_ODDS, own[i]))
        mass.data.as_doubles[i] = chance[i] * (length + MARGIN)
        likely.data.as_doubles[i] = chance[i] > LIKELY
        gains.data.as_doubles[i] = (chance[i] - LIKELY) * (length + RUN_MARGIN)
        count += likely.data.as_doubles[i]
        surest = max(surest, chance[i])
    up, down, share, best = runs(gains)
    columns = [capped, *[shifted(capped, step) for step in (-1, 1, -2, 2, -3, 3)]]
    for around in (2, 5, 12):
        columns += windows(mass, around)
    columns += totals(mass)
    whole = max(1.0, (<array.array>columns[len(columns) - 2]).data.as_doubles[0]) if n else 1.0
    columns += [up, down, share, best, *distances(likely)]
    for i in range(n):
        of_surest.data.as_doubles[i] = chance[i] / max(0.01, surest)
        of_page.data.as_doubles[i] = (<array.array>best).data.as_doubles[i] / whole
    return columns + [_constant(surest, n), _constant(count, n), of_surest, of_page]


cdef array.array _constant(double value, Py_ssize_t n):
    cdef array.array out = new(n)
    cdef Py_ssize_t i
    for i in range(n):
        out.data.as_doubles[i] = value
    return out


cdef struct Ranked:
    double chance
    double size


cdef int _surer(const void *one, const void *other) noexcept nogil:
    cdef const Ranked *a = <const Ranked *>one
    cdef const Ranked *b = <const Ranked *>other
    if a.chance != b.chance:
        return -1 if a.chance > b.chance else 1
    return (a.size < b.size) - (a.size > b.size)


def best_threshold(units, chances):
    cdef Py_ssize_t n = len(units), i, count = 0
    cdef array.array likelihoods = _doubles(chances, n), sizes = _doubles(units, n)
    cdef const double *size = sizes.data.as_doubles
    cdef const double *chance = likelihoods.data.as_doubles
    cdef double wanted = 0.0, best = 0.0, right = 0.0, taken = 0.0, sure = 0.0
    cdef Ranked *ranked = <Ranked *>malloc((n + 1) * sizeof(Ranked))
    if ranked == NULL:
        raise MemoryError
    for i in range(n):
        if chance[i] > 0.0:
            ranked[count] = Ranked(chance[i], size[i] + 1.0)
            count += 1
    qsort(ranked, count, sizeof(Ranked), &_surer)
    for i in range(count):
        wanted = wanted + ranked[i].chance * ranked[i].size
        if ranked[i].chance > SURE:
            sure = sure + ranked[i].chance * ranked[i].size
    wanted = wanted + STRAY
    for i in range(count):
        right += ranked[i].chance * ranked[i].size
        taken += ranked[i].size
        best = max(best, 2.0 * right / (taken + wanted))
    free(ranked)
    return max(best / 2.0, LEAST_BESIDE_SURE if sure > SURE_SHARE * wanted else 0.0), best


def best_path(units, chances, double level):
    cdef Py_ssize_t n = len(units), i
    cdef array.array sizes = _doubles(units, n), likely = _doubles(chances, n)
    cdef const double *size = sizes.data.as_doubles
    cdef const double *chance = likely.data.as_doubles
    cdef double shift, out = 0.0, inside = -CHANGE_COST, gain, sure
    cdef bint leaves, enters, is_in
    cdef bytearray back = bytearray(n)
    cdef list kept = [False] * n
    if not 0.0 < level < 1.0:
        raise ValueError("the threshold is no probability between 0 and 1")
    shift = log(level / (1.0 - level))
    for i in range(n):
        leaves, enters = inside > out, out - CHANGE_COST > inside
        gain = 0.0
        if chance[i] > 0.0:
            sure = min(1.0 - TINY, max(TINY, chance[i]))
            gain = (log(sure / (1.0 - sure)) - shift) * sqrt(min(size[i], WEIGHT_CAP) + WEIGHT_MARGIN)
        out, inside = (inside if leaves else out), (out - CHANGE_COST if enters else inside) + gain
        back[i] = leaves | enters << 1
    is_in = inside > out
    for i in range(n - 1, -1, -1):
        if is_in and chance[i] > 0.0:
            kept[i] = True
        is_in = not back[i] & 2 if is_in else back[i] & 1
    return kept
