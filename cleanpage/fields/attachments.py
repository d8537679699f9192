"""The attachments that a notice names (``附件：1.报名表 2.名额分配表``); their lines stay in the body."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.shared.evidence import Claim, Evidence, unique
from cleanpage.text.lazy_regex import lazy

RULE = "attachments"
MAX_UNITS = 80.0  # ideograms of the longest line that names one
_LABEL = lazy(r"^(?:附 ?件|附|attachments?|anlagen?|pièces? jointes?|załączniki?) ?(?:\d{1,2})? ?[:.、] ?(?=\S)")
_FIRST = frozenset("附apz")
"""First letters of the labels."""
_LABEL_ALONE = lazy(r"^(?:附 ?件|附) ?:?$")
_ITEM = lazy(r"(?:^|(?<=[\s;:]))(?:附件)?\d{1,2} ?[.、] ?(?!\d)")
_ENDINGS = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".zip", ".rar", ".wps", ".ofd")
_ATTACHED_FILE = lazy(r"[^/:?*]{1,80}\.[a-z]{3,4}")


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield the names of the attachments, in order."""
    for i, name in _named(page):
        yield page.candidate(i, "attachments", name, RULE, 1.0)


def _named(page: Evidence) -> Iterator[tuple[int, str]]:
    seen: set[str] = set()
    listing = False
    for i in range(max(0, page.first), min(len(page.blocks), page.last + 8)):
        block = page.blocks[i]
        if not listing and block.folded[:1] not in _FIRST and not block.folded.endswith(_ENDINGS):
            continue
        label = _LABEL.match(block.folded)
        listed = listing and _ITEM.match(block.folded) is not None
        listing = bool(label or listed or _LABEL_ALONE.match(block.folded))
        if block.units > MAX_UNITS or not (label or listed or _is_file(block.folded)):
            continue
        for name in _numbered_items(block.text, block.folded, label.end() if label else 0):
            if name not in seen:
                seen.add(name)
                yield i, name


def _is_file(folded: str) -> bool:
    return folded.endswith(_ENDINGS) and _ATTACHED_FILE.fullmatch(folded) is not None


def _numbered_items(text: str, folded: str, start: int) -> list[str]:
    """Cut a line at its numbers."""
    starts = [match.span() for match in _ITEM.finditer(folded, start)] or [(start, start)]
    ends = [begin for begin, _ in starts[1:]] + [len(text)]
    return unique(text[begin:end].strip(" ;；。,，") for (_, begin), end in zip(starts, ends, strict=True))
