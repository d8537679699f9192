"""What footnotes look like: the number in the text, and what leads back from a note."""

from __future__ import annotations

from cleanpage.text.lazy_regex import lazy

BACK = lazy(r"\W{0,2}\d{1,3}\W{0,2}|\s*[↩↑⤴^⏎](?:\s?\d{1,3})?\ufe0e?\s*")
"""What leads back from a note: its number, an arrow."""
_NUMBER = lazy(r"\W{0,2}(\d{1,3})\W{0,2}")
_IN_ARROW = lazy(r"\s*[↩↑⤴^⏎]\s?(\d{1,3})\ufe0e?\s*")
_PRINTED = lazy(r"\W?(\d{1,3})(?!\d)[\].):]?\s+")


def number_of_mark(words: str) -> str:
    """Return the number of a mark such as ``1`` or ``[1]``; empty if it is none."""
    found = _NUMBER.fullmatch(words)
    return found[1] if found else ""


def number_of_note(back: str, item: int, text: str) -> tuple[str, int]:
    """Return the number of a footnote, empty if it has none, and how many characters of its text print it.

    It is in what leads back (``back``), or that of the list's ``item``, or the text begins with it.
    """
    found = _NUMBER.fullmatch(back) or _IN_ARROW.fullmatch(back)
    printed = _PRINTED.match(text)
    number = found[1] if found else str(item or "") or (printed[1] if printed else "")
    return number, printed.end() if printed and printed[1] == number and not found else 0
