"""What the ledger says of each block that the forests have decided: its probability, and what overruled that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cleanpage._native import twin
from cleanpage.body.lines import Line
from cleanpage.body.threads import LISTED
from cleanpage.body.window_features import Column
from cleanpage.draft import BlockFinding, Via
from cleanpage.labels import Label

STAGE = "body"
MOST_SCORE = 0.99
"""A learned finding never decides as a rule does, but for the posts of a thread."""


@twin("measures")
def verdicts(
    lines: Sequence[Line], chances: Column, threshold: float, kept: Sequence[bool], moved: Mapping[int, str]
) -> list[BlockFinding]:
    """Return for each block that is kept, or that no rule decides, the finding with its probability and the reason.

    ``moved`` gives for lines that a repair has moved its name.
    """
    found: list[BlockFinding] = []
    level = f"the page's threshold of {threshold:.3f}"
    for i, (line, keep, likely) in enumerate(zip(lines, kept, chances, strict=True)):
        labels = line.labels
        if labels and not keep:
            continue
        reason = f"probability {likely:.3f}, {'above' if likely >= threshold else 'below'} {level}"
        via: Via = "model"
        if i in moved:
            reason, via = f"{moved[i]} ({reason})", "repair"
        elif keep != (likely >= threshold):
            reason += "; between lines that are kept" if keep else "; among lines that are not kept"
        overrules = bool(labels) and labels <= LISTED  # a post that a rule took for a remark
        score = 1.0 if overrules else round(min(MOST_SCORE, likely if keep else 1.0 - likely), 2)
        label = Label.BODY if keep else Label.BOILERPLATE
        for block in range(line.first, line.last + 1):
            found.append(BlockFinding(block, label, STAGE, reason, score, None, via))
    return found
