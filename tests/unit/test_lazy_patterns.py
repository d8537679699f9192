"""A pattern that is compiled when first used is a pattern in all other respects."""

import re

import pytest

from cleanpage.text.lazy_regex import lazy


def test_it_is_compiled_when_first_used():
    broken = lazy("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("")


@pytest.mark.parametrize(("source", "text"), [("(?P<day>[a-z]+)day", "Monday, Tuesday"), (b"[A-Z]day", b"Sunday sday")])
@pytest.mark.parametrize("flags", [0, re.IGNORECASE])
def test_it_says_what_the_pattern_says(source, text, flags):
    ours, theirs = lazy(source, flags), re.compile(source, flags)
    for _ in range(2):
        assert ours.findall(text) == theirs.findall(text)
        assert ours.sub(text[:1], text) == theirs.sub(text[:1], text)
        assert (ours.match(text) is None) == (theirs.match(text) is None)
    assert (ours.pattern, ours.flags, ours.groupindex) == (theirs.pattern, theirs.flags, theirs.groupindex)


def test_it_has_no_attribute_that_a_pattern_has_not():
    with pytest.raises(AttributeError):
        lazy("a").serach  # noqa: B018
