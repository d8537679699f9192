"""What is handed out: wheel and sdist hold what they should and nothing else, and come out the same every time."""

import hashlib
import os
import runpy
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import licences

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = ("cleanpage", "tests", "examples")
FILES = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "LICENSE", "NOTICE", "mkdocs.yml", "pyproject.toml",
    "hatch_build.py", "CITATION.cff",
)  # fmt: skip
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".hypothesis", "*.so", "parsed.json", "patterns.bin")


def checkout(folder: Path) -> Path:
    """Return a copy of what is handed out, with times of its own."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
    for name in (*FILES, ".gitignore"):
        shutil.copy(ROOT / name, folder / name)
    for number, path in enumerate(sorted(folder.rglob("*"))):
        os.utime(path, (number * (7 if "other" in folder.name else 11) * 10**6,) * 2)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Two checkouts of different age and one without a C compiler, and what is built from them."""
    found = []
    for name in ("one", "other", "without"):
        folder = checkout(tmp_path_factory.mktemp(name))
        (folder / "cleanpage" / "notes.tmp.pyc").write_bytes(b"what a run leaves behind")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
        if name == "without":
            environment["CC"] = "/bin/false"
        command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder / "out")]
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
        found.append((folder, sorted((folder / "out").iterdir())))
    return found


def test_the_same_source_gives_the_same_files(built):
    made = [[(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in files] for _, files in built]
    one, other, _ = made
    assert len(one) == 2 and one == other


def handed_out(folder: Path, names: tuple[str, ...]) -> set[str]:
    paths = (path for name in names for path in (folder / name).rglob("*"))
    return {str(path.relative_to(folder)) for path in paths if path.is_file() and path.suffix != ".pyc"}


def wheel(files: list[Path]) -> Path:
    return next(path for path in files if path.suffix == ".whl")


def test_the_wheel_holds_the_package(built):
    folder, files = built[0]
    names = set(zipfile.ZipFile(wheel(files)).namelist())
    info = {name for name in names if name.split("/")[0].endswith(".dist-info")}
    assert names - info == handed_out(folder, ("cleanpage",))
    assert "cleanpage/py.typed" in names and {name.split("/", 1)[1] for name in info} == {
        "METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE",
    }  # fmt: skip


def test_the_kernels_are_built_where_there_is_a_compiler_and_left_out_elsewhere(built):
    held = [{Path(name).suffix for name in zipfile.ZipFile(wheel(files)).namelist()} for _, files in built]
    assert [wheel(files).name.endswith("-py3-none-any.whl") for _, files in built] == [False, False, True]
    assert [bool(suffixes & {".so", ".pyd"}) for suffixes in held] == [True, True, False]


def test_patterns_are_compiled_with_what_an_isolated_build_installs(monkeypatch):
    """pip puts what the build requires on ``PYTHONPATH``."""
    calls = []
    monkeypatch.setenv("PYTHONPATH", "isolated")
    monkeypatch.setattr(subprocess, "run", lambda *_, env, **__: calls.append(env) or SimpleNamespace(returncode=0))
    made = runpy.run_path(str(ROOT / "hatch_build.py"))["compile_patterns"](ROOT)
    assert made == ["cleanpage/text/patterns.bin"]
    assert calls[0]["PYTHONPATH"].split(os.pathsep) == [str(ROOT), "isolated"]


def test_the_sdist_holds_the_sources(built):
    folder, files = built[2]
    with tarfile.open(next(path for path in files if path.suffix == ".gz")) as archive:
        names = {member.name.split("/", 1)[1] for member in archive.getmembers() if member.isfile()}
    built_here = {name for name in handed_out(folder, FOLDERS) if name.endswith(("/parsed.json", "/patterns.bin"))}
    assert names == {*handed_out(folder, FOLDERS) - built_here, *FILES, ".gitignore", "PKG-INFO"}


def test_no_version_that_users_share_is_pinned():
    versions = dict(licences.requirements().values())
    assert [name for name, (_, version) in licences.requirements().items() if "==" in version] == [], versions
