"""Who published this page, and by what the site can be told apart from others."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.draft import Candidate
from cleanpage.fields.shared.breadcrumb import home_names, segments
from cleanpage.fields.shared.evidence import ELSEWHERE, Claim, Evidence, address, key
from cleanpage.fields.shared.owners import copyright_owners
from cleanpage.fields.shared.places import PLACES
from cleanpage.fields.shared.suffix import CHANNELS, key_of, site_parts
from cleanpage.labels import Label
from cleanpage.text import fold, is_cjk, normalise, units
from cleanpage.text.lazy_regex import lazy

RULE = "site"
META_SITE, BREADCRUMB, SUFFIX, COPYRIGHT = 2.0, 1.5, 1.4, 1.2  # scores by where the page names it, the surest first
HOME_LINK, HOME_NAMED, UNKNOWN_HEAD, UNSURE_SCORES = 1.35, 1.25, 1.3, 0.4
"""Scores of ``X网首页``, a link of the menu; of another name that a breadcrumb calls so; of a site's name behind a
title that stands nowhere else on the page; of a breadcrumb's root that may be a channel."""
MAX_CHANNEL = 10
"""Longest name of a channel in characters: ``家电维修频道``."""
MIN_HEAD = 5.0
"""Longest piece before such a name, in ideograms, at least: a row of links has shorter ones only."""
MAX_REPEATED_NAME, FOOT_LINES, MIN_HOST_LETTERS = 24.0, 4, 6
"""Longest name beside the headline that the page's foot or address repeats, in ideograms; the last lines that are its
foot; fewest letters of a name that is found in the address."""
MAX_TITLE = 120.0
"""Longest ``<title>`` in ideograms, the headline and the names of channel and site."""

_GIVEN = ("og:site_name", "ld:publisher:organization", "ld:publisher", "ld:website", "sitename", "application-name")
_SITE_NAME = lazy(r"(?:网|网站|在线|报|社|热线|论坛|社区|博客|门户|平台|台|\.com|\.cn|\.net|\.org)$")
_HOME_SUFFIX = lazy(r"(?:网站)?(?:首[页頁]|主[页頁])$")
_HOME_LINK = lazy(
    r"(?<![^\W\d_])(?P<back>返回|进入|回到)?+(?!本|我)(?P<name>[\u4e00-\u9fff]{1,7}(?:[网报社]|在线))首页(?![^\W\d_])"
)
_OF_CHANNEL = lazy(r"(?P<site>.{1,10}(?:[网报社]|在线)) ?(?P<rest>.{2,8})")
"""A site with its channel or town: ``X网科技``, ``X网广州站``."""
_BESIDE = lazy(r" ?[:_|·»>–—-]+ ?")
"""What stands between a site and a headline, whichever comes first: ``Moorland Gazette: Gate stays open``."""
_NAME_BARS = lazy(r"[|·]")
_COMPANY = lazy(
    r"公司$|集团$|新媒体$|传媒$"
    r"|\b(?:corporation|corp|inc|ltd|llc|limited|gmbh|foundation|company|co|plc|s\.?a|media group)\b\.?,?$"
)
_NO_SITE = lazy(
    r"^[×|>/·-]|^(?:blog ?|weblog )?archiv|\*|通行证|^电子报$|\d ?小时|登录|注册|许可|备案|icp|欢迎|设为|首页$"
    r"|(?<=[\u4e00-\u9fff])[!?]|[。;]|https?:|^(?:limited|inc|ltd|llc)\b"
)
"""Slogans, licences, links and menu items, which stand where sites name themselves."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield candidates for ``site`` and ``site_id``."""
    for claim in _named(page):
        if isinstance(claim, Candidate) and claim.field == "site" and isinstance(claim.value, str):
            name = claim.value.strip("《》 ")
            if not _NO_SITE.search(fold(name)):
                yield claim._replace(value=name)
        else:
            yield claim


def _named(page: Evidence) -> Iterator[Claim]:
    """Yield what the page calls its site, slogans and menu items among it."""
    if not page.blocks:
        return
    meta = page.draft.source.meta
    given = next((normalise(meta[name]) for name in _GIVEN if meta.get(name)), "")
    if given and (page.headline is None or key(fold(given)) != page.headline.key):
        yield page.candidate(ELSEWHERE, "site", given, f"{RULE}.meta", COPYRIGHT if _is_company(given) else META_SITE)
    i, root, score = _breadcrumb_root(page)
    if root:
        yield page.candidate(i, "site", root, f"{RULE}.breadcrumb", score)
    yield from _home_link(page)
    yield from _copyright(page)
    claims = list(_title_suffix(page, root))
    yield from claims or _beside_headline(page)
    yield from _line_of_site(page)
    host, _ = address(page.draft.source.url)
    if host:
        yield page.candidate(ELSEWHERE, "site_id", host, f"{RULE}.host", 2.0)


def _breadcrumb_root(page: Evidence) -> tuple[int, str, float]:
    """Return the root of the breadcrumb with its block and how sure it names the site; empty if it names none."""
    i, parts = segments(page)
    whole = parts[0] if parts else ""
    root = _HOME_SUFFIX.sub("", whole)
    root = _without_branch(root)
    folded = fold(root)
    if not root or folded.replace(" ", "") in home_names() | PLACES or _is_channel(folded):
        return i, "", 0.0
    if _SITE_NAME.search(folded):
        return i, root, BREADCRUMB
    if root != whole:
        return i, root, HOME_NAMED
    return (i, root, UNSURE_SCORES) if len(parts) > 1 else (i, "", 0.0)


