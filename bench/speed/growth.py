"""How time grows with what a page repeats: ``python -m bench.speed.growth [--kind NAME] [--size 1000000]``.

Each kind is cleaned at a quarter, half and all of the size, twice each, the lesser time counts; the exponent is that
from the first to the last. Exit status 1 if one is above LIMIT. What is repeated says where the loop is; pages of
lines, and of one line, are in ``bench.speed.scaling``.
"""

from __future__ import annotations

import argparse
import math
import random
import string
import sys
from collections.abc import Sequence

from bench.report import print_columns
from bench.speed.scaling import cpu_of
from cleanpage import clean_page

LIMIT = 1.15
"""Most that the exponent may be: room for sorting and for caches that overflow."""
LEAST = 0.01
"""CPU seconds below which a time says nothing."""
BODY = "<p>The ferry at Bend Landing runs again, after a winter in which nobody crossed the river at all.</p>"
CHROME = "Share on Facebook\nSign in\n"
"""Without a line that a rule names a text is clean, and its body is not looked for: random words decide which it is."""
KINDS: dict[str, tuple[str, str, str]] = {
    "authors": ("<html><head>", '<meta name="author" content="Ann {w}">', f"</head>{BODY}"),
    "authors, the same": ("<html><head>", '<meta name="author" content="Ann Ash">', f"</head>{BODY}"),
    "metas": ("<html><head>", '<meta name="k{i}" content="{w}">', f"</head>{BODY}"),
    "titles": ("<html>", "<title>The {w} of {w}</title>", BODY),
    "languages": ("<html><head>", '<link rel=alternate hreflang=en href="/{i}">', f"</head>{BODY}"),
    "JSON-LD nodes": (
        '<html><script type="application/ld+json">[',
        '{{"@type":"Article","@id":"{i}"}},',
        f"1]</script>{BODY}",
    ),
    "JSON-LD keys": ('<html><script type="application/ld+json">{', '"k{i}":{{"a":1}},', f'"z":1}}</script>{BODY}'),
    "JSON-LD authors": (
        '<html><script type="application/ld+json">{"@type":"Article","author":[',
        '{{"name":"Ann {w}"}},',
        f'""]}}</script>{BODY}',
    ),
    "JSON-LD scripts": ("<html>", '<script type="application/ld+json">{{"@type":"Article"}}</script>', BODY),
    "scripts": ("<html>", "<script>var d='2021-05-06',i={i};if(i<d.length)f(\"</div>\")</script>", BODY),
    "dates in scripts": ("<html>", '<script>"datePublished":"2021","publish_time"</script>', BODY),
    "links": ("<html><body>", '<a href="/{i}">{w} {w}</a> ', BODY),
    "links in lists": ("<html><body><ul>", '<li><a href="/{i}">{w} {w}</a></li>', f"</ul>{BODY}"),
    "links to authors": ("<html><body>", '<a rel=author href="/{i}">Ann {w}</a><br>', BODY),
    "links in links": ("<html><body>", '<a rel=author href="/{i}"><div>{w}', BODY),
    "anchors": ("<html><body>", "<a name=a{i}></a>", BODY),
    "times": ("<html><body>", "<p><time datetime=2021-05-06>6 May 2021</time> {w}</p>", BODY),
    "dates": ("<html><body>", "<p>Published: 6 May 2021 {w}</p>", BODY),
    "bylines": ("<html><body>", "<p>By Ann {w}</p>", BODY),
    "itemprops": ("<html><body>", "<i itemprop=author>Ann {w}</i>", BODY),
    "itemprops in itemprops": ("<html><body>", "<div itemprop=author>", BODY),
    "comments": ("<html><body>", "<!-- {w} -->", BODY),
    "comments of readers": ("<html><body>", "<div class=comment><p>Ann {w}</p><p>I like {w} a lot.</p></div>", BODY),
    "captions": ("<html><body>", '<figure><img src="/{i}.png"><figcaption>A {w}</figcaption></figure>', BODY),
    "crumbs": ("<html><body><ol class=breadcrumb>", "<li><a href=/{i}>{w}</a> &gt;</li>", f"</ol>{BODY}"),
    "pictures in sources": ("<html><body>", "<picture><source srcset='/{i} 2x'><img alt=x>", BODY),
    "sources": ("<html><body>", "<source srcset='/{i} 2x'>", f"<img>{BODY}"),
    "lists in lists": ("<html><body>", "<ul><li>{w}", BODY),
    "list items": ("<html><body><ul>", "<li>{w} of the {w}</li>", f"</ul>{BODY}"),
    "table rows": ("<html><body><table>", "<tr><td>{w}<td>{i}</tr>", f"</table>{BODY}"),
    "cells": ("<html><body><table><tr>", "<td>{w}", f"</table>{BODY}"),
    "tables in tables": ("<html><body>", "<table><tr><td>{w}<td>{i}", BODY),
    "choices": ("<html><body><select>", "<option>{w}", f"</select>{BODY}"),
    "selects": ("<html><body>", "<select><option>{w}<option>{i}</select>", BODY),
    "hidden blocks": ("<html><body>", "<div hidden>The {w} of {w} is back.</div>", BODY),
    "headings": ("<html><body>", "<h2>The {w} of {w}</h2>", BODY),
    "paragraphs": ("<html><body>", "<p>The {w} of {w} is not what it was, they say of {w}.</p>", BODY),
    "equal paragraphs": ("<html><body>", "<p>The ferry to the island leaves every morning at nine.</p>", BODY),
    "br": ("<html><body>", "<br>", BODY),
    "pre": ("<html><body><pre>", "x = {i}\n", f"</pre>{BODY}"),
    "inline": ("<html><body>", "<b><i>{w}</i></b>", BODY),
    "unclosed inline": ("<html><body>", "<b>{w}", BODY),
    "attributes": ("<html><body><p", " a{i}=''", f">{BODY}"),
    "attributes of each": ("<html><body>", "<p" + " a='1' b=2" * 1500 + ">{w}", BODY),
    "titles without an end": ("<html>", "<title>", BODY),
    "textareas without an end": ("<html>", "<textarea>{w}", BODY),
    "scripts without an end": ("<html>", "<script><!-- <script>{w}<p>", BODY),
    "styles without an end": ("<html>", "<style>{w}<p>", BODY),
    "comments without an end": ("<html>", "<!-- {w}>", f"{BODY}</body>"),
    "quotes without an end": ("<html>", "<p a=' b=\" c>{w}", f"'{BODY}</body>"),
    "svg without an end": ("<html>", "<svg><video>{w}", BODY),
    "selects without an end": ("<html>", "<select><option>{w}", BODY),
    "ends of the page": ("<html>", "{w}</body></html>", BODY),
    "tags without an end": ("<html>", "<p <a <b=<", BODY),
    "lines of five letters": (CHROME, "{w}\n", ""),
    "short lines": (CHROME, "{w} {w}\n", ""),
    "short Chinese lines": (CHROME, "{c}{c}{c}{c}{c}\n", ""),
    "names": (CHROME, "By Ann {w} and Bob {w}\n", ""),
    "links in text": (CHROME, "https://bend.example/{w}/{i}\n", ""),
    "Markdown": (CHROME, "- [{w}](https://bend.example/{i})\n", ""),
    "quotations": (CHROME, "> The {w} of {w} is back.\n", ""),
    "labels": (CHROME, "Source: {w}\n", ""),
}
"""What stands before, again and again, and behind; ``{i}`` is a number, ``{w}`` five letters, ``{c}`` an ideogram."""


