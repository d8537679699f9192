"""What moved the probability of a line: log-odds that each group of features adds to the body forests.

Each split on the path of a row moves a tree's expected value from the mean of the leaves below the node to the mean of
those below the child; the difference is the contribution of the feature that is split on (Saabas, "Interpreting random
forests", 2014). The mean weights a leaf by 2 to the power of minus its depth, for the files hold no counts.
The contributions of a row and the bias of the forest add up to its log-odds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from cleanpage.body.forest import LEAF_NODE, Forest

GROUPS: dict[str, str] = {
    "length and ending": r"units|end|prose|short|clear_prose|words|capitals|commas|stops|symbols|quoted|lower",
    "list or date": r"list_item|item|dated|gap|hinted",
    "wording": r"common|said|said_least",
    "repetition": r"repeated|is_repeated|to_is_repeated_\w+",
    "position on the page": r"lines_before|lines_behind|prose_page|prose_share|short_page|run_\w+|to_clear_prose_\w+",
    "title": r"tag|to_tag_\w+|headline_words|from_headline|summary_words|under_\w+",
    "furniture around": (
        r"decided_\w+|to_(?:head|tail|decided|dated)_\w+"
        r"|(?:related|comments|copyright|publish|pager|share|breadcrumb)_(?:before|behind)"
    ),
    "neighbouring lines": r"\w+[+-]\d|(?:prose|short)_(?:before|behind)_\d+",
    "link density": r"link_share|link_part_\d|opens_linked_\d|family_links",
    "element": r"is_\w+|heading|hidden|depth|pictured|out_to_(?!good|bad)\w+|head_up|head_down",
    "text of the elements around": r"(?:prose_share|prose_part|lines|alike|alike_before)_\d|main_\w+|family|family_\w+",
    "names of elements": r"names|out_to_good|out_to_bad",
    "first forest": r"odds|body_\w+|to_likely_\w+|surest|likely_lines|of_surest|best_of_page|element_\w+_\d",
}
"""Name of a group: the names of its features, as a pattern; the first group that fits has the feature."""

IN_ORDER = "lines around, in their order"
"""The group of what the network adds."""


@cache
def group_of(feature: str) -> str:
    """Return the group of a feature; raise KeyError for one without."""
    for group, names in GROUPS.items():
        if re.fullmatch(names, feature):
            return group
    raise KeyError(f"the feature {feature!r} belongs to no group of GROUPS")


def contributions(forest: Forest, columns: Sequence[str], row: Sequence[float]) -> dict[str, float]:
    """Return for each group the log-odds that its features add to the forest's sum for ``row``.

    ``columns`` names the values of ``row``. Linear in the size of the forest.
    """
    means = _means(forest)
    found: dict[str, float] = {}
    for root in forest.roots:
        node = root
        while (column := forest.columns[node]) != LEAF_NODE:
            child = node + 1 if row[column] <= forest.values[node] else forest.after[node]
            group = group_of(columns[column])
            found[group] = found.get(group, 0.0) + means[child] - means[node]
            node = child
    return found


def _means(forest: Forest) -> list[float]:
    """Return for each node the mean of the leaves below it."""
    means = [*forest.values]
    for node in range(len(means) - 1, -1, -1):  # what is below a node stands behind it
        if forest.columns[node] != LEAF_NODE:
            means[node] = (means[node + 1] + means[forest.after[node]]) / 2.0
    return means
