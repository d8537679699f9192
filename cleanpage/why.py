"""What became of the blocks of a page that hold some words, and by what: ``why(raw, words)``."""

from __future__ import annotations

from dataclasses import dataclass

from cleanpage.body.attribution import contributions
from cleanpage.body.forest import shipped
from cleanpage.body.stage import Prediction, body, predict, scored
from cleanpage.config import Config
from cleanpage.decide.explain import decisions
from cleanpage.draft import Draft, skip_ignored
from cleanpage.labels import Label, Role
from cleanpage.pipeline import STAGES, clean_page, load
from cleanpage.text import fold, normalise

LEAST = 0.05
"""Log-odds below which a group of features is left out."""
_DEFAULT = Config()


@dataclass(frozen=True, slots=True)
class Why:
    """What became of one block, and by what."""

    start: int
    """First character of the block in ``Article.source_text``."""
    end: int
    """One past its last character."""
    text: str
    """The block on one line."""
    role: Role
    """What it ended as."""
    label: Label
    """The label that decided that."""
    decided: str
    """The rule or stage that decided, and its reason."""
    others: tuple[str, ...]
    """What else was found about it, in the order in which it was found."""
    probability: float | None = None
    """That it is body, as the forests give it; None where a rule decided before they were run."""
    threshold: float | None = None
    """The page's threshold."""
    groups: tuple[tuple[str, float], ...] = ()
    """The groups of features that moved the probability most, strongest first, each with the log-odds that it added."""


def why(
    raw: str | bytes,
    words: str,
    *,
    url: str | None = None,
    kind: str | None = None,
    encoding: str | None = None,
    config: Config = _DEFAULT,
) -> tuple[Why, ...]:
    """Return what became of each block of ``raw`` that holds ``words``, in the order of the page; empty if none does.

    Case, width, the Chinese script and runs of blanks do not matter. The other arguments are those of ``clean_page``;
    so are the errors. The page is cleaned twice, once to the body stage.
    """
    article = clean_page(raw, url=url, kind=kind, encoding=encoding, config=config)
    wanted = fold(normalise(words))
    texts = [normalise(article.source_text[block.start : block.end]) for block in article.blocks]
    at = [i for i, text in enumerate(texts) if wanted and wanted in fold(text)]
    if not at:
        return ()
    draft = load(raw, config, url=url, kind=kind, encoding=encoding)
    for stage in STAGES[: STAGES.index(body)]:
        draft = stage(draft)
    scored = _Scored(draft)
    entries = decisions(article)
    found = []
    for i in at:
        block, entry = article.blocks[i], entries[i]
        about = [f for f in article.findings if block.start <= f.start < block.end and f is not entry]
        others = tuple(f"{f.label}, {f.rule}: {f.reason}" for f in about if entry is None or f.reason != entry.reason)
        decided = f"{entry.rule}: {entry.reason}" if entry else ""
        scores = scored.at(block.start, block.end)
        found.append(Why(block.start, block.end, texts[i], block.role, block.label, decided, others, *scores))
    return tuple(found)


class _Scored:
    """The scores of a page's lines, with what moved them."""

    def __init__(self, draft: Draft) -> None:
        self.model = shipped(draft.source.kind)
        self.draft = draft
        self.found: Prediction | None = None
        if draft.blocks and not draft.is_clean:
            skip_ignored(draft, self._scored)

    def _scored(self, draft: Draft) -> Draft:
        self.draft, self.found = draft, predict(draft, self.model)
        return draft

    def at(self, start: int, end: int) -> tuple[float | None, float | None, tuple[tuple[str, float], ...]]:
        """Return probability, threshold and groups of the line that begins in the span; None where there is none."""
        found = self.found
        if found is None:
            return None, None, ()
        for i, line in enumerate(found.page.lines):
            first, last = self.draft.blocks[line.first].start, self.draft.blocks[line.last].end
            if first < end and start < last:
                return (None, None, ()) if line.labels else (found.chances[i], found.level, self._groups(found, i))
        return None, None, ()

    def _groups(self, found: Prediction, i: int) -> tuple[tuple[str, float], ...]:
        columns = scored(found.page, found.own, self.model).columns
        names = self.model.columns
        moved = contributions(self.model.second, names, [column[i] for column in columns[: len(names)]])
        strongest = sorted(moved.items(), key=lambda item: -abs(item[1]))
        return tuple((group, round(odds, 2)) for group, odds in strongest if abs(odds) >= LEAST)
