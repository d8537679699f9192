"""Pages of code, written here as the generators, forums and blogs of the web write them, with the code that they show.

Each of ``PAGES`` is one markup with one invented program; ``made`` gives the page. ``python -m bench.code_lines``
measures on them.
"""

# ruff: noqa: E501 - markup in lines as its generators write it
from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from itertools import cycle
from typing import NamedTuple

import regex

PYTHON = """import ferry
from harbour import quay


def crossings(boats, *, from_hour=6):
    \"\"\"Return the crossings of a day.\"\"\"
    for boat in boats:
        if boat.is_docked:
            continue

        yield from boat.trips(from_hour)


class Timetable(dict):
    def __missing__(self, key):
        return self.setdefault(key, [])"""
YAML = """# timetable
ferry:
  boats:
    - name: Solvei
      seats: 120
    - name: Marit
      seats: 80
- item
- other item

defaults: {from: 6, to: 22}"""
MAKE = """all: ferry quay

ferry: ferry.o engine.o
\tcc -o $@ $^ -lm
\t@echo "built $@"

clean:
\trm -f *.o ferry"""
SCRIPT = """const boats = await load("boats.json");

for (const boat of boats) {
    if (!boat.docked) {
        console.log(`${boat.name} is out`);
    }
}

// 2 lines on
export default boats;"""
SHELL = """$ ferry start --boat=Solvei
Solvei: engine on
$ ferry status
  NAME     STATE
  Solvei   running
  Marit    docked
$ ferry stop"""
C = """#include <stdio.h>

int main(void) {
    int n = 3;

    while (n --> 0)
        printf("%d boats\\n", n);
    return 0;
}"""
SQL = """SELECT boat, count(*) AS trips
  FROM crossings
 WHERE day >= '2024-05-01'
   AND NOT cancelled
 GROUP BY boat
HAVING count(*) > 10;"""
JSON = """{
  "boats": [
    {"name": "Solvei", "seats": 120},
    {"name": "Marit", "seats": 80}
  ],
  "open": true
}"""
MARKUP = """<ul class="boats">
  <li>Solvei</li>
  <li>Marit &amp; sons</li>
</ul>

<p>Tickets on board.</p>"""
DIFF = """--- a/ferry.py
+++ b/ferry.py
@@ -4,7 +4,7 @@ def crossings(boats):
     for boat in boats:
-        if boat.docked:
+        if boat.is_docked:
             continue"""
CONFIG = """[ferry]
boats = Solvei, Marit
    Ingeborg
depart = 06:00

; winter
[ferry.winter]
boats = Marit"""
RUST = """fn main() {
    let boats = vec!["Solvei", "Marit"];

    for (i, boat) in boats.iter().enumerate() {
        println!("{i}: {boat}");
    }
}"""
PROGRAMS = {
    "python": PYTHON, "yaml": YAML, "makefile": MAKE, "javascript": SCRIPT, "shell": SHELL, "c": C, "sql": SQL,
    "json": JSON, "html": MARKUP, "diff": DIFF, "ini": CONFIG, "rust": RUST,
}  # fmt: skip

_PROSE = (
    "Anyone who runs a small ferry knows the problem: the list of boats changes more often than the program that reads "
    "it, and nobody wants to change both.",
    "We had kept the list in a spreadsheet for years, and every spring somebody forgot to send the new one to the harbour "
    "office before the season began.",
    "What follows is the way that we do it now, and what I would do differently if we could begin again tomorrow.",
    "Put this into a file of its own, so that the rest of the program does not have to know where the boats come from:",
    "The order of the lines matters here, because the engine is started before anybody has counted the passengers.",
    "If it works you see the names of the boats, one after the other, and the program ends without another word.",
    "Two of us have used it since last winter, and apart from one broken cable nothing has gone wrong so far.",
)
_TOKEN = regex.compile(r"(\s+)|(\w+)|([^\w\s])")


def coloured(line: str) -> str:
    """Return a line as Pygments writes it: every token in a span, white space as well."""
    parts = []
    for blank, word, mark in _TOKEN.findall(line):
        if blank:
            parts.append(f'<span class="w">{blank}</span>')
        else:
            parts.append(f'<span class="{"n" if word else "p"}">{escape(word or mark)}</span>')
    return "".join(parts)


