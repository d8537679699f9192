"""Pages that want to run something: in a report they are text."""

import pytest

from cleanpage import Article, Block, Finding, Paragraph, clean_page
from cleanpage.model import Removed, Witness

RUN = "window.ran = 1; alert(1)"
FILLER = "\n".join(f"On day {i} the workers mended {i} small bridges, and people came to help." for i in range(8))
PAYLOADS = {
    "script": f"<script>{RUN}</script>",
    "end of a script": f"</script><script>{RUN}</script>",
    "end of a style": f"</style><script>{RUN}</script><style>*{{display:none}}",
    "end of a title": f"</title><script>{RUN}</script>",
    "comment": f"<!--<script>{RUN}//--></script><!--",
    "half a comment": "<!-- <script> --!> ]]> <![CDATA[ ",
    "handler": f"<img src=x onerror='{RUN}'><svg onload='{RUN}'><body onload='{RUN}'>",
    "attribute": f'" onmouseover="{RUN}" autofocus onfocus=\'{RUN}\' x=`',
    "link": f"<a href='javascript:{RUN}'>javascript:{RUN}</a>",
    "frame": f"<iframe srcdoc='<script>{RUN}</script>'></iframe><object data='javascript:{RUN}'>",
    "refresh": "<meta http-equiv=refresh content='0;url=https://evil.example/'><base href='https://evil.example/'>",
    "form": "<form action='https://evil.example/'><input name=q><button>Go</button></form>",
    "remote": "<img src='https://evil.example/1.gif'><link rel=stylesheet href='https://evil.example/1.css'>",
    "template": "{{ 7*7 }} {% raw %} {{ config }} ${7*7} #{7*7} {# gone #} {{ ''.__class__ }}",
    "clobber": "<p id=data></p><p id=page></p><form id=main><input id=b0></form>",
    "bidi": "\u202eevil\u202d \u2066\u2067 \u200f\u200b\ufeff end",
    "controls": "a\x00b\x1b[31mc\x7f \ud800 \udfff \ufffe \U000e0041 end",
    "separators": "one\u2028two\u2029three\\u003cscript\\u003e \\x3cscript\\x3e &lt;script&gt; &#60;script&#62;",
}


def scripts(tab):
    return tab.evaluate("document.querySelectorAll('script, style, iframe, object, img, base, form, link').length")


def everywhere(text):
    """Return an Article with the text in each of its fields."""
    return Article(
        title=text, original_title=text, text=text, paragraphs=(Paragraph("paragraph", text, 0, len(text), ((0, 1),)),),
        published=text, published_raw=text, authors=(text,), editors=(text,), editor_roles=(text,), byline_raw=text,
        source=text, site=text, section=(text, text), captions=(text,), related=(text,), contacts=(text,),
        language="en", url=f"javascript:{text}", canonical_url=text, summary=text, comments=(text,), warnings=(text,),
        source_text=text + text,
        blocks=(Block(0, len(text), "body", "body"), Block(len(text), 2 * len(text), "chrome", text)),
        findings=(Finding(0, len(text), "body", text, text),),
        evidence=(
            Witness("title", (text,), 0, len(text), text, 1.0, True), Witness("site", (text,), 0, 0, text, 1.0, False),
        ),
        removed=(Removed(len(text), 2 * len(text), text, text, text, text, 1.0, (0, len(text))),),
    )  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_runs(show, payload):
    """As lines of a page that was flattened, and in every field, rule and reason of an Article."""
    for article in (clean_page(f"{payload}\n{FILLER}\n{payload}", kind="text"), everywhere(payload)):
        tab = show(article)
        first = tab.locator(".tile").first
        first.hover()
        first.click()
        tab.locator("#why").hover()
        assert tab.evaluate("window.ran") is None
        assert scripts(tab) == 3  # style, data, script: ours
        assert tab.title().endswith(" · cleanpage")
        assert tab.evaluate("[...document.links].every(a => a.protocol === 'file:' && a.hash)")


def test_what_it_says_is_shown_as_it_is(show):
    for name in ("script", "handler", "template", "separators"):
        tab = show(everywhere(PAYLOADS[name]))
        assert tab.locator(".tile .said").first.text_content() == PAYLOADS[name]
        assert tab.locator(".paragraph").first.text_content().startswith("1" + PAYLOADS[name])


def test_what_cannot_be_seen_is_marked(show):
    tab = show(everywhere(PAYLOADS["bidi"]))
    marks = tab.locator(".tile .unseen")
    assert marks.first.get_attribute("data-code") == "202E"
    assert "\u202e" not in tab.content()


def test_the_policy_stops_what_would_get_in(show):
    """Even if something were not escaped."""
    tab = show(clean_page(FILLER))
    tab.evaluate(
        """() => {
        document.body.insertAdjacentHTML("beforeend", `<img src="https://evil.example/1.gif" onerror="window.ran = 1">
          <button id="bad" onclick="window.ran = 1">x</button><style>body { display: none }</style>
          <form action="https://evil.example/"></form>`);
        document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = 1" }));
      }"""
    )
    tab.locator("#bad").click()
    tab.wait_for_timeout(100)
    assert tab.evaluate("window.ran") is None
    assert tab.evaluate("getComputedStyle(document.body).display") == "flex"
    refused = [text for text in tab.wrong if "Content Security Policy" in text]
    assert len(refused) >= 4
    tab.wrong[:] = [text for text in tab.wrong if text not in refused and "evil.example" not in text]
