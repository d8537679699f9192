"""The rows that the body stage is learned from: labelled and made pages, run up to the body stage, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from multiprocessing import get_context
from random import Random

import numpy as np

from bench.align import matched
from bench.data import FLATTENINGS, FOLDS, Page, load_pages, without_title
from bench.flatten import PINNED, USUAL
from bench.score import score
from cleanpage import Config
from cleanpage.body.dom_features import DOM
from cleanpage.body.lines import BodyLines, lines_of
from cleanpage.body.stage import body, columns_of, without_asides
from cleanpage.body.text_features import NAMES, own_columns
from cleanpage.body.token_weights import SAID
from cleanpage.draft import Dom, drop_ignored
from cleanpage.pipeline import STAGES, load
from training.augment import NEWS, WAYS, Sample, news
from training.augment_html import lent_by, rebuilt, shortened

SETS = ("waddle-zh", "waddle-en", "waddle-ru", "waddle-el", "waddle-pl", "magic-dev", "wcxb-dev", "govcn")
OLD_SETS = ("gn1", "cleaneval")
"""English pages of 2006 to 2008: nothing is made of them, and they weigh ``OLD_WEIGHT``."""
MADE = {
    "zh": tuple(WAYS),
    "en": ("recombined", "shortened", "trimmed"),
    "other": ("recombined", "shortened", "untitled", "split", "copied", "trimmed"),
}
"""Ways of making more pages, most of them where labelled pages are few."""
ENGLISH_SHARE = 3
"""One in so many English pages is made into others."""
PLAIN_SHARE, PLAIN_TAGS = 3, ("p", "div")
"""One in so many pages is also made into the plainest HTML, in elements of one name."""
PROCESSES = 2
FOUND = 0.7
"""A page is learned from only if the lines that match its label reach this F1."""
PAGE_WEIGHT, LEAST_BODY, MOST_WEIGHT, BASE_WEIGHT = 50.0, 100.0, 6.0, 0.3
"""All lines of a body weigh about as much as those of any other body, so that a page's F1 counts, not its length."""
MADE_WEIGHT, TRIMMED_WEIGHT, OTHER_WEIGHT = 0.5, 1.0, {"text": 1.9, "html": 1.5}
"""What a made page weighs, one with little chrome, and a page that is no article: these are few, in many forms. As text
there are more made pages, none of their kinds: wcxb-dev's lose .011 on two folds with 1.7."""
OLD_WEIGHT = 0.5
LABELLED, CUT, REBUILT = "labelled", "cut", "rebuilt"
MASKED, WORDLESS = "masked", "wordless"
"""Pages that are learned from once more: as if in a language without rules (no rule has named the lines, and no word is
known), or in one that has rules, but of which no word is known."""
MASKED_SHARE = 2
"""One in so many labelled pages is also learned from ``MASKED``; of those that were rebuilt so many, the others are
learned from ``WORDLESS``."""
CUT_FORMS = 2
"""A page that is cut in the tree is flattened in so many ways, which together weigh what any made page does."""
LENDERS = 6
"""Pages whose words a rebuilt page may borrow."""
FIRST_COLUMNS = {"text": (*NAMES, *SAID), "html": (*NAMES, *DOM)}
"""Columns of the first forest for each kind of source; what tokens say is 0 until it is learned."""


@dataclass(frozen=True, slots=True)
class Task:
    """One page in one form."""

    raw: str
    body: str
    kind: str
    site: str
    fold: int
    made: str
    """``labelled`` or the way it was made."""
    source: str = "text"
    """Or ``html``."""
    is_old: bool = False
    """Whether it is of ``OLD_SETS``."""
    twin: str = ""
    """As what it is also learned from: ``MASKED``, ``WORDLESS`` or nothing."""

    @property
    def weight(self) -> float:
        """What the page weighs in learning."""
        if self.is_old:
            return OLD_WEIGHT
        if self.made == LABELLED:
            return 1.0 if self.kind in NEWS else OTHER_WEIGHT[self.source]
        if self.made == CUT and self.source == "text":
            return MADE_WEIGHT / CUT_FORMS
        return TRIMMED_WEIGHT if self.made == "trimmed" else MADE_WEIGHT


