"""The chrome stage: where a rule may stand, runs under headings, and what stays a hint."""

from dataclasses import replace

from cleanpage import Config, Rule
from cleanpage.chrome.stage import HINT_SCORE, MOST_DECISIVE, chrome
from cleanpage.draft import Draft, Source
from cleanpage.load.text import load_text

PROSE = [
    "老街的桂花节上周六开幕，第一天来了三千多名游客，比去年多了一倍。",
    "商户们说，今年的天气比往年凉爽，花期也因此推迟了整整一个星期。",
    "组委会表示，活动将持续到十月底，周末还会增加两班夜间的公交车。",
]


def rule(**more):
    fields = {
        "id": "test.rule",
        "label": "share",
        "why": "a test",
        "examples": ["摇一摇"],
        "counter_examples": ["摇一摇红包"],
        "pattern": "摇一摇",
    }
    return Rule(**{**fields, **more})


def labels(lines, *rules):
    raw = "\n\n".join(lines)
    draft = chrome(Draft(Source(raw), load_text(raw), Config(rules=rules)))
    return [{f.label: f.score for f in row if f.rule.startswith("test.")} for row in draft.findings_by_block()]


def test_whole_line_matches_and_a_sentence_that_holds_the_word_does_not():
    assert labels([*PROSE, "摇一摇", "游客摇一摇手机就能参加抽奖活动。"], rule()) == [{}, {}, {}, {"share": 1.0}, {}]


def test_head_rule_fires_before_the_prose_only():
    found = labels(["摇一摇", *PROSE, "摇一摇"], rule(where="head"))
    assert found[0] == {"share": 1.0}
    assert found[-1] == {}


def test_tail_rule_fires_after_the_prose_only():
    found = labels(["摇一摇", *PROSE, "摇一摇"], rule(where="tail"))
    assert found[0] == {}
    assert found[-1] == {"share": 1.0}


def test_paragraph_end_rule_needs_a_glued_block():
    tail = rule(where="paragraph_end", pattern=r"\(摇一摇\)", examples=["(摇一摇)"], counter_examples=["摇一摇"])
    found = labels(["(摇一摇)", *PROSE[:2], PROSE[2] + "(摇一摇)"], tail)
    assert found == [{}, {}, {}, {}, {"share": 1.0}]


def test_paragraph_start_rule_needs_a_glued_block_behind_it():
    lines = ["来源:河湾日报", f"2024-05-06 来源:河湾日报 {PROSE[1]}"]
    assert labels(lines, rule(where="paragraph_start", pattern=".*来源:河湾日报")) == [{}, {"share": 1.0}, {}]


def test_so_many_decisive_rules_name_a_block():
    rules = [*(rule(id=f"test.hint{i}", weight="hint") for i in range(20)), *(rule(id=f"test.r{i}") for i in range(20))]
    raw = "\n\n".join([*PROSE, "摇一摇"])
    found = chrome(Draft(Source(raw), load_text(raw), Config(rules=tuple(rules)))).findings
    assert [f.rule for f in found] == [r.id for r in rules[: 20 + MOST_DECISIVE]]


def test_hint_scores_below_one():
    assert labels([*PROSE, "摇一摇"], rule(weight="hint"))[-1] == {"share": HINT_SCORE}


def test_keyword_prefilter_finds_what_the_pattern_alone_finds():
    lines = [*PROSE, "摇一摇", "走一走", "摇一摇"]
    assert labels(lines, rule(keywords=["摇一摇"])) == labels(lines, rule())


def test_word_rule_matches_lines_of_its_words_and_separators_only():
    bar = rule(
        pattern="", words=["摇一摇", "碰一碰", "Beep"], examples=["摇一摇 | 碰一碰"], counter_examples=["摇一摇手机"]
    )
    lines = [*PROSE, "摇一摇 | 碰一碰(12)", "【摇一摇】", "ＢＥＥＰ / 摇一摇", "摇一摇手机"]
    assert labels(lines, bar)[3:] == [{"share": 1.0}, {"share": 1.0}, {"share": 1.0}, {}]


