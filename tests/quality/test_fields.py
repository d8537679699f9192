"""The floors of the fields on our own labelled pages."""

from __future__ import annotations

from bench.fields import Value, fallen, score, values


def test_floors():
    assert fallen(score(values())) == []


def test_counts():
    row = Value("page", "html", "authors", ("janedoe", "johnroe"), ("janedoe", "staff"))
    assert (row.right, row.wrong, row.missing) == (1, 1, 1)
    counts = score([row, Value("other", "html", "authors", (), ())])
    assert (counts["html", "authors"].precision, counts["html", "authors"].recall) == (0.5, 0.5)
