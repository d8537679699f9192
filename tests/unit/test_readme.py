"""What the README shows holds."""

import re
from pathlib import Path

from cleanpage import clean_page, load_rules

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_rule_of_the_readme_loads(tmp_path):
    rules = tmp_path / "mine.toml"
    rules.write_text(re.search(r"```toml\n(.*?)```", README, re.DOTALL)[1], encoding="utf-8")
    assert [rule.id for rule in load_rules(rules)] == ["mine.lottery"]


def test_spans_of_the_readme_are_those_of_the_example():
    article = clean_page((ROOT / "examples" / "notice.txt").read_text(encoding="utf-8"))
    first = article.paragraphs[0]
    shown = f'"start": {first.start}, "end": {first.end}, "copies": [[{first.copies[0][0]}, {first.copies[0][1]}]]'
    assert shown in README


def test_ci_runs_the_second_command_of_the_readme():
    command = next(line.strip() for line in README.splitlines() if "pytest" in line)
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith(command)