def test_heading_takes_the_items_under_it_up_to_the_next_prose():
    head = rule(label="related", opens_run=True)
    lines = [*PROSE, "摇一摇", "桂花糕怎么做", "去老街坐几路车", PROSE[0] + "再来一次。", "桂花酒"]
    assert [list(found) for found in labels(lines, head)[3:]] == [["related"], ["related"], ["related"], [], []]


def test_a_list_ends_above_the_sub_heading_of_a_sentence_among_its_items():
    opener = rule(label="related", opens_run=True)
    lines = [*PROSE, "摇一摇", "河堤夜市延长到十点", "花从哪里来"]
    assert labels([*lines, "苗圃在山后。", "票价"], opener)[4:] == [{"related": 1.0}, {}, {}, {}]
    assert labels([*lines, "票价：", "成人5元"], opener)[4:] == [{"related": 1.0}, {}, {}, {}]
    assert labels([*lines, "— 谁来浇水", "票价"], opener)[4:] == [{"related": 1.0}, {}, {}, {}]
    assert labels([*lines, "苗圃在山后！", "票价"], opener)[4:] == [{"related": 1.0}] * 4
    more = [*lines[:5], "老街几点关门", lines[5], "苗圃在山后。"]
    assert labels(more, opener)[4:] == [{"related": 1.0}] * 2 + [{}] * 2


def test_a_list_in_the_head_of_a_text_ends_at_its_headline():
    lines = ["桂花节上周六开幕游客比去年多_老街网", "摇一摇", "河堤夜市", "桂花节上周六开幕游客比去年多", "本报讯"]
    assert labels([*lines, *PROSE], rule(label="related", opens_run=True))[2:5] == [{"related": 1.0}, {}, {}]
    lines[3] = "桂花节下周六闭幕游客比去年少"
    assert labels([*lines, *PROSE], rule(label="related", opens_run=True))[2:5] == [{"related": 1.0}] * 3


def test_little_prose_does_not_tell_the_language_alone():
    def language(*lines):
        draft = Draft(Source("\n\n".join(lines)), (), Config())
        return chrome(replace(draft, blocks=load_text(draft.source.text))).language

    menu = ["Ricette della nonna", "Menù della settimana", "Scuola di cucina", "Video e foto", "Chi siamo"]
    prose = "Soffriggere il porro a fuoco basso con due foglie, poi unire le castagne, coprire e aspettare."
    assert language(*menu, prose) == "it"
    assert language("Read more about the town", "News of the day", *[prose] * 3) == "it"


def test_items_inside_the_body_stay_a_hint():
    head = rule(label="related", opens_run=True)
    found = labels([*PROSE, "摇一摇", "桂花糕怎么做", "夜市几点开门", *PROSE[1:], *PROSE], head)
    assert found[4:6] == [{"related": HINT_SCORE}] * 2


def test_one_link_inside_the_body_is_decided_and_so_is_a_list_that_another_ends():
    head = rule(label="related", opens_run=True)
    link = "桂花糕怎么做"
    assert labels([*PROSE, "摇一摇", link, *PROSE[1:], *PROSE], head)[4:6] == [{"related": 1.0}, {}]
    found = labels([*PROSE, "摇一摇", link, "夜市几点开门", "摇一摇", link, *PROSE[1:], *PROSE], head)
    assert found[4:6] == [{"related": 1.0}] * 2


def test_position_alone_makes_no_chrome_in_a_cleaned_text():
    raw = "\n".join([*PROSE, "摇一摇"])
    draft = chrome(Draft(Source(raw), load_text(raw), Config(rules=[rule(where="tail")])))
    assert all(finding.score <= HINT_SCORE for finding in draft.findings)


def test_longer_lines_than_max_units_are_left_alone():
    long = rule(pattern="摇一摇.*", examples=["摇一摇"], counter_examples=["走一走"], max_units=5)
    assert labels([*PROSE, "摇一摇吧", "摇一摇摇一摇摇一摇"], long)[3:] == [{"share": 1.0}, {}]


def test_word_with_a_digit_at_its_edge_does_not_match_without_it():
    bar = rule(pattern="", words=["A1", "频道"], examples=["频道"], counter_examples=["三维"])
    assert labels([*PROSE, "A2", "频道 12"], bar)[3:] == [{}, {"share": 1.0}]
