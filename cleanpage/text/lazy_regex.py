"""Regular expressions that are compiled when first used: at once, they would be half of ``import cleanpage``."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, AnyStr, cast

from cleanpage.text.built_patterns import compile_re


class Lazy:
    """Stands for a compiled pattern, and holds what it was asked for: the second call goes straight to the pattern."""

    def __init__(self, pattern: str | bytes | Callable[[], str | bytes], flags: int) -> None:
        self._source = pattern
        self.flags_asked = flags

    @cached_property
    def pattern(self) -> str | bytes:
        """Its source."""
        return self._source() if callable(self._source) else self._source

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return compile_re(self.pattern, self.flags_asked)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def lazy(pattern: AnyStr | Callable[[], AnyStr], flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` does, but compile it when a method is first used.

    A pattern that is made from the languages' files is given as a function, so that they are read no sooner.
    """
    return cast("re.Pattern[AnyStr]", Lazy(pattern, flags))
