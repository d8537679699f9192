"""Kernels of ``cleanpage.load`` over the nodes of libxml2, read through lxml's public interface.

Nothing here changes a tree or keeps a pointer into one after it returns. A tree's text is UTF-8; offsets count
characters. No function calls itself; what grows with a page's depth or length stands in arrays that grow.
"""

cimport cython
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport PyUnicode_AsUTF8AndSize, PyUnicode_DecodeUTF8
from libc.string cimport memcmp, memcpy, strcmp, strlen, strncmp, strstr

from cleanpage._native.slots cimport Slots, learn, longer, made

from lxml.includes cimport tree
from lxml.includes.etreepublic cimport _Document, _Element, attributeValue, elementFactory, import_lxml__etree
from lxml.includes.tree cimport const_xmlChar, xmlAttr, xmlNode

import_lxml__etree()

cdef enum:
    INLINE = 1
    ANCHOR = 2
    PICTURE = 4
    MARKED = 8
    BOLD = 16
    SKIPPED = 32
    HIDING = 64
    PIECE = 128
    CELL = 256
    PREFORMATTED = 512
    BREAK = 1024
    GROUP = 2048
    CHOICE = 4096
    ROW = 8192
    KNOWN = 16384

cdef int _DEEPEST = 0, _MAX_CELL = 0, _MAX_NAMES = 0
cdef dict _FLAGS = {}, _KINDS = {}
cdef tuple _NAMING = (), _PICTURES = ()
cdef dict _LISTS = {}, _TELLING = {}
cdef tuple _LINE_NAMES = (), _RELATIONS = (), _DATED = ()
cdef bytes _DATED_PREFIX = b""
cdef str _TEX_TYPE = "", _JSON_LD = ""
cdef Py_ssize_t _MOST_COSTLY = 0
cdef object TreeIndex
cdef Slots _DOM, _IMAGE, _LINK, _MARK
cdef object _UNREAD, _named, _is_hidden, _folded, _largest_of, _is_blank


cdef int _prepare() except -1:
    """Take the constants from the modules of the twins, which import this one."""
    global _DEEPEST, _MAX_CELL, _MAX_NAMES, _KINDS, _NAMING, _PICTURES, _UNREAD
    global _named, _is_hidden, _folded, _largest_of, _is_blank
    from cleanpage import draft, model, text
    from cleanpage.load import elements, tree_index, walk

    learn(&_DOM, draft.Dom)
    learn(&_IMAGE, model.Image)
    learn(&_LINK, model.Link)
    learn(&_MARK, model.Mark)
    _named, _is_hidden, _folded, _largest_of = elements.named, elements.is_hidden, elements.folded, elements.largest
    _is_blank = text.is_blank
    _UNREAD = walk.UNREAD
    _MAX_CELL, _MAX_NAMES, _KINDS = walk.MAX_CELL, min(15, elements.MAX_NAMES), dict(elements.MARKS)
    _NAMING = tuple([name.encode() for name in elements.NAMING])
    _PICTURES = tuple([name.encode() for name in elements.PICTURES])
    for flag, names in (
        (INLINE, elements.INLINE), (ANCHOR, ("a",)), (PICTURE, ("img",)), (MARKED, elements.MARKS),
        (BOLD, elements.BOLD), (SKIPPED, elements.SKIPPED), (HIDING, elements.HIDING), (PIECE, elements.PIECES),
        (CELL, elements.CELLS), (PREFORMATTED, elements.PREFORMATTED), (BREAK, ("br",)), (GROUP, ("optgroup",)),
        (CHOICE, ("select",)), (ROW, ("tr",)),
    ):
        for name in names:
            _FLAGS[name] = _FLAGS.get(name, 0) | flag
    _prepare_index(tree_index)
    for name in (*tree_index._LISTS, *tree_index.TELLING):
        _FLAGS[name] = _FLAGS.get(name, 0) | KNOWN
    _DEEPEST = walk.DEEPEST
    return 0


