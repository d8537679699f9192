"""A LangChain document loader, one clean Document a page: ``python examples/langchain_loader.py [FILE …]``."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

from cleanpage import Config, clean_page


class CleanPageLoader(BaseLoader):
    """Load pages from files; ``metadata`` has what a retriever may filter by, and the warnings."""

    def __init__(self, paths: Sequence[str | Path], config: Config | None = None) -> None:
        self.paths = paths
        self.config = config or Config()

    def lazy_load(self) -> Iterator[Document]:
        for path in self.paths:
            article = clean_page(Path(path).read_bytes(), config=self.config)
            metadata = {
                "source": str(path),
                "title": article.title,
                "published": article.published,
                "authors": list(article.authors),
                "language": article.language,
                "is_article": article.is_article,
                "warnings": list(article.warnings),
            }
            yield Document(page_content=article.text, metadata=metadata)


if __name__ == "__main__":
    for document in CleanPageLoader(sys.argv[1:] or sorted(Path(__file__).parent.glob("pages/*"))).lazy_load():
        print(document.metadata["title"], "|", document.page_content[:60], "…")
