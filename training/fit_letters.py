"""``python -m tests.quality.fit_letters``: write ``cleanpage/load/letters.json`` from the profiles of langdetect.

Of each language the file holds what a letter costs behind another, in bits: -log2 of the share that the pair has of all
pairs with that first letter. A space stands for anything that is no letter. Of languages in Latin letters only pairs
with a letter beyond ASCII are kept; of Chinese, Japanese and Korean single characters. The profiles were counted in
Wikipedia (langdetect, Apache-2.0), so no labelled page is learned from.
"""

from __future__ import annotations

import json
from collections import Counter
from math import log2
from pathlib import Path

LATIN = (
    "af", "ca", "cs", "cy", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt",
    "lv", "nl", "no", "pl", "pt", "ro", "sk", "sl", "sq", "sv", "tr", "vi",
)  # fmt: skip
OTHERS = ("ar", "bg", "el", "fa", "he", "mk", "ru", "th", "uk", "ur")
IDEOGRAMS = ("zh-cn", "zh-tw", "ja", "ko")
OUT = Path(__file__).parents[1] / "cleanpage" / "load" / "letters.json"
DEAREST = 13
"""What costs more is left out: seen too seldom to say anything."""
CEDILLAS = str.maketrans("țș", "ţş")
"""Romanian as charsets of eight bits have it."""


def counts(language: str, size: int) -> Counter[str]:
    """Return how often the profile has seen each string of ``size`` letters, capitals made small."""
    import langdetect

    path = Path(langdetect.__file__).parent / "profiles" / language
    found: Counter[str] = Counter()
    for key, count in json.loads(path.read_text(encoding="utf-8"))["freq"].items():
        folded = key.lower().translate(CEDILLAS) if len(key.lower()) == len(key) else key
        if len(key) == size:
            found["".join(char if char.isalpha() or size == 1 or ord(char) > 0xBF else " " for char in folded)] += count
    return found


def grouped(costs: dict[str, int]) -> str:
    """Return the characters, those that cost nothing first, then after each ``|`` those that cost a bit more."""
    return "|".join("".join(sorted(c for c, cost in costs.items() if cost == bits)) for bits in range(DEAREST + 1))


def costs(found: dict[str, int], total: int) -> dict[str, int]:
    """Return the cost of what is not too dear."""
    bits = {char: round(-log2(count / total)) for char, count in found.items()}
    return {char: cost for char, cost in bits.items() if cost <= DEAREST}


def pairs(language: str, *, latin: bool) -> dict[str, str]:
    """Return for each first letter what the next one costs."""
    by_first: dict[str, Counter[str]] = {}
    for pair, count in counts(language, 2).items():
        by_first.setdefault(pair[0], Counter())[pair[1]] += count
    found = {}
    for first, following in sorted(by_first.items()):
        wanted = {c: n for c, n in following.items() if not (latin and first.isascii() and c.isascii())}
        wanted = {c: n for c, n in wanted.items() if latin or not (first + c).strip().isascii()}
        if row := grouped(costs(wanted, sum(following.values()))).rstrip("|"):
            found[first] = row
    return found


def main() -> None:
    """Write the file."""
    letters = {name: pairs(name, latin=name in LATIN) for name in sorted((*LATIN, *OTHERS))}
    ideograms = {}
    for name in IDEOGRAMS:
        found = {c: n for c, n in counts(name, 1).items() if not c.isascii()}
        ideograms[name] = grouped(costs(found, sum(found.values()))).rstrip("|")
    data = {"letters": letters, "ideograms": ideograms}
    OUT.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
