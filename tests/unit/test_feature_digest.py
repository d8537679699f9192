"""The shipped weights were learned from the features of today: ``training.feature_digest``."""

import json
from pathlib import Path

import pytest

import cleanpage.body
from cleanpage.body.models import FILES
from training.feature_digest import line_digest, page_digest

FOLDER = Path(cleanpage.body.__file__).parent


def head_of(name):
    return json.loads((FOLDER / name).read_bytes().partition(b"\n")[0])


@pytest.mark.parametrize("source", FILES)
def test_lines_give_what_the_forests_have_learned_from(source):
    assert head_of(FILES[source].lines)["features"] == line_digest(source)


def test_lines_give_what_the_network_has_learned_from():
    assert head_of(FILES["text"].network)["features"] == line_digest("text")


@pytest.mark.parametrize("source", FILES)
def test_pages_give_what_their_models_have_learned_from(source):
    assert head_of(FILES[source].page)["features"] == page_digest(source)
