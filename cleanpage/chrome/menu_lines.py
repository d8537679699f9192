"""Name the menus of a flattened page that share their line with its text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cleanpage.draft import Draft, TextBlock, find
from cleanpage.labels import Label
from cleanpage.load.page_on_a_line import is_menu

RULE = "menu"
REASON = "a part of its line that is nothing but links of menus, page tools and footers"


def menu_lines(draft: Draft) -> Draft:
    """Add a finding for each block that is a menu and not a line of its own; of those the rules judge."""
    return draft.with_findings(
        find(block, Label.NAVIGATION, RULE, REASON) for block in _parts_of_lines(draft) if is_menu(block.text)
    )


def _parts_of_lines(draft: Draft) -> Iterator[TextBlock]:
    """Yield the blocks of a text that stand on one line with another one."""
    if draft.source.kind == "text":
        for block, following in pairwise([*draft.blocks, None]):
            if block and not block.is_prose and (block.glued or (following and following.glued)):
                yield block
