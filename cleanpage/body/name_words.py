"""Whether names of elements hold one of some words."""

from __future__ import annotations

from cleanpage._native import twin
from cleanpage.text.lazy_regex import lazy


@twin("elements")
class Words:
    """Words that are looked for in a text; one may begin or end at the border of a word (``\\b``)."""

    def __init__(self, pattern: str) -> None:
        """``pattern`` is words of ASCII letters and dashes, each with or without ``\\b`` at either end, with bars
        between them; a kernel raises ValueError for anything else."""
        self._pattern = lazy(pattern)

    def found_in(self, text: str) -> bool:
        """Tell whether one of the words stands in ``text``."""
        return self._pattern.search(text) is not None
