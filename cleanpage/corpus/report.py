"""The report of a run: one HTML page that needs nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
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
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    def tables(name: str, *columns: str) -> Iterator[Any]:
        return (pq.read_table(file, columns=list(columns)) for file in sorted((folder / name).iterdir()))

    def counted(name: str, column: str) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for table in tables(name, column):
            found.update({row["values"]: row["counts"] for row in pc.value_counts(table[column]).to_pylist()})
        return found

    def extreme(name: str, column: str, order: str) -> list[tuple[str, float]]:
        by = [(column, order), ("id", "ascending")]
        best = pa.concat_tables(table.sort_by(by).slice(0, SHOWN) for table in tables(name, "id", column))
        best = best.sort_by(by).slice(0, SHOWN)
        return list(zip(best["id"].to_pylist(), best[column].to_pylist(), strict=True))

    sizes = Counter({size: count // size for size, count in counted("clusters", "size").items()})
    charts = [
        ("Sites", "site", [(site or "without address", n) for site, n in counted("articles", "site").most_common(SHOWN)]),
        ("Kinds of pages", "kind", counted("articles", "page_kind").most_common()),
        ("What was removed", "label", counted("ledger", "label").most_common(SHOWN)),
        ("Clusters of copies", "articles in the cluster", sorted(sizes.items(), key=lambda pair: -pair[1])[:SHOWN]),
        ("Errors", "reason", counted("errors", "reason").most_common(SHOWN)),
        ("Slowest pages", "page (milliseconds)",
         [(id, round(1000 * seconds, 1)) for id, seconds in extreme("timings", "seconds", "descending")]),
        ("Least sure pages", "page (confidence)", extreme("articles", "confidence", "ascending")),
    ]  # fmt: skip
    page = jinja2.Environment(autoescape=True).from_string(_PAGE).render(counts=counts, charts=charts)
    (folder / "report.html").write_text(page, encoding="utf-8")
