"""Which language a text is in: by script, and among languages of one script by their commonest words."""

from __future__ import annotations

from collections import Counter
from functools import cache

from cleanpage.languages import shipped
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
def _spoken() -> dict[str, dict[str, list[str]]]:
    """Return for each script its words, and the languages that each of them is common in."""
    found: dict[str, dict[str, list[str]]] = {}
    for language in shipped().values():
        for word in language.words:
            found.setdefault(language.script, {}).setdefault(word, []).append(language.code)
    return found


@cache
def common_words() -> frozenset[str]:
    """Return the commonest words of all languages with an alphabet: much of running text, little of a menu."""
    return frozenset(word for words in _spoken().values() for word in words)


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
    return _by_words(script, text) if script in _spoken() else script


def _letters(text: str) -> dict[str, int]:
    """Count the letters of each script, the commonest scripts first; stop when no other can hold more."""
    counts: dict[str, int] = {}
    left, most = len(text), 0
    for name, pattern in _LETTERS.items():
        if left < most:
            break
        found = sum(map(len, pattern.findall(text)))
        left, most = left - found, max(most, found)
        counts[name] = found * (_IDEOGRAM_WEIGHT if name in ("han", "kana") else 1)
    return {"han": 0, "kana": 0, **counts}


def _by_words(script: str, text: str) -> str | None:
    words = Counter(_WORD.findall(text.lower()))
    spoken = _spoken()[script]
    hits = {language.code: 0 for language in shipped().values() if language.script == script}
    for word in spoken.keys() & words.keys():
        for lang in spoken[word]:
            hits[lang] += words[word]
    best = max(hits, key=lambda lang: hits[lang])
    return best if hits[best] else _LANGUAGE_OF.get(script)
