"""Which of several copies represents a cluster."""

import pytest

from cleanpage import Article
from cleanpage.dedupe.clusters import Member
from cleanpage.dedupe.fingerprint import fingerprint

WORDS = [f"word{n}" for n in range(100)]


def rank(words, day):
    return Member("", fingerprint(Article(text=" ".join(WORDS[:words]), published=day))).rank(len(WORDS))


@pytest.mark.parametrize(("words", "is_better"), [(96, True), (94, False)])
def test_the_earlier_copy_is_better_if_it_lacks_no_more_than_a_twentieth(words, is_better):
    assert (rank(words, "2024-05-01") < rank(100, "2024-05-02")) == is_better
