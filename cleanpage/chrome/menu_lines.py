"""Name the menus of a flattened page that share their line with its text."""

from __future__ import annotations

from itertools import pairwise

from cleanpage.draft import BlockFinding, Draft
from cleanpage.labels import Label
from cleanpage.load.page_on_a_line import is_menu

RULE = "menu"
MENU_REASON = "a part of its line that holds only links of menus, page tools and footers"


def menu_lines(draft: Draft) -> Draft:
    """Add a finding for each block of a text that is a menu and not a line of its own; of those the rules judge."""
    if draft.source.kind != "text":
        return draft
    return draft.with_findings(
        BlockFinding(i, Label.NAVIGATION, RULE, MENU_REASON)
        for i, (block, following) in enumerate(pairwise([*draft.blocks, None]))
        if block and not block.is_prose and (block.glued or (following and following.glued)) and is_menu(block.text)
    )
