"""Runs of lines of code in flattened text: precision first, for what is taken for code is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.load.lines import Line
from cleanpage.load.listing import is_prose_line
from cleanpage.model import Span
from cleanpage.text import ends_sentence
from cleanpage.text.lazy_regex import lazy

MOST_BLANK = 3
"""Most blank lines in a row inside code."""
MOST_PLAIN = 2
"""Most lines in a row at the margin that show no sign of code, inside code."""
MIN_SURE = 3
"""Fewest lines that only code has, in a run."""
MIN_KEYS, MIN_NESTED = 4, 2
"""Fewest lines of keys and values, and fewest of them that stand in, in what is nothing else."""
MIN_BLOCK, DEEPER, BLOCK_SURE = 4, 0.3, 0.2
"""Fewest lines of code that stands in below a line that only code has, the share of them that does, and the least share
of such lines. With braces it may be a script or a style of the page, with dots a menu."""
SURE_SHARE, SIGN_SHARE = 0.3, 0.6
"""Least share of such lines in a run, and of those that show any sign, an indentation too."""
MOST_BLANKS = 16
"""Fewest blanks in a line that is prose, whatever marks it has, unless it stands in."""
LONGEST = 300
"""Characters of the longest line of code: minified scripts go on for thousands."""

_SURE = lazy(
    r".{0,200}\{$"  # a block opens
    r"|\} ?(?:else|catch|finally|while)\b.{0,80}[{;]$"
    r"|(?:[\w$.*&>\[\]'\"@:-]{1,60} ){0,3}[\w$.*&>\[\]'\"@:-]{1,60} ?(?:[-+*/%|&:]|\|\||\?\?)?= ?[^\s=].*;$"
    r"|[\w$.:>-]{1,80}!?\(.{0,200}\)[;,]$|[\w$]{1,40}(?:\.[\w$]{1,40})+\(.{0,200}\)$"
    r"|[a-z_][\w.]{0,60}\([\"'].{0,160}[\"']\)$"
    r"|(?:export |public |private |static |pub |async |default |abstract |final |def |class |function |func |fn "
    r"|struct |enum |interface |impl |trait |module ){1,4}[\w$<>\[\], *&:]{0,80}(?:\(.{0,120}\)?|)(?: ?-> ?.{1,40}"
    r"|: ?[\w<>\[\]]{1,30})? ?[{:;]$"
    r"|for \w{1,30}(?:, ?\w{1,30}){0,3} in \S.{0,80}:$|(?:if|elif|while) \S{0,40}[._(\[=<>!][^:]{0,80}:$"
    r"|return \w[\w.]{0,40};?$"
    r"|from [\w.]{1,60} import \S.*|import [\w.*{}, $-]{1,80}(?: from)? ?[\"'].{1,80}[\"'];?$"
    r"|import [a-z_][\w.]{0,60}(?: as \w{1,30})?;?$"
    r"|#include ?[<\"]\S{1,80}[>\"]$|#(?:define|ifdef|ifndef|endif|pragma)\b.*|using [\w.]{1,60};$"
    r"|package [\w.]{1,60};?$|use [\w:{}, ]{1,80};$"
    r"|(?:const|let|var|val|auto|int|char|float|double|bool|String|string|long|void) [\w$*&\[\]<>{}, ]{1,60} ?=.*"
    r"|\$ (?:[a-z./]|[A-Z]+=)\S*.*|>>> \S.*|[\w.-]{1,30}@[\w.-]{1,30}:\S{0,80}[$#] .*|#!/\S+.*|<\?(?:php|xml)\b.*"
    r"|/\*.*|\*/$"
    r"|[\w.$\[\]\"'@*-]{1,40}[-+*/%|&:]?=[^\s=]\S{0,120}$|\w*[._$\[][\w.$\[\]\"'-]{0,40} ?[-+*/%|&:]?= ?[^\s=].*"
    r"|[\w.-]{1,40} ?[-+*/%|&:]?= ?(?:[{\"'`$&].*|[^\"'(\[ ]{0,40}\w[(\[\"].*[)\]\"']$)"
    r"|\{ ?[\"']?\w{1,40}[\"']? ?: ?.{1,200}\},?$|--- [\w./]+$|\+\+\+ [\w./]+$|@@ [-+\d, ]{3,40} @@.*"
    r"|(?:FROM|WHERE|GROUP BY|ORDER BY|HAVING|LEFT JOIN|INNER JOIN) [\w.(*].*(?<![.!?])"
    r"|[\"'][\w$@./ -]{1,40}[\"'] ?: ?(?:[\"'\[{]|\d|true|false|null).*"
    r"|(?:SELECT|INSERT INTO|CREATE TABLE|DELETE FROM|ALTER TABLE|UPDATE) [\w*.\"`(),' -]{1,120};?$"
    r"|(?:sudo|npm|npx|pip3?|docker|kubectl|apt-get|brew|yarn|cargo|git|curl|wget)"
    r" (?:-{1,2}\w|[a-z]{2,12} -{1,2}\w|install \S|run \S|clone \S|https?:).*"
    r"|@\w[\w.]{0,40}(?:\(.{0,120}\))?$",
    re.ASCII,
)
"""Lines that only code has."""
_SIGN = lazy(
    r"//|<!--|</?[a-z][\w-]{0,20}[ />]|[a-z-]{2,30}: ?[^;:]{1,80};$|[\])}]{1,8}[;,)]{0,3}$|[({\[]$|#\s?\S.*"
    r"|--\s?\S.*|\*\s\S.*|(?:- )?[\"']?[a-z][\w./-]{0,40}[\"']?:(?: ?[\"'\[{|>]?\S.*)?$"
    r"|(?:if|elif|for|while|with|else|try|except|return|yield|raise|continue|break|pass|case|end|fi"
    r"|done|then|do|begin)\b.*(?<![.!?。])"
    r"|.*(?:[;{}\\|,(\[]|=>|&&)$|.*[\w\])]\(.{0,200}\).{0,40}"
    r"|.*(?:==|!=|<=|>=|=>|->|::|&&|\|\||\+=|\$\{|\w_\w|\w\[\w).*|[\"']{3}.*|[\"'].*[\"'],?$"
    r"|(?:FROM|WHERE|GROUP BY|ORDER BY|AND|OR|JOIN|LEFT JOIN|HAVING|LIMIT|VALUES|SET) \S.*|-{1,2}\w[\w-]{0,30}.*"
    r"|\.{3} .*|\[[\w. -]{1,40}\]$",
    re.ASCII,
)
"""Lines that code has, and other texts now and then; tags and styles, which flatteners leave in a page's text."""
OPENERS = (
    "-", "+", "from", "import", "package", "using", "use", "#", "//", "/*", "*/", ">>>", "<", "return", "npm", "npx",
    "sudo", "pip", "git", "docker", "kubectl", "apt-get", "brew", "yarn", "cargo", "curl", "wget", "SELECT", "INSERT",
    "CREATE", "DELETE", "ALTER", "UPDATE",
)  # fmt: skip
_HINT = lazy(rf"[{{}}=;$@]|^(?:{'|'.join(map(re.escape, OPENERS))})|[):]$")
"""What is in every line that only code has."""
_OPENS_KEYS = lazy(r"\n[ ]{0,20}[a-z][\w-]{0,40}:\n", re.ASCII)
_INDENTED = lazy(r"\n[^\S\n]{2}")
"""A line that stands in as far as what stands below a key."""
_KEY = lazy(r"(?:- )?[a-z][\w./-]{0,40}:(?: \S.{0,120})?$|- [\w\"'].{0,80}$|#.*", re.ASCII)
_STANDS_IN = lazy(r"\n[ \t]{2,40}\S[^\n]{0,300}\n[ \t]{2,40}\S")
"""Two lines that stand in from the margin."""
_ASCII = lazy(r"[\x00-\x7f]+")
_PAGE_SCRIPT = lazy(
    r"dataLayer|gtag\(|googletag|adsbygoogle|_hmt|fbq\(|google-?analytics|document\.(?:write|all|images|layers)\b"
    r"|<(?:a|img|iframe|script|ilayer|object|embed|param|noscript)[ >]|schema\.org|createElement\([\"']script"
    r"|window\._|!important|@context|getElementsByTagName\([\"']script|@media|\.css\b.*\{|-webkit-"
    r"|function\(\w,\w,\w",
    0,
)
"""Scripts and styles of pages, which some flatteners leave in the text."""


