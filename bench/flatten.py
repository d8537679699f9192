"""More ways to flatten a page than the four that its set comes with: other tools, other settings, other joints.

``PINNED`` needs Python packages only, so the same versions give the same text on every machine. ``SYSTEM`` calls text
browsers and holds only those that are installed: for measuring on a flattener that nothing was trained on.
The figures were taken with beautifulsoup4 4.15, html-text 0.7.1, inscriptis 2.7.6, Resiliparse 2.0.1, selectolax 1.0.2.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec

from lxml import etree
from lxml import html as lxml_html

Flatten = Callable[[str], str]

_UNSEEN = "script style noscript template iframe object svg textarea select"
_BLOCKS = """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 head header hr li main nav ol p pre section summary table tbody tfoot thead title tr ul"""
_SPACED = "p h1 h2 h3 h4 h5 h6 ul ol blockquote"
TOOLS = ("bs4", "html_text", "inscriptis", "resiliparse", "selectolax")
"""The modules that ``PINNED`` imports when it is used."""
INSTALL = "pip install beautifulsoup4 html-text inscriptis resiliparse selectolax"
UNSEEN = frozenset(_UNSEEN.split())
"""Elements whose text a reader never sees."""
BLOCKS = frozenset(_BLOCKS.split())
SPACED = frozenset(_SPACED.split())
"""Blocks round which a browser leaves an empty line."""
BREAK, GAP = "\ue000", "\ue001"
"""Stand for a line's end and for an empty line while a page is walked: private characters that no page here holds."""
COLUMNS = 80
"""Width of a text browser's page."""
SECONDS = 30
"""A text browser that takes longer has failed."""

_DECLARED = re.compile(r"<\?xml[^>]*>|charset\s*=\s*[\"']?[\w-]+", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def missing() -> list[str]:
    """Return the modules of ``PINNED`` that are not installed."""
    return [name for name in TOOLS if find_spec(name) is None]


def _tree(html: str) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it
        return lxml_html.Element("html")


def _pieces(html: str, *, hidden: bool) -> Iterator[str]:
    """Yield the text of the page in order, with ``BREAK`` and ``GAP`` where blocks begin and end."""
    walker = etree.iterwalk(_tree(html), events=("start", "end", "comment", "pi"))
    for event, node in walker:
        name = node.tag if isinstance(node.tag, str) else ""
        joint = GAP if name in SPACED else BREAK if name in BLOCKS else ""
        if event == "start":
            yield BREAK if name == "br" else joint
            if name in UNSEEN or (not hidden and _is_hidden(node)):
                walker.skip_subtree()
            else:
                yield node.text or ""
            continue
        yield "\t" if name in ("td", "th") else joint
        yield node.tail or ""


def _is_hidden(node: lxml_html.HtmlElement) -> bool:
    return node.get("hidden") is not None or _HIDDEN.search(node.get("style") or "") is not None


def _lxml_raw(html: str) -> str:
    return "".join(_pieces(html, hidden=True)).replace(BREAK, "").replace(GAP, "")


def _lxml_blocks(html: str) -> str:
    return "".join(_pieces(html, hidden=True)).replace(BREAK, "\n").replace(GAP, "\n")


def _inner_text(html: str) -> str:
    """What a browser's innerText gives: blanks folded, an empty line round paragraphs, nothing that is hidden."""
    lines: list[str] = []
    for line in re.split(f"({BREAK}|{GAP})", "".join(_pieces(html, hidden=False))):
        if line == GAP and lines and lines[-1]:
            lines.append("")
        elif line not in (BREAK, GAP) and (shown := _BLANKS.sub(" ", line.replace("\t", " \t ")).strip(" ")):
            lines.append(shown)
    return "\n".join(lines).rstrip()


def _wet(html: str) -> str:
    """As the records of a crawl: every line stripped, no empty line, the title first."""
    lines = _BLANKS.sub(" ", "".join(_pieces(html, hidden=True))).replace(GAP, BREAK).split(BREAK)
    return "\n".join(line.strip() for line in lines if line.strip())


def _soup(html: str, separator: str, *, strip: bool = False) -> str:
    from bs4 import BeautifulSoup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pages of XHTML, or too short to be HTML
        soup = BeautifulSoup(html, "lxml")
    return soup.get_text(separator, strip=strip)


def _inscriptis(html: str) -> str:
    import inscriptis

    return inscriptis.get_text(html)


def _inscriptis_strict(html: str) -> str:
    import inscriptis
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig

    return inscriptis.get_text(html, ParserConfig(css=CSS_PROFILES["strict"].copy()))


def _html_text(html: str) -> str:
    import html_text

    return html_text.extract_text(html)


def _html_text_line(html: str) -> str:
    import html_text

    return html_text.extract_text(html, guess_layout=False)


def _resiliparse(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(html, alt_texts=False)


def _resiliparse_bare(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(html, list_bullets=False, alt_texts=False)


def _resiliparse_line(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return extract_plain_text(html, preserve_formatting=False)


def _selectolax(html: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    tree.strip_tags(["script", "style", "noscript"])
    return tree.root.text(separator="\n", strip=True) if tree.root else ""


def _browser(*command: str) -> Flatten:
    """Return the flattener that pipes a page through ``command``, its declared charset taken out."""

    def flatten(html: str) -> str:
        page = _DECLARED.sub("", html).encode("utf-8", "replace")
        done = subprocess.run(command, input=page, capture_output=True, timeout=SECONDS, check=True)
        return done.stdout.decode("utf-8", "replace")

    return flatten


USUAL: dict[str, Flatten] = {
    "inscriptis": _inscriptis,
    "html_text": _html_text,
    "resiliparse": _resiliparse,
    "bs4": lambda html: _soup(html, "\n"),
}
"""The four that the sets come with."""
PINNED: dict[str, Flatten] = {
    "lxml_raw": _lxml_raw,
    "lxml_blocks": _lxml_blocks,
    "inner_text": _inner_text,
    "wet": _wet,
    "bs4_lines": lambda html: _soup(html, "\n", strip=True),
    "bs4_spaces": lambda html: _soup(html, " "),
    "bs4_joined": lambda html: _soup(html, " ", strip=True),
    "bs4_plain": lambda html: _soup(html, ""),
    "inscriptis_strict": _inscriptis_strict,
    "html_text_line": _html_text_line,
    "resiliparse_bare": _resiliparse_bare,
    "resiliparse_line": _resiliparse_line,
    "selectolax": _selectolax,
}
ONE_LINE = frozenset({"bs4_spaces", "bs4_joined", "html_text_line", "resiliparse_line"})
"""Those that leave no lines, or only the line breaks of the HTML source."""

_COMMANDS = (
    f"lynx -dump -nolist -stdin -force_html -assume_charset=utf-8 -display_charset=utf-8 -width={COLUMNS}",
    f"w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols {COLUMNS}",
)
SYSTEM: dict[str, Flatten] = {
    command.split()[0]: _browser(*command.split()) for command in _COMMANDS if shutil.which(command.split()[0])
}
