"""Pages that were decoded wrongly are decoded again; all others stay as they are."""

import pytest

from cleanpage import clean_page
from cleanpage.load.mojibake import repaired

ZH = "河湾镇的渡口本月起每天多开两班船，票价不变，旧票仍可使用。带车过河的人请提前一刻钟到码头等候。"
RU = "С этого месяца паром ходит на два рейса чаще, цена билета прежняя."


def page(text, declared="utf-8"):
    return f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("text", "meant", "taken_for", "declared"),
    [
        (ZH, "gb18030", "latin-1", "gb2312"),
        (ZH, "gb18030", "iso8859-15", "gb2312"),
        (ZH, "gb18030", "latin-1", "utf-8"),
        (ZH, "utf-8", "latin-1", "utf-8"),
        (RU, "utf-8", "latin-1", "windows-1251"),
        (RU, "cp1251", "cp1252", "windows-1251"),
    ],
)
def test_misread_once_or_twice(text, meant, taken_for, declared):
    raw = page(text, declared)
    once = raw.encode(meant).decode(taken_for)
    assert repaired(once) == (raw, "utf-8" if meant == "utf-8" else repaired(once)[1])
    assert repaired(once.encode().decode("latin-1"))[0] == raw


FR = "À partir de mai, le bac passe plus souvent : « C’est une première », dit le passeur à l’été."
DE = "Für die Fähre genügt ein Fahrschein, sagte der Bürgermeister – auch für Räder."


@pytest.mark.parametrize(
    "text", [FR, DE, "Żółta łódź płynie ku źródłu, a ćma śpi.", "It’s a “good” day — and the ferry’s late."]
)
def test_utf_8_with_one_or_two_such_letters_in_a_row(text):
    misread = text.encode().decode("latin-1")
    assert repaired(misread) == (text, "utf-8")
    cp1252 = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in text.encode())
    assert repaired(cp1252) == (text, "utf-8")
    assert repaired(cp1252.replace("\xa0", " "))[0] == text.replace("\xa0", " ")  # as a flattener leaves it


@pytest.mark.parametrize(
    "text",
    [
        "Where a page shows â€™ and Ã¼, it was read in the wrong charset.",
        "The letter é turns into Ã©, ü turns into Ã¼: schön is schÃ¶n then, für is fÃ¼r.",
        "« CAFÉ » et VOILÀ », dit-il, à » suivre",
        "Â© 2024 Valley Post",
    ],
)
def test_a_text_about_such_letters_stays(text):
    assert repaired(text) == (text, None)


def test_a_text_in_which_one_line_has_lost_a_byte():
    lines = [ZH, "他说：“船来了。”", *[ZH] * 4]
    misread = [line.encode("gb18030").decode("iso8859-15") for line in lines]
    misread[2] = misread[2][:7] + misread[2][8:]
    cp1252 = {0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”"}
    text, encoding = repaired("\n".join(misread).translate(cp1252))
    assert encoding == "gb18030"
    assert text.split("\n")[:2] + text.split("\n")[3:] == lines[:2] + lines[3:]
    assert text.split("\n")[2] == misread[2]


@pytest.mark.parametrize(
    "raw",
    [
        page(ZH),
        page(RU),
        page("Wir fahren über die Brücke, größer und schöner als früher, à bientôt, mañana, põhjalõunasöök."),
        page("—" * 60),
        page("• • • " + "•" * 60),
        page("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"),
        page("plain"),
        page("±± ¾", "no-such-charset"),
        "",
        "\ud800",
    ],
)
def test_what_nobody_has_misread_stays(raw):
    assert repaired(raw) == (raw, None)


def test_an_article_says_so():
    article = clean_page(page(ZH, "gb2312").encode("gb18030").decode("latin-1"))
    assert article.text == ZH
    assert [warning.partition(":")[0] for warning in article.warnings if warning.startswith("moji")] == ["mojibake"]


@pytest.mark.parametrize("page", [f"Boats {'·' * 40} 3\nPrices {'·' * 8} 9", "°°°°°°°°", "<p>¶¶¶¶ ·····</p>"])
def test_leaders_and_rulers_are_no_misread_text(page):
    assert repaired(page) == (page, None)


def test_two_misread_letters_in_words_are_enough_and_one_is_not():
    page = "The f\u00c3\u00bcrst of the town read it aloud, and the {} of the harbour agreed with all of it."
    assert "fürst" in clean_page(page.format("Br\u00c3\u00bcder"), kind="text").source_text
    assert "fürst" not in clean_page(page.format("brothers"), kind="text").source_text


def test_entities_of_misread_characters():
    raw = "<p>We don&acirc;&euro;&trade;t know when the caf&Atilde;&copy; opens, they said &amp; left.</p>"
    text, encoding = repaired(raw)
    assert (text, encoding) == ("<p>We don’t know when the café opens, they said &amp; left.</p>", "utf-8")


def test_entities_of_letters_stay():
    raw = "<p>The letters &Acirc;, &acirc; and &Atilde; are written &amp;Acirc;, and a ch&acirc;teau has one.</p>"
    assert repaired(raw) == (raw, None)
