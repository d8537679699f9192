"""cleanpage: one call turns a scraped page into one clean article and a ledger of all that was removed."""

from cleanpage.config import Config
from cleanpage.errors import CleanpageError
from cleanpage.model import Article, Block, Document, Finding, Image, Licence, Link, Paragraph, Removed
from cleanpage.pipeline import clean_page
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
    "clean_page",
    "load_rules",
]
