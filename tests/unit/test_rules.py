"""The shipped rules keep their own promises, and the loader refuses rules that make none."""

import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from cleanpage import CleanpageError, Config
from cleanpage.rules import Rule, check_examples, compiled, load_rules, parse_rules, shipped_rules
from cleanpage.rules.unrolled import calls_itself, unrolled
from cleanpage.text import fold, normalise

RULES = shipped_rules()
LICENCES = [rule for rule in RULES if rule.label == "licence"]

USER_RULES = """
[[rule]]
id = "mine.hotline"
label = "contact"
why = "Our own hotline stands on every page."
languages = ["zh"]
keywords = ["清河热线"]
pattern = '清河热线 ?[:] ?\\d+'
examples = ["清河熱線：12345"]
counter_examples = ["清河热线开通十年", "热线：12345"]

[[rule]]
id = "mine.bar"
label = "tools"
why = "Our own tool bar."
words = ["大声读", "小声读"]
examples = ["【大声读】【小声读】", "小声读 3"]
counter_examples = ["他大声读书"]
"""


def entry(**changes: Any) -> dict[str, Any]:
    """Return a good rule as TOML gives it, with ``changes``; a change to None takes the key away."""
    good = {
        "id": "a.b",
        "label": "tools",
        "why": "because",
        "pattern": "打印",
        "examples": ["打印"],
        "counter_examples": ["打印机"],
    }
    return {key: value for key, value in {**good, **changes}.items() if value is not None}


def parse(**changes: Any) -> Rule:
    return parse_rules({"rule": [entry(**changes)]}, "test")[0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_shipped_rule_matches_its_examples_and_not_its_counter_examples(rule: Rule) -> None:
    assert rule.counter_examples
    assert check_examples(rule) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_shipped_rule_matches_no_blank_or_bare_mark(rule: Rule) -> None:
    assert [line for line in ("", " ", "。", "…", "1", "- - -", "***", "[1]") if rule.matches(line)] == []


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(rule.id for rule in RULES).items() if count > 1] == []


@pytest.mark.parametrize("rule", LICENCES, ids=lambda rule: rule.id)
def test_licence_rule_has_a_kind_and_captures_a_number(rule: Rule) -> None:
    assert rule.kind
    for line in rule.examples:
        found = compiled(rule).search(fold(normalise(line)))
        assert found is not None and found["number"], line


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("本站由清河网版权所有  晋ICP备06001850号", "icp_filing", "晋icp备06001850号"),
        ("增值电信业务经营许可证:晋B2-20060016", "telecom_value_added", "晋b2-20060016"),
        ("广告经营许可注册:1401001304387", "advertising", "1401001304387"),
        ("信息网络传播视听节目许可证:0407189", "audio_visual_programme", "0407189"),
        ("晋公网安备14010602060069", "police_filing", "晋公网安备14010602060069"),
        ("滬 ICP 備 13022131 號 - 1 京ICP证030173号", "icp_permit", "京icp证030173号"),
    ],
)
def test_number_is_captured_whole_and_alone(line: str, kind: str, number: str) -> None:
    found = [compiled(rule).search(fold(normalise(line))) for rule in LICENCES if rule.kind == kind]
    assert [match["number"] for match in found if match] == [number]


@pytest.mark.parametrize(
    "line",
    [
        "新华社北京5月9日电 记者从会上获悉，项目已经开工。",
        "国办发〔2018〕129号",
        "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
        "他在声明中表示，未经批准不得施工。",
        "一、总体要求",
        "二〇〇四年八月十二日",
        "附件：1.名单",
        "AAA调降至AA+",
        "问：为什么要登录网站？",
    ],
)
def test_no_rule_takes_body_lines(line: str) -> None:
    assert [rule.id for rule in RULES if rule.weight == "decisive" and rule.matches(line)] == []


def test_user_rules_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(USER_RULES, encoding="utf-8")
    hotline, bar = load_rules(path)
    assert (hotline.id, hotline.label, hotline.languages) == ("mine.hotline", "contact", ("zh",))
    assert hotline.matches("清河热线 : 555") and not hotline.matches("清河热线")
    assert bar.matches("大声读 | 小声读") and not bar.matches("大声读吧")


@pytest.mark.parametrize(
    ("old", "new"),
    [("清河熱線：12345", "热线：12345"), ('"热线：12345"]', '"清河热线：1"]')],
    ids=["example", "counter-example"],
)
def test_user_rule_that_breaks_its_promise_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(USER_RULES.replace(old, new), encoding="utf-8")
    with pytest.raises(CleanpageError, match=r"mine\.hotline"):
        load_rules(path)


@pytest.mark.parametrize("content", [b"[[rule]\n", b"\xff\xfe", None], ids=["not TOML", "not UTF-8", "no file"])
def test_unreadable_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CleanpageError, match="cannot be read"):
        load_rules(path)


@pytest.mark.parametrize("key", ["label", "why", "examples"])
def test_rule_without_a_needed_key_is_refused(key: str) -> None:
    with pytest.raises(CleanpageError, match=f"lacks {key}"):
        parse(**{key: None})


