"""What is kept of an article to find its copies: its words, shingles in their order, a sketch of them.

Nothing here depends on Python's ``hash``: a fingerprint is the same in any process and on any machine.
"""

from __future__ import annotations

import sys
from array import array
from dataclasses import fields
from hashlib import blake2b
from itertools import accumulate
from unicodedata import normalize
from zlib import crc32

from cleanpage._native import twin
from cleanpage.errors import CleanpageError
from cleanpage.model import Article
from cleanpage.text import fold
from cleanpage.text.lazy_regex import lazy
from cleanpage.values import frozen

WORDS, IDEOGRAMS, LETTERS = 3, 5, 10
"""Tokens in a shingle that begins with a word, with an ideogram (REPEATS B.2), or with a letter of a script that writes
no blanks (Thai, Lao, Khmer, Burmese: words have four or five letters)."""
SAMPLED = 2**32 // 8
"""FracMinHash (Irber and others 2022): of all shingles those are sketched whose checksum lies below this, one in eight
..."""
LEAST_SKETCHED, MOST_SKETCHED = 32, 512
"""... but at least and at most so many, the lowest ones."""
SHORT_TOKENS, SHORT_KEY = 60, 120
"""A text of fewer tokens (REPEATS B.2), or of so few letters and digits, is also compared by its characters: one edit
breaks too many of its shingles."""
LEAST_GRAMS = 12
"""Of the character grams of a short text so many are sketched, or an eighth: with 20 no more is found."""
CHARACTERS_WIDE, CHARACTERS_NARROW = 3, 5
"""Characters in a gram of a short text: in ideograms, in an alphabet."""
_PRIME = 2**32 - 5
"""A shingle's bytes modulo this prime are its name: independent of its checksum, and a fifth of the time of BLAKE2."""

_WIDE_CHARACTERS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_DENSE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_WIDE_CHARS = lazy(f"[{_WIDE_CHARACTERS}]")
_DENSE_CHARS = lazy(f"[{_DENSE}]")
_SHINGLE_TOKEN = lazy(rf"[{_WIDE_CHARACTERS}{_DENSE}]|[^\W_{_WIDE_CHARACTERS}{_DENSE}]+")


@frozen
class Fingerprint:
    """What is kept of one article. Arrays are bytes, little-endian, so that they are values and small."""

    digest: str
    """128 bits of its tokens in order, as hex: equal texts, equal digest; empty for a text without tokens."""
    size: int
    """Tokens: words, single ideograms."""
    trace: bytes
    """A 32-bit checksum of each shingle, in the order of the text."""
    sketch: bytes
    """64 bits of each sampled shingle, ascending: the checksum by which it was sampled, then 32 bits of its name."""
    grams: bytes
    """The same of the character grams of a short text; empty for others."""
    words: str
    """Its tokens in order, parted by blanks."""
    published: str
    """``Article.published``, empty if unknown."""
    named: bool
    """Whether the article names its source."""

    @property
    def key(self) -> str:
        """Letters and digits of a short text; empty for others."""
        short = self.size < SHORT_TOKENS or len(self.words) - self.size < SHORT_KEY
        return self.words.replace(" ", "") if short else ""

    def to_row(self) -> dict[str, object]:
        """Return the fields by name: strings, bytes, numbers."""
        return {name: getattr(self, name) for name in _NAMES}

    @classmethod
    def from_row(cls, row: dict[str, object]) -> Fingerprint:
        """Return the fingerprint that ``to_row`` described; raise CleanpageError if a field is missing."""
        try:
            return cls(**{name: row[name] for name in _NAMES})  # type: ignore[arg-type]
        except KeyError as error:
            raise CleanpageError(f"a fingerprint has no {error}; it was written by another version: redo it") from None


_NAMES = [one.name for one in fields(Fingerprint)]


def fingerprint(article: Article | str) -> Fingerprint:
    """Return what is kept of an article, or of a bare text, to find its copies. Linear in the text."""
    if isinstance(article, str):
        return _fingerprint(article, "", named=False)
    return _fingerprint(article.text, article.published or "", named=article.source is not None)