cdef int _prepare_index(object index) except -1:
    global TreeIndex, _LISTS, _TELLING, _LINE_NAMES, _RELATIONS, _DATED, _DATED_PREFIX, _TEX_TYPE, _JSON_LD
    global _MOST_COSTLY

    TreeIndex = index.TreeIndex
    fields = TreeIndex._fields
    _LISTS = {
        tag: tuple([(fields.index(name), name in index._ONE) for name in names]) for tag, names in index._LISTS.items()
    }
    _TELLING = {tag: tuple([name.encode() for name in names]) for tag, names in index.TELLING.items()}
    _LINE_NAMES = tuple([name.encode() for name in index.LINE_NAMES])
    _DATED, _DATED_PREFIX = tuple([name.encode() for name in index.DATED]), index.DATED_PREFIX.encode()
    _RELATIONS, _TEX_TYPE, _JSON_LD = index.RELATIONS, index.TEX_TYPE, index.JSON_LD
    _MOST_COSTLY = index.MOST_COSTLY
    return 0


cdef class _Tags:
    """Names of elements as strings, and their flags: each is looked up once a page."""

    cdef const_xmlChar *known[256]
    cdef int flags[256]
    cdef list names

    def __cinit__(self):
        cdef int i
        for i in range(256):
            self.known[i] = NULL
        self.names = [None] * 256

    cdef int of(self, xmlNode *node) except -1:
        """Return the slot of a node's name."""
        cdef int at = <int>((<size_t>node.name >> 3) & 255)
        if self.known[at] != node.name:
            name = node.name.decode("utf-8")
            self.names[at] = name
            self.flags[at] = _FLAGS.get(name, 0)
            self.known[at] = node.name
        return at


cdef inline bint _is_text(xmlNode *node) noexcept nogil:
    return node.type == tree.XML_TEXT_NODE or node.type == tree.XML_CDATA_SECTION_NODE


cdef inline bint _is_element(xmlNode *node) noexcept nogil:
    return node.type == tree.XML_ELEMENT_NODE


cdef xmlAttr *_attribute(xmlNode *node, const char *name) noexcept nogil:
    cdef xmlAttr *found = node.properties
    while found is not NULL:
        if found.ns is NULL and strcmp(<const char *>found.name, name) == 0:
            return found
        found = found.next
    return NULL


cdef object _value(xmlNode *node, const char *name):
    """Return the value of an attribute, None if there is none."""
    cdef xmlAttr *found = _attribute(node, name)
    return None if found is NULL else attributeValue(node, found)


cdef const char *_EMPTY = b""


cdef const char *_plain(xmlAttr *attribute) noexcept nogil:
    """Return the value of an attribute where it stands in one piece, NULL for another."""
    cdef xmlNode *value = attribute.children
    if value is NULL:
        return _EMPTY
    if value.next is not NULL or not _is_text(value):
        return NULL
    return _EMPTY if value.content is NULL else <const char *>value.content


cdef bint _may_hide(const char *style) noexcept nogil:
    """Tell whether a style may hide: whether it holds ``none`` or the end of ``hidden``."""
    cdef const char *at = style
    while at[0]:
        if (at[0] | 32) == 110 and (at[1] | 32) == 111 and (at[2] | 32) == 110 and (at[3] | 32) == 101:
            return True
        if (at[0] | 32) == 100 and (at[1] | 32) == 100 and (at[2] | 32) == 101 and (at[3] | 32) == 110:
            return True
        at += 1
    return False


cdef int _hides(xmlNode *node, str tag) except -1:
    """Return 1 if the attributes of an element ask browsers not to show it."""
    cdef xmlAttr *one = node.properties
    cdef const char *name
    cdef xmlNode *value
    while one is not NULL:
        name = <const char *>one.name
        if one.ns is NULL:
            if strcmp(name, b"hidden") == 0:
                return 1
            if strcmp(name, b"aria-hidden") == 0:
                if attributeValue(node, one) == "true":
                    return 1
            elif strcmp(name, b"style") == 0:
                value = one.children
                if value is not NULL and (value.next is not NULL or not _is_text(value) or _may_hide(<const char *>value.content)):
                    if _is_hidden("", {"style": attributeValue(node, one)}):
                        return 1
        one = one.next
    return 0


