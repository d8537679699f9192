"""``cleanpage PAGE…``: clean pages and print their articles."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from dataclasses import dataclass, field, fields

from cleanpage import __version__, build_info
from cleanpage.cli import completions
from cleanpage.cli.inputs import Found, find_pages
from cleanpage.cli.options import FAILED, OK, add_cleaning, add_reading, add_rest, config_of, new_parser, say
from cleanpage.cli.output import is_folder, open_output, output_name
from cleanpage.cli.progress import progress
from cleanpage.cli.work import FORMS, Outcome, Recipe
from cleanpage.cli.workers import clean_all
from cleanpage.errors import CleanpageError
from cleanpage.in_text import require_text
from cleanpage.model import Article

WORTH_WORKERS = 100
"""Pages from which on worker processes are started unasked. Two of them took 1.7 s for 30 pages of HTML and 6.0 s for
300, where one process took 1.0 s and 10.1 s: they start with the package to load."""

_USAGE = """%(prog)s [options] PAGE [PAGE ...]
       %(prog)s COMMAND ...
       %(prog)s --help"""
_DESCRIPTION = """\
Turn scraped pages, HTML or the raw text of a page without markup, into clean
articles: title, date, source, people, body, and a ledger of everything that
was removed and why."""
_EPILOG = """\
commands (COMMAND --help says more; a page of such a name is ./COMMAND):
  report            one page and what became of it, as an HTML page to look at
  why               what became of some words of a page, and by what
  diff              what another config makes of a page
  check             whether lines stay and go as you said that they should
  dedupe            which of some articles, cleaned already, are copies
  serve             reports in a browser, to try rules on pages of your own
  corpus            many pages: what their sites share, the copies among them

exit status:
  0                 all fine
  1                 some pages could not be read or written; the others are done
  2                 a wrong call, a bad rule or a bad config
  130               interrupted with Ctrl-C

examples:
  cleanpage page.html                               one page, to read it
  cleanpage page.html > article.json                ... as JSON
  cleanpage --format markdown page.html             ... as Markdown
  cleanpage --explain page.html | less              what became of every block
  curl -s https://example.org/ | cleanpage - --url https://example.org/
  cleanpage pages/ -o articles.jsonl                a folder, a line a page
  cleanpage pages/ --fields title,published,text    ... only what you need
  cleanpage 'pages/**/*.htm' --format text -o out/  a file a page
  cleanpage pages/ --config mine.toml --jobs 4      your rules, four processes
  cleanpage crawl.warc.gz -o articles.jsonl         the pages of an archive
  cleanpage pages.jsonl --format markdown -o out/   ... a file each
  cleanpage --completions bash > cleanpage.bash     for bash to source

a config file:
  favor = "precision"
  rules = ["site-a.toml", "site-b.toml"]            beside the config file
  [[rule]]                                          as in a file of --rules"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    made = new_parser("cleanpage", usage=_USAGE, description=_DESCRIPTION, epilog=_EPILOG)
    pages = made.add_argument_group("pages")
    pages.add_argument(
        "pages",
        metavar="PAGE",
        nargs="+",
        help="a file; a folder, with all below it that ends with .html, .htm, .xhtml, .shtml, .txt or .text;"
        " a pattern such as 'pages/**/*.html'; a file of many pages: .warc, .wet, .arc, .jsonl, .csv, .parquet;"
        " each may be packed (.gz, .bz2, .xz, .zst); or - for standard input",
    )
    _add_output(made)
    add_reading(made)
    add_cleaning(made)
    rest = made.add_argument_group("the run")
    rest.add_argument(
        "--jobs",
        type=_process_count,
        metavar="N",
        help="worker processes; the output is the same with any number (default: one a core from"
        f" {WORTH_WORKERS} pages on)",
    )
    rest.add_argument("-q", "--quiet", action="store_true", help="neither progress nor summary, only errors")
    rest.add_argument(
        "--completions",
        action=completions.Print,
        choices=completions.SHELLS,
        metavar="SHELL",
        help="print what makes bash, zsh or fish complete this command, and stop; needs cleanpage[cli]",
    )
    rest.add_argument("--version", action="version", version=_version(), help="print it and stop")
    add_rest(rest)
    return made


def _version() -> str:
    """Return the version, and whether compiled kernels run."""
    built = build_info()
    return f"cleanpage {__version__} ({'compiled' if built.compiled else 'Python alone'}: {built.reason})"


def _add_output(made: argparse.ArgumentParser) -> None:
    output = made.add_argument_group("what is printed")
    output.add_argument(
        "--format",
        choices=[form for form in FORMS if form != "explain"],
        metavar="FORM",
        help="readable: title, people, date, source, body and what was removed, the default on a terminal; json: all"
        " fields and the ledger, the default for one page elsewhere, of several pages an array; jsonl: a line a page"
        " with the name of the file, without ledger, links, pictures and comments, the default for more; text: title"
        " and body; markdown; html: one plain article; schema.org: JSON-LD",
    )
    output.add_argument(
        "--ledger",
        action=argparse.BooleanOptionalAction,
        help="with json and jsonl: print all fields, what became of every block of the page among them, or only the"
        " text and what is known about it",
    )
    output.add_argument(
        "--fields",
        type=_fields_asked,
        default=(),
        metavar="A,B",
        help="of json and jsonl only these fields, such as title,published,text",
    )
    output.add_argument(
        "--front-matter", action="store_true", help="with markdown: title and metadata as YAML between lines of ---"
    )
    output.add_argument(
        "--explain",
        action="store_true",
        help="every block of the page: what became of it, label, text, rule and reason",
    )
    output.add_argument(
        "-o",
        dest="out",
        type=output_name,
        metavar="OUT",
        help="write to this file (UTF-8); to a file a page, if OUT is a folder or ends with /; - is standard output",
    )


