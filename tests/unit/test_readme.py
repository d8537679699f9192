"""What the README shows holds."""

import re
from pathlib import Path

import pytest

from cleanpage import Config, clean_page, load_rules
from cleanpage.cli import main
from cleanpage.config import load_config

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def toml(text, tmp_path):
    """Write the TOML blocks of a text to files; their first line may be a comment that names it."""
    paths = []
    for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL):
        name = re.match(r"# (\w+\.toml)\n", block)
        paths.append(tmp_path / (name[1] if name else "rules.toml"))
        paths[-1].write_text(block, encoding="utf-8")
    return paths


def test_config_and_rule_of_the_readme_load(tmp_path):
    config, rules = toml(README, tmp_path)
    assert [rule.id for rule in load_rules(rules)] == ["mine.lottery"]
    assert load_config(config) == Config(favor="precision", max_chars=1_000_000, rules=load_rules(rules))


def test_rule_of_contributing_loads(tmp_path):
    (rules,) = toml((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), tmp_path)
    assert [rule.id for rule in load_rules(rules)] == ["en.typo"]


def test_text_of_the_readme_is_that_of_the_example(capsys):
    assert main(["--format", "text", str(ROOT / "examples" / "notice.txt")]) == 0
    printed = capsys.readouterr().out
    shown = README.split("examples/notice.txt`:\n")[1].split("\n\nand what")[0]
    beginnings = [line.strip().rstrip("…") for line in shown.strip().splitlines()]
    assert [line for line in beginnings if line not in printed] == []
    assert len(beginnings) == len(printed.splitlines())


def test_the_readme_names_every_example():
    assert [path.name for path in (ROOT / "examples").glob("*.py") if f"(examples/{path.name})" not in README] == []


def test_options_of_the_readme_are_those_of_the_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    shown = README.split("## The command\n")[1].split("\n\nA page")[0]
    assert [option for option in re.findall(r"--[a-z]+", shown) if option not in known] == []


def test_spans_of_the_readme_are_those_of_the_example():
    article = clean_page((ROOT / "examples" / "notice.txt").read_text(encoding="utf-8"))
    first = article.paragraphs[0]
    shown = f'"start": {first.start}, "end": {first.end}, "copies": [[{first.copies[0][0]}, {first.copies[0][1]}]]'
    assert shown in README


def test_ci_runs_the_second_command_of_the_readme():
    command = next(line.strip() for line in README.splitlines() if "pytest" in line)
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith(command)
