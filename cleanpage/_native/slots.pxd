"""Objects of ``values.frozen`` classes, read and made by the places of their slots: an attribute by its name is a call."""

from cpython.object cimport PyObject, Py_TYPE
from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_GET_ITEM, PyTuple_GET_SIZE, PyTuple_New, PyTuple_SET_ITEM

cdef extern from "structmember.h":
    ctypedef struct PyMemberDef:
        Py_ssize_t offset

cdef extern from "Python.h":
    ctypedef struct PyMemberDescrObject:
        PyMemberDef *d_member
    object PyType_GenericAlloc(type kind, Py_ssize_t items)
    void PyObject_GC_UnTrack(object one)

cdef enum:
    MOST_SLOTS = 24

cdef enum:  # fields of a ``Dom``
    TAG = 0
    PATH = 1
    IDS = 2
    HIDDEN = 3
    LINK_SHARE = 4
    IMAGES = 6
    BOLD = 7
    CODE = 8

cdef struct Slots:
    PyObject *kind  # the class, which lives as long as the module that defines it
    int width
    Py_ssize_t at[MOST_SLOTS]  # bytes from the start of an object to each field, in the order of the fields


cdef inline int learn(Slots *to, type kind) except -1:
    """Note where the fields of a class stand; raise TypeError for one that is no plain class with slots."""
    cdef tuple names = tuple(kind.__dataclass_fields__)
    cdef int i
    from types import MemberDescriptorType
    if kind.__dictoffset__ or kind.__base__ is not object or len(names) > MOST_SLOTS:
        raise TypeError(f"{kind.__name__} is no plain class with few slots")
    for i in range(len(names)):
        slot = getattr(kind, names[i])
        if type(slot) is not MemberDescriptorType:
            raise TypeError(f"{kind.__name__} has fields without slots")
        to.at[i] = (<PyMemberDescrObject *>slot).d_member.offset
    to.width = <int>len(names)
    Py_INCREF(kind)
    to.kind = <PyObject *>kind
    return 0


cdef inline object get(const Slots *of, object one, int field):
    """Return the value of a field; raise TypeError for an object of another class."""
    cdef PyObject *value
    if <const PyObject *>Py_TYPE(one) != of.kind or field >= of.width:
        raise TypeError(f"{type(one).__name__} is another class")
    value = (<PyObject **>(<char *><PyObject *>one + of.at[field]))[0]
    if value == NULL:
        raise AttributeError("a field has no value")
    return <object>value


cdef inline object made(const Slots *of, tuple row):
    """Return an object with these values of its fields, none left out.

    A frozen value of frozen values is in no cycle: the garbage collector, which would visit it, need not know it.
    """
    cdef int i
    cdef object one, value
    if of.kind == NULL or PyTuple_GET_SIZE(row) != of.width:
        raise TypeError("there are more or fewer values than fields")
    one = PyType_GenericAlloc(<type>of.kind, 0)
    PyObject_GC_UnTrack(one)
    for i in range(of.width):
        value = <object>PyTuple_GET_ITEM(row, i)
        Py_INCREF(value)
        (<PyObject **>(<char *><PyObject *>one + of.at[i]))[0] = <PyObject *>value
    return one


cdef inline object named(type kind, tuple row):
    """Return a named tuple of such a class with these values, which the garbage collector does not visit either."""
    cdef Py_ssize_t i, size = PyTuple_GET_SIZE(row)
    cdef object one = PyType_GenericAlloc(kind, size), value
    PyObject_GC_UnTrack(one)
    for i in range(size):
        value = <object>PyTuple_GET_ITEM(row, i)
        Py_INCREF(value)
        PyTuple_SET_ITEM(one, i, value)
    return one


cdef inline tuple longer(tuple row, Py_ssize_t most, object last):
    """Return the first values of a tuple of strings or numbers, ``most`` of them, and one more."""
    cdef Py_ssize_t i, size = min(PyTuple_GET_SIZE(row), most)
    cdef tuple one = PyTuple_New(size + 1)
    cdef object value
    PyObject_GC_UnTrack(one)
    for i in range(size):
        value = <object>PyTuple_GET_ITEM(row, i)
        Py_INCREF(value)
        PyTuple_SET_ITEM(one, i, value)
    Py_INCREF(last)
    PyTuple_SET_ITEM(one, size, last)
    return one