@dataclass(slots=True)
class Rows:
    """The lines of one page that no rule has decided."""

    task: Task
    values: np.ndarray
    """A row of the first forest's columns for each line."""
    is_body: np.ndarray
    places: np.ndarray
    """Index of each line among all lines of the page."""
    units: np.ndarray
    """Length of every line of the page, decided ones included."""
    doms: list[Dom]
    """Where every line of the page stands in HTML; empty for text."""
    folded: list[str]
    """The text of every line, folded; empty if no word of the page is to be known."""

    def weights(self) -> np.ndarray:
        """Return what each line weighs in learning."""
        units = np.minimum(self.units[self.places], LEAST_BODY) + 4.0
        body = max(LEAST_BODY, float(units[self.is_body].sum()))
        return self.task.weight * (np.minimum(units / body * PAGE_WEIGHT, MOST_WEIGHT) + BASE_WEIGHT)


def html_tasks() -> Iterator[Task]:
    """Yield the labelled pages as HTML, news also cut short, and some ``trimmed`` pages as the plainest HTML.

    News that are rebuilt are left out: they keep more short lines of articles, and more prompts between paragraphs.
    """
    for at, page in enumerate(_labelled((*SETS, *OLD_SETS))):
        yield _task_of(page, page.html, "html", twin=_masked(at))
    pages = _labelled(SETS)
    yield from _cut(pages)
    for fold in range(FOLDS):
        own = [page for page in pages if page.fold == fold][::PLAIN_SHARE]
        for at, sample in enumerate(WAYS["trimmed"](own, fold)):
            task = _task(sample, fold)
            plain = plain_html(sample, PLAIN_TAGS[at % len(PLAIN_TAGS)])
            yield replace(task, raw=plain, source="html")


def _labelled(sets: Sequence[str]) -> list[Page]:
    return [page for name in sets for page in load_pages(name, html=True) if page.body is not None]


def _masked(at: int) -> str:
    return "" if at % MASKED_SHARE else MASKED


def _task_of(page: Page, raw: str, source: str, *, twin: str) -> Task:
    task = Task(raw, without_title(page), page.kind, page.site, page.fold, LABELLED, source)
    return replace(task, is_old=page.set in OLD_SETS, twin=twin)


def _cut(pages: Sequence[Page]) -> Iterator[Task]:
    """Yield pages of news as HTML with their bodies cut short."""
    for lang in MADE:
        for page in [page for page in news(pages) if _group(page) == lang][:: ENGLISH_SHARE if lang == "en" else 1]:
            if made := shortened(page.html, without_title(page), Random(page.id)):
                yield Task(*made, page.kind, page.site, page.fold, CUT, "html")


def _rebuilt(pages: Sequence[Page]) -> Iterator[Task]:
    """Yield pages of news as HTML with structure in their bodies; half of its words are those of pages of the fold."""
    for fold in range(FOLDS):
        for lang in MADE:
            own = [page for page in news(pages) if page.fold == fold and _group(page) == lang]
            for at, page in enumerate(own[:: ENGLISH_SHARE if lang == "en" else 1]):
                rng = Random(f"{REBUILT} {page.set} {page.id}")
                others = [other for other in own if other.site != page.site and other.lang == page.lang]
                words = lent_by(rng.sample(others, min(LENDERS, len(others))), page.lang)
                if made := rebuilt(page.html, without_title(page), words, rng):
                    yield Task(*made, page.kind, page.site, fold, REBUILT, "html", twin=_masked(at) or WORDLESS)


