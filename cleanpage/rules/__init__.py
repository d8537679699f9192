"""Rules are data, in the languages' files and in the .toml files beside this one: loaded, checked, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from cleanpage._native import twin
from cleanpage.errors import CleanpageError
from cleanpage.labels import Label, Trait
from cleanpage.languages import shipped_languages
from cleanpage.model import make_all
from cleanpage.own_toml import read_folder
from cleanpage.rules.time_budget import Watch
from cleanpage.rules.unrolled import MOST, MOST_TOGETHER, calls_itself, unrolled
from cleanpage.serialise import decode
from cleanpage.text import fold, normalise, simplify, units
from cleanpage.text.built_patterns import built_regex
from cleanpage.values import frozen

if TYPE_CHECKING:
    import regex

Where = Literal["anywhere", "head", "tail", "paragraph_start", "paragraph_end"]
Weight = Literal["decisive", "hint"]
MatchKind = Literal["line", "start", "end", "search"]

DEFAULT_MAX_UNITS = 60.0
"""TAXONOMY 1.1: chrome lines are short; a rule for longer ones (footers) sets ``max_units``."""

_SEPARATORS = r"[?■▲◆◇□\s|/\\>:;,.\-_·*+()\[\]{}<>&#~=!^'\"、，。：；…↑↓×✕\d]"
_LETTER = "[a-z\u00df-\u024f\u0370-\u052f\u1e00-\u1eff]"
"""A letter of an alphabet, folded. Other scripts have no borders between words that a pattern could see."""


@frozen
class Rule:
    """One chrome or metadata phrase: what it looks like, where it may stand, and why it is not body.

    Patterns see the folded block: half-width, lower case, simplified, one line, single blanks. In patterns and keywords
    traditional characters may stand for simplified ones.

    ``id``, ``label`` and ``why`` name it. ``pattern`` (or ``words``: nothing but these) is what a line looks
    like, ``match`` how much of the line it covers, ``examples`` and ``counter_examples`` prove it. ``where``
    says where it may stand, ``languages`` on which pages, ``keywords`` and ``max_units`` which lines are tried
    at all. ``weight = "hint"`` leaves the decision to other evidence; ``opens_run`` takes the list below as
    well; ``kind`` is for licences.
    """

    id: str
    """Unique, dotted: ``share.bar``. In a file it may be left out: ``mine.1`` is the first rule of mine.toml."""
    label: Label
    """What a block is that matches: ``share``, ``licence``, ``editor`` …"""
    why: str
    """Why such a line is not body, or the measurement behind it."""
    examples: tuple[str, ...]
    """Lines that must match; at least one."""
    counter_examples: tuple[str, ...] = ()
    """Lines that look alike and must not match; each of ours has some, and ``cleanpage check`` asks for yours."""
    pattern: str = ""
    """A regular expression (``regex`` syntax) …"""
    words: tuple[str, ...] = ()
    """… or words: the line matches if nothing but these, digits and separators stand in it."""
    match: MatchKind = "line"
    """``line``: the pattern covers the whole block; ``start``, ``end``: it begins or ends it; ``search``: inside."""
    where: Where = "anywhere"
    """``head``: before the body's first prose line; ``tail``: after its last; relative to the densest prose.
    ``paragraph_end``: what closes a paragraph, such as ``(记者 张三)``; it is a block of its own, glued to its line.
    ``paragraph_start``: what stands before it on its line, such as ``By Jane Doe May 6, 2024``."""
    weight: Weight = "decisive"
    """``hint``: other evidence may overrule it."""
    opens_run: bool = False
    """A heading: the short unfinished lines that follow it (items of a list) get its label too."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes of the pages it is tried on; empty for all pages. Chinese and English rules and licence numbers
    are tried everywhere: sites of every language carry them."""
    keywords: tuple[str, ...] = ()
    """Literals one of which every matching line holds; one that begins with a letter of an alphabet, at the start of a
    word. The page is scanned for these once, before any pattern runs."""
    max_units: float = DEFAULT_MAX_UNITS
    """Longest block, in ideograms, that the rule is tried on."""
    kind: str = ""
    """For label ``licence``: the ``Licence.kind``; the group ``number`` of the pattern, or all of it, is the number."""

    def __post_init__(self) -> None:
        """Check all but the pattern; raise CleanpageError that names the rule."""
        for f in fields(self):
            if isinstance(getattr(self, f.name), list):
                object.__setattr__(self, f.name, tuple(getattr(self, f.name)))
        for name, kind in _KEY_TYPES:
            value = getattr(self, name)
            if not isinstance(value, kind) or (kind is tuple and not all(isinstance(item, str) for item in value)):
                expected = {tuple: "a list of str", bool: "true or false", str: "str"}.get(kind, "a number")
                raise CleanpageError(f"rule {self.id!r}: {name} must be {expected}, got {value!r}")
        object.__setattr__(self, "label", _label(self))
        object.__setattr__(self, "keywords", tuple(map(simplify, self.keywords)))
        problem = _rule_problem(self)
        if problem:
            raise CleanpageError(f"rule {self.id!r}: {problem}")

    def matches(self, line: str) -> bool:
        """Tell whether the rule matches ``line``, as it would the one block of a page; its place is not looked at."""
        return self._matches(line, Watch())

    def _matches(self, line: str, watch: Watch) -> bool:
        line = normalise(line)
        folded = fold(line)
        asked = not self.keywords or any(re.search(before(word) + re.escape(word), folded) for word in self.keywords)
        return asked and units(line) <= self.max_units and bool(watch.spans(0, compiled(self), folded))


def _label(rule: Rule) -> Label:
    """Return the rule's label as a member; raise CleanpageError that lists the labels that a rule may give."""
    known = sorted(label for label in Label if Trait.RESULT not in label.traits)
    if rule.label not in known:
        raise CleanpageError(f"rule {rule.id!r}: there is no label {rule.label!r}; known: {', '.join(known)}")
    return Label(rule.label)