def lines_of(code: str) -> list[str]:
    """Return the lines, coloured."""
    return [coloured(line) for line in code.split("\n")]


def numbered(code: str) -> Iterator[tuple[int, str]]:
    """Yield each line's number with the line, coloured."""
    return enumerate(lines_of(code), 1)


def hard(line: str) -> str:
    """Return a line whose blanks at the beginning are no-break spaces, as old highlighters write them."""
    bare = line.lstrip(" ")
    return "&nbsp;" * (len(line) - len(bare)) + escape(bare)


def plain(code: str, _: str) -> str:
    return f"<pre>\n{escape(code)}\n</pre>"


def pre_code(code: str, lang: str) -> str:
    return f'<pre><code class="language-{lang}">{escape(code)}\n</code></pre>'


def sphinx(code: str, lang: str) -> str:
    body = "\n".join(lines_of(code))
    return f'<div class="highlight-{lang} notranslate"><div class="highlight"><pre><span></span>{body}\n</pre></div>\n</div>'


def copybutton(code: str, lang: str) -> str:
    body = "\n".join(lines_of(code))
    button = '<button class="copybtn o-tooltip--left" data-tooltip="Copy">Copy to clipboard</button>'
    return f'<div class="highlight-{lang} notranslate"><div class="highlight"><pre id="codecell0"><span></span>{body}\n</pre>{button}</div></div>'


def read_the_docs(code: str, lang: str) -> str:
    caption = '<div class="code-block-caption"><span class="caption-text">boats</span><a class="headerlink" href="#id1">¶</a></div>'
    return f'<div class="literal-block-wrapper docutils container" id="id1">{caption}{sphinx(code, lang)}</div>'


def pygments_table(code: str, lang: str) -> str:
    numbers = "\n".join(str(n) for n, _ in numbered(code))
    return (
        '<div class="highlight"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>'
        f'{numbers}</pre></div></td><td class="code"><div><pre><span></span>'
        + "\n".join(lines_of(code))
        + "\n</pre></div></td></tr></table></div>"
    )


def pygments_inline(code: str, lang: str) -> str:
    rows = "".join(f'<span class="linenos">{n:2d}</span>{line}\n' for n, line in numbered(code))
    return f'<div class="highlight-{lang}"><div class="highlight"><pre><span></span>{rows}</pre></div></div>'


def pygments_anchors(code: str, lang: str) -> str:
    rows = "".join(
        f'<a id="__codelineno-0-{n}" name="__codelineno-0-{n}" href="#__codelineno-0-{n}"></a>{line}\n'
        for n, line in numbered(code)
    )
    button = '<button class="md-clipboard md-icon" title="Copy to clipboard"></button>'
    return f'<div class="language-{lang} highlight"><pre id="__code_0"><span></span>{button}<code>{rows}</code></pre></div>'


def lineno_old(code: str, lang: str) -> str:
    rows = "\n".join(f'<span class="lineno">{n:3d} </span>{line}' for n, line in numbered(code))
    return f'<div class="highlight"><pre><code class="{lang}">{rows}\n</code></pre></div>'


def github_blob(code: str, lang: str) -> str:
    rows = "".join(
        f'<tr><td id="L{n}" class="blob-num js-line-number" data-line-number="{n}"></td>\n'
        f'<td id="LC{n}" class="blob-code blob-code-inner js-file-line">{line or chr(10)}</td></tr>\n'
        for n, line in numbered(code)
    )
    return (
        f'<div itemprop="text" class="blob-wrapper data type-{lang}"><table class="highlight tab-size js-file-line-container"'
        f' data-tab-size="8"><tbody>{rows}</tbody></table></div>'
    )


def github_numbers(code: str, lang: str) -> str:
    return github_blob(code, lang).replace('"></td>\n<td', '">7</td>\n<td')


def github_readme(code: str, lang: str) -> str:
    body = "\n".join(lines_of(code))
    copy = '<div class="zeroclipboard-container"><clipboard-copy aria-label="Copy" class="ClipboardButton btn">Copy</clipboard-copy></div>'
    return f'<div class="highlight highlight-source-{lang} notranslate position-relative overflow-auto"><pre>{body}</pre>{copy}</div>'


