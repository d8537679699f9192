"""cleanpage.text: helpers that mean the same in every script."""

import pytest
from hypothesis import given

from cleanpage.text import ends_sentence, fold, is_blank, is_cjk, is_unstopped, normalise, units
from tests.strategies import any_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("【字體：　大　中　小】", "[字体: 大 中 小]"),
        ("ＩＣＰ備０６００１８５０號", "icp备06001850号"),
        ("首頁 › 新聞 » 正文", "首页 > 新闻 > 正文"),
        ("Ä ÉCOLE ДОМ ΣΠΊΤΙ", "ä école дом σπίτι"),
        ("ĐỌC THÊM Ấ", "đọc thêm ấ"),
        ("İLGİLİ HAKLARI hakları", "ilgili haklari haklari"),
        ("a–b—c−d", "a-b-c-d"),
        ("plain text", "plain text"),
        ("", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(any_text)
def test_fold_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(any_text)
def test_fold_and_normalise_are_settled(text):
    assert fold(fold(text)) == fold(text)
    assert normalise(normalise(text)) == normalise(text)


@given(any_text)
def test_normalised_text_is_one_printable_line(text):
    line = normalise(text)
    assert line == line.strip()
    assert len(line.splitlines()) <= 1
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a\u3000\u00a0b\t\r\nc ", "a b c"),
        ("分\u200b享\ufeff到", "分享到"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\x1b[31mred", "[31mred"),
        ("half \ud83d", "half \ufffd"),
        ("unchanged", "unchanged"),
    ],
)
def test_normalise(text, line):
    assert normalise(text) == line


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "\u200b", "\ufeff \x00"])
def test_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", "\u200b一", "\ud800", "0"])
def test_not_blank(text):
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("chinese", "other"),
    [
        ("老桥昨天重新通车", "The old bridge reopened"),
        ("老桥昨天重新通车", "Мост вчера открыли снова"),
        ("老桥昨天重新通车", "สะพานเก่าเปิดอีกครั้ง"),
    ],
)
def test_units_mean_the_same_in_every_script(chinese, other):
    assert units(chinese) / 1.4 <= units(other) <= units(chinese) * 1.4


def test_units_of_kana_and_hangul():
    assert units("山の駅") == 3
    assert units("다리") == 2


@pytest.mark.parametrize(("char", "wide"), [("中", True), ("の", True), ("한", True), ("a", False), ("。", False)])
def test_is_cjk(char, wide):
    assert is_cjk(char) is wide


@pytest.mark.parametrize(
    "text",
    ["完工了。", "“真的吗？”", "Done.", 'He said "Stop!"', "Ушли…", "سوال؟", "完工了。）"],
)
def test_ends_sentence(text):
    assert ends_sentence(text)


def test_footnote_mark_after_the_stop():
    assert ends_sentence("The mill closed in 1912.[12]")


@pytest.mark.parametrize("text", ["", "分享到：", "Home", "版权所有", "第一,", "首页 > 新闻", "(记者 张三)"])
def test_does_not_end_sentence(text):
    assert not ends_sentence(text)


def test_long_thai_text_is_running_text_without_a_stop():
    paragraph = "วิศวกรเปลี่ยนเสาไม้เก่าเป็นเสาเหล็กที่น่าจะใช้งานได้อย่างน้อยหกสิบปี หากทาสีเป็นประจำ"
    assert is_unstopped(paragraph, units(paragraph))
    assert is_unstopped(f'"{paragraph}"', units(paragraph))
    assert not is_unstopped(f"{paragraph}:", units(paragraph))
    assert not is_unstopped("เรือข้ามฟากกลับมาแล้ว", units("เรือข้ามฟากกลับมาแล้ว"))
    assert not is_unstopped("a line of an alphabet that has a stop, and does without it " * 2, 40.0)


def test_a_danda_ends_a_sentence():
    assert ends_sentence("नौका फिर चल पड़ी।")
    assert ends_sentence("श्लोक समाप्त॥")
