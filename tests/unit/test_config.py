"""A Config from a .toml file; what is wrong with one is said with the name of the key."""

import pytest

from cleanpage import CleanpageError, Config, load_rules
from cleanpage.cli import main
from cleanpage.config import load_config

RULE = """
[[rule]]
id = "{id}"
label = "ad"
why = "the box that this site puts under every page"
words = ["{word}"]
examples = ["{word}"]
counter_examples = ["{word}今年丰收，橘子卖到了省城。"]
"""


@pytest.fixture
def write(tmp_path):
    def write(text, name="cleanpage.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_empty_file_is_the_default(write):
    assert load_config(write("")) == Config()


def test_every_field(write):
    rules = write(RULE.format(id="mine.box", word="河湾特产"), "mine.toml")
    bounds = "max_chars = 1000\ndeadline = 2\n"
    bounds += 'favor = "recall"\nkeep_byline = true\nrules = ["mine.toml"]\n'
    path = write(bounds + RULE.format(id="b", word="青石特产"))
    config = load_config(path)
    assert (config.favor, config.keep_byline, config.max_chars, config.deadline) == ("recall", True, 1000, 2.0)
    assert [rule.id for rule in config.rules] == ["mine.box", "b"]
    assert config.rules[:1] == load_rules(rules)


def test_a_file_of_rules_is_a_config(write):
    path = write(RULE.format(id="mine.box", word="河湾特产"))
    assert load_config(path) == Config(rules=load_rules(path))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("favour = 1", "a config has no key 'favour'; known: keep_byline, favor, max_chars, max_blocks, deadline"),
        ('favor = "speed"', "favor: expected one of precision, balance, recall, got 'speed'"),
        ("keep_byline = 1", "keep_byline: expected bool, got int"),
        ('rules = "mine.toml"', "rules: expected a list, got str"),
        ("rules = [1]", r"rules\[0\]: expected str, got int"),
        ('rules = ["absent.toml"]', "absent.toml: cannot be read"),
        ("rule = 1", r"rules are tables that begin with \[\[rule\]\]"),
        ("[[rule]]\nid = 'x'", "rule 'x' lacks examples, label, why"),
        (RULE.format(id="x", word="a") + "opens_run = 'yes'", r"rule 'x'\.opens_run: expected bool, got str"),
        (RULE.format(id="x", word="河湾").replace('ples = ["河湾"]', 'ples = ["湾"]'), "does not match: '湾'"),
        ("max_chars = 0", "max_chars is more than 0, or None for no bound; got 0"),
        ("max_chars = 1e6", "max_chars: expected int, got float"),
        ("deadline = -1", "deadline is more than 0, or None for no bound; got -1"),
        ("favor = ", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named(write, text, message, capsys):
    path = write(text)
    with pytest.raises(CleanpageError, match=message) as caught:
        load_config(path)
    assert main(["page.txt", "--config", str(path)]) == 2
    assert capsys.readouterr().err == f"cleanpage: {caught.value}\n"


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CleanpageError, match=r"absent\.toml: cannot be read"):
        load_config(tmp_path / "absent.toml")


def test_the_command_line_goes_before_the_file(write, tmp_path, monkeypatch):
    write(RULE.format(id="mine.box", word="河湾特产"), "mine.toml")
    path = write('favor = "recall"\n' + RULE.format(id="b", word="青石特产"))
    page = write("page", "page.txt")
    seen = []
    monkeypatch.setattr("cleanpage.cli.clean.clean_all", lambda names, recipe, jobs: seen.append(recipe.config) or [])
    base = [str(page), "--config", str(path)]
    assert main(base) == 0
    assert main([*base, "--favor", "precision", "--rules", str(tmp_path / "mine.toml")]) == 0
    assert [(config.favor, [rule.id for rule in config.rules]) for config in seen] == [
        ("recall", ["b"]),
        ("precision", ["mine.box", "b"]),
    ]