def test_a_rule_without_id_is_named_by_its_file_and_its_place() -> None:
    rules = parse_rules({"rule": [entry(), entry(id=None)]}, "site/mine.toml")
    assert [rule.id for rule in rules] == ["a.b", "mine.2"]


def test_a_rule_of_a_user_needs_no_counter_examples() -> None:
    assert parse(counter_examples=None).matches("打印")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"examples": []}, "at least one example"),
        ({"pattern": "(打印"}, "does not compile"),
        ({"pattern": "(?:打印)*"}, "matches the empty line"),
        ({"pattern": None}, "either pattern or words"),
        ({"words": ["打印"]}, "either pattern or words"),
        ({"where": "middle"}, "where must be one of"),
        ({"weight": "strong"}, "weight must be one of"),
        ({"match": "fuzzy"}, "match must be one of"),
        ({"keywords": ["Close"]}, "keywords must be folded"),
        ({"why": ""}, "must not be empty"),
        ({"opens_run": {}}, "opens_run must be true or false"),
        ({"colour": "red"}, "has no key 'colour'"),
    ],
)
def test_wrong_rule_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(CleanpageError, match=message):
        parse(**changes)


@pytest.mark.parametrize("pattern", ["(打印", "(?:打印)*"])
def test_config_refuses_a_pattern_that_is_none(pattern: str) -> None:
    rule = Rule(**entry(pattern=pattern))
    with pytest.raises(CleanpageError, match=f"rule '{rule.id}': pattern "):
        Config(rules=(rule,))


def test_word_rule_matches_words_digits_and_separators_only() -> None:
    rule = parse(pattern=None, words=["打印", "关闭"])
    assert rule.matches("【打印】 | 關閉（3）")
    assert not rule.matches("打印 关闭 文件")


def test_long_lines_are_not_tried() -> None:
    rule = parse(match="search", max_units=10)
    assert rule.matches("请打印") and not rule.matches("请打印" + "字" * 10)


@pytest.mark.parametrize("line", ["您的訪問請求被攔截", "您的访问请求被拦截"])
@pytest.mark.parametrize("form", ["您的訪問請求被攔截", "您的访问请求被拦截"])
def test_a_pattern_in_either_chinese_script_matches_both(form, line):
    rule = Rule("mine.wall", "wall", "why", (line,), ("网站",), pattern=form, keywords=(form[2:4],))
    assert rule.matches(line)
    assert not rule.matches("您的請求")


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("abc", 3),
        (r"a\{9}[{9}\]]", 5),
        ("a{3}", 3),
        ("(?:ab){3}", 12),
        ("(?:(?:a{9}){9}){9}", 9 * (9 * 11 + 2)),
        ("a{2}{2}", 4),
        ("(?:a{2,900})+", 5),
    ],
)
def test_a_pattern_is_as_large_as_it_is_written_out(pattern, parts):
    assert unrolled(pattern) == parts


@pytest.mark.parametrize(
    "pattern", ["(?:a{1000}){1000}", "a{999999}", "(?:" * 500 + "a" + "{99}){99}" * 250, "((a{99}){99}){99}"]
)
def test_a_pattern_that_would_take_too_much_memory_is_refused(pattern):
    with pytest.raises(CleanpageError, match="more than 100000 parts"):
        compiled(replace(RULES[0], pattern=pattern, words=()))


@pytest.mark.parametrize(
    "pattern", ["(?R)", "a(?0)", "(?P<a>b(?&a))", "(?P<a>b(?P>a))", "(a|(?1)b)+", "(a|(?-1)b)", r"\\\\(?R)"]
)
def test_a_pattern_that_calls_itself_is_refused(pattern):
    with pytest.raises(CleanpageError, match="calls itself"):
        compiled(replace(RULES[0], pattern=pattern, words=()))


@pytest.mark.parametrize("pattern", [r"\\(?R\)?", "(?:R)", "(?i:1)", "(?P<a>b)(?P=a)", "(a)(?(1)b|c)"])
def test_a_pattern_that_does_not_call_itself_is_none_of_these(pattern):
    assert not calls_itself(pattern)


@pytest.mark.parametrize(
    "pattern", ["[" * 200_000, "(" * 200_000, "{9}" * 60_000, "\\" * 200_001, "[a" * 90_000 + "\\"]
)
def test_its_size_is_found_in_linear_time(pattern):
    began = process_time()
    unrolled(pattern)
    assert process_time() - began < 2


def test_our_own_patterns_are_small():
    assert max(unrolled(rule.pattern) for rule in RULES) < 10_000


def test_patterns_that_are_too_large_together_are_refused():
    table = '[[rule]]\nlabel = "tools"\nwhy = "w"\npattern = "(?:a{{300}}){{300}}b{}"\nexamples = ["a"]\n'
    with pytest.raises(CleanpageError, match=r"mine: rule 'mine.12': .* more than 1000000 parts"):
        parse_rules(tomllib.loads("".join(map(table.format, range(20)))), "mine")