class _Row(NamedTuple):
    """A line that may be one of code."""

    line: Line
    start: int
    """Where it begins, with its indentation."""
    sure: bool
    sign: bool
    """Whether it shows any sign of code."""

    @property
    def margin(self) -> int:
        """The blanks before it."""
        return self.line.start - self.start

    @property
    def indented(self) -> bool:
        """Whether it stands in from the margin."""
        return self.line.start > self.start


def code_spans(raw: str, lines: Sequence[Line]) -> list[Span]:
    """Return the runs of lines that are code, whole lines from the first's indentation on; linear in the text."""
    sure = bytearray(len(lines))
    for i in hinted_lines(lines):
        sure[i] = _SURE.match(lines[i].text) is not None
    stands_in = any(sure) and _STANDS_IN.search(raw)
    if sum(sure) < MIN_SURE and not stands_in and not (_INDENTED.search(raw) and _OPENS_KEYS.search(raw)):
        return []
    runs = (_trimmed(raw, run) for run in _runs(raw, lines, sure))
    return [(run[0].start, run[-1].line.end) for run in runs if run]


def is_page_script(raw: str, start: int, end: int) -> bool:
    """Tell whether a span holds what scripts and styles of pages do."""
    return _PAGE_SCRIPT.search(raw, start, end) is not None


