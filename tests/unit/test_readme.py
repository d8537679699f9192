"""What the README shows holds; its snippets run in test_docs.py."""

import re
import shlex
from pathlib import Path

import pytest

from cleanpage import clean_page, load_rules
from cleanpage.cli import COMMANDS, clean, main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
NOTICE = ROOT / "examples" / "notice.txt"


def test_rule_of_contributing_loads(tmp_path):
    (block,) = re.findall(r"```toml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "rules.toml").write_text(block, encoding="utf-8")
    assert [rule.id for rule in load_rules(tmp_path / "rules.toml")] == ["en.typo"]


def test_text_of_the_readme_is_that_of_the_example(capsys):
    assert main(["--format", "text", str(NOTICE)]) == 0
    printed = capsys.readouterr().out
    shown = README.split("examples/notice.txt`:\n")[1].split("\n\nand some")[0]
    beginnings = [line.strip().rstrip("…") for line in shown.strip().splitlines()]
    assert [line for line in beginnings if line not in printed] == []
    assert len(beginnings) == len(printed.splitlines())


def test_fields_of_the_readme_are_those_of_the_example():
    article = clean_page(NOTICE.read_bytes())
    shown = README.split("examples/notice.txt`:\n")[2].split("\n\n## ")[0]
    for name in ("title", "published", "source"):
        assert f'"{name}": "{getattr(article, name)}"' in shown
    assert article.authors == ("高敏", "林佩山") and '"authors": ["高敏", "林佩山"]' in shown
    assert article.editors == ("沈小禾",) and article.licences[0].number in shown


def test_the_page_of_the_readme_is_the_example():
    shown = README.split("hands it over:\n")[1].split("\n\n`cleanpage --format")[0]
    lines = [re.split("  +←", line.strip())[0].rstrip("…").strip() for line in shown.strip().splitlines()]
    page = NOTICE.read_text(encoding="utf-8")
    assert [line for line in lines if line not in page] == []


def test_the_documentation_shows_every_example():
    shown = README + (ROOT / "docs" / "integrations.md").read_text(encoding="utf-8")
    left = {path.stem for path in (ROOT / "examples").glob("*.py") if path.name not in shown}
    assert left == {"clean_one_page", "own_rules", "site_template"}  # the tutorial does the same


def test_options_of_the_readme_are_those_of_the_command():
    known = clean.parser().format_help()
    shown = README.split("## The command\n")[1].split("    cleanpage why")[0]
    assert [option for option in re.findall(r"--[a-z]+", shown) if option not in known] == []
    named = README.split("    cleanpage why")[1].splitlines()[0]
    assert {"why", *re.findall(r"\w+", named)} >= set(COMMANDS)


@pytest.mark.parametrize(
    "command",
    re.findall(r"`cleanpage ([^`]*)`", README.split("## Ten things")[1].split("## The command")[0]),
)
def test_commands_of_the_readme_are_calls(command):
    words = shlex.split(command)
    (COMMANDS[words.pop(0)] if words[0] in COMMANDS else clean).parser().parse_args(words)


def test_it_is_short():
    assert len(README.splitlines()) <= 200


def test_ci_runs_the_second_command_of_the_readme():
    command = next(line.strip() for line in README.splitlines() if "pytest" in line)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
