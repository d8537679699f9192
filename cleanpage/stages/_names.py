"""What the names of the elements around a line say: pages of unlike sites are made with the same few systems.

Each name and tag has a learned weight (logistic regression); it is another for the element that the line stands in, for
the one around that, and for those further out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

Names = Mapping[str, float]
"""Weights in log-odds; that of the empty name is added to all."""
NEAR = ("0:", "1:", "")
"""What marks the tokens of the element, of the one around it, and tags further out; names further out are ``*name``."""
_WORD = re.compile(r"[a-z\u4e00-\u9fff]{3,}")


def told(path: Sequence[str], names: Names) -> float:
    """Return the log-odds that a line with this path is body."""
    return names.get("", 0.0) + sum(names.get(token, 0.0) for token in tokens(path))


def tokens(path: Sequence[str]) -> list[str]:
    """Return the tokens of a path (``Dom.path``), each once."""
    found: dict[str, None] = {}
    for out, step in enumerate(reversed(path)):
        tag, words = _parts(step)
        mark = NEAR[min(out, len(NEAR) - 1)]
        found[f"{mark}<{tag}"] = None
        for word in words:
            found[f"*{word}"] = None
            if mark:
                found[mark + word] = None
    return list(found)


@lru_cache(maxsize=4096)
def _parts(step: str) -> tuple[str, tuple[str, ...]]:
    """Return an element's tag, and its names with the words in them."""
    tag, *names = step.split(".")
    return tag, tuple(dict.fromkeys(_words(names)))


def _words(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield name
        yield from _WORD.findall(name)
