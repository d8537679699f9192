"""What the pages of one site share: its furniture, learned from a sample of its pages.

A template is the sample itself: of each page its lines, of the site the pages with the lowest digests. So templates of
any parts of a site's pages, merged in any order, are the template of all of them; a page counts once however often it
comes; and a site of a million pages takes no more memory than one of a hundred.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from statistics import median
from typing import NamedTuple

from cleanpage.config import Config
from cleanpage.draft import TextBlock
from cleanpage.errors import CleanpageError
from cleanpage.fields.shared.suffix import heads
from cleanpage.pipeline import load
from cleanpage.text import fold, normalise, units
from cleanpage.text.lazy_regex import lazy

TEMPLATE_FORMAT = 2  # of a template as JSON
SAMPLED_PAGES = 64
"""Pages that are kept of a site."""
MOST_TEMPLATE_LINES = 1200
"""Lines that are kept of a page: half of them from its beginning, half from its end."""
LONGEST_LINE = 80
"""A longer line is kept as its beginning and a digest."""
LEAST_PAGES, LEAST_SHARE = 3, 0.1
"""Furniture stands on so many pages, and on this share of the sample ..."""
OWN_PROSE = 60
"""... that tell something else besides: so many ideograms of running text which most of the others do not hold. What
stands on pages that tell nothing else is a story that the site ran several times."""
LEAST_TITLES = 0.3
"""What such a share of the titles of a sample end with is the ending of the site, or of one of its channels ..."""
LONGEST_SITE_TITLE = 120.0
"""... where titles are no longer than this, in ideograms."""
_DIGITS = lazy(r"\d+")


class Line(NamedTuple):
    """One line of a page."""

    key: str
    """Its text for comparison: folded, numbers as 0, the rest of a long line as a digest."""
    prose: int
    """Its length in ideograms if it is running text, else 0."""


class TemplatePage(NamedTuple):
    """What is kept of one page."""

    digest: str
    """64 bits of its lines, as hex."""
    lines: tuple[Line, ...]
    title: str = ""
    """What may be its title with the site's suffix, folded: that of the HTML head, or the first line of a text."""


