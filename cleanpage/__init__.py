"""Turn a scraped page, even one whose DOM is gone, into one clean article and a ledger of all that was removed.

    from cleanpage import clean_page

    article = clean_page(raw)   # HTML, bytes, or the text that flattening has left of a page
    article.title               # the headline
    article.text                # the body: paragraphs, one a line; no chrome, one copy of everything
    article.removed             # every span that is not in text: which rule took it, and why

Start with ``pydoc cleanpage.clean_page`` and ``pydoc cleanpage.Article``, which writes itself in other forms
(``article.to_markdown()`` …). ``clean_pages`` takes many pages. How to clean is ``cleanpage.Config``, which
``cleanpage.config.load_config`` reads from a file; rules of your own are ``cleanpage.Rule``.
The command is ``cleanpage --help``; ``build_info`` says whether compiled kernels run.
"""

from cleanpage._native import build_info
from cleanpage.config import Config
from cleanpage.decide.join_pages import join_pages
from cleanpage.errors import CleanpageError
from cleanpage.many import clean_pages
from cleanpage.model import Article, Block, Document, Finding, Image, Licence, Link, Paragraph, Removed
from cleanpage.pipeline import clean_page
from cleanpage.repeats.stage import find_repeats
from cleanpage.rules import Rule, load_rules

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Block",
    "CleanpageError",
    "Config",
    "Document",
    "Finding",
    "Image",
    "Licence",
    "Link",
    "Paragraph",
    "Removed",
    "Rule",
    "build_info",
    "clean_page",
    "clean_pages",
    "find_repeats",
    "join_pages",
    "load_rules",
]
