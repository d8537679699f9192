"""Many pages: runs over whole collections, and what the pages of a site share."""

from cleanpage.corpus.collection import RunResult, run
from cleanpage.corpus.engine import Engine
from cleanpage.corpus.templates import SiteTemplate

__all__ = ["Engine", "RunResult", "SiteTemplate", "run"]
