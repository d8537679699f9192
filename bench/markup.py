"""What is left of pages whose markup has been broken: ``python -m bench.markup [--pages N]``.

Real pages are broken in each of MUTATIONS, read by ``load_html`` and by html5lib, which reads as browsers do. Three
figures a mutation: the share of html5lib's visible words that we keep; the share of the page's own words (those that
html5lib reads on the page before it is broken) that we and html5lib keep; and pieces of markup that have become text,
of which html5lib has none. Skipped without the shared pages.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from statistics import mean
from typing import Any

from bench.data import ABSENT, load_pages, present
from bench.report import print_columns
from cleanpage.load.html import load_html

SETS = ("wcxb-dev", "magic-dev", "gn1", "waddle-zh", "waddle-pl")
LONGEST = 120_000
"""Characters of a page; html5lib takes a second for 500,000."""
UNSEEN = frozenset(
    (
        "head", "script", "style", "template", "noscript", "iframe", "object", "video", "audio", "canvas", "svg",
        "noembed", "noframes", "applet", "select", "datalist", "dialog",
    )
)  # fmt: skip
_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\w+")
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s+[\w-]+=[\"'][^<>]*)?/?>|<!--|-->")
_BLOCK = re.compile(r"<(?:p|div|li|td|h\d|section|article)\b[^>]*>", re.I)
Mutation = Callable[[str, Random], str]


def _insert(piece: str, *, head: bool = False) -> Mutation:
    """Return a mutation that puts ``piece`` before a block in the first third of the body, or into the head."""

    def change(html: str, chance: Random) -> str:
        if head:
            at = html.lower().find("<head")
            at = html.find(">", at) + 1 if at >= 0 else 0
        else:
            blocks = list(_BLOCK.finditer(html))
            at = chance.choice(blocks[: len(blocks) // 3 + 1]).start() if blocks else 0
        return html[:at] + piece + html[at:]

    return change


def _drop(pattern: str, instead: str = "") -> Mutation:
    """Return a mutation that takes one match of ``pattern`` away."""

    def change(html: str, chance: Random) -> str:
        found = list(re.finditer(pattern, html, re.IGNORECASE))
        if not found:
            return html
        match = chance.choice(found)
        return html[: match.start()] + match.expand(instead) + html[match.end() :]

    return change


def _nest_wrongly(html: str, chance: Random) -> str:
    """Exchange two neighbouring end tags."""
    return re.sub(r"(</\w+>)(\s*)(</\w+>)", lambda m: m[3] + m[2] + m[1] if chance.random() < 0.1 else m[0], html)


def _throughout(pattern: str, instead: str, share: float) -> Mutation:
    """Return a mutation of a share of the matches of a pattern."""

    def change(html: str, chance: Random) -> str:
        return re.sub(pattern, lambda m: m.expand(instead) if chance.random() < share else m[0], html)

    return change


MUTATIONS: dict[str, Mutation] = {
    "as it is": lambda html, _: html,
    "end tag gone": _drop(r"</\w+\s*>"),
    "many end tags gone": _throughout(r"</(?!script|style|title|textarea)\w+>", "", 0.05),
    "quote gone": _drop(r"(=)[\"']", r"\1"),
    "closing quote gone": _drop(r"(=\"[^\"<>]*)\"", r"\1"),
    "odd quote": _throughout(r"<(div|p|a|span) ", r'<\1 " ', 0.02),
    "curly quotes": _throughout(r"=\"([^\"<>\s]*)\"", r"=“\1”", 0.05),
    "<html> twice": _insert("<html><head><title>x</title></head><body>"),
    "nested wrongly": _nest_wrongly,
    "<p> in <a> in <table>": _insert("<table><p><a href=x><div><p><tr>"),
    "<br/>, </br>, </p>": _throughout(r" ", "</p> <br/></br>", 0.01),
    "upper case": lambda html, _: re.sub(r"</?[a-z]+\d?(?=[\s>])", lambda m: m[0].upper(), html),
    "NULs": _throughout(r" ", " \x00", 0.02),
    "cut off": lambda html, chance: html[: chance.randrange(len(html) // 2, len(html))],
    "</title> gone": _drop(r"</title\s*>"),
    "</script> gone": _drop(r"</script\s*>"),
    "</style> gone": _drop(r"</style\s*>"),
    "--> gone": _drop(r"-->"),
    **{f"<{name}>": _insert(f"<{name}>") for name in (
        "title", "textarea", "xmp", "noframes", "noembed", "iframe", "plaintext", "style", "script", "svg", "math",
        "object", "video", "audio", "canvas", "select", "template", "!--", "![CDATA[ a", "/p x", "p <div", "?php x",
    )},
    "<!-- in the head": _insert("<!-- x ", head=True),
    "<style> in the head": _insert("<style>a { b: c }", head=True),
    "<script> in the head": _insert("<script>var a = '<p>';", head=True),
    "<noscript> in the head": _insert("<noscript><img src=x>", head=True),
}  # fmt: skip


def visible(html: str) -> str:
    """Return the text that a browser would show, by html5lib's tree."""
    import html5lib

    pieces: list[str] = []

    def gather(element: Any) -> None:
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] not in UNSEEN:
            pieces.append(element.text or "")
            for inner in element:
                gather(inner)
                pieces.append(inner.tail or "")

    gather(html5lib.parse(html, namespaceHTMLElements=False))
    return " ".join(pieces)


def words(text: str) -> Counter[str]:
    """Return the words of a text, ideograms one by one."""
    return Counter(_WORD.findall(text.lower()))


def share(wanted: Counter[str], found: Counter[str]) -> float:
    """Return which share of the words that are wanted stands among those found."""
    return (wanted & found).total() / max(1, wanted.total())


def figures(html: str, mutation: Mutation, chance: Random) -> tuple[float, float, float, int]:
    """Return the shares (of html5lib's words; of the page's, by us and by html5lib) and the pieces of markup."""
    broken = mutation(html, chance)
    theirs, whole = visible(broken), words(visible(html))
    ours = load_html(broken).text
    extra = Counter(_MARKUP.findall(ours)) - Counter(_MARKUP.findall(theirs)) - Counter(_MARKUP.findall(visible(html)))
    found = words(ours)
    return share(words(theirs), found), share(whole, found), share(whole, words(theirs)), extra.total()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.markup", description=__doc__)
    parser.add_argument("--pages", type=int, default=200, help="broken pages in all")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    each = max(1, options.pages // len(MUTATIONS))
    pool = [page for name in SETS for page in load_pages(name, html=True, limit=4 * each) if len(page.html) <= LONGEST]
    pages = sorted(pool, key=lambda page: page.id)
    rows, sums = [], []
    for number, (name, mutation) in enumerate(MUTATIONS.items()):
        chosen = [pages[(number * each + i) * 7 % len(pages)] for i in range(each)]
        found = [figures(page.html, mutation, Random(page.id)) for page in chosen]
        sums += found
        rows.append(_row(name, found))
    rows.append(_row("all", sums))
    columns = ("mutation", "pages", "of html5lib's", "of the page's", "html5lib has", "least", "markup")
    print_columns(columns, rows, words=1)
    return 0


def _row(name: str, found: Sequence[tuple[float, float, float, int]]) -> tuple[str, ...]:
    kept = [*zip(*found, strict=True)]
    means = [f"{mean(values):.3f}" for values in kept[:3]]
    return (name, str(len(found)), *means, f"{min(kept[1]):.3f}", str(sum(kept[3])))


if __name__ == "__main__":
    sys.exit(main())
