"""Makes more labelled pages out of the labelled pages: other flattenings, bodies in foreign chrome, notices, and so on.

Every way is a pure function of ``(pages, seed)`` that returns at most one sample a page: another seed gives others.
Pages that lack a label, or where the body cannot be found for certain, give none. Load the pages with ``html=True``
for all flattenings and for headlines that only the HTML names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import inf
from random import Random

from bench.data import FLATTENINGS, Page
from bench.disturb import (
    at_columns,
    at_commas,
    at_words,
    copy,
    drop_title,
    glue,
    insert,
    near_end,
    near_start,
    paragraphs,
    sentences,
)
from bench.flatten import ONE_LINE, PINNED
from bench.score import SHINGLE, lines_apart, score, shingles, tokens
from cleanpage.text import ends_sentence, units
from training.locate import Located, headline, locate, passage, title_pattern

HELD = 0.9
"""A flattening that lacks more of the body's shingles than a tenth is of no use as a sample."""
NEWS = ("article", "gov")
"""Kinds whose body and chrome may change places."""
HOSTS = 4
"""Pages whose chrome is tried for one body."""
LONG_LINE, MUCH_PROSE = 40, 400
"""Ideograms: with so much prose in lines so long, chrome might outweigh a notice; half of the pages have none."""
OTHER_SHARE = 0.35
"""How often a page is taken in a flattening that its set does not come with."""

