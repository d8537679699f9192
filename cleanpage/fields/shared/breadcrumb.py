"""The breadcrumb: ``当前位置：首页 > 新闻 > 国内 > 正文`` as its segments."""

from __future__ import annotations

import re
from functools import cache

from cleanpage.fields.shared.evidence import Evidence
from cleanpage.labels import Label
from cleanpage.languages import any_of, joined
from cleanpage.text import fold, is_cjk, units
from cleanpage.text.lazy_regex import lazy

MAX_SEGMENT_UNITS = 12.0
"""Longest name of a channel in ideograms (TAXONOMY 1.5: segments of at most 20 characters, channels of at most 12)."""
FAR = 60
"""Blocks from the text beyond which a breadcrumb is another page's (footers, sidebars)."""

_LABEL = lazy(lambda: rf"^[\s\W]*{any_of(lambda language: language.breadcrumb)} ?是?:? ?")
_JOINTS = tuple(lazy(joint) for joint in (r" ?(?:-?>+|=>|::) ?", r" ?/+ ?", r" ?\\+ ?", r" ?\|+ ?", r" - ", r"-"))
_TAIL = lazy(r"(?:^| )(?:正文|内文|字号|字体|打印|订阅)(?=$|[ :]).*")
"""What flatteners leave glued to the last segment: ``Channel 正文 订阅…``."""
_GLUED_HOME = lazy(r"^\S.* (?=\S*(?:首页|首頁|主页|主頁)$)")
"""What they leave glued to the first."""
_NO_ROOT = lazy(r"更多|返回|查看|用户名|登录|网友")
"""So begin lines with arrows that lead somewhere else."""


@cache
def home_names() -> frozenset[str]:
    """Return what the root of a breadcrumb is called if it is not called by the site's name; without blanks."""
    return joined(lambda language: language.home)


@cache
def _last_names() -> frozenset[str]:
    """Return what a last segment is called that names no channel; without blanks."""
    return joined(lambda language: language.last_crumbs)


def segments(page: Evidence) -> tuple[int, tuple[str, ...]]:
    """Return block and segments of the breadcrumb nearest to the text, rather one before it; -1 and nothing if none."""
    found = []
    for i in page.labelled(Label.BREADCRUMB):
        parts = _split(page, i)
        if parts and page.distance(i) <= FAR:
            found.append((len(parts) < 2, i > page.last, page.distance(i), i, parts))
    if not found:
        return -1, ()
    *_, i, parts = min(found)
    return i, parts


def _split(page: Evidence, i: int) -> tuple[str, ...]:
    block = page.blocks[i]
    label = _LABEL.match(block.folded)
    if label and label.end() == len(block.folded) and i + 1 < len(page.blocks):
        block, label = page.blocks[i + 1], None  # a flattener has put it on a line of its own
    start = label.end() if label else 0
    folded = block.folded[start:]
    joint = next((joint for joint in _JOINTS if joint.search(folded)), None)
    if joint is None:
        return ()
    parts, at = [], 0
    for match in joint.finditer(folded):
        parts.append(block.text[start + at : start + match.start()])
        at = match.end()
    parts.append(block.text[start + at :])
    return _channels(page, i, [part.strip(" :：|>·") for part in parts])


def _channels(page: Evidence, i: int, parts: list[str]) -> tuple[str, ...]:
    """Drop what is no channel: ``正文`` and the headline at the end, tools, empty parts; all if it leads away."""
    parts = [bare for part in parts if (bare := _TAIL.sub("", part).strip()) and bare[0] not in "(（"]
    while parts and (fold(parts[-1]).replace(" ", "") in _last_names() or _is_last_headline(page, i, parts[-1])):
        parts.pop()
    if not parts or any(units(part) > MAX_SEGMENT_UNITS for part in parts) or _NO_ROOT.match(fold(parts[0])):
        return ()
    root = _GLUED_HOME.sub("", parts[0])
    bare = root.replace(" ", "") if is_cjk(root[:1]) else root  # 首 页
    return (bare if fold(bare) in home_names() else root, *parts[1:])


def _is_last_headline(page: Evidence, i: int, part: str) -> bool:
    if units(part) > MAX_SEGMENT_UNITS:
        return True
    own = re.sub(r"[\W_]+", "", fold(part))
    nearby = page.keys[max(0, i - 3) : i] + page.keys[i + 1 : i + 6]
    return units(part) >= 6 and own in nearby
