"""What is expected of lines: which blocks a line names, and when it holds."""

from pathlib import Path

import pytest

from cleanpage import CleanpageError, clean_page
from cleanpage.expectations import Expectation, as_toml, blocks_holding, broken, load_expectations

PAGE = (Path(__file__).parents[2] / "examples" / "pages" / "market.html").read_text(encoding="utf-8")
ARTICLE = clean_page(PAGE)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("By Ines Halloran", ["By Ines Halloran"]),
        ("BY  ines halloran", ["By Ines Halloran"]),
        ("The market opens at", ["The market opens at seven, an hour earlier than before."]),
        ("By Ines Halloran 11 March 2024", ["By Ines Halloran", "11 March 2024"]),
        ("penguins", []),
        ("", []),
    ],
)
def test_a_line_names_blocks(line, texts):
    blocks = [ARTICLE.blocks[i] for i in blocks_holding(ARTICLE, line)]
    assert [ARTICLE.source_text[block.start : block.end].strip() for block in blocks] == texts


def test_a_short_line_is_not_found_inside_others():
    """``Share`` as a word of the body says nothing about the button."""
    lines = "The share of trips by bicycle rose to a fifth, the town says, and the share of buses fell.\n" * 3
    article = clean_page(f"Bicycles\n\n{lines}\nShare\n", kind="text")
    assert broken(article, Expectation("a", goes="Share")) is None


def test_what_holds_and_what_does_not():
    assert broken(ARTICLE, Expectation("a", stays="The market opens at seven")) is None
    assert broken(ARTICLE, Expectation("a", goes="Share this: Facebook Twitter Email")) is None
    assert broken(ARTICLE, Expectation("a", stays="Most read")).startswith("it is hot_list, by en.hot_list: ")
    assert broken(ARTICLE, Expectation("a", goes="The market opens at seven")).startswith("it is body, by body: ")
    assert broken(ARTICLE, Expectation("a", goes="penguins")) == "it is not on the page"


@pytest.mark.parametrize(
    "line", ["plain", 'a "quoted" line', r"C:\new \d+", "it's \\ both", "\ud800 half", "青石镇", "\x7f"]
)
def test_files_give_back_what_was_written(tmp_path, line):
    path = tmp_path / "e.toml"
    one = Expectation("a b.html", stays=line, url="https://a.example/?q='1'")
    path.write_text(as_toml(one) + as_toml(Expectation("b", goes=line)), encoding="utf-8")
    shown = line.replace("\ud800", "\ufffd")
    assert [each.line for each in load_expectations(path)] == [shown, shown]
    assert load_expectations(path)[0].url == one.url


def test_of_two_that_contradict_one_another_the_later_counts(tmp_path):
    path = tmp_path / "e.toml"
    path.write_text(as_toml(Expectation("a", stays="x")) + as_toml(Expectation("a", goes="x")), encoding="utf-8")
    assert load_expectations(path) == (Expectation("a", goes="x"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('favor = "recall"', "unknown key 'favor'"),
        ("[[expect]]\npage = 'a'", "give the line either"),
        ("[[expect]]\npage = 'a'\nkeeps = 'x'", "no such field"),
        ("[[expect]]\nstays = 'x'", "missing"),
    ],
)
def test_mistakes_say_what_is_wrong(tmp_path, text, message):
    path = tmp_path / "e.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CleanpageError, match=message):
        load_expectations(path)
