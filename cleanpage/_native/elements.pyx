"""Kernels of ``cleanpage.body.element_tree`` and ``dom_features``: the elements of a page, and what is in them.

Elements are numbers from 0; one stands behind the one around it, -1 is none.
"""

from cpython cimport array
from cpython.unicode cimport PyUnicode_DATA, PyUnicode_KIND
import array

from cleanpage._native.slots cimport HIDDEN, IDS, IMAGES, LINK_SHARE, PATH, TAG, Slots, get, learn

ctypedef unsigned int char_t

cdef extern from "Python.h":
    char_t PyUnicode_READ(int kind, const void *data, Py_ssize_t at)
    bint Py_UNICODE_ISALNUM(char_t char)

cdef array.array _DOUBLES = array.array("d"), _INTS = array.array("i")
cdef double NONE = 12.0, NOWHERE = -1.0, OUTSIDE = -5.0, OUTER_SHARE = 0.5, MOST_LINES = 100.0, MOST_ALIKE = 20.0
cdef enum:
    LEVELS = 4
    LEVEL = 7  # columns of a level
    STEPS = 16
    TAGS = 7
    ALL = TAGS + 11 + STEPS + LEVELS * LEVEL + 7 + 4
cdef dict _TAGS = {"p": 0, "li": 1, "td": 2, "div": 3, "blockquote": 4, "pre": 5, "dd": 6}
cdef frozenset _LEAF = frozenset((
    "p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "tr", "figcaption",
))


cdef Slots _DOM


cdef int _prepare() except -1:
    """Take the class from the module of the twins, which imports this one."""
    from cleanpage.draft import Dom
    return learn(&_DOM, Dom)


def tree_of(doms):
    cdef list numbers = [], begin = [], outer = [], steps = [], order
    cdef dict known = {}, families = {}
    cdef object one
    cdef tuple ids, path
    cdef Py_ssize_t i = 0, at, size, count = len(doms)
    cdef int place
    cdef bint sorted_ = True
    cdef array.array home = array.clone(_INTS, count, zero=False), family = array.clone(_INTS, count, zero=False)
    if _DOM.kind == NULL:
        _prepare()
    for one in doms:
        path, ids = <tuple?>get(&_DOM, one, PATH), <tuple?>get(&_DOM, one, IDS)
        size = len(ids)
        at = size - 1
        while at >= 0 and ids[at] not in known:
            at -= 1
        place = -1 if at < 0 else known[ids[at]]
        for at in range(at + 1, size):
            outer.append(place)
            place = len(numbers)
            if place and ids[at] < numbers[place - 1]:
                sorted_ = False
            known[ids[at]] = place
            numbers.append(ids[at])
            begin.append(i)
            steps.append(path[at])
        home.data.as_ints[i] = place
        family.data.as_ints[i] = families.setdefault(path, len(families))
        i += 1
    if not sorted_:
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        moved = [0] * len(order)
        for at in range(len(order)):
            moved[<Py_ssize_t>order[at]] = at
        outer = [moved[<Py_ssize_t>outer[j]] if outer[j] >= 0 else -1 for j in order]
        begin, steps = [begin[j] for j in order], [steps[j] for j in order]
        for i in range(count):
            if home.data.as_ints[i] >= 0:
                home.data.as_ints[i] = moved[home.data.as_ints[i]]
    return home, array.array("i", outer), array.array("i", begin), steps, family, list(families)


cdef object _GOOD = None, _BAD
cdef dict _BITS


