"""Gives the body of a flattened page the structure that long articles have: sub-headings, lists, talk, short sentences.

Labelled articles are mostly paragraphs. What an article of sub-headings, lists and dialogue looks like beside the
chrome of its page is learned from paragraphs that are cut into such lines. Pure functions; the words are those of the
page and of other pages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from cleanpage.draft import PROSE_UNITS
from cleanpage.text import ends_sentence, is_cjk, units

CLAUSE = 2.5, 14.0
"""Least and most ideograms of a sub-heading, or of an item of a list."""
SHORT_SENTENCE = 4.0, 22.0
"""The same of a sentence that may stand alone."""
READ_ALSO = {
    "zh": ("相关阅读：", "延伸阅读：", "推荐阅读："), "en": ("Read also: ", "READ MORE: ", "Related: ", "See also: "),
    "ru": ("Читайте также: ", "Читать также: "), "el": ("Διαβάστε επίσης: ", "Δείτε ακόμη: "),
    "pl": ("Czytaj także: ", "Zobacz też: ", "PRZECZYTAJ: "),
}  # fmt: skip
NUMERALS = "十一二三四五六七八九"
BULLETS = ("", "", "- ", "* ", "  * ", "• ", "– ", "{}. ", "{}) ")
NOTES = ("[{}] ", "{}. ", "* ", "({}) ", "")

_SENTENCE = re.compile(r"(?<=[。！？])(?![”」』）])|(?<=[.!?…])\s+(?=[^\W\d_a-zа-яα-ω])")
_CLAUSE = re.compile(r"[，、；：。！？,;:.!?…()（）«»“”\"「」『』]+\s*|\s[-–—]\s")
_FINAL = re.compile(r"[\s。．.!！…，,;；:：]+$")


class Line(NamedTuple):
    """A line of a page's body."""

    text: str
    is_body: bool
    """Whether the label has it; asides do not."""

    @property
    def is_paragraph(self) -> bool:
        """Whether it is so long that it may be cut into others, or others stand beside it."""
        return self.is_body and units(self.text) >= PROSE_UNITS


class Words(NamedTuple):
    """What other pages lend."""

    paragraphs: Sequence[str]
    """For sub-headings, items and sentences."""
    headlines: Sequence[str]
    """For asides."""
    lang: str


class _Parts(NamedTuple):
    """What lines are made of."""

    clauses: Sequence[str]
    """At least one."""
    sentences: Sequence[str]
    """Short ones."""
    is_zh: bool

    def title(self, rng: Random) -> str:
        """Return a clause that begins as a line does."""
        return _capital(rng.choice(self.clauses))

    def titles(self, least: int, most: int, rng: Random) -> list[str]:
        """Return so many of them, none twice; fewer if there are not so many."""
        return [_capital(clause) for clause in _some(self.clauses, least, most, rng)]


def structured(lines: Sequence[Line], words: Words, rng: Random) -> list[Line]:
    """Return the lines with up to four kinds of structure, often cut into sentences, with asides in between.

    Behind the last paragraph of half of the pages stands what readers may want to know: hours, prices, rules.
    """
    own = [clause for line in lines if line.is_body for clause in clauses(line.text)]
    lent = [clause for text in words.paragraphs for clause in clauses(text)]
    least, most = SHORT_SENTENCE
    short = [one for text in words.paragraphs for one in sentences(text) if least <= units(one) <= most]
    made = _beginning(lines, rng) if rng.random() < 0.4 else list(lines)
    if rng.random() < 0.5:
        made = _in_sentences(made, rng)
    for change in [*rng.sample(_CHANGES, rng.choice((1, 2, 2, 3, 4))), *_TAIL[: rng.choice((0, 0, 1, 2))]]:
        if _places(made) and (chosen := own if rng.random() < 0.5 else lent or own):
            made = change(made, _Parts(chosen, short, words.lang == "zh"), rng)
    if words.headlines and rng.random() < 0.4:
        made = _with_asides(made, words, rng)
    return made


def clauses(text: str) -> list[str]:
    """Return the parts of a text between its marks that are as long as a sub-heading or an item."""
    parts = (part.strip() for part in _CLAUSE.split(text))
    return [part for part in parts if CLAUSE[0] <= units(part) <= CLAUSE[1]]


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def is_paragraph(text: str) -> bool:
    """Tell whether a line can lend its sentences to another page."""
    return units(text) >= PROSE_UNITS and ends_sentence(text)


