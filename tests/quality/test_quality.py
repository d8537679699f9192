"""Pinned floors on small samples of the shared pages, and the seed in full. Skipped, saying so, without the pages."""

import json

import pytest

from bench.data import ABSENT, SHARED, present
from bench.decisive import FAULTS, count_faults
from bench.floors import load_floors, measure_floor
from bench.ledger import ledger_faults
from bench.runs import raw_only
from cleanpage import clean_page

pytestmark = pytest.mark.skipif(not present(), reason=ABSENT)


@pytest.mark.parametrize("floor", load_floors(), ids=lambda floor: f"{floor.set}-{floor.lang}-{floor.kind}")
def test_f1_is_not_below_its_floor(floor):
    assert measure_floor(raw_only(clean_page), floor) >= floor.f1


def test_nothing_decisive_goes_wrong_on_chinese_pages():
    counts = count_faults(clean_page, limit=20, verbose=True)
    assert [(where, fault) for where, row in counts.items() for fault in FAULTS if row[fault]] == []


SEEDS = sorted((SHARED / "seed").glob("*.expected.json"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name.split(".")[0])
def test_seed_comes_out_exactly(path):
    expected = json.loads(path.read_text(encoding="utf-8"))
    raw = path.with_name(path.name.replace(".expected.json", ".txt")).read_bytes().decode("utf-8")
    article = clean_page(raw)
    got = article.to_dict()
    starts = expected.pop("paragraph_starts")
    assert [paragraph.text[: len(start)] for paragraph, start in zip(article.paragraphs, starts, strict=True)] == starts
    assert len(article.paragraphs) == expected.pop("paragraph_count")
    assert article.body_copies_found == expected.pop("body_copies_found")
    assert [phrase for phrase in expected.pop("text_must_not_contain") if phrase in article.text] == []
    assert {key: got[key] for key in expected} == expected
    assert ledger_faults(article) == []
