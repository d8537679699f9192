"""The inspector in a browser: what a reader does with it."""

import re

import pytest

from cleanpage import Config, Rule, clean_page
from cleanpage.why import why as why_of
from tests.browser.conftest import DESKTOP, HERE, NOTICE, PHONE, TABLET

LINES = "第{0}天，施工队修好了{0}座小桥，镇上的人都来帮忙，有人带来自家种的橘子分给工人。"


FOLDED = 12
"""Blocks of the notice that are folded: the lines below the article."""


def visible(tab):
    return tab.locator(".tile:visible").count()


def arcs(tab, kind=".line:not(.hot)"):
    """Return how many lines are drawn, once the next picture is."""
    tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return len(re.findall("M", tab.locator(f"#arcs {kind}").get_attribute("d") or ""))


def why(tab):
    return tab.locator("#why").inner_text()


def test_it_shows_page_article_and_fields(show):
    article = clean_page(NOTICE)
    tab = show(article)
    tab.locator("#unfold").click()
    assert visible(tab) == len(article.blocks)
    assert tab.locator(".paragraph").count() == len(article.paragraphs)
    assert tab.locator("h1").inner_text() == article.title
    assert "河湾日报" in tab.locator(".field", has_text="source").first.inner_text()


def test_a_filter_leaves_its_blocks(show):
    tab = show(NOTICE)
    licence = tab.locator(".chip[data-label=licence]")
    licence.click()
    assert licence.get_attribute("aria-pressed") == "true"
    assert visible(tab) == int(licence.locator("b").inner_text()) == 5
    assert tab.locator("#count").inner_text() == "5 of 34 blocks"
    tab.locator(".chip[data-label=share]").click()
    assert visible(tab) == 6
    tab.locator("#clear").click()
    assert visible(tab) + FOLDED == 34
    assert licence.get_attribute("aria-pressed") == "false"


def test_hover_says_why(show):
    tab = show(NOTICE)
    tab.locator(".tile", has_text="发布时间").hover()
    assert "metadata, publish" in why(tab)
    assert "publish.labelled" in why(tab)
    assert "A label of publication with a date" in why(tab)


def test_the_keyboard_walks_through_blocks(show):
    tab = show(NOTICE)
    tab.locator("#page").focus()
    for _ in range(5):
        tab.keyboard.press("ArrowDown")
    assert tab.locator("#page").get_attribute("aria-activedescendant") == "b4"
    assert "publish.labelled" in why(tab)
    tab.keyboard.press("ArrowUp")
    assert tab.locator("[aria-selected=true]").get_attribute("id") == "b3"
    for _ in range(4):
        tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")  # to the copy of the first paragraph, far below
    copy = tab.locator("[aria-selected=true]")
    assert "duplicate" in copy.get_attribute("class")
    assert "Kept instead: block 8" in why(tab)
    box, pane = copy.bounding_box(), tab.locator("#page").bounding_box()
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"]
    tab.keyboard.press("Enter")
    assert tab.locator("[aria-selected=true]").get_attribute("id") == "b7"
    tab.keyboard.press("Escape")
    assert tab.locator("[aria-selected=true]").count() == 0


def test_the_keyboard_skips_what_is_filtered_out(show):
    tab = show(NOTICE)
    tab.locator(".chip[data-label=licence]").focus()
    tab.keyboard.press("Enter")
    tab.locator("#page").focus()
    for _ in range(8):
        tab.keyboard.press("ArrowDown")
    assert "晋公网安备" in tab.locator("[aria-selected=true]").inner_text()


def test_everything_can_be_reached_by_tab(show):
    tab = show(NOTICE)
    reached = []
    while reached.count("skip") < 2:  # once around
        tab.keyboard.press("Tab")
        reached.append(tab.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"chip", "page", "article", "from", "fields", "name", "source"} <= set(reached)
    assert reached.count("page") == 1  # not a stop for each block