def _some(texts: Sequence[str], least: int, most: int, rng: Random) -> list[str]:
    """Return so many of the texts, none twice; fewer if there are not so many."""
    known = list(dict.fromkeys(texts))
    return rng.sample(known, min(len(known), rng.randint(least, most)))


def _places(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the paragraphs, behind which a line may be put."""
    return [i for i, line in enumerate(lines) if line.is_paragraph]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _behind(lines: Sequence[Line], at: int, new: Sequence[str]) -> list[Line]:
    """Return the lines with others of the body behind one of them."""
    return [*lines[: at + 1], *(Line(text, True) for text in new), *lines[at + 1 :]]


def _beginning(lines: Sequence[Line], rng: Random) -> list[Line]:
    """Return the lines up to one of the first paragraphs: short articles have structure too."""
    places = _places(lines)
    return list(lines[: places[min(len(places) - 1, rng.randint(1, 5))] + 1] if places else lines)


def _in_sentences(lines: Sequence[Line], rng: Random) -> list[Line]:
    """Return the lines with paragraphs cut after some of their sentences, as tabloids and quick news print them."""
    share, made = rng.choice((0.2, 0.5, 0.9)), []
    for line in lines:
        if not line.is_paragraph:
            made.append(line)
            continue
        parts = [""]
        for sentence in sentences(line.text):
            joint = "" if not parts[-1] or is_cjk(sentence[:1]) else " "
            parts[-1] += joint + sentence
            if rng.random() < share:
                parts.append("")
        made += [Line(part, True) for part in parts if part]
    return made


def _with_headings(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with sub-headings before some paragraphs."""
    share, form = rng.choice((0.2, 0.35, 0.5)), rng.choice(("plain",) * 5 + ("numbered", "asked"))
    made: list[Line] = []
    count = 0
    for i, line in enumerate(lines):
        if i and line.is_paragraph and rng.random() < share:
            count += 1
            heading = parts.title(rng)
            if form == "numbered":
                heading = f"{NUMERALS[count % 10]}、{heading}" if parts.is_zh else f"{count}. {heading}"
            elif form == "asked":
                heading += "？" if parts.is_zh else "?"
            made.append(Line(heading, True))
        made.append(line)
    return made


def _with_list(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with a list behind one of them, often the last, announced by a colon, a heading, or not."""
    places = _places(lines)
    at = places[-1] if rng.random() < 0.45 else rng.choice(places)
    bullet, has_values = rng.choice(BULLETS), rng.random() < 0.35
    mark = rng.choice(("", "", "", "；", "。") if parts.is_zh else ("", "", "", ";", ".", ","))
    items = []
    for n, item in enumerate(_some(parts.clauses, 2, 8, rng), 1):
        shown = _capital(item) if rng.random() < 0.7 else item
        items.append(bullet.format(n) + shown + (_value(parts, rng) if has_values else "") + mark)
    opening, made = rng.random(), list(lines)
    if opening < 0.5:
        made[at] = Line(_FINAL.sub("", lines[at].text) + ("：" if parts.is_zh else ":"), True)
    elif opening < 0.75:
        items.insert(0, parts.title(rng) + rng.choice(("", ":")))
    return _behind(made, at, items)


def _value(parts: _Parts, rng: Random) -> str:
    """Return what may stand behind an item: an amount, an hour, or who or what in brackets."""
    if rng.random() < 0.3:
        clause = rng.choice(parts.clauses)
        return f"（{clause}）" if parts.is_zh else f" ({clause})"
    hour = f"{rng.randint(0, 23)}:{rng.randint(0, 5)}0"
    number = rng.choice((str(rng.randint(1, 99)), hour, f"{rng.randint(100, 9999):,}"))
    unit = rng.choice(("", "", "元", "人", "%") if parts.is_zh else ("", "", " €", " kg", "%"))
    return rng.choice((": {}", " – {}", " ({})", " {}", "\t{}")).format(number + unit)


def _with_schedule(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with a programme behind one of them: hours or days, and what takes place."""
    places = _places(lines)
    has_days, joint = rng.random() < 0.4, rng.choice((" ", " – ", ": ", "\t"))
    rows = []
    for what in parts.titles(3, 8, rng):
        day, hour = f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.", f"{rng.randint(7, 22)}:{rng.randint(0, 5)}0"
        rows.append((day if has_days else hour) + joint + what)
    return _behind(lines, places[-1] if rng.random() < 0.5 else rng.choice(places), rows)


def _with_talk(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with a dialogue behind one of them."""
    if not parts.sentences:
        return list(lines)
    left, right = rng.choice((("— ", ""), ("– ", ""), ("- ", ""), ("“", "”"), ("«", "»"), ("「", "」")))
    said = [left + sentence + right for sentence in _some(parts.sentences, 2, 6, rng)]
    return _behind(lines, rng.choice(_places(lines)), said)


def _with_questions(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with questions before some paragraphs."""
    made: list[Line] = []
    for line in lines:
        if made and parts.sentences and line.is_paragraph and rng.random() < 0.5:
            question = _FINAL.sub("", rng.choice(parts.sentences)).rstrip("?？")
            made.append(Line(question + ("？" if parts.is_zh else "?"), True))
        made.append(line)
    return made


def _with_quotation(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with a sentence in quotation marks on a line of its own, and perhaps who said it."""
    if not parts.sentences:
        return list(lines)
    left, right = rng.choice(("“”", "«»", "„“", "「」", '""', "””"))
    said = [left + rng.choice(parts.sentences) + right]
    if rng.random() < 0.3:
        said.append(rng.choice(("— ", "")) + parts.title(rng))
    return _behind(lines, rng.choice(_places(lines)), said)


def _with_closing(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with one to three short sentences behind the last."""
    return _behind(lines, len(lines) - 1, _some(parts.sentences, 1, rng.choice((1, 1, 2, 3)), rng))


def _with_notes(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with notes behind the last: numbered sentences, or values behind a colon."""
    mark, colon = rng.choice(NOTES), "：" if parts.is_zh else ": "
    notes = []
    for n, what in enumerate(parts.titles(1, 4, rng), 1):
        fact = what + colon + rng.choice((rng.choice(parts.clauses), _value(parts, rng).strip(": ")))
        is_sentence = parts.sentences and mark and rng.random() < 0.7
        notes.append(mark.format(n) + (rng.choice(parts.sentences) if is_sentence else fact))
    return _behind(lines, len(lines) - 1, notes)


def _with_facts(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with a heading and rows behind the last: items, values, hours, or sentences."""
    facts = []
    for what in parts.titles(2, 6, rng):
        form = rng.random()
        if form < 0.4:
            facts.append(what + _value(parts, rng))
        elif form < 0.6 and parts.sentences:
            facts.append(rng.choice(parts.sentences))
        else:
            facts.append(what)
    bullet = rng.choice(BULLETS)
    rows = [bullet.format(n) + fact for n, fact in enumerate(facts, 1)]
    return _behind(lines, len(lines) - 1, [parts.title(rng) + rng.choice(("", "", ":")), *rows])


def _with_verse(lines: Sequence[Line], parts: _Parts, rng: Random) -> list[Line]:
    """Return the lines with short lines without marks between two paragraphs."""
    verse = [line + rng.choice(("", "", ",")) for line in parts.titles(3, 8, rng)]
    return _behind(lines, rng.choice(_places(lines)), verse)


def _with_asides(lines: Sequence[Line], words: Words, rng: Random) -> list[Line]:
    """Return the lines with links to other pages between paragraphs, one to three times; some as a list with a heading.
    """
    places, made = _places(lines)[:-1], list(lines)
    for at in sorted(rng.sample(places, min(len(places), rng.randint(1, 3))), reverse=True):
        before = rng.choice(READ_ALSO.get(words.lang, READ_ALSO["en"]))
        form = rng.random()
        if form < 0.4:
            links = [before.rstrip(" ：:"), *_some(words.headlines, 1, 2, rng)]
        else:
            links = [(before if form < 0.8 else "") + rng.choice(words.headlines)]
        made[at + 1 : at + 1] = [Line(link, False) for link in links]
    return made


_CHANGES: list[Callable[[Sequence[Line], _Parts, Random], list[Line]]] = [
    _with_headings, _with_headings, _with_list, _with_list, _with_schedule, _with_talk, _with_questions,
    _with_quotation, _with_closing, _with_notes, _with_verse,
]  # fmt: skip
_TAIL = [_with_facts, _with_closing]
"""What stands at the end."""
