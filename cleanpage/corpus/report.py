"""The report of a run: one HTML page that fetches nothing, and one for each page that it lists."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from cleanpage.corpus.accounting import SKIP_REASONS, ordered
from cleanpage.corpus.atomic_task import finished, made_whole
from cleanpage.corpus.clean_task import report_of
from cleanpage.corpus.inputs import count_skipped
from cleanpage.corpus.publish import COUNTS
from cleanpage.corpus.settings import Settings
from cleanpage.corpus.summary import BINS, HOSTS, KEYS, Summary, SummaryRow
from cleanpage.report.render import asset, digest
from cleanpage.text.lazy_regex import lazy

SHOWN_ROWS = 15
"""Rows of each list."""
EXCERPT = 700
"""Characters of each of two copies that are shown side by side."""
TOTALS = {
    "pages": "pages", "articles": "articles", "copies": "copies", "errors": "errors", "skipped": "skipped",
    "ledger": "spans removed", "parts": "parts of others", "versions": "versions",
}  # fmt: skip
"""Counts that are shown, and what they are called."""
_WORDS = lazy(r"[a-zA-Z0-9\u0400-\u04ff]+|[^a-zA-Z0-9\u0400-\u04ff]")
GROUP_HEADINGS = {"host": "Hosts", "language": "Languages", "page_kind": "Kinds of pages"}


class PageGroup(NamedTuple):
    """The pages of one host, language or kind."""

    name: str
    pages: int
    confidence: float
    """On average."""
    errors: int


class Chart(NamedTuple):
    """Names with numbers."""

    title: str
    name: str
    unit: str
    about: str
    rows: list[tuple[str, int]]


class Excerpt(NamedTuple):
    """A piece of an article that stands beside its copy."""

    id: str
    title: str
    pieces: list[tuple[str, bool]]
    """Texts in their order, and whether they differ from the copy's."""


def report_run(source: str, out: str) -> None:
    """Write ``report.html`` and the folder ``report`` of a run whose tables are done; ``source`` is where it works."""
    work = Path(source)
    summary = Summary(sorted((work / "publish").glob("*/*.summary.json"), key=lambda file: file.name))
    counts: Counter[str] = Counter(skipped=count_skipped(work).total())
    for bucket in finished(work / "publish"):
        counts.update(json.loads((bucket / COUNTS).read_text(encoding="utf-8")))
    counts["pages"] = counts["cleaned"] + counts["errors"]
    with made_whole(Path(out)) as made:
        (made / "report").mkdir()
        links = _copy_reports(work, made, [*summary.lowest, *summary.slowest])
        page = _render(work, summary, counts, links)
        (made / "report.html").write_text(page, encoding="utf-8")


def _copy_reports(work: Path, made: Path, rows: Iterable[SummaryRow]) -> dict[str, str]:
    """Copy the reports of those of some pages that have one; return their addresses by id."""
    links: dict[str, str] = {}
    for row in rows:
        report = report_of(work / "clean" / row["part"], row["id"])
        if row["id"] not in links and report.is_file():
            links[row["id"]] = f"report/{len(links) + 1:04d}.html"
            shutil.copyfile(report, made / links[row["id"]])
    return links


def _render(work: Path, summary: Summary, counts: Mapping[str, int], links: Mapping[str, str]) -> str:
    import jinja2

    source, style, script = (asset(f"report.{kind}", __package__) for kind in ("html", "css", "js"))
    totals, sums, settings = summary.sums["totals"], summary.sums, Settings.load(work / "inputs")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
                                     lstrip_blocks=True)  # fmt: skip
    page: str = environment.from_string(source).render(
        policy=f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; base-uri 'none'",
        style=style, script=script, settings=settings, links=links, copies=_copy_excerpts(work, summary),
        totals=[(shown, counts[name]) for name, shown in TOTALS.items()],
        ms=1000 * totals["seconds"] / max(1, counts["cleaned"]),
        kept=totals["text_chars"] / max(1, totals["source_chars"]),
        histograms=[("Confidence", sums["confidence"]), ("Share of a page's text that was kept", sums["kept"])],
        bins=range(BINS), groups=[(GROUP_HEADINGS[key], key, _page_groups(summary, key)) for key in KEYS],
        choices={key: sorted({row[key] or "" for row in summary.lowest}) for key in KEYS},
        lowest=summary.lowest, slowest=summary.slowest, charts=list(_charts(summary, count_skipped(work))),
    )  # fmt: skip
    return page


