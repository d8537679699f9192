"""Code of HTML: what a listing is, and its exact text."""

import pytest
from markdown_it import MarkdownIt

from bench.code_pages import PROGRAMS, CodePage, made
from cleanpage import Config, clean_page
from cleanpage.export.markdown import to_markdown
from cleanpage.load.bounds import MOST_CHEAP
from cleanpage.load.code_lines import code_spans
from cleanpage.load.lines import split_lines
from cleanpage.load.listing import is_listing, is_listing_in_pre
from cleanpage.pipeline import load

PROSE = (
    "Anyone who runs a small ferry knows the problem, "
    + "the list of boats changes more often than the program that reads it."
)


def markdown_listings(article):
    """Return the listings that a reader of CommonMark finds in the Markdown of an article, fenced or indented."""
    tokens = MarkdownIt("commonmark").parse(to_markdown(article))
    return [token.content for token in tokens if token.type in ("fence", "code_block")]


def listings(html):
    return [block.text for block in load(html, Config(), kind="html").blocks if block.kind == "code"]


@pytest.mark.parametrize("page", list(made()), ids=lambda page: page.name)
def test_every_markup_gives_the_code_as_it_was_written(page: CodePage):
    article = clean_page(page.html)
    assert [p.text for p in article.paragraphs if p.kind == "code"] == [*page.listings]
    for code in page.listings:
        assert f"\n{code}\n" in f"{article.text}\n"
        assert code in article.source_text
        assert f"{code}\n" in markdown_listings(article)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<pre><code>\n\n  a = b\n\tc\n\n\nd\n\n</code></pre>", "  a = b\n\tc\n\n\nd"),
        ("<pre class=code>a {<br>  b<br><br>}</pre>", "a {\n  b\n\n}"),
        ("<pre><code><div>a</div><div>  b</div><div></div><div>c</div></code></pre>", "a\n  b\n\nc"),
        ("<pre><code><div>a\n</div><div>\n</div><div>c\n</div></code></pre>", "a\n\nc"),
        ("<pre><code>a&nbsp;&nbsp;b\r\nc</code></pre>", "a  b\nc"),
        ("<pre class=highlight><button>Copy</button>a = 1</pre>", "a = 1"),
        ("<pre><code>1\n2\n3</code></pre>", "1\n2\n3"),
        ("<pre><code>x<span style='display:none'>y</span>z</code></pre>", "xz"),
    ],
)
def test_exact_text(html, expected):
    assert listings(f"<p>{PROSE}</p>{html}<p>{PROSE}</p>") == [expected]


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<pre class='brush: js notranslate'>let a = 1;</pre>", "js"),
        ("<div class='highlight-python notranslate'><div class=highlight><pre>a = 1</pre></div></div>", "python"),
        ("<pre><code class='language-c++'>a = 1;</code></pre>", "c++"),
        ("<pre data-lang=rust><code>a = 1;</code></pre>", "rust"),
        ("<pre><code class='language-none'>a = 1;</code></pre>", ""),
        ("<pre><code>a = 1;</code></pre>", ""),
    ],
)
def test_language(html, language):
    article = clean_page(
        f"<p>{PROSE}</p>{html}<p>And that is how we have done it ever since the winter.</p>", kind="html"
    )
    assert [p.language for p in article.paragraphs if p.kind == "code"] == [language]
    assert f"```{language}\n" in to_markdown(article)


def test_neighbours_stay_two():
    assert listings("<pre><code>a = 1</code></pre><pre><code>b = 2</code></pre>") == ["a = 1", "b = 2"]


@pytest.mark.parametrize(
    ("text", "marked", "code"),
    [
        ("$ sudo cmd", False, True),
        ("if ($slow) {\n    limit_rate 10k;\n}", False, True),
        ("nginx -s signal", False, True),
        (
            "The winch will be out of service from Monday until the end of the month,\nfor the motor goes away.",
            False,
            False,
        ),
        ("1 cup of salt,\n8 drops of liquid soap,\n1 gallon of vinegar,", False, False),
        ("Pier 4\nHarbour Street\nTelephone: 555 0100", False, False),
        ("首页 > 新闻 > 本地", False, False),
        ("关于开展渡口安全检查的通知\n各有关单位：请于五月底前完成自查，并将结果报送办公室。", False, False),
        ("# 打开渡口\nboat = open_boat('索尔维')\nboat.start()", False, True),
        ("Boats of the harbour", True, True),
    ],
)
def test_what_is_a_listing(text, marked, code):
    assert is_listing(text, marked=marked) is code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("web:\n  image: nginx\n  copyright: none", True),
        ("Author: Ann Lee\nDate: Fri May 3\n\n    Mend the winch", True),
        ("total 12\ndrwxr-xr-x 2 ann staff 4096 May  3 10:15 docs", True),
        ("boats     pier\n-----     ----\nferry        4", True),
        ("kubectl get all pods\nkubectl get all nodes", True),
        ("all: winch\n\nwinch: winch.c\n\tcc winch.c", True),
        ("Boats of the harbour", False),
        ("1 cup of salt,\n8 drops of liquid soap,\n1 gallon of vinegar,", False),
        ("The winch is wet,\n  the rope is old,\nand none is landed yet.", False),
        ("The winch will be out of service until the end of the month,\nfor the motor goes away.", False),
        ("关于开展渡口安全检查的通知\n各有关单位：请于五月底前完成自查，并将结果报送办公室。", False),
    ],
)
def test_what_is_a_listing_in_pre(text, code):
    assert is_listing_in_pre(text) is code


