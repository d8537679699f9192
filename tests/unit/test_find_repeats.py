"""Copies of every breakage go, one stays; what repeats rightly stays. All texts are invented."""

from __future__ import annotations

from random import Random

import pytest

from cleanpage import CleanpageError, clean_page, find_repeats
from cleanpage.load.text import load_text
from tests.unit.test_repeats import CHROME, EN, ZH, joined, removed

HANT = [
    "青石鎮圖書館上週六重新開放，當天共有兩千多位居民前來參觀，其中一半以上是帶著孩子的家長。",
    "館長何念慈介紹，舊樓的屋頂在前年的大雨中受損，修繕花費了十四個月，資金主要來自鎮裡的專項撥款。",
    "新設的兒童區裡擺放著可以移動的書架，地面鋪了軟木，孩子們可以坐在窗邊的木臺上讀書，也可以聽志願者講故事。",
    "二樓的地方文獻室收藏著四百餘冊縣誌和家譜，讀者只需登記姓名便能查閱，部分珍本已經掃描成電子版。",
    "居民陶先生說，他小時候就在這裡借書，如今帶著孫子回來，最高興的是老閱覽室的長桌還保留著原來的樣子。",
    "圖書館計劃在秋天舉辦舊書交換集市，並把夜間開放時間延長到晚上九點，方便下班以後的讀者。",
]
SONG = [
    [
        "the kettle hums a tune of rain",
        "my grandmother would sing",
        "before the train for Holm Point left",
        "with letters tied in string",
    ],
    [
        "a lantern swings above the quay",
        "the ferry bell has gone",
        "the tide that carried you away",
        "will bring me home by dawn",
    ],
    [
        "I kept your coat behind the door",
        "your cup upon the shelf",
        "I told the gulls along the shore",
        "the things I tell myself",
    ],
]
CHORUS = [
    "oh harbour, hold the winter light",
    "until the boats come in",
    "oh harbour, hold it through the night",
    "and let the spring begin",
]
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
BODIES = pytest.mark.parametrize("body", [ZH, EN], ids=["zh", "en"])


def song() -> list[str]:
    return [line for verse in SONG for line in [*verse, *CHORUS]]


class TestCopies:
    @pytest.mark.parametrize("notice", ["".join(HANT[1:3]), "".join(ZH[:2]), " ".join(EN[:2])])
    def test_of_a_notice_of_one_paragraph(self, notice: str) -> None:
        assert removed(joined([notice], CHROME, [notice])) == [notice]

    @pytest.mark.parametrize("times", [50, 500])
    @BODIES
    def test_any_number_of_copies(self, body: list[str], times: int) -> None:
        assert removed(joined(*[body, CHROME] * times)) == body * (times - 1)

    @pytest.mark.parametrize(
        "letters", ["山水风云春夏秋冬东南西北高低大小新旧开关来去书桌门窗", "abcdefghijklmnop "], ids=["zh", "en"]
    )
    def test_a_long_line_beside_one_line_a_sentence(self, letters: str) -> None:
        chance = Random(7)
        stop, glue = ("。", "") if letters[0] == "山" else (".", " ")
        lines = [" ".join("".join(chance.choices(letters, k=90)).split()).capitalize() + stop for _ in range(230)]
        blocks = load_text(joined([glue.join(lines)], CHROME, lines))
        gone = {i for run in find_repeats(blocks) for i, _, _ in run.pairs}
        assert sum(blocks[i].units for i in gone) > 0.48 * sum(block.units for block in blocks)

    def test_full_width_copy(self) -> None:
        wide = [line.translate(WIDE) for line in EN]
        assert removed(joined(EN, CHROME, wide)) == wide

    def test_copy_in_the_other_script(self) -> None:
        assert removed(joined(ZH, CHROME, HANT)) == HANT
        assert removed(joined(HANT, CHROME, ZH)) == ZH

    def test_scanned_copy_first(self) -> None:
        scanned = [
            "".join(
                "ecl1hb"[(p + i) % 6] if p in range(3 + i, len(line) - 3, 11) else char for p, char in enumerate(line)
            )
            for i, line in enumerate(EN)
        ]
        assert removed(joined(scanned, CHROME, EN)) == scanned

    @BODIES
    def test_overlapping_copies_lose_nothing(self, body: list[str]) -> None:
        assert sorted(removed(joined(body[:5], CHROME, body[2:]))) == sorted(body[2:5])

    @BODIES
    def test_a_paragraph_of_one_copy_survives(self, body: list[str]) -> None:
        page = joined(["青石镇图书馆" if body is ZH else "Ferry"], body[:2], body[3:], CHROME, body[:4], body[5:])
        assert clean_page(page).text.count(body[2]) == clean_page(page).text.count(body[4]) == 1

    @BODIES
    def test_paragraphs_know_all_their_copies(self, body: list[str]) -> None:
        page = joined(["标题一行" if body is ZH else "A headline"], *[body, CHROME] * 4)
        article = clean_page(page)
        assert {len(p.copies) for p in article.paragraphs if p.text in body} == {3}
        assert all(page[slice(*span)] == p.text for p in article.paragraphs for span in p.copies)


class TestCanonical:
    def test_copy_with_a_short_paragraph_more(self) -> None:
        chance = Random(3)
        body = ["".join(chance.choices("山水风云春夏秋冬东南西北高低大小", k=60)) + "。" for _ in range(20)]
        more = [*body[:9], "只有这一份里写着守桥的老人姓温名字叫守安。", *body[9:]]
        assert removed(joined(body, CHROME, more)) == removed(joined(more, CHROME, body)) == body

    def test_complete_copy_before_a_clean_one(self) -> None:
        broken = [*ZH[:3], "广告", *ZH[3:]]
        assert removed(joined(ZH[:4], CHROME, broken)) == ZH[:4]

    def test_dated_copy_before_the_first(self) -> None:
        assert removed(joined(ZH, CHROME, ["2021年3月4日 10:20"], ZH)) == ZH
        page = joined(ZH, CHROME, ["2021年3月4日 10:20"], ZH)
        assert find_repeats(page)[0].pairs[0].span[0] == 0