@cython.no_gc  # it knows what is around it, and nothing knows what is inside: there are no circles
@cython.freelist(256)
cdef class _Place:
    """An element that lines stand in; its path is made for the first one."""

    cdef str tag
    cdef _Place around
    cdef Py_ssize_t number
    cdef bint hidden
    cdef xmlNode *node
    cdef tuple path
    cdef tuple ids

    cdef int know(self, dict steps) except -1:
        """Make path and numbers of this place and of those around it; ``steps`` holds the steps of the page."""
        cdef list unknown = []
        cdef _Place one = self
        while one.path is None:
            unknown.append(one)
            one = one.around
        while unknown:
            one = unknown.pop()
            if one.number:
                step = one.tag if one.node.properties is NULL else _step(one.node, one.tag)
                one.path = _with(one.around.path, steps.setdefault(step, step))
                one.ids = _with(one.around.ids, one.number)
            else:
                one.path, one.ids = one.around.path, one.around.ids
        return 0


cdef str _step(xmlNode *node, str tag):
    """Return an element as it stands in a path, as ``elements.named`` gives it."""
    cdef xmlAttr *found
    cdef const char *values[8]
    cdef int count = 0
    cdef bint plain = True
    cdef bytes name
    for name in _NAMING[:8]:
        found = _attribute(node, name)
        if found is not NULL:
            values[count] = _plain(found)
            plain = plain and values[count] is not NULL
            count += 1
    if count == 0:
        return tag
    if plain:
        step = _named_plain(tag, values, count)
        if step is not None:
            return step
    return _named(tag, " ".join([value for name in _NAMING if (value := _value(node, name)) is not None]))


cdef str _named_plain(str tag, const char **values, int count):
    """Return the same for values in ASCII, None for others."""
    cdef Py_ssize_t size = 0, room, begin, length, i
    cdef const char *text = PyUnicode_AsUTF8AndSize(tag, &size)
    cdef Py_ssize_t starts[16]
    cdef int names = 0, at
    cdef char *step
    cdef char letter
    room = size
    for at in range(count):
        room += strlen(values[at]) + 1
    step = <char *>PyMem_Malloc(room + 1)
    if step is NULL:
        raise MemoryError
    try:
        memcpy(step, text, size)
        for at in range(count):
            text = values[at]
            while text[0] and names < _MAX_NAMES:
                begin = size + 1
                length = 0
                step[size] = 46
                while text[0] and not _is_blank_byte(text[0]):
                    letter = text[0]
                    if letter & 0x80:
                        return None
                    text += 1
                    if 48 <= letter <= 57:
                        letter = 48
                        while 48 <= text[0] <= 57:
                            text += 1
                    elif 65 <= letter <= 90:
                        letter += 32
                    step[begin + length] = letter
                    length += 1
                while _is_blank_byte(text[0]):
                    text += 1
                if length > 1:
                    starts[names] = begin
                    for i in range(names):
                        if starts[i + 1] - starts[i] == length + 1 and memcmp(step + starts[i], step + begin, length) == 0:
                            break
                    else:
                        names += 1
                        size = begin + length
                        starts[names] = size + 1
        return PyUnicode_DecodeUTF8(step, size, NULL)
    finally:
        PyMem_Free(step)


cdef inline bint _is_blank_byte(char letter) noexcept nogil:
    return letter == 32 or 9 <= letter <= 13 or 28 <= letter <= 31


cdef tuple _with(tuple around, object last):
    return longer(around, _DEEPEST - 1, last)


cdef _Place _place(str tag, _Place around, Py_ssize_t number, xmlNode *node, bint hidden):
    cdef _Place place = _Place.__new__(_Place)
    place.tag = tag
    place.around = around
    place.number = number
    place.node = node
    place.hidden = hidden or (around is not None and around.hidden)
    return place