def test_a_menu_set_in_pre_is_none():
    assert listings("<nav><pre>Home\nNews: all\nTide 4</pre></nav>") == []
    assert listings("<pre><a href='/a'>Home: 1</a>\n<a href='/b'>News: 2</a></pre>") == []


@pytest.mark.parametrize("name", ["python", "yaml", "javascript", "shell", "c", "sql", "json", "diff", "rust"])
def test_code_in_text_is_found_whole(name):
    code = PROGRAMS[name]
    page = f"{PROSE}\n\n{code}\n\nAnd that is how we have done it ever since the winter.\n"
    assert [page[start:end] for start, end in code_spans(page, split_lines(page))] == [code]


@pytest.mark.parametrize(
    "code",
    [
        "ferry:\n  port: 80\n  boats:\n    - anna\n    - ben",
        "- name: winch\n  state: on\n\n- name: bell\n  state: off",
        "language: python\npython:\n  - '3.11'\ninstall: pip install -e .",
        "Resources:\n  Quay:\n    Type: AWS::S3::Bucket\n    Properties:\n      Name: quay",
        "[ferry]\nname = anna\nboats = anna, ben\nsize = 9",
        "FERRY_PORT=80\nFERRY_HOST=quay\nDEBUG=0",
        "FROM python:3.12\nWORKDIR /quay\nCOPY . .\nRUN pip install -r requirements.txt",
        "UPDATE boats\nSET pier = 3\nWHERE id = 4;",
        "select pier, sum(boats)\nfrom quay\nwhere day >= '2024-01-01'\ngroup by pier;",
        "$ ferry --version\nferry 1.9.0\n$ ferry list\nNAME   PIER\nanna   3\nben    4\nclara  5",
        "if [ -f quay.conf ]; then\n  source quay.conf\nelse\n  exit 1\nfi",
        "npm install ferry\nnpm run build\nnpm start",
        "HTTP/1.1 200 OK\nContent-Type: application/json\n\n{\n  \"boat\": \"anna\"\n}",
        "Traceback (most recent call last):\n  File \"quay.py\", line 3, in <module>\n    sail()\nValueError: tide",
        "<quay>\n  <boat name=\"anna\"/>\n  <pier>3</pier>\n</quay>",
        "pip install ferry-tools==1.9",
    ],
)
def test_code_between_paragraphs_of_text_is_found_whole(code):
    page = f"{PROSE}\n\n{code}\n\nAnd that is how we have done it ever since the winter.\n"
    assert [page[start:end] for start, end in code_spans(page, split_lines(page))] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "S = Specific\nM = Measurable\nA = Attainable\nR = Relevant",
        "Turn, old winch, and turn again;\n  turn the rope (the rope is wet),\nturn for men;\n  none is landed yet;",
        "Home\n> News\n> Harbour\n© 2024\nLogin | Register\n#ferry #boats",
        "招标编号：(2024)05-1\n采购人：青石镇人民政府(盖章)\n地址：青石镇滨河路12号；\n电话：0512-5550100；",
        "Opening hours:\n  Monday: 9-12\n  Tuesday: 9-12\n  closed: Sunday\nTickets: 4.50",
        '<p>One</p>\n<p>Two</p>\n<a href="/x">Three</a>\n<p>Four</p>',
        "The pier;\nthe winch;\nthe rope;\nthe boats (all of them);",
        "tel:\n 0123 456\nfax:\n 0123 457\nemail:\n a@quay.example",
        "SELECT COMMITTEE\nUPDATE 1410 PT\nFROM THE ARCHIVE\nWHERE TO GO\nORDER BY PHONE",
        "@harbour\n@mill_house\n@ferry.town",
        "anna: the ferry sails.\nben: does it?\nanna: from monday on.",
        "Ingredients:\n  - 2 eggs\n  - 3 lemons\nMethod:\n  1. Whisk them.",
        "var adUnit='div-gpt-ad-1';",
    ],
)
def test_what_is_no_code_in_text(text):
    page = f"{PROSE}\n\n{text}\n\nAnd that is how we have done it ever since the winter.\n"
    assert code_spans(page, split_lines(page)) == []


def test_code_in_text_is_cleaned_to_itself():
    page = f"{PROSE}\n\n{PROGRAMS['python']}\n\nAnd that is how we have done it ever since the winter.\n"
    article = clean_page(page)
    assert PROGRAMS["python"] in article.text
    assert clean_page(article.text).text == article.text


def test_no_rule_reads_code():
    code = "Share this article\nCopyright 2024 Harbour Courier\nif (a) {\n  Subscribe to our newsletter();\n}"
    article = clean_page(
        f"<article><p>{PROSE}</p><pre><code>{code}</code></pre><p>{PROSE.replace('ferry', 'pier')}</p></article>"
    )
    assert code in article.text


def test_a_notice_to_browsers_without_scripts_is_no_code():
    notice = "This harbour board needs scripts to be enabled before you write"
    page = "<p>{}</p><noscript><div><pre><code>{}</code></pre></div></noscript>".format
    assert listings(page(PROSE, notice)) == []
    assert listings(page(PROSE, "boats = [3];\ngo(boats);")) == ["boats = [3];\ngo(boats);"]


def test_a_pre_that_was_never_closed_is_no_listing():
    assert listings(f"<p>{PROSE}</p><pre>Home > News<p>Harbour > Boats > List</p>") == []
    assert listings(f"<p>{PROSE}</p><pre>Home > News\nHarbour > Boats > List</pre>") != []


def test_so_many_listings_of_a_page_are_read():
    codes = listings("<pre>x = f(1);\ny = 2;</pre>" * (MOST_CHEAP + 9))
    assert len(codes) == MOST_CHEAP
