"""Pages that end or hold the process that cleans them (no page does that, so some text is made to), and odd kernels."""

import json
import os
from pathlib import Path
from time import monotonic, sleep

from cleanpage.corpus.atomic_task import made_whole
from cleanpage.corpus.crash_guard import LIMIT

CUSTOM = """
import os, signal, sys, time
import cleanpage.corpus.clean_task as kernels

real = kernels.clean_page

def clean_page(raw, **how):
    if "SEGMENTATION" in raw:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "EXIT" in raw:
        os._exit(3)
    if "FOREVER" in raw:
        while True:
            pass
    if "HOARD" in raw:
        hoard = []
        while True:
            hoard.append(bytearray(2**26))
    if "SLOW" in raw:
        time.sleep(0.05)
    if os.environ.get("NODES") and "ray" in sys.modules and sys.modules["ray"].is_initialized():
        ray = sys.modules["ray"]
        open(os.path.join(os.environ["NODES"], ray.get_runtime_context().get_node_id()), "a").write(f"{os.getpid()}\\n")
    return real(raw, **how)

kernels.clean_page = clean_page
import cleanpage.corpus.crash_guard as guard
guard.LIMIT, guard.MEMORY = float(os.environ["LIMIT"]), 2**30
"""
POISON = {
    "segv": ("SEGMENTATION", "its process was ended by signal 11 (SIGSEGV)"),
    "exit": ("EXIT", "its process ended itself with status 3"),
    "hang": ("FOREVER", "it took longer than 10 seconds"),
    "hoard": ("HOARD", "MemoryError"),
}
"""For each page what it says, and how its error begins."""


def customized(folder: Path, limit: float = LIMIT) -> dict[str, str]:
    """Return an environment whose Pythons see hazards; a page may take ``limit`` seconds there.

    On a busy machine the first page of a process may take ten: a short limit is for pages that never come to an end.
    """
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(CUSTOM)
    paths = [str(folder), str(Path(__file__).parents[2])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "LIMIT": str(limit)}


def write(file: Path, pages) -> Path:
    """Write pages as JSON lines."""
    file.write_text("".join(f"{json.dumps(page, ensure_ascii=False)}\n" for page in pages), encoding="utf-8")
    return file


def assert_ended(pids, seconds=60.0):
    """Wait until none of the processes is there any longer; needs /proc."""
    deadline = monotonic() + seconds
    while [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
        assert monotonic() < deadline, "processes outlive the run that started them"
        sleep(0.1)


def count_stage(source, out):
    """Be slow, then note how many tasks of the stage before have ended."""
    sleep(0.2)
    with made_whole(Path(out)) as made:
        (made / str(len([path for path in Path(source, "one").iterdir() if path.name.isdigit()]))).touch()


def fail_at_three(source, out):
    """Fail in one task, a little later than the others are done, which note their process."""
    if Path(out).name == "3":
        sleep(0.5)
        raise RuntimeError("no 3 today")
    with made_whole(Path(out)) as made:
        (made / str(os.getpid())).touch()
