"""Formulas, raised numbers and quotations as a reader sees them: each formula once, ``10²`` for ``10`` and a raised 2.

Pages carry a formula in several forms: MathML with its TeX source as an annotation, a drawing of spans for the eye
beside MathML for screen readers (KaTeX, MathJax), a picture as a fallback (Wikipedia). One form stays: what MathML
shows, otherwise the TeX source, otherwise what the picture is called. All else of the formula is not read, as scripts
are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cleanpage.load.elements import storable
from cleanpage.load.tree_index import MATH, TreeIndex, index_of
from cleanpage.text.lazy_regex import lazy

_BLOCKS = ("p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "article", "section", "main")
"""Elements that no formula holds: browsers end MathML before them, so the page stands in one that was never closed."""
NOTES = frozenset(("annotation", "annotation-xml"))
MOST_OUT = 8
"""Elements between MathML and the element that holds all forms of the formula (MathJax 2 has 4)."""
NUMBER_PARTS = 2
"""Tokens of MathML in a number: its sign and its digits."""
_HOLDER = lazy(r"(?:^|\s)(?:katex|MathJax(?:_(?:Display|SVG|CHTML|SVG_Display))?|mjx-chtml|mwe-math-element)(?:\s|$)")
"""Classes of elements that hold all forms of one formula."""
_PREVIEW = lazy(r"(?:^|\s)MathJax_Preview(?:\s|$)")
_PICTURED = lazy(r"(?:^|\s)(?:mwe-math-fallback-image-\w+|tex|latex|mathtex|wp-katex|ee_img)(?:\s|$)", re.IGNORECASE)
"""Classes of pictures that show a formula and have its TeX source as ``alt``."""
_STYLED = lazy(r"\{\\(?:displaystyle|textstyle) (.*)\}", re.DOTALL)
_DELIMITED = lazy(r"\\\((.*)\\\)|\\\[(.*)\\\]|\$\$?([^$]*)\$\$?", re.DOTALL)
_WHITE_SPACE = lazy(r"\s+")
_NUMBER = lazy(r"[-+\u2212]?\d{1,4}")
_RAISED = str.maketrans("0123456789+-\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-\u2212", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_SHIFTS = {"sup": _RAISED, "sub": _LOWERED, "msup": _RAISED, "mover": _RAISED, "msub": _LOWERED, "munder": _LOWERED}
_BETWEEN = {"mfrac": "/", "mtr": " ", "mtable": " "}
"""What stands between the parts of an element of MathML."""
_INVISIBLE = str.maketrans({"\u2061": " ", "\u2062": None, "\u2063": None, "\u2064": None})
_OPEN_QUOTES = "\"'“‘„«‹「『"


def write_once(root: Any) -> TreeIndex:
    """Give each formula below ``root`` one form, raised and lowered numbers their own digits, ``q`` its marks.

    Returns the index of the tree as it is then. Linear in the nodes below ``root``, but for elements in elements of the
    same kind, whose depth the parser bounds.
    """
    index = index_of(root)
    done: set[Any] = set()
    for node in index.forms:
        _read_form(node, done)
    for node in index.bases:  # the parser does not know that it ends the reading before it
        if (reading := node.getparent()) is not None and reading.tag == "rt":
            reading.addnext(node)
            done.add(node)
    index = index_of(root) if done else index
    for node in index.shifted:
        _shift(node)
    for node in index.quoted:
        _quote(node)
    return index


def _read_form(node: Any, done: set[Any]) -> None:
    """Show a formula once: ``node`` is MathML, a container, a script with its source or a picture of it."""
    if node.tag == "script":
        _read_script(node, done)
    elif node.tag == "img":
        if _PICTURED.search(node.get("class")):
            _replace(_holder(node), tex(node.get("alt")), done)
    elif next(node.iter(*_BLOCKS), None) is None:
        holder = _holder(node)
        if shown := formula(holder):
            _replace(holder, shown, done)


def formula(holder: Any) -> str:
    """Return what an element with MathML in it shows: MathML's text, else its source, else its description."""
    math = next(holder.iter(*MATH), holder)
    if shown := _shown(math):
        return shown
    notes = (note.text or "" for note in math.iter("annotation") if "tex" in (note.get("encoding") or "").lower())
    return tex(next(notes, "") or math.get("alttext") or holder.get("aria-label") or "")


def tex(source: str) -> str:
    """Return a formula's TeX source without delimiters and without the braces that only set its size."""
    text = _WHITE_SPACE.sub(" ", source).strip()
    for pattern in (_DELIMITED, _STYLED):
        if whole := pattern.fullmatch(text):
            text = next(filter(None, whole.groups()), "").strip()
    return text


