"""``python -m bench.encodings``: pages in the charsets of their languages, and how many are read wrongly.

Each page is written in each charset of its language and declared rightly, wrongly, by ``encoding=`` or not at all; it
is also given as flattened text and as one sentence. A page is wrong if a letter of it differs from what was written.
Beside it stands what resiliparse's detection makes of the same bytes, where they are declared nowhere.

``--languages DIR`` adds languages for which no labelled pages are at hand: a folder with a file ``fr.txt`` a language,
paragraphs between blank lines.
"""

from __future__ import annotations

import argparse
import base64
import json
import lzma
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.data import SHARED, load_pages
from cleanpage.load.decode import decode

LATIN_1 = ("cp1252", "iso8859-15")
LATIN_2 = ("cp1250", "iso8859-2")
CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "mac-cyrillic", "cp866")
CHARSETS = {
    "en": LATIN_1, "de": LATIN_1, "fr": LATIN_1, "es": LATIN_1, "pt": LATIN_1, "it": LATIN_1, "nl": LATIN_1,
    "da": LATIN_1, "nb": LATIN_1, "sv": LATIN_1, "fi": LATIN_1, "is": LATIN_1, "ca": LATIN_1, "et": LATIN_1,
    "eu": LATIN_1, "ga": LATIN_1, "gl": LATIN_1,
    "pl": LATIN_2, "cs": LATIN_2, "sk": LATIN_2, "hu": LATIN_2, "ro": LATIN_2, "hr": LATIN_2, "sl": LATIN_2,
    "ru": CYRILLIC, "bg": ("cp1251", "iso8859-5", "mac-cyrillic"), "uk": ("cp1251", "koi8-u"), "mk": ("cp1251",),
    "el": ("cp1253", "iso8859-7"), "tr": ("cp1254",), "lt": ("cp1257",), "lv": ("cp1257",), "he": ("cp1255",),
    "ar": ("cp1256",), "fa": ("cp1256",), "th": ("cp874",), "ko": ("cp949",), "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030",), "zh-Hant": ("big5",),
}  # fmt: skip
SETS = {
    "en": ("wcxb-dev", 160), "zh": ("waddle-zh", None), "ru": ("waddle-ru", 40), "el": ("waddle-el", 40),
    "pl": ("waddle-pl", 40),
}  # fmt: skip
WAYS = ("meta", "meta utf-8", "meta latin-1", "encoding=", "undeclared", "text", "sentence", "sentence encoding=")
UNDECLARED = ("undeclared", "text", "sentence")
_DECLARATION = re.compile(r"(<(?:meta|\?xml)\b[^>]{0,300}?)(?:charset|encoding)\s*=\s*[\"']?[\w:.-]+", re.I)
_TRADITIONAL = re.compile("[這國個們來說時為對會學發經過還後問題無從點實現關東車長開間見電話]")
_SIMPLIFIED = re.compile("[这国个们来说时为对会学发经过还后问题无从点实现关东车长开间见电话]")
_SENTENCE = re.compile(r"[^.!?。！？\n]{25,}[.!?。！？]")

Case = tuple[bytes, str | None, str]
"""Bytes, the charset of the header, what they say."""


def differ(one: str, other: str) -> bool:
    """Tell whether two texts have other letters and digits."""
    return one != other and [*filter(str.isalnum, one)] != [*filter(str.isalnum, other)]


def cases(html: str, text: str, charset: str) -> Iterator[tuple[str, Case]]:
    """Yield a page in a charset in each of WAYS; one that has nothing beyond ASCII to say is left out."""
    bare = _DECLARATION.sub(r"\1", html)
    for way, head, hint in (
        ("meta", charset, None), ("meta utf-8", "utf-8", None), ("meta latin-1", "iso-8859-1", None),
        ("encoding=", "", charset), ("undeclared", "", None),
    ):  # fmt: skip
        page = (f'<meta charset="{head}">' if head else "") + bare
        raw = page.encode(charset, "xmlcharrefreplace")
        if not raw.isascii():
            yield way, (raw, hint, raw.decode(charset))
    pieces = (sentence for sentence in _SENTENCE.findall(text) if not sentence.isascii())
    for way, piece, hint in (("text", text, None), ("sentence", next(pieces, ""), None)):
        raw = piece.encode(charset, "ignore")
        if not raw.isascii():
            yield way, (raw, hint, raw.decode(charset))
            if way == "sentence":
                yield "sentence encoding=", (raw, charset, raw.decode(charset))