def page(kind: str, size: int) -> str:
    """Return a page of about so many characters; the same for the same size."""
    before, unit, behind = KINDS[kind]
    chance, pieces, length = random.Random(size), [], 0
    while length < size:
        pieces.append(_UNIT.vformat(unit, (), _Values(i=len(pieces), chance=chance)))
        length += len(pieces[-1])
    return before + "".join(pieces) + behind


class _Values(dict[str, object]):
    """What a unit names, another one each time."""

    def __getitem__(self, name: str) -> object:
        chance = self.get("chance")
        assert isinstance(chance, random.Random)
        if name == "w":
            return "".join(chance.choices(string.ascii_lowercase, k=5))
        return chr(chance.randrange(0x4E00, 0x5E00)) if name == "c" else self.get(name)


_UNIT = string.Formatter()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.growth", description=__doc__)
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind")
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the largest page")
    options = parser.parse_args(arguments)
    clean_page(BODY)  # compiles the rules
    rows, steep = [], 0
    for kind in options.kind or KINDS:
        sizes = [options.size // 4, options.size // 2, options.size]
        times = [min(cpu_of(clean_page, page(kind, size)) for _ in range(2)) for size in sizes]
        exponent = math.log2(times[2] / times[0]) / 2 if times[0] >= LEAST else 0.0
        steep += exponent > LIMIT
        rows.append(
            (kind, *(f"{taken:.3f}" for taken in times), f"{exponent:.2f}", f"{1e6 * times[2] / options.size:.2f}")
        )
        print(f"{kind}: {rows[-1][-2]}", file=sys.stderr, flush=True)
    print_columns(("kind", "a quarter, s", "half, s", "all, s", "exponent", "s a MB"), rows, words=1)
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