def plain_html(sample: Sample, tag: str) -> str:
    """Return a made page as HTML without classes: its headline as such, every other line in an element ``tag``."""
    title = sample.title or ""
    lines = [line.strip() for line in sample.raw.splitlines() if line.strip()]
    marked = [f"<h1>{escape(line)}</h1>" if line == title else f"<{tag}>{escape(line)}</{tag}>" for line in lines]
    head = f"<title>{escape(title)}</title>" if title else ""
    return "\n".join(["<!doctype html>", "<html>", f"<head>{head}</head>", "<body>", *marked, "</body>", "</html>"])


def tasks(ways: Sequence[str] | None = None) -> Iterator[Task]:
    """Yield the labelled pages, each in two of the four flattenings, and those made of them (only ``ways``).

    Those that were cut or rebuilt in the tree are flattened in two ways, one of the four and another.
    """
    for at, page in enumerate(_labelled((*SETS, *OLD_SETS))):
        for turn in (0, 2):
            way = FLATTENINGS[(at + turn) % len(FLATTENINGS)]
            yield _task_of(page, page.texts[way], "text", twin="" if turn else _masked(at))
    pages = _labelled(SETS)
    for name, made in ((CUT, _cut), (REBUILT, _rebuilt)):
        for task in made(pages) if ways is None or name in ways else ():
            rng = Random(task.raw)
            for flatteners in (USUAL, PINNED):
                yield replace(task, raw=flatteners[rng.choice(sorted(flatteners))](task.raw), source="text")
    for fold in range(FOLDS):  # what is made of a fold's pages stays in it, or held-out sites would be learned from
        for lang, names in MADE.items():
            own = [page for page in pages if page.fold == fold and _group(page) == lang]
            for name in names:
                if ways is None or name in ways:
                    chosen = own[::ENGLISH_SHARE] if lang == "en" else own
                    yield from (_task(sample, fold) for sample in WAYS[name](chosen, fold))


def _group(page: Page) -> str:
    return page.lang if page.lang in MADE else "other"


def _task(sample: Sample, fold: int) -> Task:
    body = sample.body
    if sample.body_has_title and sample.title and body.startswith(sample.title):
        body = body[len(sample.title) :].lstrip()
    made = sample.made.partition("/")[0]
    return Task(sample.raw, body, sample.kind, sample.site, fold, made)


def rows_of(task: Task) -> list[Rows]:
    """Return the rows of a page, and those of its masked twin if it has one; none if its label cannot be found."""
    draft = load(task.raw, Config(), kind=task.source)
    for stage in STAGES[: STAGES.index(body)]:
        draft = stage(draft)
    rest, _ = drop_ignored(draft)
    found = [_rows_of(task, lines_of(rest))]
    if task.twin:
        known = rest if task.twin == WORDLESS else replace(rest, findings=())
        found.append(_rows_of(replace(task, made=task.twin), lines_of(known)))
    return [rows for rows in found if rows is not None]


def _rows_of(task: Task, whole: BodyLines) -> Rows | None:
    page = without_asides(whole, own_columns(whole.lines))
    places = [i for i, line in enumerate(page.lines) if not line.labels]
    inside = matched([line.text for line in page.lines], task.body)
    found = "\n".join(page.lines[i].text for i in places if inside[i])
    if score(found, task.body).f1 < FOUND:
        return None
    own = own_columns(page.lines)
    values = np.array(columns_of(page, own, {}), dtype=np.float32).T[places]
    is_body = np.array([inside[i] for i in places], dtype=bool)
    units = np.array([line.units for line in page.lines])
    return Rows(
        task,
        values,
        is_body,
        np.array(places, dtype=int),
        units,
        page.doms,
        ["" if task.made in (MASKED, WORDLESS) else line.folded for line in page.lines],
    )


def learn_from(pages: Iterable[Task]) -> list[Rows]:
    """Return the rows of all pages, in their order."""
    with get_context("spawn").Pool(PROCESSES) as pool:
        return [rows for found in pool.imap(rows_of, pages, chunksize=16) for rows in found]
