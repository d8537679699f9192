"""What the learned body stage knows about a line: numbers that mean the same in every script.

Lengths are in ideograms. ``features`` gives the columns ``NAMES``, with a number for every line. The surroundings of a
line (what stands around it, how much prose the page holds before it, how far away the nearest furniture is) come from
running sums over the page, so that the work is linear in its lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice, repeat

from cleanpage._native import twin
from cleanpage.body.lines import LONGEST_HEADLINE_LINE, MIN_TAG, TAG_LINES, BodyLines, Line, agrees
from cleanpage.body.window_features import (
    FAR,
    Column,
    column,
    constant,
    counts,
    distances,
    runs,
    shifted,
    totals,
    windows,
)
from cleanpage.labels import Label, Trait, labels_with
from cleanpage.text import ends_sentence, is_cjk, is_unstopped
from cleanpage.text.language import common_words
from cleanpage.text.lazy_regex import lazy

PROSE_CAP = 150.0
"""Ideograms of one line that count as prose: one long line does not outweigh an article."""
MIN_PROSE = 6.0
"""Shortest sentence that counts as prose."""
LONG_UNITS, UNFINISHED = 40.0, 0.5
"""A line of so many ideograms with commas counts as prose even if it does not end a sentence, by this share."""
HINTED = 0.1
"""Share of a line's prose that is left when a rule hints that it is chrome."""
TEASER_UNITS = 60.0
"""Longest line that is a teaser if it breaks off with dots."""
SHORT = 15.0
"""A line below this that ends no sentence is short."""
RUN_GAP, RUN_CUT = 8.0, 20.0
"""What a line without prose, and what furniture, costs a run of prose, in ideograms (``draft.CORE_GAP``)."""

MIN_READ = 3.0
"""Shorter lines are not looked into."""
CLEAR_PROSE = 18.0
"""So much prose is running text (``draft.PROSE_UNITS``)."""
MOST_UNITS, LINES_COUNTED = 400.0, 200  # a longer line, or one further from an edge of the page, has these values
NO_HEADLINE = -999.0  # no distance from a headline is so far below 0
IDEOGRAPHIC = 0.6
"""Share of a text's characters that are ideograms from which on it is written in them."""
COMMON_PER_IDEOGRAM = 3.0
"""A third as many ideograms as words of an alphabet are function words."""
MARKS_PER = 20.0
"""Commas are counted for so many ideograms."""
QUOTES = "\"“「『»«'‘”„"

HEAD, TAIL_FEATURES = labels_with(Trait.HEAD), labels_with(Trait.TAIL)
TEASER = lazy(r"(?<![…。])(?:…|\.\.\.)[\"'”’」）)\]】]*$")
_COMMA = lazy(r"[，,、；;：]")
_STOP = lazy(r"[。！？!?…।؟۔]|\.(?=\s)")
_SYMBOL = lazy(r"[|>»©@/\\<#*+=_\[\]【】·•]")
_UPPER = lazy(r"\b[A-ZÀ-ÖØ-ÞА-ЯЁΑ-ΩΆ-Ώ]")
FUNCTION = frozenset(
    "的了在是和有不这這也就都而與与及為为以對对將将到他她我們们但被從从著着把說说會会能可個个其はがのをにでとも"
)
ITEM = lazy(
    r"^(?:\d{1,2}[.、)）]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条]) ?\S"
)
DATE = lazy(  # begins with a digit, which is found much faster than one of several alternatives
    r"\d(?:\d{3} ?[-/.年] ?\d|\d?(?:[./-]\d{1,2}[./-]\d{2}|:\d{2}|月 ?\d{1,2}日)"
    r"|(?<!\w\d)\d?\.? [^\W\d_]{3,10}\.?,? \d{4}|(?:(?<=[^\W\d_]{3} \d)|(?<=[^\W\d_]{3}\. \d))\d?,? \d{4})"
)
_WORD = lazy(r"[^\W\d_]{3,}")
NUMERALS = frozenset("一二三四五六七八九十第")
_PLACES = [float(i) for i in range(LINES_COUNTED + 1)]
FeatureRow = tuple[float, ...]
"""One line's values of ``ROW_COLUMNS``."""
_UNREAD_VALUES: FeatureRow = (0.0,) * 6
_FORMLESS = (False,) * 6

