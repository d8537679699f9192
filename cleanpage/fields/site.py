"""Who published this page, and by what the site can be told apart from others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanpage.fields.crumbs import HOME, segments
from cleanpage.fields.evidence import ELSEWHERE, Claim, Evidence, address, key
from cleanpage.fields.suffix import heads, site_part
from cleanpage.text import fold, is_cjk, normalise, units

RULE = "site"
META, BREADCRUMB, SUFFIX, COPYRIGHT = 2.0, 1.5, 1.4, 1.2
MAX_UNITS = 15.0
"""Longest name of a site in ideograms (45 letters)."""
MAX_TITLE = 120.0
"""Longest ``<title>`` in ideograms, the headline and the names of channel and site."""

_GIVEN = ("og:site_name", "ld:publisher:organization", "ld:publisher", "sitename", "application-name")
_SITE_NAME = re.compile(r"(?:网|网站|在线|报|社|热线|论坛|门户|平台|台|\.com|\.cn|\.net|\.org)$")
_HOME_SUFFIX = re.compile(r"(?:网站)?(?:首页|主页)$")
_OWNER = (
    re.compile(r"本(?:网站|网|站)(?:由|归) ?(?P<name>[^\s,。:]{2,20}?) ?(?:版权)?所有"),
    re.compile(r"(?P<name>[^\s,。:()|©]{2,20}?) ?(?:网站)?版权所有"),
    re.compile(r"版权所有 ?[:©]? ?(?P<name>[^\s,。:()|©\d]{3,20})(?=$|[\s,。|(])"),
    re.compile(
        r"(?:copyright|©|\(c\)) ?(?:©|\(c\))? ?(?:\d{4}(?: ?- ?\d{4})?)?[ ,]*(?:by )?"
        r"(?P<name>[^\d|.©,;()][^|.©;()]{1,40}?)"
        r"(?=$|[.,|;] |\.$| all rights| - |, inc| \d{4}| tous droits| alle rechte)"
    ),
)
_NO_OWNER = re.compile(
    r"rights|不得|禁止|未经|copyright|reserved|版权|声明|转载|网站$|^本[网站]"
    r"|^(?:有限)?公司$|请|点此|联系|频道$|powered by"
)
_NUMBERS = re.compile(r"\W?[^\W\d_]?icp.*|b\d-.*|~?\d{4}.*")
"""Licence numbers and years that stand behind the owner's name."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield candidates for ``site`` and ``site_id``."""
    if not page.blocks:
        return
    meta = page.draft.source.meta
    given = next((normalise(meta[name]) for name in _GIVEN if meta.get(name)), "")
    if given:
        yield page.candidate(ELSEWHERE, "site", given, f"{RULE}.meta", META)
    i, parts = segments(page)
    root = _HOME_SUFFIX.sub("", parts[0]) if parts else ""
    if root and fold(root).replace(" ", "") not in HOME:
        sure = _SITE_NAME.search(fold(root)) is not None or root != parts[0]
        yield page.candidate(i, "site", root, f"{RULE}.breadcrumb", BREADCRUMB if sure else 0.4)
    yield from _copyright(page)
    first = page.blocks[0].text if page.blocks[0].units <= MAX_TITLE else ""
    suffix = site_part(first)
    if suffix and any(key(fold(head)) in page.known for head in heads(first)):
        yield page.candidate(0, "site", suffix, f"{RULE}.title_suffix", SUFFIX)
    host, _ = address(page.draft.source.url)
    if host:
        yield page.candidate(ELSEWHERE, "site_id", host, f"{RULE}.host", 2.0)


def _copyright(page: Evidence) -> Iterator[Claim]:
    """Yield the owner named in a copyright line; agreeing lines come once."""
    for i in page.labelled("copyright", "licence", "site_bar"):
        block = page.blocks[i]
        if page.in_body(i):
            continue
        for pattern in _OWNER if "所有" in block.folded else _OWNER[-1:]:
            match = pattern.search(block.folded)
            if match is None or _NO_OWNER.search(match["name"]):
                continue
            owner = _NUMBERS.sub("", match["name"])
            name = block.text[match.start("name") : match.start("name") + len(owner)].strip(" -·|:：~")
            if " " in name and any(map(is_cjk, name)):
                name = name.partition(" ")[0]  # the footer goes on behind the owner
            if len(name) >= 2 and units(name) <= MAX_UNITS:
                yield page.candidate(i, "site", name, f"{RULE}.copyright", COPYRIGHT)
                break
