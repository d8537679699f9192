"""The pinned figures: whether they hold, and writing down those that rose."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.report import print_columns
from bench.runs import BAR_INPUTS, Method, score_pages
from bench.score import mean

FILE = Path(__file__).with_name("floors.toml")
STEPS = 200
"""Floors are rounded down to .005."""
_PINNED = re.compile(r"^f1 = \S+$", re.MULTILINE)


class Floor(NamedTuple):
    """One pinned figure: mean F1 over some inputs of the pages of one kind in a sample of a set."""

    set: str
    lang: str
    kind: str
    sample: int
    """Pages of the set, spread evenly, of which those of the kind count."""
    f1: float
    inputs: tuple[str, ...] = BAR_INPUTS
    """What the pages are given as."""


def load_floors() -> list[Floor]:
    """Return the floors in the order of the file."""
    pinned = tomllib.loads(FILE.read_text(encoding="utf-8"))["floor"]
    return [Floor(**{**floor, "inputs": tuple(floor.get("inputs", BAR_INPUTS))}) for floor in pinned]


def measure_floor(method: Method, floor: Floor) -> float:
    """Return the figure that a floor pins."""
    narrow = {"kinds": [floor.kind], "langs": [floor.lang], "limit": floor.sample}
    return mean(result.score for result in score_pages(method, sets=[floor.set], inputs=floor.inputs, **narrow)).f1


def raised(text: str, measured: Sequence[float]) -> str:
    """Return the text of floors.toml, floors raised that ``measured`` (in their order) lies above; none is lowered."""
    figures = iter(measured)

    def higher(pinned: re.Match[str]) -> str:
        new = math.floor(next(figures) * STEPS + 1e-9) / STEPS
        return f"f1 = {new:.3f}" if new > float(pinned[0].partition("=")[2]) else pinned[0]

    return _PINNED.sub(higher, text)


def check_floors(method: Method, *, write: bool = False) -> int:
    """Print which floors hold; return 1 if one does not. ``write`` raises in the file those that rose."""
    floors = load_floors()
    measured = [measure_floor(method, floor) for floor in floors]
    rows = []
    for f, found in zip(floors, measured, strict=True):
        told = "holds" if found >= f.f1 else "FALLEN"
        given = "html" if f.inputs == ("html",) else "text"
        rows.append((f.set, f.lang, f.kind, given, told, str(f.sample), f"{f.f1:.3f}", f"{found:.4f}"))
    print_columns(("set", "lang", "kind", "input", "", "sample", "floor", "F1"), rows, words=5)
    if write:
        FILE.write_text(raised(FILE.read_text(encoding="utf-8"), measured), encoding="utf-8")
    return int(any(found < floor.f1 for floor, found in zip(floors, measured, strict=True)))