def test_focus_can_be_seen(show):
    tab = show(NOTICE)
    tab.keyboard.press("Tab")
    for _ in range(8):
        tab.keyboard.press("Tab")
        style = tab.evaluate("(s => s.outlineStyle + s.outlineWidth)(getComputedStyle(document.activeElement))")
        radio = tab.evaluate("document.activeElement.type === 'radio'")  # its label shows it
        assert radio or style == "solid2px"


def test_lines_join_duplicates_to_what_was_kept(show):
    tab = show(NOTICE)
    assert arcs(tab) == 3
    assert tab.locator("#arcs .head:not(.hot)").get_attribute("d").count("z") == 3
    tab.locator(".tile.duplicate", has_text="会议听取了").click()
    assert (arcs(tab), arcs(tab, ".line.hot")) == (2, 1)
    kept = tab.locator(".tile.lit")
    assert [kept.nth(i).get_attribute("id") for i in range(kept.count())] == ["b9"]
    assert "会议听取了" in tab.locator(".paragraph.lit").inner_text()


def test_a_paragraph_leads_to_its_block(show):
    tab = show(NOTICE)
    tab.locator(".paragraph").nth(2).click()
    assert "何永宁要求" in tab.locator("[aria-selected=true]").inner_text()
    tab.locator(".paragraph .from").first.press("Enter")
    assert tab.locator("[aria-selected=true]").get_attribute("id") == "b7"


def test_a_field_shows_where_it_comes_from(show):
    tab = show(NOTICE)
    tab.locator(".name[data-field=source]").click()
    assert tab.locator(".tile.lit").count() == 1
    assert "来源: 河湾日报" in tab.locator(".tile.lit").inner_text()
    marked = "[...CSS.highlights.get('value')].map(r => r.startContainer.data.slice(r.startOffset, r.endOffset))"
    assert tab.evaluate(marked) == ["河湾日报"]
    licences = tab.locator(".name[data-field=licences]")
    licences.click()
    assert tab.locator(".tile.lit").count() == 5
    box, pane = tab.locator(".tile.lit").first.bounding_box(), tab.locator("#page").bounding_box()
    assert pane["y"] < box["y"] < pane["y"] + pane["height"]
    licences.click()
    assert tab.locator(".tile.lit").count() == 0


def test_evidence_that_is_filtered_out_comes_back(show):
    tab = show(NOTICE)
    tab.locator(".chip[data-label=share]").click()
    tab.locator(".name[data-field=title]").click()
    assert tab.locator(".tile.lit").first.is_visible()


def test_changes_are_marked(show):
    rule = Rule("mine.pumps", "ad", "a test", ("北岸泵站",), ("青石镇",), pattern=".*泵站.*机组投入.*")
    before, after = clean_page(NOTICE), clean_page(NOTICE, config=Config(rules=(rule,)))
    tab = show(after, before=before)
    tab.locator(".chip[data-changed]").click()
    assert visible(tab) == 1
    assert tab.locator(".tile:visible .tag").inner_text() == "related → ad"


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_is_accessible(show, viewport, colours):
    """axe-core: roles, names, contrast of at least 4.5, at rest and with a block and a filter chosen."""
    from axe_playwright_python.sync_playwright import Axe

    tab = show(clean_page(NOTICE, url="https://news.hewan.example/7.html"), viewport, colours)
    at_rest = Axe().run(tab)
    assert at_rest.violations_count == 0, at_rest.generate_report()
    tab.locator(".tile.duplicate").first.click()
    tab.locator(".chip[data-label=duplicate]").click()
    chosen = Axe().run(tab)
    assert chosen.violations_count == 0, chosen.generate_report()


def test_colours_follow_the_system_and_can_be_chosen(show):
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = show(NOTICE).evaluate(ground), (tab := show(NOTICE, colours="dark")).evaluate(ground)
    assert light != dark
    tab.locator(".theme label", has_text="light").click()
    assert tab.evaluate(ground) == light
    tab.reload()
    assert tab.evaluate(ground) == light
    tab.locator(".theme label", has_text="auto").click()
    assert tab.evaluate(ground) == dark


