"""Every peer gives the text of a plain page; one that fails gives none; one that is absent says how to install it."""

from dataclasses import replace

import pytest

from bench import peers
from bench.data import Page
from bench.held_out import held_out

SENTENCE = (
    "The ferry to the island leaves from the old harbour at nine in the morning and at five in the afternoon, but not "
    "on days with a wind from the north, for then the boats cannot turn in the narrow passage behind the lighthouse."
)
HTML = f"""<?xml version="1.0" encoding="gbk"?><html><head><title>Ferry</title></head><body>
<ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul>
<div><h1>Ferry</h1><p>{SENTENCE}</p><p>{SENTENCE.replace("ferry", "bus")}</p><p>{SENTENCE}</p></div></body></html>"""
PAGE = Page("p1", "own", "en", "article", "", "", False, None, None, None, {}, html=HTML)
INSTALLED = [name for name in peers.PEERS if not peers.missing(name)]


@pytest.mark.parametrize("name", INSTALLED)
def test_peer(name):
    raw = HTML if peers.PEERS[name].reads_html else f"Home\nNews\nFerry\n{SENTENCE}\nHome"
    text = peers.method_of(name)(PAGE, raw)
    assert SENTENCE in text
    assert "News" not in text


@pytest.mark.skipif("justext" not in INSTALLED, reason=peers.INSTALL)
def test_justext_without_a_stoplist_goes_by_length():
    assert SENTENCE in peers.method_of("justext")(replace(PAGE, lang="zh"), HTML)


def test_a_peer_that_fails_gives_no_text_and_is_named(monkeypatch, capsys):
    monkeypatch.setitem(peers.PEERS, "broken", peers.Peer(lambda html, lang: 1 / 0, None))
    assert peers.method_of("broken")(PAGE, HTML) == ""
    assert "broken failed on own p1: ZeroDivisionError" in capsys.readouterr().err


def test_an_absent_peer_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(peers.PEERS, "absent", peers.Peer(lambda html, lang: html, "no_such_package"))
    assert peers.missing("absent") == 'absent is not installed; pip install -e ".[peers]"'


def test_held_out_names_the_fold_that_is_not_there(tmp_path):
    with pytest.raises(SystemExit, match=r"text\d\.bin: python -m training\.fit_body --input text"):
        held_out(tmp_path)(PAGE, "首页\n\n首页\n\n今日要闻")
