"""The documentation: every snippet runs, every label and warning is named, links lead somewhere, the site builds."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import cleanpage
from cleanpage import (
    Article,
    Block,
    Config,
    Document,
    Finding,
    Image,
    Licence,
    Link,
    Paragraph,
    Removed,
    Rule,
    dedupe,
)  # fmt: skip
from cleanpage.labels import Label
from cleanpage.model import Mark, Witness

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NEEDED = ("mkdocs", "material", "mkdocstrings")
_BLOCK = re.compile(r"(?:<!-- needs: ([\w ]+) -->\n)?```(python|toml)\n(.*?)```", re.DOTALL)


def blocks(page):
    """The snippets of a page that stand in it, those of a script that is shown left out."""
    return [found for found in _BLOCK.findall(page.read_text(encoding="utf-8")) if "--8<--" not in found[2]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_snippets_run(page, tmp_path, monkeypatch):
    """In order, in one namespace, beside the examples; a TOML block that names its file is that file."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "snippet"}
    for needs, kind, text in blocks(page):
        if kind == "toml":
            if named := re.match(r"# (\w+\.toml)\n", text):
                (tmp_path / named[1]).write_text(text, encoding="utf-8")
        elif all(importlib.util.find_spec(module) for module in needs.split()):
            exec(compile(text, str(page), "exec"), names)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"], ids=lambda page: page.name)
def test_links_lead_to_files(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (page.parent / link).exists()] == []


def test_the_reference_names_every_label_with_its_role():
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (\w+) \|", text, re.MULTILINE))
    assert rows == {str(label): label.role for label in Label}


def test_the_reference_names_every_warning():
    """A warning is a string that begins with a code and a colon, where warnings are made."""
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| `([a-z-]+)` \| [A-Z]", text, re.MULTILINE))
    made = {
        code
        for path in (ROOT / "cleanpage").rglob("*.py")
        if path.parts[-2] in ("load", "decide", "chrome", "cleanpage")
        for code in re.findall(r"\"([a-z]+(?:-[a-z]+)*): (?=[^\"]{12})", path.read_text(encoding="utf-8"))
    }
    assert made <= known
    assert known - made <= {"not-text", "not-article"}  # the codes stand alone there


@pytest.mark.parametrize(
    "kind", [Article, Paragraph, Mark, Link, Image, Licence, Document, Block, Finding, Witness, Removed, Config, Rule]
)
def test_the_fields_are_named_in_their_order(kind):
    text = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")
    section = re.split(r"^##+ ", text.split(f"# {kind.__name__}\n")[1], flags=re.MULTILINE)[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [field.name for field in fields(kind)]


def test_the_api_names_everything_public():
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    table = text.partition(":::")[0]
    names = [*cleanpage.__all__, *dedupe.__all__, *corpus_names(), "why", "article_report", "serve", "load_config"]
    assert [name for name in names if not re.search(rf"\b{name}\b", table)] == []


def test_the_citation_names_this_version():
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.+)$", text, re.MULTILINE) == [cleanpage.__version__]


def corpus_names():
    """The public names of the corpus, read without importing its engine."""
    source = (ROOT / "cleanpage" / "corpus" / "__init__.py").read_text(encoding="utf-8")
    return ast.literal_eval(source.split("__all__ = ")[1].split("]")[0] + "]")


@pytest.mark.skipif(
    not all(importlib.util.find_spec(module) for module in NEEDED),
    reason="SKIPPED: the documentation is not built: pip install -e '.[docs]'",
)
def test_the_site_builds(tmp_path):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    api = (tmp_path / "site" / "api" / "index.html").read_text(encoding="utf-8")
    assert "clean_pages" in api and "body_copies_found" in api
