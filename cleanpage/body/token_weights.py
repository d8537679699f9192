"""What the words of a line say: menus, forms and footers of unlike sites are worded alike, and so is running text.

Each word and each pair of ideograms has a learned weight (logistic regression), and so has what a line begins with.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from cleanpage._native import twin
from cleanpage.body.window_features import Column, Weights, column, shifted, total
from cleanpage.text.lazy_regex import lazy

READ = 80
"""So many characters of a line are read: what it is stands at its beginning."""
FIRST = "^"
"""What marks the token that a line begins with."""
SAID = ("said", "said_least", "said-1", "said+1")
"""The columns: a line's log-odds, the smallest weight in it, and the log-odds of the lines before and behind."""

_MOST_DIGITS = 5  # numbers of more digits are one token: telephones, ids
_TOKEN = lazy(r"[\u3040-\u30ff\u3400-\u9fff]+|[^\W\d_\u3040-\u30ff\u3400-\u9fff]{2,}|\d+")


@twin("measures")
def said(lines: Sequence[str], words: Weights) -> list[Column]:
    """Return the columns ``SAID`` for the lines' folded texts."""
    told = {line: _token_odds(line, words) for line in set(lines)}
    own, least = column([told[line][0] for line in lines]), column([told[line][1] for line in lines])
    return [own, least, shifted(own, -1), shifted(own, 1)]


def tokens(line: str) -> list[str]:
    """Return the tokens of a folded line, each once: its words, pairs of ideograms, how many digits a number has."""
    found: list[str] = []
    for word in _TOKEN.findall(line[:READ]):
        if "\u3040" <= word[0] <= "\u9fff":
            found += map("".join, pairwise(word)) if len(word) > 1 else word
        else:
            found.append("0" * min(len(word), _MOST_DIGITS) if word.isdecimal() else word)
    return list(dict.fromkeys([FIRST + found[0], *found])) if found else []


def _token_odds(line: str, words: Weights) -> tuple[float, float]:
    """Return the sum of the known tokens' weights by the root of their number, and the smallest of the weights."""
    weights = [words[token] for token in tokens(line) if token in words]
    return (total(weights) / sqrt(len(weights)), min(weights)) if weights else (0.0, 0.0)
