"""Floors rise and never fall."""

import tomllib

from bench import floors
from bench.floors import FILE, load_floors, raised
from bench.runs import raw_only

TEXT = """# why f1 = what it is

[[floor]]
set = "one"
f1 = 0.95

[[floor]]
set = "two"
f1 = 0.80
"""


def pinned(text):
    return [floor["f1"] for floor in tomllib.loads(text)["floor"]]


def test_only_what_rose_is_written_rounded_down():
    assert pinned(raised(TEXT, [0.9699, 0.7])) == [0.965, 0.8]
    assert pinned(raised(TEXT, [0.9549, 0.9])) == [0.95, 0.9]


def test_nothing_changes_where_nothing_rose():
    assert raised(TEXT, [0.95, 0.8049]) == TEXT
    assert raised(TEXT, [0.0, 0.0]) == TEXT


def test_comments_stay():
    assert raised(TEXT, [1.0, 1.0]).startswith("# why f1 = what it is\n")


def test_status_says_whether_all_hold_and_only_writing_changes_the_file(tmp_path, monkeypatch):
    file = tmp_path / "floors.toml"
    file.write_text('[[floor]]\nset = "one"\nlang = "zh"\nkind = "article"\nsample = 4\nf1 = 0.8\n', encoding="utf-8")
    monkeypatch.setattr(floors, "FILE", file)
    for found, write, status, left in (
        (0.9, False, 0, 0.8),
        (0.7, True, 1, 0.8),
        (0.9, True, 0, 0.9),
        (0.8, True, 1, 0.9),
    ):
        monkeypatch.setattr(floors, "measure_floor", lambda method, floor, found=found: found)
        assert floors.check_floors(raw_only(str), write=write) == status
        assert [floor.f1 for floor in floors.load_floors()] == [left]


def test_every_floor_of_the_file_can_be_raised():
    raised_text = raised(FILE.read_text(encoding="utf-8"), [2.0] * len(load_floors()))
    assert pinned(raised_text) == [2.0] * len(load_floors())
