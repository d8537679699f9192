"""What is known of each language holds: its file of cases, and what all files have to keep.

``XX.json`` has for language XX: ``detect`` (texts in it), ``dates`` (as printed: ISO 8601), ``relative`` and
``not_relative`` dates, ``names`` and ``not_names``, ``bylines`` (line: authors), ``labels`` (label: what it announces),
``breadcrumbs`` (line: segments), ``chrome`` (line: label of the rule that takes it), ``body`` (lines that none takes).
"""

import json
from functools import cache
from pathlib import Path

import pytest

from cleanpage import CleanpageError
from cleanpage.fields.shared.labels import ANNOUNCED, meanings
from cleanpage.fields.shared.names import is_name
from cleanpage.fields.shared.when import find_dates, find_relative
from cleanpage.languages import read, shipped_languages
from cleanpage.rules import shipped_rules
from cleanpage.text import fold, normalise
from cleanpage.text.language import SCRIPTS, detect
from tests.unit.fields.drafts import draft_of, values

HERE = Path(__file__).parent
STORY = ["body", "The ferry runs again after four weeks of repairs to the northern landing stage, the company said."]


@cache
def cases(code):
    return json.loads((HERE / f"{code}.json").read_text(encoding="utf-8"))


def each(kind):
    """Return the parameters of a test over all entries of a kind, in every file of cases."""
    found = []
    for path in sorted(HERE.glob("*.json")):
        entries = cases(path.stem).get(kind, {})
        pairs = entries.items() if isinstance(entries, dict) else ((entry, None) for entry in entries)
        found += [pytest.param(path.stem, key, value, id=f"{path.stem}-{key[:30]}") for key, value in pairs]
    return pytest.mark.parametrize(("code", "text", "expected"), found)


@each("detect")
def test_detect(code, text, expected):
    assert detect(text) == code


@each("dates")
def test_dates(code, text, expected):
    assert [when.iso for when in find_dates(fold(normalise(text)))] == [expected]


@each("relative")
def test_relative(code, text, expected):
    assert find_relative(fold(normalise(text))) is not None


@each("not_relative")
def test_not_relative(code, text, expected):
    assert find_relative(fold(normalise(text))) is None


@each("names")
def test_names(code, text, expected):
    assert is_name(text)


@each("not_names")
def test_not_names(code, text, expected):
    assert not is_name(text)


@each("bylines")
def test_bylines(code, text, expected):
    found = values(draft_of([["title", "The ferry runs again"], ["", text], STORY], language=code))
    assert found.get("authors") == expected


def test_a_byline_of_another_language_is_none():
    page = [["title", "The ferry runs again"], ["", "Door Jan de Wit"], STORY]
    assert values(draft_of(page, language="nl"))["authors"] == ["Jan de Wit"]
    assert "authors" not in values(draft_of(page, language="en"))


@each("labels")
def test_labels(code, text, expected):
    assert meanings()[fold(text).replace(" ", "")] == expected


@each("breadcrumbs")
def test_breadcrumbs(code, text, expected):
    found = values(draft_of([["breadcrumb", text], ["title", "The ferry runs again"], STORY], language=code))
    assert found.get("section") == expected


def labels_of(code, line):
    """Return the labels that the language's own rules give a line."""
    return {rule.label for rule in shipped_rules() if code in rule.languages and rule.matches(line)}


@each("chrome")
def test_chrome(code, text, expected):
    assert expected in labels_of(code, text)


@each("body")
def test_body(code, text, expected):
    decisive = {rule.id for rule in shipped_rules() if code in rule.languages and rule.weight == "decisive"}
    assert {rule.id for rule in shipped_rules() if rule.id in decisive and rule.matches(text)} == set()


def test_no_name_means_two_months():
    found = {}
    for language in shipped_languages().values():
        for row in language.months:
            for month, name in enumerate(row, start=1):
                assert found.setdefault(name, month) == month, (language.code, name)


def test_no_label_announces_two_things():
    found = {}
    for language in shipped_languages().values():
        for meaning, labels in language.labels.items():
            assert meaning in ANNOUNCED, (language.code, meaning)
            for label in labels:
                assert found.setdefault(fold(label).replace(" ", ""), meaning) == meaning, (language.code, label)


@pytest.mark.parametrize("code", shipped_languages())
def test_a_language_is_of_a_known_script(code):
    assert shipped_languages()[code].script in SCRIPTS


@pytest.mark.parametrize("code", shipped_languages())
def test_a_rule_in_a_language_is_for_this_language(code):
    assert {code} >= {
        name for rule in shipped_languages()[code].rules for name in rule.get("languages", [])
    } or code == "zh"


@pytest.mark.parametrize("path", sorted(HERE.glob("*.json")), ids=lambda path: path.stem)
def test_cases_are_those_of_a_language(path):
    assert path.stem in shipped_languages()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('name = "X"', "xx.toml: lacks script, status"),
        ('name = "X"\nscript = "latin"\nstatus = "tried"', "xx.toml: status: expected measured or unmeasured"),
        ('name = "X"\nscript = "latin"\nstatus = "measured"\nmonth = []', "there is no key 'month'; known: ago, "),
        ('name = "X"\nscript = "latin"\nstatus = "measured"\nmonths = ["a b"]', "this has 2"),
        ('name = "X"\nscript = "latin"\nstatus = "measured"\nago = ["("]', "does not compile"),
        ('name = "X"\nscript = "latin"\nstatus = "measured"\nby = ["door"]', "expected one string"),
        ("name =", "cannot be read"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(text, problem):
    with pytest.raises(CleanpageError, match=problem):
        read("xx", text)
