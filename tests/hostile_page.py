"""One hostile Article and page, and six readers of Markdown at their most credulous: for the exports' tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_type_hints

import cmarkgfm
import commonmark
import markdown
import markdown2
import mistune
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt

from cleanpage import Article, Image, Link, Paragraph
from cleanpage.labels import Label
from cleanpage.model import Block, Document, Finding, Licence, Mark, Post, Removed, Witness

READERS: dict[str, Callable[[str], str]] = {
    "Python-Markdown": markdown.markdown,
    "Python-Markdown, extra": lambda text: markdown.markdown(text, extensions=["extra", "toc", "sane_lists"]),
    "markdown-it-py": MarkdownIt("commonmark").enable(["table", "strikethrough"]).render,
    "mistune": mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "footnotes", "def_list"]),
    "markdown2": markdown2.markdown,
    "markdown2, extras": lambda text: markdown2.markdown(
        text, extras=["fenced-code-blocks", "tables", "footnotes", "header-ids", "strike"]
    ),
    "commonmark": commonmark.commonmark,
    "cmarkgfm": lambda text: cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE),
}
"""Raw markup and every address pass: what is safe here is made safe by us."""
RUN = "window.ran=(window.ran||0)+1"
TEXTS = (
    f"<script>{RUN}</script>",
    f"\\<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"</title></style></textarea></pre></code><svg onload={RUN}>",
    f"<!--<script>{RUN}//--></script>",
    f"<!-- --><script>{RUN}</script>",
    f"[click](javascript:{RUN})",
    f"![x](javascript:{RUN})",
    f"[click][evil] [evil]: javascript:{RUN}",
    f"[evil]: javascript:{RUN}",
    f"<javascript:{RUN}>",
    f"[x](<javascript:{RUN}>)",
    f"[x](data:text/html,<script>{RUN}</script>)",
    f"[x](vbscript:{RUN})",
    f'{{: onclick="{RUN}" }}',
    f'# head {{ onmouseover="{RUN}" }}',
    f'" onmouseover="{RUN}" x="',
    f"' autofocus onfocus='{RUN}",
    f"`` ` <script>{RUN}</script> ` ``",
    f"```html onload={RUN}",
    f'~~~ {{: onclick="{RUN}"}}',
    f"> <script>{RUN}</script>",
    f"1. <script>{RUN}</script>",
    f"    <script>{RUN}</script>",
    f"| a | b | <script>{RUN}</script>",
    f"*[HTML]: <script>{RUN}</script>",
    f"[^1]: <script>{RUN}</script>",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;script&#62; &#106avascript:",
    f"\x02{RUN}\x03 klzzwxh:0000 wzxhzdk:0 \x1a",
    f"line\u2028<script>{RUN}</script>\u0085<script>{RUN}</script>\x0c<script>{RUN}</script>\r<script>{RUN}</script>",
    f"line\n\n<script>{RUN}</script>\n\n    [a]: javascript:{RUN}\n",
    f"a | b\n--|--\n<script>{RUN}</script>| x",
    f"a\n---\n**b**{{: onclick=\"{RUN}\" }}",
    f"<<script>{RUN}//<</script>",
    f"＜script＞{RUN}＜/script＞",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"\\\\<script>{RUN}</script>",
    f'![a](x "onerror={RUN}")',
    f"<s\x00cript>{RUN}</script>",
    "----", "====", "***", "~~gone~~", "\ud800 \udfff \x00 \ufffe",
)  # fmt: skip
ADDRESSES = (
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f" javascript:{RUN}", f"java\nscript:{RUN}", f"\x01javascript:{RUN}",
    f"java\tscript:{RUN}", f"javascript&colon;{RUN}", f"javascript&#58;{RUN}", f"javascript&#58{RUN}",
    f"&#106;avascript:{RUN}", f"javascript%3A{RUN}", f"data:text/html,<script>{RUN}</script>", f"vbscript:{RUN}",
    f"\u2028javascript:{RUN}", f"java&NewLine;script:{RUN}", f"javas&#99;ript:{RUN}", f"http:javascript:{RUN}",
    f"http://user:pw@x\" onmouseover=\"{RUN}", f"ht\ttp:javascript:{RUN}", f"data:image/svg+xml,<svg onload={RUN}>",
    f"view-source:javascript:{RUN}", f"blob:{RUN}", f"feed:javascript:{RUN}", f"jar:javascript:{RUN}",
    f'x" onmouseover="{RUN}', f"x' onmouseover='{RUN}", f"x) <script>{RUN}</script> (", f"x> <script>{RUN}</script>",
    f'x "title" onclick="{RUN}"', f"x\\) [a](javascript:{RUN})", f"x`<script>{RUN}</script>`", "http://[::1",
)  # fmt: skip
KINDS = ("paragraph", "heading", "list_item", "table", "quote", "code", "caption")


def hostile_article() -> Article:
    """Return an Article with every text in every field and kind of paragraph, linked to every address."""
    source, paragraphs, links, images = [""], [], [], []
    at = 0

    def put(text: str) -> int:
        nonlocal at
        source.append(f"{text}\n")
        at += len(text) + 1
        return at - len(text) - 1

    for kind in KINDS:
        for text in TEXTS:
            start = put(text)
            level = 1 if kind == "list_item" else 0
            paragraphs.append(Paragraph(kind, text, start, start + len(text), (), level, language=text))
        paragraphs.append(Paragraph("paragraph", "between", put("between"), at - 1))
    for text in TEXTS:  # a list, and code right behind it
        for kind in ("list_item", "code"):
            start = put(text)
            paragraphs.append(Paragraph(kind, text, start, start + len(text)))
    for address in ADDRESSES:
        for text in ("see", f'"><script>{RUN}</script>', f"](javascript:{RUN})"):
            start = put(text)
            paragraphs.append(Paragraph("paragraph", text, start, at - 1))
            links.append(Link(address, text, start, at - 1))
            images.append(Image(address, text, text, start))
    for number, text in enumerate((*TEXTS, *ADDRESSES, "")):  # footnotes, each of which a text leads to
        start = put(f"see {number} {text}")
        marks = (Mark("note", start + 4, start + 4 + len(str(number))), Mark("note", start + 4, at - 1))
        paragraphs.append(Paragraph("paragraph", f"see {number} {text}", start, at - 1, marks=marks))
        start = put(f"{text} ^{number}")
        marks = (Mark("back", start + len(text) + 1, at - 1), Mark("note", start, start + len(text)))
        paragraphs.append(Paragraph("paragraph", f"{text} ^{number}", start, at - 1, marks=marks))
    for kind in KINDS:  # stressed from their middle on, all of them, and across their ends
        for text in TEXTS:
            start = put(text)
            end, middle = start + len(text), start + len(text) // 2
            marks = (Mark("strong", start, end), Mark("emphasis", middle, end), Mark("code", middle, end + 1))
            paragraphs.append(Paragraph(kind, text, start, end, marks=marks))
    posts = [Post(text, text, text, (text,), one.start, one.end) for one in paragraphs[:90:2] for text in (one.text,)]
    everything = " ".join(TEXTS)
    hints = get_type_hints(Article)
    names = {name: everything for name, hint in hints.items() if hint == str | None}
    names |= {name: (*TEXTS, *ADDRESSES) for name, hint in hints.items() if hint == tuple[str, ...]}
    names |= dict.fromkeys(("url", "canonical_url", "next_page", "image"), ADDRESSES[0])
    span = (0, at)
    return Article(**names | {
        "published": TEXTS[0], "modified": TEXTS[2], "language": TEXTS[16], "page_kind": "article",
        "paragraphs": tuple(paragraphs), "links": tuple(links), "images": tuple(images), "posts": tuple(posts),
        "licences": tuple(Licence(text, text) for text in TEXTS), "document": Document(*TEXTS[:6]),
        "evidence": tuple(Witness(name, (text,), *span, text, 1.0, followed=True) for name in names for text in TEXTS),
        "removed": tuple(Removed(*span, text, Label.SHARE, text, text, 1.0) for text in TEXTS),
        "findings": tuple(Finding(*span, Label.SHARE, text, text) for text in TEXTS),
        "blocks": (Block(*span, Label.BODY.role, Label.BODY),), "text": "\n".join(TEXTS),
        "source_text": "".join(source),
    })  # fmt: skip


def hostile_page() -> str:
    """Return a page of HTML that shows every text as text, links and pictures with every address."""
    from html import escape

    filler = "<p>The bridge over the river was opened on Monday, and the whole town came to see it.</p>"
    shown = [escape(text.encode("utf-8", "replace").decode()) for text in TEXTS]
    rows = "".join(f"<tr><td>{text}</td><td>{text}</td></tr>" for text in shown)
    body = [
        f"<h1>{shown[0]} The bridge</h1>", filler * 3,
        *(f"<p>{text} was printed on the bridge, said the mayor of the town on Monday.</p>" for text in shown),
        *(f'<p>It was <a href="{escape(url)}">{shown[0]}</a> printed by the mayor of the town on Monday.</p>'
          for url in ADDRESSES),
        *(f'<figure><img src="{escape(url)}" alt="{shown[2]}"><figcaption>{shown[0]}</figcaption></figure>'
          for url in ADDRESSES),
        f"<ul>{''.join(f'<li>{text}</li>' for text in shown)}</ul>", f"<table>{rows}</table>",
        *(f"<pre><code class='language-\"><script>{RUN}</script>'>{text}\n\n{text}</code></pre>" for text in shown),
        *(f"<blockquote>{text} was printed on the bridge, said the mayor of the town.</blockquote>" for text in shown),
        filler * 3,
    ]  # fmt: skip
    head = f'<title>{shown[4]}</title><meta name="author" content="{shown[2]}">'
    return f"<html><head>{head}</head><body><article>{''.join(body)}</article></body></html>"