ROW_COLUMNS = (
    "units", "end", "prose", "gap", "repeated",
    "common", "capitals", "commas", "stops", "symbols", "words",
    "hinted", "list_item", "item", "quoted", "lower", "dated",
    "decided", "head", "tail", "short", "clear_prose", "is_repeated", "tag",
)  # fmt: skip
OWN = ROW_COLUMNS[:17]
"""Columns of the line itself."""
NEAR = {
    -2: ("units", "prose", "capitals"), -1: ("units", "end", "prose", "common", "capitals", "decided"),
    1: ("units", "end", "prose", "gap", "capitals", "lower"), 2: ("units", "end", "prose"),
}  # fmt: skip
"""Columns of the lines so many steps on."""
WINDOWS = (("prose", 3), ("prose", 10), ("short", 10), ("decided", 10))
"""Columns that are summed over so many lines before and behind."""
FLAGS = ("clear_prose", "head", "tail", "decided", "dated", "is_repeated", "tag")
"""Columns of which the nearest line is looked for, before and behind."""
COUNTED = (
    Label.RELATED, Label.COMMENTS, Label.COPYRIGHT, Label.PUBLISH, Label.PAGER, Label.SHARE, Label.BREADCRUMB,
)  # fmt: skip
"""Labels whose lines are counted before and behind each line."""
_SIDES = ("before", "behind")
NAMES = (
    *OWN,
    *(f"{name}{step:+d}" for step, names in NEAR.items() for name in names),
    *(f"{name}_{side}_{size}" for name, size in WINDOWS for side in _SIDES),
    "prose_page", "prose_share", "lines_before", "lines_behind", "short_page",
    "run_before", "run_behind", "run_share", "run_best",
    *(f"to_{name}_{side}" for name in FLAGS for side in _SIDES),
    *(f"{label}_{side}" for label in COUNTED for side in _SIDES),
    "from_headline", "headline_words",
)  # fmt: skip
"""All columns, in order."""


def features(page: BodyLines, own: Sequence[Column]) -> list[Column]:
    """Return the columns ``NAMES`` of all lines of the page, also of those that a rule has decided.

    ``own`` are those of ``own_columns``.
    """
    return [*own[: len(OWN)], *surroundings(own), *_counts(page.lines), *_headline(page)]


@twin("columns")
def surroundings(own: Sequence[Column]) -> list[Column]:
    """Return the columns of ``NAMES`` that follow from those of the lines alone."""
    names = dict(zip(ROW_COLUMNS, own, strict=True))
    columns = [shifted(names[name], step) for step, wanted in NEAR.items() for name in wanted]
    columns += [found for name, size in WINDOWS for found in windows(names[name], size)]
    columns += _page(names["prose"], names["short"])
    columns += runs(_gains(names["prose"], names["decided"]))
    return columns + [found for name in FLAGS for found in distances(names[name])]


@twin("measures")
def own_columns(lines: Sequence[Line]) -> list[Column]:
    """Return what is known of each line alone, or by the page's wordings: the columns of ``OWN`` and more.

    Lines that are equal, of which a page may have many, are read once.
    """
    times = Counter([line.folded for line in lines])
    tags = [line.folded for line in lines[:TAG_LINES]]
    known: dict[tuple[object, ...], FeatureRow] = {}
    rows: list[FeatureRow] = []
    for i, line in enumerate(lines):
        count = times[line.folded]
        same = (line.text, line.folded, line.units, line.kind, line.labels, bool(line.hints), line.gap)
        row = known.get(same) if count > 1 else None
        if row is None:
            row = _row(line, count, tags[:i])
            if count > 1 and i >= TAG_LINES:  # those before are compared with fewer lines
                known[same] = row
        rows.append(row)
    return [*map(column, zip(*rows, strict=True))] if rows else [column(())] * len(ROW_COLUMNS)


def _row(line: Line, times: int, tags: Sequence[str]) -> FeatureRow:
    """Return one line's values of ``ROW_COLUMNS``: ``times`` it stands on the page, ``tags`` may be the title tag."""
    text, size, labels = line.text, line.units, line.labels
    if labels:
        head, tail = not HEAD.isdisjoint(labels), not TAIL_FEATURES.isdisjoint(labels)
        seen = (min(size, MOST_UNITS), 0, 0, min(line.gap, 4), min(3, times))
        return (*seen, *_UNREAD_VALUES, *_FORMLESS, 1, head, tail, 0, 0, times > 1, 0)
    end = 0 if line.kind == "code" else _end(text, size)
    prose = _prose(line, end)
    of_words = _shares_of(text, size) if size >= MIN_READ else _UNREAD_VALUES
    tagged = MIN_TAG <= size <= LONGEST_HEADLINE_LINE and any(agrees(line.folded, tag) for tag in tags)
    short = size < SHORT and end < 1
    return (
        min(size, MOST_UNITS), end, prose, min(line.gap, 4), min(3, times), *of_words, *_form(line),
        0, 0, 0, short, prose >= CLEAR_PROSE, times > 1, tagged,
    )  # fmt: skip


