"""Look for pages that break an invariant: ``python -m tests.fuzz [--seconds N | --runs N] [--findings DIR] …``.

Atheris (extra ``cleanpage[fuzz]``) keeps the mutations of our own pages that reach new code, and mutates those
further. A finding does not end the run: it is written to DIR and named after what is wrong, and ``python -m
tests.fuzz.find FILE`` makes it small. ``--corpus DIR`` keeps what was reached for the next run. Exit status 1 if there
is a finding.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["cleanpage"]):
    from tests.fuzz.case import read
    from tests.fuzz.find import Findings, seeds
    from tests.fuzz.mutations import mutated

LONGEST = 60_000
"""Longest page, in bytes."""
HANGS = 600
"""Seconds after which a page hangs; of the clock, and a busy machine takes a minute for what takes a second alone."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1, help="so many pages, if there is time for them")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tolerate", metavar="KIND", help="findings whose name begins so leave the exit status 0")
    parser.add_argument("--findings", type=Path, default=Path("findings"))
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args(arguments)
    options.findings.mkdir(parents=True, exist_ok=True)
    child = os.fork()  # atheris ends its process
    if not child:
        run(options)
    _, status = os.waitpid(child, 0)
    found = [path.name for path in options.findings.iterdir()]
    print(f"{len(found)} findings in {options.findings}", *found, sep="\n  ")
    counted = [name for name in found if not (options.tolerate and name.startswith(options.tolerate))]
    return 1 if counted or status else 0


def run(options: argparse.Namespace) -> None:
    """Fuzz until the time is over; the process ends here."""
    corpus = options.corpus or Path(tempfile.mkdtemp())
    corpus.mkdir(parents=True, exist_ok=True)
    pages = seeds()
    for i, case in enumerate(pages):
        (corpus / f"seed-{i}").write_bytes(case.dump())
    others = [case.raw for case in pages if isinstance(case.raw, str)]
    findings = Findings(options.findings)

    def mutate(data: bytes, most: int, number: int) -> bytes:
        return mutated(read(data), others, Random(number), longest=most // 3).dump()[:most]

    def target(data: bytes) -> None:
        findings.look(read(data))

    flags = [f"-max_total_time={options.seconds}", f"-runs={options.runs}", f"-seed={options.seed}"]
    flags += [f"-timeout={HANGS}", f"-report_slow_units={HANGS}", f"-max_len={LONGEST}", "-rss_limit_mb=4000"]
    flags += ["-print_final_stats=1", f"-artifact_prefix={options.findings}/"]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], target, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