def test_a_phone_shows_one_part_at_a_time(show):
    tab = show(NOTICE, PHONE)
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert [tab.locator(part).is_visible() for part in ("#page", "#article", "#fields")] == [True, False, False]
    tab.locator("#tabs button", has_text="Article").click()
    assert [tab.locator(part).is_visible() for part in ("#page", "#article", "#fields")] == [False, True, False]
    assert tab.locator(".paragraph").first.bounding_box()["width"] > 280
    tab.locator("#tabs button", has_text="Fields").click()
    tab.locator(".name[data-field=source]").click()
    assert tab.locator("#page").is_visible()
    assert tab.locator(".tile.lit").is_visible()
    assert "metadata, publish" in why(tab)


def test_chinese_is_set_as_chinese(show):
    tab = show(NOTICE)
    style = "(s => [s.textAlign, s.textIndent, s.lineBreak])(getComputedStyle(document.querySelector('.paragraph')))"
    assert tab.evaluate(style) == ["justify", "34px", "strict"]
    assert tab.locator("article").get_attribute("lang") == "zh-Hans"


def test_ten_thousand_lines_are_laid_out_where_they_are_seen(show):
    """What is out of sight costs nothing, and no block has a listener of its own."""
    lines = [LINES.format(i) for i in range(5_000)]
    page = "\n\n".join(["青石镇老桥重新通车", *lines, "青石镇老桥重新通车", *lines])
    article = clean_page(page, config=Config(max_blocks=None))
    assert len(article.blocks) >= 10_000
    tab = show(article)
    laid_out = "[...document.querySelectorAll('.tile')].filter(t => t.checkVisibility({contentVisibilityAuto: true}))"
    assert tab.evaluate(f"{laid_out}.length") < 500
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable")
    metrics = session.send("Performance.getMetrics")["metrics"]
    assert next(one["value"] for one in metrics if one["name"] == "JSEventListeners") < 60
    tab.locator("#page").focus()
    tab.keyboard.press("End")
    last = tab.locator("[aria-selected=true]")
    assert last.get_attribute("id") == f"b{len(article.blocks) - 1}"
    assert last.is_visible()
    assert 0 < arcs(tab) + arcs(tab, ".line.hot") < 60
    tab.locator(".chip[data-label=title]").click()
    assert tab.locator("#count").inner_text() == f"2 of {len(article.blocks)} blocks"
    assert tab.evaluate("document.querySelector('#page').scrollHeight") < 2 * DESKTOP["height"]


MARKET = (HERE.parents[1] / "examples" / "pages" / "market.html").read_text(encoding="utf-8")
MENU = "".join(f"<li><a href='/{i}'>Section {i}</a></li>" for i in range(40))
LONG = MARKET.replace("<body>", f"<body><ul>{MENU}</ul>") if "<body>" in MARKET else f"<ul>{MENU}</ul>{MARKET}"


def explained(show, page, **options):
    """Open the report with the probabilities of the blocks."""
    article = clean_page(page)
    return show(article, why=why_of(page, None, article=article), **options)


def test_the_verdict_comes_first_in_words_and_colour(show):
    article = clean_page(MARKET)
    shown = show(article).locator(".tone")
    assert shown.inner_text().startswith(f"Article · {article.confidence:.2f} · ")
    wall = show("<title>Log in</title><p>Please log in to continue.</p>").locator(".verdict")
    assert "No article" in wall.inner_text()
    assert "bad" in wall.get_attribute("class")


def test_the_article_is_set_as_html(show):
    tab = show(clean_page(MARKET, url="https://courier.example/market"))
    article = tab.locator("#article")
    assert article.locator("ul > li").count() == 2
    assert article.locator("h4, h5, h6").inner_text().endswith("What changes for visitors")
    link = article.locator("a.out")
    assert link.get_attribute("href").startswith("https://courier.example/")
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_pictures_code_and_tables_are_set_and_nothing_is_fetched(show):
    rows = "".join(f"<tr><td>Line {i}</td><td>{i}0 minutes</td></tr>" for i in range(1, 4))
    text = "<p>The old mill by the river opens on Monday, after two years of repairs.</p>" * 3
    page = f"""<h1>Mill</h1>{text}<img src="https://a.example/mill.jpg" alt="The mill">{text}<table>{rows}</table>
        <pre><code class="language-python">open("mill")</code></pre>{text}"""
    tab = show(clean_page(page, kind="html"))
    assert "https://a.example/mill.jpg" in tab.locator("figure.picture").inner_text()
    assert tab.locator("#article td").nth(1).inner_text() == "10 minutes"
    assert tab.locator("#article pre code").inner_text() == 'open("mill")'


