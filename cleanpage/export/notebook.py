"""An Article in a notebook: what ``_repr_html_`` shows, and the one line of ``repr``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape

from cleanpage.export.html import FORBIDDEN
from cleanpage.export.readable import facts_of
from cleanpage.model import Article

CLIP = 60
"""Characters of a title or name in ``repr``."""
LINES_SHOWN, LINE = 6, 400
"""Paragraphs that are shown at once, and characters of each."""
ROWS = 200
"""Removed spans that the ledger shows; a page may have thousands."""

_NOTEBOOK_TAGS = {"code": "pre", "heading": "h4"}


def short_repr(article: Article) -> str:
    """Return the article in one line of at most 300 characters."""
    facts = {"title": article.title, "published": article.published, "source": article.source, "site": article.site}
    parts = [f"{name}={_clipped(value, CLIP)!r}" for name, value in facts.items() if value]
    if article.authors:
        more = f" +{len(article.authors) - 1}" if len(article.authors) > 1 else ""
        parts.append(f"authors={_clipped(article.authors[0], CLIP // 2)!r}{more}")
    size = f"text={len(article.text):,} characters in {len(article.paragraphs):,} paragraphs"
    parts += [size, f"removed={len(article.removed):,}", f"confidence={article.confidence:.2f}"]
    if not article.is_article:
        parts.append(f"is_article=False, page_kind={article.page_kind!r}")
    if article.warnings:
        codes = dict.fromkeys(warning.partition(":")[0] for warning in article.warnings)
        parts.append(f"warnings: {_clipped(' '.join(codes), CLIP)}")
    return _clipped(f"Article({', '.join(parts)}", 299) + ")"


def as_html(article: Article) -> str:
    """Return the article as a piece of HTML: title, facts, first paragraphs, and the ledger folded away.

    All text of the page is escaped; there is neither script nor style sheet, link nor picture.
    """
    return FORBIDDEN.sub("\ufffd", "\n".join(_pieces(article)))


def _pieces(article: Article) -> Iterator[str]:
    yield f"<div><h3>{escape(article.title or '(no title)')}</h3>"
    yield f"<p>{escape(' · '.join(facts_of(article)))}</p>"
    kind = "" if article.is_article else ", no article"
    yield f"<p><small>{escape(article.page_kind)}{kind}, confidence {article.confidence:.2f}</small></p>"
    yield from (f"<p><small>⚠ {escape(warning)}</small></p>" for warning in article.warnings)
    for paragraph in article.paragraphs[:LINES_SHOWN]:
        tag = _NOTEBOOK_TAGS.get(paragraph.kind, "p")
        yield f"<{tag}>{escape(_clipped(paragraph.text, LINE))}</{tag}>"
    left = len(article.paragraphs) - LINES_SHOWN
    if left > 0:
        yield f"<p><small>… {left:,} more paragraphs</small></p>"
    yield from _ledger(article)
    yield "</div>"


def _ledger(article: Article) -> Iterator[str]:
    counts = Counter(str(removed.label) for removed in article.removed)
    if not counts:
        return
    labels = ", ".join(f"{count:,} {escape(label)}" for label, count in counts.most_common())
    yield f"<details><summary>{len(article.removed):,} spans removed: {labels}</summary><table>"
    for removed in article.removed[:ROWS]:
        cells = (removed.label, _clipped(removed.text, LINE // 4), f"{removed.rule}: {removed.reason}")
        yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
    if len(article.removed) > ROWS:
        yield f"<tr><td></td><td>… {len(article.removed) - ROWS:,} more in article.removed</td><td></td></tr>"
    yield "</table></details>"


def _clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
