"""script_lines: the machinery of a page goes, prose and the code of an article stay."""

import pytest

from cleanpage import clean_page
from cleanpage.chrome.script_lines import script_lines
from cleanpage.config import Config
from cleanpage.pipeline import load

PROSE = "The ferry that links the two sides of the harbour started again on Monday after four weeks of repairs."


def taken(lines, kind="text"):
    draft = script_lines(load("\n".join(lines), Config(), kind=kind))
    return {draft.blocks[finding.block].text for finding in draft.findings}


@pytest.mark.parametrize(
    "line",
    [
        "window.dataLayer = window.dataLayer || [];",
        "(function(d,s,id){var js=d.getElementById(id);}(document,'script','sdk'));",
        "var adUnit='div-gpt-ad-1';",
        "googletag.cmd.push(function() { googletag.display('div-1'); });",
        "$(function(){ $('.menu').hide(); });",
        ".btn{color:#fff;background:#000}",
        "@media (max-width: 600px) { .art { padding: 0; } }",
        ":root{--main:#fff;--dark:#000}",
        '{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry"}',
        "<!--[if lt IE 9]>",
        "<![endif]-->",
        "document.write('<scr'+'ipt src=\"/a.js\"></scr'+'ipt>');",
    ],
)
def test_machinery_is_taken(line):
    assert taken([PROSE, line, PROSE]) == {line}


def test_a_function_goes_to_its_end():
    code = ["function show() {", "var a = 1;", "if (a) {", "document.write(a);", "}", "}"]
    found = taken([PROSE, *code, PROSE])
    assert {line for text in found for line in text.split("\n")} == set(code)


@pytest.mark.parametrize(
    "code",
    [
        ["function greet(name) {", "  const text = 'Ahoy ' + name;", "  console.log(text);", "}", "greet('Ann');"],
        ["body {", "  margin: 0;", "  color: #333;", "}"],
    ],
)
def test_a_listing_between_paragraphs_stays(code):
    assert taken([PROSE, *code, PROSE]) == set()


def test_a_listing_outside_the_prose_goes():
    code = ["function show() {", "var a = 1;", "if (a) {", "open();", "}", "}"]
    assert taken([*code, PROSE]) == taken([PROSE, *code]) == {"\n".join(code)}


def test_a_line_behind_a_colon_stays_unless_it_is_a_tracker():
    announced = PROSE[:-1] + " and this shows it on every page:"
    assert taken([PROSE, announced, "var tide = 4;", PROSE]) == set()
    tracker = "window.dataLayer = window.dataLayer || [];"
    assert taken([PROSE, announced, tracker, PROSE]) == {tracker}


@pytest.mark.parametrize(
    "line",
    [
        "The window.location of the shop (a bay window) was its best asset.",
        "Temperature: 20 degrees; wind: weak; sea: calm;",
        "He said (and this is a quote): 'the function of the ferry is to sail'.",
        "[if you read this, call home]",
        "Opening hours: {see below}",
        "var. Smith lost to const. Jones",
        "f(x) = 2x + 1; g(x) = x",
    ],
)
def test_prose_and_formulas_stay(line):
    assert taken([PROSE, line, PROSE]) == set()


def test_article_about_programming_keeps_its_code():
    prose = "A function may be called before the line of the script that declares it, says the JavaScript manual."
    assert taken([prose, "var name = window.prompt('Who?');", prose]) == set()


def test_html_says_itself_what_is_a_script():
    assert taken([f"<p>{PROSE}</p>", "<pre>var a = window.name;</pre>"], kind="html") == set()


def test_a_page_of_scripts_alone_is_no_article():
    lines = ["var _hmt = _hmt || [];", "(function() {", "var hm = document.getElementById('hm');", "})();"]
    article = clean_page("\n".join(lines), kind="text")
    assert (article.text, article.is_article) == ("", False)
    assert {block.label for block in article.blocks} == {"script"}


@pytest.mark.parametrize(("words", "stays"), [("JavaScript and CSS", False), ("JavaScript, CSS and Python", True)])
def test_three_words_of_programming_in_the_prose_make_a_page_one_about_it(words, stays):
    about = f"The evening class at the harbour school begins with {words}, and lasts from nine to ten every week."
    code = "window.dataLayer = window.dataLayer || [];"
    assert taken([about, code, PROSE]) == (set() if stays else {code})