def rouge(code: str, lang: str) -> str:
    numbers = "".join(f"{n}\n" for n, _ in numbered(code))
    return (
        f'<div class="language-{lang} highlighter-rouge"><div class="highlight"><pre class="highlight"><code>'
        f'<table class="rouge-table"><tbody><tr><td class="rouge-gutter gl"><pre class="lineno">{numbers}</pre></td>'
        f'<td class="rouge-code"><pre>'
        + "\n".join(lines_of(code))
        + "\n</pre></td></tr></tbody></table></code></pre></div></div>"
    )


def jekyll(code: str, lang: str) -> str:
    body = "\n".join(lines_of(code))
    return (
        f'<figure class="highlight"><pre><code class="language-{lang}" data-lang="{lang}">{body}</code></pre></figure>'
    )


def syntax_highlighter(code: str, lang: str) -> str:
    gutter = "".join(f'<div class="line number{n} index{n - 1} alt{n % 2}">{n}</div>' for n, _ in numbered(code))
    body = ""
    for n, line in enumerate(code.split("\n"), 1):
        bare = line.lstrip(" ")
        indent = f'<code class="{lang} spaces">{"&nbsp;" * (len(line) - len(bare))}</code>' if bare != line else ""
        body += f'<div class="line number{n} index{n - 1} alt{n % 2}">{indent}<code class="{lang} plain">{escape(bare) or "&nbsp;"}</code></div>'
    return (
        f'<div><div id="highlighter_1" class="syntaxhighlighter  {lang}"><div class="toolbar"><span><a href="#" class="toolbar_item'
        ' command_help help">?</a></span></div><table border="0"><tbody><tr><td class="gutter">'
        + gutter
        + f'</td><td class="code"><div class="container">{body}</div></td></tr></tbody></table></div></div>'
    )


def syntax_highlighter_old(code: str, lang: str) -> str:
    rows = "".join(
        f'<li class="{"alt" if n % 2 else ""}"><span>{hard(line)} &nbsp;</span></li>'
        for n, line in enumerate(code.split("\n"), 1)
    )
    return f'<div class="dp-highlighter"><div class="bar"></div><ol start="1" class="dp-{lang[0]}">{rows}</ol></div>'


def mdn(code: str, lang: str) -> str:
    return (
        f'<div class="code-example"><p class="example-header"><span class="language-name">{lang}</span>'
        f'<button type="button" class="icon copy-icon"><span class="visually-hidden">Copy to Clipboard</span></button></p>'
        f'<pre class="brush: {lang} notranslate"><code>{chr(10).join(lines_of(code))}\n</code></pre></div>'
    )


def docusaurus_div(code: str, lang: str) -> str:
    rows = "".join(f'<div class="token-line" style="color:#393A34">{line or chr(10)}</div>' for line in lines_of(code))
    return (
        f'<div class="language-{lang} codeBlockContainer_a1 theme-code-block"><div class="codeBlockContent_b2">'
        f'<pre tabindex="0" class="prism-code language-{lang} codeBlock_c3 thin-scrollbar"><code class="codeBlockLines_d4">{rows}'
        '</code></pre><div class="buttonGroup_e5"><button type="button" aria-label="Copy code">Copy</button></div></div></div>'
    )


def docusaurus_span(code: str, lang: str) -> str:
    empty = '<span class="token plain" style="display:inline-block"></span>'
    rows = "".join(
        f'<span class="token-line" style="color:#393A34">{line or empty}<br></span>' for line in lines_of(code)
    )
    return (
        f'<div class="language-{lang} codeBlockContainer_a1 theme-code-block"><div class="codeBlockTitle_x">boats</div>'
        f'<div class="codeBlockContent_b2"><pre class="prism-code language-{lang}"><code>{rows}</code></pre>'
        '<div class="buttonGroup_e5"><button type="button">Copy</button></div></div></div>'
    )