class SiteTemplate:
    """What the pages of one site share. A value: equal for the same pages in any order and any grouping."""

    def __init__(self, pages: Iterable[TemplatePage] = ()) -> None:
        """Keep the sample of some pages as ``template_page`` gives them."""
        kept = {page.digest: page for page in sorted(pages, key=lambda page: page.title) if page.lines}
        self._pages = tuple(kept[digest] for digest in sorted(kept)[:SAMPLED_PAGES])

    @classmethod
    def learn(cls, pages: Iterable[str | bytes]) -> SiteTemplate:
        """Return the template of a site's pages, raw text or HTML, read one by one; five are enough to begin with.

        Raw text and HTML of one site give different lines: learn from what is to be cleaned.
        """
        template = cls()
        batch: list[TemplatePage] = []
        for raw in pages:
            batch.append(template_page(raw))
            if len(batch) == SAMPLED_PAGES:
                template, batch = template.merge(cls(batch)), []
        return template.merge(cls(batch))

    def merge(self, *others: SiteTemplate) -> SiteTemplate:
        """Return the template of all the pages that these have learned from: associative and commutative."""
        return SiteTemplate(page for template in (self, *others) for page in template._pages)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SiteTemplate) and self._pages == other._pages

    def __hash__(self) -> int:
        return hash(tuple(page.digest for page in self._pages))

    def __len__(self) -> int:
        """Return the number of pages in the sample."""
        return len(self._pages)

    def __repr__(self) -> str:
        return f"SiteTemplate({len(self)} pages, {len(self.furniture)} lines of furniture)"

    @cached_property
    def furniture(self) -> Mapping[str, int]:
        """For each line that is furniture, as it is compared, the number of sampled pages that hold it."""
        holders: dict[str, list[int]] = defaultdict(list)
        for n, page in enumerate(self._pages):
            for key in dict.fromkeys(line.key for line in page.lines):
                holders[key].append(n)
        groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for key, found in holders.items():
            if len(found) >= max(LEAST_PAGES, LEAST_SHARE * len(self)):
                groups[tuple(found)].append(key)
        found_keys = [
            (key, len(group))
            for group, keys in groups.items()
            if median(self._own_prose(group, holders)) >= OWN_PROSE
            for key in keys
        ]
        return dict(sorted(found_keys, key=lambda pair: (-pair[1], pair[0])))

    def _own_prose(self, group: Sequence[int], holders: Mapping[str, Collection[int]]) -> list[int]:
        """Return for each of some pages how much running text it has that most of the others do not hold."""
        members = set(group)
        return [
            sum(line.prose for line in self._pages[n].lines if line.prose and _is_own(holders[line.key], members))
            for n in group
        ]

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """What titles of the site end with (``_河湾新闻网``, `` - BBC News``), folded, the longest first."""
        titles = {page.title for page in self._pages}
        counts = Counter(title[len(head) :] for title in titles for head in heads(title))
        found = (end for end, times in counts.items() if times >= max(LEAST_PAGES, LEAST_TITLES * len(titles)))
        return tuple(sorted(found, key=lambda end: (-len(end), end)))

    @cached_property
    def _holders(self) -> Mapping[str, int]:
        return Counter(key for page in self._pages for key in {line.key for line in page.lines})

    def times_elsewhere(self, blocks: Sequence[TextBlock]) -> list[int]:
        """Return for each block of a page the number of other sampled pages that hold it."""
        lines = _lines(blocks)
        digest = _digest(lines)
        mine = {line.key for line in lines} if any(page.digest == digest for page in self._pages) else set()
        keys = [_template_key(block.folded) for block in blocks]
        return [self._holders.get(key, 0) - (key in mine) for key in keys]

    def share_of(self, block: TextBlock) -> float:
        """Return the share of the sampled pages that hold a block as furniture; 0 if it is none."""
        return self.furniture.get(_template_key(block.folded), 0) / max(1, len(self))

    def to_json(self) -> str:
        """Return the template as JSON."""
        pages = [[page.digest, [list(line) for line in page.lines], page.title] for page in self._pages]
        return json.dumps({"format": TEMPLATE_FORMAT, "pages": pages}, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> SiteTemplate:
        """Return the template that ``to_json`` described; raise CleanpageError for anything else."""
        try:
            data = json.loads(text)
            if data["format"] != TEMPLATE_FORMAT:
                raise CleanpageError(
                    f"the template has format {data['format']!r}, not {TEMPLATE_FORMAT}: learn it again"
                )
            return cls(
                TemplatePage(str(digest), tuple(Line(str(key), int(prose)) for key, prose in lines), str(title))
                for digest, lines, title in data["pages"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CleanpageError(f"this is no template as to_json writes it: {error!r}") from None


def template_page(raw: str | bytes) -> TemplatePage:
    """Return what a template keeps of a page."""
    draft = load(raw, Config())
    lines = _lines(draft.blocks)
    titles = [draft.source.meta.get("title", ""), *(block.folded for block in draft.blocks if block.text)]
    title = fold(normalise(next(filter(None, titles), "")))
    return TemplatePage(_digest(lines), lines, title if units(title) <= LONGEST_SITE_TITLE else "")


def _lines(blocks: Iterable[TextBlock]) -> tuple[Line, ...]:
    blocks = [block for block in blocks if block.text]
    if len(blocks) > MOST_TEMPLATE_LINES:
        blocks = [*blocks[: MOST_TEMPLATE_LINES // 2], *blocks[-MOST_TEMPLATE_LINES // 2 :]]
    return tuple(Line(_template_key(block.folded), round(block.units) if block.is_prose else 0) for block in blocks)


def _digest(lines: Iterable[Line]) -> str:
    return blake2b("\n".join(line.key for line in lines).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _template_key(folded: str) -> str:
    key = _DIGITS.sub("0", folded)
    if len(key) <= LONGEST_LINE:
        return key
    return f"{key[: LONGEST_LINE // 2]}…{blake2b(key.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def _is_own(holders: Collection[int], members: Collection[int]) -> bool:
    """Tell whether at most one in ``members``, or less than half of them, is among the holders."""
    return 2 * sum(n in members for n in holders) < max(3, len(members))
