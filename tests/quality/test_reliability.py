"""Bins of confidence and counts of articles, on cases that can be counted by hand."""

import pytest

from bench.reliability import Bin, Verdict, articles_by_kind, bins, calibration_error, print_reliability


def said(confidence, f1, *, kind="article", is_article=True):
    return Verdict(kind, is_article, confidence, f1)


def test_bins():
    verdicts = [said(0.85, 0.95), said(0.81, 0.5), said(1.0, 0.9), said(0.9, 0.89), said(0.0, 0.0, is_article=False)]
    assert bins(verdicts) == [Bin(0.0, 1, 0.0, 0.0), Bin(0.8, 2, pytest.approx(0.83), 0.5), Bin(0.9, 2, 0.95, 0.5)]


def test_a_page_without_label_is_in_no_bin_but_is_counted():
    verdicts = [said(0.7, None, kind="list"), said(0.0, None, kind="list", is_article=False), said(0.5, 1.0)]
    assert [b.pages for b in bins(verdicts)] == [1]
    assert articles_by_kind(verdicts) == {"article": (1, 1), "list": (2, 1)}


def test_calibration_error():
    assert calibration_error([Bin(0.8, 3, 0.8, 1.0), Bin(0.2, 1, 0.2, 0.2)]) == pytest.approx(0.15)
    assert calibration_error([]) == 0


def test_without_articles_there_is_nothing_to_judge(capsys):
    print_reliability([])
    assert "no Article" in capsys.readouterr().out
