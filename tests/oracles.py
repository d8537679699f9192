"""What holds for every Article of every page, as faults to print.

The property tests, the fuzzer and the mutated pages all ask ``faults``. (4, near-linear time, is measured in
tests/speed.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import html
from markdown_it import MarkdownIt

from bench.ledger import ledger_faults
from cleanpage import Article, Config, clean_page
from cleanpage.decide.explain import explain
from cleanpage.export.html import to_html
from cleanpage.export.markdown import to_markdown
from cleanpage.export.schema_org import to_json, to_schema_org, to_text
from cleanpage.text import is_blank, normalise, verbatim

TAGS = frozenset((
    "html", "head", "meta", "title", "link", "body", "article", "header", "h1", "h2", "h3", "h4", "h5", "h6", "p",
    "time", "a", "img", "figure", "figcaption", "ul", "ol", "li", "table", "tbody", "thead", "tr", "td", "th",
    "blockquote", "pre", "code", "strong", "em",
))  # fmt: skip
"""What ``to_html`` writes; anything else comes from the page."""
_OURS = re.compile(r"<!-- -->|<pre><code>[^<]*</code></pre>")
"""Markup that ``to_markdown`` writes itself: between a list and code, and around code that some reader would run."""
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
"""Two halves of a character as two characters: JSON has no way to write them."""
_MARKDOWN = MarkdownIt("commonmark")


def faults(raw: str | bytes, **options: Any) -> list[str]:
    """Return what is wrong with what ``clean_page`` makes of a page, a sentence each; an empty list if nothing is."""
    article = clean_page(raw, **options)
    wrong = [
        *form(article),
        *round_trips(article),
        *exports(article),
        *stable(article, options.get("config", Config())),
    ]
    if isinstance(raw, str) and options.get("kind") == "text":
        wrong += given(article, raw)
    if clean_page(raw, **options) != article:
        wrong.append("the same page gave another Article")
    return wrong


def given(article: Article, raw: str) -> Iterator[str]:
    """The source of a text is what was given; of misread letters and of columns a warning says that it was changed."""
    known = {warning.partition(":")[0] for warning in article.warnings}
    if article.source_text == raw or "mojibake" in known:
        return
    if "columns" not in known or sorted(article.source_text.split()) != sorted(raw.split()):
        yield "source_text is not the text that was given"


def form(article: Article) -> Iterator[str]:
    """Nothing is lost, and ``text`` is its paragraphs."""
    source = article.source_text
    if "".join(source[block.start : block.end] for block in article.blocks) != source:
        yield "the blocks, joined, are not the source text"
    yield from ledger_faults(article)
    if article.text != "\n".join(paragraph.text for paragraph in article.paragraphs):
        yield "text is not its paragraphs"
    for paragraph in article.paragraphs:
        normal = verbatim if paragraph.kind == "code" else normalise
        if paragraph.text != normal(paragraph.text) or is_blank(paragraph.text):
            yield f"paragraph {paragraph.text[:40]!r} is blank or not normal"
        if _letters(paragraph.text) != _letters(source[paragraph.start : paragraph.end]):
            yield f"paragraph {paragraph.text[:40]!r} says something else than what stands there"
        for start, end in paragraph.copies:
            if not 0 <= start < end <= len(source):
                yield f"paragraph {paragraph.text[:40]!r} has the copy {start}:{end}, which is no span of the page"
    if set(article.authors) & set(article.editors):
        yield "an editor is an author"
    if not 0.0 <= article.confidence <= 1.0:
        yield f"confidence is {article.confidence}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def stable(article: Article, config: Config) -> Iterator[str]:
    """Cleaning the cleaned text again, all of it, takes away nothing but repeated blocks.

    So it is where all is prose, and no rule is sure of a line, as one may be of a line that was cut out of a longer
    one; and where the text is not for the greater part misread, as it may be on a page that is not. How often real
    pages stay as they are is measured: ``bench.stable``.
    """
    again = clean_page(article.text, kind="text", config=replace(config, max_chars=None, deadline=None))
    if any(paragraph.kind == "code" for paragraph in article.paragraphs) or _is_repaired(again):
        return
    if any(found.score >= 1.0 and found.rule not in ("repeats", "levels") for found in again.findings):
        return
    for removed in again.removed:
        if removed.rule not in ("repeats", "levels"):
            yield f"cleaning twice takes away {removed.text[:60]!r}, though no rule is sure of it"
    left = _letters(again.text)
    if len(left) + sum(len(_letters(removed.text)) for removed in again.removed) != len(_letters(article.text)):
        yield f"cleaning twice loses words of {article.text[:60]!r}"


def _is_repaired(article: Article) -> bool:
    return any(warning.startswith("mojibake") for warning in article.warnings)


def round_trips(article: Article) -> Iterator[str]:
    """``to_dict`` and JSON give the same Article back."""
    data = article.to_dict()
    if Article.from_dict(data) != article:
        yield "from_dict(to_dict()) is another Article"
    if _PAIR.search(article.source_text):
        return
    if Article.from_dict(json.loads(json.dumps(data))) != article:
        yield "the Article that went through JSON is another one"
    if Article.from_dict(json.loads(to_json(article).encode("utf-8"))) != article:
        yield "the Article that went through to_json is another one"


def exports(article: Article) -> Iterator[str]:
    """Every export can be written, and what reads its form finds no markup in it that the page brought along."""
    for output in (to_text(article), *explain(article, width=80)):
        output.encode("utf-8")
    json.loads(to_schema_org(article).encode("utf-8"))
    document = html.document_fromstring(to_html(article).encode("utf-8"))
    foreign = {str(element.tag) for element in document.iter()} - TAGS
    if foreign:
        yield f"to_html lets markup of the page through: {sorted(foreign)}"
    tokens = _MARKDOWN.parse(to_markdown(article).encode("utf-8").decode())
    markup = [token.content for token in tokens for token in (token, *(token.children or ())) if "html" in token.type]
    markup = [content for content in markup if not _OURS.fullmatch(content.strip())]
    if markup:
        yield f"to_markdown lets markup of the page through: {markup[0][:80]!r}"