@cython.no_gc
@cython.freelist(16)
cdef class _Opened:
    """A link or mark that is open: where it begins in the open line, in bytes and in characters."""

    cdef str what
    cdef Py_ssize_t line
    cdef Py_ssize_t at


cdef struct State:
    int flags
    bint pre
    bint one_line


cdef class _Walk:
    """The state of one walk over a tree."""

    cdef _Tags tags
    cdef object document
    cdef dict codes, steps
    cdef list rows, places, anchors, marked, links, images, marks
    cdef State *states
    cdef Py_ssize_t depth, room
    cdef char *line
    """The open line in UTF-8, its bytes, what there is room for, and its characters."""
    cdef Py_ssize_t filled, space, size
    cdef Py_ssize_t start, most, number, linked, bold, opened
    """``most``: lines that become more than a text."""
    cdef int strong
    cdef _Place at

    def __cinit__(self):
        self.tags = _Tags()
        self.steps = {}
        self.rows, self.places, self.anchors, self.marked = [], [], [], []
        self.links, self.images, self.marks = [], [], []

    def __dealloc__(self):
        PyMem_Free(self.states)
        PyMem_Free(self.line)

    cdef int push(self, _Place place, int flags, bint pre, bint one_line) except -1:
        cdef void *more
        if self.depth == self.room:
            more = PyMem_Realloc(self.states, (2 * self.room + 64) * sizeof(State))
            if more is NULL:
                raise MemoryError
            self.states = <State *>more
            self.room = 2 * self.room + 64
        self.states[self.depth] = State(flags, pre, one_line)
        self.depth += 1
        self.places.append(place)
        return 0

    cdef int read(self, xmlNode *root) except -1:
        """Read all below ``root``."""
        cdef xmlNode *node = root
        cdef bint enters = True
        cdef int slot, flags
        cdef _Place page = _place("body", None, 0, NULL, False)
        page.path, page.ids = (), ()
        self.push(page, 0, False, False)
        while True:
            if enters:
                slot = self.tags.of(node)
                flags = self.tags.flags[slot]
                if not flags & SKIPPED:
                    self.open(node, flags, <str>self.tags.names[slot])
                    if self.codes is not None and <size_t>node in self.codes:
                        self.add_code(self.codes[<size_t>node], node)
                    else:
                        self.add(node.children)
                        if _first(node.children) is not NULL:
                            node = _first(node.children)
                            continue
                    self.close()
            else:
                self.close()
            if node == root:
                break
            if self.depth > 1:
                self.add(node.next)
            enters = _first(node.next) is not NULL
            node = _first(node.next) if enters else node.parent
        self.end_line()
        return 0

    cdef int add_row(self, str text, object dom) except -1:
        self.rows.append((text, dom))
        self.start += len(text) + 1
        return 0

    cdef int add_code(self, object code, xmlNode *node) except -1:
        cdef _Place around = <_Place>self.places[self.depth - 2], own = <_Place>self.places[self.depth - 1], place
        cdef str text = code.text
        if not text:
            return 0
        self.end_line()
        self.opened += own is around or not own.number
        place = _place("pre", around, self.opened, node, _hides(node, "pre"))
        place.know(self.steps)
        if not _is_blank(text):
            self.add_row(text, made(&_DOM, (
                "pre", place.path, place.ids, place.hidden, code.link_share, (), (), False, code.language, (),
            )))
        return 0

    cdef int open(self, xmlNode *node, int flags, str tag) except -1:
        cdef State parent = self.states[self.depth - 1]
        cdef _Place place = <_Place>self.places[self.depth - 1]
        cdef bint hidden
        if flags & INLINE:
            return self.open_inline(node, flags, tag, place, parent.pre)
        if parent.one_line and flags & PIECE:
            if not flags & GROUP:
                self.next_cell()
            return self.push(place, flags, parent.pre, True)
        self.end_line()
        if flags & BREAK:
            return self.push(place, flags, parent.pre, False)
        self.opened += 1
        hidden = (flags & HIDING) != 0 or (node.properties is not NULL and _hides(node, tag))
        return self.push(
            _place(tag, place, self.opened, node, hidden),
            flags,
            parent.pre or (flags & PREFORMATTED) != 0,
            (flags & CHOICE) != 0 or ((flags & ROW) != 0 and self.is_row(node)),
        )

    cdef int open_inline(self, xmlNode *node, int flags, str tag, _Place place, bint pre) except -1:
        if flags & ANCHOR:
            self.anchors.append(self.opens((_value(node, b"href") or "").strip()))
        elif flags & PICTURE:
            self.add_picture(node)
        elif flags & MARKED:
            kind = _KINDS[tag]
            for mark in self.marked:
                if (<_Opened>mark).what == kind:
                    kind = ""
                    break
            self.marked.append(self.opens(kind))
            self.strong += (flags & BOLD) != 0
        if node.properties is not NULL and not place.hidden and _hides(node, tag):
            self.end_line()
            place = _place(place.tag, place, 0, node, True)
        return self.push(place, flags, pre, False)

    cdef _Opened opens(self, str what):
        cdef _Opened opened = _Opened.__new__(_Opened)
        opened.what = what
        opened.line = self.number
        opened.at = self.filled
        return opened

    cdef int add_picture(self, xmlNode *node) except -1:
        cdef str address = ""
        cdef bytes name
        for name in _PICTURES:
            address = (_value(node, name) or "").strip()
            if address and not address.startswith("data:"):
                break
        else:
            address = _largest(node)
        if address:
            alt = _folded(_value(node, b"alt") or "")
            self.images.append(made(&_IMAGE, (address, alt, None, self.start + self.size)))
        return 0

    cdef int close(self) except -1:
        cdef State closed = self.states[self.depth - 1], parent = self.states[self.depth - 2]
        cdef bint breaks
        self.depth -= 1
        cdef _Place place = <_Place>self.places.pop()
        if closed.flags & INLINE:
            if closed.flags & ANCHOR:
                self.end_link(<_Opened>self.anchors.pop())
            elif closed.flags & MARKED:
                self.end_mark(<_Opened>self.marked.pop())
                self.strong -= (closed.flags & BOLD) != 0
            breaks = place is not <_Place>self.places[self.depth - 1]
        else:
            breaks = not closed.flags & BREAK and not (parent.one_line and closed.flags & PIECE)
        if breaks:
            self.end_line()
        return 0

    cdef int add(self, xmlNode *node) except -1:
        """Add the text that begins at a node."""
        cdef xmlNode *following
        cdef bytes joined
        if node is NULL or not _is_text(node):
            return 0
        following = node.next
        if following is NULL or not _is_text(following):
            if node.content is NULL:
                return 0
            return self.add_text(<const char *>node.content, strlen(<const char *>node.content))
        joined = b""
        while node is not NULL and _is_text(node):
            if node.content is not NULL:
                joined += <const char *>node.content
            node = node.next
        return self.add_text(joined, len(joined))

    cdef int add_text(self, const char *text, Py_ssize_t size) except -1:
        cdef Py_ssize_t left = 0, right
        if not self.states[self.depth - 1].pre:
            return self.append(text, size, False)
        while True:
            right = left
            while right < size and text[right] != 10:
                right += 1
            self.append(text + left, right - left, True)
            if right == size:
                return 0
            self.end_line()
            left = right + 1

    cdef int append(self, const char *text, Py_ssize_t size, bint pre) except -1:
        cdef Py_ssize_t first, begin, end, characters, i
        cdef char *line
        cdef bint gap
        if self.at is None:
            if size == 0 or _is_space(text, size):
                return 0
            self.at = <_Place>self.places[self.depth - 1]
        self.reserve(size)
        line = self.line
        first = end = self.filled
        characters = 0
        if pre:
            memcpy(line + end, text, size)
            end += size
            for i in range(size):
                characters += (text[i] & 0xC0) != 0x80
        else:
            gap = end == 0 or line[end - 1] == 32 or line[end - 1] == 9
            for i in range(size):
                if text[i] == 32 or 9 <= text[i] <= 10 or 12 <= text[i] <= 13:
                    if not gap:
                        line[end] = 32
                        end += 1
                        characters += 1
                        gap = True
                else:
                    line[end] = text[i]
                    end += 1
                    characters += (text[i] & 0xC0) != 0x80
                    gap = False
        if end == first:
            return 0
        self.filled = end
        self.size += characters
        if self.strong or (end == first + 1 and line[first] == 32):
            self.bold += characters
        if self.anchors:
            begin = first
            while end > begin and line[end - 1] == 32:
                end -= 1
                characters -= 1
            while begin < end and line[begin] == 32:
                begin += 1
                characters -= 1
            self.linked += characters
        return 0

    cdef int reserve(self, Py_ssize_t size) except -1:
        """Make room for so many bytes and one more."""
        cdef Py_ssize_t space
        cdef void *more
        if self.filled + size + 1 > self.space:
            space = 2 * (self.filled + size) + 1024
            more = PyMem_Realloc(self.line, space)
            if more is NULL:
                raise MemoryError
            self.line = <char *>more
            self.space = space
        return 0

    cdef int next_cell(self) except -1:
        if self.filled:
            self.strip()
            self.reserve(1)
            self.line[self.filled] = 9
            self.filled += 1
            self.size += 1
        return 0

    cdef int strip(self) except -1:
        """Take the blanks away that the open line ends with."""
        while self.filled and self.line[self.filled - 1] == 32:
            self.filled -= 1
            self.size -= 1
        return 0

    cdef int end_link(self, _Opened link) except -1:
        cdef str shown
        if link.what:
            start, shown = self.shown(link)
            if shown:
                self.links.append(made(&_LINK, (link.what, shown, start, start + len(shown))))
        return 0

    cdef int end_mark(self, _Opened mark) except -1:
        cdef str shown
        if mark.what:
            start, shown = self.shown(mark)
            if shown:
                self.marks.append(made(&_MARK, (mark.what, start, start + len(shown))))
        return 0

    cdef tuple shown(self, _Opened opened):
        """Return where what the open line holds of a link or mark begins in the page's text, and what it is."""
        cdef Py_ssize_t at = opened.at if opened.line == self.number else 0
        cdef str text
        if at >= self.filled:
            return 0, ""
        text = PyUnicode_DecodeUTF8(self.line + at, self.filled - at, NULL).lstrip()
        return self.start + self.size - len(text), text.rstrip()

    cdef int end_line(self) except -1:
        cdef str text
        cdef _Place at = self.at
        if at is None:
            return 0
        self.strip()
        if self.anchors:
            self.end_link(<_Opened>self.anchors[len(self.anchors) - 1])
        for mark in self.marked:
            self.end_mark(<_Opened>mark)
        text = PyUnicode_DecodeUTF8(self.line, self.filled, NULL) if self.filled else ""
        if _shows(self.line, self.filled) or not _is_blank(text):
            self.add_row(text, _UNREAD if len(self.rows) >= self.most else self.where(at))
        if self.links:
            self.links = []
        if self.images:
            self.images = []
        if self.marks:
            self.marks = []
        self.filled = self.size = self.linked = self.bold = 0
        self.at = None
        self.number += 1
        return 0

    cdef object where(self, _Place at):
        """Return where the open line stands, with what was found in it."""
        cdef double share = <double>self.linked / <double>(self.size if self.size > 1 else 1)
        at.know(self.steps)
        return made(&_DOM, (
            at.tag, at.path, at.ids, at.hidden, share if share < 1.0 else 1.0,
            tuple(self.links), tuple(self.images), self.bold >= self.size, None, tuple(self.marks),
        ))

    cdef int is_row(self, xmlNode *row) except -1:
        """Return 1 if a table row is data: two or more short cells without blocks in them."""
        cdef xmlNode *cell = _first(row.children)
        cdef int cells = 0
        while cell is not NULL:
            cells += (self.tags.flags[self.tags.of(cell)] & CELL) != 0
            cell = _first(cell.next)
        if cells < 2:
            return 0
        cell = _first(row.children)
        while cell is not NULL:
            if self.tags.flags[self.tags.of(cell)] & CELL and not self.is_short(cell):
                return 0
            cell = _first(cell.next)
        return 1

    cdef int is_short(self, xmlNode *cell) except -1:
        """Return 1 if no block stands in a cell, and its text is short."""
        cdef xmlNode *node = cell.children
        cdef const char *at
        cdef Py_ssize_t characters = 0
        cdef bint gap = False
        while node is not NULL:
            if _is_text(node) and node.content is not NULL:
                at = <const char *>node.content
                while at[0]:
                    if at[0] == 32 or 9 <= at[0] <= 10 or 12 <= at[0] <= 13:
                        gap = characters > 0
                    elif (at[0] & 0xC0) != 0x80:
                        characters += 1 + gap
                        gap = False
                    at += 1
            elif _is_element(node):
                if not self.tags.flags[self.tags.of(node)] & INLINE:
                    return 0
                if node.children is not NULL:
                    node = node.children
                    continue
            while node.next is NULL and node.parent != cell:
                node = node.parent
            node = node.next
        return characters <= _MAX_CELL


