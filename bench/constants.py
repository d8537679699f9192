"""Whether tests notice a gross change of a tuned constant: ``python -m bench.constants [--seed N]``.

Of all numbers that stand as constants at the top of the package's modules some are drawn; each is multiplied in turn,
in a copy of the package, and on that copy the tests of whole pages and of its room run in Python alone until one fails:
kernels hold the constants that they were built with. What none notices is printed. Exit status 1 if fewer than BAR are
noticed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cleanpage"
LEFT_OUT = (
    "cli", "corpus", "report", "serve", "dedupe/on_disk", "limits.py", "load/bounds.py", "many.py", "pool.py",
    "rules/time_budget.py",
)  # fmt: skip
"""Where constants bound work, or lay out what is printed: they decide nothing about a page."""
PAGES = ("tests/cases", "tests/pages", "tests/unit/test_segmentation.py")
"""Tests of whole pages, which are run first."""
BESIDE = frozenset(("test_state.py", "test_house.py", "test_cli.py", "test_workbench.py", "test_commands.py"))
"""Tests of other things than pages, most of them slow."""
DRAWN, BAR, FACTOR = 24, 18, 1.5


class Constant(NamedTuple):
    """A number at the top of a module."""

    path: Path
    name: str
    value: float
    line: int
    """From 1 on."""
    column: int
    end: int
    """One past the last column."""

    def __str__(self) -> str:
        """Return where it stands."""
        return f"{self.path.relative_to(PACKAGE)}:{self.line} {self.name} = {self.value}"


def constants() -> Iterator[Constant]:
    """Yield the constants that decide about pages, in the order of files and lines."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if str(path.relative_to(PACKAGE)).startswith(LEFT_OUT):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign):
                yield from _numbers(path, node)


def _numbers(path: Path, node: ast.Assign) -> Iterator[Constant]:
    """Yield the numbers that an assignment gives to names: ``A = 1``, ``A, B = 1, 2``, ``A = 1, 2``."""
    target = node.targets[0]
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    if len(names) != len(values):
        names = names * len(values)
    for name, value in zip(names, values, strict=False):
        number = value.operand if isinstance(value, ast.UnaryOp) else value
        if not isinstance(name, ast.Name) or not isinstance(number, ast.Constant) or not number.value:
            continue
        if type(number.value) in (int, float):
            yield Constant(path, name.id, number.value, number.lineno, number.col_offset, number.end_col_offset or 0)


def changed(constant: Constant, factor: float) -> str:
    """Return the text of the module with the constant multiplied; whole numbers stay whole."""
    lines = constant.path.read_text(encoding="utf-8").splitlines(keepends=True)
    new = constant.value * factor
    new = max(round(new), int(constant.value) + 1) if isinstance(constant.value, int) else round(new, 6)
    line = lines[constant.line - 1].encode()
    lines[constant.line - 1] = (line[: constant.column] + str(new).encode() + line[constant.end :]).decode()
    return "".join(lines)


def _tests_of(path: Path) -> tuple[str, ...]:
    """Return the tests that import something of the room that a module lies in, or the module itself."""
    room = path.relative_to(PACKAGE).with_suffix("").parts[0]
    files = sorted([*(ROOT / "tests/unit").rglob("test_*.py"), *(ROOT / "tests/languages").glob("test_*.py")])
    named = (file for file in files if f"cleanpage.{room}" in file.read_text(encoding="utf-8"))
    return tuple(str(file.relative_to(ROOT)) for file in named if file.name not in BESIDE)


def first_failure(suites: Iterable[Sequence[str]], constant: Constant | None, factor: float) -> str | None:
    """Return the first test that fails when the constant is multiplied, if one is given; None if none does."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        if constant is not None:
            (copy / constant.path.relative_to(ROOT)).write_text(changed(constant, factor), encoding="utf-8")
        environment = {**os.environ, "PYTHONPATH": str(copy), "CLEANPAGE_PURE": "1"}
        for tests in filter(None, suites):
            command = [sys.executable, "-m", "pytest", "-xq", "--tb=no", "-p", "no:cacheprovider", *tests]
            done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                failed = [row for row in done.stdout.splitlines() if row.startswith(("FAILED", "ERROR"))]
                return failed[0] if failed else f"pytest ended with {done.returncode}: {done.stderr[-200:]}"
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.constants", description=__doc__)
    parser.add_argument("--seed", type=int, default=26, help="which constants are drawn; default 26")
    parser.add_argument("--factor", type=float, default=FACTOR, help=f"by which they are multiplied; default {FACTOR}")
    parser.add_argument("--only", metavar="TEXT", help="all constants whose place or name holds this, none drawn")
    options = parser.parse_args(arguments)
    found = list(constants())
    if options.only:
        drawn = [constant for constant in found if options.only in str(constant)]
    else:
        drawn = random.Random(options.seed).sample(found, DRAWN)
    failure = first_failure({PAGES, *(_tests_of(constant.path) for constant in drawn)}, None, 1.0)
    if failure:
        print(f"nothing can be told, for a test fails as it is: {failure}", file=sys.stderr)
        return 2
    hits = 0
    for constant in drawn:
        by = first_failure((PAGES, _tests_of(constant.path)), constant, options.factor)
        hits += by is not None
        print(f"{constant}: {by or 'NOT NOTICED'}", flush=True)
    print(f"{hits} of {len(drawn)} noticed; {len(found)} constants in all")
    return int(not options.only and hits < BAR)


if __name__ == "__main__":
    sys.exit(main())
