"""Fingerprints: stable, local, and restored as they were stored."""

import pytest

from cleanpage import Article, CleanpageError
from cleanpage.dedupe.fingerprint import MOST_SKETCHED, Fingerprint, fingerprint, unpack
from tests.unit.corpus.texts import BRIDGE, DAM, MILK


def shingles(text):
    return set(unpack("I", fingerprint(text).trace))


def test_stored_indexes_stay_valid():
    """These values are in indexes that users keep: a change of them is a change of format."""
    found = fingerprint("The bridge over the river 12 is open; 青石镇召开会议。")
    assert found.digest == "4259626b9f1cf11832f7dbdf9c4518c0"
    assert found.size == 15
    assert list(unpack("I", found.trace))[:2] == [3059893633, 1059475438]


@pytest.mark.parametrize("text", ["", "a", "a b", "青", "ไทย", BRIDGE, DAM, "\ud800 x", "１２ ①"])
def test_row(text):
    found = fingerprint(text)
    assert Fingerprint.from_row(found.to_row()) == found


def test_row_of_another_version():
    row = fingerprint(BRIDGE).to_row()
    del row["trace"]
    with pytest.raises(CleanpageError, match="trace"):
        Fingerprint.from_row(row)


def test_a_text_has_the_same_shingles_wherever_it_stands():
    assert shingles(BRIDGE) <= shingles(f"{DAM}\n{BRIDGE}\n{MILK}")
    assert shingles(DAM) <= shingles(f"{BRIDGE}\n{DAM}\n{MILK}")


@pytest.mark.parametrize("same", ["the bridge, is OPEN", "The bridge is open!", "Ｔｈｅ　bridge is\nopen"])
def test_case_width_and_marks_do_not_count(same):
    assert fingerprint(same).digest == fingerprint("the bridge is open").digest


def test_a_sketch_is_bounded():
    long = " ".join(f"w{n}" for n in range(50000))
    assert len(unpack("Q", fingerprint(long).sketch)) == MOST_SKETCHED


def test_what_an_article_says_of_itself():
    found = fingerprint(Article(text=BRIDGE, published="2024-05-01", source="The Messenger"))
    assert (found.published, found.named) == ("2024-05-01", True)
    assert found.digest == fingerprint(BRIDGE).digest
