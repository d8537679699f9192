"""What ``frozen`` makes of a class is what ``dataclass(frozen=True, slots=True)`` makes of it."""

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage.values import frozen


class Body:
    """Two numbers."""

    first: int
    second: "float | None" = None
    names: tuple[str, ...] = ()
    more: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what is negative."""
        if self.first < 0:
            raise ValueError("negative")


Usual = dataclass(frozen=True, slots=True)(type("Pair", (), dict(vars(Body))))
Pair = frozen(type("Pair", (), dict(vars(Body))))
values = st.tuples(st.integers(0, 3), st.none() | st.floats(), st.lists(st.text(max_size=2), max_size=2).map(tuple))


@given(values, values)
def test_objects_are_equal_alike_and_print_alike(one, other):
    assert (Pair(*one) == Pair(*other)) == (Usual(*one) == Usual(*other))
    assert repr(Pair(*one)) == repr(Usual(*one))
    assert asdict(Pair(*one, {"a": 1})) == asdict(Usual(*one, {"a": 1})) or one[1] != one[1]
    assert Pair(*one) != Usual(*one)


@frozen
class Simple:
    """A number and a name."""

    number: int
    name: str = ""


def test_hash_is_that_of_the_fields():
    assert hash(Simple(1, "a")) == hash((1, "a"))


def test_pickles_and_copies_are_equal():
    one = Simple(1, "a")
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(one, protocol)) == one
    assert copy.deepcopy(one) == copy.copy(one) == one
    assert replace(one, name="b") == Simple(1, name="b")


def test_nothing_can_be_set_or_deleted():
    one = Simple(1)
    with pytest.raises(FrozenInstanceError):
        one.number = 2
    with pytest.raises(FrozenInstanceError):
        del one.number
    with pytest.raises(FrozenInstanceError):
        one.other = 2
    assert not hasattr(one, "__dict__")


def test_arguments_are_checked_and_shown():
    assert Pair(1).more == {}
    assert Pair(1).more is not Pair(1).more
    with pytest.raises(ValueError, match="negative"):
        Pair(-1)
    with pytest.raises(TypeError, match="first"):
        Pair()
    assert str(inspect.signature(Simple)) == "(number: int, name: str = '') -> None"
    assert [one.name for one in fields(Simple)] == list(Simple.__match_args__) == ["number", "name"]
