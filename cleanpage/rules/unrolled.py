"""How large a pattern becomes when it is compiled: ``regex`` writes what repeats so often as it must, in full."""

from __future__ import annotations

import re

from cleanpage.text.lazy_regex import lazy

MOST = 100_000
"""Parts of a compiled pattern: a million, as ``(?:a{1000}){1000}`` has, take 260 MB."""
MOST_TOGETHER = 1_000_000
"""Parts of all patterns of one file, of 160 bytes and .4 us each; those of the package have 129,036 in 495 patterns."""
_PATTERN_TOKEN = lazy(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]?|\{(\d{1,9})(?:,\d*)?\}|.", re.DOTALL)
_RECURSION = lazy(r"(?<!\\)(?:\\\\)*\(\?(?:R\)|&|P>|[+-]?\d+\))")


def calls_itself(pattern: str) -> bool:
    """Tell whether a pattern has a part that stands for a group of it: ``(?R)``, which may take all memory."""
    return _RECURSION.search(pattern) is not None


def unrolled(pattern: str) -> int:
    """Return how many parts a pattern has with each repetition written out as often as it must match. Linear."""
    sizes, last = [0], 0
    for token in _PATTERN_TOKEN.finditer(pattern):
        if token[0] == "(":
            sizes.append(0)
            continue
        if token[1] is not None:
            added = last * max(0, int(token[1]) - 1)
            last += added
        else:
            added = last = sizes.pop() if token[0] == ")" and len(sizes) > 1 else 1
        sizes[-1] += added
        if added > MOST:  # numbers stay small
            break
    return sum(sizes)
