"""Scores what is learned on sites that it has not seen: each page by the weights that were fitted without its fold."""

from __future__ import annotations

from pathlib import Path

from tests.quality.data import FOLDS
from tests.quality.runs import Method


def held_out(folder: Path) -> Method:
    """Return the Method that cleans a page with the weights of its fold: ``folder`` holds fold0.json to fold4.json.

    Weights of fold n were fitted on the pages whose ``fold`` is not n.
    """
    lacking = [path.name for path in (folder / f"fold{n}.json" for n in range(FOLDS)) if not path.is_file()]
    if lacking:
        raise SystemExit(f"{folder} lacks {', '.join(lacking)}: the trainer writes one file for each fold of sites")
    raise SystemExit("--held-out: clean_page takes no weights yet; connect them in tests/quality/held_out.py")
