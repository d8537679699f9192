"""Raw text to blocks: undo what flattening did to lines.

A newline is not a paragraph break (TAXONOMY section 0). Pieces of a line that stand on lines of their own are joined,
several paragraphs in one line are cut apart, and long lines are cut at sentence ends into blocks that stay glued:
what nobody objects to is put together again when the article is assembled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from operator import itemgetter

from cleanpage.draft import PROSE_UNITS, TextBlock, make_block
from cleanpage.languages import shipped
from cleanpage.load.clean_layout import listings_by_layout
from cleanpage.load.code_lines import code_spans
from cleanpage.load.lines import BULLET, Line, split_lines
from cleanpage.load.page_on_a_line import menu_cuts
from cleanpage.load.page_scripts import script_cuts
from cleanpage.load.publish_line import publish_cuts
from cleanpage.load.rejoin_lines import joined_groups
from cleanpage.model import ParagraphKind, Span
from cleanpage.text import ends_sentence, fold, fold_all, is_cjk, normalise, units, units_all, verbatim
from cleanpage.text.lazy_regex import lazy

LONG_LINE = 200.0
"""Ideograms from which on a line is cut at sentence ends: few paragraphs are longer, most glued lines are."""
MIN_PIECE = 20.0
"""Sentences are gathered into pieces of at least this many ideograms."""
MAX_TAIL = 40.0
"""Longest unfinished rest after a line's last sentence that is made a block: ``(记者 张三)``, ``责任编辑：李四``."""
MAX_HEADLINE = 45.0
"""Longest line, in ideograms, that may be a headline of two parts: ``水退了！北岸的集市明天开张``."""
PAGE_ON_A_LINE = 400.0
"""A line of this length that holds most of the page is a page on one line: single blanks may part its pieces. A page
that is one line is so from ``LONG_LINE`` on."""
MAX_CELL = 40.0
"""Longest table cell, in ideograms: tabs between longer pieces are layout, not a table."""

_PLAIN: ParagraphKind = "paragraph"
_NUMBERED = lazy(r"^(?:\d{1,3}[.、)）]|[（(]\d{1,3}[)）]|[①-⑳])")
_GAP = lazy(r"\u3000{2,}|[ \xa0\u3000]{3,}")
_MARK = lazy(r"[^:：\[［【〔]{1,150}(?<=\w)\s?([\[［【〔](?:[^\W\d_]|[ |.-]){1,40}[\]］】〕])")
"""What wikis print behind a heading: ``History[edit]``, ``Siehe auch [Bearbeiten | Quelltext bearbeiten]``."""
_LABEL = lazy(r"[^\s:：|]{1,4}(?: ?[^\s:：|]){0,6}\s*[:：]")
_ALPHABET = r"A-Za-z0-9\u00c0-\u052f\u1e00-\u1eff"
_BLANKS = lazy(
    rf"(?<=[\w。！？”）)\]】])(?<![{_ALPHABET}])\s+(?=[\w（(\[【“《©])"  # not inside ``首页 > 新闻``
    rf"|(?<=[{_ALPHABET}])\s+(?=[（【“《\u3040-\u30ff\u4e00-\u9fff])"  # not between two words of an alphabet
    r"|(?<=[:：])\s+(?=\S{30})"  # between a label and what is too long to be its value
)
_MARK_ENDS = frozenset("]］】〕")
_CLOSERS = "，。、；：！？）》”’」』】,.;:!?)%"
_SENTENCE = lazy(
    r"[。！？!?…।؟۔]+(?!=)[\"'”’」』）)\]】》]*"
    r"|\.[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W\d_a-zа-яα-ω])"
)


def load_text(raw: str, code: Sequence[Span] | None = None) -> tuple[TextBlock, ...]:
    """Return the blocks of a flattened page; their tiles, joined, are ``raw``.

    ``code`` are the spans of whole lines that are listings, in order; they are looked for if None. Each is one block.
    """
    lines = split_lines(raw)
    if not lines:
        return (make_block(0, len(raw), (0, len(raw)), ""),) if raw else ()
    spans = _listings(raw, lines) if code is None else [(a, b) for a, b in code if raw[a:b].strip()]
    if not spans:
        return tuple(_tiles(raw, _cut(raw, lines, joined_groups(lines))))
    return tuple(_with_code(raw, lines, spans))


def _listings(raw: str, lines: Sequence[Line]) -> list[Span]:
    """Return the spans of whole lines that are code, told by the lines, or by the layout of a cleaned text."""
    return listings_by_layout(raw, lines, code_spans(raw, lines))


