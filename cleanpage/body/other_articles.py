"""Other articles behind the page's own: of pages that load the next one, of boxes with the beginnings of several.

They read as the page's own does, so that the forests keep them. What tells them is what they are about: the headline
names the page's article, and the stretches of text that hold its words share words with one another. A stretch that
holds next to none of these words, apart from the others, is about something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, pairwise

from cleanpage.body.element_tree import NO_ELEMENT
from cleanpage.body.lines import BodyLines
from cleanpage.text import ends_sentence
from cleanpage.text.lazy_regex import lazy

FAR_APART = 8
"""Lines that are not kept, from which on they part two stretches."""
ABOVE = 8
"""Lines above the text that may be its headline."""
LEAST_WORDS = 3
"""Fewest words of a headline that names something."""
ABOUT, OTHER = 0.4, 0.34
"""Share of the headline's words from which on a stretch is about it, and up to which it may be about something else."""
MOST_SHARED = 0.08
"""Most words of a stretch about something else, as a share, that the headline or the stretches about it hold."""
LEAST_STRETCH = 40.0
"""Its least length, in ideograms: of few words none may be shared by chance."""
LEAST_OWN, LEAST_UNSURE = 0.12, 0.175
"""Least text about the headline, as a share of that about something else: some headlines name nothing. The second, if
the headline is only guessed: what stands first may be a teaser."""
LONGEST_HEADLINE, HEADLINES = 45.0, 0.25
"""Longest headline, in ideograms; least share of lines that may be some in a box with the beginnings of articles."""
STEM = 6
"""Letters of a word that count: endings change."""

_WORD = lazy(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{4,}")
_NUMBERED = lazy(r"#?\d{1,3}(?:[.):、．]|\s?[-–]\s)")
_IDEOGRAMS = lazy(r"[\u3400-\u9fff]{2,}")


def without_other_articles(page: BodyLines, kept: list[bool]) -> list[bool]:
    """Return the lines of the body without the stretches that are about something else than the headline.

    Measured on held-out sites, text of html_text: waddle-el +.037, waddle-ru +.007, waddle-pl +.006, waddle-zh +.004,
    Chinese articles of magic-dev +.05 (two of 29), wcxb-dev articles .000; of resiliparse, which prints no title tag:
    waddle-el +.046, waddle-ru +.007, waddle-pl +.004, waddle-zh -.002; HTML: waddle-ru +.002, Chinese articles of
    magic-dev +.026 (one of 29), cleaneval -.001.
    """
    stretches = _stretches(kept)
    if len(stretches) < 2:
        return kept
    sizes = [sum(page.lines[i].units for i in stretch) for stretch in stretches]
    longest = stretches[sizes.index(max(sizes))]
    named = _named(page, stretches[0]) or _named(page, longest)
    if len(named) < LEAST_WORDS:
        return kept
    words = [set(_words(page.lines[i].folded for i in stretch)) for stretch in stretches]
    shares = [len(named & own) / len(named) for own in words]
    about = [share >= ABOUT for share in shares]
    known = named.union(*compress(words, about))
    homes = _elements_of(page, chain.from_iterable(compress(stretches, about)))
    other = [
        share <= OTHER and size >= LEAST_STRETCH and len(own & known) <= MOST_SHARED * len(own)
        for share, size, own in zip(shares, sizes, words, strict=True)
    ]
    for at, stretch in enumerate(stretches):
        other[at] = (
            other[at]
            and not _is_item(page, stretch[0])
            and homes.isdisjoint(_elements_of(page, stretch))
            and (page.headline is not None or _shows_headlines(page, stretch))
        )
    least = LEAST_UNSURE if page.headline is None else LEAST_OWN
    if sum(compress(sizes, about)) <= least * sum(compress(sizes, other)):
        return kept
    gone = {i for stretch in compress(stretches, other) for i in stretch}
    return [keep and i not in gone for i, keep in enumerate(kept)]


def _elements_of(page: BodyLines, places: Iterable[int]) -> set[int]:
    """Return the elements that some lines stand right in; none for text."""
    return set() if page.elements is None else {page.elements.outer[i] for i in places} - {NO_ELEMENT}


def _is_item(page: BodyLines, at: int) -> bool:
    """Tell whether a stretch that begins at a line is one of a numbered list, whose headline may name none of it."""
    return any(_NUMBERED.match(line.text) for line in page.lines[max(0, at - 1) : at + 1])


def _shows_headlines(page: BodyLines, stretch: Sequence[int]) -> bool:
    """Tell whether lines of headlines stand in a stretch, as in a box with the beginnings of several articles."""
    lines = page.lines[stretch[0] : stretch[-1] + 1]
    headlines = sum(1 for line in lines if line.units < LONGEST_HEADLINE and not ends_sentence(line.text))
    return headlines >= HEADLINES * len(lines)


def _named(page: BodyLines, stretch: Sequence[int]) -> set[str]:
    """Return the words of the headline; of text without one, those of its first line or of one at a stretch's head.

    A flattened page begins with its title tag, or what stands above the text, or opens it, is its headline if the text
    is about it.
    """
    if page.headline is not None or page.doms:
        return set() if page.headline is None else set(_words([page.lines[page.headline].folded]))
    opening = page.lines[stretch[0]].text
    first = stretch[0] - (1 if ends_sentence(opening) else 0)
    own = set(_words(page.lines[i].folded for i in stretch if i != first))
    for i in (0, *range(first, max(0, stretch[0] - ABOVE), -1)):
        named = set(_words([page.lines[i].folded]))
        if len(named) >= LEAST_WORDS and len(named & own) >= ABOUT * len(named):
            return named
    return set()


def _stretches(kept: Sequence[bool]) -> list[list[int]]:
    """Return the kept lines, those together that fewer than ``FAR_APART`` others part."""
    places = [*compress(range(len(kept)), kept)]
    cuts = [at for at, (one, other) in enumerate(pairwise(places), 1) if other - one > FAR_APART]
    return [places[start:end] for start, end in pairwise([0, *cuts, len(places)])]


def _words(lines: Iterable[str]) -> Iterator[str]:
    """Yield the beginnings of the words of some folded lines, and their pairs of ideograms."""
    for line in lines:
        yield from (word[:STEM] for word in _WORD.findall(line))
        for run in _IDEOGRAMS.findall(line):
            yield from map("".join, pairwise(run))
