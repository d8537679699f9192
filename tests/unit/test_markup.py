"""A page is read in tokens before it is parsed: nothing is cut that shows, and what never ends gets an end."""

from random import Random

import pytest

from cleanpage import _native, clean_page
from cleanpage.load import bounds
from cleanpage.load.html import load_html
from cleanpage.load.markup import flat, mended

MANY = " ".join(f"a{i}='{i} > 0'" if i % 50 == 0 else f"data-number-{i}={i}" for i in range(2 * bounds.MOST_CHEAP))
LINE = "The library on Alder Street opened its doors again on Monday after two years of repairs."
LOOP = "for(var i=0;i<d.length;i++){s+='<p title=\"'+d[i]+'>\"';}" * 400


def thinned(page):
    return mended(page.encode()).data.decode()


def lines(page):
    return load_html(page).text.split("\n")


@pytest.mark.parametrize("tag", ["p", "div", "body"])
@pytest.mark.parametrize("value", ["{}", "'{} > 0'", '"<b>{}"'])
def test_a_flood_of_attributes_is_cut(tag, value):
    flood = " ".join(f"data-number-{i}={value.format(i)}" for i in range(2 * bounds.MOST_CHEAP))
    page = f"<html><{tag} class='text' {flood}>{LINE}</{tag}><p title='{'x' * 20_000}'>{LINE[:40]}.</p>"
    thin = thinned(page)
    assert f"data-number-{bounds.MOST_CHEAP - 2}=" in thin and f"data-number-{bounds.MOST_CHEAP}=" not in thin
    assert thin.endswith(page[page.index(f">{LINE}") :].replace("</body>", ""))
    article = clean_page(page)
    assert article.source_text.splitlines()[0] == LINE
    gone = len(page) - len(thin) - 7 * (tag == "body")
    assert any(f"{gone} characters" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><p {MANY[:5000]}>{LINE}</p>",
        f"<html><img src='data:image/png;base64,{'A' * 50_000}' alt=\"a > b\"><p>{LINE}</p>",
        f"<html><p>{LINE * 300}</p>",
        f'<html><p title="{"x " * 9_000}>{LINE}</p>',
        f"<html><script>{LOOP}</script><p>{LINE}</p>",
        f"<html><script><!-- {LOOP} <script>'</script>' --></script><p>{LINE}</p>",
        f'<html><style>a::before{{content:"<p \'"}}</style><p>{LINE}</p>' + "<p>It's</p>" * 3_000,
        f"<html><!-- it's <p title=\" --><p>{LINE}</p>{'<p>It is.</p>' * 3_000}",
        f"<html><textarea><p title='</textarea><p>{LINE}</p>{'<p>It is.</p>' * 3_000}",
        f'<html><p a=x" b\'c=d e=“f" =g>{LINE}</p>{"<p>It is.</p>" * 3_000}',
        f"<html><p>1 <2, a<b and <3</p></><!x'><?y\"><p>{LINE}</p>{'<p>It is.</p>' * 3_000}",
        f"<html><svg/><svg><title/><style/> <path d='M1'/></svg><p>{LINE}</p>",
        "<html><select><option>a</select><template><p>b</template><svg><svg></svg></svg><p>c",
    ],
)
def test_other_pages_stay_as_they_are(page):
    assert mended(page.encode()) == (page.encode(), ())


RAW = ["title", "textarea", "xmp", "noframes", "noembed", "iframe", "plaintext", "style", "script"]
HOLDING = ["svg", "math", "object", "video", "audio", "canvas", "template", "dialog", "noscript", "applet"]


