"""publish_cuts: the publish line that is glued to a sentence is cut off, and nothing else."""

import pytest

from cleanpage.load.publish_line import publish_cuts

ZH = "连接港口两岸的渡船在停航四周后重新开航,首班船上坐满了赶去上班的市民。"
EN = "The ferry that links the two sides of the harbour started again on Monday after four weeks of repairs."


@pytest.mark.parametrize(
    ("head", "prose"),
    [
        ("2024-05-06 10:15 来源:河湾日报 ", f"5月6日上午,{ZH}"),
        ("时间：2024-05-06 来源：河湾日报 ", f"5月6日上午,{ZH}"),
        ("发布时间:2024-05-06 浏览次数：1203次 【字体:大 中 小】 ", ZH),
        ("來源：河灣日報　　2024年05月06日10:20　　", ZH),
        ("来源:河湾日报 作者:李小四 ", f"河湾社北岸5月6日电 {ZH}"),
        ("By Jane Doe May 6, 2024 ", EN),
        ("By Jane Doe | May 6, 2024 | ", EN),
        ("May 6, 2024 By Jane Doe ", EN),
        ("Published May 6, 2024 at 10:15 AM EST ", EN),
        ("Posted on 6 May 2024 by admin ", EN),
        ("Опубликовано: 06.05.2024 10:15 ", "Паром, который связывает два берега гавани, снова пошёл в понедельник."),
        ("Publié le 6 mai 2024 à 10h15 ", "Le bac qui relie les deux rives du port a repris lundi après des travaux."),
    ],
)
def test_line_is_cut_before_the_sentence(head, prose):
    assert publish_cuts(head + prose) == (len(head),)


def test_headline_before_the_publish_line_is_cut_off_as_well():
    assert publish_cuts(f"渡船重新开航 2024-05-06 10:15 来源:河湾日报 {ZH}") == (7, 32)


def test_page_on_a_line_may_have_its_publish_line_further_behind():
    menu = "Home News Sport " * 10
    assert publish_cuts(f"{menu}By Jane Doe May 6, 2024 {EN}") == ()
    assert publish_cuts(f"{menu}By Jane Doe May 6, 2024 {EN}", one_line_page=True) == (len(menu), len(menu) + 24)


@pytest.mark.parametrize(
    "line",
    [
        f"2024-05-06 10:15 {ZH}",
        f"2024年5月6日上午,{ZH}",
        "2024-05-06 10:15 来源:河湾日报",
        "On May 6, 2024 President Solberg said that the ferry would sail again and that all would be well.",
        "By May 6, 2024 The Ferry Company had lost so much money that it could not go on any longer.",
        f"来源不明的货物2024-05-06被查封,{ZH}",
    ],
)
def test_sentence_with_a_date_stays_whole(line):
    assert publish_cuts(line) == ()
