"""Many pages: runs over whole collections, and what the pages of a site share.

``SiteTemplate`` needs the core's packages only; ``run`` needs ``cleanpage[corpus]``, whose packages are imported when
it is called.
"""

from cleanpage.corpus.collection import RunResult, run
from cleanpage.corpus.executor import Engine
from cleanpage.corpus.templates import SiteTemplate

__all__ = ["Engine", "RunResult", "SiteTemplate", "run"]
