"""What a case breaks, the pages to begin with, and findings made small: ``python -m tests.fuzz.find FILE …``."""

from __future__ import annotations

import re
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tests.fuzz.case import Case, read
from tests.oracles import faults

KEPT = 5
"""Findings of one kind that a run keeps."""
HERE = Path(__file__).parent
CASES = HERE / "cases"
OURS = (HERE.parent / "pages", HERE.parent.parent / "examples")
"""Folders of pages that we wrote."""


def verdict(case: Case) -> str:
    """Return what the case breaks: the first fault, or the exception and where it was raised; empty if nothing."""
    try:
        return next(iter(faults(case.raw, **case.arguments)), "")
    except Exception as error:
        last = [frame for frame in traceback.extract_tb(error.__traceback__) if "cleanpage" in frame.filename][-1]
        return f"{type(error).__name__} in {Path(last.filename).stem} {last.name}: {error}"


def kind_of(wrong: str) -> str:
    """Return what two verdicts have in common: no numbers, nothing quoted."""
    return re.sub(r"(['\"]).*\1|\d+", "", wrong)[:80]


@lru_cache(maxsize=1)
def seeds() -> tuple[Case, ...]:
    """Return our own pages, as they are and as bytes, and the kept findings."""
    pages = [path for folder in OURS for path in sorted(folder.iterdir()) if path.suffix in (".txt", ".html")]
    texts = [path.read_bytes() for path in pages]
    kept = [read(path.read_bytes()) for path in sorted(CASES.glob("*.case"))]
    return (*(Case(text.decode()) for text in texts), *(Case(text) for text in texts), *kept)


@dataclass(slots=True)
class Findings:
    """The findings of one run, a file each."""

    folder: Path
    seen: Counter[str] = field(default_factory=Counter)
    """Kinds of faults, and how often each was found."""

    def look(self, case: Case) -> str:
        """Try a case; write it down if it breaks something; return what it breaks."""
        wrong = verdict(case)
        kind = kind_of(wrong)
        self.seen[kind] += 1
        if wrong and self.seen[kind] <= KEPT:
            path = self.folder / f"{re.sub(r'[^a-z]+', '-', kind.lower()).strip('-')}-{self.seen[kind]}.case"
            path.write_bytes(case.dump())
            print(f"{path}: {wrong}", flush=True)
        return wrong


def shrunk(case: Case, tries: int = 1_000) -> Case:
    """Return a case as small as it gets that breaks the same: options, then parts of the page, are left out."""
    wrong = kind_of(verdict(case))

    def same(options: dict[str, object], raw: str | bytes) -> bool:
        return kind_of(verdict(Case(raw, options))) == wrong

    options, raw = dict(case.options), case.raw
    for name in case.options:
        fewer = {key: value for key, value in options.items() if key != name}
        if same(fewer, raw):
            options = fewer
    return Case(_smaller(raw, lambda part: same(options, part), tries), options)


def _smaller(raw: str | bytes, same: Callable[[str | bytes], bool], tries: int) -> str | bytes:
    """Leave parts out, half of the page first, down to one character (delta debugging, Zeller 1999)."""
    size = max(1, len(raw) // 2)
    while size and tries > 0:
        at, changed = 0, False
        while at < len(raw) and tries > 0:
            part = raw[:at] + raw[at + size :]
            tries -= 1
            if same(part):
                raw, changed = part, True
            else:
                at += size
        size = size // 2 if not changed or size > 1 else size
    return raw


if __name__ == "__main__":
    for name in sys.argv[1:]:
        small = shrunk(read(Path(name).read_bytes()))
        Path(name).write_bytes(small.dump())
        print(f"{name}: {verdict(small) or 'nothing is wrong'}")
