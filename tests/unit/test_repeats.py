"""What counts as a copy, which copy stays, and what repeats rightly. All texts are invented."""

from __future__ import annotations

import pytest

from cleanpage.config import Config
from cleanpage.draft import BlockFinding, Draft, Source
from cleanpage.labels import Label
from cleanpage.load.text import load_text
from cleanpage.repeats.stage import find_repeats, repeats

ZH = [
    "青石镇图书馆上周六重新开放，当天共有两千多位居民前来参观，其中一半以上是带着孩子的家长。",
    "馆长何念慈介绍，旧楼的屋顶在前年的大雨中受损，修缮花费了十四个月，资金主要来自镇里的专项拨款。",
    "新设的儿童区里摆放着可以移动的书架，地面铺了软木，孩子们可以坐在窗边的木台上读书，也可以听志愿者讲故事。",
    "二楼的地方文献室收藏着四百余册县志和家谱，读者只需登记姓名便能查阅，部分珍本已经扫描成电子版。",
    "居民陶先生说，他小时候就在这里借书，如今带着孙子回来，最高兴的是老阅览室的长桌还保留着原来的样子。",
    "图书馆计划在秋天举办旧书交换集市，并把夜间开放时间延长到晚上九点，方便下班以后的读者。",
]
EN = [
    "The ferry between Holm Point and the island resumed service on Monday after a winter of repairs to its engine.",
    "Passengers had relied on a small replacement boat that carried twelve people and no cars for most of the season.",
    "Captain Ruth Alden said the crew spent the first crossing checking gauges that nobody had looked at in years.",
    "Shopkeepers on the island expect deliveries to return to normal within a week, although fuel remains expensive.",
    "The council has promised to publish a maintenance plan before summer so that residents can arrange their travel.",
    "A second vessel may join the route next spring if the regional transport fund approves the grant in October.",
]
CHROME = ["首页 > 新闻", "分享到:", "打印 关闭", "热门推荐"]


def removed(page: str) -> list[str]:
    """Return the source lines of the blocks that go, in order."""
    blocks = load_text(page)
    gone = [page[slice(*blocks[i].content)] for run in find_repeats(blocks) for i, _, _ in run.pairs]
    return gone


def joined(*parts: list[str]) -> str:
    return "\n".join(line for part in parts for line in part)


@pytest.mark.parametrize("body", [ZH, EN], ids=["zh", "en"])
class TestCopies:
    def test_second_copy_goes(self, body: list[str]) -> None:
        assert removed(joined(body, CHROME, body)) == body

    def test_kept_span_says_the_same(self, body: list[str]) -> None:
        page = joined(body, CHROME, body)
        blocks = load_text(page)
        (run,) = find_repeats(blocks)
        assert [page[slice(*span)] for _, _, span in run.pairs] == body
        assert all(span[1] <= len(joined(body)) for _, _, span in run.pairs)

    def test_all_copies_but_one_go(self, body: list[str]) -> None:
        assert removed(joined(body, CHROME, body, CHROME, body, CHROME, body)) == body * 3

    def test_source_offered_to_be_copied_goes(self, body: list[str]) -> None:
        source = [f"<p>{line[:12]}<b>{line[12:18]}</b>{line[18:]}" for line in body]
        for page in joined(body, CHROME, source), joined(source, CHROME, body):
            gone = removed(page)
            assert len(gone) >= len(body) / 2
            assert set(gone) <= set(source)

    def test_copy_on_one_line(self, body: list[str]) -> None:
        line = "".join(body) if body is ZH else " ".join(body)
        assert "".join(removed(joined(body, CHROME, [line]))).replace(" ", "") == "".join(body).replace(" ", "")

    def test_truncated_copy_goes_wherever_it_stands(self, body: list[str]) -> None:
        cut = [*body[:3], body[3][:40]]
        assert removed(joined(body, CHROME, cut)) == cut
        assert removed(joined(cut, CHROME, body)) == cut

    def test_chrome_inside_a_copy_stays(self, body: list[str]) -> None:
        broken = [*body[:2], "广告", *body[2:4], "热门推荐", *body[4:]]
        assert removed(joined(body, CHROME, broken)) == body

    def test_copy_without_chrome_inside_is_kept(self, body: list[str]) -> None:
        broken = [*body[:2], "广告", *body[2:4], "热门推荐", *body[4:]]
        assert removed(joined(broken, CHROME, body)) == body

    def test_paragraph_that_only_one_copy_holds_stays(self, body: list[str]) -> None:
        extra = EN[0] if body is ZH else "Nobody could say in the end who had painted the harbour wall bright yellow."
        more = [*body[:3], extra, *body[3:]]
        assert removed(joined(more, CHROME, body)) == body
        assert removed(joined(body, CHROME, more)) == body

    def test_title_goes_with_the_copy(self, body: list[str]) -> None:
        title = "青石镇图书馆重新开放" if body is ZH else "Ferry to the island is back"
        assert removed(joined([title], body, CHROME, [title], body)) == [title, *body]

    def test_line_that_stands_once_stays(self, body: list[str]) -> None:
        page = joined(["标题在这里一行"], ["2021-03-04 来源：某某日报"], body, CHROME, ["标题在这里一行"], body)
        assert "2021-03-04 来源：某某日报" not in removed(page)

    def test_punctuation_and_width_do_not_count(self, body: list[str]) -> None:
        other = [line.replace("，", ", ").replace("。", "．").replace(",", "，") for line in body]
        assert len(removed(joined(body, CHROME, other))) == len(body)


