"""Pages with bounds: what is read is cleaned as if it stood alone, and the rest stands in the ledger."""

import pytest

from cleanpage import Config, Rule, clean_page, limits, load, pipeline
from cleanpage.load.markdown_text import markdown_as_html
from cleanpage.load.text import load_text
from cleanpage.rules import time_budget
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


def test_a_dear_rest_is_not_begun(clock):
    """What was cheap for the first characters is tried with a bounded number more, and never more than so often."""
    done = []

    def attempt(most):
        done.append(most)
        clock[0] += most**2 / 1e6
        return clean_page("a")

    limits.in_time(60, attempt, 10**6)
    assert done[:2] == [100, 800] and len(done) <= limits.TRIES
    assert clock[0] <= 60.5


def test_scripts_and_styles_do_not_count_as_characters():
    head = "<html><head><script>" + "let x = 1;\n" * 300 + "</SCRIPT><style>p { color: red }</style><!-- a -- b -->"
    page = head + HTML.removeprefix("<html>")
    shown = limits.weight(page, html=True)
    assert len(HTML) <= shown < len(HTML) + 60
    assert limits.cut(page, shown, html=True) == (page, "")
    read, rest = limits.cut(page, 900, html=True)
    assert read + rest == page
    assert len(head) < len(read) <= len(head) + 900
    unended = "<html><script>" + "a" * 10_000
    assert len(limits.cut(unended, 100, html=True)[0]) == 800


@pytest.mark.parametrize("page", ["<script>" * 50_000, "<!--" * 100_000, "</script><svg>" * 30_000, "<!---->" * 50_000])
def test_pages_of_scripts_are_measured_exactly(page):
    least = limits.weight(page, html=True)
    assert limits.cut(page, least, html=True)[1] == ""
    assert limits.cut(page, least - 1, html=True)[1] != "" or least == 1


@pytest.mark.parametrize(
    ("page", "html"), [(PAGE, False), (PAGE.replace("\n", "\r"), False), (HTML, True), (HTML.replace("</p>", ""), True)]
)
@pytest.mark.parametrize("most", [1, 2, 7, 25])
def test_so_many_blocks_are_read(page, html, most):
    config = Config(max_blocks=most)
    article = clean_page(page, config=config)
    assert faults(page, config=config) == []
    unread = [block for block in article.blocks if block.label == "unread"]
    assert len(article.blocks) - len(unread) <= most and len(unread) == 1
    assert article.removed[-1].rule == "max_blocks"
    assert "max_blocks" in article.warnings[-1]
    if not html:
        assert article.source_text == page


@pytest.mark.parametrize("most", [1, 3, 6, 7, 20])
def test_blocks_beyond_the_bound_are_not_made(most):
    raw = "\n\n".join([f"The mill ground grain {i}.\n\ndef f{i}(x):\n    return x + {i}" for i in range(9)])
    whole, cut = load_text(raw), load_text(raw, most=most)
    assert cut[:most] == whole[:most] and "".join(raw[b.start : b.end] for b in cut) == raw
    assert len(cut) == min(len(whole), most + 1)


def test_sentences_of_one_line_are_blocks_too():
    page = "".join(LINES)
    article = clean_page(page, config=Config(max_blocks=5, max_chars=800))
    assert article.source_text == page
    assert [(block.label == "unread") for block in article.blocks] == [False] * 5 + [True, True]
    assert [removed.rule for removed in article.removed[-2:]] == ["max_blocks", "max_chars"]


def test_markdown_beyond_the_bound_is_not_made_html(monkeypatch):
    read = []
    monkeypatch.setattr(load, "markdown_as_html", lambda text: read.append(text) or markdown_as_html(text))
    page = "# The mill\n\n" + "".join(f"- [Part {i}](/{i}) of the **mill** at Bend\n" for i in range(900))
    article = clean_page(page, config=Config(max_chars=700))
    (part,) = read
    assert page.startswith(part) and 350 <= len(part) <= 700
    assert article.removed[-1].rule == "max_chars" and article.removed[-1].text == page[len(part) :].strip()
    assert faults(page, config=Config(max_chars=700)) == []


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
    monkeypatch.setattr(limits, "LEAST_CHARS", 100)
    return now


@pytest.mark.parametrize(
    ("seconds", "tries"), [(1, [100]), (324, [100]), (326, [100, 150]), (699, [100, 399]), (9000, [100, 800, 1000])]
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


@pytest.mark.parametrize("seconds", [3600, 1e308, float("inf")])
def test_a_deadline_that_is_kept_changes_nothing(monkeypatch, seconds):
    monkeypatch.setattr(limits, "LEAST_CHARS", 100)
    assert clean_page(PAGE, config=Config(deadline=seconds)) == clean_page(PAGE)


def test_a_deadline_that_is_not_kept_gives_what_max_chars_gives(monkeypatch):
    monkeypatch.setattr(limits, "LEAST_CHARS", 300)
    late, bounded = (clean_page(PAGE, config=config) for config in (Config(deadline=1e-9), Config(max_chars=300)))
    assert late.warnings[:-1] == bounded.warnings
    assert (late.text, late.removed, late.source_text) == (bounded.text, bounded.removed, PAGE)


def rule(pattern, name="mine.slow"):
    return Rule(id=name, label="ad", why="a test", pattern=pattern, examples=["aaa"], counter_examples=["bbb"])


def test_a_rule_that_hangs_is_given_up_with_a_warning(monkeypatch):
    monkeypatch.setattr(time_budget, "BUDGET", 0.01)
    page = PAGE + ("\n\n" + "a" * 60 + "!") * 50
    article = clean_page(page, config=Config(rules=[rule("(?:a|aa)+[^a!]"), rule("a{3}!?", "mine.fast")]))
    assert [warning for warning in article.warnings if warning.startswith("slow-rule: mine.slow took ")] != []
    assert article.text == clean_page(page).text


def test_other_rules_go_on(monkeypatch):
    monkeypatch.setattr(time_budget, "BUDGET", 0.01)
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
        ({"deadline": float("nan")}, "deadline: expected a number, got nan"),
        ({"keep_byline": 1}, "keep_byline: expected bool, got int"),
    ],
)
def test_a_wrong_config_is_named(values, message):
    with pytest.raises(ValueError, match=message):
        Config(**values)


@pytest.mark.parametrize("bounds", [{"max_chars": 2_000}, {"max_blocks": 7}, {"max_chars": 90_000, "max_blocks": 20}])
@pytest.mark.parametrize("page", ["ab\n" * 40_000, "The day was long.\n\n" * 6_000, "<html><div>a day" * 8_000])
def test_who_loads_a_page_alone_reads_no_more_of_it(page, bounds):
    draft = pipeline.load(page, Config(**bounds))
    article = clean_page(page, config=Config(**bounds))
    read = [block for block in article.blocks if block.label != "unread"]
    assert [(block.start, block.end) for block in draft.blocks] == [(block.start, block.end) for block in read]
    assert len(read) < len(article.blocks)
