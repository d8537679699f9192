"""Whether names of elements hold one of some words."""

from __future__ import annotations

import re

from cleanpage._native import twin


@twin("elements")
class Words:
    """Words that are looked for in a text; one may begin or end at the border of a word."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        r"""``pattern`` is words of ASCII letters with bars between them, each with or without ``\b`` at either end.

        The kernel raises ValueError for anything else.
        """
        self._search = pattern

    def found_in(self, text: str) -> bool:
        """Tell whether one of the words stands in ``text``."""
        return self._search.search(text) is not None
