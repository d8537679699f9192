"""What a user wants to try: a Config as TOML, the same text that is saved and that ``--config`` reads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from typing import Any

from cleanpage.config import Config, settings_of
from cleanpage.draft import TextBlock
from cleanpage.errors import CleanpageError
from cleanpage.rules import Rule, check_examples, compiled, forget_patterns, parse_rules
from cleanpage.rules.toml import parse_toml
from cleanpage.values import frozen

ORIGIN = "the trial"
MOST = 200_000
"""Characters of a trial."""
SLOW = 2.0
"""Seconds that the rules of a trial may take for the blocks of one page: ours together take a hundredth."""


@frozen
class Trial:
    """A Config to try, and what is wrong with it."""

    config: Config | None
    """None if the TOML gives no Config."""
    rules: tuple[Rule, ...] = ()
    """The rules of the trial alone."""
    problems: tuple[str, ...] = ()
    """What must be mended before it can be saved; rules whose examples fail can be tried all the same."""


def read_trial(toml: str, base: Config) -> Trial:
    """Return what a TOML text asks for: its rules before those of ``base``, its settings instead of theirs."""
    forget_patterns()  # of earlier trials
    try:
        if len(toml) > MOST:
            raise CleanpageError(f"a trial has at most {MOST} characters")
        data = parse_toml(toml)
        if "rules" in data:
            raise CleanpageError("rules: files are not read here; paste their [[rule]] tables")
        rules = _rules(data)
        config = replace(base, rules=(*rules, *base.rules), **settings_of(data, ORIGIN))
    except tomllib.TOMLDecodeError as error:
        return Trial(None, problems=(f"this is no TOML: {error}",))
    except (CleanpageError, TypeError, AttributeError) as error:
        return Trial(None, problems=(str(error),))
    return Trial(config, rules, tuple(_failures(rules)))


def _rules(data: dict[str, Any]) -> tuple[Rule, ...]:
    entries = data.get("rule", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise CleanpageError("begin a rule with [[rule]], in double brackets")
    return parse_rules(data, ORIGIN)


def _failures(rules: Iterable[Rule]) -> Iterator[str]:
    begin = monotonic()
    for rule in rules:
        yield from (f"rule {rule.id!r}: {problem}" for problem in check_examples(rule))
        if monotonic() - begin > SLOW:
            yield f"rule {rule.id!r}: more than {SLOW:.0f} s for the examples so far; repeats inside repeats are slow"
            return


def too_slow(rules: Iterable[Rule], blocks: Iterable[TextBlock]) -> str | None:
    """Return which rule takes longest if all take too long on these blocks, in words; None if they are quick enough."""
    spent, all_spent = dict.fromkeys(rules, 0.0), 0.0
    for block in blocks:
        for rule in spent:
            if block.units > rule.max_units:
                continue
            begin = monotonic()
            with suppress(TimeoutError):
                compiled(rule).search(block.folded, timeout=SLOW / 4)
            took = monotonic() - begin
            spent[rule] += took
            all_spent += took
            if all_spent > SLOW:
                slowest = max(spent, key=spent.__getitem__).id
                return (
                    f"rule {slowest!r}: more than {SLOW:.0f} s on this page, the other rules included;"
                    " repeats inside repeats are slow"
                )
    return None