@pytest.mark.parametrize("name", [*RAW, *HOLDING])
@pytest.mark.parametrize(
    "around", ["{}", "{}{}", "<head>{}</head><body>", "<p>One.</p>{}", "<div>{}</div>", "<ul><li>{0}{0}"]
)
def test_an_element_that_never_ends_takes_nothing(name, around):
    page = f"<html>{around.replace('{}', '{0}').format(f'<{name.upper()} class=a>')}<p>{LINE}</p><div>Two.</div></body>"
    found = load_html(page).blocks
    assert [block.text for block in found if block.text in (LINE, "Two.")] == [LINE, "Two."]
    assert not any(block.dom.hidden or "<" in block.text for block in found)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<title>The tag<body><p>one</p><svg><title>x</title></svg>", ["The tag", "one"]),
        ("<title>The tag<meta name=a><title>Another</title><p>one", ["The tag", "one"]),
        ("<textarea>a<textarea>b</textarea><p>one", ["a", "b", "one"]),
        ("<select><option>a<option>b<p>one", ["a\tb", "one"]),
        ("<select><option>a</option><optgroup><option>b<select><option>c</select><p>one", ["a\tb", "c", "one"]),
        ("<head><!-- a <b></head><body><p>one</p></body>", ["one"]),
        ("<!-- a <p>one</p>", ["one"]),
        ("<head><!-- a <b></head><body><header>one</header><!-- b --><p>two</p></body>", ["one", "two"]),
        ("<p>one two three</p><!-- four <p>five</p>", ["one two three"]),
        ("<body><p>one</p><!-- two <p>three</p> --><p>four", ["one", "four"]),
        ("<body><p>one</p><script>var a = '<p>two</p>'; if (a<b) x()", ["one"]),
        ("<script>var a = '<p>two</p>';<p>one</p>", ["one"]),
        ("<style>a { b: c }<p>one</p>", ["one"]),
        ("<style>a { b: c }</head><body><p>one</p><style></style>", ["one"]),
        ('<body><p class="a>one</p><p>two</p></body>', ["one", "two"]),
        ("<body><textarea title='a>one<p>two</p></body>", ["one", "two"]),
        ('<p class="a>one</p><p class="b">two</p>', ["two"]),
        ("<p>one</p><plaintext style='display:none'><p>two", ["one", "<p>two"]),
        ("<xmp><b>one</b></xmp>", ["<b>one</b>"]),
        ("<textarea></body><p>one</textarea><p>two", ["</body><p>one", "two"]),
        ("<p>one</p></body></html><script>1</script><p>two</body>", ["one", "two"]),
        ("<noembed><p>no</p></noembed><noframes><p>one</p></noframes>", ["one"]),
        ("<p>one</p><rt>two<p>three</p>", ["one", "two", "three"]),
        ("<p><ruby>字<rt>zì<p>one</p><p>two</p>", ["字zì", "one", "two"]),
        ("<p><ruby>汉<rp>(<rt>hàn<rp>)</ruby>字 <ruby>字<rt>zì</ruby></p><p>one</p>", ["汉字 字", "one"]),
        ("<p><ruby><rb>汉<rt>hàn<rb>字<rt>zì</ruby></p><p>one</p>", ["汉字", "one"]),
    ],
)
def test_where_a_page_goes_on(page, expected):
    assert lines(page) == expected


TAGS = [
    "p", "div", "a", "b", "i", "span", "table", "tr", "td", "th", "tbody", "ul", "li", "ol", "dl", "dt", "dd", "h1",
    "form", "select", "option", "button", "section", "article", "nav", "pre", "blockquote", "font", "center", "ruby",
    "rt", "rp", "rb", "rtc", "label", "fieldset", "legend", "details", "summary", "figure", "figcaption", "address",
    "code", "sup", "caption", "col", "colgroup", "optgroup", "input", "br", "hr", "img", "body", "html", "head",
    "main", "marquee", "nobr", "map", "area", "listing", "tt", "big",
]  # fmt: skip


def soup(seed):
    """Return tags and words in any order."""
    chance = Random(seed)
    pieces = []
    for number in range(chance.randint(2, 9)):
        tag = chance.choice(TAGS)
        pieces.append(chance.choice((f"<{tag}>", f"<{tag}>", f"</{tag}>", f'<{tag} title="a > b"/>')))
        pieces.append(f" word{number} ")
    return f"<html><body>{''.join(pieces)}<p>The end of it all.</p></body>"


@pytest.mark.parametrize("seeds", [range(at, at + 50) for at in range(0, 300, 50)])
def test_what_browsers_show_of_any_tags_is_read(seeds):
    html5lib = pytest.importorskip("html5lib")
    for page in map(soup, seeds):
        shown = " ".join(html5lib.parse(page, namespaceHTMLElements=False).itertext()).split()
        assert set(shown) <= set(load_html(page).text.split()), page


