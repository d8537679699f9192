"""The templates of hosts, if they are asked for: each part teaches what it holds, and takes what all have taught."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cleanpage.corpus.atomic_task import counted, made_whole
from cleanpage.corpus.executor import guard
from cleanpage.corpus.parts import PagePart
from cleanpage.corpus.templates import SiteTemplate, TemplatePage, template_page

TEMPLATES_FILE = "templates.parquet"
TEMPLATE_SCHEMA = pa.schema([("host", pa.string()), ("pages", pa.int64()), ("template", pa.string())])

Templates = dict[str, SiteTemplate]


def learn_part(source: str, out: str, *, apart: bool = False) -> None:
    """Learn what the pages of a part teach of those hosts that have pages enough; holds a sample of each.

    ``apart`` reads each page in a process of its own; one that ends it, or does not end, teaches nothing.
    """
    part = PagePart.load(source)
    samples = {host: SiteTemplate() for host in part.hosts}
    with guard(apart=apart) as call, made_whole(Path(out)) as made, counted(Path(out)) as count:
        for batch in part.batches():
            found: dict[str, list[TemplatePage]] = defaultdict(list)
            for page, host in batch:
                if host in samples and not page.problem:
                    with suppress(Exception):  # it fails again when it is cleaned, and is named there
                        found[host].append(call(template_page, page.raw))
                count(1)
            for host, pages in found.items():
                samples[host] = samples[host].merge(SiteTemplate(pages))
        pq.write_table(as_rows(samples), made / TEMPLATES_FILE)


def as_rows(templates: Templates) -> pa.Table:
    """Return templates as they are stored."""
    rows = [
        {"host": host, "pages": len(template), "template": template.to_json()} for host, template in templates.items()
    ]
    return pa.Table.from_pylist(rows, TEMPLATE_SCHEMA)


def templates_of(source: Path, part: PagePart) -> Templates:
    """Return the templates of the hosts of a part: put together from all parts that hold them, in any grouping."""
    found: Templates = {}
    learned = source.parents[1] / "learn"
    for name in sorted({name for parts in part.hosts.values() for name in parts}):
        for row in pq.read_table(
            learned / name / TEMPLATES_FILE, filters=[("host", "in", sorted(part.hosts))]
        ).to_pylist():
            template = SiteTemplate.from_json(row["template"])
            found[row["host"]] = found.get(row["host"], SiteTemplate()).merge(template)
    for template in found.values():
        _ = template.furniture  # worked out once, also for a process that is sent a copy
    return found
