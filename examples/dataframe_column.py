"""Clean a column of pages in pandas and in Polars: ``python examples/dataframe_column.py``."""

from pathlib import Path

import pandas as pd
import polars as pl

from cleanpage import clean_page

FIELDS = ("title", "published", "text")


def clean(raw: str | bytes) -> dict[str, str | None]:
    """Return the fields that become columns."""
    article = clean_page(raw)
    return {name: getattr(article, name) for name in FIELDS}


def with_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with a column for each field beside its column ``raw``."""
    return frame.join(pd.DataFrame(list(map(clean, frame["raw"])), index=frame.index))


def with_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with a column for each field beside its column ``raw``."""
    fields = pl.Struct(dict.fromkeys(FIELDS, pl.String))
    return frame.with_columns(pl.col("raw").map_elements(clean, return_dtype=fields).alias("article")).unnest("article")


if __name__ == "__main__":
    pages = {"raw": [path.read_bytes() for path in sorted(Path(__file__).parent.glob("pages/*"))]}
    print(with_pandas(pd.DataFrame(pages))[["title", "published"]])
    print(with_polars(pl.DataFrame(pages))[["title", "published"]])
