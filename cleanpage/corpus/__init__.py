"""Many pages: near-duplicate articles, what the pages of a site share, and runs over whole collections."""

from cleanpage.corpus.clusters import Cluster, Duplicates, Part
from cleanpage.corpus.collection import RunResult, run
from cleanpage.corpus.engine import Engine
from cleanpage.corpus.neardup import Index, dedupe
from cleanpage.corpus.templates import SiteTemplate

__all__ = ["Cluster", "Duplicates", "Engine", "Index", "Part", "RunResult", "SiteTemplate", "dedupe", "run"]
