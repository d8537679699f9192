"""Builds the compiled kernels, which are optional: without a C compiler the package installs as Python alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from setuptools import Extension, setup

CHECKED = os.environ.get("CLEANPAGE_CHECKED") == "1"
"""Whether every index is checked, and AddressSanitizer watches: for fuzzing, several times slower."""
DIRECTIVES = {"language_level": 3, "boundscheck": CHECKED, "initializedcheck": CHECKED, "cdivision": True}
OPTIONS = ["-O1", "-g", "-fsanitize=address"] if CHECKED else ["-O2"]
KERNELS = sorted(Path("cleanpage", "_native").glob("*.pyx"))


def extensions() -> list[Extension]:
    """Return the extension modules, none where Cython or lxml's headers are missing."""
    try:
        import lxml
        from Cython.Build import cythonize
    except ImportError as problem:
        print(f"cleanpage is built without compiled kernels: {problem}", file=sys.stderr)
        return []
    modules = [
        Extension(
            f"cleanpage._native.{path.stem}",
            [path.as_posix()],
            include_dirs=lxml.get_include(),
            extra_compile_args=["/O2"] if sys.platform == "win32" else [*OPTIONS, "-ffp-contract=off"],
            extra_link_args=["-fsanitize=address"] if CHECKED else [],
            optional=True,
        )
        for path in KERNELS
    ]
    built: list[Extension] = cythonize(
        modules, build_dir="build/cython", nthreads=2, quiet=True, compiler_directives=DIRECTIVES
    )
    for module in built:
        module.optional = True
    return built


setup(ext_modules=extensions())
