"""Which language a text is in: by script, and among languages of one script by their commonest words."""

from __future__ import annotations

from collections import Counter
from functools import cache

from cleanpage._native import twin
from cleanpage.languages import shipped_languages
from cleanpage.text.lazy_regex import lazy

SAMPLE = 1500
"""Characters worth looking at: the function words of 250 words of text are enough."""
MIN_LETTERS = 8
"""Fewer letters give no language."""

SCRIPTS = {
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff", "kana": "\u3041-\u30ff", "han": "\u3400-\u4dbf\u4e00-\u9fff",
    "ko": "\uac00-\ud7a3", "th": "\u0e00-\u0e7f",
    "el": "\u0370-\u03ff", "cyrillic": "\u0400-\u04ff", "arabic": "\u0600-\u06ff", "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f", "bn": "\u0980-\u09ff", "ta": "\u0b80-\u0bff", "te": "\u0c00-\u0c7f", "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f", "km": "\u1780-\u17ff", "my": "\u1000-\u109f", "lo": "\u0e80-\u0eff", "bo": "\u0f00-\u0fff",
    "mn": "\u1800-\u18af",
}  # fmt: skip
_LETTERS = {name: lazy(f"[{chars}]+") for name, chars in SCRIPTS.items()}
_IDEOGRAM_WEIGHT = 3
"""An ideogram counts as three letters, as in ``text.units``."""


@cache
def _words_of_scripts() -> dict[str, dict[str, list[str]]]:
    """Return for each script its words, and the languages that each of them is common in."""
    found: dict[str, dict[str, list[str]]] = {}
    for language in shipped_languages().values():
        for word in language.words:
            found.setdefault(language.script, {}).setdefault(word, []).append(language.code)
    return found


@cache
def common_words() -> frozenset[str]:
    """Return the commonest words of all languages with an alphabet: much of running text, little of a menu."""
    return frozenset(word for words in _words_of_scripts().values() for word in words)


_LANGUAGE_OF = {"cyrillic": "ru", "arabic": "ar"}
"""What a script means when too few words are known."""
_WORD = lazy(r"[^\W\d_]+")


def detect(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of ``text``, None if it holds too little to tell."""
    counts = _letters(text)
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < MIN_LETTERS:
        return None
    if script in ("han", "kana"):
        # Japanese news text is about half kana; Chinese has none, but for quoted names.
        return "ja" if counts["kana"] > 0.1 * (counts["han"] + counts["kana"]) else "zh"
    return _by_words(script, text) if script in _words_of_scripts() else script


def _letters(text: str) -> dict[str, int]:
    """Return how many letters of each script a text holds, an ideogram as ``_IDEOGRAM_WEIGHT``."""
    counts = {"han": 0, "kana": 0, **dict(zip(SCRIPTS, letters_of_scripts(text), strict=False))}
    return {name: n * (_IDEOGRAM_WEIGHT if name in ("han", "kana") else 1) for name, n in counts.items()}


@twin("text")
def letters_of_scripts(text: str) -> list[int]:
    """Return how many letters of each of ``SCRIPTS`` a text holds, as far as one may be the commonest."""
    counts: list[int] = []
    left, most = len(text), 0
    for pattern in _LETTERS.values():
        if left < most:
            break
        counts.append(sum(map(len, pattern.findall(text))))
        left, most = left - counts[-1], max(most, counts[-1])
    return counts


def _by_words(script: str, text: str) -> str | None:
    hits = languages_of_words(text.lower(), _words_of_scripts()[script])
    if not hits:
        return _LANGUAGE_OF.get(script)
    codes = [language.code for language in shipped_languages().values() if language.script == script]
    return max(codes, key=lambda code: hits.get(code, 0))


@twin("text")
def languages_of_words(text: str, spoken: dict[str, list[str]]) -> dict[str, int]:
    """Return for each language how many words of a text in lower case it has, of those that are ``spoken``."""
    words = Counter(_WORD.findall(text))
    found: Counter[str] = Counter()
    for word in spoken.keys() & words.keys():
        for language in spoken[word]:
            found[language] += words[word]
    return dict(found)
