"""Objects of the ledger that the kernel makes are those that their classes make."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass
from typing import Any

import pytest

from cleanpage._native import PYTHON, build_info
from cleanpage.labels import Label
from cleanpage.model import Block, Finding, Removed, make_all

ROWS: list[tuple[Any, tuple[Any, ...]]] = [
    (Finding, (1, 4, Label.SHARE, "share.bar", "a share bar", 1.0, None)),
    (Finding, (1, 4, Label.DUPLICATE, "repeats", "stands again", 0.5, (7, 9))),
    (Block, (0, 5, "chrome", Label.SHARE, "list_item")),
    (Removed, (1, 4, "abc", Label.SHARE, "share.bar", "a share bar", 1.0, None)),
]


@pytest.mark.parametrize(("kind", "row"), ROWS)
def test_equal_frozen_hashable_and_picklable(kind: Any, row: tuple[Any, ...]) -> None:
    (made,) = make_all(kind, iter([row]))
    assert made == kind(*row)
    assert hash(made) == hash(kind(*row))
    assert repr(made) == repr(kind(*row))
    assert pickle.loads(pickle.dumps(made)) == made
    with pytest.raises(FrozenInstanceError):
        made.start = 3


def test_as_the_python_twin() -> None:
    if not build_info().compiled:
        pytest.skip(build_info().reason)
    rows = [row for kind, row in ROWS if kind is Finding]
    assert make_all(Finding, rows) == PYTHON["records.make_all"](Finding, rows)
    assert make_all(Finding, []) == ()


def test_too_few_values_raise() -> None:
    with pytest.raises(TypeError):
        make_all(Finding, [(1, 2)])


@dataclass(frozen=True)
class _Loose:
    value: int


@pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)
def test_a_class_without_slots_raises() -> None:
    with pytest.raises((TypeError, AttributeError)):
        make_all(_Loose, [(1,)])
