"""What twice the page costs, on pages made to hurt: ``python -m bench.speed.scaling [--case NAME] [--quick]``.

Every case is doubled three times up to its full size (100,000 lines, or 10 MB on one line); a doubling should cost
about twice. Exit status 1 if the last doubling of any case costs more than LIMIT times.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

LIMIT = 2.7
"""Twice, and room for caches that overflow and the garbage collector."""
LINES = 100_000
CHARACTERS = 10_000_000
DOUBLINGS = 3

_IDEOGRAMS = "".join(chr(0x4E00 + 13 * i) for i in range(900))
_ENDINGS = ("ver", "lan", "tor", "nia", "sk", "bu", "ga", "pel", "dom", "zin")
_WORDS = ("river", "mill", "paper", "stone", "evening", "market", "harbour", "letter", "winter", "garden", "bridge")


def distinct_lines(count: int) -> str:
    """Prose, no two lines alike."""
    chance = random.Random(count)
    return "\n".join("".join(chance.choices(_IDEOGRAMS, k=60)) + "。" for _ in range(count))


def equal_lines(count: int) -> str:
    """One sentence, over and over."""
    return "\n".join(["The ferry to the island leaves every morning at nine from the old pier."] * count)


def equal_short_lines(count: int) -> str:
    """One chrome word, over and over."""
    return "\n".join(["分享到:"] * count)


def tiny_lines(count: int) -> str:
    """Lines of one or two characters, as get_text writes them."""
    return "\n".join(["【", "大", "中", "小", "】", "|", "打印"] * (count // 7))


def table_rows(count: int) -> str:
    """Rows that differ in digits only."""
    return "\n".join(f"第{i}组\t{i * 7 % 1000}.5\t{i * 13 % 997}\t合格" for i in range(count))


def small_vocabulary(count: int) -> str:
    """Lines of the same eleven words: every shingle recurs, no line does."""
    chance = random.Random(count)
    return "\n".join(" ".join(chance.choices(_WORDS, k=14)) + "." for _ in range(count))


def vocabulary_of_fifty(count: int) -> str:
    """Lines of fifty words, as a generator of spam writes them."""
    chance = random.Random(count)
    words = [one + other for one in ("ri", "mo", "ta", "ke", "su") for other in _ENDINGS]
    return "\n".join(" ".join(chance.choices(words, k=14)) + "." for _ in range(count))


def body_many_times(count: int) -> str:
    """The same fifty sentences, copied until the page is full."""
    chance = random.Random(7)
    body = ["".join(chance.choices(_IDEOGRAMS, k=60)) + "。" for _ in range(50)]
    return "\n".join(body * (count // 50))


def one_line_of_prose(count: int) -> str:
    """One line, with sentence ends."""
    return "".join(distinct_lines(count // 61).split("\n"))


def one_line_without_a_stop(count: int) -> str:
    """One line of one character."""
    return "a" * count


def one_line_of_brackets(count: int) -> str:
    """Opening brackets that never close."""
    return "(张三、" * (count // 4)


def one_line_of_digits(count: int) -> str:
    """Digits, dots and dashes, as dates and numbers hold them."""
    return "2022-04-22 08:40 " * (count // 17)


def one_line_of_separators(count: int) -> str:
    """A breadcrumb without end."""
    return "首页 > 新闻 | " * (count // 10)


def blanks(count: int) -> str:
    """Blanks of every kind and nothing else."""
    return " \u3000\u00a0\u200b\t\r\n" * (count // 7)


def characters_that_show_nothing(count: int) -> str:
    """Letters with NULs, lone surrogates and changes of direction between them."""
    return "\x00a\ud800b\u202ec\u2067d\u200d" * (count // 9)


def nested_elements(count: int) -> str:
    """Elements in elements, none of which ends."""
    return "<html><body>" + "<div class='a'>x" * (count // 16)


def elements_with_many_attributes(count: int) -> str:
    """Elements with two hundred attributes each."""
    attributes = "".join(f" data-a{i}='&amp;{i}'" for i in range(200))
    return "<html><body>" + f"<p{attributes} class='text'>x</p>" * (count // (len(attributes) + 20))


def one_element_with_all_attributes(count: int) -> str:
    """One element, and nothing but attributes of it."""
    return "<html><body><p" + "".join(f" a{i}=''" for i in range(count // 10)) + ">x</p>"


def references_to_characters(count: int) -> str:
    """References that mean something, nothing, or no character at all."""
    return "<html><body>" + "&amp;&#0;&#xD800;&nosuch;&#x4e00;" * (count // 33)


def scripts_that_do_not_end(count: int) -> str:
    """Scripts, styles and comments, each of which opens and none closes."""
    return "<html><body>x" + "<script \xe9><style><!-- <a href='" * (count // 34)


def keys_of_bodies(count: int) -> str:
    """A script full of keys that a body might stand behind."""
    return "<html><script>" + '"articleBody":"a<p>\\n' * (count // 21) + "</script><p>x</p>"


def cells(count: int) -> str:
    """A table of one row."""
    return "<html><table><tr>" + "<td>7</td>" * (count // 10)


CASES: dict[Callable[[int], str], int] = {
    distinct_lines: LINES,
    equal_lines: LINES,
    equal_short_lines: LINES,
    tiny_lines: LINES,
    table_rows: LINES,
    small_vocabulary: LINES,
    vocabulary_of_fifty: LINES,
    body_many_times: LINES,
    one_line_of_prose: CHARACTERS,
    one_line_without_a_stop: CHARACTERS,
    one_line_of_brackets: CHARACTERS,
    one_line_of_digits: CHARACTERS,
    one_line_of_separators: CHARACTERS,
    blanks: CHARACTERS,
    characters_that_show_nothing: CHARACTERS,
    nested_elements: CHARACTERS,
    elements_with_many_attributes: CHARACTERS,
    one_element_with_all_attributes: CHARACTERS,
    references_to_characters: CHARACTERS,
    scripts_that_do_not_end: CHARACTERS,
    keys_of_bodies: CHARACTERS,
    cells: CHARACTERS,
}
"""Each case and its full size: lines, or characters."""


def cpu_of(clean: Callable[[str], object], page: str) -> float:
    """Return the process CPU seconds of one call; the collector runs before, not within."""
    gc.collect()
    start = time.process_time()
    clean(page)
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed.scaling", description=__doc__)
    parser.add_argument("--case", action="append", choices=[case.__name__ for case in CASES], help="only this case")
    parser.add_argument("--quick", action="store_true", help="a tenth of the full size")
    parser.add_argument("--repeats", action="store_true", help="loading and find_repeats alone")
    options = parser.parse_args(arguments)
    from cleanpage import clean_page, find_repeats

    clean: Callable[[str], object] = find_repeats if options.repeats else clean_page
    clean("\n".join(_WORDS))  # compiles the rules
    slow = 0
    for case, full in CASES.items():
        if options.case and case.__name__ not in options.case:
            continue
        largest = full // 10 if options.quick else full
        sizes = [largest >> (DOUBLINGS - i) for i in range(DOUBLINGS + 1)]
        times = [cpu_of(clean, case(size)) for size in sizes]
        ratios = [later / max(earlier, 1e-3) for earlier, later in pairwise(times)]
        slow += ratios[-1] > LIMIT
        seconds = "".join(f"{taken:9.3f} s" for taken in times)
        growth = "".join(f"{ratio:6.2f}" for ratio in ratios)
        print(f"{case.__name__:24}{sizes[-1]:>9}{seconds}   x{growth}", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
