"""Pages that end or hold the process that cleans them (no page does that, so some text is made to), and odd kernels."""

import json
import os
from pathlib import Path
from time import monotonic, sleep

from cleanpage.corpus.atomic_task import made_whole
from cleanpage.pool import Limits

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
import cleanpage.corpus.executor as executor
executor.LIMITS = executor.Limits(float(os.environ["LIMIT"]), 2**30)
import cleanpage.corpus.plan as plan
plan.BUCKET = int(os.environ.get("BUCKET", plan.BUCKET))
"""
POISON = {
    "segv": ("SEGMENTATION", "its process was ended by signal 11 (SIGSEGV)"),
    "exit": ("EXIT", "its process ended itself with status 3"),
    "hang": ("FOREVER", "it did not end within 4 seconds of CPU, 600 on the clock"),
    "hoard": ("HOARD", "MemoryError"),
}
"""For each page what it says, and how its error begins."""


def customized(folder: Path, limit: float = Limits().cpu) -> dict[str, str]:
    """Return an environment whose Pythons see hazards; a page may take ``limit`` seconds of CPU there."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(CUSTOM)
    paths = [str(folder), str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
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


def note_process(source, out):
    """Fail in task 3, a little later than the others are done, which note their process."""
    if Path(out).name == "3":
        sleep(0.3)
        raise RuntimeError("no 3 today")
    with made_whole(Path(out)) as made:
        (made / str(os.getpid())).touch()


def end_once(source, out, *, apart=False):
    """End the process unless ``apart``."""
    if not apart:
        os._exit(4)
    note_process(source, out)