def _page_groups(summary: Summary, key: str) -> list[PageGroup]:
    """Return the hosts, languages or kinds with most pages."""
    sums = summary.sums
    return [
        PageGroup(name, count, sums[f"{key} confidence"][name] / count, sums[f"{key} errors"][name])
        for name, count in sums[key].most_common(HOSTS)
    ]


def _charts(summary: Summary, skipped: Mapping[str, int]) -> Iterator[Chart]:
    sums = summary.sums
    reasons = sums["errors"].most_common(SHOWN_ROWS)
    yield Chart("Errors", "reason", "pages", "why pages could not be read or cleaned", reasons)
    left_out = [(f"{reason}: {SKIP_REASONS.get(reason, '')}", count) for reason, count in ordered(skipped).items()]
    yield Chart("Skipped", "reason", "records", "what is no page and was not cleaned", left_out)
    labels = sums["labels"].most_common(SHOWN_ROWS)
    yield Chart("What was removed", "label", "spans", "spans of the pages, by what they are", labels)
    sizes = [(f"{size} articles", count) for size, count in sorted(sums["sizes"].items(), key=lambda one: int(one[0]))]
    yield Chart("Clusters of copies", "size", "clusters", "by the number of their articles", sizes[:SHOWN_ROWS])


def _copy_excerpts(work: Path, summary: Summary) -> list[tuple[int, list[Excerpt]]]:
    """Return some clusters: their size, and the canonical article beside one of its copies."""
    wanted = {id for copy, canonical, _ in summary.clusters for id in (copy, canonical)}
    texts: dict[str, tuple[str, str]] = {}
    for part in finished(work / "clean"):
        if len(texts) == len(wanted):
            break
        texts.update(_titles_and_texts(part / "articles.parquet", wanted))
    return [
        (size, [Excerpt(canonical, *shown[0]), Excerpt(copy, *shown[1])])
        for copy, canonical, size in summary.clusters
        for shown in [_excerpts(texts[canonical], texts[copy])]
    ]


def _titles_and_texts(articles: Path, wanted: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return title and text of those of some articles that are in a file, as far as it has such columns."""
    import pyarrow.parquet as pq

    names = [name for name in ("id", "title", "text") if name in pq.read_schema(articles).names]
    rows = pq.read_table(articles, columns=names, filters=[("id", "in", wanted)]).to_pylist()
    return {row["id"]: (row.get("title") or "", row.get("text") or "") for row in rows}


def _excerpts(one: tuple[str, str], other: tuple[str, str]) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Return the titles of two articles, and of their texts what stands where they first differ, in pieces.

    A piece is a text, and whether it differs from the other article's.
    """
    pairs = enumerate(zip(one[1], other[1], strict=False))
    same = next((n for n, (a, b) in pairs if a != b), min(len(one[1]), len(other[1])))
    start = 0 if one[1] == other[1] else max(0, same - EXCERPT // 2)
    sides = [_WORDS.findall(text[start : start + EXCERPT]) for _, text in (one, other)]
    steps = SequenceMatcher(None, sides[0], sides[1], autojunk=False).get_opcodes()
    pieces = [[("… ", False)] if start else [] for _ in sides]
    for name, a, b, c, d in steps:
        for found, words, (first, end) in zip(pieces, sides, ((a, b), (c, d)), strict=True):
            if end > first:
                found.append(("".join(words[first:end]), name != "equal"))
    return [(one[0], pieces[0]), (other[0], pieces[1])]
