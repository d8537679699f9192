"""What kind of page its words, names and address say it is: buttons of a shop, contents of a manual, ``/blog/``.

Pages of one kind are worded, built and addressed alike on unlike sites. Each token has a learned weight for each kind
(multinomial logistic regression over the tokens that a page holds). The words are English, and so are the names in
markup and address in most countries: a page of another language is judged by these and by its form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from math import sqrt
from urllib.parse import urlsplit

from cleanpage._native import twin
from cleanpage.body.lines import BodyLines
from cleanpage.draft import Source
from cleanpage.text.lazy_regex import lazy

KindWeights = Mapping[str, Sequence[float]]
"""For each token what it adds to the log-odds of each kind; the empty token is added to all."""
SHORT_LINE, MOST_TOKEN_LINES = 15.0, 2_000
"""Longest line that is read, in ideograms (menus, buttons, headings of lists), and so many of them."""
HIGH = frozenset(("h1", "h2"))
"""Headings that are read whatever their length."""
DEEP = 4
"""Folders of an address, and words of its last part, from which on all are alike."""
VALUES = ("og:type", "generator", "schema:types")
"""What of the head is read by its words; of all else in it the name."""
_WORD = lazy(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{2,}|(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,6}(?![\u3400-\u9fff])")
"""A word; of ideograms a run of a few, as labels and buttons are."""
_NAME, _NUMBER = lazy(r"[a-z]{2,}"), lazy(r"\d{4}")
OFTEN_ON_PAGE, MOST_BODY = 3, 4_000
"""A short line that stands so many times is a button of a list; characters of the body's longer lines that are read."""
HEADING, BUTTON_LINE, SENTENCE, MARKUP_MARKS = "#", "*", "+", ("<", "@", "=", "/", "-", "?")
"""What tokens of headings begin with, of short lines that stand often, of the body's sentences; and those of elements'
names, names and values of the head, folders, last part and query of the address. Words of short lines have no mark."""


def page_tokens(page: BodyLines, source: Source, kept: Sequence[bool]) -> list[str]:
    """Return the tokens of a page whose body are the lines ``kept``, each once, in an order that the page gives."""
    lines = page.lines
    short = [line.folded for line in lines if line.units < SHORT_LINE]
    found = words("\n".join(short[:MOST_TOKEN_LINES]))
    found += [
        BUTTON_LINE + word
        for word in words("\n".join(text for text, n in Counter(short).items() if n >= OFTEN_ON_PAGE))
    ]
    body = [line.folded for line in compress(lines, kept) if line.units >= SHORT_LINE]
    found += [SENTENCE + word for word in words("\n".join(body)[:MOST_BODY])]
    if page.elements is not None:
        high = [line.folded for line, dom in zip(lines, page.doms, strict=True) if dom.tag in HIGH]
        found += [HEADING + word for word in words("\n".join(high))]
        found += ["<" + name for name in names(" ".join(dict.fromkeys(page.elements.steps)))]
    found += ["@" + name for name in source.meta]
    for name in VALUES:
        found += [f"={name}:{word}" for word in names(source.meta.get(name, "").lower())]
    return [*found, *dict.fromkeys(_of_address(source.address))]


@twin("text")
def words(text: str) -> list[str]:
    """Return the words of a text, each once: two letters or more, of ideograms two to six between other characters."""
    return [*dict.fromkeys(_WORD.findall(text))]


@twin("text")
def names(text: str) -> list[str]:
    """Return the runs of two small letters or more of ASCII in a text, each once."""
    return [*dict.fromkeys(_NAME.findall(text))]


@twin("measures")
def kind_scores(held: Sequence[str], weights: KindWeights) -> tuple[float, ...]:
    """Return for each kind what the tokens of a page say: the known ones' weights by the root of their number."""
    known = [row for row in map(weights.get, held) if row is not None]
    share = 1.0 / sqrt(max(1, len(known)))
    sums = [0.0] * len(weights[""])
    for row in known:
        for kind, value in enumerate(row):
            sums[kind] += value
    return tuple([value * share + base for value, base in zip(sums, weights[""], strict=True)])


def is_word(token: str) -> bool:
    """Tell whether a token is a word of the page, and none of its markup or address."""
    return not token.startswith(MARKUP_MARKS)


def _of_address(address: str) -> Iterator[str]:
    """Yield what an address says: the first name of the host, folders, the words and numbers of the last part."""
    try:
        parts = urlsplit(address.lower())
    except ValueError:
        return
    if not parts.netloc:
        return
    yield f"//{parts.netloc.partition('.')[0]}"
    *folders, last = [folder for folder in parts.path.split("/") if folder] or [""]
    yield f"/{min(DEEP, len(folders))}"
    yield from (f"/{word}" for folder in folders for word in _NAME.findall(folder))
    words = _NAME.findall(last)
    yield f"-{min(DEEP, len(words))}"
    yield from (f"-{word}" for word in words[:DEEP])
    if _NUMBER.search(last):
        yield "-0000"
    yield from (f"?{word}" for word in _NAME.findall(parts.query)[:DEEP])