def kinds_of(list steps not None):
    global _GOOD, _BAD, _BITS
    cdef array.array out = array.clone(_INTS, len(steps), zero=False)
    cdef dict known = {}
    cdef Py_ssize_t i, end
    cdef str step, names
    if _GOOD is None:
        from cleanpage.body import element_tree
        _BITS, _BAD, _GOOD = element_tree.BITS, element_tree.BAD, element_tree.GOOD_NAMES
    for i in range(len(steps)):
        step = <str?>steps[i]
        bits = known.get(step)
        if bits is None:
            end = step.find(u".")
            if end < 0:
                bits = _BITS.get(step, 0)
            else:
                names = step[end + 1:]
                bits = <int>_BITS.get(step[:end], 0) | (<Words>_GOOD).holds(names) | (<Words>_BAD).holds(names) << 1
            known[step] = bits
        out.data.as_ints[i] = bits
    return out


cdef _check(array.array home, array.array parent):
    """Raise ValueError for a line or an element that stands in no element before it."""
    cdef Py_ssize_t i, n = len(home), m = len(parent)
    if home.typecode != "i" or parent.typecode != "i":
        raise TypeError("elements are arrays of ints")
    for i in range(n):
        if not -1 <= home.data.as_ints[i] < m:
            raise ValueError("a line stands in an element that is not there")
    for i in range(m):
        if not -1 <= parent.data.as_ints[i] < i:
            raise ValueError("an element stands before the one around it")


cdef double *_of(array.array values, Py_ssize_t n) except? NULL:
    if values.typecode != "d" or len(values) != n:
        raise ValueError("there are more or fewer values than lines")
    return values.data.as_doubles


cdef array.array _sums(array.array home, array.array parent, const double *own):
    """Return for each element the sum of the values of the lines in it, however deep."""
    cdef Py_ssize_t i, n = len(home), m = len(parent)
    cdef array.array out = array.clone(_DOUBLES, m, zero=True)
    cdef double *sums = out.data.as_doubles
    cdef const int *place = home.data.as_ints
    cdef const int *outer = parent.data.as_ints
    for i in range(n):
        if place[i] >= 0:
            sums[place[i]] += own[i]
    for i in range(m - 1, -1, -1):
        if outer[i] >= 0:
            sums[outer[i]] += sums[i]
    return out


cdef void _around(array.array home, array.array parent, const double *own, double **out, int stride):
    """Fill for each line the values of the nearest ``LEVELS`` elements around it, -1 where there is none."""
    cdef Py_ssize_t i, n = len(home)
    cdef int level, at
    for i in range(n):
        at = home.data.as_ints[i]
        for level in range(LEVELS):
            out[level * stride][i] = own[at] if at >= 0 else -1.0
            if at >= 0:
                at = parent.data.as_ints[at]


cdef void _apart(
    array.array home, array.array parent, const int *depth, int place, int *common, double *up, double *down
):
    """Fill for each line how many steps out of the element ``place``, and then how many in, it stands."""
    cdef Py_ssize_t i, n = len(home), m = len(parent)
    cdef int at = place, shared, size = depth[place] if place >= 0 else 0
    for i in range(m):
        common[i] = 0
    while at >= 0:
        common[at] = depth[at]
        at = parent.data.as_ints[at]
    for i in range(m):
        if not common[i] and parent.data.as_ints[i] >= 0:
            common[i] = common[parent.data.as_ints[i]]
    for i in range(n):
        at = home.data.as_ints[i]
        shared = common[at] if at >= 0 else 0
        up[i] = min(NONE, <double>(size - shared))
        down[i] = min(NONE, <double>((depth[at] if at >= 0 else 0) - shared))


cdef int _heading(str tag):
    if len(tag) == 2 and tag[0] == u"h" and u"1" <= tag[1] <= u"6":
        return <int>(<char_t>tag[1]) - 48
    return 0