def _without_branch(name: str) -> str:
    """Return a site's name without the channel or town behind it."""
    match = _OF_CHANNEL.fullmatch(fold(name))
    branch = match is not None and (match["rest"][-1] == "站" or _is_channel(match["rest"]))
    return name[: match.end("site")] if match and branch else name


def _home_link(page: Evidence) -> Iterator[Claim]:
    """Yield what the menu calls its link to the site's first page."""
    for i, block in enumerate(page.blocks) if "首" in page.draft.source.text else ():
        link = _HOME_LINK.search(block.folded) if "首页" in block.folded and not page.in_body(i) else None
        # Below the text other sites are linked by their names, too.
        if link is not None and (i < page.lead or link["back"]):
            yield page.candidate(i, "site", block.text[slice(*link.span("name"))], f"{RULE}.home", HOME_LINK)
            return


def _title_suffix(page: Evidence, root: str) -> Iterator[Claim]:
    """Yield the last piece of the title that names a site, no channel; rather what the breadcrumb begins with."""
    first = page.line(0, MAX_TITLE)[0] if page.blocks[0].units <= MAX_TITLE else ""
    headline = page.headline.key if page.headline else None
    parts = list(site_parts(first, headline))
    found = [(_without_channel(name, root), head) for name, head in parts if not _is_channel(fold(name))]
    named = [part for part in found if _SITE_NAME.search(fold(part[0])) and "." not in part[0]]
    as_root = [part for part in found if part[0] == root]
    last = [part for part in found if part in parts[:1]]
    for name, head in (*named, *as_root, *last)[:1]:
        own = key(fold(head))
        known = own in page.known or (headline and (own.startswith(headline) or own.endswith(headline)))
        if known or (named and _is_heading(head)):
            yield page.candidate(0, "site", name, f"{RULE}.title_suffix", SUFFIX if known else UNKNOWN_HEAD)


def _beside_headline(page: Evidence) -> Iterator[Claim]:
    """Yield what stands before the headline in the first line, or behind it and is long, if the page repeats it."""
    first = page.line(0, MAX_TITLE)[0] if page.blocks[0].units <= MAX_TITLE else ""
    wanted = page.headline.key if page.headline and page.headline.first else ""
    if not wanted or not key(fold(first)).startswith(wanted) ^ key(fold(first)).endswith(wanted):
        return
    for joint in _BESIDE.finditer(first):
        before, after = first[: joint.start()], first[joint.end() :]
        name = after if key_of(before) == wanted else before if key_of(after) == wanted else ""
        name = _BESIDE.split(name, maxsplit=1)[0] if name is before and " " in joint[0] else name
        if name and units(name) <= MAX_REPEATED_NAME and not _is_channel(fold(name)) and _stands_elsewhere(page, name):
            yield page.candidate(0, "site", name, f"{RULE}.beside_headline", UNKNOWN_HEAD)
            return


def _stands_elsewhere(page: Evidence, name: str) -> bool:
    """Tell whether the name of a site stands in a copyright line, in the page's foot, in its address or its header."""
    own = key(fold(name))
    host = address(page.draft.source.address)[0].replace("-", "")
    if own.isascii() and any(own in part for part in host.split(".")[:-1]):
        return len(own) > MIN_HOST_LETTERS or own in host.split(".")
    if len(own) < 2 or (" " not in name.strip() and not is_cjk(name[0])):
        return False  # a section's name is one word, and stands all over the page
    foot = own in page.keys[max(page.last + 1, len(page.blocks) - FOOT_LINES) :]
    lines = page.labelled(Label.COPYRIGHT, Label.LICENCE)
    heads = (i for i in range(1, page.lead) if page.blocks[i].kind == "heading" and not page.is_headline(i))
    named = " " in name and any(own == page.keys[i] for i in heads)
    return named or foot or any(own in page.keys[i] for i in (*lines, *page.sites))


def _line_of_site(page: Evidence) -> Iterator[Claim]:
    """Yield the line above the text that leads to the first page or stands in an element called after the site."""
    for i in page.sites:
        name = page.blocks[i].text
        own, first, headline = page.keys[i], page.keys[0], page.headline
        beside = i > 0 and headline is not None and headline.key in first and own in first and own != headline.key
        plain = own and not page.is_headline(i) and not _is_channel(page.blocks[i].folded)
        if beside and plain and _stands_elsewhere(page, name):
            yield page.candidate(i, "site", name, f"{RULE}.header", HOME_NAMED)
            return


def _is_heading(head: str) -> bool:
    """Tell whether what stands before a site's name may be a headline and no row of links."""
    pieces = _NAME_BARS.split(head)
    return len(pieces) == 1 or max(map(units, pieces)) >= MIN_HEAD


def _without_channel(name: str, root: str) -> str:
    """Return a site's name without that of its channel: ``网易新闻`` under ``网易``, ``X报 即时新闻``."""
    before, _, after = name.rpartition(" ")
    if root and name.startswith(root) and _is_channel(fold(name[len(root) :])):
        return root
    return before if before and _SITE_NAME.search(fold(before)) and _is_channel(fold(after)) else name


def _is_channel(folded: str) -> bool:
    return CHANNELS.fullmatch(folded) is not None or (folded.endswith("频道") and len(folded) <= MAX_CHANNEL)


def _is_company(name: str) -> bool:
    return _COMPANY.search(fold(name)) is not None


def _copyright(page: Evidence) -> Iterator[Claim]:
    """Yield the owner named in a copyright line; agreeing lines come once."""
    for i, name in copyright_owners(page):
        if not _is_company(name):  # readers hardly know the firm that owns the site
            yield page.candidate(i, "site", name, f"{RULE}.copyright", COPYRIGHT)