class TestLegitimateRepetition:
    def test_song_with_its_chorus_stays_and_goes_when_printed_twice(self) -> None:
        assert removed(joined(song(), CHROME)) == []
        assert removed(joined(song(), CHROME, song()))[:20] == song()[:20]

    @BODIES
    def test_faq_printed_twice_is_reduced_equal_answers_stay(self, body: list[str]) -> None:
        heads = [f"问：第{c}件事怎样办理？" if body is ZH else f"Q: What about matter {c}?" for c in "一二三四五六"]
        faq = [line for pair in zip(heads, body, strict=True) for line in pair]
        assert [line for line in removed(joined(faq, CHROME, faq)) if line in body] == body
        answer = " ".join(body[:3])
        assert removed(joined(*([head, answer] for head in heads))) == []

    def test_terms_in_another_currency(self) -> None:
        def terms(where: str, money: str) -> list[str]:
            return [
                f"Customers who live in {where} pay the full amount in {money} within a week of the order.",
                f"All prices are given in {money} and hold the taxes, but not the cost of delivery to the islands.",
                f"Refunds are made in {money} in the way in which the order was paid, less the fees of the bank.",
                f"Statements are drawn up in {money} once a month; objections must be made in writing.",
            ]

        page = joined(terms("Norland", "crowns"), CHROME, terms("Suden", "thalers"), CHROME, terms("Oster", "guilders"))
        assert removed(page) == []

    def test_the_same_notice_for_two_funds(self) -> None:
        def notice(fund: str) -> list[str]:
            return [
                f"为了保护份额持有人的利益，{fund}自下周一起暂停接受单笔超过五万元的申购和转换转入申请。",
                f"在暂停期间，{fund}的赎回和定期定额投资照常办理，恢复办理的日期另行公告。",
                f"本公司承诺以诚实信用的原则管理基金资产，但不保证{fund}一定盈利，也不保证最低收益。",
            ]

        assert removed(joined(notice("远山稳健增长混合"), CHROME, notice("白鹭新兴产业股票"))) == []

    def test_specifications_as_phone_and_desk_show_them(self) -> None:
        rows = ["型号：HM-9", "屏幕：6.1英寸", "重量：174克", "电池：4200毫安时", "内存：8GB", "颜色：深灰"]
        cells = [cell for row in rows for cell in row.split("：")]
        assert removed(joined(rows, cells, ZH[:3])) == []

    def test_refrain_without_chrome_between(self) -> None:
        assert removed(joined(EN[:2], ZH[:1], EN[2:4], ZH[1:], EN[2:4])) == []


class TestSurface:
    def test_text_blocks_and_paragraphs_give_the_same(self) -> None:
        lines = joined(ZH, CHROME, ZH[:4], CHROME, ZH).split("\n")
        page = "\n".join(lines)
        assert find_repeats(page) == find_repeats(load_text(page)) == find_repeats(lines) != []

    def test_pairs_tell_where(self) -> None:
        page = joined(EN, CHROME, EN)
        (run,) = find_repeats(page)
        assert [page[slice(*pair.span)] for pair in run.pairs] == [page[slice(*pair.of)] for pair in run.pairs] == EN
        assert run.share == pytest.approx(1.0)

    @pytest.mark.parametrize("nothing", ["", [], [""], "\n\n", ["a"]])
    def test_nothing_to_find(self, nothing: str | list[str]) -> None:
        assert find_repeats(nothing) == []

    @pytest.mark.parametrize("wrong", [[b"bytes"], [1, 2], [None]])
    def test_wrong_type(self, wrong: list[object]) -> None:
        with pytest.raises(CleanpageError, match="str"):
            find_repeats(wrong)  # type: ignore[arg-type]


NESTED = [f"Crate {n} held {n * 7} lamps, and the harbour's clerk wrote their number down twice." for n in range(6)]


@pytest.mark.parametrize("joint", ["", " "])
@pytest.mark.parametrize("order", [1, -1])
def test_of_nested_elements_the_paragraphs_stay(joint: str, order: int) -> None:
    halves = [joint.join(NESTED[:3]), joint.join(NESTED[3:])]
    page = "\n".join(line for level in [[joint.join(NESTED)], halves, NESTED][::order] for line in level)
    blocks = load_text(page)
    gone = {pair.block for run in find_repeats(blocks) for pair in run.pairs}
    assert [block.text for i, block in enumerate(blocks) if i not in gone] == NESTED


def test_a_container_with_another_number_is_none() -> None:
    changed = " ".join(NESTED).replace("held 7 ", "held 8 ")
    page = "\n".join([changed, *NESTED])
    blocks = load_text(page)
    gone = {pair.block for run in find_repeats(blocks) for pair in run.pairs}
    assert any("held 8 " in block.text for i, block in enumerate(blocks) if i not in gone)
    assert any("held 7 " in block.text for i, block in enumerate(blocks) if i not in gone)


@pytest.mark.parametrize("order", [1, -1])
def test_of_one_element_around_all_paragraphs_the_paragraphs_stay(order: int) -> None:
    blocks = load_text("\n".join(line for level in [[" ".join(NESTED)], NESTED][::order] for line in level))
    gone = {pair.block for run in find_repeats(blocks) for pair in run.pairs}
    assert [block.text for i, block in enumerate(blocks) if i not in gone] == NESTED
