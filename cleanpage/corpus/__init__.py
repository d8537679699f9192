"""Many pages: runs over whole collections, and what the pages of a site share.

``SiteTemplate`` needs the core's packages only; ``run`` needs ``cleanpage[corpus]``, whose packages are imported when
it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleanpage.corpus.engine import Engine
from cleanpage.corpus.templates import SiteTemplate

if TYPE_CHECKING:
    from cleanpage.corpus.collection import RunResult, run

__all__ = ["Engine", "RunResult", "SiteTemplate", "run"]


def __getattr__(name: str) -> Any:
    if name in ("RunResult", "run"):
        return getattr(import_module("cleanpage.corpus.collection"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
