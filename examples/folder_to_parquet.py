"""Clean a folder of pages into one Parquet file: ``python examples/folder_to_parquet.py [FOLDER] [OUT.parquet]``.

The rows are written a batch at a time, so a folder of any size will do.
"""

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cleanpage import clean_page

SCHEMA = pa.schema(
    {
        "file": pa.string(),
        "title": pa.string(),
        "published": pa.string(),
        "source": pa.string(),
        "authors": pa.list_(pa.string()),
        "text": pa.string(),
        "is_article": pa.bool_(),
        "confidence": pa.float32(),
        "removed": pa.list_(pa.struct({"start": pa.int64(), "end": pa.int64(), "label": pa.string()})),
    }
)
BATCH = 1000


def rows(folder: Path) -> Iterator[dict]:
    """Yield a row for each page, in order of the names."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".html", ".txt")):
        article = clean_page(path.read_bytes()).to_dict()
        yield {"file": str(path.relative_to(folder)), **{name: article.get(name) for name in SCHEMA.names[1:]}}


def folder_to_parquet(folder: Path, out: Path) -> None:
    """Write the articles of the pages in ``folder`` to ``out``."""
    pages = rows(folder)
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as writer:
        while batch := list(islice(pages, BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=SCHEMA))


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("articles.parquet")
    folder_to_parquet(folder, out)
    print(pq.read_table(out, columns=["file", "title", "published", "authors"]).to_pylist())
