"""The templates of the sites of a part: learned from its own pages, or put together from what several parts learned."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cleanpage.corpus.atomic_task import made_whole
from cleanpage.corpus.crash_guard import Call, here, under_guard
from cleanpage.corpus.io import from_row
from cleanpage.corpus.parts import batches, cut_sites
from cleanpage.corpus.templates import Page, SiteTemplate, page_of
from cleanpage.errors import LostError

LEAST_PAGES = 5
"""Pages of a site from which on its template is used."""
FILE = "templates.parquet"
SCHEMA = pa.schema([("site", pa.string()), ("pages", pa.int64()), ("template", pa.string())])

Templates = dict[str, SiteTemplate]
Cut = Mapping[str, Sequence[str]]
"""Sites that several parts hold, with the names of these parts."""


def learn_part(source: str, out: str) -> None:
    """Learn what a part knows of those of its sites of which other parts hold pages too."""
    _learn_part(Path(source), Path(out), here)


def learn_part_guarded(source: str, out: str) -> None:
    """Do the same with each page in a process of its own; one that ends it, or does not end, teaches nothing."""
    with under_guard(Path(out)) as call:
        _learn_part(Path(source), Path(out), call)


def _learn_part(source: Path, out: Path, call: Call) -> None:
    templates = _learn(source, out, cut_sites(source.parent), call, {})
    with made_whole(out) as made:
        pq.write_table(as_rows(templates), made / FILE)


def as_rows(templates: Templates) -> pa.Table:
    """Return templates as they are stored."""
    rows = [
        {"site": site, "pages": len(template), "template": template.to_json()} for site, template in templates.items()
    ]
    return pa.Table.from_pylist(rows, SCHEMA)


def templates_of(source: Path, out: Path, cut: Cut, call: Call, lost: dict[str, str]) -> Templates:
    """Return the templates of the sites with pages enough, by site; note in ``lost`` the pages that ended a process.

    Of a site that was cut every part has the same: templates merge in any grouping.
    """
    sizes = Counter(pq.read_table(source, columns=["site"])["site"].to_pylist())
    own = {site for site, size in sizes.items() if site and size >= LEAST_PAGES and site not in cut}
    found = _learn(source, out, own, call, lost)
    learned = source.parent.with_name("learn")
    shared = sorted(cut.keys() & sizes.keys())
    for part in sorted({part for site in shared for part in cut[site]}):
        for row in pq.read_table(learned / part / FILE, filters=[("site", "in", shared)]).to_pylist():
            template = SiteTemplate.from_json(row["template"])
            found[row["site"]] = found.get(row["site"], SiteTemplate()).merge(template)
    for template in found.values():
        _ = template.furniture  # worked out once, also for a process that is sent a copy
    return found


def _learn(source: Path, out: Path, sites: Collection[str], call: Call, lost: dict[str, str]) -> Templates:
    """Return what the pages of a part teach of these sites; of each a sample is held, and a batch of pages."""
    samples = {site: SiteTemplate() for site in sorted(sites)}
    for batch in batches(source, out):
        waiting: dict[str, list[Page]] = defaultdict(list)
        for row in batch:
            if row["site"] not in samples or row["problem"]:
                continue
            page = from_row(row)
            try:
                waiting[row["site"]].append(call(page_of, page.raw))
            except LostError as error:
                lost[page.id] = str(error)
            except Exception:  # it fails again when it is cleaned, and is named there
                continue
        for site, pages in waiting.items():
            samples[site] = samples[site].merge(SiteTemplate(pages))
    return samples
