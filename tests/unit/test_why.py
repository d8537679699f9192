"""``why``: what became of the words of a page, by what, and with which numbers."""

from pathlib import Path

import pytest

from cleanpage import CleanpageError, Config, clean_page
from cleanpage.cli import main
from cleanpage.why import why

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NOTICE = (EXAMPLES / "notice.txt").read_text(encoding="utf-8")
MARKET = (EXAMPLES / "pages" / "market.html").read_text(encoding="utf-8")


def test_a_paragraph_has_its_probability_and_what_moved_it():
    found = why(NOTICE, "何永宁要求，各村")
    assert [(block.role, block.label) for block in found] == [("body", "body"), ("duplicate", "duplicate")]
    kept = found[0]
    assert NOTICE[kept.start : kept.end].startswith("何永宁要求")
    assert kept.probability > kept.threshold
    assert f"probability {kept.probability:.3f}, above the page's threshold of {kept.threshold:.3f}" in kept.decided
    assert sum(odds for _, odds in kept.groups) > 0
    assert [abs(odds) for _, odds in kept.groups] == sorted((abs(odds) for _, odds in kept.groups), reverse=True)


def test_a_line_that_a_rule_takes_has_the_rule_and_no_probability():
    (found,) = why(NOTICE, "分享到")
    assert (found.role, found.label, found.probability, found.groups) == ("chrome", "share", None, ())
    assert found.decided.startswith("share.")


@pytest.mark.parametrize("page", [NOTICE, MARKET, MARKET.encode()])
def test_words_are_found_whatever_their_form(page):
    plain = why(page, "青石镇召开" if page is NOTICE else "market")
    assert plain
    assert why(page, " 青石鎮召開 " if page is NOTICE else "MARKET") == plain


def test_words_that_no_block_holds():
    assert why(NOTICE, "no such words") == ()
    assert why(NOTICE, " ") == ()
    assert why("", "words") == ()


def test_command(capsys):
    assert main(["why", str(EXAMPLES / "notice.txt"), "何永宁要求"]) == 0
    out = capsys.readouterr().out
    assert "  body, body (" in out
    assert "  decided by body: probability" in out
    assert "length and ending" in out
    assert max(map(len, out.splitlines())) <= 80


def test_command_without_such_words(capsys):
    assert main(["why", str(EXAMPLES / "notice.txt"), "no such words"]) == 1
    assert "no block holds 'no such words'" in capsys.readouterr().err


def test_command_with_empty_words(capsys):
    assert main(["why", str(EXAMPLES / "notice.txt"), " "]) == 2
    assert "WORDS is empty" in capsys.readouterr().err


def test_errors_are_those_of_clean_page():
    with pytest.raises(CleanpageError, match="kind is 'text' or 'html'"):
        why("page", "page", kind="pdf")


def test_without_words_every_block_has_its_reason():
    article = clean_page(MARKET)
    found = why(MARKET, None, article=article)
    assert [(one.start, one.role, one.label) for one in found] == [(b.start, b.role, b.label) for b in article.blocks]
    (heading,) = why(MARKET, "What changes for visitors")
    assert heading in found


def test_what_would_have_made_it_end_otherwise_does():
    """A value of favor that is named does what is said of it."""
    found = why(MARKET, None)
    named = [(one, favor) for one in found for favor in one.favors]
    assert named
    for one, favor in named:
        again = clean_page(MARKET, config=Config(favor=favor))
        block = next(block for block in again.blocks if block.start == one.start)
        assert (block.role == "body") != (one.role == "body")
        assert f"favor {favor}" in one.otherwise


def test_the_groups_that_are_blamed_make_up_what_was_missing():
    page = MARKET.replace("</body>", "<p>Harbour Courier tea towels are sold at the kiosk on the quay.</p></body>")
    blamed = [one for one in why(page, None) if one.otherwise.startswith("without ")]
    for one in blamed:
        probability = float(one.otherwise.rsplit(" ", 1)[1])
        assert one.label == "boilerplate" and probability >= round(one.threshold, 2) > one.probability
    assert [one for one in why(page, None) if one.role == "body" and "keep it" in one.otherwise] == []