_KEY_TYPES: tuple[tuple[str, Any], ...] = (
    *((name, str) for name in ("id", "label", "why", "pattern", "match", "where", "weight", "kind")),
    *((name, tuple) for name in ("examples", "counter_examples", "words", "languages", "keywords")),
    ("opens_run", bool),
    ("max_units", int | float),
)


def before(keyword: str) -> str:
    """Return a pattern for the place where a keyword may begin."""
    return f"(?<!{_LETTER})" if re.match(_LETTER, keyword) else ""


def compiled(rule: Rule) -> regex.Pattern[str]:
    """Return the rule's pattern, anchored as ``rule.match`` says, compiled (3 ms) when first asked for.

    Raise CleanpageError if it does not compile or matches the empty line.
    """
    try:
        pattern = _compile_rule(rule.pattern, rule.words, rule.match)
    except (RecursionError, OverflowError, ValueError, MemoryError) as error:
        raise CleanpageError(f"rule {rule.id!r}: pattern does not compile: {error}") from error
    if pattern is None:
        raise CleanpageError(f"rule {rule.id!r}: pattern matches the empty line")
    return pattern


@lru_cache(maxsize=4096)
def _compile_rule(pattern: str, words: tuple[str, ...], match: MatchKind) -> regex.Pattern[str] | None:
    if words:
        return _nothing_but([fold(word) for word in words])
    head = "^" if match in ("line", "start") else ""
    tail = "$" if match in ("line", "end") else ""
    made = _made(f"{head}(?:{simplify(pattern)}){tail}")
    return None if made.search("") else made


def forget_patterns() -> None:
    """Drop the compiled patterns of rules; who compiles rules of strangers again and again keeps none of them."""
    _compile_rule.cache_clear()


def _made(pattern: str) -> regex.Pattern[str]:
    """Return a compiled pattern; raise ValueError if it is none, or too large."""
    if (built := built_regex(pattern)) is not None:
        return built
    import regex

    if calls_itself(pattern):
        raise ValueError("a group that calls itself may take all memory")
    if unrolled(pattern) > MOST:
        raise ValueError(f"with its repetitions written out it has more than {MOST} parts")
    try:
        return regex.compile(pattern, cache_pattern=False)  # we keep it ourselves
    except regex.error as error:
        raise ValueError(str(error)) from error


def _nothing_but(words: Sequence[str]) -> regex.Pattern[str]:
    """Return a pattern for lines of these words and separators; longest first and atomic, so it is linear."""
    body = "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
    return _made(rf"^{_SEPARATORS}*+(?>(?:{body}){_SEPARATORS}*+)++$")


@twin("keywords")
class Words:
    """The words of a word rule, none empty, folded."""

    def __init__(self, words: Sequence[str]) -> None:
        self._pattern = _nothing_but(words)

    def cover(self, line: str) -> bool:
        """Tell whether a folded line holds words, and nothing but them and separators."""
        return self._pattern.search(line) is not None


def is_separator(char: str) -> bool:
    """Tell whether a character may stand between the words of a word rule."""
    return _separator().match(char) is not None


@lru_cache(maxsize=1)
def _separator() -> regex.Pattern[str]:
    return _made(_SEPARATORS)


def _rule_problem(rule: Rule) -> str | None:
    checks = [
        (bool(rule.id and rule.label and rule.why), "id, label and why must not be empty"),
        (bool(rule.pattern) != bool(rule.words), "give either pattern or words"),
        (bool(rule.examples), "give at least one example that must match"),
        (rule.where in get_args(Where), f"where must be one of {', '.join(get_args(Where))}"),
        (rule.weight in get_args(Weight), f"weight must be one of {', '.join(get_args(Weight))}"),
        (rule.match in get_args(MatchKind), f"match must be one of {', '.join(get_args(MatchKind))}"),
        (all(fold(word) == word for word in rule.keywords), "keywords must be folded (half-width, lower case …)"),
    ]
    for passed, message in checks:
        if not passed:
            return message
    return None


