"""What hostile pages cost, 200 kinds at three sizes: ``python -m bench.speed.hostile_pages [--kind WORD] [--size N]``.

A kind is a unit that repeats, what stands around it, and how its copies differ. A line a kind: the exponent of time
between the last two sizes, CPU seconds a MB and MB of memory at the largest. Exit status 1 if one breaks a bound.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import time
from collections.abc import Callable, Iterator, Sequence

from bench.speed.memory import BLOCK, FACTOR, FIXED, current

EXPONENT, SECONDS = 1.15, 6.0
"""Of time, and CPU seconds a MB."""
SIZE, STEP = 400_000, 4
"""Characters of the largest page; each of the others has a fourth."""
NOISE = 0.1
"""Seconds below which no exponent is told."""

Kind = Callable[[int], str | bytes]

_BLOCKS = (
    "div",
    "p",
    "li",
    "td",
    "tr",
    "table",
    "h2",
    "pre",
    "blockquote",
    "dl",
    "section",
    "form",
    "select",
    "option",
    "details",
    "figure",
    "nav",
    "center",
)
_INLINE = ("a", "span", "b", "font", "sup", "ruby", "code", "time", "label", "button", "svg", "math", "object", "video")
_VOID = ("br", "hr", "img", "input", "wbr", "source", "embed")
_RAW = ("title", "textarea", "xmp", "noframes", "script", "style", "noscript", "template", "iframe")
_HEADS = {
    "author": '<meta name="author" content="A. Name{}">',
    "keywords": '<meta name="keywords" content="k{}">',
    "description": '<meta name="description" content="It was {}.">',
    "og:title": '<meta property="og:title" content="T{}">',
    "date": '<meta name="date" content="2020-01-{}">',
    "canonical": '<link rel="canonical" href="http://a.b/{}">',
    "ld": '<script type="application/ld+json">{{"@type":"Person","name":"N{}"}}</script>',
    "base": '<base href="/{}/">',
    "time": '<time datetime="2020-01-{}">x</time>',
    "itemprop": '<p itemprop="author">Name {}</p>',
    "byline": '<p class="byline">By Jane Doe{}</p>',
    "crumb": '<a class="breadcrumb" href="/{}">Part {}</a> &gt; ',
    "comment": '<div class="comment"><b>U{}</b>text</div>',
    "caption": "<figure><img src=a{}><figcaption>c{}</figcaption></figure>",
    "hidden": '<p style="display:none">x{}</p>',
    "anchor": '<a href="#n{}" id="m{}">n</a>',
    "class": '<p class="c{} d{}">x</p>',
    "entity": "&amp;&#{};&x;",
    "frame": '<frame src="a{}">',
    "attribute": '<p a{}="b" c{}>x',
}
_LINES = {
    "letters": "{}",
    "word": "word{}",
    "sentence": "It was the day {} of the year, and it rained.",
    "han": "第{}天下雨。",
    "number": "{}",
    "date": "2020-01-{} 10:00",
    "byline": "By Jane Doe{}",
    "source": "来源：报社{}",
    "editor": "责任编辑：张三{}",
    "licence": "京ICP备{}号",
    "url": "http://a.b/{}",
    "mail": "a{}@b.cc",
    "phone": "010-6{}",
    "comment": "User{} says: no",
    "question": "Q{}: why?",
    "heading": "Part {}:",
    "bullet": "- item {}",
    "row": "a{}\tb\tc",
    "pipe": "a{} | b | c",
    "crumb": "Home > Part {} >",
    "share": "Share {} on Facebook",
    "quote": "> said {}",
    "code": "    x[{}] = y(z);",
    "caption": "（图 {}）",
    "related": "Read also: {}",
    "next": "下一篇：{}",
    "copyright": "© {} All rights reserved.",
    "bracket": "(({}",
    "quote_mark": '"{}',
    "colon": "a{}:",
    "escape": "\\u00{}",
    "json": '{{"a": "{}",',
    "markdown": "## a{}",
    "arabic": "قال {} اليوم.",
    "hindi": "आज {} है।",
    "thai": "วันนี้{}",
    "emoji": "👍{}",
    "combining": "e\u0301\u0301{}",
}


def _filled(unit: str, size: int, *, unlike: bool) -> str:
    """Return copies of a unit of ``size`` characters in all; ``{}`` is their number, or one number for all."""
    parts, length, number = [], 0, 0
    while length < size:
        parts.append(unit.replace("{}", str(number if unlike else 7)).replace("{{", "{").replace("}}", "}"))
        length += len(parts[-1])
        number += 1
    return "".join(parts)


def _page(unit: str, *, unlike: bool = True, head: bool = False) -> Kind:
    opening = "<html><head>" if head else "<html><body><p>It was a day.</p>"
    return lambda size: opening + _filled(unit, size, unlike=unlike)


def _text(unit: str, *, unlike: bool = True) -> Kind:
    return lambda size: _filled(unit, size, unlike=unlike)


def kinds() -> Iterator[tuple[str, Kind]]:
    """Yield 200 kinds and more: name, and what gives the page of a size."""
    for tag in (*_BLOCKS, *_INLINE):
        yield f"<{tag}> unclosed", _page(f"<{tag}>x{{}}")
        yield f"<{tag}> closed", _page(f"<{tag}>x{{}}</{tag}>")
    for tag in _BLOCKS:
        yield f"</{tag}> alone", _page(f"x{{}}</{tag}>")
    for tag in _VOID:
        yield f"<{tag}> alone", _page(f"<{tag} src=a{{}}>x")
    for tag in _RAW:
        yield f"<{tag}> unclosed", _page(f"<{tag}>x{{}} ")
        yield f"<{tag}> closed", _page(f"<{tag}>x{{}}</{tag}>")
    for name, unit in _HEADS.items():
        yield f"{name} unlike", _page(unit, head=unit[1:5] in ("meta", "link"))
        yield f"{name} equal", _page(unit, unlike=False)
    for name, unit in _LINES.items():
        yield f"line {name}", _text(unit + "\n")
        if name in ("letters", "sentence", "han", "row", "code", "byline", "date", "bullet"):
            yield f"equal line {name}", _text(unit + "\n", unlike=False)
            yield f"one line {name}", _text(unit + " ")
            yield f"<pre> line {name}", lambda size, unit=unit: "<html><pre>" + _filled(unit + "\n", size, unlike=True)
    for character in ("\x00", "\r", "\u2028", "\u200b", "\u202e", "\ud800", "\u3000", "<", "&", "[", "\\", "。", "."):
        yield f"only {character!r}", lambda size, character=character: character * size
    for name, piece in {
        "zeros": b"\x00",
        "high": b"\xff",
        "gbk": "老桥".encode("gb18030"),
        "utf-16": "ab".encode("utf-16-le"),
        "broken utf-8": b"\xe8\x80a ",
        "escapes": b"\x1b$B",
        "sjis": "日本".encode("shift_jis"),
        "latin": "é à".encode("latin-1"),
    }.items():
        yield f"bytes {name}", lambda size, piece=piece: piece * (size // len(piece))


def measure(kind: Kind, size: int) -> tuple[float, float]:
    """Return the CPU seconds and the MB that cleaning a page of this size takes."""
    from cleanpage import clean_page

    page = kind(size)
    gc.collect()
    with open("/proc/self/clear_refs", "w", encoding="ascii") as reset:
        reset.write("5")
    before, began = current(), time.process_time()
    clean_page(page)
    spent = time.process_time() - began
    with open("/proc/self/status", encoding="ascii") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    return spent, peak - before


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.hostile_pages", description=__doc__)
    parser.add_argument("--kind", default="")
    parser.add_argument("--size", type=int, default=SIZE)
    options = parser.parse_args(arguments)
    broken = 0
    for name, kind in kinds():
        if options.kind not in name:
            continue
        times = [measure(kind, options.size // STEP**back) for back in (2, 1, 0)]
        page = kind(options.size)
        size = len(page if isinstance(page, bytes) else page.encode("utf-8", "surrogatepass")) / 1e6
        exponent = math.log(times[2][0] / times[1][0], STEP) if times[2][0] > NOISE else float("nan")
        breaks = 0 if isinstance(page, bytes) else sum(map(page.count, ("\n", "<", "。", "\r", "\u2028")))
        faults = [
            *(["growth"] if exponent > EXPONENT else []),
            *(["time"] if times[2][0] > SECONDS * size else []),
            *(["memory"] if times[2][1] > FACTOR * size + FIXED + BLOCK * breaks else []),
        ]
        broken += bool(faults)
        line = f"{name:28}{exponent:7.2f}{times[2][0] / size:8.2f} s/MB{times[2][1]:8.1f} MB"
        print(line, *faults, flush=True)
    print(f"{broken} kinds break a bound")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