def prism(code: str, lang: str) -> str:
    rows = "<span></span>" * len(code.split("\n"))
    return (
        f'<div class="code-toolbar"><pre class="line-numbers language-{lang}"><code class="language-{lang}">'
        f'{chr(10).join(lines_of(code))}<span aria-hidden="true" class="line-numbers-rows">{rows}</span></code></pre>'
        f'<div class="toolbar"><div class="toolbar-item"><span>{lang.upper()}</span></div><div class="toolbar-item">'
        "<button>Copy</button></div></div></div>"
    )


def hljs(code: str, lang: str) -> str:
    return f'<pre><code class="hljs {lang}">{chr(10).join(lines_of(code))}\n</code></pre>'


def hljs_numbers(code: str, lang: str) -> str:
    rows = "".join(
        f'<tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="{n}"><div class="hljs-ln-n" data-line-number="{n}">{n}</div></td>'
        f'<td class="hljs-ln-line hljs-ln-code" data-line-number="{n}">{line or " "}</td></tr>'
        for n, line in numbered(code)
    )
    return f'<pre><code class="hljs language-{lang}"><table class="hljs-ln"><tbody>{rows}</tbody></table></code></pre>'


def medium(code: str, _: str) -> str:
    body = "<br>".join(escape(line) for line in code.split("\n"))
    return f'<pre class="nh ni nj nk nl nm nn"><span id="ab12" class="no np dq nm b gy nq">{body}</span></pre>'


def stack_overflow(code: str, lang: str) -> str:
    return f'<pre class="lang-{lang} s-code-block"><code class="hljs language-{lang}">{chr(10).join(lines_of(code))}\n</code></pre>'


def doxygen(code: str, _: str) -> str:
    return f'<div class="fragment">{"".join(f"""<div class="line">{line}</div>{chr(10)}""" for line in lines_of(code))}</div>'


def doxygen_numbers(code: str, _: str) -> str:
    rows = "".join(
        f'<div class="line"><a id="l{n:05d}" name="l{n:05d}"></a><span class="lineno">{n:5d}</span>{line}</div>\n'
        for n, line in numbered(code)
    )
    return f'<div class="fragment">{rows}</div><!-- fragment -->'


def codemirror(code: str, _: str) -> str:
    rows = "".join(
        '<div style="position: relative;"><div class="CodeMirror-gutter-wrapper" style="left: -29px;"><div'
        f' class="CodeMirror-linenumber CodeMirror-gutter-elt">{n}</div></div><pre class=" CodeMirror-line " role="presentation">'
        f'<span role="presentation">{line or chr(8203)}</span></pre></div>'
        for n, line in numbered(code)
    )
    return f'<div class="CodeMirror cm-s-default"><div class="CodeMirror-lines"><div class="CodeMirror-code">{rows}</div></div></div>'


def codemirror6(code: str, lang: str) -> str:
    gutter = "".join(f'<div class="cm-gutterElement">{n}</div>' for n, _ in numbered(code))
    rows = "".join(f'<div class="cm-line">{line or "<br>"}</div>' for line in lines_of(code))
    return (
        '<div class="cm-editor"><div class="cm-scroller"><div class="cm-gutters" aria-hidden="true"><div class="cm-gutter'
        f' cm-lineNumbers">{gutter}</div></div><div class="cm-content" data-language="{lang}">{rows}</div></div></div>'
    )


def monaco(code: str, _: str) -> str:
    rows = "".join(f'<div class="view-line"><span>{hard(line)}</span></div>' for line in code.split("\n"))
    return f'<div class="monaco-editor"><div class="view-lines">{rows}</div></div>'


def hexo(code: str, lang: str) -> str:
    numbers = "<br>".join(f'<span class="line">{n}</span>' for n, _ in numbered(code))
    body = "<br>".join(f'<span class="line">{line}</span>' for line in lines_of(code))
    return (
        f'<figure class="highlight {lang}"><table><tbody><tr><td class="gutter"><pre>{numbers}<br></pre></td>'
        f'<td class="code"><pre>{body}<br></pre></td></tr></tbody></table></figure>'
    )