FOREIGN = [
    "<svg><script>x", "<svg><script>x</svg>", "<svg><g><style>x</g></svg>", "<svg><script>a<b</script></svg>",
    "<svg><textarea>x", "<svg><xmp>x</svg>", "<svg><iframe>", "<svg><noframes>x</svg>", "<svg><plaintext>",
    "<svg><td></svg>",
    "<svg><foreignObject><div>x</svg>", "<svg><svg>", "<svg><desc><table></desc></svg>",
    "<svg><![CDATA[ x < y <p> ]]></svg>", "<svg><![CDATA[<div>]]></svg>", "<svg><title>a<path>",
    "<svg><!-- <p> --><script>", "<svg><style title='</svg>'>x</svg>", "<svg><math><script>x", "<SVG><Script>x</SVG>",
    "<math><script>x", "<math><style>x</math>", "<math><textarea>x</math>", "<math><foreignObject><xmp>",
    "<math><![CDATA[ <p> ]]></math>", "<svg><font color=red>x", "<svg></p>", "<svg><text>x<svg></svg>",
]  # fmt: skip


@pytest.mark.parametrize("drawing", FOREIGN)
def test_a_drawing_or_formula_takes_nothing_of_the_page(drawing):
    ends = "<svg><title>t</title></svg><textarea>q</textarea><style>s</style><xmp>r</xmp><script>1</script>"
    page = f"<html><body><p>One.</p>{drawing}<p>{LINE}</p><p>{LINE} {LINE}</p>{ends}<p>Two.</p></body></html>"
    found = load_html(page)
    texts = [block.text for block in found.blocks if not block.dom.hidden]
    expected = ["One.", LINE, f"{LINE} {LINE}", "Two."]
    assert [text for text in texts if text in expected] == expected
    assert not any("<" in text or "]]>" in text for text in texts)


@pytest.mark.parametrize(
    "page",
    [
        "<svg><title>a</title><desc>b</desc><style>c{}</style><script>1</script><g> <text>d</text></g></svg><p>one",
        "<svg><svg/> </svg><p>one",
        "<svg><a href='<p>'><text>a</text></a><!-- <p> --><font>b</font></svg><p>one",
        "<svg><svg> <path/></svg><svg><title>a</title></svg></svg><p>one",
        "<p><math><mi>x</mi><mo>&lt;</mo><semantics><mtext>y</mtext><annotation>z</annotation></semantics></math>",
        "<math><mtext>x<span>y</span></mtext></math>",
    ],
)
def test_drawings_and_formulas_without_html_stay_as_they_are(page):
    for read in (mended, _native.PYTHON.get("markup.mended", mended)):
        assert read(page.encode()) == (page.encode(), ())


@pytest.mark.parametrize(("page", "left", "warned"), [
    ("<svg><path/><p>one", "<svg></svg><p>one", True),
    ("<svg><g> <svg><p>one", "<svg></svg><p>one", True),
    ("<svg><use/><div class=a>menu</div></svg><p>one", "<svg></svg><p>one", False),
    (f"<svg><use/><div>{LINE * 3}</div></svg><p>one", f"<svg></svg><div>{LINE * 3}</div></svg><p>one", True),
    ("<svg><foreignObject><div>a</foreignObject></svg><p>one", "<svg></svg><p>one", False),
    ("<math><mi>x</mi><p>one", "<math><mi>x</mi></math><p>one", True),
    ("<math><mi>x</mi><script>y</math><p>one", "<math></math><p>one", False),
])  # fmt: skip
def test_where_a_drawing_or_formula_ends(page, left, warned):
    found = mended(page.encode())
    assert found.data.decode() == left and any("never ends" in warning for warning in found.warnings) == warned


def shown(element):
    """Return what a browser shows of an element of html5lib, with what stands behind it."""
    tag = element.tag if isinstance(element.tag, str) else ""
    hides = tag in ("", "head", "script", "style", "title", "textarea", "xmp", "iframe", "noframes") or "svg" in tag
    return ("" if hides else (element.text or "") + "".join(map(shown, element))) + (element.tail or "")


