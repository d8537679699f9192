"""What kind of page its words, names and address say it is: buttons of a shop, contents of a manual, ``/blog/``.

Pages of one kind are worded, built and addressed alike on unlike sites. Each token has a learned weight for each kind
(multinomial logistic regression over the tokens that a page holds). The words are English, and so are the names in
markup and address in most countries: a page of another language is judged by these and by its form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from urllib.parse import urlsplit

from cleanpage.body.class_name_weights import step_tokens
from cleanpage.body.lines import Lines
from cleanpage.body.token_weights import tokens
from cleanpage.draft import Source
from cleanpage.text.lazy_regex import lazy

KindWeights = Mapping[str, Sequence[float]]
"""For each token what it adds to the log-odds of each kind; the empty token is added to all."""
SHORT_LINE = 15.0
"""Longest line that is read, in ideograms: menus, buttons, headings of lists."""
MOST_LINES = 2_000
"""So many of them are read."""
HIGH = 2
"""A heading of this level or above is read whatever its length."""
DEEP = 4
"""Folders of an address from which on all are alike."""
VALUES = ("og:type", "generator")
"""What of the head is read by its words; of all else in it the name."""
_WORD = lazy(r"[a-z]{2,}")
_NUMBER = lazy(r"\d{4}")


def page_tokens(page: Lines, source: Source) -> list[str]:
    """Return the tokens of a page, each once, in an order that the page gives."""
    found: dict[str, None] = {}
    read = [line for line in page.lines if line.units < SHORT_LINE][:MOST_LINES]
    for text in dict.fromkeys(line.folded for line in read):
        found.update(dict.fromkeys(tokens(text)))
    if source.kind == "html":
        for line in page.lines:
            if line.dom is not None and 0 < line.dom.heading <= HIGH:
                found.update((f"#{word}", None) for word in tokens(line.folded))
        for step in dict.fromkeys(step for dom in page.doms for step in dom.path):
            found.update(dict.fromkeys(step_tokens("", step)))
        found.update((f"@{name}", None) for name in source.meta)
        for name in VALUES:
            words = _WORD.findall(source.meta.get(name, "").lower())
            found.update((f"@{name}={word}", None) for word in words)
    found.update(dict.fromkeys(_of_address(source.address)))
    return list(found)


def kind_scores(held: Sequence[str], weights: KindWeights) -> tuple[float, ...]:
    """Return for each kind what the tokens of a page say: the known ones' weights by the root of their number."""
    known = [weights[token] for token in held if token in weights]
    share = 1.0 / sqrt(max(1, len(known)))
    sums = [0.0] * len(weights[""])
    for row in known:
        for kind, value in enumerate(row):
            sums[kind] += value
    return tuple([value * share + base for value, base in zip(sums, weights[""], strict=True)])


def is_word(token: str) -> bool:
    """Tell whether a token is a word of the page, and none of its markup or address."""
    return token[0] not in "<*@/?"


def _of_address(address: str) -> Iterator[str]:
    """Yield what an address says: the first name of the host, folders, the words and numbers of the last part."""
    try:
        parts = urlsplit(address.lower())
    except ValueError:
        return
    if not parts.netloc:
        return
    yield f"//{parts.netloc.partition('.')[0]}"
    folders = [folder for folder in parts.path.split("/") if folder]
    yield f"/{min(DEEP, len(folders))}"
    for folder in folders[:-1]:
        yield from (f"/{word}" for word in _WORD.findall(folder))
    if folders:
        words = _WORD.findall(folders[-1])
        yield f"/w{min(DEEP, len(words))}"
        yield from (f"/-{word}" for word in words[:DEEP])
        if _NUMBER.search(folders[-1]):
            yield "/0000"
    yield from (f"?{word}" for word in _WORD.findall(parts.query)[:DEEP])
