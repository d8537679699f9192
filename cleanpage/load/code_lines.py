"""Runs of lines of code in flattened text: precision first, for what is taken for code is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleanpage._native import twin
from cleanpage.draft import PROSE_UNITS
from cleanpage.load.data_text import is_configuration, is_nested_yaml
from cleanpage.load.lines import Line
from cleanpage.load.listing import PROSE_WORDS, is_prose_line
from cleanpage.load.page_scripts import machinery_of
from cleanpage.model import Span
from cleanpage.text import ends_sentence
from cleanpage.text.lazy_regex import lazy

MOST_BLANK = 3
"""Most blank lines in a row inside code."""
MOST_PLAIN = 2
"""Most lines in a row at the margin that show no sign of code, inside code."""
MIN_SURE = 3
"""Fewest lines that only code has, in a run."""
MIN_BETWEEN = 2
"""Fewest such lines in a run between two lines of prose; one that stands alone, if it has a mark."""
MIN_BLOCK, DEEPER, BLOCK_SURE = 4, 0.3, 0.2
"""Fewest lines of code that stands in below a line that only code has, the share of them that does, and the least share
of such lines. With braces it may be a script or a style of the page, with dots a menu."""
SURE_LINES, SIGN_SHARE = 0.3, 0.6
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
    r"|return \w[\w.]{0,40};?$|return [^.;]{1,80};$|.{0,160}\w\(.{0,120}\);$|template ?<.{1,80}>$|@\w{1,40} = \S.*"
    r"|with \S.{0,80}\) as \w{1,40}:$|def \w{1,60}[?!]?(?:\(.{0,120}\))?$|(?:elif|if|while) \[.{1,120}\]; ?(?:then|do)$"
    r"|for \w{1,30} in .{1,80}; ?do$|(?:fi|esac)$|echo [\"'$].*|-{1,2}[A-Za-z][\w-]{0,30} .{0,200} \\$|\$[({].*"
    r"|sudo (?:-\w{1,9} )?(?:apt|apt-get|dnf|yum|systemctl|service|cp|mv|rm|mkdir|chmod|chown|make|tee|nano|vim?|cat|ln"
    r"|tar|su|docker|pip3?|npm|snap|dpkg|reboot)\b.*|(?:rm|cp|mv|mkdir|chmod|tar"
    r"|ls) -{1,2}\w.*|VALUES ?\(.*|SET \w{1,60} ?= ?.*"
    r"|(?:where|having) \w.{0,60}(?:[=<>]|\bin \(|\blike '|\bis (?:not )?null).*|HTTP/\d(?:\.\d)? \d{3}\b.*"
    r"|(?:GET|POST|PUT|DELETE|PATCH|HEAD) /\S* HTTP/\d.*"
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
    r"|(?:WHERE|HAVING|AND|OR) \S.*(?:[=<>]|\bIN ?\(|\bLIKE |\bIS (?:NOT )?NULL).*"
    r"|(?:GROUP BY|ORDER BY) (?=.*[a-z_,.(;])[\w.(*].*(?<![.!?])"
    r"|FROM [a-z][\w.]{0,60}(?:,? \w{1,40}){0,3};?$|(?:LEFT |INNER )?JOIN [\w.(*].* ON .*"
    r"|[\"'][\w$@./ -]{1,40}[\"'] ?: ?(?:[\"'\[{]|\d|true|false|null).*"
    r"|(?=.*[*,.(;a-z_])(?:SELECT|INSERT INTO|CREATE TABLE|DELETE FROM|ALTER TABLE) [\w*.\"`(),' -]{1,120};?$"
    r"|(?:sudo|npm|npx|pip3?|docker|kubectl|apt-get|brew|yarn|cargo|git|curl|wget)"
    r" (?:-{1,2}\w|[a-z]{2,12} -{1,2}\w|install \S|run \S|clone \S|https?:).*"
    r"|@[a-z]\w{0,30}(?:\.\w{1,30}){1,4}$|@\w[\w.]{0,40}\(.{0,120}\)$"
    r"|(?:RUN|COPY|ADD|WORKDIR|CMD|ENTRYPOINT|ARG|USER|EXPOSE|VOLUME) [a-z\d./\[\"$-].*|ENV [A-Z_]{1,40}[= ].*"
    r"|FROM [a-z][\w./-]{0,80}:.*|(?:INSERT INTO|UPDATE|ALTER TABLE|CREATE \w{4,20}) \S.*[(,;)=]$"
    r"|(?:select|insert into|delete from|update|create table) \S.{0,160}(?:[,(*;]|\bfrom \w.*|\bset \w.*|[\w)]\))$"
    r"|export \w{1,40}=.*|\w{1,40}@\w{1,40}:\S{0,80}[$#]|PS [A-Z]:\\\S{0,80}> ?.*|[(]def\w{1,12} .*"
    r"|Traceback \(most recent call last\):$|File \".{1,200}\", line \d.*|at [\w.$<>/]{2,120}\([\w.: ]{1,80}\)$"
    r"|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S{0,8} \S{0,40} ?\[?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\b.*"
    r"|diff --git .*|index [\da-f]{7,40}\.\.[\da-f]{7,40}\b.*"
    r"|[\d*/,]{1,9}(?: [\d*/,-]{1,9}){4} /\S.*",
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
    r"|\.{3} .*|\[{1,2}[\w.\" -]{1,40}\]{1,2}$|namespace [\w.\\]{1,60}$"
    r"|(?:from|where|group by|order by|having|join|limit) [\w.(\"'].*"
    r"|(?:mkdir|cd|cp|mv|rm|chmod|echo|source|make|cat|ls) [-\w./~\"$].*|@\w[\w.]{0,40}$|[\w.-]{1,40} ?= ?\S.*"
    r"|[A-Z][A-Za-z]{1,40}:$"
    r"|[A-Z][a-z]{1,30}(?:-[A-Z][a-z]{1,30}){1,3}: \S.*|[a-z][\w.-]{0,20}(?: [\w./-]{1,60}){0,4} --?[a-z].*"
    r"|UPDATE [\w.]{1,60}$|[\w.]{0,60}(?:Error|Exception)\b.*"
    r"|(?:npm|yarn|pnpm|cargo|go|make|docker|git|brew) [a-z][\w:-]{1,20}$|class [A-Z]\w{0,60}(?: < [A-Z]\w{0,60})?$"
    r"|[+-]\s?[\w\"'$@].*[\d()=;:\"'].*",
    re.ASCII,
)
"""Lines that code has, and other texts now and then; tags and styles, which flatteners leave in a page's text."""
OPENERS = (
    "-", "+++", "from", "import", "package", "using", "use", "#include", "#define", "#ifdef", "#ifndef", "#endif",
    "#pragma", "#!", "/*", "*/", ">>>", "<?", "return", "npm", "npx",
    "sudo", "pip", "git", "docker", "kubectl", "apt-get", "brew", "yarn", "cargo", "curl", "wget", "SELECT", "INSERT",
    "CREATE", "DELETE", "ALTER", "UPDATE", "select", "insert", "delete", "update", "create", "\"", "'", "(def",
    "File ", "RUN", "COPY", "ADD", "WORKDIR", "CMD", "ENTRYPOINT", "ARG", "USER", "EXPOSE", "VOLUME", "ENV", "FROM",
    "WHERE", "GROUP", "ORDER", "HAVING", "LEFT", "INNER", "PS ", "template", "def ", "if [", "elif [", "while [",
    "fi", "esac", "echo ", "rm -", "cp -", "mv -", "mkdir -", "chmod -", "tar -", "ls -", "VALUES", "SET ", "where ",
    "having ", "HTTP/", "GET /", "POST /", "PUT /", "DELETE /", "PATCH /", "HEAD /", "diff", "index",
)  # fmt: skip
_HINT = lazy(
    rf"[{{}}=;$@]|^(?:{'|'.join(map(re.escape, OPENERS))})|[):]$|^[0-9*](?:.*(?: /|,$)|(?<=\d)[0-9]{{3}}-)", re.ASCII
)
"""What is in every line that only code has; items of lists and dates begin with ``*`` and digits, and few are such."""
_OPENS_KEYS = lazy(
    r"\n(?=[ \t<\[A-Za-z-])(?:[ \t]{0,20}<[\w:-]{1,40}(?:\s[^<>\n]{0,200})?>\n[ \t]{2,20}<"
    r"|[ \t]{0,20}\[\[?[A-Za-z][\w.\" -]{0,60}\]\]?\n[ \t]{0,20}[\w.-]{1,40} ?="
    r"|[ ]{0,20}[A-Za-z][\w-]{0,40}:(?: [>|])?\n(?=[ \t\n#-])|- [a-z]\w{0,40}: \S.{0,200}\n  )",
    re.ASCII,
)
"""How markup, sections of settings and keys of YAML begin, of which no line alone is sure; below a key stands what it
holds, not a line at the margin."""
_MARK = lazy(r"[{}=;$\\<>]|\w[(./]\w|\s--?\w")
_KEY_LINE = lazy(r"[a-z][\w-]{0,40}: \S", re.ASCII)
_ITEM = lazy(r"- [\w\"'{\[].{0,80}$")
_SHELL_PROMPT = lazy(
    r"\$ (?:[a-z./]|[A-Z]+=)|>>> |\.\.\. |\w[\w.-]{0,30}@[\w.-]{1,30}:\S{0,80}[$#] |PS [A-Z]:\\\S{0,80}> "
)
"""What an interpreter writes before what is typed; its answers follow."""
_LISP = lazy(r"\s*\((?:def\w{0,12}|let\*?|setq|ns|require|use-package|lambda|cond|if)\b")
_OPENING_TAG = lazy(r"<([\w:-]{1,40})(?:\s[^<>]{0,200})?>$")
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
    at: int
    """Its number."""
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
    if not any(sure) and not _OPENS_KEYS.search(raw):
        return []
    runs = (_trimmed(raw, lines, run) for run in _runs(raw, lines, sure))
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
    answers = False
    for at, (line, is_sure) in enumerate(zip(lines, sure, strict=True)):
        if not (run or is_sure or _SIGN.match(line.text)):  # begins no run: the answer for most lines
            continue
        gap = raw.count("\n", run[-1].line.end, line.start) - 1 if run else 0
        answers = bool(run) and not gap and (answers or _SHELL_PROMPT.match(run[-1].line.text) is not None)
        margin = -1 if answers and line.units < PROSE_UNITS else max(1, run[0].margin) if run else len(raw)
        row = _row(raw, line, at, sure=bool(is_sure), margin=margin)
        if row is not None and run and not gap and not row.sign and (answers or _is_item(row, run[-1])):
            row = row._replace(sign=True)
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


