"""Code belongs to the body that it stands in: between the body's lines, and at either end of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from cleanpage.body.lines import MOST_LINKS, Line
from cleanpage.text import ends_sentence

NEAR = 2
"""Most lines in a row, on one side of a listing, that stay with it: what it is called, what it prints."""
SCOPE_SHARE = 0.7
"""The innermost element that holds this share of the body is the article's: a listing in it is the article's too."""


def with_code(lines: Sequence[Line], kept: list[bool]) -> list[bool]:
    """Return the lines of the body with the listings in it and right before and behind it, and the lines beside them.

    Code neither reads as prose does nor looks like anything on a page of news: what has been learned says little of it.
    """
    if not any(line.kind == "code" for line in lines) or True not in kept:
        return kept
    scope = _scope(lines, kept)
    found = list(kept)
    body = [i for i, keep in enumerate(kept) if keep]
    for before, behind in pairwise(body):
        _keep(found, _taken(lines, scope, range(before + 1, behind), closed=True))
    _keep(found, _taken(lines, scope, range(body[0] - 1, -1, -1), closed=False))
    _keep(found, _taken(lines, scope, range(body[-1] + 1, len(lines)), closed=False))
    return found


def _keep(found: list[bool], taken: Iterable[int]) -> None:
    for i in taken:
        found[i] = True


def _scope(lines: Sequence[Line], kept: Sequence[bool]) -> int:
    """Return the number of the innermost element that holds most of the body; 0 for text."""
    sizes: dict[int, float] = {}
    total = 0.0
    for line, keep in zip(lines, kept, strict=True):
        if keep and line.dom is not None:
            total += line.units
            for number in line.dom.ids[:-1]:
                sizes[number] = sizes.get(number, 0.0) + line.units
    return max((number for number, size in sizes.items() if size >= SCOPE_SHARE * total), default=0)


def _taken(lines: Sequence[Line], scope: int, places: Iterable[int], *, closed: bool) -> Iterator[int]:
    """Yield which of a run of lines beside the body stay: listings and the few lines before each.

    ``closed`` if the body goes on behind the run; otherwise the run ends where the article may.
    """
    waiting: list[int] = []
    any_code = False
    for i in places:
        if not _may_stay(lines[i], scope):
            break
        waiting.append(i)
        if lines[i].kind == "code":
            yield from waiting
            waiting.clear()
            any_code = True
        elif len(waiting) > NEAR:
            return
    else:
        if any_code and closed:
            yield from waiting
            return
    if any_code:
        yield from (i for i in waiting if ends_sentence(lines[i].text))


def _may_stay(line: Line, scope: int) -> bool:
    """Tell whether a line beside the body may be its own: no rule names it, and it stands in the article's element."""
    if line.labels or line.kind == "caption":
        return False
    if line.dom is None:
        return True
    return not line.dom.hidden and line.dom.link_share < MOST_LINKS and (not scope or scope in line.dom.ids)
