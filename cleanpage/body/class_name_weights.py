"""What the names of the elements around a line say: pages of unlike sites are made with the same few systems.

Each name and tag has a learned weight (logistic regression); it is another for the element that the line stands in, for
the one around that, and for those further out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, repeat

from cleanpage._native import twin
from cleanpage.body.window_features import Column, Weights, column, total
from cleanpage.text.lazy_regex import lazy

NEAR = ("0:", "1:")
"""What marks the tokens of the element, of the one around it, and tags further out; names further out are ``*name``."""
_WORD = lazy(r"[a-z\u4e00-\u9fff]{3,}")


@twin("measures")
def path_log_odds(paths: Sequence[tuple[str, ...]], names: Weights) -> Column:
    """Return for each path the log-odds that a line with it is body; the weight of the empty name is added to all."""
    known: dict[tuple[str, str], dict[str, float]] = {}

    def weights(mark: str, step: str) -> dict[str, float]:
        found = known.get((mark, step))
        if found is None:
            found = known[mark, step] = {token: names[token] for token in step_tokens(mark, step) if token in names}
        return found

    far: dict[tuple[str, ...], dict[str, float]] = {(): {}}  # most paths differ in their last steps alone

    def further_out(path: tuple[str, ...]) -> dict[str, float]:
        outer = next(at for at in range(len(path), -1, -1) if path[:at] in far)
        held = far[path[:outer]]
        for at in range(outer, len(path)):
            own = weights("", path[at])
            held = far[path[: at + 1]] = {**own, **held} if own else held
        return held

    def log_odds(path: tuple[str, ...]) -> float:
        held: dict[str, float] = {}
        for mark, step in zip(NEAR, reversed(path), strict=False):
            held.update(weights(mark, step))
        return total({**held, **further_out(path[: -len(NEAR)])}.values())

    base = names.get("", 0.0)
    return column([base + log_odds(path) for path in paths])


def class_tokens(path: Sequence[str]) -> list[str]:
    """Return the tokens of a path (``Dom.path``), each once."""
    marked = zip(chain(NEAR, repeat("")), reversed(path), strict=False)
    return list(dict.fromkeys(token for mark, step in marked for token in step_tokens(mark, step)))


@lru_cache(maxsize=4096)
def step_tokens(mark: str, step: str) -> tuple[str, ...]:
    """Return the tokens of an element, by what marks its place in a path, each once."""
    tag, *names = step.split(".")
    found = [f"{mark}<{tag}"]
    for word in dict.fromkeys(word for name in names for word in (name, *_WORD.findall(name))):
        found.append(f"*{word}")
        if mark:
            found.append(mark + word)
    return tuple(found)