def _holder(node: Any) -> Any:
    """Return the outermost element around a form of a formula that holds all its forms; itself if there is none."""
    holder, around = node, node
    for _ in range(MOST_OUT):
        around = around.getparent()
        if around is None:
            break
        if around.tag == "mjx-container" or _HOLDER.search(around.get("class") or ""):
            holder = around
    return holder


def _replace(node: Any, text: str, done: set[Any]) -> None:
    """Make a node an inline element that holds this text alone; a holder is shown, whatever it says of its forms."""
    if node.tag not in MATH:
        node.attrib.clear()
    tail = storable(node.tail)
    del node[:]
    node.tag, node.text, node.tail = "span", storable(text), tail
    done.add(node)


def _read_script(script: Any, done: set[Any]) -> None:
    """Show the TeX source in a script of MathJax where the page holds no other form of it."""
    drawn = script.getprevious()
    if drawn is not None and _PREVIEW.search(drawn.get("class") or ""):
        _replace(drawn, "", done)
    elif drawn is not None and drawn in done and drawn.text:
        _drop_preview(drawn, done)
        return
    elif drawn is not None and _HOLDER.search(drawn.get("class") or ""):
        _drop_preview(drawn, done)
        _replace(drawn, "", done)
    if source := tex(script.text or ""):
        _replace(script, source, done)


def _drop_preview(drawn: Any, done: set[Any]) -> None:
    """Take the text away that a formula shows until it is drawn."""
    before = drawn.getprevious()
    if before is not None and _PREVIEW.search(before.get("class") or ""):
        _replace(before, "", done)


def _shown(math: Any) -> str:
    """Return the text of MathML without annotations."""
    parts: list[str] = []
    starts: list[int] = []
    for opens, node in _walk(math):
        around = node.getparent() if node is not math else None
        name = _local_name(around) if around is not None and node.getprevious() is not None else ""
        if opens:
            parts += filter(None, (_BETWEEN.get(name),))
            starts.append(len(parts))
            parts += filter(None, (_text_of(node),))
        else:
            start = starts.pop()
            if name in _SHIFTS and 0 < start < len(parts) <= start + NUMBER_PARTS:
                parts[start:] = [_beside_digit(parts[start - 1], "".join(parts[start:]), _SHIFTS[name])]
    return _WHITE_SPACE.sub(" ", "".join(parts)).strip()


def _walk(top: Any) -> Iterator[tuple[bool, Any]]:
    """Yield each element of a formula but for annotations when it opens (True) and when it closes."""
    stack = [(top, iter(top))]
    yield True, top
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield False, node
        elif _local_name(child) not in NOTES:
            stack.append((child, iter(child)))
            yield True, child


def _local_name(node: Any) -> str:
    return str(node.tag).rpartition(":")[2]


def _text_of(node: Any) -> str:
    text = (node.text or "").translate(_INVISIBLE)
    return text if _local_name(node) == "mtext" else text.strip("\t\n\r ")


def _beside_digit(before: str, text: str, digits: dict[int, int]) -> str:
    """Return a number that stands raised or lowered right behind a digit in such digits, other text as it is."""
    return text.translate(digits) if before[-1:].isdigit() and _NUMBER.fullmatch(text) else text


def _shift(node: Any) -> None:
    """Write a number in ``sup`` or ``sub`` in raised or lowered digits where it touches another number."""
    leaf = node
    for _ in range(MOST_OUT):
        if len(leaf) != 1 or (leaf.text or "").strip() or (leaf[0].tail or "").strip():
            break
        leaf = leaf[0]
    text = (leaf.text or "").strip()
    if len(leaf) or not _NUMBER.fullmatch(text):
        return
    before, around = node.getprevious(), node.getparent()
    if before is not None:
        last = before.tail or (before.text if not len(before) else "")
    else:
        last = around.text if around is not None else ""
    touches = (last or "")[-1:].isdigit() or (node.tail or "")[:1].isdigit()
    if touches:
        leaf.text = storable(text).translate(_SHIFTS[node.tag])


def _quote(node: Any) -> None:
    """Put the marks around a ``q`` that a browser shows."""
    first = (node.text or "").lstrip()[:1]
    if first in _OPEN_QUOTES and (first or not len(node)):
        return
    node.text = "“" + storable(node.text).lstrip()
    if len(node):
        node[-1].tail = storable(node[-1].tail).rstrip() + "”"
    else:
        node.text = node.text.rstrip() + "”"
