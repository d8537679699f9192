"""The one frozen Config."""

from __future__ import annotations

from dataclasses import dataclass

from cleanpage.rules import Rule


@dataclass(frozen=True, slots=True)
class Config:
    """How to clean; the defaults are what most people want."""

    rules: tuple[Rule, ...] = ()
    """Your own rules, tried before ours: ``Config(rules=load_rules("my.toml"))``."""
    keep_byline: bool = False
    """Keep reporter tails such as ``(记者 张三)`` at the end of the last paragraph in ``text``."""

    def __post_init__(self) -> None:
        """Accept any iterable of rules."""
        object.__setattr__(self, "rules", tuple(self.rules))
