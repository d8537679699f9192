"""Every pattern takes a time that is linear in the text, on the texts that it has most to do with (``hostile``)."""

import ast
import importlib
import importlib.util
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import regex

import cleanpage
from bench.hostile.patterns import hostile
from cleanpage.rules import compiled, shipped_rules
from cleanpage.text.lazy_regex import Lazy

SHORT, LONG = 500, 4_000
AT_ONCE = 0.004
"""Seconds that need no second look: a pattern that tries every part of 4,000 characters takes more than 10 ms."""
RATIO = 30.0
"""A text that is 8 times as long takes 8 times as long, or 64 if every part of it is tried."""
RUNS_APART = ("cleanpage.cli", "cleanpage.serve", "cleanpage.report", "cleanpage.__main__")
"""What sees no page, or only what the pipeline has made."""
WHOLE = ("match", "fullmatch")


def modules() -> Iterator[str]:
    """Yield the modules in Python that may see a page; kernels hold no patterns."""
    for module in pkgutil.walk_packages(cleanpage.__path__, "cleanpage."):
        if not module.name.startswith((*RUNS_APART, "cleanpage._native.")):
            yield module.name


def patterns() -> Iterator[tuple[str, re.Pattern, bool]]:
    """Yield each pattern that a module holds, with its name, and whether it is only tried at the beginning of texts."""
    for name in modules():
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as error:  # of an extra: what needs one at once is work on files, not on pages
            assert not error.name.startswith("cleanpage")
            continue
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        used = ways(tree)
        for variable, value in vars(module).items():
            for i, pattern in enumerate(held(value)):
                yield f"{name}.{variable}-{i}", pattern, used.get(variable, set()) <= set(WHOLE) != set()


def ways(tree: ast.AST) -> dict[str, set[str]]:
    """Return for each variable the names of its attributes that a module uses: ``search``, ``match``, ``sub``."""
    used: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
    return used


def held(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern | regex.Pattern | Lazy):
        yield value
    elif isinstance(value, dict):
        yield from held(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from held(item)


OURS = {pattern.pattern: (name, pattern, whole) for name, pattern, whole in patterns()}.values()


def slowest(pattern: str, flags: int, run: Callable[[str], object]) -> float:
    """Return how many times longer a text of LONG takes than one of SHORT, on the worst one that takes long at all."""
    worst = 0.0
    for short, long in zip(hostile(pattern, flags, SHORT), hostile(pattern, flags, LONG), strict=True):
        if seconds(run, long) > AT_ONCE and (taken := min(seconds(run, long) for _ in range(3))) > AT_ONCE:
            worst = max(worst, taken / max(min(seconds(run, short) for _ in range(3)), 2e-5))
    return worst


def seconds(run: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    run(text)
    return time.process_time() - start


RULES = [rule for rule in shipped_rules() if rule.pattern]
WORDS = max((rule for rule in shipped_rules() if rule.words), key=lambda rule: len(rule.words))
"""The patterns of all word rules are made in the same way."""


@pytest.mark.parametrize("rule", [*RULES, WORDS], ids=lambda rule: rule.id)
def test_a_rule_is_linear(rule):
    pattern = compiled(rule)
    assert slowest(pattern.pattern, 0, pattern.search) < RATIO


@pytest.mark.parametrize(("name", "pattern", "whole"), OURS, ids=[name for name, _, _ in OURS])
def test_a_pattern_is_linear(name, pattern, whole):
    as_text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")

    def run(text: str) -> None:
        page = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
        pattern.match(page) if whole else sum(1 for _ in pattern.finditer(page))

    assert slowest(as_text, pattern.flags & re.IGNORECASE, run) < RATIO


@pytest.mark.parametrize("bad", [r"a+b", r"<s\b.*?>", r"[\w.]+@", r"(?:ab)*c"])
def test_a_pattern_that_tries_every_part_is_found(bad):
    assert slowest(bad, 0, re.compile(bad).findall) > RATIO


def makers() -> Iterator[tuple[str, str, bool]]:
    """Yield each call that makes a pattern: the module, ``compile`` or ``lazy``, and whether it is in a function."""
    for name in modules():
        tree = ast.parse(Path(importlib.util.find_spec(name).origin).read_text(encoding="utf-8"))
        inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for part in ast.walk(node)}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "compile":
                yield name, "compile", id(call) in inside
            elif isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "lazy":
                yield name, "lazy", id(call) in inside


def test_no_pattern_is_made_while_pages_are_cleaned():
    """Those in functions would not be looked at here: they are made from rules, languages and signatures alone."""
    found = [(name, how) for name, how, inside in makers() if inside]
    from_data = {"cleanpage.rules", "cleanpage.rules.keyword_index", "cleanpage.languages", "cleanpage.load.not_text"}
    assert {name for name, _ in found} <= {*from_data, "cleanpage.text.built_patterns"}, found


def test_no_pattern_is_compiled_while_modules_are_imported():
    assert not [name for name, how, inside in makers() if how == "compile" and not inside]
