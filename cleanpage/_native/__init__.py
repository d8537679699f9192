"""One switch: the compiled kernels, where this build has them, or the Python twins, which compute the same bytes.

It is set once, when the package is imported. ``CLEANPAGE_PURE=1`` asks for Python alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

MODULES = (
    "blocks", "columns", "dedupe", "elements", "fields", "forest", "keywords", "markup", "measures", "network",
    "records", "repeats", "text", "tree",
)  # fmt: skip
"""The extension modules beside this file, each from a ``.pyx`` of its name."""
SWITCH = "CLEANPAGE_PURE"

PYTHON: dict[str, Callable[..., Any]] = {}
"""The Python functions that compiled ones stand for, by ``module.function``."""

F = TypeVar("F", bound=Callable[..., Any])


class BuildInfo(NamedTuple):
    """What runs."""

    compiled: bool
    """Whether the kernels are the compiled ones."""
    reason: str
    """Why, in words."""
    kernels: tuple[str, ...]
    """The functions that are compiled: ``module.function``."""


def twin(module: str) -> Callable[[F], F]:
    """Return a decorator that puts the compiled function of the same name in the place of a Python function.

    The Python function is the reference, and what runs without compiled kernels. Raises AttributeError if the extension
    ``module`` has no such function.
    """

    def chosen(function: F) -> F:
        if module not in _EXTENSIONS:
            return function
        kernel: F = getattr(_EXTENSIONS[module], function.__name__)
        PYTHON[f"{module}.{function.__name__}"] = function
        return kernel

    return chosen


def build_info() -> BuildInfo:
    """Return whether the compiled kernels run, and why (not)."""
    return BuildInfo(bool(_EXTENSIONS), _REASON, tuple(PYTHON))


def _loaded() -> tuple[dict[str, ModuleType], str]:
    """Return the extension modules, all or none, and the reason."""
    if os.environ.get(SWITCH, "0") not in ("", "0"):
        return {}, f"{SWITCH} asks for Python alone"
    try:
        return {name: import_module(f"{__name__}.{name}") for name in MODULES}, "this build has compiled kernels"
    except ModuleNotFoundError:
        return {}, "this build has no compiled kernels: there was no C compiler when it was installed"
    except Exception as problem:
        return {}, f"the compiled kernels do not fit what is installed: {problem}"


_EXTENSIONS, _REASON = _loaded()