def _is_item(row: _Row, before: _Row) -> bool:
    """Tell whether a row is an item right below a key, or below another item."""
    above = before.line.text
    return _ITEM.match(row.line.text) is not None and (above.endswith(":") or (before.sign and above.startswith("- ")))


def _row(raw: str, line: Line, at: int, *, sure: bool, margin: int) -> _Row | None:
    """Return what a line shows; None if it is no code, but prose that does not stand in from ``margin``."""
    text = line.text
    if len(text) > LONGEST:
        return None
    before = raw.rfind("\n", 0, line.start) + 1
    start = before if raw[before : line.start].isspace() else line.start
    if sure:
        return _Row(line, at, start, sure=True, sign=True)
    if not text.isascii() and 2 * len(_ASCII.sub("", text)) > len(text):
        return None
    if _is_prose(text):
        return None if line.start - start <= margin else _Row(line, at, start, sure=False, sign=False)
    return _Row(line, at, start, sure=False, sign=_SIGN.match(text) is not None)


def _is_prose(text: str) -> bool:
    blanks = text.count(" ")
    ended = blanks and text[-1] != ";" and ends_sentence(text) and not (blanks < PROSE_WORDS and _KEY_LINE.match(text))
    return bool(ended) or blanks >= MOST_BLANKS or is_prose_line(text)


