"""The open set: a hundred pages of our own, ten kinds in ten languages, with the text and the fields that they hold.

``open_texts/XX.toml`` has a story, comments, menus and what else a site prints in language XX; a kind is a function
that makes a page of it, in the markup that pages of the kind have. Each page is given as HTML and in two flattenings
that lxml alone makes, so that anybody's machine gives the same figures.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from bench.code_pages import PYTHON
from bench.flatten import PINNED

FOLDER = Path(__file__).with_name("open_texts")
FLATTENINGS = ("lxml_blocks", "inner_text")
PUBLISHED = "2024-05-06"

Site = dict[str, Any]
"""What stands in a language's file."""


class OpenPage(NamedTuple):
    """One page, and what must come out of it."""

    kind: str
    lang: str
    html: str
    body: str
    """Its paragraphs, a line each; empty for a page that is no article."""
    fields: dict[str, str]
    """``title``, ``authors`` and ``published``, as far as the page prints them as such."""

    def raw(self, way: str) -> str:
        """Return the page as ``html`` or one of FLATTENINGS."""
        return self.html if way == "html" else PINNED[way](self.html)


class Made(NamedTuple):
    """What a kind makes of a site: the part of the page that is its own."""

    main: str
    """HTML."""
    body: Sequence[str]
    fields: Sequence[str] = ("title", "authors", "published")
    """Those that the page prints."""


def _tag(name: str, text: str, attributes: str = "") -> str:
    return f"<{name}{' ' * bool(attributes)}{attributes}>{escape(text, quote=False)}</{name}>"


def _all(name: str, texts: Sequence[str], attributes: str = "") -> str:
    return "\n".join(_tag(name, text, attributes) for text in texts)


def _links(texts: Sequence[str]) -> str:
    items = (f'<li><a href="/{i}.html">{escape(text, quote=False)}</a></li>' for i, text in enumerate(texts))
    return f"<ul>{''.join(items)}</ul>"


def _head(site: Site) -> str:
    """Return headline, byline and date."""
    byline = _tag("span", site["byline"], 'class="author"')
    time = f'<time datetime="{PUBLISHED}">{site["printed"]}</time>'
    return f'{_tag("h1", site["title"])}\n<div class="meta">{byline} {time}</div>'


def _section(site: Site, paragraphs: Sequence[str]) -> str:
    """Return paragraphs with subheadings before the third and the fifth."""
    third, fifth = (_tag("h2", head) for head in site["subheads"])
    parts = [_tag("p", paragraph) for paragraph in paragraphs]
    return "\n".join([*parts[:2], third, *parts[2:4], fifth, *parts[4:]])


def _with_subheads(site: Site) -> list[str]:
    p, (third, fifth) = site["paragraphs"], site["subheads"]
    return [*p[:2], third, *p[2:4], fifth, *p[4:]]


def article(site: Site) -> Made:
    """A news article: share bar and standfirst above, related links below."""
    share = f'<div class="share">{_links(site["share"])}</div>'
    related = f'<aside class="related">{_tag("h3", site["related_head"])}{_links(site["related"])}</aside>'
    lead = _tag("p", site["lead"], 'class="lead"')
    text = f"<article>{_head(site)}{share}{lead}\n{_section(site, site['paragraphs'])}</article>{related}"
    return Made(text, [site["lead"], *_with_subheads(site)])


def blog(site: Site) -> Made:
    """A post with readers' comments and a sidebar."""
    comments = "".join(
        f'<li class="comment"><cite>{name}</cite> <span>10:2{i}</span>{_tag("p", text)}</li>'
        for i, (name, text) in enumerate(site["comments"])
    )
    below = f'<div id="comments">{_tag("h3", site["comments_head"])}<ol>{comments}</ol></div>'
    sidebar = f'<div class="sidebar">{_tag("h3", site["related_head"])}{_links(site["related"])}</div>'
    post = f'<div class="post">{_head(site)}<div class="entry-content">{_all("p", site["paragraphs"])}</div></div>'
    return Made(post + below + sidebar, site["paragraphs"])


def forum(site: Site) -> Made:
    """A thread: each post with its writer and hour."""
    names = [name for name, _ in site["comments"]]
    posts = [
        f'<div class="post"><div class="user"><a href="/u/{i}">{names[i % 3]}</a></div>'
        f'<div class="date">2024-05-06 1{i}:05</div><div class="message">{_tag("p", text)}</div></div>'
        for i, text in enumerate(site["paragraphs"])
    ]
    thread = f'{_tag("h1", site["title"])}<div class="thread">{"".join(posts)}</div>'
    return Made(thread, site["paragraphs"], ("title",))


def product(site: Site) -> Made:
    """A thing that is sold: description and a table of properties."""
    rows = "".join(f"<tr>{_tag('th', name)}{_tag('td', value)}</tr>" for name, value in site["rows"])
    buy = f'<div class="cart"><span class="price">4.80 €</span> {_tag("button", site["buy"])}</div>'
    text = f'<div class="description">{_all("p", site["paragraphs"][:4])}<table>{rows}</table></div>'
    body = [*site["paragraphs"][:4], *(f"{name} {value}" for name, value in site["rows"])]
    return Made(f'<div class="product">{_tag("h1", site["title"])}{buy}{text}</div>', body, ("title",))


