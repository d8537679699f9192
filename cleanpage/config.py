"""The one frozen Config."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from cleanpage.errors import CleanpageError
from cleanpage.rules import Rule

Favor = Literal["precision", "balance", "recall"]


@dataclass(frozen=True, slots=True)
class Config:
    """How to clean; the defaults are what most people want."""

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
