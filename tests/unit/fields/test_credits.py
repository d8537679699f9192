"""Lines of credits: whose names belong to which role, and which lines are none."""

from __future__ import annotations

import pytest

from cleanpage.fields.byline import without_position
from cleanpage.fields.credits import is_credit_line, leading_names, may_hold_credits, read_credits
from cleanpage.text import fold

A, P, T, E, R = "author", "photographer", "translator", "editor", "reporter"


@pytest.mark.parametrize(
    ("line", "language", "wanted"),
    [
        ("文/苗青禾 图/覃小鹿", "zh", [(A, "苗青禾"), (P, "覃小鹿")]),
        ("文 苗青禾　图 覃小鹿", "zh", [(A, "苗青禾"), (P, "覃小鹿")]),
        ("摄影 覃小鹿 撰文 苗青禾", "zh", [(P, "覃小鹿"), (A, "苗青禾")]),
        ("苗青禾/文 覃小鹿/图", "zh", [(A, "苗青禾"), (P, "覃小鹿")]),
        ("记者 苗青禾/文 覃小鹿/图", "zh", [(A, "苗青禾"), (P, "覃小鹿")]),
        ("文/记者 苗青禾 图/记者 覃小鹿", "zh", [(A, "苗青禾"), (P, "覃小鹿")]),
        ("苗青禾 文/图", "zh", [(A, "苗青禾"), (P, "苗青禾")]),
        ("采写：本报记者 苗青禾 司马长缨 摄影：本报记者 覃小鹿", "zh", [(A, "苗青禾", "司马长缨"), (P, "覃小鹿")]),
        ("见习记者苗青禾 摄影记者覃小鹿", "zh", [(R, "苗青禾"), (P, "覃小鹿")]),
        ("渡口晚报·渡口云记者 夏侯晓 通讯员 粟米 逄博", "zh", [(R, "夏侯晓"), (R, "粟米", "逄博")]),
        ("工人在换灯。本报记者 哈斯图雅 摄", "zh", [(P, "哈斯图雅")]),
        ("（作者单位：渡口县第二中学 作者：次仁央宗）", "zh", [("other", "渡口县第二中学"), (A, "次仁央宗")]),
        ("作者 | 苗青禾 编辑 | 卜一凡", "zh", [(A, "苗青禾"), (E, "卜一凡")]),
        ("記者 范姜昀蓁／台東報導", "zh", [(R, "范姜昀蓁")]),
        ("文／桐生澄江　写真／越智 隼人", "ja", [(A, "桐生澄江"), (P, "越智 隼人")]),
        ("글·사진 독고영재 기자", "ko", [(A, "독고영재"), (P, "독고영재")]),
        ("글 남궁예린 사진 독고영재", "ko", [(A, "남궁예린"), (P, "독고영재")]),
        ("Words by Ada Lund | Photos by Kofi Mensah-Lowe", "en", [(A, "Ada Lund"), (P, "Kofi Mensah-Lowe")]),
        ("Pictures: Kofi Mensah-Lowe Words: Ada Lund", "en", [(P, "Kofi Mensah-Lowe"), (A, "Ada Lund")]),
        (
            "(Reporting by Ada Lund and J. P. Roe; editing by Max Hall)",
            "en",
            [(A, "Ada Lund", "J. P. Roe"), (E, "Max Hall")],
        ),
        ("Text: Ada Lund Fotos: Max Hall", "de", [(A, "Ada Lund"), (P, "Max Hall")]),
        ("14.03.2021 | Eine Reportage von Ada Lund", "de", [(A, "Ada Lund")]),
        ("Von Ada Lund und Max Hall, Tallach", "de", [(A, "Ada Lund", "Max Hall")]),
        ("Texte Maëlle Le Goff Photos Hoël Kerbrat", "fr", [(A, "Maëlle Le Goff"), (P, "Hoël Kerbrat")]),
        ("Testo di Fiamma Rondoni, foto di Ulisse Barga", "it", [(A, "Fiamma Rondoni"), (P, "Ulisse Barga")]),
        ("Reportagem de Ana Reis e fotos de Rui Melo", "pt", [(A, "Ana Reis"), (P, "Rui Melo")]),
        ("Autor: Ewa Wilk | fot. Jan Łęcki", "pl", [(A, "Ewa Wilk"), (P, "Jan Łęcki")]),
        ("Текст: Анна Лесная, фото: Иван Ухов", "ru", [(A, "Анна Лесная"), (P, "Иван Ухов")]),
        ("Tekst Ada Lund Foto's Joost van der Aa", "nl", [(A, "Ada Lund"), (P, "Joost van der Aa")]),
        ("נועה כרמלי | צילום: איתן ברק", "he", [(A, "נועה כרמלי"), (P, "איתן ברק")]),
        ("เรื่อง: กานดา ศรีสุข ภาพ: ธนา วงศ์ไทย", "th", [(A, "กานดา ศรีสุข"), (P, "ธนา วงศ์ไทย")]),
    ],
)
def test_names_belong_to_roles(line: str, language: str, wanted: list[tuple[str, ...]]) -> None:
    assert may_hold_credits(fold(line))
    found = [(credit.role, *(name.strip() for name in credit.names)) for credit in read_credits(line, language)]
    assert found == wanted


@pytest.mark.parametrize(
    "line",
    [
        "Understanding Old Bridges by Ada Lund",  # a book, and who wrote it
        "Discount Shoes | Shoe Bank by Allen Edmonds",
        "By the sea, two days before the storm",
        "社会 | 数字报 | 视频 | 专题 | 读图",
        "发表于 2024-4-5 23:20:45 | 只看该作者 来自 - 贵州遵义",
        "高清美图",
        "Photo of the day",
        "Text und Bild werden geprüft",
        "La foto de la boda del año",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert not [credit for credit in read_credits(line) if credit.role != "other"]


def test_a_position_is_no_part_of_a_name() -> None:
    assert without_position("Ada Lund Transport correspondent") == "Ada Lund"
    assert without_position("Politics Editor Ada Lund") == "Ada Lund"
    assert without_position("Ada Lund") == "Ada Lund"


def test_a_line_may_begin_with_names() -> None:
    assert leading_names("J. P. Okafor, Ada Lund & T. J. Vance Jr. (@vance)") == [
        "J. P. Okafor",
        "Ada Lund",
        "T. J. Vance Jr.",
    ]
    assert leading_names("Ada Lund, Korrespondentin in Wien") == ["Ada Lund"]
    assert leading_names("Download Bolmo 1B") == []
    assert leading_names("Politik Wirtschaft Panorama") == []


def test_a_credit_is_no_headline() -> None:
    assert is_credit_line("Texte Maëlle Le Goff Photos Hoël Kerbrat")
    assert is_credit_line("Ada Lund Transport correspondent")
    assert not is_credit_line("A lamp for the old bridge")
    assert not is_credit_line("Romeo and Juliet")
