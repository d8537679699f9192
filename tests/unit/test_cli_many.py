"""The command over many pages: which it takes, where the articles go, and what stops it."""

import errno
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleanpage import Article, Config, clean_page
from cleanpage.cli import main, workers
from cleanpage.cli.inputs import find_pages
from cleanpage.cli.progress import Lines, progress
from cleanpage.cli.work import Recipe, clean_input
from cleanpage.cli.workers import clean_all

TEXT = """{title}
发布时间: 2023-05-06 | 来源: 河湾日报
分享到:

{title}的消息昨天下午传到镇上，来往的货车不必再绕行北面的山路。负责施工的何永宁说，桥面比原来宽了两米。
镇上的居民沿着河岸走了一圈，有人带来自家种的橘子分给工人。根据安排，下个月还要修整通往码头的三公里道路。
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of pages, with what is no page among them."""
    pages = tmp_path / "pages"
    for name in ("b.txt", "a.html", "north/c.HTM", "north/deep/d.txt", ".git/e.txt", ".hidden.txt", "picture.png"):
        path = pages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(title=f"青石镇老桥{path.stem}"), encoding="utf-8")
    os.symlink("..", pages / "north" / "round")
    os.symlink("nowhere", pages / "dangling.txt")
    os.mkfifo(pages / "pipe.txt")
    return pages


@pytest.fixture
def many(tmp_path):
    """A folder of enough pages to keep two workers busy."""
    pages = tmp_path / "many"
    pages.mkdir()
    for i in range(40):
        (pages / f"{i:02}.txt").write_text(TEXT.format(title=f"青石镇第{i}座桥") * (1 + 7 * (i % 5)), encoding="utf-8")
    return pages


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


def names(found, root):
    return [str(Path(page).relative_to(root)) for page in found.pages]


def test_a_folder_is_searched_in_order(folder):
    found = find_pages([str(folder)])
    assert names(found, folder) == ["a.html", "b.txt", "north/c.HTM", "north/deep/d.txt"]
    assert (found.problems, found.base, found.several) == ((), str(folder), True)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.html", ["a.html"]),
        ("**/*.txt", ["b.txt", "dangling.txt", "north/deep/d.txt", "pipe.txt"]),
        ("nor*", ["north/c.HTM", "north/deep/d.txt"]),
    ],
)
def test_a_pattern(folder, pattern, expected):
    found = find_pages([str(folder / pattern)])
    assert names(found, folder) == expected
    assert (found.base, found.several) == (str(folder), True)


def test_a_page_that_is_named_twice_is_cleaned_once(folder, monkeypatch):
    monkeypatch.chdir(folder)
    found = find_pages(["b.txt", "./b.txt", str(folder), "-", "-"])
    assert found.pages[0] == "b.txt"
    assert len(found.pages) == 5


def test_a_file_whose_name_is_a_pattern(tmp_path, capsys):
    odd = tmp_path / "page[1].txt"
    odd.write_text(TEXT.format(title="青石镇"), encoding="utf-8")
    assert main([str(odd), "--format", "text"]) == 0
    assert "青石镇的消息" in capsys.readouterr().out


def test_one_json_line_a_page_that_names_its_file(folder, capsys):
    assert main([str(folder)]) == 0
    captured = capsys.readouterr()
    for line in lines(captured.out):
        path = line.pop("file")
        assert line == clean_page(Path(path).read_bytes()).to_dict(ledger=False)
    assert re.fullmatch(r"cleanpage: 4 cleaned \(4 articles\), 0 failed; [\d.]+ s, [\d.]+ a second\n", captured.err)


def test_the_ledger_in_json_lines_when_asked_for(folder, capsys):
    assert main([str(folder), "--ledger"]) == 0
    for line in lines(capsys.readouterr().out):
        path = line.pop("file")
        assert Article.from_dict(line) == clean_page(Path(path).read_bytes())


def test_the_ledger_of_another_form_is_a_wrong_call(folder, capsys):
    assert main([str(folder), "--format", "text", "--ledger"]) == 2
    assert "--ledger is for json and jsonl, not for text" in capsys.readouterr().err


