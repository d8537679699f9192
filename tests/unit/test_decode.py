"""Bytes are read as what they are, whatever the page or the header says."""

import pytest

from cleanpage import clean_page
from cleanpage.load.decode import decode

TEXTS = {
    "gb18030": "河湾镇的渡口本月起每天多开两班船，票价不变，旧票仍可使用。",
    "big5hkscs": "河灣鎮的渡口本月起每天多開兩班船，票價不變，舊票仍可使用。",
    "cp932": "渡し船は今月から毎日二便ふえます。運賃はそのままで、古い切符も使えます。",
    "cp949": "나루터의 배가 이달부터 하루에 두 번 더 다닙니다. 요금은 그대로입니다.",
    "cp1251": "С этого месяца паром ходит на два рейса чаще, цена билета прежняя.",
    "cp1253": "Από αυτόν τον μήνα το πλοίο κάνει δύο δρομολόγια περισσότερα.",
    "utf-8": "河湾镇的渡口 – паром – πλοίο",
}
DECLARED = {
    "gb18030": "gb2312", "big5hkscs": "Big5", "cp932": "Shift_JIS", "cp949": "EUC-KR", "cp1251": "windows-1251",
    "cp1253": "windows-1253", "utf-8": "utf-8",
}  # fmt: skip


def page(text, declared):
    return f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize("name", TEXTS)
def test_a_declaration_is_believed(name):
    text = page(TEXTS[name], DECLARED[name])
    assert decode(text.encode(name)) == (text, name, ())


@pytest.mark.parametrize("name", TEXTS)
def test_without_declaration_the_bytes_are_looked_at(name):
    assert decode((TEXTS[name] * 3).encode(name)) == (TEXTS[name] * 3, name, ())


@pytest.mark.parametrize("declared", ["gb2312", "big5", "iso-8859-1", "no-such-charset"])
def test_utf_8_that_claims_to_be_something_else(declared):
    text = page(TEXTS["utf-8"], declared)
    read = decode(text.encode())
    assert read[:2] == (text, "utf-8")
    assert [warning.partition(":")[0] for warning in read.warnings] == ["charset-overruled"] * (declared[0] != "n")


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", ""])
def test_gb_that_claims_to_be_something_else(declared):
    text = page(TEXTS["gb18030"] * 5, declared)
    read = decode(text.encode("gb18030"))
    assert read[:2] == (text, "gb18030")
    assert [warning.partition(":")[0] for warning in read.warnings] == ["charset-overruled"] * bool(declared)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(mark):
    read = decode(TEXTS["gb18030"].encode(mark), "big5")
    assert (read.text, read.warnings) == (TEXTS["gb18030"], ())


def test_the_header_is_believed_if_the_page_says_nothing():
    assert decode(TEXTS["cp949"].encode("cp949"), "euc-kr").encoding == "cp949"


def test_a_character_cut_off_at_the_end_is_named():
    read = decode(TEXTS["gb18030"].encode()[:-1])
    assert read.text == TEXTS["gb18030"][:-1]
    assert read.warnings[0].startswith("truncated-bytes: the last 2 bytes")


def test_lines_in_another_encoding_are_read_as_that():
    lines = [TEXTS["gb18030"].encode(), TEXTS["gb18030"].encode("gb18030"), TEXTS["cp1251"].encode()]
    read = decode(page("", "utf-8").encode() + b"\n" + b"\n".join(lines))
    assert read.text.endswith("\n".join((TEXTS["gb18030"], TEXTS["gb18030"], TEXTS["cp1251"])))
    assert read.warnings[0].startswith("mixed-encodings: ")


def test_a_paragraph_in_another_encoding_on_the_line_of_a_page_is_read_as_that():
    first, second = "<p>Die Fähre fährt über den Rötsee.</p>", "<p>Jörg Süßmann hört im Frühjahr auf.</p>"
    read = decode((3 * first).encode() + second.encode("cp1252") + first.encode())
    assert (read.text, read.encoding) == (3 * first + second + first, "utf-8")
    assert read.warnings[0].startswith("mixed-encodings: ")