def tree_columns(doms_, elements, array.array units, array.array prose, headline):
    cdef list doms = list(doms_), steps = elements.steps, out = []
    cdef array.array home = elements.home, parent = elements.parent, begin = elements.begin, bits = elements.kinds
    cdef array.array family = elements.family
    cdef Py_ssize_t n = len(doms), m = len(parent), families = len(elements.paths), i, at, first
    cdef double *to[ALL]
    cdef int k, level, number, place, outer
    cdef tuple path
    cdef str tag
    if _DOM.kind == NULL:
        _prepare()
    if len(home) != n or len(family) != n or len(begin) != m or len(steps) != m or len(bits) != m:
        raise ValueError("there are more or fewer values than lines or elements")
    _check(home, parent)
    for i in range(n):
        if not 0 <= family.data.as_ints[i] < families:
            raise ValueError("a line has names that are not there")
    for i in range(m):
        if not 0 <= begin.data.as_ints[i] < n:
            raise ValueError("an element begins with a line that is not there")
    cdef const double *size = _of(units, n)
    cdef const double *running = _of(prose, n)
    cdef const int *inside = home.data.as_ints
    cdef const int *around = parent.data.as_ints
    cdef array.array depths = array.clone(_INTS, m, zero=False), scopes = array.clone(_INTS, n, zero=False)
    cdef array.array spare = array.clone(_INTS, m, zero=False), linked = array.clone(_DOUBLES, n, zero=False)
    cdef array.array values = array.clone(_DOUBLES, m, zero=False), ones = array.clone(_DOUBLES, n, zero=False)
    cdef int *depth = depths.data.as_ints
    cdef double whole, last_linked = 0.0
    for k in range(ALL):
        out.append(array.clone(_DOUBLES, n, zero=k < TAGS))
        to[k] = (<array.array>out[k]).data.as_doubles
    cdef double **own = &to[TAGS]
    for i in range(m):
        depth[i] = depth[around[i]] + 1 if around[i] >= 0 else 1

    # the lines themselves, and the headings above them
    cdef int above = 0, scope = -1
    cdef object step, before = None
    cdef bint same
    for i in range(n):
        dom = doms[i]
        tag, path = get(&_DOM, dom, TAG), get(&_DOM, dom, PATH)
        k = _TAGS.get(tag, -1)
        if k >= 0:
            to[k][i] = 1.0
        own[0][i] = _heading(tag)
        own[1][i] = get(&_DOM, dom, LINK_SHARE)
        own[2][i] = get(&_DOM, dom, HIDDEN)
        own[3][i] = len(path)
        own[4][i] = 1.0 if get(&_DOM, dom, IMAGES) else 0.0
        linked.data.as_doubles[i] = size[i] * own[1][i]
        ones.data.as_doubles[i] = 1.0
        outer = around[inside[i]] if inside[i] >= 0 else -1
        scopes.data.as_ints[i] = outer if tag in _LEAF else inside[i]
        step = path[-1] if path else None
        if i:
            place = around[inside[i - 1]] if inside[i - 1] >= 0 else -1
            same = place == outer and step == before
            own[9][i] = own[10][i - 1] = 1.0 if same else 0.0
        before = step
    if n:
        own[9][0] = own[10][n - 1] = 0.0
    for i in range(n):
        own[5][i] = own[1][i - 1] if i else OUTSIDE
        own[6][i] = own[1][i + 1] if i + 1 < n else OUTSIDE
        own[7][i] = own[0][i - 1] if i else OUTSIDE
        own[8][i] = own[0][i + 1] if i + 1 < n else OUTSIDE
    own += 11

    # steps to the elements of each kind
    cdef double *away = values.data.as_doubles
    for k in range(STEPS):
        for i in range(m):
            if bits.data.as_ints[i] >> k & 1:
                away[i] = 0.0
            elif around[i] >= 0 and away[around[i]] < NONE:
                away[i] = away[around[i]] + 1.0
            else:
                away[i] = NONE
        for i in range(n):
            own[k][i] = away[inside[i]] if inside[i] >= 0 else NONE
    own += STEPS

    # what is in the elements around
    cdef array.array prose_in = _sums(home, parent, running), size_in = _sums(home, parent, size)
    cdef array.array linked_in = _sums(home, parent, linked.data.as_doubles)
    cdef array.array count_in = _sums(home, parent, ones.data.as_doubles)
    whole = 0.0
    for i in range(n):
        whole = whole + running[i]
    whole = max(1.0, whole)
    for i in range(m):
        away[i] = prose_in.data.as_doubles[i] / whole
    _around(home, parent, away, own, LEVEL)
    for i in range(m):
        away[i] = prose_in.data.as_doubles[i] / max(1.0, size_in.data.as_doubles[i])
    _around(home, parent, away, own + 1, LEVEL)
    for i in range(m):
        away[i] = linked_in.data.as_doubles[i] / max(1.0, size_in.data.as_doubles[i])
    _around(home, parent, away, own + 2, LEVEL)
    for i in range(m):
        away[i] = min(count_in.data.as_doubles[i], MOST_LINES)
    _around(home, parent, away, own + 3, LEVEL)
    cdef dict alike = {}
    cdef array.array kind = array.clone(_INTS, m, zero=False), times = array.clone(_INTS, m, zero=True)
    for i in range(m):
        number = alike.setdefault((around[i], steps[i]), len(alike))
        kind.data.as_ints[i] = number
        away[i] = min(<double>times.data.as_ints[number], MOST_ALIKE)
        times.data.as_ints[number] += 1
    _around(home, parent, away, own + 5, LEVEL)
    for i in range(m):
        away[i] = min(<double>times.data.as_ints[kind.data.as_ints[i]], MOST_ALIKE)
    _around(home, parent, away, own + 4, LEVEL)
    for i in range(m):
        away[i] = to[TAGS + 1][begin.data.as_ints[i]]
    _around(home, parent, away, own + 6, LEVEL)
    own += LEVELS * LEVEL

    # steps to the element with most running text right in it, and to the headline's
    place = _main(scopes, parent, running)
    _apart(home, parent, depth, place, spare.data.as_ints, own[0], own[1])
    first = -1 if headline is None else headline
    if first >= n:
        raise ValueError("the headline is no line")
    if first < 0 or inside[first] < 0:
        first = -1
        for i in range(n):
            if get(&_DOM, doms[i], TAG) == "h1":
                first = i
                break
    if first >= 0:
        _apart(home, parent, depth, scopes.data.as_ints[first], spare.data.as_ints, own[2], own[3])
    else:
        for i in range(n):
            own[2][i] = own[3][i] = NOWHERE
    own += 4

    # the heading above
    for i in range(n):
        own[0][i], own[1][i], own[2][i] = above, last_linked, 0.0
        place = inside[i] if scope >= 0 else -1
        while place > scope:
            place = around[place]
        if place >= 0 and place == scope:
            own[2][i] = 1.0
        if to[TAGS][i]:
            above, last_linked = <int>to[TAGS][i], to[TAGS + 1][i]
            scope = around[inside[i]] if inside[i] >= 0 else -1
    own += 3

    # what stands in elements of the same names
    cdef array.array alone = array.array("i", [-1]) * families
    prose_in, size_in = _sums(family, alone, running), _sums(family, alone, size)
    linked_in = _sums(family, alone, linked.data.as_doubles)
    count_in = _sums(family, alone, ones.data.as_doubles)
    for i in range(n):
        at = family.data.as_ints[i]
        own[0][i] = min(count_in.data.as_doubles[at], MOST_LINES)
        own[1][i] = prose_in.data.as_doubles[at] / whole
        own[2][i] = linked_in.data.as_doubles[at] / max(1.0, size_in.data.as_doubles[at])
        own[3][i] = size_in.data.as_doubles[at] / count_in.data.as_doubles[at]
    return out


