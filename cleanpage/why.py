"""What became of the blocks of a page that hold some words, and by what: ``why(raw, words)``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from math import exp, log
from typing import get_args

from cleanpage.body.attribution import IN_ORDER, contributions
from cleanpage.body.decoding import TINY
from cleanpage.body.models import shipped_models
from cleanpage.body.stage import NETWORK_SHARE, Prediction, body, predict
from cleanpage.body.verdicts import STAGE
from cleanpage.config import Config, Favor
from cleanpage.decide.explain import decisions
from cleanpage.draft import Draft, skip_ignored
from cleanpage.labels import Label, Role
from cleanpage.model import Article, Finding
from cleanpage.pipeline import STAGES, clean_page, load
from cleanpage.text import fold, normalise
from cleanpage.values import frozen

LEAST_ODDS = 0.05
"""Log-odds below which a group of features is left out."""
FEW = 3
"""So many groups of features may be blamed for a block; of more, none did it."""
_USUAL_CONFIG = Config()


@frozen
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
    favors: tuple[Favor, ...] = ()
    """The values of ``Config.favor`` with which the body stage would have decided otherwise."""
    otherwise: str = ""
    """What would have made it end otherwise, in words: a value of ``favor``, or the groups of features without which
    its probability would have passed the threshold. Empty where nothing of that kind would."""


def why(
    raw: str | bytes,
    words: str | None,
    *,
    url: str | None = None,
    kind: str | None = None,
    encoding: str | None = None,
    config: Config = _USUAL_CONFIG,
    article: Article | None = None,
) -> tuple[Why, ...]:
    """Return what became of each block of ``raw`` that holds ``words``, in the order of the page; empty if none does.

    Case, width, the Chinese script and runs of blanks do not matter; None stands for all blocks. ``article`` is what
    ``clean_page`` made of the page with the other arguments, which are its own, if that is at hand; so are the errors.
    The page is cleaned to the body stage again, and decided there with other values of ``favor``.
    """
    if article is None:
        article = clean_page(raw, url=url, kind=kind, encoding=encoding, config=config)
    texts = [normalise(article.source_text[block.start : block.end]) for block in article.blocks]
    at = _holding(texts, words)
    if not at:
        return ()
    draft = load(raw, config, url=url, kind=kind, encoding=encoding)
    for stage in STAGES[: STAGES.index(body)]:
        draft = stage(draft)
    scored, by_favor = _Scored(draft), _bodies(draft)
    entries = decisions(article)
    about = _findings_by_block(article)
    found = []
    for i in at:
        block, entry = article.blocks[i], entries[i]
        others = (f for f in about[i] if f is not entry and (entry is None or f.reason != entry.reason))
        score = scored.at(block.start, block.end)
        one = Why(
            block.start, block.end, texts[i], block.role, block.label,
            f"{entry.rule}: {entry.reason}" if entry else "",
            tuple(f"{f.label}, {f.rule}: {f.reason}" for f in others), *score,
        )  # fmt: skip
        found.append(_with_otherwise(one, by_favor))
    return tuple(found)


def _holding(texts: Sequence[str], words: str | None) -> Sequence[int]:
    """Return the indices of the texts that hold the words, whatever their form."""
    if words is None:
        return range(len(texts))
    wanted = fold(normalise(words))
    return [i for i, text in enumerate(texts) if wanted and wanted in fold(text)]


def _findings_by_block(article: Article) -> list[list[Finding]]:
    starts = [block.start for block in article.blocks]
    rows: list[list[Finding]] = [[] for _ in starts]
    for finding in article.findings if rows else ():
        rows[max(0, bisect_right(starts, finding.start) - 1)].append(finding)
    return rows


def _bodies(draft: Draft) -> dict[Favor, frozenset[int]]:
    """Return for each other value of ``favor`` where the blocks begin that the body stage would keep with it."""
    found = {}
    for favor in get_args(Favor):
        if favor != draft.config.favor:
            decided = body(replace(draft, config=replace(draft.config, favor=favor)))
            starts = [block.start for block in decided.blocks]
            kept = (f for f in decided.findings if f.rule == STAGE and f.label is Label.BODY)
            found[favor] = frozenset(starts[f.block] for f in kept)
    return found


def _with_otherwise(block: Why, by_favor: Mapping[Favor, AbstractSet[int]]) -> Why:
    """Return a block that the forests decided with what would have made it end otherwise."""
    if block.probability is None or block.threshold is None or block.label not in (Label.BODY, Label.BOILERPLATE):
        return block
    is_kept = block.label is Label.BODY
    favors = tuple(favor for favor, kept in by_favor.items() if (block.start in kept) != is_kept)
    if favors:
        does = "would leave it out" if is_kept else "would keep it"
        return replace(block, favors=favors, otherwise=f"favor {' or '.join(favors)} {does}")
    missing = _odds(block.threshold) - _odds(block.probability)
    return block if is_kept else replace(block, otherwise=_blamed(block.groups, missing, block.threshold))


def _blamed(groups: Sequence[tuple[str, float]], missing: float, threshold: float) -> str:
    """Return the few groups of features that took the ``missing`` log-odds, in words; empty if it were more."""
    without, taken = [], 0.0
    for group, moved in [(group, moved) for group, moved in groups if moved < 0.0][:FEW]:
        without.append(f"{group} ({moved:+.2f})")
        taken -= moved
        if 0.0 < missing <= taken:
            probability = 1.0 / (1.0 + exp(missing - taken - _odds(threshold)))
            return f"without {', '.join(without)} its probability would be {probability:.2f}"
    return ""


def _odds(probability: float) -> float:
    sure = min(1.0 - TINY, max(TINY, probability))
    return log(sure / (1.0 - sure))


class _Scored:
    """The scores of a page's lines, with what moved them."""

    def __init__(self, draft: Draft) -> None:
        self.model = shipped_models(draft.source.kind).lines
        self.draft = draft
        self.found: Prediction | None = None
        self.line_at: list[int] = []
        """Where each line begins."""
        if draft.blocks and not draft.is_clean:
            skip_ignored(draft, self._scored)

    def _scored(self, draft: Draft) -> Draft:
        self.draft, self.found = draft, (found := predict(draft, self.model))
        self.line_at = [draft.blocks[line.first].start for line in found.page.lines]
        return draft

    def at(self, start: int, end: int) -> tuple[float | None, float | None, tuple[tuple[str, float], ...]]:
        """Return probability, threshold and groups of the line that the span begins in; None where there is none."""
        found, nothing = self.found, (None, None, ())
        if found is None or not self.line_at:
            return nothing
        i = max(0, bisect_right(self.line_at, start) - 1)
        line = found.page.lines[i]
        if self.line_at[i] >= end or self.draft.blocks[line.last].end <= start or line.labels:
            return nothing
        return found.chances[i], found.level, self._groups(found, i)

    def _groups(self, found: Prediction, i: int) -> tuple[tuple[str, float], ...]:
        names = self.model.columns
        values = [column[i] for column in found.columns]
        moved = contributions(self.model.second, names, values[: len(names)])
        if self.model.network:
            moved = {group: (1.0 - NETWORK_SHARE) * odds for group, odds in moved.items()}
            moved[IN_ORDER] = NETWORK_SHARE * values[-1]
        strongest = sorted(moved.items(), key=lambda item: -abs(item[1]))
        return tuple((group, round(odds, 2)) for group, odds in strongest if abs(odds) >= LEAST_ODDS)
