"""What scripts, style sheets and JSON-LD that a flattener has left look like, and where they end on a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cleanpage._native import twin
from cleanpage.text import units
from cleanpage.text.lazy_regex import lazy

SIGNS = 0.06
"""Least share of a line that is brackets, semicolons, quotes and signs of assignment; prose has .01 to .03."""
HEAD, LONGEST = 2_000, 20_000
"""Characters of a line that are looked at, and of the longest line that is cut."""
LEAST_SENTENCE = 6.0
"""Ideograms of the shortest sentence between scripts: shorter ones are what they show in a button."""

_SCRIPT_NAME = lazy(
    r"[_adfgjwBGO](?<!\w.)(?:(?<=w)indow\.[\w.$]{1,60}(?: ?\|\|)? ?[=(\[]|(?<=a)ddEventListener\(|(?<=_)paq\.push"
    r"|(?:(?<=d)ataLayer|(?<=_)(?:gaq|hmt|czc)|(?<=a)dsbygoogle|(?<=g)oogletag\.cmd)\b.{0,30}?[.=]"
    r"|(?:(?<=g)(?:oogletag|tag|a)|(?<=j)Query|(?<=f)bq|(?<=B)AIDU_CLB_\w{1,30}|(?<=O)A_show|(?<=G)A_\w{1,30})"
    r"(?:\.\w{1,30}){0,3} ?\("
    r"|(?<=d)ocument\.(?:write(?:ln)?|getElementById|getElementsBy\w{1,12}|createElement|querySelector(?:All)?|cookie"
    r"|location|domain|body)\b ?[(.=])"
)
"""Names that scripts use. Here and in ``_SCRIPT_CALL`` each way begins with a letter: ``re`` then passes over all other
characters of a line at once, which takes a third of the time."""
_SCRIPT_CALL = lazy(
    r"f(?<=[\s;}(!=,]f)unction ?(?:\w{1,40} ?)?\([\w$, ]{0,80}\) ?\{|\$\((?:function|document|window|[\"'])"
    r"|webpackChunk|\.insertBefore\("
)
_SCRIPT_LINE = lazy(
    r"^(?:function ?(?:\w{1,40} ?)?\([\w$, ]{0,80}\) ?\{|(?:var|let|const) [\w$]{1,60} ?(?:=|;|,)"
    r"|(?:window|self|this)\.[\w.$]{1,60} ?=|[\w$.]{1,60}\.push\("
    r"|(?:if|try|for|while) ?[({][^{}]{0,200}[{;]|\}?\)?\(?\)?;?\}\)\(.{0,60}\);?$|//[ ]?\]\]>|//[ ]?<!\[CDATA\["
    r"|</?script\b)"
)
_STYLE = lazy(
    r"^(?:@media\b[^{]{0,200}\{|@font-face ?\{|@import (?:url\(|[\"'])|@charset [\"']|@keyframes [\w-]{1,60} ?\{"
    r"|:root ?\{)"
    r"|^[.#*\w:@\[][^{}<>;。]{0,200}\{ ?(?:--)?[a-z-]{2,40} ?: ?[^{}]{1,2000}\}"
    r"|^\}? ?[a-z]{0,10}[.#][\w-]{1,60}[^{}<>;。]{0,200}\{$|^[a-z-]{3,40} ?: ?[^:;{}]{1,100}!important;?(?: ?\})?$"
)
_DATA_LINE = lazy(
    r"^[{\[][\s{\[]{0,4}\"@(?:context|type|graph|id)\" ?:"
    r"|^\{\"(?:props|page|version|prefetch)\" ?: ?[{\[\"].{20,}[}\]]$"
)
_ELEMENT_MARKUP = lazy(
    r"^<(?:a|dd|div|dl|dt|h[1-6]|i|img|li|ol|p|section|span|table|td|tr|ul)\b(?=.{0,300}=[\"'])[^<>]{0,500}+>"
    r"\s{0,5}<[a-z][\w-]{0,20}\b[^<>]{0,500}+>|^</(?:a|dd|div|dt|h[1-6]|i|li|p|section|span|td|tr)>"
)
"""Elements, some with attributes, that a script was to put into the page."""
_CONDITION = lazy(r"^(?:<!--)?\[if [!()&|\w ]{1,40}\](?:>|&gt;)|^<!\[endif\]")
OPENERS = ("<!", "[if ")
"""What conditional comments begin with."""
HTML = "HTML"
_SCRIPT_KINDS = (
    *((pattern, "a script") for pattern in (_SCRIPT_NAME, _SCRIPT_CALL, _SCRIPT_LINE)), (_STYLE, "a style sheet"),
    (_DATA_LINE, "JSON"), (_ELEMENT_MARKUP, HTML), (_CONDITION, "a conditional comment"),
)  # fmt: skip
_SIGN = lazy(r"[{}()\[\];=\"'<>|&$@:]")
_CODE = lazy(r"[{}=\\<>]|;(?! [^\W\d_])|[^\W\d]\(")
_CODE_MARK = lazy(r"[{}=\\<>;(]")
"""What is in all of these; a search for one class takes a fifth."""
_BORDER = lazy(
    r"(?<=[。！？.!?\"”’);}>\]])(?:(?<=[。！？])|(?<=[.!?]) |(?<=[.!?][\"”’)]) "
    r"|(?<=[.!?”])(?=window\.|document\.|var |if ?\(|function|\(function|jQuery|\$\(|\{\"@|[.#]\w)"
    r"|(?<=[;}>)\]])(?= ?[\"“]?[^\W\d_]{1,20},? [^\W\d_]| ?[\u3040-\u30ff\u4e00-\u9fff]))"
)
"""Where a sentence may begin on a line that holds a script, or a script behind a sentence: behind one of some marks,
at which alone all else is tried."""


@twin("text")
def suspects(texts: Sequence[str]) -> list[int]:
    """Return the numbers of the texts that may be machinery, all for which ``machinery_of`` has a name among them."""
    return [i for i, text in enumerate(texts) if text.startswith(OPENERS) or _has_signs(text)]


def _has_signs(text: str) -> bool:
    return len(_SIGN.findall(text)) >= SIGNS * len(text)


def machinery_of(text: str) -> str | None:
    """Return what machinery a line is, None if it is none."""
    if _CONDITION.match(text):
        return "a conditional comment"
    if not _has_signs(text):
        return None
    return next((kind for pattern, kind in _SCRIPT_KINDS if pattern.search(text)), None)


def is_sentence(text: str) -> bool:
    """Tell whether a text is words without the signs that scripts, style sheets and JSON are made of."""
    code = _CODE_MARK.search(text) is not None and _CODE.search(text) is not None
    return not code and units(text) >= LEAST_SENTENCE and not text.startswith(("//", "/*", "<!"))


def script_cuts(line: str) -> tuple[int, ...]:
    """Return where a line is cut between scripts and the sentences glued to them; empty if it holds no script."""
    if len(line) > LONGEST or _CODE_MARK.search(line) is None or _CODE.search(line) is None:
        return ()
    ends = (border.end() for border in _BORDER.finditer(line))
    borders = [0, *(at + (line[at : at + 1] == " ") for at in ends), len(line)]
    pieces = [line[left:right].strip() for left, right in pairwise(borders)]
    if len(pieces) < 2 or not any(machinery_of(piece) for piece in pieces if _CODE.search(piece)):
        return ()
    prose = [*map(is_sentence, pieces)]
    return tuple(at for at, (one, other) in zip(borders[1:], pairwise(prose), strict=False) if one != other)