cdef int _main(array.array scopes, array.array parent, const double *running):
    """Return the element with most running text right in it, -1 if none has any; the first of equals."""
    cdef Py_ssize_t i, n = len(scopes), m = len(parent)
    cdef array.array sums = array.clone(_DOUBLES, m, zero=True), order = array.clone(_INTS, m, zero=True)
    cdef double *weight = sums.data.as_doubles
    cdef int at, step, seen = 0, best = -1
    for i in range(n):
        if running[i] == 0.0:
            continue
        at = scopes.data.as_ints[i]
        for step in range(2):
            if at < 0:
                break
            if not order.data.as_ints[at]:
                seen += 1
                order.data.as_ints[at] = seen
            weight[at] += running[i] * (1.0 if step == 0 else OUTER_SHARE)
            at = parent.data.as_ints[at]
    for i in range(m):
        if order.data.as_ints[i] and (
            best < 0 or weight[i] > weight[best]
            or (weight[i] == weight[best] and order.data.as_ints[i] < order.data.as_ints[best])
        ):
            best = i
    return best


def chances_around(array.array home, array.array parent, array.array chances, array.array units):
    cdef Py_ssize_t n = len(home), m = len(parent), i
    cdef int k
    cdef list out = []
    cdef double *to[2 * LEVELS]
    cdef double whole = 0.0
    cdef array.array masses = array.clone(_DOUBLES, n, zero=False), sizes = array.clone(_DOUBLES, n, zero=False)
    cdef array.array mass, size, values = array.clone(_DOUBLES, m, zero=False)
    cdef const double *likely = _of(chances, n)
    cdef const double *own = _of(units, n)
    _check(home, parent)
    for k in range(2 * LEVELS):
        out.append(array.clone(_DOUBLES, n, zero=False))
        to[k] = (<array.array>out[k]).data.as_doubles
    for i in range(n):
        sizes.data.as_doubles[i] = own[i] + 1.0
        masses.data.as_doubles[i] = likely[i] * sizes.data.as_doubles[i]
        whole = whole + masses.data.as_doubles[i]
    whole = 1.0 + whole
    mass, size = _sums(home, parent, masses.data.as_doubles), _sums(home, parent, sizes.data.as_doubles)
    for i in range(m):
        if size.data.as_doubles[i] == 0.0:
            raise ZeroDivisionError("an element holds no line")
        values.data.as_doubles[i] = mass.data.as_doubles[i] / size.data.as_doubles[i]
    _around(home, parent, values.data.as_doubles, to, 2)
    for i in range(m):
        values.data.as_doubles[i] = mass.data.as_doubles[i] / whole
    _around(home, parent, values.data.as_doubles, to + 1, 2)
    return out