def test_fields(folder, capsys):
    assert main([str(folder), "-q", "--fields", "title, published"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert lines(captured.out)[1] == {
        "file": str(folder / "b.txt"), "title": "青石镇老桥b", "published": "2023-05-06"
    }  # fmt: skip


def test_errors_do_not_stop_the_run(folder, capsys):
    good = str(folder / "b.txt")
    assert main([str(folder / "absent.txt"), good, str(folder / "dangling.txt"), str(folder / "*.pdf")]) == 1
    captured = capsys.readouterr()
    assert [line["file"] for line in lines(captured.out)] == [good]
    assert captured.err.splitlines()[:-1] == [
        f"cleanpage: {folder / '*.pdf'}: no file is called like this",
        f"cleanpage: {folder / 'absent.txt'}: {os.strerror(errno.ENOENT)}",
        f"cleanpage: {folder / 'dangling.txt'}: {os.strerror(errno.ENOENT)}",
    ]
    assert "1 cleaned (1 articles), 3 failed" in captured.err


def test_a_page_on_which_the_cleaner_fails_is_one_error(folder, capsys, monkeypatch):
    def broken(raw, **options):
        if "老桥b".encode() in raw:
            raise RuntimeError("no such luck")
        return clean_page(raw, **options)

    monkeypatch.setattr("cleanpage.cli.work.clean_page", broken)
    assert main([str(folder)]) == 1
    captured = capsys.readouterr()
    assert len(lines(captured.out)) == 3
    assert f"cleanpage: {folder / 'b.txt'}: RuntimeError: no such luck\n" in captured.err


def test_an_undecodable_name(tmp_path, capsys):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/odd\xff.txt")
    Path(name).write_text(TEXT.format(title="青石镇"), encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert lines(capsys.readouterr().out)[0]["file"] == name
    assert main([str(tmp_path), "-o", f"{tmp_path}/out/"]) == 0
    assert Path(f"{tmp_path}/out/{Path(name).name}.json").is_file()
    assert main([f"{name}.absent"]) == 1
    assert "odd\\udcff.txt.absent: No such file" in capsys.readouterr().err


def test_what_is_for_reading_is_headed_by_its_name(folder, capsys):
    assert main([str(folder), "-q", "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert re.findall(r"^==> (.*) <==$", out, re.MULTILINE) == list(find_pages([str(folder)]).pages)


@pytest.mark.parametrize(
    ("form", "suffix"),
    [("json", "json"), ("jsonl", "jsonl"), ("text", "txt"), ("markdown", "md"), ("html", "html"),
     ("schema.org", "jsonld")],
)  # fmt: skip
def test_a_folder_of_articles_lies_as_the_pages_lie(folder, tmp_path, form, suffix):
    out = tmp_path / "out"
    assert main([str(folder), "-o", f"{out}/", "--format", form]) == 0
    written = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    assert written == [f"{name}.{suffix}" for name in ("a.html", "b.txt", "north/c.HTM", "north/deep/d.txt")]
    assert "青石镇老桥b" in (out / f"b.txt.{suffix}").read_text(encoding="utf-8")


def test_two_pages_of_one_name_in_two_folders(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_bytes((folder / "b.txt").read_bytes())
    assert main([str(folder / "b.txt"), str(other / "b.txt"), "-o", f"{tmp_path / 'out'}/"]) == 0
    assert sorted(path.parent.name for path in (tmp_path / "out").rglob("*.json")) == ["other", "pages"]


def test_output_to_one_file_is_utf_8(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert main([str(folder), "-o", str(tmp_path / "all.jsonl")]) == 0
    assert "青石镇" in (tmp_path / "all.jsonl").read_text(encoding="utf-8")


def test_no_page_is_overwritten(folder, tmp_path, capsys):
    page = folder / "b.txt"
    before = page.read_bytes()
    assert main([str(page), "-o", str(page)]) == 2
    assert "would overwrite a page" in capsys.readouterr().err
    (folder / "b.txt.txt").write_bytes(before)
    assert main([str(folder), "-o", str(folder), "--format", "text"]) == 1
    assert f"{folder / 'b.txt.txt'}: would overwrite a page" in capsys.readouterr().err
    assert (folder / "b.txt.txt").read_bytes() == before


def test_a_run_without_an_article_leaves_the_old_file(tmp_path):
    (tmp_path / "old.json").write_text("old", encoding="utf-8")
    assert main([str(tmp_path / "absent.txt"), "-o", str(tmp_path / "old.json")]) == 1
    assert (tmp_path / "old.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("out", ["absent/all.jsonl", "file/"])
def test_output_that_cannot_be_written(folder, tmp_path, out, capsys):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main([str(folder / "b.txt"), "-o", f"{tmp_path}/{out}"]) == 1
    assert str(tmp_path / out.split("/")[0]) in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(folder):
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = run(str(folder), stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode() == f"cleanpage: the output: {os.strerror(errno.ENOSPC)}\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--format", "html"], "-o FOLDER/"),
        (["--url", "https://example.org/"], "--url is the address of one page"),
        (["--fields", "title", "--format", "text"], "--fields is for json and jsonl"),
    ],
)
def test_options_that_do_not_go_together(folder, options, message, capsys):
    assert main([str(folder), *options]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--jobs", "0"], "at least 1"), (["--jobs", "x"], "at least 1"), (["--fields", "headline"], "'headline'")],
)
def test_wrong_values(options, message, capsys):
    with pytest.raises(SystemExit) as stop:
        main(["page.txt", *options])
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


# Worker processes


def run(*arguments, stdout=subprocess.PIPE):
    command = [sys.executable, "-m", "cleanpage", *arguments]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, check=False)


def test_workers_give_the_same_in_the_same_order(many, capsys):
    missing = str(many / "absent.txt")
    outputs = []
    for jobs in ("1", "3"):
        assert main([str(many), missing, "--jobs", jobs, "-q"]) == 1
        outputs.append(capsys.readouterr())
    assert outputs[0] == outputs[1]
    assert len(outputs[0].out.splitlines()) == 40
    assert missing in outputs[0].err


def test_a_pipe_is_read_by_the_process_that_has_it(many):
    page = many / "00.txt"
    command = f"'{sys.executable}' -m cleanpage --jobs 2 --format text -q <(cat '{page}') - '{page}' < '{page}'"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().count("青石镇第0座桥\n\n") == 3


def test_a_worker_that_is_killed_costs_its_page_only(many, monkeypatch):
    """SIGKILL, as the kernel sends it when memory runs out, whenever one page is cleaned."""
    monkeypatch.setattr(workers, "clean_input", dies_on_page_7)
    pages = find_pages([str(many)]).pages
    outcomes = list(clean_all(pages[:14], Recipe(Config(), "text"), 2))
    assert [outcome.name for outcome in outcomes] == list(pages[:14])
    assert [Path(outcome.name).name for outcome in outcomes if outcome.error] == ["07.txt"]
    assert "07.txt: its process was ended by signal 9 (SIGKILL) (out of memory?)" in outcomes[7].error


def dies_on_page_7(page, recipe):
    if page.name.endswith("07.txt"):
        os.kill(os.getpid(), signal.SIGKILL)
    return clean_input(page, recipe)


def alive(group):
    """The processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == group and state != "Z":
            found.append(stat)
    return found


def wait_for(condition, seconds=30.0):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("whom", ["all", "parent", "kill"])
def test_ctrl_c_ends_the_run_and_its_workers(many, whom):
    """A terminal sends it to all processes; ``kill -INT`` and ``kill -KILL`` reach the first only."""
    # What a shell runs in the background ignores SIGINT, and so would all that it starts.
    hears = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    start = f"{hears}; runpy.run_module('cleanpage', run_name='__main__', alter_sys=True)"
    command = [sys.executable, "-c", start, "--jobs", "2", str(many), "--explain"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, start_new_session=True, **pipes) as process:
        process.stdout.readline()
        for page in sorted(many.glob("*.txt")):  # what is left takes long
            # Put in place in one step: a worker that reads a file half written would warn of an empty page.
            longer = page.with_suffix(".new")
            longer.write_text(TEXT.format(title="青石镇") * 4000, encoding="utf-8")
            longer.replace(page)
        if whom == "all":
            os.killpg(process.pid, signal.SIGINT)
        else:
            os.kill(process.pid, signal.SIGINT if whom == "parent" else signal.SIGKILL)
        _, err = process.communicate(timeout=60)
    if whom != "kill":
        assert (process.returncode, err) == (130, b"cleanpage: interrupted\n")
    assert wait_for(lambda: not alive(process.pid))


def test_a_reader_that_has_seen_enough_ends_the_run(many):
    command = f"'{sys.executable}' -m cleanpage --jobs 2 '{many}' | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


# Progress


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def test_a_bar_with_rate_and_time_left(many, tmp_path, monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main([str(many), str(many / "absent.txt"), "-o", str(tmp_path / "all.jsonl")]) == 1
    shown = terminal.getvalue()
    assert re.search(r"41/41 \[\d\d:\d\d<\d\d:\d\d, +[\d.]+ pages/s\]", shown)
    assert re.search(r"(^|\r)cleanpage: \S*absent\.txt: No such file or directory\n", shown, re.MULTILINE)
    assert "40 cleaned (40 articles), 1 failed" in shown


@pytest.mark.parametrize("options", [["-q"], []])
def test_no_bar_when_quiet_or_where_the_articles_go(folder, monkeypatch, options):
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert main([str(folder), *options]) == 0
    assert "4/4" not in sys.stderr.getvalue()


def test_plain_lines_without_tqdm(monkeypatch, capsys):
    clock = iter([0.0, 2.0, 6.0, 7.0])
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setattr("cleanpage.cli.progress.time.monotonic", lambda: next(clock))
    with progress(12, shown=True) as lines:
        assert isinstance(lines, Lines)
        for _ in range(3):
            lines.step()
        lines.say("page.txt: gone")
    assert capsys.readouterr().err.splitlines() == [
        "cleanpage: 2 of 12 pages, 0 a second, 30 s left",
        "cleanpage: page.txt: gone",
    ]