cdef xmlNode *_first(xmlNode *node) noexcept nogil:
    """Return a node or the first one behind it that is an element."""
    while node is not NULL and not _is_element(node):
        node = node.next
    return node


cdef str _largest(xmlNode *node):
    """Return the address of the largest of several sizes of a picture."""
    cdef xmlNode *one = node
    cdef list sets = []
    while True:
        sets.append((_value(one, b"data-srcset") or "", _value(one, b"srcset") or ""))
        one = one.parent
        if one is NULL or not _is_element(one) or strcmp(<const char *>one.name, b"source"):
            return _largest_of([offered for pair in sets for offered in pair])


cdef bint _is_space(const char *text, Py_ssize_t size):
    """Tell whether a text is nothing but blanks, as ``str.isspace`` does."""
    cdef Py_ssize_t i
    cdef bint wide = False
    for i in range(size):
        if text[i] & 0x80:
            wide = True
        elif not (text[i] == 32 or 9 <= text[i] <= 13 or 28 <= text[i] <= 31):
            return False
    return not wide or PyUnicode_DecodeUTF8(text, size, NULL).isspace()


cdef bint _shows(const char *text, Py_ssize_t size) noexcept nogil:
    """Tell whether a text holds a character of ASCII that shows."""
    cdef Py_ssize_t i
    for i in range(size):
        if 32 < text[i] < 127:
            return True
    return False


