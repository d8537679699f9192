"""Clean a Hugging Face dataset of pages: ``python examples/hf_datasets_map.py``.

``datasets.map`` keeps its results and asks for a page again only if ``clean`` has changed; ``num_proc=8`` takes eight
processes.
"""

from pathlib import Path

from datasets import Dataset

from cleanpage import clean_page


def clean(row: dict) -> dict:
    """Return the columns that a page adds to its row."""
    article = clean_page(row["raw"], url=row["url"])
    return {
        "title": article.title,
        "published": article.published,
        "text": article.text,
        "language": article.language,
        "is_article": article.is_article,
        "confidence": article.confidence,
    }


def clean_dataset(pages: Dataset) -> Dataset:
    """Return the articles of a dataset with the columns ``url`` and ``raw``; pages without one are left out."""
    return pages.map(clean, remove_columns=["raw"]).filter(lambda row: row["is_article"])


if __name__ == "__main__":
    paths = sorted(Path(__file__).resolve().parent.glob("pages/*"))
    pages = Dataset.from_list([{"url": path.as_uri(), "raw": path.read_text(encoding="utf-8")} for path in paths])
    for row in clean_dataset(pages):
        print(row["published"], row["title"], f"{len(row['text'])} characters", sep=" | ")
