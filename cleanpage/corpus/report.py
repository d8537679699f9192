"""The report of a run: one HTML page that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SHOWN = 15
"""Rows of each list."""

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>cleanpage: report of a run</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem }
td, th { text-align: left; padding: .15rem .6rem; border-bottom: 1px solid #ddd; overflow-wrap: anywhere }
td.n, th.n { text-align: right; white-space: nowrap }
svg { width: 100%; height: 1.1rem; display: block } rect { fill: #4a7fb5 } td.bar { width: 45% }
</style>
<h1>Report of a run</h1>
<p>{% for name, count in counts.items() %}{{ name }}: <b>{{ "{:,}".format(count) }}</b>
{{ " · " if not loop.last }}{% endfor %}</p>
{% for title, head, rows in charts %}
<h2>{{ title }}</h2>
{% if rows %}<table><tr><th>{{ head }}</th><th class="n">number</th><th></th></tr>
{% for name, count in rows %}<tr><td>{{ name }}</td><td class="n">{{ count }}</td>
<td class="bar"><svg role="img" aria-label="{{ count }}">
<rect width="{{ (100 * count / rows[0][1]) | round(1) if rows[0][1] else 0 }}%" height="100%"/></svg></td></tr>
{% endfor %}</table>{% else %}<p>none</p>{% endif %}
{% endfor %}
</html>
"""


def write_report(folder: Path, counts: Mapping[str, int]) -> None:
    """Write ``report.html`` from the tables of a run: sites, labels, clusters, errors, slowest and least sure pages."""
    import jinja2
    import pyarrow.parquet as pq

    def column(table: str, *names: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(folder / table, columns=list(names)).to_pylist()
        return rows

    articles = column("articles", "id", "site", "page_kind", "confidence")
    sizes = Counter(
        row["size"] for row in column("clusters.parquet", "id", "canonical", "size") if row["id"] == row["canonical"]
    )
    slow = sorted(((row["seconds"], row["id"]) for row in column("timings", "id", "seconds")), reverse=True)[:SHOWN]
    unsure = sorted((row["confidence"], row["id"]) for row in articles)[:SHOWN]
    charts = [
        ("Sites", "site", Counter(row["site"] or "without address" for row in articles).most_common(SHOWN)),
        ("Kinds of pages", "kind", Counter(row["page_kind"] for row in articles).most_common()),
        ("What was removed", "label", Counter(row["label"] for row in column("ledger", "label")).most_common(SHOWN)),
        ("Clusters of copies", "articles in the cluster", sorted(sizes.items(), key=lambda pair: -pair[1])[:SHOWN]),
        ("Errors", "reason", Counter(row["reason"] for row in column("errors", "reason")).most_common(SHOWN)),
        ("Slowest pages", "page (milliseconds)", [(id, round(1000 * float(s), 1)) for s, id in slow]),
        ("Least sure pages", "page (confidence)", [(id, confidence) for confidence, id in unsure]),
    ]
    page = jinja2.Environment(autoescape=True).from_string(_PAGE).render(counts=counts, charts=charts)
    (folder / "report.html").write_text(page, encoding="utf-8")