def walk(_Element root not None, codes, Py_ssize_t start, Py_ssize_t most):
    if not _DEEPEST:
        _prepare()
    cdef _Walk state = _Walk()
    state.start, state.most = start, most
    state.document = root._doc
    if codes:
        state.codes = {<size_t>(<_Element?>element)._c_node: code for element, code in codes.items()}
    state.read(root._c_node)
    return state.rows


cdef class _Index:
    """The state of the pass over a tree that indexes it."""

    cdef _Tags tags
    cdef _Document document
    cdef list fields
    cdef list lines, properties, days, telling

    cdef int read(self, xmlNode *root) except -1:
        cdef xmlNode *node = root
        cdef xmlNode *body = NULL
        cdef xmlNode *behind = NULL
        cdef bint in_body = False
        cdef int slot
        while node is not NULL:
            if _is_element(node):
                slot = self.tags.of(node)
                if node == behind:
                    in_body = False
                if self.tags.flags[slot] & KNOWN:
                    self.add_known(node, <str>self.tags.names[slot])
                if body is NULL and strcmp(<const char *>node.name, b"body") == 0:
                    body, behind = node, _behind(node)
                if node.properties is not NULL:
                    self.add_named(node, in_body, in_body or node == body)
                in_body = in_body or node == body
                if node.children is not NULL:
                    node = node.children
                    continue
            while node != root and node.next is NULL:
                node = node.parent
            node = NULL if node == root else node.next
        return 0

    cdef int add_known(self, xmlNode *node, str tag) except -1:
        """Add an element that its tag puts into lists."""
        cdef tuple names = _TELLING.get(tag)
        cdef str kind = None
        cdef list found
        cdef bint one
        if names is not None:
            if self.tells(node, tag, names):
                self.telling.append(elementFactory(self.document, node))
        if tag == "script":
            kind = _value(node, b"type")
            if kind is None or not kind.startswith(_TEX_TYPE):
                return 0
        elif tag == "img":
            if not _value(node, b"class") or not _value(node, b"alt"):
                return 0
        for at, one in _LISTS.get(tag, ()):
            found = self.fields[at]
            if not (found and one):
                found.append(elementFactory(self.document, node))
        return 0

    cdef bint tells(self, xmlNode *node, str tag, tuple names) except -1:
        cdef bytes name
        cdef str value = None
        for name in names:
            value = _value(node, name)
            if value:
                break
        if not value:
            return False
        if tag == "script":
            return _JSON_LD in value
        if tag != "a":
            return True
        value = value.lower()
        for relation in _RELATIONS:
            if relation in value:
                return True
        return False

    cdef int add_named(self, xmlNode *node, bint below, bint within) except -1:
        """Add an element to the lists that its attributes put it into."""
        cdef xmlAttr *one = node.properties
        cdef const char *name
        while one is not NULL:
            name = <const char *>one.name
            if strcmp(name, b"class") == 0:
                if _holds_any(node, one, _LINE_NAMES):
                    self.lines.append(elementFactory(self.document, node))
            elif strcmp(name, b"itemprop") == 0:
                if below and len(self.properties) < _MOST_COSTLY:
                    self.properties.append(elementFactory(self.document, node))
            elif within and _is_dated(name) and len(self.days) < _MOST_COSTLY and _begins_with_day(node, one):
                self.days.append((elementFactory(self.document, node), name.decode("utf-8"), attributeValue(node, one)))
            one = one.next
        return 0


