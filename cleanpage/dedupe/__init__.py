"""Near-duplicate articles: which texts are copies, versions or parts of one another."""

from cleanpage.dedupe.clusters import Cluster, Duplicates, Part, Related, Versions
from cleanpage.dedupe.index import Index, dedupe

__all__ = ["Cluster", "Duplicates", "Index", "Part", "Related", "Versions", "dedupe"]
