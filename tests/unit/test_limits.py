"""Pages with bounds: what is read is cleaned as if it stood alone, and the rest stands in the ledger."""

import pytest

from cleanpage import Config, Rule, clean_page, limits
from cleanpage.rules import watch
from tests.oracles import faults

LINES = [f"第{i}天，施工队修好了{i}座小桥，镇上的人都来帮忙，忙到太阳下山。" for i in range(40)]
PAGE = "青石镇老桥重新通车\n" + "\n".join(LINES)
HTML = "<html><body><h1>青石镇老桥重新通车</h1>" + "".join(f"<p class='text'>{line}</p>" for line in LINES)


@pytest.mark.parametrize("page", [PAGE, HTML, PAGE.encode("gb18030"), PAGE.replace("\n", ""), PAGE + "\n \n"])
@pytest.mark.parametrize("most", [1, 30, 700, len(PAGE)])
def test_the_rest_stands_in_the_ledger(page, most):
    config = Config(max_chars=most)
    assert faults(page, config=config) == []
    article = clean_page(page, config=config)
    whole = page.decode("gb18030") if isinstance(page, bytes) else page
    read = whole[: len(whole) - len(article.source_text[article.blocks[-1].start :])]
    unread = [removed for removed in article.removed if removed.label == "unread"]
    if len(whole) <= most:
        assert unread == [] and article.warnings == clean_page(page).warnings
    else:
        assert most // 2 <= len(read) <= most
        assert article.text == clean_page(read, kind="html" if page is HTML else "text").text
        assert article.warnings[-1].startswith("too-long: the last ")
        assert [removed.text for removed in unread] == [whole[len(read) :].strip()]


def test_a_page_ends_behind_a_line_or_a_tag():
    text = clean_page(PAGE, config=Config(max_chars=500)).source_text
    assert text == PAGE
    for raw, html, end in ((PAGE, False, "\n"), (HTML, True, ">"), ("a" * 900, False, "a")):
        head, rest = limits.cut(raw, 500, html=html)
        assert head + rest == raw and head.endswith(end) and 250 <= len(head) <= 500


@pytest.fixture
def clock(monkeypatch):
    """A clock that each try puts forward by a second for every character that it reads."""
    now = [0.0]
    monkeypatch.setattr(limits, "perf_counter", lambda: now[0])
    monkeypatch.setattr(limits, "FIRST", 100)
    return now


@pytest.mark.parametrize(
    ("seconds", "tries"), [(1, [100]), (699, [100]), (700, [100, 400]), (2899, [100, 400]), (2900, [100, 400, 1000])]
)
def test_as_much_is_read_as_the_time_allows(clock, seconds, tries):
    done = []

    def attempt(most):
        done.append(most)
        clock[0] += most
        return clean_page("a" * most)

    article = limits.in_time(seconds, attempt, 1000)
    assert done == tries
    assert len(article.source_text) == tries[-1]
    last = article.warnings[-1]
    assert last.startswith("deadline: ") == (tries[-1] < 1000) and (
        tries[-1] == 1000 or f"max_chars={tries[-1]}" in last
    )


def test_a_deadline_that_is_kept_changes_nothing(monkeypatch):
    monkeypatch.setattr(limits, "FIRST", 100)
    assert clean_page(PAGE, config=Config(deadline=3600)) == clean_page(PAGE)


def test_a_deadline_that_is_not_kept_gives_what_max_chars_gives(monkeypatch):
    monkeypatch.setattr(limits, "FIRST", 300)
    late, bounded = (clean_page(PAGE, config=config) for config in (Config(deadline=1e-9), Config(max_chars=300)))
    assert late.warnings[:-1] == bounded.warnings
    assert (late.text, late.removed, late.source_text) == (bounded.text, bounded.removed, PAGE)


def rule(pattern, name="mine.slow"):
    return Rule(id=name, label="ad", why="a test", pattern=pattern, examples=["aaa"], counter_examples=["bbb"])


def test_a_rule_that_hangs_is_given_up_with_a_warning(monkeypatch):
    monkeypatch.setattr(watch, "BUDGET", 0.01)
    page = PAGE + ("\n\n" + "a" * 60 + "!") * 50
    article = clean_page(page, config=Config(rules=[rule("(?:a|aa)+[^a!]"), rule("a{3}!?", "mine.fast")]))
    assert [warning for warning in article.warnings if warning.startswith("slow-rule: mine.slow took ")] != []
    assert article.text == clean_page(page).text


def test_other_rules_go_on(monkeypatch):
    monkeypatch.setattr(watch, "BUDGET", 0.01)
    rules = [rule("(?:a|aa)+[^a!]"), rule("青石镇老桥.*", "mine.fast")]
    article = clean_page("a" * 60 + "!\n\n" + PAGE, config=Config(rules=rules))
    assert "mine.fast" in {removed.rule for removed in article.removed}


@pytest.mark.parametrize(
    "options", [{"url": 7}, {"encoding": b"utf-8"}, {"config": {"favor": "recall"}}, {"kind": "pdf"}]
)
def test_a_wrong_argument_is_named(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        clean_page("page", **options)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"rules": ["mine.toml"]}, "rules are what load_rules returns"),
        ({"rules": 7}, "rules are what load_rules returns"),
        ({"max_chars": True}, "max_chars: expected int, got bool"),
        ({"deadline": float("nan")}, "deadline is more than 0"),
        ({"keep_byline": 1}, "keep_byline: expected bool, got int"),
    ],
)
def test_a_wrong_config_is_named(values, message):
    with pytest.raises(ValueError, match=message):
        Config(**values)
