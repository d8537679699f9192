"""Whether the text of a ``pre`` is code, or a text that was set in lines."""

from __future__ import annotations

from cleanpage.text import ends_sentence, units
from cleanpage.text.lazy_regex import lazy

PROSE_WORDS = 6
"""Words from which on a line may be one of prose ..."""
WORD_SHARE = 0.7
"""... and how many of what stands between blanks must be words; and of the lines of a ``pre`` lines of verse."""
PROSE_SHARE = 0.4
"""Share of its characters in lines of prose from which on a text that no markup calls code is prose."""
WIDE_SHARE = 0.3
"""Share of ideograms from which on a text is written in them."""
MARKS = 0.04
"""Fewest marks of code, as a share of what is not blank, in code that no markup calls so."""
COMMAND = 80
"""Characters of the longest command that no mark shows."""
VERSE_WORDS = 3
"""Words from which on a line may be one of verse, or of a list of ingredients."""

_MARK = lazy(r"[{}\[\]<=;$\\&_#@~^*+/`]|\(\)|\w\(")
_WORD_EDGES = "\"'“”‘’().,:;!?"
_INSIDE = str.maketrans("", "", "'’-")
_SURE_MARK = lazy(r"[{}=;$\\]|\w\(")
_PROMPT_LINE = lazy(
    r"(?:[$#%>]|>>>|\w{1,20}@\w{1,20}\S{0,40}[$#]) \S|<\?|#!|[a-z]\w* (?:\w+ )?-{1,2}\w"
    r"|(?:SELECT|INSERT|UPDATE) \S"
)
_COMMENTS = ("//", '"""', "'''")
"""What a comment or a docstring begins with, which is a sentence in code."""
_PLAIN_LINE = lazy(r"[^{}<>=;$\\|_#@~^*+`]*")


def is_listing(text: str, *, marked: bool) -> bool:
    """Tell whether a text is code; ``marked`` if the page marks it as code: by an element, or by a name."""
    shown = max(1, sum(map(len, text.split())))
    found = len(_MARK.findall(text))
    marks = found / shown if found > 1 else 0.0
    prose = prose_share(text)
    if marked:
        return not (prose > 0.8 and marks < MARKS / 4 and len(text) > 400)
    if _is_in_ideograms(text):
        return len(_SURE_MARK.findall(text)) / shown >= MARKS
    if prose >= PROSE_SHARE:
        return False
    if _PROMPT_LINE.match(text.lstrip()) or marks >= MARKS:
        return True
    return len(text) <= COMMAND and "\n" not in text and text[:1].islower() and not ends_sentence(text)


def is_listing_in_pre(text: str) -> bool:
    """Tell whether the text of a ``pre`` that no name calls code is code: several lines, and they set no sentences."""
    if is_listing(text, marked=False):
        return True
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or _is_in_ideograms(text) or prose_share(text) >= PROSE_SHARE:
        return False
    return text.lstrip()[0].islower() or sum(map(_is_verse, lines)) < WORD_SHARE * len(lines)


def _is_in_ideograms(text: str) -> bool:
    """Tell whether a text is written in ideograms."""
    return (units(text) - len(text) / 3) * 1.5 >= WIDE_SHARE * sum(map(len, text.split()))


def _is_verse(line: str) -> bool:
    """Tell whether a line is a few words one blank apart, no key before them, without marks that only code has."""
    words = line.split()
    plain = sum(word.strip(_WORD_EDGES).translate(_INSIDE).isalpha() for word in words)
    if plain < max(VERSE_WORDS, WORD_SHARE * len(words)) or "  " in line.strip() or words[0].endswith(":"):
        return False
    return _PLAIN_LINE.fullmatch(line) is not None


def prose_share(text: str) -> float:
    """Return the share of a text's characters that stand in lines of prose."""
    lines = [line.strip() for line in text.split("\n")]
    prose = sum(len(line) for line in lines if is_prose_line(line))
    return prose / max(1, sum(map(len, lines)))


def is_prose_line(line: str) -> bool:
    """Tell whether a line holds several words, no mark that only code has, and is no comment in code."""
    parts = line.split()
    if len(parts) < PROSE_WORDS or line.startswith(_COMMENTS):
        return False
    words = sum([word.strip(_WORD_EDGES).translate(_INSIDE).isalpha() for word in parts])
    return words >= max(PROSE_WORDS, WORD_SHARE * line.count(" ")) and _PLAIN_LINE.fullmatch(line) is not None
