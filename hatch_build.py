"""Builds the compiled kernels, which are optional, parses the package's TOML files and compiles its patterns.

Where kernels cannot be compiled the package is installed as Python alone.

Hatchling runs it for wheels and editable installs; ``python hatch_build.py`` builds them in place. With
``CLEANPAGE_CHECKED=1`` every index is checked and AddressSanitizer watches: for fuzzing, several times slower.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("cleanpage", "_native")
CHECKED = os.environ.get("CLEANPAGE_CHECKED") == "1"
DIRECTIVES = {"language_level": 3, "boundscheck": CHECKED, "initializedcheck": CHECKED, "cdivision": True}
SANITIZED = ["-fsanitize=address"] if CHECKED else []
OPTIONS = ["-O1", "-g", *SANITIZED] if CHECKED else ["-O3", "-g0"]
"""Without debugging symbols, which hold the names of folders, the same source gives the same bytes."""


def build(root: Path) -> list[str]:
    """Build the kernels in place and return their files relative to ``root``, none if one of them cannot be built."""
    from Cython.Build import cythonize
    from lxml import get_include
    from setuptools import Distribution, Extension

    os.chdir(root)  # names in the files are relative
    modules = [
        Extension(
            f"cleanpage._native.{path.stem}",
            [path.as_posix()],
            include_dirs=get_include(),
            extra_compile_args=["/O2"] if sys.platform == "win32" else [*OPTIONS, "-ffp-contract=off"],
            extra_link_args=SANITIZED,
        )
        for path in sorted(FOLDER.glob("*.pyx"))
    ]
    made = cythonize(modules, build_dir="build/cython", quiet=True, compiler_directives=DIRECTIVES)
    command = Distribution({"name": "cleanpage", "ext_modules": made}).get_command_obj("build_ext")
    command.inplace, command.force, command.build_temp = True, True, "build/objects"
    command.parallel = os.cpu_count()
    command.ensure_finalized()
    command.run()
    return [Path(path).as_posix() for path in command.get_output_mapping().values()]


def parse(root: Path) -> list[str]:
    """Write the package's TOML files as JSON too and return the files relative to ``root``."""
    scope = runpy.run_path(str(root / "cleanpage" / "own_toml.py"))  # read alone: the package needs more
    folders = [Path("cleanpage", name) for name in ("fields", "languages", "rules")]
    for folder in folders:
        scope["write_parsed"](root / folder)
    return [(folder / scope["PARSED"]).as_posix() for folder in folders]


def compile_patterns(root: Path) -> list[str]:
    """Write the programs of the package's patterns and return the file relative to ``root``, none if that fails."""
    program = "from cleanpage.text.build_patterns import write; write()"
    path = os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))  # pip's has what the build requires
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", program], cwd=root, env=environment, check=False)
    return [] if done.returncode else ["cleanpage/text/patterns.bin"]


def _remove_built(root: Path) -> None:
    """Remove the kernels that were built before, or some of which could not be built."""
    for suffix in ("so", "pyd"):
        for path in (root / FOLDER).glob(f"*.{suffix}"):
            path.unlink()


class KernelHook(BuildHookInterface[Any]):
    """Adds the kernels to what is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the kernels, or say why they are left out."""
        root = Path(self.root)
        build_data["artifacts"] += [f"/{path}" for path in parse(root)]
        _remove_built(root)
        try:
            built = build(root)
        except (Exception, SystemExit) as problem:
            self.app.display_warning(f"cleanpage is built without compiled kernels: {problem}")
            _remove_built(root)
        else:
            build_data["artifacts"] += [f"/{path}" for path in built]
            build_data["pure_python"], build_data["infer_tag"] = False, True
        if not (patterns := compile_patterns(root)):
            self.app.display_warning("cleanpage is built without compiled patterns; they are compiled when used")
        build_data["artifacts"] += [f"/{path}" for path in patterns]


if __name__ == "__main__":
    here = Path(__file__).parent
    print("\n".join([*parse(here), *build(here), *compile_patterns(here)]))
