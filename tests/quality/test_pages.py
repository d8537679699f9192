"""The command line: what it refuses, and what it does without."""

import pytest

from cleanpage import CleanpageError
from tests.quality import pages


def test_an_input_that_clean_page_does_not_take_is_named_once_and_left_out(monkeypatch, capsys):
    def refuse(raw, *, kind=None):
        raise CleanpageError("no markup, please")

    monkeypatch.setattr(pages, "clean_page", refuse)
    assert pages._our_inputs(("bs4", "html")) == ["bs4"]
    assert capsys.readouterr().err.count("no markup, please") == 1


def test_an_input_that_clean_page_takes_stays(monkeypatch):
    monkeypatch.setattr(pages, "clean_page", lambda raw, *, kind=None: "")
    assert pages._our_inputs(("bs4", "html")) == ("bs4", "html")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--input", "bs4,lynx"], "choose of inscriptis"),
        (["--input", ""], "choose of inscriptis"),
        (["--peers", "--save", "run.json"], "take --peer"),
        (["--peer", "justext", "--held-out", "weights"], "not allowed with"),
        (["--floors", "--raise-floors"], "not allowed with"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, message, capsys):
    with pytest.raises(SystemExit):
        pages.main(arguments)
    assert message in capsys.readouterr().err


def test_peers_are_given_what_they_read():
    assert pages._peer_inputs("justext", ("bs4", "html")) == ("html",)
    assert pages._peer_inputs("sentences", ("bs4", "html")) == ["bs4"]
    assert pages._peer_inputs("sentences", ("html",)) == pages.BAR_INPUTS
