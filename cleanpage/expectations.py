"""Lines of pages that should stay in the text or go: kept in a TOML file, and checked against what a Config does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from cleanpage.decide.explain import decisions
from cleanpage.errors import CleanpageError
from cleanpage.export.schema_org import quoted
from cleanpage.model import Article
from cleanpage.rules import read_toml
from cleanpage.serialise import decode_value
from cleanpage.text import fold, normalise, replace_surrogates
from cleanpage.values import frozen

LONGEST = 200
"""Characters of a line that are kept: so many say which block is meant."""


@frozen
class Expectation:
    """A line of a page, and whether it is to be in the text."""

    page: str
    """Path of the page, from the folder of the file that holds the expectation."""
    stays: str = ""
    """The line, if it is to be in the text; otherwise empty ..."""
    goes: str = ""
    """... and the line stands here."""
    url: str | None = None
    """As for ``clean_page``."""

    def __post_init__(self) -> None:
        """Raise CleanpageError unless there is one line."""
        if bool(self.stays) == bool(self.goes):
            raise CleanpageError(f"{self.page}: give the line either as stays = … or as goes = …")

    @property
    def line(self) -> str:
        """The line, whatever is expected of it."""
        return self.stays or self.goes


def load_expectations(path: str | Path) -> tuple[Expectation, ...]:
    """Return the tables ``[[expect]]`` of a .toml file; raise CleanpageError that names what is wrong.

    Of two that contradict one another the later one counts.
    """
    data = read_toml(path)
    if unknown := sorted(data.keys() - {"expect"}):
        raise CleanpageError(f"{path}: unknown key {unknown[0]!r}; a file of expectations has tables [[expect]] alone")
    found: tuple[Expectation, ...] = decode_value(tuple[Expectation, ...], data.get("expect", []), str(path))
    return tuple({(one.page, one.line): one for one in found}.values())


def as_toml(expectation: Expectation) -> str:
    """Return an expectation as a table that can be appended to a file."""
    name = "stays" if expectation.stays else "goes"
    lines = ["[[expect]]", f"page = {toml_string(expectation.page)}", f"{name} = {toml_string(expectation.line)}"]
    if expectation.url:
        lines.append(f"url = {toml_string(expectation.url)}")
    return "\n".join(lines) + "\n"


def toml_string(text: str) -> str:
    """Return a string as TOML writes it: as it is where it may, with escapes otherwise."""
    text = replace_surrogates(text)
    mark = "'" if "'" not in text else "'''"
    is_literal = "\\" in text and text.isprintable() and "'''" not in text and text[-1] != "'"
    return f"{mark}{text}{mark}" if is_literal else quoted(text)


def blocks_holding(article: Article, line: str) -> list[int]:
    """Return the blocks that a line of the page names: equal to it, or else beginning with it, or else parts of it."""
    wanted = fold(normalise(line))
    texts = [fold(normalise(article.source_text[block.start : block.end])) for block in article.blocks]
    if not wanted:
        return []
    for fits in (wanted.__eq__, lambda text: text.startswith(wanted), lambda text: len(text) > 1 and text in wanted):
        if found := [i for i, text in enumerate(texts) if text and fits(text)]:
            return found
    return []


def broken(article: Article, expectation: Expectation) -> str | None:
    """Return why an expectation does not hold for the article of its page, in words; None if it does."""
    found = blocks_holding(article, expectation.line)
    if not found:
        return "it is not on the page"
    kept = [i for i in found if article.blocks[i].role == "body"]
    if expectation.goes:
        return _decided(article, kept) if kept else None
    return None if kept else _decided(article, found)


def _decided(article: Article, blocks: Sequence[int]) -> str:
    i = blocks[0]
    why = decisions(article)[i]
    return f"it is {article.blocks[i].label}" + (f", by {why.rule}: {why.reason}" if why else "")


def by_page(expectations: Sequence[Expectation]) -> Iterator[tuple[str, list[Expectation]]]:
    """Yield each page with what is expected of it, in the order of the file."""
    pages: dict[str, list[Expectation]] = {}
    for expectation in expectations:
        pages.setdefault(expectation.page, []).append(expectation)
    yield from pages.items()
