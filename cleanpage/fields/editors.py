"""Who edited, proof-read, reviewed it, and in which role."""

from __future__ import annotations

from collections.abc import Iterator

from cleanpage.fields.byline import undated
from cleanpage.fields.shared.evidence import Claim, Evidence
from cleanpage.fields.shared.labelled_values import LabelledValue
from cleanpage.fields.shared.labels import meanings
from cleanpage.fields.shared.names import is_name, is_pen_name, split_names
from cleanpage.labels import Label
from cleanpage.text import fold, is_cjk
from cleanpage.text.lazy_regex import lazy

RULE = "editors"
MAX_DISTANCE = 40
"""Blocks between body and editor line: 3 on most pages (TAXONOMY 1.9), more where share bars and tags stand between."""
MAX_UNITS, NEAR = 40.0, 0.1
"""Longest line of an editor, in ideograms; cost of the place up to which a publish line may name him without marks."""


def _roles() -> str:
    """Return a pattern for the roles of editors that are written with ideograms, kana or hangul."""
    return "|".join(role for role, meaning in meanings().items() if meaning == "editor" and is_cjk(role[0]))


_ROLE_THEN_BLANK = lazy(r"^[(\[·\s]*([^\W\d_]{2,8}) (?=\S)")
_ROLE_LETTER = lazy("[编校审监]")
_ROLE_NAME = lazy(lambda: rf"(?<!\w)(?P<role>{_roles()}) (?P<name>[\u4e00-\u9fff]{{2,4}})(?![\u4e00-\u9fff])")
_NAME_ROLE = lazy(lambda: rf"^\(?(?P<name>[\u4e00-\u9fff]{{2,4}}) (?P<role>{_roles()})\)?$")
_LISTED = lazy(
    lambda: (
        rf"[(\[]?(?:(?:作者|撰文|文字|记者|摄影) [\u4e00-\u9fff]{{2,4}} )?"
        rf"(?:(?:{_roles()}) [\u4e00-\u9fff]{{2,4}}[ )\]]*)+"
        rf"|\(?[\u4e00-\u9fff]{{2,4}} (?:{_roles()})\)?"
    )
)
"""A line of nothing but roles and names without marks: ``编辑 NAME 校对 NAME``, ``(NAME 编辑)``."""
_PEN_NAME = lazy(r"[\u4e00-\u9fff]{5,6}")
"""Longer ones than names of persons, where nothing else stands behind the label."""
_CODE = lazy(r"_?[A-Za-z]{1,5}_?\d+$")
"""Newsrooms sign ``黄欢_NN123`` with name and code."""


def extract(page: Evidence) -> Iterator[Claim]:
    """Yield ``editors`` and ``editor_roles``, each as one tuple: item by item they belong together."""
    found: dict[str, str] = {}
    first = -1
    for i, role, value in _credits(page):
        for name in split_names(value):
            person = _uncoded(name)
            if is_name(person) or (person == value and _PEN_NAME.fullmatch(person) and is_pen_name(person)):
                found.setdefault(person, role)
                first = i if first < 0 else first
    if found:
        yield page.candidate(first, "editors", tuple(found), RULE, 1.0)
        yield page.candidate(first, "editor_roles", tuple(found.values()), RULE, 1.0)


def _credits(page: Evidence) -> Iterator[tuple[int, str, str]]:
    """Yield block, role as printed and printed names of every editor credit near the body."""
    paired = set()
    for pair in page.paired("editor"):
        if _is_credit(page, pair):
            paired.add(pair.at)
            yield pair.block, pair.label, undated(pair.value).strip()
    for i, block in enumerate(page.blocks):
        if page.distances[i] > MAX_DISTANCE or block.units > MAX_UNITS or i in paired or not _may_list(block.folded):
            continue
        line = fold(undated(block.text)) if i in page.dates else block.folded
        listed = _LISTED.fullmatch(line.strip())
        if listed or ((i in page.dates or i in page.credited) and (page.place(i) or 1.0) <= NEAR):
            paired.add(i)
            for match in (*_ROLE_NAME.finditer(line), *(_NAME_ROLE.finditer(line) if listed else ())):
                role, name = (block.text[match.start(part) : match.end(part)] for part in ("role", "name"))
                yield i, role, name
    for i in page.labelled(Label.EDITOR):
        block = page.blocks[i]
        opening = _ROLE_THEN_BLANK.match(block.folded)
        if i in paired or opening is None or block.units > MAX_UNITS or page.distance(i) > MAX_DISTANCE:
            continue
        if meanings().get(opening[1]) == "editor":
            yield i, block.text[opening.start(1) : opening.end(1)], block.text[opening.end() :]


def _may_list(folded: str) -> bool:
    """Tell whether a line may match ``_LISTED``, faster than that does."""
    return not folded.isascii() and _ROLE_LETTER.search(folded) is not None


def _is_credit(page: Evidence, pair: LabelledValue) -> bool:
    """Tell whether a labelled value stands where editors are named, and if it is on the next line, names only."""
    # A role inside running text is prose: "历时多年审校：…".
    if page.distance(pair.at) > MAX_DISTANCE or (page.in_body(pair.at) and page.blocks[pair.at].units > MAX_UNITS):
        return False
    return pair.block == pair.at or all(is_name(_uncoded(name)) for name in split_names(pair.value))


def _uncoded(name: str) -> str:
    return _CODE.sub("", name).strip()