_KANA_HANGUL = re.compile(r"[\u3041-\u30ff\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Sample:
    """One made page and its label."""

    raw: str = field(repr=False)
    body: str
    title: str | None
    """None where the page shows no headline that is known."""
    body_has_title: bool
    """Whether the label begins with the title, as ``Page.body_has_title`` tells of its set."""
    lang: str
    kind: str
    site: str
    """Site of the page that the body is from."""
    sites: tuple[str, ...]
    """Every site that took part, so that a fold can hold them out."""
    made: str
    """Name of the way, and of the flattening: ``shortened/bs4``."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A body that is to be put into chrome."""

    page: Page
    """Where it is from."""
    text: str
    """As it stands in the flattened page."""
    label: str


Way = Callable[[Sequence[Page], int], list[Sample]]


def flattened(pages: Sequence[Page], seed: int) -> list[Sample]:
    """Return each page in one of the flattenings that its set does not come with."""
    samples = []
    for page, rng in _each(pages, seed, "flattened"):
        way = rng.choice(sorted(PINNED))
        if page.html:
            raw = PINNED[way](page.html)
            if score(raw, page.body or "").recall >= HELD:
                samples.append(_sample(page, raw, f"flattened/{way}"))
    return samples


def recombined(pages: Sequence[Page], seed: int) -> list[Sample]:
    """Return each page's body in the chrome of another page of its language, and its title for that page's."""
    samples = []
    for page, rng in _each(hosts := news(pages), seed, "recombined"):
        way = any_flattening(page, rng)
        if found := find_body(page, way):
            samples += in_other_chrome(whole(page, found), hosts, way, rng)
    return samples


def untitled(pages: Sequence[Page], seed: int) -> list[Sample]:
    """Return each page without the lines of its headline and of its title tag."""
    samples = []
    for page, rng in _each(pages, seed, "untitled"):
        title, way = headline(page), any_flattening(page, rng, one_line=False)
        found = find_body(page, way) if title else None
        if found and title:
            before, after = (drop_title(side, title) for side in (found.before, found.after))
            if not title_pattern(title).search(before):
                raw = before + found.body + after
                samples.append(_relabelled(_sample(page, raw, f"untitled/{way}"), whole(page, found).label, None))
    return samples


def shortened(pages: Sequence[Page], seed: int) -> list[Sample]:
    """Return each page with its body cut to one to three sentences, or to its first few paragraphs."""
    samples = []
    for page, rng in _each(pages, seed, "shortened"):
        way = any_flattening(page, rng)
        found = find_body(page, way)
        guest = shorten(page, found, rng, notice=rng.random() < 0.6) if found else None
        if guest and (sample := in_chrome(guest, page, way, "shortened")):
            samples.append(sample)
    return samples


def glued(pages: Sequence[Page], seed: int) -> list[Sample]:
    """Return each page with lines joined: some neighbours, all paragraphs of the body, or all lines but a few."""
    samples = []
    for page, rng in _each(pages, seed, "glued"):
        way = any_flattening(page, rng, one_line=False)
        if found := find_body(page, way):
            joint = "" if page.lang == "zh" and rng.random() < 0.6 else " "
            share = rng.choice((0.1, 0.4, 0.97, 1.0))
            if rng.random() < 0.4:
                raw = found.before + glue(found.body, joint, share, rng) + found.after
            else:
                raw = glue(flattening(page, way), joint, share, rng)
            samples.append(_sample(page, raw, f"glued/{way}"))
    return samples


def split(pages: Sequence[Page], seed: int) -> list[Sample]:
    """Return each page with lines broken: at commas, round digits and foreign words, or at a column."""
    samples = []
    for page, rng in _each(pages, seed, "split"):
        way = any_flattening(page, rng)
        if find_body(page, way):
            share, breaker = rng.choice((0.1, 0.5, 1.0)), rng.choice((at_commas, at_words, at_columns))
            lines = flattening(page, way).splitlines()
            raw = "\n".join(breaker(line, rng) if rng.random() < share else line for line in lines)
            samples.append(_sample(page, raw, f"split/{way}"))
    return samples


def copied(pages: Sequence[Page], seed: int) -> list[Sample]:
    """Return each page with its body, or the beginning of it, a second time among the chrome; the label has it once."""
    samples = []
    for page, rng in _each(pages, seed, "copied"):
        way = any_flattening(page, rng, one_line=False)
        if found := find_body(page, way):
            second, sides = copy(found.body, rng), [found.before, found.after]
            side = rng.randrange(2)
            sides[side] = insert(sides[side], second, rng)
            samples.append(_sample(page, found.body.join(sides), f"copied/{way}"))
    return samples


def trimmed(pages: Sequence[Page], seed: int) -> list[Sample]:
    """Return each page with only a few lines of its chrome, half of them with a shortened body: copied by hand, AMP."""
    samples = []
    for page, rng in _each(pages, seed, "trimmed"):
        way = any_flattening(page, rng, one_line=False)
        found = find_body(page, way)
        short = shorten(page, found, rng, notice=rng.random() < 0.5) if found and rng.random() < 0.5 else None
        if found and (guest := short or whole(page, found)):
            raw = near_end(found.before, rng) + guest.text + near_start(found.after, rng)
            samples.append(_relabelled(_sample(page, raw, f"trimmed/{way}"), guest.label, None))
    return samples


_ALL = (flattened, recombined, untitled, shortened, glued, split, copied, trimmed)
WAYS: dict[str, Way] = {way.__name__: way for way in _ALL}


def news(pages: Iterable[Page]) -> list[Page]:
    """Return the pages whose body and chrome may change places; Japanese pages of a Chinese set may not."""
    fit = [page for page in pages if page.kind in NEWS and page.body]
    return [page for page in fit if len(_KANA_HANGUL.findall(page.body or "")) <= 0.05 * len(page.body or "")]


def in_other_chrome(guest: Guest, hosts: Sequence[Page], way: str, rng: Random) -> list[Sample]:
    """Return the guest in the chrome of a page of another site, or nothing if a few tries find no safe one."""
    page = guest.page
    others = [host for host in hosts if host.lang == page.lang and host.site != page.site]
    for host in rng.sample(others, min(HOSTS, len(others))):
        if sample := in_chrome(guest, host, way, "recombined"):
            return [sample]
    return []


def in_chrome(guest: Guest, host: Page, way: str, made: str) -> Sample | None:
    """Return the guest where the body of ``host`` stood, its headline where that page's stood; None if not safe."""
    home, old, new = find_body(host, way), headline(host), headline(guest.page)
    if home is None or home.leaks or prose(host) > max(MUCH_PROSE, units(guest.label)):
        return None
    sides = [home.before, home.after]
    if host is not guest.page:
        if old is None:
            return None
        sides = [title_pattern(old).sub(lambda _: new or "", side) for side in sides]
    title = new if new and any(title_pattern(new).search(side) for side in sides) else None
    sample = _relabelled(_sample(guest.page, guest.text.join(sides), f"{made}/{way}"), guest.label, title)
    return replace(sample, sites=tuple(dict.fromkeys((guest.page.site, host.site))))


def prose(page: Page) -> float:
    """Return how many ideograms of long sentences stand beside the body: comments, or a second article."""
    found = find_body(page, "html_text")
    if found is None:
        return inf
    lines = (line.strip() for line in (found.before + "\n" + found.after).splitlines())
    return sum(units(line) for line in lines if units(line) >= LONG_LINE and ends_sentence(line))


def whole(page: Page, found: Located) -> Guest:
    """Return the found body with its label, less the title at its head and lines that it lacks: bylines mostly."""
    label, title = page.body or "", headline(page)
    match = title_pattern(title).match(label) if title else None
    label = label[match.end() :].lstrip() if match else label
    absent = {line for line in lines_apart(label, shingles(found.body)) if len(tokens(line)) >= SHINGLE}
    return Guest(page, found.body, "\n".join(line for line in label.splitlines() if line.strip() not in absent))


def shorten(page: Page, found: Located, rng: Random, *, notice: bool) -> Guest | None:
    """Return the body cut to a ``notice`` of one to three sentences or, if not, to a few paragraphs."""
    label = whole(page, found).label
    part = sentences(label, rng) if notice else paragraphs(label, rng)
    shown = passage(found, part) if part else None
    return Guest(page, shown, part) if part and shown else None


def _each(pages: Iterable[Page], seed: int, way: str) -> Iterator[tuple[Page, Random]]:
    """Yield the labelled pages, each with dice of its own: leaving a page out changes no other page's dice."""
    for page in pages:
        if page.body:
            yield page, Random(f"{way} {seed} {page.set} {page.id}")


def _sample(page: Page, raw: str, made: str) -> Sample:
    site = page.site
    return Sample(raw, page.body or "", headline(page), page.body_has_title, page.lang, page.kind, site, (site,), made)


def _relabelled(sample: Sample, label: str, title: str | None) -> Sample:
    return replace(sample, body=label, title=title, body_has_title=False)


def any_flattening(page: Page, rng: Random, *, one_line: bool = True) -> str:
    """Return the name of a flattening, of the page's set or another; ``one_line`` allows those without lines."""
    more = sorted(name for name in PINNED if one_line or name not in ONE_LINE)
    return rng.choice(more if page.html and rng.random() < OTHER_SHARE else FLATTENINGS)


def flattening(page: Page, way: str) -> str:
    """Return ``page`` as flattened in the way of that name."""
    return page.texts[way] if way in page.texts else PINNED[way](page.html)


def find_body(page: Page, way: str) -> Located | None:
    """Return where the body stands in a flattening, its headline apart; None where that is not certain."""
    if not page.body or (way not in page.texts and not page.html):
        return None
    return _find(flattening(page, way), page.body, headline(page) or "")


@lru_cache(maxsize=4096)
def _find(text: str, body: str, title: str) -> Located | None:
    return locate(text, body, title)
