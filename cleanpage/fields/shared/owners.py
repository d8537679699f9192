"""Who owns the site, as its copyright lines say: ``© 2021 The Brook Courier``, ``清河网版权所有``."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import Evidence
from cleanpage.labels import Label
from cleanpage.text import is_cjk, units
from cleanpage.text.lazy_regex import lazy

MAX_UNITS = 15.0
"""Longest name of an owner in ideograms (45 letters)."""
_OWNER = (
    lazy(r"本(?:网站|网|站)(?:由|归) ?(?P<name>[^\s,。:]{2,20}?) ?(?:版权)?所有"),
    lazy(r"(?P<name>[^\s,。:()|©]{2,20}?) ?(?:网站)?版权所有"),
    lazy(r"版权所有 ?[:©]? ?(?P<name>[^\s,。:()|©\d]{3,20})(?=$|[\s,。|(])"),
    lazy(
        r"(?:copyright|©|\(c\)) ?(?:©|\(c\))? ?(?:\d{4}(?: ?- ?\d{4})?)?[ ,]*(?:by )?"
        r"(?P<name>[^\d|.©,;()][^|.©;()]{1,40}?)"
        r"(?=$|[.,|;] |\.$| all rights| - |, inc| \d{4}| tous droits| alle rechte)"
    ),
)
_NO_OWNER = lazy(
    r"rights|必究|不得|禁止|未经|copyright|reserved|版权|声明|转载|网站$|^本[网站]"
    r"|^(?:有限)?公司$|请|点此|联系|频道$|powered by"
    r"|design|создание сайт|\d:\d\d|\b\d{1,2}[. ]\S{3,14} (?:19|20)\d\d$"
)
_LICENCE_NUMBERS = lazy(r"\W?[^\W\d_]?icp.*|b\d-.*|~?\d{4}.*")
"""Licence numbers and years that stand behind the owner's name."""


def copyright_owners(page: Evidence) -> Iterator[tuple[int, str]]:
    """Yield block and owner of each copyright line, in order."""
    for i in page.labelled(Label.COPYRIGHT, Label.LICENCE, Label.SITE_BAR):
        block = page.blocks[i]
        if page.in_body(i):
            continue
        for pattern in _OWNER if "所有" in block.folded else _OWNER[-1:]:
            match = pattern.search(block.folded)
            if match is None or _NO_OWNER.search(match["name"]):
                continue
            owner = _LICENCE_NUMBERS.sub("", match["name"])
            name = block.text[match.start("name") : match.start("name") + len(owner)].strip(" -·|:：~")
            if " " in name and any(map(is_cjk, name)):
                name = name.partition(" ")[0]  # the footer goes on behind the owner
            if len(name) >= 2 and units(name) <= MAX_UNITS:
                yield i, name
                break
