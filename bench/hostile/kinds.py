"""Kinds of hostile pages: what repeats, what stands before it and behind it.

In what repeats ``{i}`` is a number, ``{w}`` five letters, ``{c}`` an ideogram, ``{e}`` one of eleven words, another one
each time. The same kind and size give the same page.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import NamedTuple

from bench.hostile import threads_and_names
from bench.hostile.threads_and_names import CHROME

BODY = "<p>The ferry at Bend Landing runs again, after a winter in which nobody crossed the river at all.</p>"


class Kind(NamedTuple):
    """What a page is made of."""

    unit: str | bytes
    """What repeats; bytes are repeated as they are."""
    before: str = ""
    behind: str = ""


_WORDS = ("river", "mill", "paper", "stone", "evening", "market", "harbour", "letter", "winter", "garden", "bridge")
_IDEOGRAMS = [chr(code) for code in range(0x4E00, 0x5E00)]


class _Values(dict[str, str]):
    """What a unit names, another one each time."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def __missing__(self, name: str) -> str:
        if name == "w":
            return "".join(self.chance.choices(string.ascii_lowercase, k=5))
        return self.chance.choice(_WORDS if name == "e" else _IDEOGRAMS)


def page(kind: Kind, size: int) -> str | bytes:
    """Return a page of about so many characters, or bytes."""
    if isinstance(kind.unit, bytes):
        return kind.unit * (size // len(kind.unit))
    values, pieces, length = _Values(random.Random(size)), [], 0
    while length < size:
        values["i"] = str(len(pieces))
        pieces.append(kind.unit.format_map(values))
        length += len(pieces[-1])
    return kind.before + "".join(pieces) + kind.behind


_BLOCKS = (
    "div", "p", "li", "td", "tr", "table", "h2", "pre", "blockquote", "dl", "section", "form", "select", "option",
    "details", "figure", "nav", "center",
)  # fmt: skip
_INLINE = ("a", "span", "b", "font", "sup", "ruby", "code", "time", "label", "button", "svg", "math", "object", "video")
_VOID = ("br", "hr", "img", "input", "wbr", "source", "embed")
_RAW = ("title", "textarea", "xmp", "noframes", "script", "style", "noscript", "template", "iframe")
_HEAD = {
    "authors": '<meta name="author" content="Ann {w}">',
    "equal authors": '<meta name="author" content="Ann Ash">',
    "metas": '<meta name="k{i}" content="{w}">',
    "descriptions": '<meta name="description" content="It was {i}.">',
    "og:titles": '<meta property="og:title" content="T{i}">',
    "dates": '<meta name="date" content="2020-01-{i}">',
    "canonicals": '<link rel="canonical" href="http://a.b/{i}">',
    "languages": '<link rel=alternate hreflang=en href="/{i}">',
    "titles": "<title>The {w} of {w}</title>",
    "JSON-LD persons": '<script type="application/ld+json">{{"@type":"Person","name":"N{i}"}}</script>',
    "JSON-LD articles": '<script type="application/ld+json">{{"@type":"Article"}}</script>',
    "scripts": "<script>var d='2021-05-06',i={i};if(i<d.length)f(\"</div>\")</script>",
    "dates in scripts": '<script>"datePublished":"2021","publish_time"</script>',
    "bases": '<base href="/{i}/">',
}
"""In the head of a page, the article behind it."""
_LD = '<html><script type="application/ld+json">'
_HOSTS = {
    "JSON-LD nodes": Kind('{{"@type":"Article","@id":"{i}"}},', f"{_LD}[", f"1]</script>{BODY}"),
    "JSON-LD keys": Kind('"k{i}":{{"a":1}},', f"{_LD}{{", f'"z":1}}</script>{BODY}'),
    "JSON-LD authors": Kind('{{"name":"Ann {w}"}},', f'{_LD}{{"@type":"Article","author":[', f'""]}}</script>{BODY}'),
    "keys of bodies": Kind('"articleBody":"a<p>\\n', "<html><script>", "</script><p>x</p>"),
    "links in a list": Kind('<li><a href="/{i}">{w} {w}</a></li>', "<html><body><ul>", f"</ul>{BODY}"),
    "list items": Kind("<li>{w} of the {w}</li>", "<html><body><ul>", f"</ul>{BODY}"),
    "crumbs of a list": Kind("<li><a href=/{i}>{w}</a> &gt;</li>", "<html><body><ol class=breadcrumb>", f"</ol>{BODY}"),
    "table rows": Kind("<tr><td>{w}<td>{i}</tr>", "<html><body><table>", f"</table>{BODY}"),
    "cells of a row": Kind("<td>{w}", "<html><body><table><tr>", f"</table>{BODY}"),
    "choices": Kind("<option>{w}", "<html><body><select>", f"</select>{BODY}"),
    "lines of pre": Kind("x = {i}\n", "<html><body><pre>", f"</pre>{BODY}"),
    "attributes of one": Kind(" a{i}=''", "<html><body><p", f">x</p>{BODY}"),
    "deep down": Kind("<p class={w}>{w} {i}</p>", "<html><body>" + "<div>" * 1900, BODY),
    "quotes without an end": Kind("<p a=' b=\" c>{w}", "<html>", f"'{BODY}</body>"),
    "JSON-LD graph": Kind(
        '{{"@type":"Article","@id":"#{i}","author":{{"@id":"#{i}"}},"headline":"The {w} of {w}"}},',
        f'{_LD}{{"@graph":[',
        f"1]}}</script>{BODY}",
    ),
    "JSON-LD comments": Kind(
        '{{"@type":"Comment","text":"I like {w} a lot.","author":{{"name":"{w}"}}}},',
        f'{_LD}{{"@type":"Article","comment":[',
        f"1]}}</script>{BODY}",
    ),
    "JSON-LD crumbs": Kind(
        '{{"@type":"ListItem","position":{i},"name":"Part {w}"}},',
        f'{_LD}{{"@type":"BreadcrumbList","itemListElement":[',
        f"1]}}</script>{BODY}",
    ),
    "JSON-LD body": Kind(
        "It was the day {i} of the {e} of {w}.\\n", f'{_LD}{{"@type":"Article","articleBody":"', f'"}}</script>{BODY}'
    ),
    "JSON-LD arrays in arrays": Kind("[[[{i}]],", f"{_LD}", f"</script>{BODY}"),
    "keywords": Kind("{w} {w},", '<html><head><meta name=keywords content="', f'"></head>{BODY}'),
    "joints of a title": Kind("{w} | ", '<html><head><meta property="og:title" content="', f'"></head>{BODY}'),
    "a state of JSON": Kind(
        '{{"type":"p","text":"The {w} of {w} is a {e}."}},',
        "<html><script id=__NEXT_DATA__ type=application/json>[",
        f"1]</script>{BODY}",
    ),
    "a table of text": Kind(
        "<tr><td>{w}<td>The {w} of {w} is a {e}, they say.<td><a href=/{i}>more</a></tr>",
        "<html><body><table>",
        f"</table>{BODY}",
    ),
    "spans of a line": Kind("<span class={w}>{w}</span> ", "<html><body><p>", f"</p>{BODY}"),
    "strings of a script": Kind(
        "x='The {w} of {w} is a {e}. " + "It is. " * 40 + "';y=`{w}\n", "<html><script>", f"</script>{BODY}"
    ),
    "state of an address": Kind("%22{w}%22%3A", "<html><script>x=decodeURIComponent('", f"')</script>{BODY}"),
    "numbered code": Kind("{i} x = {w}\n", "<html><body><pre class=code>", f"</pre>{BODY}"),
    "breaks of code": Kind("{w} = {i};<br>", "<html><body><p><code>", f"</code></p>{BODY}"),
    "boxes of code": Kind(
        "<div class=blockcode><ol><li>{w} = {i};<br><li>x;<br></ol><em onclick=copy()>copy</em></div>", "<html>", BODY
    ),
    "a letter in mail": Kind("The {w}=20of {w} =3D {e} =\n", "", ""),
    "HTML in an address": Kind("%3Cp%3E{w}+{e}", "%3Cp%3E", ""),
    "breaks of a paragraph": Kind("The {w} of {w} is a {e}.<br>", "<html><body><p>", f"</p>{BODY}"),
}
"""Where what stands around the units matters."""
_BODIES = {
    "times": "<p><time datetime=2021-05-06>6 May 2021</time> {w}</p>",
    "dates": "<p>Published: 6 May 2021 {w}</p>",
    "bylines": "<p class=byline>By Ann {w}</p>",
    "links": '<a href="/{i}">{w} {w}</a> ',
    "links to authors": '<a rel=author href="/{i}">Ann {w}</a><br>',
    "links in links": '<a rel=author href="/{i}"><div>{w}',
    "anchors": "<a name=a{i}></a>",
    "itemprops": "<i itemprop=author>Ann {w}</i>",
    "itemprops in itemprops": "<div itemprop=author>",
    "crumbs": '<a class="breadcrumb" href="/{i}">Part {w}</a> &gt; ',
    "comments of readers": "<div class=comment><p>Ann {w}</p><p>I like {w} a lot.</p></div>",
    "captions": '<figure><img src="/{i}.png"><figcaption>A {w}</figcaption></figure>',
    "credits": "<p class=caption>Photo: Ann {w}/AFP</p>",
    "comments": "<!-- {w} -->",
    "comments without an end": "<!-- {w}>",
    "hidden blocks": "<div hidden>The {w} of {w} is back.</div>",
    "hidden by style": '<p style="display:none">x{i}</p>',
    "classes": '<p class="{w} {w}">{w}</p>',
    "attributes of each": "<p" + " a='1' b=2" * 1500 + ">{w}",
    "attributes unlike": '<p a{i}="b" c{i}>x',
    "nested divs": "<div class='a'>x",
    "entities": "&amp;&#{i};&#0;&#xD800;&nosuch;&#x4e00;",
    "frames": '<frame src="a{i}">',
    "pictures in sources": "<picture><source srcset='/{i} 2x'><img alt=x>",
    "lists in lists": "<ul><li>{w}",
    "tables in tables": "<table><tr><td>{w}<td>{i}",
    "selects": "<select><option>{w}<option>{i}</select>",
    "headings": "<h2>The {w} of {w}</h2>",
    "paragraphs": "<p>The {w} of {w} is not what it was, they say of {w}.</p>",
    "equal paragraphs": "<p>The ferry to the island leaves every morning at nine.</p>",
    "inline": "<b><i>{w}</i></b>",
    "svg and video": "<svg><video>{w}",
    "scripts in comments": "<script \xe9><style><!-- <a href='",
    "ends of the page": "{w}</body></html>",
    "tags without an end": "<p <a <b=<",
    "forum posts": '<div class=post id=p{i}><a class=author href="/u/{w}">{w}</a> <time>2021-05-06 10:{i}</time>'
    "<blockquote>{w} wrote: the {e} is {e}.</blockquote><p>I think that the {e} of {w} is a {e}.</p></div>",
    "answers with votes": "<div class=answer><span class=vote>{i}</span><p>Use the {e}.</p><code>{w}()</code></div>",
    "code listings": "<pre><code class=language-py>def f{i}(x):\n    return x + {i}  # {w}\n</code></pre>"
    "<p>So {w} is {e}.</p>",
    "highlighted code": "<div class=line><i class=k>if</i> <i class=n>{w}</i><i class=p>(</i>{i}):</div>",
    "products": "<div itemscope itemtype=https://schema.org/Product><b itemprop=name>{w}</b>"
    '<meta itemprop=price content="{i}"><a itemprop=url href="/{i}">{w} {e}</a></div>',
    "footnote references": '<p>The {w}<sup><a href="#n{i}">[{i}]</a></sup> of {w}.</p>',
    "footnotes": '<li id=n{i}><a href="#r{i}">^</a> {w}, The {e} of {w}, 19{i}.</li>',
    "definitions": "<dl><dt>{w}</dt><dd>The {w} is a {e}.</dd></dl>",
    "tables of a row": "<table><tr><td>{w}</td><td>{i}</td></tr></table>",
    "tables in cells": "<table><tr><td><table><tr><td>{w} {i}</td></tr></table></td></tr></table>",
    "data addresses": '<img alt="{w}" src="data:image/png;base64,' + "iVBORw0K" * 40 + '">',
    "share buttons": '<ul class=share><li><a href="https://f.example/{i}">Share {w}</a></li></ul>',
    "formulas": "<p>The {e} is <math><mi>{w}</mi><mo>=</mo><msup><mi>x</mi><mn>{i}</mn></msup></math>.</p>",
    "formulas in TeX": "<p>The {e} is \\( x_{{{i}}} = \\frac{{{w}}}{{y}} \\).</p>",
    "readings": "<ruby>{c}<rt>{w}</rt></ruby>",
    "elements of their own": "<x-card-{i}>The {w} of {w}.</x-card-{i}>",
    "conditional comments": "<!--[if IE {i}]><p>{w}</p><![endif]--><p>x",
    "markup as text": "&lt;p class=&quot;{w}&quot;&gt;The {w} of {w}.&lt;/p&gt;\n",
    "accordions": "<details><summary>What of {w}?</summary><p>The {w} is {e}.</p></details>",
    "roles": '<div role=navigation aria-label="{w}"><a href="#{i}">{w}</a></div><div role=main>{w}</div>',
    "articles": "<article><header><h2>The {e} of {w}</h2></header><p>It is a {e}, says {w}.</p></article>",
    "Hebrew": "<p dir=rtl>אמר {i} היום כי {w}.</p>",
    "iframes of documents": '<iframe srcdoc="&lt;p&gt;{w}&lt;/p&gt;"></iframe>',
    "pages of a script": '<script>self.__next_f.push([1,"The {w} of {w} is back again.\\n"])</script>',
    "mixed": '<h3>{w}</h3><ul><li><a href="/{i}">{w}</a></ul><p>By Ann {w}, 6 May 2021<table><tr><td>{w}<td>{i}</table>'
    "<pre>{w} = {i}</pre><figure><img alt={w}><figcaption>A {w}</figcaption></figure>"
    "<blockquote>The {e} of {w}.</blockquote>",
}
_LINES = {
    "letters": "{w}", "two words": "{w} {w}", "a word": "word{i}", "han": "{c}{c}{c}{c}{c}", "a number": "{i}",
    "a sentence": "It was the day {i} of the year, and it rained.", "a han sentence": "第{i}天下雨。",
    "prose": "{c}" * 60 + "。", "few words": "{e} " * 13 + "{e}.", "a date": "2020-01-{i} 10:00",
    "a byline": "By Ann {w} and Bob {w}", "a source": "来源：报社{i}", "a label": "Source: {w}",
    "an editor": "责任编辑：张三{i}", "a licence": "京ICP备{i}号", "an address": "https://bend.example/{w}/{i}",
    "mail": "a{i}@b.cc", "a telephone": "010-6{i}", "a comment": "User{i} says: no", "a question": "Q{i}: why?",
    "a heading": "Part {i}:", "an item": "- item {i}", "Markdown": "- [{w}](https://bend.example/{i})",
    "a Markdown heading": "## a{i}", "a row": "第{i}组\t{i}.5\t合格", "pipes": "a{i} | b | c",
    "a crumb": "Home > Part {i} >",
    "share": "Share {i} on Facebook", "a quotation": "> The {w} of {w} is back.", "code": "    x[{i}] = y(z);",
    "a caption": "（图 {i}）", "related": "Read also: {i}", "next": "下一篇：{i}",
    "copyright": "© {i} All rights reserved.",
    "a bracket": "(({i}", "a quote": '"{i}', "a colon": "a{i}:", "an escape": "\\u00e9{i}", "JSON": '{{"a": "{i}",',
    "Arabic": "قال {i} اليوم.", "Hindi": "आज {i} है।", "Thai": "วันนี้{i}", "emoji": "👍{i}",
    "marks": "e\u0301\u0301{i}",
    "pieces": "【\n大\n中\n小\n】\n|\n打印",
    "Korean": "{i}일 {e} 시장은 다시 열렸다.", "Russian": "В {i} году рынок снова открылся.",
    "Japanese": "{i}日、市場が{c}再開した。",
    "Greek": "Το έτος {i} η {w} άνοιξε.", "Vietnamese": "Năm {i} chợ đã mở lại.",
    "Turkish": "{i} yılında pazar açıldı.",
    "Tibetan": "བོད་{i}་ཡིག", "Khmer": "ថ្ងៃ{i}", "Tamil": "நாள் {i} மழை.",
    "a row of Markdown": "| {w} | {i} | [{w}](/{i}) |", "a picture of Markdown": "![{w}](/a{i}.png)",
    "fences": "```py\n{w} = {i}\n```", "quotes in quotes": "> > > {w} {e}", "a numbered item": "{i}. The {e} of {w}",
    "stressed": "**{w}** _{w}_ `{w}`", "a heading underlined": "The {w}\n=======",
    "an item in an item": "    - {w} {i}",
    "a footnote of Markdown": "[^{i}]: The {e} of {w}.", "a key": "{w}: {w}", "a chat": "[10:{i}] <{w}> the {e}?",
    "a head of mail": "From: {w} <{w}@bend.example>", "a paper": "[{i}] {w}, A. The {e} of {w}. J. {e} 12(3), {i}.",
    "a price": "{w} € {i},99", "an address of a house": "{i} {w} Street, {e}town", "tags": "#{w} #{w} #{e}",
    "a trace": "  at {w}.{w}({w}.java:{i})", "a row of CSV": '{i},"{w}",{i}.5',
    "a log": "2021-05-06T10:00:{i}Z INFO {w} {e}",
    "a change of code": "+ {w} = {i}\n- {w} = {i}", "verse": "The {e} and the {e},",
    "a headline with a date": "{w} of {w} | 6 May 2021",
    "an interview": "ANN: Why the {e}?\nBOB: Because of {w}.", "unseen marks": "{w}\u200b{w}\u200b{i}",
    "wide digits": "２０２１年{c}{c}月",
    "a wrapped line": "the {e} of the {e} and the {e} of {w} that was a {e} of", "a formula": "$x_{{{i}}} = {w}$",
    "escaped markup": "&lt;b&gt;{w}&lt;/b&gt; &amp;amp; {i}", "tags of HTML": "<b>{w}</b> <br/> {i}",
    "a forum's head": "{w} wrote on 6 May 2021, 10:{i}:\nI think so too.\nReply  Quote  #{i}",
    "a page line": "2021-05-06 10:00  来源：{c}{c}网  作者：{c}{c}",
    "a Chinese comment": "{c}{c}{c} 回复 {c}{c}：支持{i}楼",
    "a cell a line": "{w}\n{i}\n{i}.5\n", "a signature": "（记者 {c}{c}{c} 通讯员 {c}{c}）",
}  # fmt: skip
_EQUAL = {
    "a sentence": "The ferry to the island leaves every morning at nine from the old pier.", "a label": "分享到:",
    "letters": "abcde", "han": "第七天下雨。", "a row": "a\tb\tc", "code": "    x[7] = y(z);",
    "a byline": "By Jane Doe",
    "a date": "2020-01-07 10:00", "an item": "- item 7", "a number": "7",
}  # fmt: skip
_ONE_LINE = {
    "words": "{w} ", "sentences": "It was the day {i} of the year. ", "han sentences": "第{i}天下雨。",
    "a letter": "a", "short sentences": "{c}。", "pictures": "图/张{c} ",
    "brackets": "(张三、", "digits": "2022-04-22 08:40 ", "separators": "首页 > 新闻 | ", "tabs": "a{i}\tb\tc ",
    "blanks": " \u3000\u00a0\u200b\t\r\n", "what shows nothing": "\x00a\ud800b\u202ec\u2067d\u200d",
    "items": "- item {i} ", "bylines": "By Jane Doe{i} ",
    "base64": "aGVsbG8g", "hexadecimal": "0f3a{i}", "addresses": "https://bend.example/{w}/{i} ", "dots": "{w}.{w}.",
    "mails": "{w}@{w}.example ", "Russian": "Рынок {i} открылся снова. ", "Thai": "วันนี้ตลาด{i}เปิด",
    "Korean": "시장은 {i}일 열렸다. ",
    "names": "张{c}、李{c}、", "quotes": "“The {e} of {w},” ", "dashes": "{w} – {w} — ", "ellipses": "{w}… ",
    "labels": "来源：{c}{c} 作者：{c}{c} ",
    "days": "6 May 2021 {w} ", "crumbs": "首页 > {c}{c} > ",
    "minified": "function a{i}(b){{return b+{i}}};var c=[{i}];",
    "sentences without blanks": "The {e} is {w}.It is {e}.", "Markdown": "- [{w}](/{i}) **{w}** ",
    "licences": "京ICP备{i}号 ",
    "tags": "<b>{w}</b>", "escapes": "\\n{w}\\t{i}", "questions": "Why {w}? ", "parts": "1.{i} {w} 2.{i} {e} ",
    "reporters": "记者{c}{c}{c}报道，", "brackets in brackets": "[{w} ({e} [{i}",
}  # fmt: skip
_BYTES = {
    "zeros": b"\x00", "high": b"\xff", "gbk": "老桥".encode("gb18030"), "utf-16": "ab".encode("utf-16-le"),
    "broken utf-8": b"\xe8\x80a ", "escapes": b"\x1b$B", "sjis": "日本".encode("shift_jis"),
    "latin": "é à".encode("latin-1"),
    "euc-kr": "시장".encode("euc-kr"), "koi8": "рынок ".encode("koi8-r"), "big5": "老橋".encode("big5"),
    "every byte": bytes(range(256)), "utf-7": b"+ADw-p+AD4-", "marks of order": b"\xef\xbb\xbf",
    "chance": random.Random(3).randbytes(50_000),
}  # fmt: skip
_CHARACTERS = ("\x00", "\r", "\u2028", "\u200b", "\u202e", "\ud800", "\u3000", "<", "&", "[", "\\", "。", ".")


def _named() -> Iterator[tuple[str, Kind]]:
    opening = "<html><body><p>It was a day.</p>"
    for tag in (*_BLOCKS, *_INLINE):
        yield f"<{tag}> unclosed", Kind(f"<{tag}>x{{i}}", opening)
        yield f"<{tag}> closed", Kind(f"<{tag}>x{{i}}</{tag}>", opening)
    for tag in _BLOCKS:
        yield f"</{tag}> alone", Kind(f"x{{i}}</{tag}>", opening)
        yield f"<{tag}> equal", Kind(f"<{tag}>x", opening)
    for tag in _VOID:
        yield f"<{tag}> alone", Kind(f"<{tag} src=a{{i}}>x", opening)
    for tag in _RAW:
        yield f"<{tag}> unclosed", Kind(f"<{tag}>x{{i}} ", opening)
        yield f"<{tag}> closed", Kind(f"<{tag}>x{{i}}</{tag}>", opening)
    yield from ((f"head: {name}", Kind(unit, "<html><head>", f"</head>{BODY}")) for name, unit in _HEAD.items())
    yield from _HOSTS.items()
    yield from ((name, Kind(unit, "<html><body>", BODY)) for name, unit in _BODIES.items())
    yield from ((f"line: {name}", Kind(unit + "\n", CHROME)) for name, unit in _LINES.items())
    yield from ((f"equal: {name}", Kind(unit + "\n")) for name, unit in _EQUAL.items())
    yield from ((f"one line: {name}", Kind(unit)) for name, unit in _ONE_LINE.items())
    yield from ((name, Kind(*parts)) for name, parts in threads_and_names.kinds())
    chance = random.Random(7)
    sentences = "".join("".join(chance.choices(_IDEOGRAMS, k=60)) + "。\n" for _ in range(50))
    yield "a body many times", Kind(sentences)
    yield from ((f"only {character!r}", Kind(character)) for character in _CHARACTERS)
    yield from ((f"bytes: {name}", Kind(piece)) for name, piece in _BYTES.items())


KINDS: dict[str, Kind] = dict(_named())
LOOPS = [*(f"head: {name}" for name in _HEAD), *_HOSTS, *_BODIES, *threads_and_names.OF_HTML]
"""The kinds of what HTML repeats and something loops over: metas, JSON-LD, links, dates, comments, rows …"""
