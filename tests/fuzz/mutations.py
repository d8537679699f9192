"""Pages made worse: what scrapers, encodings, editors and attackers do to lines, characters, markup and bytes.

Everything is drawn from a ``random.Random``, so that a seed gives the same page again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.case import Case

NASTY = (
    "\u202e", "\u202a\u202b\u202d", "\u2066\u2067\u2068\u2069", "\u200e", "\u200f", "\u061c",  # direction
    "\ud800", "\udfff", "\udc80\ud83d", "\x00", "\x00\x00\x00", "\x01\x02", "\x1b[31m", "\x7f", "\x85", "\x9f",
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u180e", "\u3164", "\u2800",  # unseen
    "e" + "\u0301" * 40, "\u0336" * 9, "\u0e49" * 30, "\U000e0041\U000e007f", "\ufe0f",  # combining
    "\ue000", "\uf8ff", "\U000f0000", "\ufffe", "\uffff", "\ufffd", "\U0010ffff", "\ufdd0",  # private, none
    "\r", "\r\n", "\n\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\u2028", "\u2029", "\t", "\t\t",
    " ", "   ", "\u3000\u3000", "\xa0", "\u2003", "\u205f",
    "İ", "ß", "ﬁ", "ǆ", "ς", "Å", "\u1e9e", "ſ", "K", "①", "２０２３", "𝟚", "٢", "㍿", "㈱", "½", "²",
    "👨\u200d👩\u200d👧\u200d👦", "🇨🇳", "👍🏽", "☀️", "。", "…", "：", "|", " | ", " > ", "*", "#", "`", "~~~", "- ",
    "1. ",
    "<", ">", "&", "&amp;", "]]>", "<!--", "-->", "\\", "'", '"', "%s", "{}", "${x}", "(", "（", "[", "【", "《", "“",
    "2023-05-06", "0000-00-00", "99999999999999999999", "1/1/1", "2023年13月45日", "00:99", "-1", "1e999", "∞",
    "记者", "责任编辑：", "来源：", "原标题:", "by ", "(记者 ", "发布时间:", "上一篇：", "相关链接",
    "晋ICP备06009999号", "附件：", "索引号：",
)  # fmt: skip
"""What goes into lines."""
ENTITIES = (
    "&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#x202e;", "&nbsp;", "&amp;amp;lt;", "&", "&#",
    "&#x;",
    "&#xfdd0;", "&#64976;", "&#x01;", "&acirc;&euro;&trade;", "&#195;&#169;", "&Atilde;", "&#x81;",
    "&lt;script&gt;", "&zwnj;", "&notit;", "&#13;", "&#10;", "&#x85;", "&NotEqualTilde;",
)  # fmt: skip
TAGS = (
    "div", "p", "span", "b", "a", "li", "ul", "ol", "table", "tr", "td", "th", "h1", "h2", "h6", "pre", "code",
    "blockquote",
    "article", "nav", "footer", "header", "aside", "main", "section", "select", "option", "optgroup", "textarea",
    "script",
    "style", "noscript", "template", "iframe", "frame", "frameset", "svg", "math", "time", "figure", "figcaption",
    "img",
    "br", "hr", "title", "meta", "link", "base", "body", "html", "head", "form", "input", "button", "plaintext", "x-y",
    "o:p", "font",
    "center", "dl", "dt", "dd", "video", "object", "address", "details", "summary", "ruby", "rt", "noframes", "xmp",
)  # fmt: skip
ATTRIBUTES = (
    " hidden", ' style="display:none"', ' class="content article"', ' class="share sidebar"', ' id="main"',
    ' class=""', " class",
    ' href="http://["', ' href="//[::1"', ' href="javascript:alert(1)"', ' href=""', ' href="#x"',
    ' href="http://a\x00b/"',
    ' href="data:text/html,x"', ' src="http://[x"', ' src="/a.png"', ' alt="<b>"',
    ' datetime="2023-99-99T99:99:99+99:99"',
    ' datetime=""', ' itemprop="author"', ' itemprop="datePublished" content="x"', ' lang="zh"', ' lang="\x01"',
    ' rel="author"',
    ' rel="canonical" href="http://[/"', ' property="og:title" content="a"', ' name="author" content="x"',
    ' property="article:published_time" content="99999-01-01"', ' aria-hidden="true"', ' colspan="999999999"',
    ' start="-5"', ' "', " '", " =", " <", " a" * 300,
    " a='1' a='2'", ' charset="nonsense"', ' http-equiv="content-type" content="text/html; charset=utf-7"',
)  # fmt: skip
LD = (
    '{"@type":"NewsArticle","headline":"%s","articleBody":"%s","author":{"name":"%s"},"datePublished":"%s"}',
    '[{"@graph":[{"@type":["Article","X"],"author":[["%s"],null,{"name":{"@value":"%s"}}],"publisher":"%s","dateModified":%s}]}]',
    '{"@type":"NewsArticle","headline":["%s"],"articleBody":{"a":"%s"},"author":7,"editor":true,"dateCreated":[{}],"url":"http://[%s%s"}',
    '{"@type":"BreadcrumbList","itemListElement":[{"item":{"name":"%s"}},"%s",{"name":"%s","position":"x%s"}]}',
    '{"a":' * 200,
    "[" * 5000,
    '{"@type":"Article","articleBody":"%s%s%s%s',
)  # fmt: skip
ENCODINGS = (
    "utf-8", "gb18030", "gbk", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1251", "koi8_r", "cp1252", "iso8859-7",
    "utf-16", "utf-16-le",
    "utf-16-be", "utf-32", "utf-7", "iso2022_jp", "hz", "cp037", "cp874",
)  # fmt: skip
URLS = (
    "", "http://[", "http://[::1", "//", "http://a/2023/05/06/x.html", "http://news.example.com/2023-99-99", "\x00",
    "mailto:a@b", "a" * 5000, "http://例え.jp:99999/％/", "http://a:b@c:d/",
    "\ud800", "http://user@/../..//?#", "file:///etc/passwd",
)  # fmt: skip

_LINE = re.compile(r".*?(?:\r\n|\n|\r|$)", re.DOTALL)
_MARKUP = re.compile(r"<[^<>]*>")


def mutated(case: Case, others: Sequence[str], chance: Random, *, longest: int = 60_000) -> Case:
    """Return the case made worse in one to six ways; ``others`` are pages to splice lines from."""
    options = _options(dict(case.options), chance)
    page = case.raw
    if isinstance(page, bytes):
        if chance.random() < 0.5:
            return Case(_bytes_worse(page, chance)[:longest], options)
        page = page.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        way = chance.choice(HTML_WAYS if "<" in page and chance.random() < 0.6 else TEXT_WAYS)
        page = way(page, others, chance)[:longest]
    if chance.random() < 0.1:
        data = page.encode(chance.choice(ENCODINGS), "ignore")
        return Case(_bytes_worse(data, chance) if chance.random() < 0.5 else data, options)
    return Case(page, options)


def _options(options: dict[str, object], chance: Random) -> dict[str, object]:
    if chance.random() < 0.15:
        options["kind"] = chance.choice(("text", "html", None))
    if chance.random() < 0.05:
        options["url"] = chance.choice(URLS)
    if chance.random() < 0.05:
        options["encoding"] = chance.choice(
            (*ENCODINGS, "nonsense", "", "text/html; charset=gbk", "\ud800", "undefined", "idna", "rot13", "zlib")
        )
    if chance.random() < 0.1:
        options["favor"] = chance.choice(("precision", "balance", "recall"))
    if chance.random() < 0.05:
        options["max_chars"] = chance.choice((1, 50, 1000))
    if chance.random() < 0.05:
        options["keep_byline"] = chance.random() < 0.5
    return options


def _bytes_worse(data: bytes, chance: Random) -> bytes:
    way = chance.randrange(6)
    at = chance.randint(0, len(data))
    if way == 0:
        return data[:at]
    if way == 1:
        return data[:at] + chance.randbytes(chance.randint(1, 8)) + data[at:]
    if way == 2:
        return (
            chance.choice(
                (
                    b"\xef\xbb\xbf",
                    b"\xff\xfe",
                    b"\xfe\xff",
                    b"\xff\xfe\x00\x00",
                    b"\x1f\x8b\x08\x00",
                    b"PK\x03\x04",
                    b"%PDF-",
                )
            )
            + data
        )
    if way == 3:
        return data[:at] + b"\x00" * chance.randint(1, 40) + data[at:]
    if way == 4:
        return (
            data[:at]
            + chance.choice((b"\x1b$B", b"~{", b"+ADw-", b"\x80\xff", b"\x81\x30\x81\x30", b"\xed\xa0\x80"))
            + data[at:]
        )
    changed = bytearray(data)
    for _ in range(min(len(data), chance.randint(1, 30))):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def _lines(page: str) -> list[str]:
    return [line for line in _LINE.findall(page) if line]


def _some(lines: Sequence[str], chance: Random, most: int) -> slice:
    start = chance.randint(0, len(lines))
    return slice(start, start + chance.randint(1, most))


def duplicate_lines(page: str, others: Sequence[str], chance: Random) -> str:
    """A run of lines stands again, here or elsewhere."""
    lines = _lines(page)
    run = lines[_some(lines, chance, 8)]
    at = chance.randint(0, len(lines))
    return "".join([*lines[:at], *run, *lines[at:]])


def swap_lines(page: str, others: Sequence[str], chance: Random) -> str:
    """Two lines change places, or all do."""
    lines = _lines(page)
    if not lines or chance.random() < 0.1:
        chance.shuffle(lines)
        return "".join(lines)
    a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return "".join(lines)


def drop_lines(page: str, others: Sequence[str], chance: Random) -> str:
    """A run of lines is gone."""
    lines = _lines(page)
    del lines[_some(lines, chance, 8)]
    return "".join(lines)


def cut_line(page: str, others: Sequence[str], chance: Random) -> str:
    """A line ends early, perhaps with an ellipsis."""
    lines = _lines(page)
    if lines:
        at = chance.randrange(len(lines))
        kept = lines[at].rstrip("\r\n")
        lines[at] = kept[: chance.randint(0, len(kept))] + chance.choice(("", "…", "...")) + lines[at][len(kept) :]
    return "".join(lines)


def cut_page(page: str, others: Sequence[str], chance: Random) -> str:
    """The page ends early, or begins late."""
    at = chance.randint(0, len(page))
    return page[:at] if chance.random() < 0.7 else page[at:]


def join_lines(page: str, others: Sequence[str], chance: Random) -> str:
    """Line ends are gone, some or all, or are others."""
    sep = chance.choice(("", " ", "\u3000\u3000", "\r\n", "\r", "\n\n", "\u2028", "\t", " \n"))
    if chance.random() < 0.3:
        return sep.join(page.splitlines())
    lines = _lines(page)
    some = _some(lines, chance, 6)
    lines[some] = [line.rstrip("\r\n") + sep for line in lines[some]]
    return "".join(lines)


def break_line(page: str, others: Sequence[str], chance: Random) -> str:
    """Line ends stand where none were: at any place, or behind every mark or every few characters of a part."""
    start = chance.randint(0, len(page))
    end = chance.randint(start, min(len(page), start + 400))
    sep = chance.choice(("\n", "\r\n", "\n\n"))
    size = chance.choice((1, 2, 7, 30))
    return page[:start] + sep.join(page[at : at + size] for at in range(start, end, size)) + page[end:]


def splice(page: str, others: Sequence[str], chance: Random) -> str:
    """Lines of another page stand here."""
    lines, other = _lines(page), _lines(chance.choice(others))
    at = chance.randint(0, len(lines))
    return "".join([*lines[:at], *other[_some(other, chance, 12)], *lines[at:]])


def crossover(page: str, others: Sequence[str], chance: Random) -> str:
    """The head of this page and the tail of another."""
    lines, other = _lines(page), _lines(chance.choice(others))
    return "".join([*lines[: chance.randint(0, len(lines))], *other[chance.randint(0, len(other)) :]])


def insert_nasty(page: str, others: Sequence[str], chance: Random) -> str:
    """Characters that no page should hold stand at one place or at many."""
    nasty = chance.choice(NASTY)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randint(0, len(page))
        page = page[:at] + nasty + page[at:]
    return page


def nasty_ends(page: str, others: Sequence[str], chance: Random) -> str:
    """Every line of a run begins or ends with the same odd thing."""
    lines = _lines(page)
    some, nasty = _some(lines, chance, 20), chance.choice(NASTY)
    front = chance.random() < 0.5
    lines[some] = [nasty + line if front else line.rstrip("\r\n") + nasty + "\n" for line in lines[some]]
    return "".join(lines)


def nasty_words(page: str, others: Sequence[str], chance: Random) -> str:
    """Odd things in a row, alone on the page or on a line."""
    flood = "".join(chance.choices(NASTY, k=chance.randint(1, 40)))
    at = chance.randint(0, len(page))
    return flood if chance.random() < 0.05 else page[:at] + flood + page[at:]


def flood(page: str, others: Sequence[str], chance: Random) -> str:
    """A character, word or line many times over."""
    lines = _lines(page) or [page]
    unit = chance.choice((chance.choice(NASTY), chance.choice(lines), chance.choice(lines)[: chance.randint(1, 6)]))
    at = chance.randint(0, len(page))
    return page[:at] + unit * chance.choice((3, 10, 100, 1000)) + page[at:]


def other_digits(page: str, others: Sequence[str], chance: Random) -> str:
    """Numbers are other ones, too large, or gone."""
    new = chance.choice(("0", "9", "", "99999999", "٣", "５", "1"))
    share = chance.choice((0.05, 0.5, 1.0))
    return re.sub(r"\d", lambda match: new if chance.random() < share else match[0], page)


def other_case(page: str, others: Sequence[str], chance: Random) -> str:
    """Letters in other case or width."""
    way: Callable[[str], str] = chance.choice((str.upper, str.lower, str.title, str.swapcase, str.casefold))
    start = chance.randint(0, len(page))
    end = chance.randint(start, len(page))
    return page[:start] + way(page[start:end]) + page[end:]


def whole_again(page: str, others: Sequence[str], chance: Random) -> str:
    """The page stands again, whole or from some place on."""
    return page + chance.choice(("", "\n", "\n\n")) + page[chance.choice((0, chance.randint(0, len(page)))) :]


def in_markup(page: str, others: Sequence[str], chance: Random) -> str:
    """Lines of text become elements."""
    lines = _lines(page)
    out = [f"<{tag}{_attributes(chance)}>{line}</{tag}>" for line in lines for tag in [chance.choice(TAGS)]]
    return "<html><body>" + "".join(out)


def insert_tag(page: str, others: Sequence[str], chance: Random) -> str:
    """A tag opens, closes or stands broken somewhere."""
    tag = chance.choice(TAGS)
    forms = (
        f"<{tag}{_attributes(chance)}>",
        f"</{tag}>",
        f"<{tag}",
        f"<{tag}{_attributes(chance)}/>",
        "<!--",
        "<![CDATA[",
        "<?x",
        "<>",
    )
    at = chance.randint(0, len(page))
    return page[:at] + chance.choice(forms) + page[at:]


def _attributes(chance: Random) -> str:
    return "".join(chance.choices(ATTRIBUTES, k=chance.choice((0, 1, 1, 2, 5))))


def change_tags(page: str, others: Sequence[str], chance: Random) -> str:
    """Tags are gone, stand twice or are others."""
    share, way, tag = chance.choice((0.02, 0.1, 0.5)), chance.randrange(3), chance.choice(TAGS)

    def change(match: re.Match[str]) -> str:
        if chance.random() >= share:
            return match[0]
        return ("", match[0] * 2, f"<{tag}{_attributes(chance)}>")[way]

    return _MARKUP.sub(change, page)


def nest(page: str, others: Sequence[str], chance: Random) -> str:
    """Elements in elements in elements."""
    at = chance.randint(0, len(page))
    return page[:at] + f"<{chance.choice(TAGS)}{_attributes(chance)}>" * chance.choice((5, 50, 300, 3000)) + page[at:]


def attribute_flood(page: str, others: Sequence[str], chance: Random) -> str:
    """An element with a thousand attributes, or a long one."""
    flood = chance.choice((" a{0}='{0}'", " class='{0} content-{0}'", ' data-{0}="&amp;&lt;"', " style='a:{0};'"))
    parts = "".join(flood.format(i) for i in range(chance.choice((10, 1000))))
    at = page.find(">", chance.randint(0, len(page)))
    return page[:at] + parts + page[at:] if at >= 0 else f"<div{parts}>{page}</div>"


def entity_flood(page: str, others: Sequence[str], chance: Random) -> str:
    """References to characters that are none, or to many."""
    at = chance.randint(0, len(page))
    return page[:at] + "".join(chance.choices(ENTITIES, k=chance.choice((1, 5, 500)))) + page[at:]


def structured_data(page: str, others: Sequence[str], chance: Random) -> str:
    """JSON-LD of any shape, filled with the page's own lines."""
    lines = _lines(page) or [page]
    text = chance.choice(LD)
    for _ in range(text.count("%s")):
        filler = "".join(chance.choices(lines, k=chance.choice((1, 1, 12))))
        text = text.replace("%s", json.dumps(filler, ensure_ascii=chance.random() < 0.5)[1:-1], 1)
    kind = chance.choice(("application/ld+json", "application/json", "text/javascript"))
    return f"<html><head><script type='{kind}'>{text}</script></head>{page}"


TEXT_WAYS = (
    duplicate_lines, swap_lines, drop_lines, cut_line, cut_page, join_lines, break_line, splice, crossover,
    insert_nasty, insert_nasty,
    nasty_ends, nasty_words, flood, other_digits, other_case, whole_again, in_markup,
)  # fmt: skip
HTML_WAYS = (
    insert_tag, insert_tag, change_tags, nest, attribute_flood, entity_flood, structured_data, splice, crossover,
    cut_page,
    insert_nasty, break_line, duplicate_lines, flood,
)  # fmt: skip