def foreign_soup(seed):
    """Return drawings and formulas of any tags, a paragraph behind each."""
    chance = Random(seed)
    tags = ["svg", "math", *RAW, "foreignObject", "desc", "g", "path", "text", "a", "div", "b", "td"]
    pieces = []
    for number in range(chance.randint(1, 4)):
        pieces.append(f"<{chance.choice(('svg', 'math'))}>")
        for tag in chance.choices(tags, k=chance.randint(0, 5)):
            forms = (f"<{tag}>", f"<{tag}>x</{tag}>", f"</{tag}>", f"<{tag}/>", "<![CDATA[ <p> ]]>")
            pieces.append(chance.choice(forms))
        pieces += [chance.choice(("</svg>", "</math>", "")), f"<p>word{number} {LINE * 3}</p>"]
    return f"<html><body>{''.join(pieces)}<svg><title>t</title></svg><textarea>q</textarea><script>1</script></body>"


@pytest.mark.parametrize("seeds", [range(at, at + 50) for at in range(0, 300, 50)])
def test_what_browsers_show_around_drawings_is_read(seeds):
    html5lib = pytest.importorskip("html5lib")
    for page in map(foreign_soup, seeds):
        words = shown(html5lib.parse(page, namespaceHTMLElements=False)).split()
        assert {word for word in words if word.startswith("word")} <= set(load_html(page).text.split()), page


def test_what_was_mended_is_a_warning():
    warnings = load_html("<title>The tag<body><svg><p>one</body>").warnings
    assert len(warnings) == 1 and "<title>, <svg>" in warnings[0]


def test_a_page_without_elements_that_nest_keeps_scripts_and_quotes():
    page = b"<div title='a>b'><p class=a>one<script>i<d.length;'</p><div>'</script><section>two</section>"
    assert flat(page) == b"<br><p class=a>one<script>i<d.length;'</p><div>'</script><br>two<br>"


@pytest.mark.parametrize(
    "unit",
    ["<script><!-- <script>", "<style>", "<title>", "<textarea>", "<!-- >", "<p a=' \">", "<svg>", "<select><option>"],
)
def test_the_end_of_an_element_is_looked_for_once(unit, monkeypatch):
    """The work is counted, not timed: bytes that the searches for ends go over."""
    from cleanpage.load import markup

    page = f"<html>{unit * 3_000}<p>{LINE}</p>".encode()
    seen = 0

    class Counted:
        def __init__(self, pattern):
            self.pattern = pattern

        def search(self, data, at, *rest):
            return self.count(self.pattern.search(data, at, *rest), at, len(data))

        def match(self, data, at, *rest):
            return self.count(self.pattern.match(data, at, *rest), at, at + 1)

        def count(self, found, at, failed):
            nonlocal seen
            seen += (found.end() if found else failed) - at
            return found

    for name in ("_COMMENT_END", "_SCRIPT_END", "TAG", "_UNTIL_QUOTE", "_CHOICES"):
        monkeypatch.setattr(markup, name, Counted(getattr(markup, name)))
    for table in ("_ENDS_OF_RAW", "_BEHIND"):
        monkeypatch.setattr(markup, table, {name: Counted(end) for name, end in getattr(markup, table).items()})
    mended(page)
    assert seen < 20 * len(page)


@pytest.mark.parametrize("page, left", [
    ("<svg a='>'><path d=M0/><g><use x='<p>'/></g></svg><p>one", "<svg a='>'></svg><p>one"),
    ("<svg><path d=M0/> </svg>", None),
    ("<svg><title>one</title></svg>", None),
    ("<svg><path/><svg><g></g></svg></svg>", "<svg><path/><svg></svg></svg>"),
    ("<script>'<svg><path/></svg>'</script>", None),
])  # fmt: skip
def test_drawings_are_left_out(page, left):
    for read in (mended, _native.PYTHON.get("markup.mended", mended)):
        assert read(page.encode()).data.decode() == (page if left is None else left)