def _trimmed(raw: str, lines: Sequence[Line], run: list[_Row]) -> list[_Row]:
    """Return the code of a run, empty if it is none: from its first sign to its last, or what stands in there."""
    at = [i for i, row in enumerate(run) if row.sign]
    if not at:
        return []
    end, margin = at[-1] + 1, run[at[0]].margin
    while end < len(run) and run[end].margin > margin + 1 and not _ends_apart(run[end].line):
        end += 1
    code = run[at[0] : end]
    return code if _is_code_run(raw, lines, code) else []


def _ends_apart(line: Line) -> bool:
    return line.after_blank and line.text[-1] in ".!?:,"


def _is_code_run(raw: str, lines: Sequence[Line], run: Sequence[_Row]) -> bool:
    is_flat = not any(row.indented for row in run)
    between = _is_between(lines, run) and not (is_flat and any(machinery_of(row.line.text) for row in run))
    has_form = _is_block(run) or _has_form(raw, run) or (between and _is_markup(run))
    return (has_form or _is_enough(run, between=between)) and not is_page_script(raw, run[0].start, run[-1].line.end)


def _is_block(run: Sequence[_Row]) -> bool:
    """Tell whether a run is code by its form: it stands in below a line that only code has, with signs throughout."""
    if len(run) < MIN_BLOCK or sum(row.sure for row in run) < BLOCK_SURE * len(run):
        return False
    texts = [row.line.text for row in run]
    if any(text[-1] in "{}" or text.startswith(("* ", "+ ")) or _is_prose(text) for text in texts):
        return False
    deeper = sum(row.margin > run[0].margin for row in run)
    return deeper >= DEEPER * len(run) and sum(row.sign for row in run) >= SIGN_SHARE * len(run)