def _fingerprint(text: str, published: str, *, named: bool) -> Fingerprint:
    folded = fold(text).lower()
    normal = folded if folded.isascii() else normalize("NFKC", folded).lower()
    data, starts, ends, size = cut_shingles(normal)
    words = data.decode().replace("\x1f", " ")
    trace, sketch = hash_spans(data, starts, ends, LEAST_SKETCHED)
    short = size < SHORT_TOKENS or len(words) - size < SHORT_KEY
    return Fingerprint(
        digest=blake2b(data, digest_size=16).hexdigest() if size else "",
        size=size,
        trace=trace,
        sketch=sketch,
        grams=_sketch_grams(words.replace(" ", "")) if size and short else b"",
        words=words,
        published=published,
        named=named,
    )


@twin("dedupe")
def cut_shingles(normal: str) -> tuple[bytes, array[int], array[int], int]:
    """Return the tokens of a text, one byte apart, where in them shingles start and end, and how many tokens there are.

    The width of a shingle hangs on its first token alone, so a text has the same shingles wherever it stands.
    """
    tokens = _SHINGLE_TOKEN.findall(normal)
    data, count = "\x1f".join(tokens).encode(), len(tokens)
    if 0 < count < WORDS:
        return data, array("I", [0]), array("I", [len(data)]), count
    ends = list(accumulate([len(token) + 1 for token in data.split(b"\x1f")], initial=-1))  # of tokens
    widths: dict[str, int] = {}
    if not normal.isascii():
        widths |= dict.fromkeys(_WIDE_CHARS.findall(normal), IDEOGRAMS)
        widths |= dict.fromkeys(_DENSE_CHARS.findall(normal), LETTERS)
    if widths:
        reach = [start + widths.get(token, WORDS) for start, token in enumerate(tokens)]
        starts = [ends[start] + 1 for start, end in enumerate(reach) if end <= count]
        return data, array("I", starts), array("I", [ends[end] for end in reach if end <= count]), count
    return data, array("I", [end + 1 for end in ends[:-WORDS]]), array("I", ends[WORDS:]), count


@twin("dedupe")
def hash_spans(data: bytes, starts: array[int], ends: array[int], least: int) -> tuple[bytes, bytes]:
    """Return the checksums of some stretches of bytes (``I``), and a sketch of them (``Q``), of ``least`` at least."""
    found = [data[start:end] for start, end in zip(starts, ends, strict=True)]
    sums = list(map(crc32, found))
    known = dict(zip(sums, found, strict=True))
    low = sorted(filter(SAMPLED.__gt__, known))
    if len(low) < least:
        low = sorted(known)[:least]
    number = int.from_bytes
    sketch = [total << 32 | number(known[total]) % _PRIME for total in low[:MOST_SKETCHED]]
    return pack(array("I", sums)), pack(array("Q", sketch))


def _sketch_grams(letters: str) -> bytes:
    """Return the sketch of the character grams of a key, in UTF-32: there are zeros in it, so none equals a shingle."""
    wide = len(_WIDE_CHARS.findall(letters)) * 2 > len(letters)
    size = min(len(letters), CHARACTERS_WIDE if wide else CHARACTERS_NARROW)
    end = 4 * len(letters) + 1
    starts, ends = array("I", range(0, end - 4 * size, 4)), array("I", range(4 * size, end, 4))
    return hash_spans(letters.encode("utf-32-le"), starts, ends, LEAST_GRAMS)[1]


def pack(values: array[int]) -> bytes:
    """Return the values as little-endian bytes."""
    if sys.byteorder == "big":
        values = array(values.typecode, values)
        values.byteswap()
    return values.tobytes()


def unpack(kind: str, packed: bytes) -> array[int]:
    """Return the values of ``pack``: ``I`` for 32 bits each, ``Q`` for 64."""
    values = array(kind)
    values.frombytes(packed)
    if sys.byteorder == "big":
        values.byteswap()
    return values
