"""Regular expressions that were compiled when the package was built: a first page needs 220, which took 190 ms of 250.

``build_patterns`` writes their programs to a file beside this one. They hold for the Python and the ``regex`` that made
them; for any other, and for a pattern that is not among them, everything is as if there were no file.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found] # re.compile ends with a call of it, in which programs are checked
import marshal
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    import regex

PATTERNS_FILE = Path(__file__).with_name("patterns.bin")
FIRST_LINE = f"{sys.implementation.cache_tag} {_sre.MAGIC} {_sre.CODESIZE}\n".encode()
"""What a file begins with that this Python can read."""
OF_RE = "re"
"""Names the programs of ``re``; those of ``regex`` are named by its version."""
PatternIndex = dict[str, dict[tuple[str | bytes, int], int]]
"""Engine -> pattern and flags -> where in the file the arguments begin with which the engine makes it at once."""


def compile_re(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` does, without compiling where the build has done it."""
    arguments = _arguments(OF_RE, pattern, int(flags))
    return cast("re.Pattern[AnyStr]", _sre.compile(*arguments)) if arguments else re.compile(pattern, flags)


def built_regex(pattern: str) -> regex.Pattern[str] | None:
    """Return what ``regex.compile`` does if the build has compiled it, None if it has not."""
    import regex  # takes a tenth of ``import cleanpage``

    arguments = _arguments(regex.__version__, pattern, 0)
    make: Any = regex._regex
    return cast("regex.Pattern[str]", make.compile(*arguments)) if arguments else None


def _arguments(engine: str, pattern: str | bytes, flags: int) -> tuple[Any, ...]:
    """Return the arguments with which an engine makes a pattern, empty if they are not stored."""
    place = _pattern_index().get(engine, {}).get((pattern, flags))
    if place is None:
        return ()
    with PATTERNS_FILE.open("rb") as file:
        file.seek(place)
        return cast("tuple[Any, ...]", marshal.load(file))


@cache
def _pattern_index() -> PatternIndex:
    try:
        with PATTERNS_FILE.open("rb") as file:
            return cast("PatternIndex", marshal.load(file)) if file.readline() == FIRST_LINE else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}
