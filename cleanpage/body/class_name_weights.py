"""What the names of the elements around a line say: pages of unlike sites are made with the same few systems.

Each name and tag has a learned weight (logistic regression); it is another for the element that the line stands in, for
the one around that, and for those further out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain, repeat

from cleanpage.body.window_features import Weights, total
from cleanpage.text.lazy_regex import lazy

NEAR = ("0:", "1:")
"""What marks the tokens of the element, of the one around it, and tags further out; names further out are ``*name``."""
_WORD = lazy(r"[a-z\u4e00-\u9fff]{3,}")


def path_log_odds(paths: Collection[tuple[str, ...]], names: Weights) -> dict[tuple[str, ...], float]:
    """Return for each path the log-odds that a line with it is body; the weight of the empty name is added to all."""
    known: dict[tuple[str, str], dict[str, float]] = {}

    def weights(mark: str, step: str) -> dict[str, float]:
        found = known.get((mark, step))
        if found is None:
            found = known[mark, step] = {token: names[token] for token in _tokens(mark, step) if token in names}
        return found

    far: dict[tuple[str, ...], dict[str, float]] = {(): {}}  # most paths differ in their last steps alone

    def further_out(path: tuple[str, ...]) -> dict[str, float]:
        outer = next(at for at in range(len(path), -1, -1) if path[:at] in far)
        held = far[path[:outer]]
        for at in range(outer, len(path)):
            own = weights("", path[at])
            held = far[path[: at + 1]] = {**own, **held} if own else held
        return held

    base = names.get("", 0.0)
    found: dict[tuple[str, ...], float] = {}
    for path in paths:
        held: dict[str, float] = {}
        for mark, step in zip(NEAR, reversed(path), strict=False):
            held.update(weights(mark, step))
        found[path] = base + total({**held, **further_out(path[: -len(NEAR)])}.values())
    return found


def tokens(path: Sequence[str]) -> list[str]:
    """Return the tokens of a path (``Dom.path``), each once."""
    return list(dict.fromkeys(token for mark, step in _marked(path) for token in _tokens(mark, step)))


def _marked(path: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the steps of a path from the inside, each with what marks its tokens."""
    return zip(chain(NEAR, repeat("")), reversed(path), strict=False)


def _tokens(mark: str, step: str) -> Iterator[str]:
    tag, words = _parts(step)
    yield f"{mark}<{tag}"
    for word in words:
        yield f"*{word}"
        if mark:
            yield mark + word


@lru_cache(maxsize=4096)
def _parts(step: str) -> tuple[str, tuple[str, ...]]:
    """Return an element's tag, and its names with the words in them."""
    tag, *names = step.split(".")
    return tag, tuple(dict.fromkeys(_words(names)))


def _words(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield name
        yield from _WORD.findall(name)
