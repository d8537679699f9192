"""Code in flattened text."""
from __future__ import annotations
from collections.abc import Sequence
from cleanpage.load.lines import Line
from cleanpage.model import Span


def code_spans(raw: str, lines: Sequence[Line]) -> list[Span]:
    return []
