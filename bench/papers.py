"""Scores title, document number and dates of the government papers: ``python -m bench.papers``.

The set has no labelled fields, but each body's label is the cell with the paper: the title on its first lines, then the
number, the text, who signed, and the day. The head table beside it prints the day of publication. An order's cell
begins with who gives it (``中华人民共和国国务院令``, ``第707号``), no title: there the head table has title and number.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

from bench.data import ABSENT, INPUTS, Page, load_pages, present
from bench.metadata import key
from cleanpage import clean_page

SET = "govcn"
_NUMBER = re.compile(r"\S+?〔 ?\d{4} ?〕 ?\d+ ?号|\S*第 ?\d+ ?号")
_TITLED = re.compile(r"标\s*题：\s*(\S+)")
_NUMBERED = re.compile(r"发文字号：\s*(\S+号)")
_N = r"[一二三四五六七八九十\d]{1,3}"
_SIGNED = re.compile(rf"([〇○Ο一二三四五六七八九\d]{{4}})年({_N})月({_N})日")
_PUBLISHED = re.compile(r"发布日期[：:]\s*(\d{4})年(\d\d)月(\d\d)日")
_HAN = {char: str(i) for i, char in enumerate("〇一二三四五六七八九")} | {"○": "0", "Ο": "0"}


class Paper(NamedTuple):
    """What a paper says about itself; None where it does not."""

    title: str | None
    number: str | None
    written: str | None
    """The day under the signature, ISO 8601."""
    published: str | None


def truth(page: Page) -> Paper:
    """Return what the label and the head table say."""
    lines = [line.strip() for line in (page.body or "").split("\n") if line.strip()]
    at = next((i for i, line in enumerate(lines[:8]) if _NUMBER.fullmatch(line)), None)
    signed = next(filter(None, (_SIGNED.fullmatch(line.replace(" ", "")) for line in lines)), None)
    head = page.texts["inscriptis"]
    table = _PUBLISHED.search(head)
    title, number = ("".join(lines[:at]), lines[at]) if at else (None, None)
    if title and title.endswith("国务院令"):
        title, number = (found[1] if (found := row.search(head)) else None for row in (_TITLED, _NUMBERED))
    return Paper(
        title,
        number,
        _iso(signed) if signed else None,
        _iso(table) if table else None,
    )


def _iso(day: re.Match[str]) -> str:
    return "-".join((_digits(day[1]), _digits(day[2]).zfill(2), _digits(day[3]).zfill(2)))


def _digits(number: str) -> str:
    """Return a printed number in digits: ``二〇〇四``, ``十二``, ``三十``, ``2004``."""
    if "十" in number:
        tens, _, ones = number.partition("十")
        return _digits(tens or "一") + (_digits(ones) or "0")
    return "".join(_HAN.get(char, char) for char in number)


def told(page: Page, way: str) -> Paper:
    """Return what cleanpage says of a page given as one of INPUTS, or of the paper alone (``body``)."""
    article = clean_page(page.body or "") if way == "body" else clean_page(page.raw(way), url=page.url or None)
    document = article.document
    return Paper(
        article.title,
        document.number if document else None,
        document.written if document else None,
        article.published,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.papers", description=__doc__)
    parser.add_argument("--input", choices=(*INPUTS, "body"), default="html")
    parser.add_argument("--truth", action="store_true", help="print what the labels say, to be checked by eye")
    options = parser.parse_args(arguments)
    if not present():
        print(ABSENT, file=sys.stderr)
        return 0
    scores: dict[str, list[bool]] = {}
    for page in load_pages(SET, html=options.input == "html"):
        wanted = truth(page)
        if options.truth:
            print(page.id, *wanted, sep=" | ")
            continue
        found = told(page, options.input)
        if options.input == "body":
            wanted = wanted._replace(published=None)  # the head table is not there
        for field, want, got in zip(Paper._fields, wanted, found, strict=True):
            if want is not None:
                scores.setdefault(field, []).append(key(want) == key(got))
                if key(want) != key(got):
                    print(f"  {page.id} {field}: {got!r}, the page says {want!r}")
    print(*(f"{field} {sum(own) / len(own):.3f} of {len(own)}" for field, own in scores.items()), sep="  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