cdef class Words:
    cdef dict starting
    cdef unsigned char first[128]

    def __init__(self, pattern):
        cdef str part, word
        self.starting = {}
        for k in range(128):
            self.first[k] = 0
        for part in pattern.pattern.split("|"):
            word = part.removeprefix("\\b").removesuffix("\\b")
            if not word.isascii() or not word.isalpha():
                raise ValueError(f"{part!r} is no word of letters")
            self.starting.setdefault(ord(word[0]), []).append(
                (word, part.startswith("\\b"), part.endswith("\\b"))
            )
            self.first[<int>ord(word[0])] = 1

    def found_in(self, str text not None):
        return self.holds(text)

    cdef bint holds(self, str text) except -1:
        cdef Py_ssize_t n = len(text), at, size, k
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *data = PyUnicode_DATA(text)
        cdef char_t c
        cdef tuple one
        cdef str word
        for at in range(n):
            c = PyUnicode_READ(kind, data, at)
            if c >= 128 or not self.first[c]:
                continue
            for one in <list>self.starting[c]:
                word = <str>one[0]
                size = len(word)
                if at + size > n:
                    continue
                for k in range(1, size):
                    if PyUnicode_READ(kind, data, at + k) != <char_t>word[k]:
                        break
                else:
                    if one[1] and at and _is_word(PyUnicode_READ(kind, data, at - 1)):
                        continue
                    if one[2] and at + size < n and _is_word(PyUnicode_READ(kind, data, at + size)):
                        continue
                    return True
        return False


cdef inline bint _is_word(char_t c):
    return c == 95 or Py_UNICODE_ISALNUM(c)