def check_examples(rule: Rule) -> list[str]:
    """Return what is wrong with the rule's examples, a sentence each; an empty list if nothing is."""
    watch = Watch()  # one for all: a pattern that hangs does so on each of them
    wrong = [f"example does not match: {line!r}" for line in rule.examples if not rule._matches(line, watch)]
    wrong += [f"counter-example matches: {line!r}" for line in rule.counter_examples if rule._matches(line, watch)]
    return wrong


def parse_rules(data: Mapping[str, Any], origin: str) -> tuple[Rule, ...]:
    """Return the rules of one parsed TOML document (an array of tables ``rule``), their patterns compiled."""
    rules = tuple(Rule(**entry) for entry in _entries(data, origin))
    for _ in _compiled_one_by_one(rules, origin):
        continue
    return rules


def _compiled_one_by_one(rules: Sequence[Rule], origin: str) -> Iterator[Rule]:
    """Yield each rule, its pattern compiled; raise CleanpageError for one with which they become too large together."""
    parts = 0
    for rule in rules:
        parts += unrolled(rule.pattern) + sum(map(len, rule.words))
        if parts > MOST_TOGETHER:
            reason = f"the patterns up to it have more than {MOST_TOGETHER} parts"
            raise CleanpageError(f"{origin}: rule {rule.id!r}: {reason}")
        compiled(rule)
        yield rule


def _entries(data: Mapping[str, Any], origin: str) -> Iterator[Mapping[str, Any]]:
    """Yield the tables; raise CleanpageError for a key that is unknown or missing.

    A table without ``id`` gets the name of the file and its number there: ``mine.1``.
    """
    names = {f.name for f in fields(Rule)}
    entries, misnamed = data.get("rule", []), data.get("rules")
    if isinstance(misnamed, list) and any(isinstance(entry, Mapping) for entry in misnamed):
        raise CleanpageError(f"{origin}: write [[rule]], not [[rules]]: one table is one rule")
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise CleanpageError(f"{origin}: rules are tables that begin with [[rule]]")
    for number, table in enumerate(entries, 1):
        entry = {"id": f"{Path(origin).stem}.{number}", **table}
        unknown = sorted(set(entry) - names)
        if unknown:
            known = ", ".join(sorted(names))
            raise CleanpageError(f"{origin}: rule {entry['id']!r} has no key {unknown[0]!r}; known: {known}")
        missing = {"label", "why", "examples"} - set(entry)
        if missing:
            raise CleanpageError(f"{origin}: rule {entry['id']!r} lacks {', '.join(sorted(missing))}")
        yield entry


def load_rules(path: str | Path) -> tuple[Rule, ...]:
    """Return the rules of a .toml file, checked against their own examples; raise CleanpageError if one is wrong."""
    return checked_rules(read_toml(path), str(path))


def checked_rules(data: Mapping[str, Any], origin: str) -> tuple[Rule, ...]:
    """Return the rules of a user's TOML document; raise CleanpageError for a wrong type or an example that fails."""
    rules = tuple(decode(Rule, entry, f"{origin}: rule {entry['id']!r}") for entry in _entries(data, origin))
    for rule in _compiled_one_by_one(rules, origin):
        for problem in check_examples(rule):
            raise CleanpageError(f"{origin}: rule {rule.id!r}: {problem}")
    return rules


def read_toml(path: str | Path) -> dict[str, Any]:
    """Return what a .toml file holds; raise CleanpageError if it cannot be read."""
    from cleanpage.rules.toml import parse_toml  # with a parser that rules of the package need not

    try:
        return parse_toml(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CleanpageError(f"{path}: cannot be read: {error}") from error


@lru_cache(maxsize=1)
def shipped_rules() -> tuple[Rule, ...]:
    """Return the rules of the package, in the order in which they are tried (file name, then place in the file).

    Their patterns are compiled when a line first asks for one: of 429, a page needs 42, the most of 80 pages 69.
    """
    files = {name: data["rule"] for name, data in read_folder(Path(__file__).parent).items()}
    files |= {code: [*language.rules] for code, language in shipped_languages().items()}
    return make_all(Rule, [_fields(entry) for name in sorted(files) for entry in files[name]])


def _fields(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the fields of the Rule that a table of a shipped file describes; the tests have checked it."""
    values = {**_DEFAULTS, **entry}
    values["label"] = Label(values["label"])
    values["keywords"] = map(simplify, values["keywords"])
    return tuple([tuple(value) if isinstance(value, list | map) else value for value in values.values()])


_DEFAULTS: dict[str, Any] = {f.name: f.default for f in fields(Rule)}
