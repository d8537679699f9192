"""load_text on the cases of cases/segmentation.toml, and on long lines."""

import tomllib
from pathlib import Path

import pytest

from cleanpage.load.cut_lines import LONG_LINE, MIN_PIECE
from cleanpage.load.text import load_text
from cleanpage.text import ends_sentence, units

CASES = tomllib.loads((Path(__file__).parent / "cases" / "segmentation.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_blocks(case):
    blocks = load_text(case["raw"])
    assert [("+" if block.glued else "") + block.text for block in blocks] == case["blocks"]
    if "kinds" in case:
        assert [block.kind for block in blocks] == case["kinds"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tiles_give_the_text_back(case):
    assert "".join(case["raw"][block.start : block.end] for block in load_text(case["raw"])) == case["raw"]


def test_long_line_is_cut_at_sentence_ends():
    sentence = "桂花节期间老街的三十家店铺延长营业到晚上十点。"
    blocks = load_text(sentence * 12)
    assert len(blocks) > 1
    assert [block.glued for block in blocks] == [False] + [True] * (len(blocks) - 1)
    assert all(ends_sentence(block.text) and block.units >= MIN_PIECE for block in blocks)


def test_paragraph_of_usual_length_is_not_cut():
    paragraph = "桂花节期间老街的三十家店铺延长营业到晚上十点。" * 6
    assert units(paragraph) < LONG_LINE
    assert [block.text for block in load_text(paragraph)] == [paragraph]


def test_page_on_one_line_is_cut_at_blanks_too():
    body = "桂花节期间老街的三十家店铺延长营业到晚上十点，游客比去年多了一倍。" * 14
    texts = [block.text for block in load_text(f"首页 新闻 社会 山城举办桂花节 分享到： {body} 版权所有")]
    assert texts[:5] == ["首页", "新闻", "社会", "山城举办桂花节", "分享到："]
    assert texts[-1] == "版权所有"


def test_a_line_is_cut_before_what_shows():
    line = "首页 要闻 县区 视频 专题 " * 40 + "青石镇老桥重新通车  2023-05-20 ·  河湾日报"
    assert [block.text for block in load_text(line) if block.text != block.text.strip()] == []
