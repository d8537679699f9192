"""TOML of a stranger to a dict: what the parser of the standard library takes too long or too deep for is refused."""

from __future__ import annotations

import tomllib
from typing import Any

from cleanpage.text.lazy_regex import lazy

MOST_PARTS = 32
"""Parts of a dotted key: tomllib takes the square of their number, 200 kB of ``a.a.a`` take minutes."""
_STRINGS = lazy(
    r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*+"{3,5}|' r"'''(?:[^']|'(?!''))*+'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*+"|' r"'[^'\n]*+'|#[^\n]*+"
)  # fmt: skip
_BETWEEN_KEYS = lazy(r"[=\n,{}\[\]]+")


def parse_toml(text: str) -> dict[str, Any]:
    """Return what a text in TOML holds; raise TOMLDecodeError if it is none, or nested too deep. Linear."""
    bare = _STRINGS.sub("s", text)
    if any(key.count(".") >= MOST_PARTS for key in _BETWEEN_KEYS.split(bare)):
        raise tomllib.TOMLDecodeError(f"a key has more than {MOST_PARTS} parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("nested too deep") from error
    except tomllib.TOMLDecodeError:
        raise
    except ValueError as error:  # a number of more digits, or a date of another month, than Python has
        raise tomllib.TOMLDecodeError(f"a value that is none: {error}") from error
