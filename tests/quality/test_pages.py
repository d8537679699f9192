"""The command line: what it refuses, and what it does without."""

import pytest

from bench import pages


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