def test_search_walks_through_what_holds_the_words(show):
    tab = show(LONG)
    tab.keyboard.press("/")
    tab.keyboard.type("TIMBER")
    assert "blocks" in tab.locator("#hits").inner_text()
    tab.keyboard.press("Enter")
    assert "timber" in tab.locator("[aria-selected=true]").inner_text()
    tab.keyboard.press("Enter")
    assert tab.locator("#hits").inner_text().startswith("2 of ")
    tab.locator("#search").fill("Section 17")  # in a fold
    tab.keyboard.press("Enter")
    assert tab.locator("[aria-selected=true]").inner_text().endswith("Section 17")
    tab.locator("#search").fill("penguins")
    assert tab.locator("#hits").inner_text() == "not on the page"


def test_long_runs_fold_and_keys_work_at_once(show):
    tab = show(LONG)
    fold = tab.locator(".fold")
    assert fold.count() == 1 and fold.inner_text().startswith("41 blocks")
    tab.keyboard.press("ArrowDown")
    while "fold" not in tab.locator("[aria-selected=true]").get_attribute("class"):
        tab.keyboard.press("ArrowDown")
    assert "None of them is in the article" in why(tab)
    tab.keyboard.press("ArrowDown")
    assert tab.locator(".tile[aria-selected=true]").count() == 1  # over the fold
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Enter")
    assert tab.locator(".fold").count() == 0
    assert tab.locator("[aria-selected=true]").inner_text().endswith("Section 0")
    tab.locator("#unfold").click(), tab.locator("#unfold").click()
    assert tab.locator(".fold").is_visible()
    tab.keyboard.press("b")
    assert "The Saturday market will leave" in tab.locator("[aria-selected=true]").inner_text()


def test_probabilities_near_misses_and_what_would_have_kept_a_block(show):
    tab = explained(show, MARKET)
    heading = tab.locator(".tile", has_text="What changes for visitors")
    assert re.fullmatch(r"0\.\d\d", heading.locator(".heat").inner_text())
    heading.click()
    assert "below the page's threshold" in why(tab)
    assert "What moved it" in why(tab)
    tab.locator(".chip[data-near]").click()
    near = int(tab.locator(".chip[data-near] b").inner_text())
    assert visible(tab) == near > 0
    tab.locator(".tile:visible").first.click()
    assert "Favor " in why(tab)


def test_it_prints_all_of_it(show):
    tab = explained(show, LONG)
    tab.emulate_media(media="print")
    assert not tab.locator("#filters").is_visible()
    assert tab.locator(".tone").is_visible()
    pane, page = tab.locator("#article"), tab.locator("#page")
    assert pane.evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    assert pane.bounding_box()["y"] < page.bounding_box()["y"]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, TABLET, PHONE], ids=["desktop", "tablet", "phone"])
def test_probabilities_are_accessible(show, viewport, colours):
    from axe_playwright_python.sync_playwright import Axe

    tab = explained(show, LONG, viewport=viewport, colours=colours)
    assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    tab.locator(".tile.body").first.click()
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()


def test_a_tablet_shows_page_and_article_together(show):
    tab = show(NOTICE, TABLET)
    assert [tab.locator(part).is_visible() for part in ("#page", "#article", "#fields")] == [True, True, False]
    tab.locator("#tabs button", has_text="Fields").click()
    assert [tab.locator(part).is_visible() for part in ("#page", "#article", "#fields")] == [False, False, True]
