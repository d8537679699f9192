"""Kernel of ``cleanpage.model``: frozen objects with slots, made from rows."""

cdef extern from "Python.h":
    ctypedef int (*set_t)(object descriptor, object one, object value) except -1
    ctypedef struct PyTypeObject:
        set_t tp_descr_set
    PyTypeObject *Py_TYPE(object one)
    object PyType_GenericAlloc(type kind, Py_ssize_t items)


cdef dict _SLOTS = {}


cdef list _slots_of(type kind):
    """Return the slots of a class."""
    cdef list slots = [getattr(kind, name) for name in kind.__dataclass_fields__]
    if kind.__dictoffset__ or kind.__base__ is not object:
        raise TypeError(f"{kind.__name__} is no plain class with slots")
    for slot in slots:
        if Py_TYPE(slot).tp_descr_set == NULL:
            raise TypeError(f"{kind.__name__} has fields without slots")
    _SLOTS[kind] = slots
    return slots


def make_all(type kind not None, rows):
    cdef list slots = <list>_SLOTS.get(kind) or _slots_of(kind)
    cdef Py_ssize_t width = len(slots), i
    cdef list made = []
    cdef tuple row
    for item in rows:
        row = <tuple?>item
        if len(row) != width:
            raise TypeError(f"{kind.__name__} has {width} fields")
        one = PyType_GenericAlloc(kind, 0)
        for i in range(width):
            slot = slots[i]
            Py_TYPE(slot).tp_descr_set(slot, one, row[i])
        made.append(one)
    return tuple(made)
