"""HTML to lines, broken as a browser would break them, each with where it stands in the page.

The tree stays in this folder, the only one that uses lxml. What later stages may need of it
(the elements around a line, how much of it is links, whether it is hidden) goes out as plain values, one ``Dom`` a
line. Nothing is fetched: no network, no external entity.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from lxml import etree

from cleanpage.draft import Dom, TextBlock
from cleanpage.load.code import find_code
from cleanpage.load.elements import RUBY, folded, is_block
from cleanpage.load.escapes import WARNING as ESCAPED
from cleanpage.load.escapes import undo_escapes_shown
from cleanpage.load.formulas import write_once
from cleanpage.load.hidden_body import JSON_WARNING as UNSEEN
from cleanpage.load.hidden_body import unseen_body
from cleanpage.load.html_blocks import blocks_of
from cleanpage.load.markup import flat, mended, without_controls
from cleanpage.load.meta_lines import drop_permalinks, part_meta
from cleanpage.load.metadata import about_itself
from cleanpage.load.tree_index import TreeIndex
from cleanpage.load.walk import WalkedRow, walk
from cleanpage.load.wrapped_lines import unwrap_prose
from cleanpage.text import is_blank, replace_surrogates

TOO_DEEP = "too-deep: elements are nested deeper than the parser allows; the page was read without most of its elements"
FRAMES = "frames: the page is only a frame around others; clean those: {}"


class HtmlPage(NamedTuple):
    """What a page in HTML holds."""

    text: str
    """Its lines as browsers break them, one a line; the first is the title of the head, if it has one."""
    blocks: tuple[TextBlock, ...]
    """Its lines, long ones cut; their tiles, joined, are ``text``."""
    meta: Mapping[str, str]
    """What it says about itself: lower-case names of meta elements, ``ld:…``, ``link:canonical``, ``time``."""
    warnings: tuple[str, ...] = ()
    """What its reader should know."""


def load_html(raw: str, *, markdown: bool = False, most: int | None = None) -> HtmlPage:
    """Return what a page holds; broken HTML is mended as browsers mend it. Linear in the page.

    One that was made from ``markdown`` has blank lines between its paragraphs, as flattened pages have. Of one with
    more than ``most`` lines the first ``most`` + 1 become blocks: who reads no more needs no others.
    """
    most = sys.maxsize if most is None else most + 1
    root, index, rows, warnings = _read(raw, most)
    again = undo_escapes_shown(raw, [text for text, _ in rows])
    if again.what:
        raw = again.text
        root, index, rows, more = _read(raw, most)
        warnings += [ESCAPED.format(again.what), *more]
    if root is None:
        return HtmlPage("", (), {}, tuple(warnings))
    meta = about_itself(root, index, raw)
    unseen = [*unseen_body(meta.get("ld:articlebody") or meta.get("articlebody", ""), root, [text for text, _ in rows])]
    warnings += [UNSEEN] if unseen else []
    if frames := [frame.get("src") for frame in index.frames if frame.get("src")]:
        warnings.append(FRAMES.format(", ".join(frames)))
    rows = _with_blank_lines(rows) if markdown else [*rows, *unseen]
    text = "\n".join([text for text, _ in rows])
    return HtmlPage(text, blocks_of(text, rows[:most]), meta, tuple(warnings))


def _with_blank_lines(rows: Sequence[WalkedRow]) -> list[WalkedRow]:
    """Return rows that end with a blank line, but between items and between rows of a table."""
    tight = [one.tag == other.tag in ("li", "tr") for (_, one), (_, other) in pairwise(rows)]
    return [(text + "\n" * (not close), dom) for (text, dom), close in zip(rows, (*tight, True), strict=False)]


def _read(raw: str, most: int) -> tuple[Any, TreeIndex, list[WalkedRow], list[str]]:
    """Return the root of a page, None if there is nothing in it, its index, the lines of ``walk``, and warnings."""
    root, warnings = _tree(raw)
    if root is None:
        return None, TreeIndex(*[[]] * len(TreeIndex._fields)), [], warnings
    index = write_once(root)
    _show_readings(index.readings)
    return root, index, _page_rows(root, index, most), warnings


def _show_readings(readings: Sequence[Any]) -> None:
    """Make text of readings that stand in no ``ruby``, or hold blocks: an ``rt`` without an end holds all the page."""
    for reading in readings:
        around = reading.getparent()
        holds = any(inner.tag not in RUBY and is_block(inner.tag) for inner in reading)
        if around is None or around.tag not in RUBY or holds:
            reading.tag = "span"


def _tree(raw: str) -> tuple[Any, list[str]]:
    """Return the root of a page, None if there is nothing in it, and warnings of what had to be mended."""
    data, warnings = mended(_characters(raw))
    root, whole = _parsed(data)
    if not whole:
        root, _ = _parsed(flat(data))
    return root, [*warnings, *([] if whole else [TOO_DEEP])]


def _page_rows(root: Any, index: TreeIndex, most: int) -> list[WalkedRow]:
    """Return the lines of a parsed page."""
    codes = find_code(index)
    unwrap_prose(index, codes)
    part_meta(index)
    drop_permalinks(root)
    text = folded("".join([part for title in index.title for part in title.itertext()]))
    if is_blank(text):
        return walk(root, codes, 0, most)
    return [(text, Dom("title")), *walk(root, codes, len(text) + 1, most)]


def _parsed(data: bytes) -> tuple[Any, bool]:
    """Return the root of a page, None if there is nothing in it, and whether the parser came to its end."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    last = parser.error_log.last_error
    return root, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _characters(text: str) -> bytes:
    """Return a page in UTF-8 without what is no character of HTML."""
    return without_controls(replace_surrogates(text).encode())