def test_a_page_in_gbk_whose_links_are_utf_8_is_none_in_utf_8():
    links, body = 6 * "<a>联系我们</a>", f"<p>{2 * TEXTS['gb18030']}</p>"
    assert decode(links.encode() + body.encode("gb18030")).encoding == "gb18030"


def test_what_fits_nothing_is_replaced_and_said():
    raw = page(TEXTS["utf-8"], "utf-8").encode().replace(b"</p>", b"\xff\xff\x81 \xff</p>")
    assert TEXTS["utf-8"] + "\ufffd" in decode(raw).text
    article = clean_page(raw)
    assert any(warning.startswith("replacement-characters: ") for warning in article.warnings)


@pytest.mark.parametrize("raw", [b"", b"\x00", b"\xff", b"\xfe\xff", b"\xff\xfe\x00", bytes(range(256)), b"\x1b$B" * 9])
def test_any_bytes_give_text(raw):
    assert isinstance(decode(raw).text, str)
    assert isinstance(clean_page(raw).text, str)


def test_an_article_says_how_it_was_read():
    assert clean_page(page(TEXTS["gb18030"], "gbk").encode("gb18030")).encoding == "gb18030"
    assert clean_page(page(TEXTS["gb18030"], "gbk")).encoding is None


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(name):
    text = page(TEXTS["gb18030"], "utf-16")
    assert decode(text.encode(name)) == (text, name, ())


def test_an_encoding_in_seven_bits_is_believed():
    text = page(TEXTS["cp932"], "iso-2022-jp")
    assert decode(text.encode("iso2022_jp")) == (text, "iso2022_jp", ())
    assert decode(page("plain", "iso-2022-jp").encode()).encoding == "utf-8"


def test_escape_sequences_of_iso_2022_jp_need_no_declaration():
    text = page(TEXTS["cp932"], "")
    assert decode(text.encode("iso2022_jp")) == (text, "iso2022_jp", ())
    assert decode(text.encode("iso2022_jp"), "utf-8").warnings[0].startswith("charset-overruled: ")
    for other in (text, "\x1b[1mbold\x1b[0m", "the sequence \x1b$B turns it on"):
        assert decode(other.encode()) == (other, "utf-8", ())


@pytest.mark.parametrize("hint", ["text/html; charset=gbk", '"GB2312"', "charset='gb2312';"])
def test_a_header_may_come_whole(hint):
    short = TEXTS["gb18030"][:4].encode("gb18030")
    assert decode(short, hint).text == TEXTS["gb18030"][:4]


@pytest.mark.parametrize("hint", ["hex", "rot13", "unicode-escape", "undefined", "a\x00b", "charset=", "ü", "x" * 99])
def test_a_header_that_names_no_charset_is_passed_over(hint):
    assert decode(b"<p>\\x41 \xe9t\xe9</p>", hint).text == "<p>\\x41 été</p>"
    assert decode(f'<meta charset="{hint}"><p>A</p>'.encode()).text.endswith("<p>A</p>")


@pytest.mark.parametrize("zeros", ["\x00", "a\x00", "\x00\x00\x00\x00 \x00a\x00"])
@pytest.mark.parametrize("name", ["ascii", "utf-8", "gb18030", "cp1251"])
def test_stray_zeros_make_no_utf_16(zeros, name):
    text = "A plain line. " if name == "ascii" else TEXTS.get(name, TEXTS["gb18030"])
    page = zeros * 4 + text * 3 + zeros
    assert decode(page.encode(name), name).text == page


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [TEXTS["cp1251"], TEXTS["cp949"], f"{TEXTS['gb18030']}\n2024-05-06 一\n", "Plain words."]
)
def test_utf_16_of_plain_text_needs_no_mark(text, name):
    assert decode((text * 4).encode(name)).text == text * 4


def test_one_letter_overrules_no_declaration():
    """The first byte of a mark that was misread before: ``fundâs``."""
    raw = ('<meta charset="windows-1252">' + "The fundâs and the bankâs â itâs donât weâre. " * 30).encode("cp1252")
    assert decode(raw)[1:] == ("cp1252", ())
