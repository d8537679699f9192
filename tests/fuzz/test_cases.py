"""What fuzzing has found stays mended: every kept case is cleaned again."""

import pytest

from tests.fuzz.case import Case, read
from tests.fuzz.find import CASES, verdict


@pytest.mark.parametrize("path", sorted(CASES.glob("*.case")), ids=lambda path: path.stem)
def test_case(path):
    assert verdict(read(path.read_bytes())) == ""


@pytest.mark.parametrize("case", [Case("a\n\ud800\r"), Case(b"\xff\n", {"kind": "html", "favor": "recall"})])
def test_a_case_is_what_its_file_says(case):
    assert read(case.dump()) == case


def test_a_case_that_was_cut_in_a_character_is_bytes():
    assert read(Case("页面", {"favor": "recall"}).dump()[:-1]) == Case("页面".encode()[:-1], {"favor": "recall"})