cdef xmlNode *_behind(xmlNode *node) noexcept nogil:
    """Return the first element behind all that is in an element, NULL if there is none."""
    while node is not NULL and _is_element(node):
        if _first(node.next) is not NULL:
            return _first(node.next)
        node = node.parent
    return NULL


cdef bint _holds_any(xmlNode *node, xmlAttr *attribute, tuple names) except -1:
    cdef const char *value = _plain(attribute)
    cdef bytes name, joined
    if value is NULL:
        joined = attributeValue(node, attribute).encode()
        value = joined
    for name in names:
        if strstr(value, name) is not NULL:
            return True
    return False


cdef bint _is_dated(const char *name) except -1:
    cdef bytes dated
    if strncmp(name, _DATED_PREFIX, len(_DATED_PREFIX)) == 0:
        return True
    for dated in _DATED:
        if strcmp(name, dated) == 0:
            return True
    return False


cdef bint _begins_with_day(xmlNode *node, xmlAttr *attribute) except -1:
    """Tell whether an attribute begins with a day in ISO 8601."""
    cdef const char *value = _plain(attribute)
    cdef bytes joined
    cdef int i
    if value is NULL:
        joined = attributeValue(node, attribute).encode()
        value = joined
    for i in range(10):  # ends at the NUL of a shorter one
        if value[i] != 45 if i == 4 or i == 7 else not 48 <= value[i] <= 57:
            return False
    return True


def index_of(_Element root not None):
    if not _DEEPEST:
        _prepare()
    cdef _Index state = _Index()
    state.tags = _Tags()
    state.document = root._doc
    state.fields = [[] for _ in TreeIndex._fields]
    index = TreeIndex(*state.fields)
    state.lines, state.properties, state.days, state.telling = index.lines, index.properties, index.days, index.telling
    state.read(root._c_node)
    return index
