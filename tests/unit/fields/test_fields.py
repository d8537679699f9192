"""Every family of fields against its cases: what is found, what must not be, which lines leave the body."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any

import pytest

from cleanpage import clean_page

from .drafts import CASES, draft_of, load_cases, taken, values

FAMILIES = sorted(path.stem for path in CASES.glob("*.json") if path.stem != "when")


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{family}: {case['name']}") for family in FAMILIES for case in load_cases(family)]
)
def test_case(case: dict[str, Any]) -> None:
    draft = draft_of(case["lines"], case.get("url"), case.get("meta"), case.get("language"))
    found = {name: _plain(value) for name, value in values(draft).items()}
    assert {name: found.get(name) for name in case.get("expect", {})} == case.get("expect", {})
    assert not [name for name in case.get("absent", ()) if name in found]
    assert {label: taken(draft).get(label, []) for label in case.get("taken", {})} == case.get("taken", {})


def test_a_busy_machine_loses_no_licence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanpage.rules.time_budget.BUDGET", 0.0)  # what a user's own pattern would have
    article = clean_page("It rained all day, and the ferry did not run.\n\n京ICP备05039999号-1 京ICP证060001号\n")
    assert [licence.number for licence in article.licences] == ["京ICP备05039999号-1", "京ICP证060001号"]


def test_an_empty_page_has_no_fields() -> None:
    assert values(draft_of([])) == {}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: item for name, item in asdict(value).items() if item is not None}
    return value
