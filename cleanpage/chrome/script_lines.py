"""Name the lines of scripts, style sheets and JSON-LD that a flattener has left in the text of a page.

Only the page's own machinery: an article that is about programming shows such lines as its content, and keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, repeat, zip_longest

from cleanpage.draft import SCRIPT, BlockFinding, Draft, TextBlock
from cleanpage.labels import Label
from cleanpage.load.code_lines import is_page_script
from cleanpage.load.page_scripts import HEAD, HTML, is_sentence, machinery_of, suspects
from cleanpage.text.lazy_regex import lazy

SCRIPT_REASON = "a line of {}, which a browser does not show"
TECHNICAL = 3
"""So many words of programming in its prose make a page one about programming."""
ANNOUNCES = 10
"""Ideograms, or a third as many letters, of the shortest line that announces an example with its colon."""

_GOES_ON = lazy(
    r"^(?:[\]})]{1,4}[;,]?(?: ?else ?\{| ?catch ?\(\w{1,10}\) ?\{)?"
    r"|[\w$.\[\]'\"-]{1,60} ?[:=(] ?.{0,400}[;,{(]|.{0,60}[{;]"
    r"|[\w-]{2,40}: ?[^;{}]{1,200};\}?|\"[@\w]{1,60}\" ?: ?.{1,1000}|[{\[(]|//.{0,200}|/\*.{0,300}|\*/)$"
)
_TECHNICAL = lazy(
    r"\b(?:java ?script|typescript|css|html\d?|jquery|json|npm|api|sdk|php|python|node\.?js|react|callback|selectors?"
    r"|snippets?|markup|structured data|functions?|variables?"
    r"|scripts?|stylesheets?|syntax|compiler?|browser console|tag manager|code)\b"
    r"|代码|函数|变量|脚本|编程|源码|样式表",
    re.IGNORECASE,
)


def script_lines(draft: Draft) -> Draft:
    """Add a finding for each block of a line that is the page's own script, style sheet or JSON.

    Lines of the same between two such lines go with them. Text alone is looked at: HTML says what is a script.
    """
    if draft.source.kind != "text":
        return draft
    lines = _lines(draft.blocks)
    texts = [(line[0].text if len(line) == 1 else "".join([block.text for block in line]))[:HEAD] for line in lines]
    named: list[str | None] = [None] * len(lines)
    for i in suspects(texts):
        named[i] = machinery_of(texts[i])
    if not any(named) or _is_about_programming(draft.blocks):
        return draft
    kinds = _without_examples(lines, _with_what_goes_on(lines, named))
    of_blocks = chain.from_iterable(repeat(kind, len(line)) for line, kind in zip(lines, kinds, strict=True))
    return draft.with_findings(
        BlockFinding(i, Label.SCRIPT, SCRIPT, SCRIPT_REASON.format(kind))
        for i, (block, kind) in enumerate(zip(draft.blocks, of_blocks, strict=True))
        if kind and block.text
    )


def _lines(blocks: Sequence[TextBlock]) -> list[list[TextBlock]]:
    """Return the blocks of each line, those of sentences apart from those of scripts."""
    lines: list[list[TextBlock]] = []
    before: bool | None = None
    for block, following in zip_longest(blocks, blocks[1:]):
        is_told = is_sentence(block.text) if block.glued or (following and following.glued) else None
        if block.glued and lines and is_told == before:
            lines[-1].append(block)
        else:
            lines.append([block])
        before = is_told
    return lines


def _with_what_goes_on(lines: Sequence[Sequence[TextBlock]], named: Sequence[str | None]) -> list[str | None]:
    """Return the kinds with those of the lines that go on behind a named one as code does."""
    kinds: list[str | None] = []
    for line, kind in zip(lines, named, strict=True):
        before = kinds[-1] if kinds else None
        goes_on = kind is None and before is not None and _GOES_ON.match(line[0].text) and not line[0].is_prose
        kinds.append(before if goes_on else kind)
    return kinds


def _without_examples(lines: Sequence[Sequence[TextBlock]], kinds: Sequence[str | None]) -> list[str | None]:
    """Return the kinds without those of examples: between lines of prose, a listing, or lines behind a colon."""
    kept = list(kinds)
    prose = [at for at, line in enumerate(lines) if kinds[at] is None and line[0].is_prose]
    announced = False
    for at in range(prose[0], prose[-1]) if prose else ():
        line = lines[at]
        if kinds[at] is None:
            announced = line[-1].units >= ANNOUNCES and line[-1].text[-1] in ":："
        elif line[0].kind == "code" or announced:
            text = "".join(block.text for block in line)
            kept[at] = kinds[at] if kinds[at] != HTML and is_page_script(text, 0, len(text)) else None
    return kept


def _is_about_programming(blocks: Sequence[TextBlock]) -> bool:
    """Tell whether the prose of a page has words of programming."""
    found = 0
    for block in blocks:
        if block.is_prose and machinery_of(block.text[:HEAD]) is None:
            found += len(_TECHNICAL.findall(block.text))
    return found >= TECHNICAL
