"""The words that announce a value (``来源:``, ``责编/``, ``Updated:``) and what each of them announces.

They stand in the languages' files; TAXONOMY 1.6 to 1.11 and 1.25 list the Chinese ones. They are looked up folded,
without blanks.
"""

from __future__ import annotations

from functools import cache

from cleanpage.languages import shipped_languages
from cleanpage.text import fold

ANNOUNCED = (
    "source", "author", "reporter", "photographer", "translator", "editor", "published", "modified", "original_title",
    "title", "index", "number", "issuer", "written", "topic", "keywords", "other",
)  # fmt: skip
"""What labels announce; ``other`` is nothing that is kept, but it ends the value before it."""
DOCUMENT_MEANINGS = frozenset({"index", "number", "issuer", "written", "topic", "keywords"})
"""What only the head table of a government paper announces."""


@cache
def meanings() -> dict[str, str]:
    """Return for each folded label without blanks what it announces."""
    return {
        fold(label).replace(" ", ""): meaning
        for meaning in ANNOUNCED
        for language in shipped_languages().values()
        for label in (language.labels or {}).get(meaning, ())
    }


@cache
def endings() -> frozenset[str]:
    """Return all ends of all labels: how far back from a colon it is worth looking."""
    return frozenset(label[at:] for label in meanings() for at in range(len(label)))


@cache
def document_labels() -> dict[str, str]:
    """Return those of ``meanings`` that the head table of a government paper has."""
    return {label: meaning for label, meaning in meanings().items() if meaning in DOCUMENT_MEANINGS}


@cache
def row_ends() -> frozenset[str]:
    """Return the last characters of ``document_labels``."""
    return frozenset(label[-1] for label in document_labels())


@cache
def row_starts() -> frozenset[str]:
    """Return the first characters of ``document_labels``."""
    return frozenset(label[0] for label in document_labels())