class TestLegitimateRepetition:
    def test_other_digits_are_another_text(self) -> None:
        def form(city: str, n: int) -> list[str]:
            return [
                f"{city}站今天共发出列车{n}列，运送旅客约{n * 131}人次，比昨天增加{n % 7}个百分点，秩序良好。",
                f"车站在{n % 24}时开放第{n % 9}候车室，安排{n + 3}名志愿者为旅客引路，并提供热水和常用药品。",
                f"预计明天还将加开{n % 11}列，乘客可以拨打电话{n * 7919}咨询余票，也可以到窗口办理改签。",
            ]

        assert removed(joined(form("东山", 128), CHROME, form("东山", 245))) == []

    def test_refrain(self) -> None:
        refrain = ["the river knows my name and carries it down", "past the mill and the bridge to the sleeping town"]
        verses = [[f"{line[:45]} {part}" for line in EN[2 * part : 2 * part + 2]] for part in range(3)]
        assert removed(joined(verses[0], refrain, verses[1], refrain, verses[2], refrain)) == []

    def test_clause_of_a_contract(self) -> None:
        clause = "乙方逾期未履行本条义务的，甲方有权书面通知乙方限期改正，乙方拒不改正的，甲方可以解除合同并要求赔偿。"
        page = joined(*([f"第{n}条", text, clause] for n, text in zip("一二三四五六", ZH, strict=True)))
        assert removed(page) == []

    def test_answer_of_a_faq(self) -> None:
        answer = "请登录个人中心，在设置页面里选择对应的选项，按照提示提交申请，客服会在两个工作日之内处理并通知您。"
        questions = ["问：怎样修改地址？", "问：怎样申请退款？", "问：怎样开具发票？", "问：怎样注销账户？"]
        assert removed(joined(*([question, answer] for question in questions))) == []

    @pytest.mark.parametrize("mark", ["> {}", "引用: {}"])
    def test_quoted_posts(self, mark: str) -> None:
        quote = mark.format(EN[0] + " " + EN[1])
        posts = [[f"user{i} 2021-03-0{i + 1}", quote, EN[i + 1]] for i in range(1, 4)]
        assert removed(joined(["user0"], [EN[0] + " " + EN[1]], *posts)) == []

    def test_pull_quote(self) -> None:
        assert removed(joined(ZH[:3], [ZH[1][-24:]], ZH[3:])) == []

    def test_headline_list(self) -> None:
        heads = [line[:20] for line in ZH]
        assert removed(joined(heads, ZH, heads)) == []

    def test_page_without_repetition(self) -> None:
        assert removed(joined(ZH, CHROME, EN)) == []
        assert removed("") == []


class TestStage:
    def draft(self, page: str) -> Draft:
        return Draft(Source(page), load_text(page), Config())

    def test_findings_name_rule_and_kept_span(self) -> None:
        page = joined(ZH, CHROME, ZH)
        draft = repeats(self.draft(page))
        findings = draft.findings
        assert [draft.blocks[f.block].text for f in findings] == ZH
        assert {(f.label, f.rule, f.score) for f in findings} == {("duplicate", "repeats", 1.0)}
        assert all(f.reason and f.duplicate_of is not None for f in findings)
        assert [page[slice(*f.duplicate_of)] for f in findings if f.duplicate_of] == ZH

    def test_what_a_copy_that_goes_holds_alone_is_a_hint_for_the_body(self) -> None:
        page = joined(ZH, CHROME, [*ZH[:2], EN[0], *ZH[3:5]])
        draft = repeats(self.draft(page))
        alone = [f for f in draft.findings if f.label == Label.BODY]
        assert [draft.blocks[f.block].text for f in alone] == [EN[0]]
        assert all(0.0 < f.score < 1.0 for f in alone)

    def test_chrome_is_not_compared(self) -> None:
        draft = self.draft(joined(ZH, CHROME, ZH))
        last = range(len(draft.blocks))[-6:]
        draft = draft.with_findings(BlockFinding(i, Label.COPYRIGHT, "some.rule", "says so") for i in last)
        assert [f for f in repeats(draft).findings if f.rule == "repeats"] == []

    @pytest.mark.parametrize("mark", ["", "摘要：", "核心提示："])
    def test_lead_above_itself_is_a_summary(self, mark: str) -> None:
        page = joined(["青石镇图书馆重新开放", mark + ZH[0], "2021-03-04 10:20"], ZH)
        draft = repeats(self.draft(page))
        (finding,) = draft.findings
        assert (finding.label, draft.blocks[finding.block].text) == ("summary", mark + ZH[0])
        assert finding.duplicate_of is not None
        assert page[slice(*finding.duplicate_of)] == ZH[0]

    def test_lead_cut_off_is_a_summary(self) -> None:
        page = joined(["Ferry is back", EN[0][:90] + "…", "By Ann Holt"], EN)
        assert [f.label for f in repeats(self.draft(page)).findings] == ["summary"]

    def test_no_summary_without_repetition(self) -> None:
        page = joined(["标题"], ["摘要：" + ZH[5]], ["2021-03-04"], ZH[:5])
        assert repeats(self.draft(page)).findings == ()
