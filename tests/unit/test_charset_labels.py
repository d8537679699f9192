"""All labels of the Encoding Standard are known, and read as browsers read them."""

import codecs

import pytest
import webencodings
from webencodings.labels import LABELS as STANDARD

from cleanpage import clean_page
from cleanpage.load.encodings import LABELS, meant

UNLIKE_BROWSERS = {"replacement", "utf-16le", "utf-16be", "x-user-defined"}
SIGNS = {
    "cp874": "\u0e01\u0e32", "cp1254": "ığ", "gb18030": "河湾", "cp949": "나루", "cp932": "渡し",
    "mac-cyrillic": "Паром",
}  # fmt: skip


@pytest.mark.parametrize("label", sorted(STANDARD))
def test_a_label_means_what_the_standard_says(label):
    encoding = meant(label)
    assert encoding is None or codecs.lookup(encoding).name == encoding
    if STANDARD[label] not in UNLIKE_BROWSERS:
        letters = bytes(b for b in range(0xC0, 0x100))
        ours, theirs = letters.decode(encoding, "ignore"), webencodings.decode(letters, label, "ignore")[0]
        assert ours == theirs or encoding in ("big5hkscs", "cp932", "gb18030", "mac-cyrillic")


def test_no_other_label_is_in_the_table():
    assert set(LABELS) == set(STANDARD)


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        ("x-sjis", "cp932"), ("windows-949", "cp949"), ("unicode-1-1-utf-8", "utf-8"), ("utf-16", "utf-8"),
        ("x-mac-cyrillic", "mac-cyrillic"), ("ISO_8859-1:1987", "cp1252"), ("Latin1", "cp1252"), ("us-ascii", "cp1252"),
        ("x-user-defined", "cp1252"), ("replacement", None), ("iso-2022-cn", None), ("x-gbk", "gb18030"),
        ("cn-big5", "big5hkscs"), ("dos-874", "cp874"), ("sun_eu_greek", "iso8859-7"), ("logical", "iso8859-8"),
        ("l9", "iso8859-15"), ("cp850", "cp850"), ("koi8-ru", "koi8-u"), ("johab", "johab"), ("utf8mb4", None),
        ("text/html; charset=x-sjis", "cp932"),
    ],
)  # fmt: skip
def test_what_labels_mean(label, encoding):
    assert meant(label) == encoding


@pytest.mark.parametrize("encoding", SIGNS)
def test_every_label_of_a_charset_reads_it(encoding):
    for label in (label for label, name in LABELS.items() if name == encoding):
        assert SIGNS[encoding] in clean_page(SIGNS[encoding].encode(encoding), encoding=label).source_text