def pages(language: str) -> Iterator[tuple[str, str]]:
    """Yield the labelled pages of a language, as HTML and as text."""
    chinese = language.startswith("zh")
    name, limit = SETS["zh" if chinese else language]
    for page in load_pages(name, html=True, limit=limit):
        traditional = len(_TRADITIONAL.findall(page.html)) > len(_SIMPLIFIED.findall(page.html))
        if not chinese or traditional == (language == "zh-Hant"):
            yield page.html, page.raw("inscriptis")


def own_pages(file: Path) -> Iterator[tuple[str, str]]:
    """Yield a page of eight paragraphs each."""
    paragraphs = file.read_text(encoding="utf-8").split("\n\n")
    for start in range(0, len(paragraphs) - 7, 8):
        body = paragraphs[start : start + 8]
        yield "<title>x</title>" + "".join(f"<p>{p}</p>\n" for p in body), "\n".join(body)


def peer(raw: bytes) -> str:
    """Return the text as resiliparse reads it."""
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    return str(bytes_to_str(raw, detect_encoding(raw)))


def measure(found: Iterator[tuple[str, str]], charset: str, *, show: bool) -> str:
    """Return a line of counts: wrong of all, a column a way, in brackets those of the peer."""
    wrong, peers, total = defaultdict(int), defaultdict(int), defaultdict(int)
    for html, text in found:
        for way, (raw, hint, meant) in cases(html, text, charset):
            total[way] += 1
            read = decode(raw, hint)
            if differ(read.text, meant):
                wrong[way] += 1
                if show:
                    print(way, read.encoding, read.warnings, raw.translate(None, bytes(range(32, 128)))[:60])
            if way in UNDECLARED:
                peers[way] += differ(peer(raw), meant)
    cells = (f"{wrong[w]}/{total[w]}" + (f" ({peers[w]})" if w in UNDECLARED else "") for w in WAYS)
    return "".join(f"{cell:>14}" for cell in cells)


def declared_latin_1(limit: int) -> str:
    """Return how many English pages in cp1252 that say so are read wrongly."""
    wrong = total = 0
    for page in load_pages("wcxb-dev", html=True):
        for way, (raw, hint, meant) in cases(page.html, "", "cp1252"):
            if way == "meta" and total < limit:
                total += 1
                wrong += differ(decode(raw, hint).text, meant)
    return f"English pages declared as cp1252: {wrong} of {total} wrong"


def real_bytes() -> str:
    """Return how the pages of zh-bytes are read, and how long that takes."""
    with lzma.open(SHARED / "pages" / "zh-bytes.jsonl.xz", "rt", encoding="utf-8") as lines:
        raws = [base64.b64decode(json.loads(line)["bytes_b64"]) for line in lines]
    began = time.perf_counter()
    reads = [decode(raw) for raw in raws]
    each = (time.perf_counter() - began) / len(raws) * 1e3
    chinese = sum(read.encoding in ("gb18030", "utf-8") and read.text.count("\ufffd") < 20 for read in reads)
    return f"zh-bytes: {chinese} of {len(raws)} in GB 18030 or UTF-8, {each:.2f} ms a page"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", metavar="LANGUAGE", default=["zh-Hant", *SETS])
    parser.add_argument("--languages", type=Path, metavar="DIR", help="texts of more languages")
    parser.add_argument("--show", action="store_true", help="what is read wrongly")
    options = parser.parse_args()
    print(f"{'':18}" + "".join(f"{way:>14}"[-14:] for way in WAYS))
    for language in options.only:
        for charset in CHARSETS[language]:
            print(f"{language:8}{charset:10}" + measure(pages(language), charset, show=options.show))
            sys.stdout.flush()
    for file in sorted(options.languages.glob("*.txt")) if options.languages else ():
        for charset in CHARSETS.get(file.stem, ()):
            print(f"{file.stem:8}{charset:10}" + measure(own_pages(file), charset, show=options.show))
    print(declared_latin_1(300))
    print(real_bytes())


if __name__ == "__main__":
    main()