def documentation(site: Site) -> Made:
    """A page of a manual with a listing."""
    p = site["paragraphs"]
    text = f"{_tag('h1', site['title'])}{_all('p', p[:2])}{_tag('h2', site['subheads'][0])}{_tag('p', p[2])}"
    code = f"<pre><code>{escape(PYTHON)}</code></pre>"
    side = f'<nav class="toc">{_links([site["title"], *site["subheads"]])}</nav>'
    return Made(
        f'{side}<main role="main">{text}{code}{_all("p", p[3:])}</main>',
        [*p[:2], site["subheads"][0], p[2], PYTHON, *p[3:]],
        ("title",),
    )


def encyclopedia(site: Site) -> Made:
    """An entry with a contents box, marks of references and edit links."""
    entries = _links([f"{i} {head}" for i, head in enumerate(site["subheads"], 1)])
    contents = f'<div id="toc" class="toc">{_tag("h2", site["contents"])}{entries}</div>'
    parts = [
        _tag("p", text).replace("</p>", f'<sup class="reference"><a href="#n{i}">[{i}]</a></sup></p>')
        for i, text in enumerate(site["paragraphs"], 1)
    ]
    third, fifth = (f'<h2>{head}<span class="mw-editsection">[edit]</span></h2>' for head in site["subheads"])
    text = "\n".join([*parts[:2], contents, third, *parts[2:4], fifth, *parts[4:]])
    marked = [f"{paragraph}[{i}]" for i, paragraph in enumerate(site["paragraphs"], 1)]
    body = [*marked[:2], site["subheads"][0], *marked[2:4], site["subheads"][1], *marked[4:]]
    return Made(f'<div id="content">{_tag("h1", site["title"])}{text}</div>', body, ("title",))


def interview(site: Site) -> Made:
    """Bold questions, each with its answer."""
    pairs = zip(site["questions"], site["paragraphs"][1:4], strict=True)
    body = [site["lead"], *(text for pair in pairs for text in pair)]
    parts = [_tag("p", site["lead"])]
    parts += [f"<p><b>{text}</b></p>" if text in site["questions"] else _tag("p", text) for text in body[1:]]
    return Made(f'<div class="content">{_head(site)}{"".join(parts)}</div>', body)


def ticker(site: Site) -> Made:
    """A live ticker: entries with an hour, newest first."""
    entries = [(f"1{5 - i}:{2 * i}5", text) for i, text in enumerate(site["paragraphs"])]
    parts = [f'<li class="entry">{_tag("time", hour)}{_tag("p", text)}</li>' for hour, text in entries]
    body = [site["lead"], *(text for entry in entries for text in entry)]
    return Made(f"<article>{_head(site)}{_tag('p', site['lead'])}<ul>{''.join(parts)}</ul></article>", body)


def listing(site: Site) -> Made:
    """A section's front: nothing but headlines with a link, no article."""
    heads = [site["title"], *site["related"], *site["related"]]
    items = (
        f'<div class="teaser"><h3><a href="/{i}.html">{head}</a></h3><span>2024-05-0{1 + i % 9}</span></div>'
        for i, head in enumerate(heads)
    )
    return Made(f"{_tag('h1', site['section'])}{''.join(items)}", (), ())


def wall(site: Site) -> Made:
    """A page that shows the beginning and asks for a subscription: no article."""
    return Made(f'<article>{_head(site)}</article><div class="paywall">{_tag("p", site["wall"])}</div>', (), ())


KINDS: tuple[Callable[[Site], Made], ...] = (
    article, blog, forum, product, documentation, encyclopedia, interview, ticker, listing, wall,
)  # fmt: skip


@cache
def sites() -> dict[str, Site]:
    """Return what each language's file holds."""
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}


def page_of(kind: Callable[[Site], Made], lang: str) -> OpenPage:
    """Return a page of a kind in a language: its own part between menus, a breadcrumb, a notice and a footer."""
    site = sites()[lang]
    made = kind(site)
    menu = f'<header><a href="/">{site["site"]}</a><nav>{_links(site["menu"])}</nav></header>'
    crumbs = f'<div class="breadcrumb"><a href="/">{site["menu"][0]}</a> &gt; <a href="/s">{site["section"]}</a></div>'
    foot = f'<footer>{_all("p", site["footer"])}</footer><div class="cookie">{_tag("p", site["cookie"])}</div>'
    head = f"<title>{site['title']} - {site['site']}</title>"
    html = f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">{head}</head>\n<body>{menu}{crumbs}'
    known = {"title": site["title"], "authors": site["author"], "published": PUBLISHED}
    fields = {name: known[name] for name in made.fields}
    return OpenPage(kind.__name__, lang, f"{html}\n{made.main}\n{foot}</body></html>", "\n".join(made.body), fields)


def open_pages() -> Iterator[OpenPage]:
    """Yield all pages, by kind and language."""
    for kind in KINDS:
        for lang in sites():
            yield page_of(kind, lang)
