"""Write ``cleanpage/text/han.py``: ``python -m training.han Unihan_Variants.txt[.bz2]`` (Debian: package unicode-data).

Taken are the characters whose ``kSimplifiedVariant`` is another character, and only that: one that is its own
simplified form as well (著, 乾) is used in simplified texts and stays.
"""

from __future__ import annotations

import bz2
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import cleanpage

HEAD = '''"""Traditional characters, each followed by its simplified twin; written by ``python -m training.han``.

Derived from ``kSimplifiedVariant`` in Unihan_Variants.txt, Unicode {version}; copyright 2022 Unicode, Inc., used
under the Unicode License (https://www.unicode.org/license.txt).
"""

SIMPLIFIED = (
'''
PAIRS_A_LINE = 50
PLANES = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
"""Extension A and the common ideographs; rarer ones occur in no text that repeats."""


def pairs(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each traditional character and its simplified form."""
    for line in lines:
        old, _, rest = line.partition("\tkSimplifiedVariant\t")
        if rest:
            forms = [int(form.partition("<")[0][2:], 16) for form in rest.split()]
            code = int(old[2:], 16)
            if code not in forms and any(low <= code < high for low, high in PLANES) and forms[0] < 0x10000:
                yield chr(code), chr(forms[0])


def main(path: str) -> None:
    """Write the table."""
    raw = Path(path).read_bytes()
    lines = (bz2.decompress(raw) if path.endswith(".bz2") else raw).decode("utf-8").splitlines()
    version = next(line.split()[-1] for line in lines if line.startswith("# Unicode version"))
    table = dict(pairs(lines))
    # What is simplified twice over ends where the last step ends.
    flat = "".join(old + table.get(new, new) for old, new in sorted(table.items()))
    rows = [flat[i : i + 2 * PAIRS_A_LINE] for i in range(0, len(flat), 2 * PAIRS_A_LINE)]
    text = HEAD.format(version=version) + "".join(f'    "{row}"\n' for row in rows) + ")\n"
    (Path(cleanpage.__file__).parent / "text" / "han.py").write_text(text, encoding="utf-8")
    print(f"{len(table)} characters")


if __name__ == "__main__":
    main(sys.argv[1])
