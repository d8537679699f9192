"""The one frozen Config."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args, get_type_hints

from cleanpage.errors import CleanpageError
from cleanpage.rules import Rule, checked_rules, load_rules, read_toml
from cleanpage.serialise import decode

Favor = Literal["precision", "balance", "recall"]


@dataclass(frozen=True, slots=True)
class Config:
    """How to clean; the defaults are what most people want.

    ``rules`` are your own, tried before ours: ``Config(rules=load_rules("my.toml"))``. ``favor`` says what to
    prefer where a line may or may not be body: ``precision`` leaves it out, ``recall`` keeps it.
    ``keep_byline`` keeps reporter tails, ``(记者 张三)``, in ``text``. ``cleanpage.config.load_config`` reads a
    Config from a .toml file.
    """

    rules: tuple[Rule, ...] = ()
    """Your own rules, tried before ours: ``Config(rules=load_rules("my.toml"))``."""
    keep_byline: bool = False
    """Keep reporter tails such as ``(记者 张三)`` at the end of the last paragraph in ``text``."""
    favor: Favor = "balance"
    """What to prefer where a line may or may not be body: ``precision`` (leave it out), ``recall`` (keep it)."""

    def __post_init__(self) -> None:
        """Accept any iterable of rules; refuse an unknown preference."""
        object.__setattr__(self, "rules", tuple(self.rules))
        if self.favor not in get_args(Favor):
            raise CleanpageError(f"favor is one of {', '.join(get_args(Favor))}, got {self.favor!r}")


def load_config(path: str | Path) -> Config:
    """Return the Config of a .toml file; raise CleanpageError that names the key that is wrong.

    Its keys are the fields of Config. ``rules`` is a list of files, found from the folder of this one; tables
    ``[[rule]]`` are rules as ``load_rules`` reads them, tried after those of the files.
    """
    data = read_toml(path)
    kinds = get_type_hints(Config)
    unknown = sorted(set(data) - {*kinds, "rule"})
    if unknown:
        raise CleanpageError(f"{path}: a config has no key {unknown[0]!r}; known: {', '.join(kinds)}, rule")
    files = decode(tuple[str, ...], data.pop("rules", []), f"{path}: rules")
    rules = [rule for name in files for rule in load_rules(Path(path).parent / name)]
    rules += checked_rules(data, str(path))
    data.pop("rule", None)
    values = {key: decode(kinds[key], value, f"{path}: {key}") for key, value in data.items()}
    return Config(**values, rules=tuple(rules))
