"""Other tools on the same pages. They get the HTML, as they are made for it; their text is scored as it comes."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from typing import NamedTuple

from bench.data import Page
from bench.runs import Method
from cleanpage.text import ends_sentence

INSTALL = 'pip install -e ".[peers]"'
STOPLISTS = {"en": "English", "el": "Greek", "pl": "Polish", "ru": "Russian"}
"""justext's own; without one it is told to go by length and links alone."""
BLOCKS = ("p", "div", "br", "li", "ul", "ol", "tr", "td", "table", "pre", "blockquote", "section", "article")
HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class Peer(NamedTuple):
    """One tool."""

    text: Callable[[str, str], str]
    """From HTML, or raw text, and the page's language to the text."""
    package: str | None
    """What must be importable; None for our own."""
    reads_html: bool = True


def trafilatura(html: str, _: str) -> str:
    """Return what trafilatura takes for the text, without the comments."""
    from trafilatura import extract

    return extract(html, include_comments=False) or ""


def readability(html: str, _: str) -> str:
    """Return the text of readability's summary, which is HTML: blocks on lines of their own."""
    from lxml.html import fromstring
    from readability import Document

    tree = fromstring(Document(html).summary(html_partial=True))
    for block in tree.iter(*BLOCKS, *HEADINGS):
        block.text = "\n" + (block.text or "")
        block.tail = "\n" + (block.tail or "")
    return str(tree.text_content())


def justext(html: str, lang: str) -> str:
    """Return the paragraphs that justext calls good."""
    from justext import justext as classify

    words = _stoplist(STOPLISTS.get(lang))
    independent = {} if words else {"stopwords_low": 0, "stopwords_high": 0}
    return "\n".join(p.text for p in classify(html, words, **independent) if not p.is_boilerplate)


@lru_cache
def _stoplist(language: str | None) -> frozenset[str]:
    from justext import get_stoplist

    return get_stoplist(language) if language else frozenset()


def resiliparse(html: str, _: str) -> str:
    """Return resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(html, main_content=True)


def sentences(text: str, _: str) -> str:
    """Return the lines of a raw text that end a sentence: the least that a cleaner must beat."""
    return "\n".join(line for line in text.splitlines() if ends_sentence(line.rstrip()))


PEERS = {
    "trafilatura": Peer(trafilatura, "trafilatura"),
    "readability": Peer(readability, "readability"),
    "justext": Peer(justext, "justext"),
    "resiliparse": Peer(resiliparse, "resiliparse"),
    "sentences": Peer(sentences, None, reads_html=False),
}


def missing(name: str) -> str | None:
    """Return what to do for a peer that is not installed, None for one that is."""
    package = PEERS[name].package
    return f"{name} is not installed; {INSTALL}" if package and find_spec(package) is None else None


def method_of(name: str) -> Method:
    """Return a peer as a Method; a page on which it raises is one of which it gives no text, and is named."""
    logging.getLogger(name).setLevel(logging.CRITICAL)  # they complain of single pages, thousands of times
    peer = PEERS[name]

    def run(page: Page, raw: str) -> str:
        try:
            # lxml refuses a str that declares an encoding, and not every peer knows
            return peer.text(_XML_DECLARATION.sub("", raw), page.lang)
        except Exception as error:
            print(f"{name} failed on {page.set} {page.id}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
            return ""

    return run
