"""cleanpage: one call turns a scraped page into one clean article and a ledger of all that was removed."""

from cleanpage.config import Config
from cleanpage.errors import CleanpageError
from cleanpage.model import Article, Block, Document, Finding, Image, Licence, Link, Paragraph, Removed
from cleanpage.pipeline import clean_page
from cleanpage.rules import Rule, load_rules
from cleanpage.stages.repeats import find_repeats

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
    "find_repeats",
    "load_rules",
]
