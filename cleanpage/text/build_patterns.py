"""Writes what ``built_patterns`` reads; ``hatch_build.py`` runs it in a process of its own."""

from __future__ import annotations

import gc
import marshal
import pkgutil
import re
from collections.abc import Hashable
from importlib import import_module
from typing import Any

import regex

from cleanpage.text.built_patterns import FIRST_LINE, OF_RE, PATTERNS_FILE, PatternIndex
from cleanpage.text.lazy_regex import Lazy

APART = ("cleanpage.cli", "cleanpage.corpus", "cleanpage.dedupe", "cleanpage.report", "cleanpage.serve", "cleanpage.__")
"""Modules that cleaning a page needs nothing of."""
_NO_REFERENCES = 2
"""Version of marshal's format in which equal values are equal bytes."""


def write() -> None:
    """Write the programs of all patterns that cleaning may need; with one hash seed always the same bytes."""
    nodes: Any = regex._regex_core
    nodes.RegexBase.__hash__ = _hash_by_name
    PATTERNS_FILE.unlink(missing_ok=True)
    for _, name, _ in pkgutil.walk_packages(import_module("cleanpage").__path__, "cleanpage."):
        if not name.startswith(APART):
            import_module(name)
    rules = import_module("cleanpage.rules")
    lazy = {(one.pattern, int(one.flags_asked)) for one in gc.get_objects() if isinstance(one, Lazy)}
    made = [rules._separator(), *map(rules.compiled, rules.shipped_rules())]
    _write_patterns({
        OF_RE: {key: arguments_of(*key) for key in sorted(lazy, key=repr)},
        regex.__version__: {(pattern.pattern, 0): pattern._pickled_data for pattern in made},
    })


def _hash_by_name(node: Any) -> int:
    """Return a hash of a node of a pattern that does not depend on where in memory its class is."""
    key: Hashable = node._key
    return hash((key[0].__name__, *key[1:]) if isinstance(key, tuple) else node.__class__.__name__)


def arguments_of(pattern: str | bytes, flags: int) -> tuple[Any, ...]:
    """Return the arguments that ``re.compile`` calls ``_sre.compile`` with."""
    parsed = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    code = [int(part) for part in re._compiler._code(parsed, flags)]  # type: ignore[attr-defined]
    names, groups = parsed.state.groupdict, parsed.state.groups
    by_number = {number: name for name, number in names.items()}
    return pattern, int(flags | parsed.state.flags), code, groups - 1, names, tuple(map(by_number.get, range(groups)))


def _write_patterns(engines: dict[str, dict[tuple[str | bytes, int], tuple[Any, ...]]]) -> None:
    index: PatternIndex = {engine: dict.fromkeys(found, 0) for engine, found in engines.items()}
    at = len(FIRST_LINE) + len(marshal.dumps(index, _NO_REFERENCES))
    parts = []
    for engine, found in engines.items():
        for key, arguments in found.items():
            parts.append(marshal.dumps(arguments, _NO_REFERENCES))
            index[engine][key] = at
            at += len(parts[-1])
    PATTERNS_FILE.write_bytes(b"".join([FIRST_LINE, marshal.dumps(index, _NO_REFERENCES), *parts]))