def _end(text: str, size: float) -> int:
    """Return how a line ends: 3 with a stop, 2 with ! or ?, 1 with a colon, 0 with none, -1 breaking off with dots."""
    if ends_sentence(text):
        if size < TEASER_UNITS and TEASER.search(text):
            return -1
        return 2 if text[-1] in "!?！？" else 3
    if is_unstopped(text, size):
        return 3
    return 1 if text[-1:] in (":", "：") else 0


def _prose(line: Line, end: int) -> float:
    """Return the ideograms of running text in a line; code holds none."""
    if line.kind == "code":
        return UNFINISHED * min(line.units, PROSE_CAP)
    size = min(line.units, PROSE_CAP)
    if end < 1 or line.units < MIN_PROSE:
        if end != 0 or line.units < LONG_UNITS or len(_COMMA.findall(line.text)) < 2:
            return 0.0
        size *= UNFINISHED
    return size * HINTED if line.hints else size


def _shares_of(text: str, size: float) -> FeatureRow:
    """Return the share of common words, of capitals, commas in ``MARKS_PER``, stops, share of symbols, words."""
    words = text.split()
    if size > IDEOGRAPHIC * len(text):
        common, capitals = COMMON_PER_IDEOGRAM * sum(map(FUNCTION.__contains__, text)) / len(text), 0.0
    else:
        known = common_words()
        common = len([word for word in text.lower().split() if word in known]) / max(1, len(words))
        capitals = len(_UPPER.findall(text)) / max(1, len(words))
    return (
        common, capitals, MARKS_PER * len(_COMMA.findall(text)) / size, float(len(_STOP.findall(text))),
        len(_SYMBOL.findall(text)) / len(text), min(float(len(words)), FAR),
    )  # fmt: skip


def _form(line: Line) -> FeatureRow:
    text = line.text
    first = text[:1]
    item = (first in NUMERALS or not first.isalpha()) and ITEM.match(text) is not None
    dated = DATE.search(text) is not None
    return bool(line.hints), line.kind == "list_item", item, first in QUOTES, first.islower(), dated


def _page(prose: Column, short: Column) -> Iterator[Column]:
    """Yield where each line stands on the page, and what kind of page it is."""
    n = len(prose)
    yield from totals(prose)
    yield column(islice(chain(_PLACES, repeat(float(LINES_COUNTED))), n))
    yield column(
        chain(repeat(float(LINES_COUNTED), max(0, n - LINES_COUNTED)), _PLACES[min(n, LINES_COUNTED) : 0 : -1])
    )
    yield constant(sum(short) / max(1, n), n)


def _gains(prose: Column, decided: Column) -> Column:
    """Return what each line adds to a run of prose."""
    return column([p or (-RUN_CUT if d else -RUN_GAP) for p, d in zip(prose, decided, strict=True)])


def _counts(lines: Sequence[Line]) -> Iterator[Column]:
    """Yield how many lines of each label of ``COUNTED`` stand before and behind each line, at most 3."""
    marks: dict[str, list[int]] = {label: [] for label in COUNTED}
    for i, line in enumerate(lines):
        for label in line.labels:
            if label in marks:
                marks[label].append(i)
    for found in marks.values():
        yield from counts(found, len(lines), 3)


def _headline(page: BodyLines) -> tuple[Column, Column]:
    """Return the distance from the headline in lines, and the share of its words that each line holds."""
    at, n = page.headline, len(page.lines)
    if at is None:
        return constant(NO_HEADLINE, n), constant(-1.0, n)
    far = int(FAR)
    near = range(max(-far, -at), min(far, n - at))
    away = column([*repeat(-FAR, at + near.start), *near, *repeat(FAR, n - at - near.stop)])
    return away, words_held(page.lines, page.lines[at].folded)


def words_held(lines: Sequence[Line], text: str) -> Column:
    """Return the share of the words of a folded text that each line holds; 0 for those that a rule has decided."""
    return share_held(lines, _words(text))


@twin("measures")
def share_held(lines: Sequence[Line], words: list[str]) -> Column:
    """Return the share of ``words`` that stands in each line; 0 for lines that a rule has decided, and short ones."""
    weight = 1.0 / max(1, len(words))
    read = (line.folded if line.units >= MIN_READ and not line.labels else "" for line in lines)
    return column([weight * len([word for word in words if word in line]) if line else 0.0 for line in read])


def _words(text: str) -> list[str]:
    """Return the words of a text, or the pairs of its ideograms."""
    if any(is_cjk(char) for char in text[:20]):
        return sorted({text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum()})
    return sorted(set(_WORD.findall(text)))
