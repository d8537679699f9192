"""Changes to the lines of a flattened page that leave its words as they are: glue, split, copy, cut. Pure functions."""

from __future__ import annotations

import re
from itertools import pairwise
from random import Random

from cleanpage.text import ends_sentence, is_cjk, units
from training.locate import title_pattern

COLUMNS = 78
"""Width at which a text browser breaks lines."""
SHORTEST, LONGEST = 25, 300
"""Ideograms of a notice."""

_SENTENCE = re.compile(r"[。！？][”」』）]*|[.!?]+[\"”’)»]*(?=\s+[^\W\d_a-zа-яα-ω]|$)")
_OPENS = re.compile(r"(?![一二三四五六七八九十]+、|\d+[.、)）])[\w“‘「『《【（(\[«\"]")
_PAIRS = ("“”", "「」", "『』", "«»", "（）", "()")


def glue(text: str, joint: str, share: float, rng: Random) -> str:
    """Return ``text`` with this share of its line ends replaced by ``joint``, by a blank where words would merge."""
    lines = text.splitlines(keepends=True)
    for at, (line, after) in enumerate(pairwise(lines)):
        if rng.random() < share:
            words = line.rstrip()[-1:].isascii() and after.lstrip()[:1].isascii()
            lines[at] = line.strip() + (" " if words else joint)
    return "".join(lines)


def at_commas(line: str, rng: Random) -> str:
    """Return ``line`` broken after some commas and colons."""
    return re.sub(r"(?<=[，、；：,;])(?!\d)", lambda _: "\n" if rng.random() < 0.4 else "", line)


def at_words(line: str, rng: Random) -> str:
    """Return ``line`` broken round some numbers and words of another script, as get_text does at inline elements."""
    inline = r"[A-Za-z0-9]+" if any(map(is_cjk, line)) else r"\d+|(?<=\s)[A-ZА-ЯΑ-Ω]\w+"
    return re.sub(inline, lambda match: f"\n{match[0]}\n" if rng.random() < 0.5 else match[0], line)


def at_columns(line: str, _rng: Random) -> str:
    """Return ``line`` broken as a text browser does: at a blank, or at any ideogram, which is two columns wide."""
    rows, used, blank = [""], 0, 0
    for char in line:
        used += 2 if is_cjk(char) else 1
        rows[-1] += char
        blank = len(rows[-1]) if char.isspace() or is_cjk(char) else blank
        if used >= COLUMNS and blank:
            rows[-1:] = [rows[-1][:blank].rstrip(), rows[-1][blank:]]
            used, blank = len(rows[-1]), 0
    return "\n".join(rows)


def copy(body: str, rng: Random) -> str:
    """Return ``body``, or its first lines, with the small differences that copies show."""
    lines = body.splitlines()
    if rng.random() < 0.4:
        lines = lines[: rng.randint(1, max(1, len(lines) // 3))]
    if rng.random() < 0.3:
        lines = [line.strip() for line in lines if line.strip()]
    if rng.random() < 0.3 and len(lines) > 4:
        del lines[rng.randrange(len(lines))]
    return "\n".join(lines)


def insert(chrome: str, text: str, rng: Random) -> str:
    """Return ``chrome`` with ``text`` between two of its lines."""
    places = [match.start() for match in re.finditer(r"\n", chrome)]
    at = rng.choice(places) if places else len(chrome)
    return f"{chrome[:at]}\n{text}\n{chrome[at:]}"


def drop_title(text: str, title: str) -> str:
    """Return ``text`` without the lines, one or several, that hold the title and little else."""
    at, kept = 0, []
    for match in title_pattern(title).finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end()) % (len(text) + 1) + 1
        beside = (text[start : match.start()] + text[match.end() : end]).strip()
        if start >= at and units(beside) <= max(16, units(title)):
            kept.append(text[at:start])
            at = end
    return "".join(kept) + text[at:]


def sentences(body: str, rng: Random) -> str | None:
    """Return one to three sentences, a notice, from the beginning of the first real paragraph."""
    lines = [line.strip() for line in body.splitlines()]
    real = [line for line in lines if units(line) >= SHORTEST and ends_sentence(line) and _OPENS.match(line)]
    if not real:
        return None
    ends = [match.end() for match in _SENTENCE.finditer(real[0])]
    parts = [real[0][:end] for end in ends[:3] if SHORTEST <= units(real[0][:end]) <= LONGEST]
    whole = [part for part in parts if _is_closed(part)]
    return rng.choice(whole) if whole else None


def _is_closed(text: str) -> bool:
    return all(text.count(left) == text.count(right) for left, right in _PAIRS)


def paragraphs(body: str, rng: Random) -> str | None:
    """Return the first one to four paragraphs of a body that has more."""
    lines = [line for line in body.splitlines() if line.strip()]
    ends = [n for n in range(1, min(5, len(lines))) if ends_sentence(lines[n - 1].strip())]
    return "\n".join(lines[: rng.choice(ends)]) if ends else None


def near_end(text: str, rng: Random) -> str:
    """Return the last few lines of what stands before a body: none to twelve."""
    lines = text.splitlines(keepends=True)
    return "".join(lines[max(0, len(lines) - rng.randrange(13)) :])


def near_start(text: str, rng: Random) -> str:
    """Return the first few lines of what stands behind a body, and a few of its last: none to twelve, none to four."""
    lines = text.splitlines(keepends=True)
    first, last = rng.randrange(13), rng.randrange(5)
    return "".join(lines if first + last >= len(lines) else [*lines[:first], *lines[len(lines) - last :]])