def chroma(code: str, lang: str) -> str:
    numbers = "".join(f'<span class="lnt">{n:2d}\n</span>' for n, _ in numbered(code))
    body = "".join(f'<span class="line"><span class="cl">{line}\n</span></span>' for line in lines_of(code))
    return (
        '<div class="highlight"><div class="chroma"><table class="lntable"><tr><td class="lntd"><pre tabindex="0" class="chroma">'
        f'<code>{numbers}</code></pre></td><td class="lntd"><pre tabindex="0" class="chroma"><code class="language-{lang}"'
        f' data-lang="{lang}">{body}</code></pre></td></tr></table></div></div>'
    )


def chroma_inline(code: str, lang: str) -> str:
    number = "white-space:pre;-webkit-user-select:none;user-select:none;margin-right:0.4em;color:#7f7f7f"
    body = "".join(
        f'<span style="display:flex;"><span style="{number}">{n:2d}</span><span>{line}\n</span></span>'
        for n, line in numbered(code)
    )
    return (
        f'<div class="highlight"><pre tabindex="0" style="color:#f8f8f2;background-color:#272822;"><code class="language-{lang}"'
        f' data-lang="{lang}">{body}</code></pre></div>'
    )


def shiki(code: str, lang: str) -> str:
    body = "\n".join(f'<span class="line">{line}</span>' for line in lines_of(code))
    return f'<pre class="astro-code github-dark" style="background-color:#24292e" tabindex="0" data-language="{lang}"><code>{body}</code></pre>'


def shiki_tight(code: str, lang: str) -> str:
    body = "".join(f'<span data-line="" class="line">{line or " "}</span>' for line in lines_of(code))
    return (
        f'<figure data-rehype-pretty-code-figure=""><pre data-language="{lang}" data-theme="x"><code style="display: grid;">'
        f"{body}</code></pre></figure>"
    )


def react(code: str, lang: str) -> str:
    number = "display:inline-block;min-width:2.25em;padding-right:1em;text-align:right;user-select:none"
    body = "".join(
        f'<span style="display:block"><span class="linenumber react-syntax-highlighter-line-number" style="{number}">{n}</span>'
        f"<span>{line}\n</span></span>"
        for n, line in numbered(code)
    )
    return f'<pre style="color:white;white-space:pre"><code class="language-{lang}" style="white-space:pre">{body}</code></pre>'


def vitepress(code: str, lang: str) -> str:
    numbers = "".join(f'<span class="line-number">{n}</span><br>' for n, _ in numbered(code))
    return (
        f'<div class="language-{lang} vp-adaptive-theme line-numbers-mode"><button title="Copy Code" class="copy"></button>'
        f'<span class="lang">{lang}</span>'
        + shiki(code, lang)
        + f'<div class="line-numbers-wrapper" aria-hidden="true">{numbers}</div></div>'
    )


def prettyprint(code: str, lang: str) -> str:
    rows = "".join(f'<li class="L{n % 10}">{line}</li>' for n, line in enumerate(lines_of(code)))
    return f'<pre class="prettyprint lang-{lang} linenums prettyprinted"><ol class="linenums">{rows}</ol></pre>'


def number_table(code: str, _: str) -> str:
    rows = "".join(
        f'<tr><td align="right">{n}</td><td><pre>{escape(line)}</pre></td></tr>\n'
        for n, line in enumerate(code.split("\n"), 40)
    )
    return f'<table border="0" cellpadding="2">{rows}</table>'


def listing(code: str, _: str) -> str:
    return f"<listing>\n{escape(code)}\n</listing>"


def crayon(code: str, _: str) -> str:
    numbers = "".join(f'<div class="crayon-num" data-line="crayon-1-{n}">{n}</div>' for n, _ in numbered(code))
    rows = "".join(f'<div class="crayon-line" id="crayon-1-{n}">{line or "&nbsp;"}</div>' for n, line in numbered(code))
    return (
        '<div class="crayon-syntax crayon-theme-classic"><div class="crayon-plain-wrap"></div><div class="crayon-main">'
        f'<table class="crayon-table"><tr class="crayon-row"><td class="crayon-nums"><div class="crayon-nums-content">{numbers}'
        f'</div></td><td class="crayon-code"><div class="crayon-pre">{rows}</div></td></tr></table></div></div>'
    )


