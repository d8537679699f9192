"""The one frozen Config."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_type_hints

from cleanpage.errors import CleanpageError
from cleanpage.rules import Rule, checked_rules, compiled, load_rules, read_toml
from cleanpage.serialise import decode_value
from cleanpage.values import frozen

Favor = Literal["precision", "balance", "recall"]


@frozen
class Config:
    """How to clean; the defaults are what most people want.

    ``rules`` are your own, tried before ours: ``Config(rules=load_rules("my.toml"))``. ``favor`` says what to
    prefer where a line may or may not be body: ``precision`` leaves it out, ``recall`` keeps it.
    ``keep_byline`` keeps reporter tails, ``(记者 张三)``, in ``text``. ``max_chars``, ``max_blocks`` and
    ``deadline`` bound what one page may cost. ``cleanpage.config.load_config`` reads a Config from a .toml file.
    """

    rules: tuple[Rule, ...] = ()
    """Your own rules, tried before ours: ``Config(rules=load_rules("my.toml"))``."""
    keep_byline: bool = False
    """Keep reporter tails such as ``(记者 张三)`` at the end of the last paragraph in ``text``."""
    favor: Favor = "balance"
    """What to prefer where a line may or may not be body: ``precision`` (leave it out), ``recall`` (keep it)."""
    max_chars: int | None = None
    """So many characters of a page are read, of bytes when decoded, up to the end of a line or tag if one ends near.
    Of HTML its markup counts, but not scripts, styles, drawings and comments, up to eight times ``max_chars`` of all.
    The rest is in ``Article.removed`` with label ``unread``, and a warning says so. None: all."""
    max_blocks: int | None = 5_000
    """So many blocks are read, made of at most sixteen times as many lines of text, or tags and lines of HTML; the rest
    is ``unread`` as above. It bounds time and memory: a block takes .05 to .1 ms and 2 to 3 KB, however short it is. Of
    4,043 pages of the web none has more than 2,645 blocks, or 74,318 tags and lines; of their texts, flattened by two
    tools, none has more than 4,216 lines that show something. None: all."""
    deadline: float | None = None
    """Seconds for one page. Of a page that takes longer so much is read as can be cleaned in that time (its first
    65,536 characters however short it is); a warning names the ``max_chars`` that gives the same Article on any
    machine. The one setting with which results depend on how fast the machine is. None: no clock."""

    def __post_init__(self) -> None:
        """Accept any iterable of rules; refuse what is of another type or out of range, and a pattern that is none."""
        rules = tuple(self.rules) if isinstance(self.rules, Iterable) else (self.rules,)
        if not all(isinstance(rule, Rule) for rule in rules):
            raise CleanpageError(f"rules are what load_rules returns, or made by cleanpage.Rule; got {self.rules!r}")
        for rule in rules:
            compiled(rule)
        object.__setattr__(self, "rules", rules)
        for name, kind in _FIELD_KINDS:
            value = decode_value(kind, getattr(self, name), name)
            if name in ("max_chars", "max_blocks", "deadline") and value is not None and not value > 0:
                raise CleanpageError(f"{name} is more than 0, or None for no bound; got {value!r}")


_FIELD_KINDS = (
    ("keep_byline", bool),
    ("favor", Favor),
    ("max_chars", int | None),
    ("max_blocks", int | None),
    ("deadline", float | None),
)


def load_config(path: str | Path) -> Config:
    """Return the Config of a .toml file; raise CleanpageError that names the key that is wrong.

    Its keys are the fields of Config. ``rules`` is a list of files, found from the folder of this one; tables
    ``[[rule]]`` are rules as ``load_rules`` reads them, tried after those of the files.
    """
    data = read_toml(path)
    own = checked_rules(data, str(path))
    files = decode_value(tuple[str, ...], data.pop("rules", []), f"{path}: rules")
    rules = [rule for name in files for rule in load_rules(Path(path).parent / name)]
    return Config(**settings_of(data, str(path)), rules=(*rules, *own))


def settings_of(data: Mapping[str, Any], origin: str) -> dict[str, Any]:
    """Return what a parsed .toml file says beside its rules; raise CleanpageError that names the key that is wrong."""
    kinds = {name: kind for name, kind in get_type_hints(Config).items() if name != "rules"}
    given = {name: value for name, value in data.items() if name != "rule"}
    unknown = sorted(given.keys() - kinds)
    if unknown:
        raise CleanpageError(f"{origin}: a config has no key {unknown[0]!r}; known: {', '.join(kinds)}, rules, rule")
    return {name: decode_value(kinds[name], value, f"{origin}: {name}") for name, value in given.items()}