def _process_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"a number of processes, at least 1, not {text!r}")
    return int(text)


def _fields_asked(text: str) -> tuple[str, ...]:
    known = [each.name for each in fields(Article)]
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"an article has no field {name!r}; it has {', '.join(known)}")
    return names


def run(options: argparse.Namespace) -> int:
    """Clean the pages in order; an error of one does not stop the others."""
    found = find_pages(options.pages)
    recipe = _recipe(options, found)
    count = found.count
    jobs = options.jobs or (_cores() if count is None or count >= WORTH_WORKERS else 1)
    # A bar between lines that are printed to the same terminal is none.
    shown = found.several and not options.quiet and sys.stderr.isatty() and not _to_terminal(options)
    tally = _Tally(failed=len(found.problems))
    with open_output(options.out, FORMS[recipe.form], found) as write, progress(count, shown=shown) as bar:
        for problem in found.problems:
            bar.say(problem)
        for outcome in clean_all(found.pages, recipe, min(jobs, count or jobs)):
            error = outcome.error or write(outcome)
            if error:
                bar.say(error)
            tally.count(outcome, failed=bool(error))
            if not found.several and not error and outcome.page_kind and not options.quiet:
                kind = _KINDS.get(outcome.page_kind, outcome.page_kind)
                bar.say(f"{outcome.name}: no article was found; the page looks like {kind}")
            bar.step()
    if found.several and not options.quiet:
        say(tally.summary())
    return FAILED if tally.failed else OK


_KINDS = {
    "error": "a message of an error", "wall": "a wall (login, cookies, a check for robots)", "empty": "an empty page",
    "listing": "a list of links",
}  # fmt: skip
"""Kinds of pages that hold no article, in words."""


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _to_terminal(options: argparse.Namespace) -> bool:
    return options.out is None and sys.stdout.isatty()


def _default_form(options: argparse.Namespace, *, several: bool) -> str:
    """Return the form of the output where ``--format`` is not given."""
    if several:
        return "jsonl"
    asked = options.fields or options.ledger is not None
    return "readable" if _to_terminal(options) and not asked else "json"


def _recipe(options: argparse.Namespace, found: Found) -> Recipe:
    """Return how the pages are to be cleaned and rendered; raise CleanpageError for options that do not go together."""
    apart = is_folder(options.out)
    if options.explain and options.format:
        raise CleanpageError(f"--explain is a form of its own: leave out --format {options.format}, or --explain")
    asked = "explain" if options.explain else options.format
    form = asked or _default_form(options, several=found.several and not apart)
    if options.ledger is not None and form not in ("json", "jsonl"):
        raise CleanpageError(f"--ledger is for json and jsonl, not for {form}")
    if options.ledger is not None and options.fields:
        raise CleanpageError("--fields names all that is printed: leave out --ledger and --no-ledger")
    if options.front_matter and form != "markdown":
        raise CleanpageError(f"--front-matter is for markdown, not for {form}")
    if options.fields and form not in ("json", "jsonl"):
        raise CleanpageError(f"--fields is for json and jsonl, not for {form}")
    require_text(options.fields)
    if options.url and found.several:
        raise CleanpageError("--url is the address of one page; clean the pages one by one, or leave it out")
    if form == "html" and found.several and not apart:
        raise CleanpageError("--format html makes a document of each page; give a folder to put them in: -o FOLDER/")
    return Recipe(
        config=config_of(options),
        form=form,
        kind=options.kind,
        encoding=options.encoding,
        url=options.url,
        fields=options.fields,
        front_matter=options.front_matter,
        ledger=(form == "json" or bool(options.fields)) if options.ledger is None else options.ledger,
        one_line=found.several and not apart,
        ascii_only=options.out is None and not (sys.stdout.encoding or "").lower().startswith("utf"),
        headed=found.several and not apart and not FORMS[form].streams,
        width=shutil.get_terminal_size((120, 24)).columns,
        colour=_to_terminal(options) and not os.environ.get("NO_COLOR"),
    )


@dataclass(slots=True)
class _Tally:
    """What a run says of itself when it is over."""

    failed: int = 0
    cleaned: int = 0
    articles: int = 0
    began: float = field(default_factory=time.monotonic)

    def count(self, outcome: Outcome, *, failed: bool) -> None:
        """Count one page."""
        self.failed += failed
        self.cleaned += not failed
        self.articles += outcome.page_kind is None and not failed

    def summary(self) -> str:
        """Return one line."""
        took = time.monotonic() - self.began
        speed = self.cleaned / took if took else 0.0
        rate = f"{took:.1f} s, {speed:.{0 if speed >= 10 else 1}f} a second" if took else "0 s"
        return f"{self.cleaned} cleaned ({self.articles} articles), {self.failed} failed; {rate}"