def gitlab(code: str, lang: str) -> str:
    body = "\n".join(f'<span id="LC{n}" class="line" lang="{lang}">{line}</span>' for n, line in numbered(code))
    return (
        f'<div class="gl-relative markdown-code-block js-markdown-code"><pre class="code highlight js-syntax-highlight language-{lang}"'
        f' lang="{lang}"><code>{body}</code></pre><copy-code><button class="btn btn-default">Copy</button></copy-code></div>'
    )


def wordpress(code: str, _: str) -> str:
    return f'<pre class="wp-block-code"><code>{escape(code)}</code></pre>'


def discourse(code: str, lang: str) -> str:
    return f'<pre data-code-wrap="{lang}"><code class="lang-{lang}">{escape(code)}\n</code></pre>'


def blogger(code: str, _: str) -> str:
    body = "<br />".join(hard(line) for line in code.split("\n"))
    return f'<pre style="background: #f0f0f0; border: 1px dashed #ccc; font-family: arial;">{body}</pre>'


def pandoc(code: str, lang: str) -> str:
    body = "\n".join(
        f'<span id="cb1-{n}"><a href="#cb1-{n}" aria-hidden="true" tabindex="-1"></a>{line}</span>'
        for n, line in numbered(code)
    )
    return f'<div class="sourceCode" id="cb1"><pre class="sourceCode {lang}"><code class="sourceCode {lang}">{body}</code></pre></div>'


def javadoc(code: str, _: str) -> str:
    body = (
        escape(code)
        .replace("boats", '<a href="boats.html" title="class in harbour">boats</a>')
        .replace("\n    ", "\n&nbsp;&nbsp;&nbsp;&nbsp;")
    )
    return f'<div class="block">What it does is simple.<pre>{body}</pre></div>'


def php_manual(code: str, lang: str) -> str:
    body = "<br>".join(f'<span style="color: #000">{hard(line)}</span>' for line in code.split("\n"))
    return f'<div class="example-contents"><div class="phpcode"><pre><code><span style="color: #000000">{body}\n</span></code></pre></div></div>'


MARKUPS: tuple[Callable[[str, str], str], ...] = (
    plain, pre_code, sphinx, copybutton, read_the_docs, pygments_table, pygments_inline, pygments_anchors, lineno_old,
    github_blob, github_numbers, github_readme, rouge, jekyll, syntax_highlighter, syntax_highlighter_old, mdn,
    docusaurus_div, docusaurus_span, prism, hljs, hljs_numbers, medium, stack_overflow, doxygen, doxygen_numbers,
    codemirror, codemirror6, monaco, hexo, chroma, chroma_inline, shiki, shiki_tight, react, vitepress, prettyprint,
    number_table, listing, crayon, gitlab, wordpress, discourse, blogger, pandoc, javadoc, php_manual,
)  # fmt: skip


class CodePage(NamedTuple):
    """A page of code."""

    name: str
    """Its markup."""
    html: str
    listings: tuple[str, ...]
    """The programs on it."""


def made() -> Iterator[CodePage]:
    """Yield the pages: each markup with two programs, one of them at the end of the article on every third page."""
    programs = cycle(PROGRAMS.items())
    for i, markup in enumerate(MARKUPS):
        (lang, code), (other, more) = next(programs), next(programs)
        first, second = markup(code, lang), markup(more, other)
        prose = [f"<p>{_PROSE[(i + n) % len(_PROSE)]}</p>" for n in range(5)]
        tail = "" if i % 3 == 0 else prose[4]
        body = f"{prose[0]}{prose[1]}{first}{prose[2]}{prose[3]}{second}{tail}"
        name = markup.__name__
        page = (
            f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Boats in {name} - Harbour notes</title></head><body>"
            '<header><a href="/">Harbour notes</a><nav><ul><li><a href="/a">Archive</a></li><li><a href="/b">About</a></li></ul></nav>'
            f"</header><main><article><h1>Boats in {name}</h1>{body}</article></main>"
            '<footer><p>© 2024 Harbour notes</p><ul><li><a href="/c">Imprint</a></li><li><a href="/d">Privacy</a></li></ul></footer>'
            "</body></html>"
        )
        yield CodePage(name, page, (code, more))