def _with_code(raw: str, lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[TextBlock]:
    """Yield the blocks of a text that holds listings: between them those of the lines around, none across one."""
    text = [line for line, inside in zip(lines, _are_within(lines, spans), strict=True) if not inside]
    groups = chain.from_iterable(_parted(group, spans) for group in joined_groups(text))
    blocks = list(_tiles(raw, _cut(raw, text, list(groups)))) if text else []
    starts = [make_block(start, end, (start, end), verbatim(raw[start:end]), "code") for start, end in spans]
    ordered = sorted([*blocks, *starts], key=lambda block: block.content)
    at = 0
    for block, following in pairwise([*ordered, None]):
        assert block is not None
        end = following.content[0] if following else len(raw)
        glued = block.glued and at > 0 and block.kind != "code"
        yield block._replace(start=at, end=end, glued=glued)
        at = end


def _are_within(lines: Sequence[Line], spans: Sequence[Span]) -> Iterator[bool]:
    """Yield for each line whether it stands in one of the spans; both are in order."""
    at = 0
    for line in lines:
        while at < len(spans) and spans[at][1] <= line.start:
            at += 1
        yield at < len(spans) and spans[at][0] <= line.start


def _parted(group: list[Line], spans: Sequence[Span]) -> list[list[Line]]:
    """Return a group of lines, parted where a listing stands between two of them."""
    if len(group) == 1:
        return [group]
    parts = [group[:1]]
    for before, line in pairwise(group):
        at = bisect_left(spans, before.end, key=itemgetter(0))
        if at < len(spans) and spans[at][0] < line.start:
            parts.append([])
        parts[-1].append(line)
    return parts


def _cut(raw: str, lines: Sequence[Line], groups: Sequence[list[Line]]) -> list[Line]:
    """Return the pieces of a text: groups of lines joined, lines of several paragraphs cut."""
    total = sum(line.units for line in lines)
    pieces: list[Line] = []
    for group in groups:
        line = group[0]
        if len(group) > 1:
            text = "".join(_stitched(group))
            pieces.append(Line(line.start, group[-1].end, text, units(text)))
        elif line.is_even and _is_one_piece(line.text, line.units) and not _has_parts(line.text):
            pieces.append(line)
        else:
            alone = line.units == total and _shows_menu(raw, line)
            pieces += _pieces(raw, line, alone or is_page_on_a_line(line.units, total))
    return pieces


def _has_parts(text: str) -> bool:
    """Tell whether a short line may be cut all the same: at a publish line, a script, a mark in brackets."""
    return text[-1] in _MARK_ENDS or bool(publish_cuts(text) or script_cuts(text))


def is_page_on_a_line(size: float, total: float) -> bool:
    """Tell whether a line of ``size`` in a text of ``total`` ideograms is a whole page on one line."""
    return (size >= PAGE_ON_A_LINE and 2 * size > total) or (size > LONG_LINE and size == total)


def _tiles(raw: str, pieces: Sequence[Line]) -> Iterator[TextBlock]:
    """Make each piece a block whose tile reaches to the next piece; equal ones share what they are matched as."""
    tabs = "\t" in raw
    forms = [_form(raw, piece) if tabs or _has_form(piece.text) else (_PLAIN, piece.text) for piece in pieces]
    texts = [*dict.fromkeys([text for _, text in forms])]
    folded = dict(zip(texts, fold_all(texts), strict=True))
    shorter = iter(units_all([text for piece, (_, text) in zip(pieces, forms, strict=True) if text is not piece.text]))
    ends = chain((piece.start for piece in pieces[1:]), (len(raw),))
    start = 0
    for piece, (kind, text), end in zip(pieces, forms, ends, strict=True):
        size = piece.units if text is piece.text else next(shorter)
        prose, glued = size >= PROSE_UNITS and ends_sentence(text), piece.glued and start > 0
        yield TextBlock(start, end, (piece.start, piece.end), text, folded[text], size, prose, kind, glued)
        start = end


def _has_form(text: str) -> bool:
    """Tell whether ``_form`` may find more than a paragraph in a text without tabs: the quick answer for most."""
    return not text[0].isalpha() or " | " in text


def _stitched(group: list[Line]) -> Iterator[str]:
    """Join lines that were one: with a blank only between letters that need one."""
    yield group[0].text
    for before, line in pairwise(group):
        tight = is_cjk(before.text[-1]) or is_cjk(line.text[0]) or line.text[0] in _CLOSERS
        yield line.text if tight else " " + line.text


def _form(raw: str, piece: Line) -> tuple[ParagraphKind, str]:
    """Tell the kind of a block by its outer form, and its text without bullet."""
    text = piece.text
    if piece.glued:
        return _PLAIN, text
    if raw.find("\t", piece.start, piece.end) >= 0:
        cells = [normalise(cell) for cell in raw[piece.start : piece.end].split("\t")]
        cells = [cell for cell in cells if cell]
        if len(cells) > 1 and all(units(cell) <= MAX_CELL and not ends_sentence(cell) for cell in cells):
            text = " | ".join(cells)
    bullet = BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    if " | " in text:
        return "table", text
    return ("list_item" if bullet or _NUMBERED.match(text) else _PLAIN), text


def _pieces(raw: str, line: Line, one_line_page: bool) -> Iterator[Line]:
    """Cut one line at wide gaps, then each part at sentence ends; leave out pieces that show nothing."""
    for start, end in [(line.start, line.end)] if line.is_even else _parts(raw, line.start, line.end):
        whole = start == line.start and end == line.end
        size = line.units if whole else units(raw[start:end])
        cuts, scripts = _all_cuts(raw, start, end, size, one_line_page)
        if whole and not cuts:
            yield line
            return
        glued = False
        for left, right in zip([start, *cuts], [*cuts, end], strict=True):
            bare = raw[left:right].rstrip()
            text = line.text[left - start : left - start + len(bare)] if line.is_even else normalise(bare)
            if text:
                yield Line(left, left + len(bare), text, units(text), glued=glued and left not in scripts)
                glued = True


def _all_cuts(raw: str, start: int, end: int, size: float, one_line_page: bool) -> tuple[list[int], set[int]]:
    """Return where a span is cut, and which of these are the ends of scripts.

    It is cut around a publish line that prose follows, and what else it holds at sentence ends.
    """
    around = [start + at for at in publish_cuts(raw[start:end], one_line_page=one_line_page)]
    stop = around[0] if len(around) > 1 else end
    scripts = {start + at for at in script_cuts(raw[start:end])}
    inner = scripts.union(_menu_cuts(raw, start, stop) if one_line_page else ())
    cuts: list[int] = []
    for left, right in pairwise(sorted({start, *inner, *around, end})):
        cuts += [left] if left > start else []
        if right not in around[-1:]:  # what ends there is the publish line
            cuts += sentence_cuts(raw, left, right, size if one_line_page else units(raw[left:right]), one_line_page)
    return cuts, scripts


def _shows_menu(raw: str, line: Line) -> bool:
    """Tell whether a line that is all of a text begins with a menu, as a page on one line does."""
    return line.units > MAX_HEADLINE and bool(_menu_cuts(raw, line.start, line.end))


def _menu_cuts(raw: str, start: int, end: int) -> list[int]:
    """Return where a page on one line is cut around menus, which no sentence ends in."""
    stops = [start, *(m.end() for m in _SENTENCE.finditer(raw, start, end)), end]
    return [left + cut for left, right in pairwise(stops) for cut in menu_cuts(raw[left:right])]


def _parts(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at a wide gap if a sentence ends before it or a ``label:`` begins after it; a table row stays whole."""
    for gap in _GAP.finditer(raw, start, end):
        before = raw[max(start, gap.start() - 12) : gap.start()]
        if before and (ends_sentence(before) or _LABEL.match(raw, gap.end(), end)):
            yield start, gap.start()
            start = gap.end()
    yield start, end


def sentence_cuts(raw: str, start: int, end: int, size: float, one_line_page: bool) -> list[int]:
    """Return where a span of ``size`` is cut: at sentence ends if it is long, and before a short unfinished rest."""
    if size <= MAX_HEADLINE and raw[end - 1] in _MARK_ENDS and (mark := _MARK.fullmatch(raw, start, end)):
        return [mark.start(1)]
    if _is_one_piece(raw[start:end], size):
        return []
    ends = [m.end() for m in _SENTENCE.finditer(raw, start, end)]
    cuts = []
    if size > LONG_LINE:
        left = start
        for stop in _with_blanks(raw, start, end, ends) if one_line_page else ends:
            if stop < end and (one_line_page or units(raw[left:stop]) >= MIN_PIECE):
                cuts.append(stop)
                left = stop
    if ends and ends[-1] < end and _is_tail(raw, ends[-1], end, size):
        cuts += [ends[-1]] if not cuts or cuts[-1] < ends[-1] else []
    return [_skip_blanks(raw, cut, end) for cut in cuts]


def _is_one_piece(text: str, size: float) -> bool:
    """Tell whether a text without wide gaps is not cut: short, or a paragraph that ends as one."""
    return size <= MIN_PIECE or (size <= LONG_LINE and ends_sentence(text))


def _is_tail(raw: str, cut: int, end: int, size: float) -> bool:
    """Tell whether a line of ``size`` has a tail behind its last sentence; headlines go on behind ``！`` and ``？``."""
    rest = raw[cut:end].lstrip()
    if not rest or units(rest) > MAX_TAIL:
        return False
    cries = raw[cut - 1] in "！？!?…" and (rest[0].isalnum() or rest[0] in '“"「『《')
    return not (cries and size <= MAX_HEADLINE and not _is_labelled(rest))


def _is_labelled(rest: str) -> bool:
    """Tell whether a text begins with what announces a value (``来源：``); in headlines a speaker has the colon."""
    label = fold(rest).partition(":")[0].strip(" ([")
    return ":" in fold(rest) and label.replace(" ", "") in _announced()


@cache
def _announced() -> frozenset[str]:
    """Return the folded labels of all languages, without blanks."""
    labels = (label for language in shipped().values() for found in (language.labels or {}).values() for label in found)
    return frozenset(fold(label).replace(" ", "") for label in labels)


def _with_blanks(raw: str, start: int, end: int, ends: list[int]) -> list[int]:
    """Add the blanks beside an ideogram to the sentence ends of a page on one line; ``首页 > 新闻`` stays whole."""
    blanks = [start + m.start() for m in _BLANKS.finditer(raw[start:end])]
    return sorted({*ends, *blanks})


def _skip_blanks(raw: str, at: int, end: int) -> int:
    while at < end and raw[at].isspace():
        at += 1
    return at