def _has_form(raw: str, run: Sequence[_Row]) -> bool:
    """Tell whether a run has the form of a language to its last line: keys below keys, settings, a script, Lisp."""
    texts = [raw[row.start : row.line.end] for row in run]
    if is_nested_yaml(texts) or is_configuration(texts) or (texts[0].startswith("#!/") and len(texts) > 1):
        return True
    whole = "".join(texts)
    return _LISP.match(whole) is not None and whole.count("(") == whole.count(")")


def _is_markup(run: Sequence[_Row]) -> bool:
    """Tell whether a run is one element, and what it holds stands in from its tags."""
    first, last = run[0].line.text, run[-1].line.text
    name = _OPENING_TAG.match(first)
    if name is None or len(run) < MIN_SURE or not last.startswith(f"</{name[1]}"):
        return False
    return all(row.margin > run[0].margin for row in run[1:-1])


def _is_between(lines: Sequence[Line], run: Sequence[_Row]) -> bool:
    """Tell whether a run stands between two lines of prose, where pages have no menus."""
    around = (run[0].at - 1, run[-1].at + 1)
    return around[0] >= 0 and around[1] < len(lines) and all(_is_prose_paragraph(lines[at]) for at in around)


def _is_prose_paragraph(line: Line) -> bool:
    return line.units >= PROSE_UNITS and (ends_sentence(line.text) or line.text[-1] in ":：")


def _is_enough(run: Sequence[_Row], *, between: bool) -> bool:
    """Tell whether enough lines of a run are such as only code has."""
    sure = sum(row.sure for row in run)
    signs = sum(row.sign or row.indented for row in run)
    is_one = len(run) == 1 and _MARK.search(run[0].line.text) is not None
    least = (1 if is_one else MIN_BETWEEN) if between else MIN_SURE
    share = BLOCK_SURE if between else SURE_LINES
    return sure >= max(least, share * len(run)) and signs >= SIGN_SHARE * len(run)