def shows_code(text: str) -> bool:
    """Tell whether a line shows any sign of code, and is no prose."""
    if len(text) > LONGEST:
        return False
    return _is_sure(text) or (not _is_prose(text) and _SIGN.match(text) is not None)


def _is_sure(text: str) -> bool:
    return len(text) <= LONGEST and _HINT.search(text) is not None and _SURE.match(text) is not None


@twin("blocks")
def hinted_lines(lines: Sequence[Line]) -> list[int]:
    """Return the numbers of the lines that may be such as only code has."""
    return [i for i, line in enumerate(lines) if len(line.text) <= LONGEST and _HINT.search(line.text)]


def _runs(raw: str, lines: Sequence[Line], sure: bytearray) -> Iterator[list[_Row]]:
    """Yield the runs of lines that may be code."""
    run: list[_Row] = []
    plain = 0
    for line, is_sure in zip(lines, sure, strict=True):
        row = _row(raw, line, sure=bool(is_sure))
        gap = raw.count("\n", run[-1].line.end, line.start) - 1 if run else 0
        if row is None or gap > MOST_BLANK or (gap and not (row.sign or row.indented)):
            yield run
            run, plain = [], 0
        if row is None or not (run or row.sure or row.sign):
            continue
        plain = 0 if row.sign or row.indented else plain + 1
        if plain > MOST_PLAIN:
            yield run
            run, plain = [], 0
            continue
        run.append(row)
    yield run


def _row(raw: str, line: Line, *, sure: bool) -> _Row | None:
    """Return what a line shows; None if it is no code, but prose."""
    text = line.text
    if len(text) > LONGEST:
        return None
    before = raw.rfind("\n", 0, line.start) + 1
    start = before if raw[before : line.start].isspace() else line.start
    if sure:
        return _Row(line, start, sure=True, sign=True)
    if not text.isascii() and 2 * len(_ASCII.sub("", text)) > len(text):
        return None
    if _is_prose(text):
        return None if line.start - start < 2 else _Row(line, start, sure=False, sign=False)
    return _Row(line, start, sure=False, sign=_SIGN.match(text) is not None)


def _is_prose(text: str) -> bool:
    ended = " " in text and text[-1] != ";" and ends_sentence(text)
    return ended or text.count(" ") >= MOST_BLANKS or is_prose_line(text)


def _trimmed(raw: str, run: list[_Row]) -> list[_Row]:
    """Return the code of a run, empty if it is none: from its first sign to its last, or what stands in there."""
    at = [i for i, row in enumerate(run) if row.sign]
    if not at or not _is_code(raw, run[at[0] : at[-1] + 1]):
        return []
    end, margin = at[-1] + 1, run[at[0]].margin
    while end < len(run) and run[end].margin > margin and run[end].line.text[-1] not in ".!?:":
        end += 1
    return run[at[0] : end]


def _is_nested(run: Sequence[_Row]) -> bool:
    """Tell whether a run is keys with values below keys, as in YAML."""
    if len(run) < MIN_KEYS or not all(_KEY.match(row.line.text) for row in run):
        return False
    margins = [row.margin for row in run]
    keys = [row.line.text.endswith(":") for row in run]
    opens = any(key and after > margin for key, (margin, after) in zip(keys, pairwise(margins), strict=False))
    return opens and sum(margin >= margins[0] + 2 for margin in margins) >= MIN_NESTED


def _is_block(run: Sequence[_Row]) -> bool:
    """Tell whether a run is code by its form: it stands in below a line that only code has, with signs throughout."""
    if len(run) < MIN_BLOCK or sum(row.sure for row in run) < BLOCK_SURE * len(run):
        return False
    texts = [row.line.text for row in run]
    if any(text[-1] in "{}" or text.startswith(("* ", "+ ")) or _is_prose(text) for text in texts):
        return False
    deeper = sum(row.margin > run[0].margin for row in run)
    return deeper >= DEEPER * len(run) and sum(row.sign for row in run) >= SIGN_SHARE * len(run)


def _is_code(raw: str, run: Sequence[_Row]) -> bool:
    if _is_nested(run) or _is_block(run):
        return not is_page_script(raw, run[0].start, run[-1].line.end)
    sure = sum(row.sure for row in run)
    signs = sum(row.sign or row.indented for row in run)
    if sure < max(MIN_SURE, SURE_SHARE * len(run)) or signs < SIGN_SHARE * len(run):
        return False
    return not is_page_script(raw, run[0].start, run[-1].line.end)
