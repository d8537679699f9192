"""The examples run, with the real libraries and without a network, and show what they are there to show."""

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
TITLES = ["Ferry back in service after engine repair", "Saturday market moves to the old timber yard"]


@pytest.fixture(autouse=True)
def no_network(monkeypatch, tmp_path):
    """Nothing is fetched, and what a library keeps, it keeps in a folder of the test."""
    for name in ("HF_HUB_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "HF_DATASETS_DISABLE_PROGRESS_BARS"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def example(monkeypatch, capsys):
    """Run an example as a script; return what it prints."""

    def run(name, *arguments):
        monkeypatch.setattr(sys, "argv", [name, *map(str, arguments)])
        runpy.run_path(str(EXAMPLES / f"{name}.py"), run_name="__main__")
        return capsys.readouterr().out

    return run


def names(name):
    """What an example defines."""
    return runpy.run_path(str(EXAMPLES / f"{name}.py"))


def test_every_example_is_tested():
    tests = Path(__file__).read_text(encoding="utf-8")
    assert [path.stem for path in EXAMPLES.glob("*.py") if path.stem not in tests] == []


def test_one_page(example):
    printed = example("clean_one_page")
    assert printed.startswith("青石镇召开防汛准备工作会议\n2023-05-06 河湾日报")
    assert "The body stood 2 times on the page" in printed


def test_site_template(example):
    without, with_it = example("site_template").split("\nwith the template")
    assert "titles end with ' - the alder post'" in without
    assert "reads best with tea" in without
    assert "reads best with tea" not in with_it
    assert "about what it has cost." in with_it


def test_folder_to_parquet(example, tmp_path):
    import pyarrow.parquet as pq

    assert TITLES[0] in example("folder_to_parquet", EXAMPLES / "pages", tmp_path / "out.parquet")
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [(row["file"], row["title"]) for row in rows] == list(zip(["ferry.txt", "market.html"], TITLES, strict=True))
    assert rows[1]["authors"] == ["Ines Halloran"]
    assert "share" in {removed["label"] for removed in rows[1]["removed"]}


def test_folder_to_parquet_in_batches(tmp_path):
    import pyarrow.parquet as pq

    for i in range(5):
        (tmp_path / f"{i}.txt").write_bytes((EXAMPLES / "pages" / "ferry.txt").read_bytes())
    functions = names("folder_to_parquet")
    functions["folder_to_parquet"].__globals__["BATCH"] = 2
    functions["folder_to_parquet"](tmp_path, tmp_path / "out.parquet")
    assert pq.ParquetFile(tmp_path / "out.parquet").num_row_groups == 3
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 5


def test_dataframes(example):
    printed = example("dataframe_column")
    assert printed.count("2024-03-14") == 2
    import pandas as pd
    import polars as pl

    functions = names("dataframe_column")
    pages = {"raw": [(EXAMPLES / "notice.txt").read_bytes(), b""]}
    frames = (
        functions["with_pandas"](pd.DataFrame(pages, index=[7, 8])).to_dict("records"),
        functions["with_polars"](pl.DataFrame(pages)).to_dicts(),
    )
    assert [[row["published"] for row in rows][:1] for rows in frames] == [["2023-05-06"]] * 2
    assert [[row["text"] == "" for row in rows] for rows in frames] == [[False, True]] * 2


def test_datasets(example):
    printed = example("hf_datasets_map").splitlines()
    assert [line.split(" | ")[:2] for line in printed] == [["2024-03-14", TITLES[0]], ["2024-03-11", TITLES[1]]]


def test_langchain(example):
    assert [line.split(" | ")[0] for line in example("langchain_loader").splitlines()] == TITLES
    (document,) = names("langchain_loader")["CleanPageLoader"]([EXAMPLES / "notice.txt"]).load()
    assert document.metadata["authors"] == ["高敏", "林佩山"]
    assert document.page_content.startswith("5月5日下午")


def test_own_rules(example):
    assert example("own_rules").splitlines() == [
        "courier.share: Share this: Facebook Twitter Email",
        "courier.tickets: Return tickets bought before the failure stay valid until the end of May.",
    ]


def test_schema_org(example):
    printed = example("schema_org")
    data = json.loads(printed.removeprefix('<script type="application/ld+json">\n').strip().removesuffix("</script>"))
    assert (data["@type"], data["headline"], data["datePublished"]) == ("NewsArticle", TITLES[1], "2024-03-11")


def test_scrapy(tmp_path):
    """A crawl in a process of its own, since the reactor of a process runs once; what is no article is dropped."""
    (tmp_path / "gone.html").write_text("<html><title>404 Not Found</title><h1>Not Found</h1></html>", encoding="utf-8")
    pages = [*EXAMPLES.glob("pages/*"), tmp_path / "gone.html"]
    command = [sys.executable, f"{EXAMPLES / 'scrapy_pipeline'}.py", *(page.as_uri() for page in pages)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert "no article at" in done.stderr.decode("utf-8")
    items = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert sorted(item["title"] for item in items) == TITLES
    assert {item["published"] for item in items} == {"2024-03-11", "2024-03-14"}
    assert all(set(item) == {"url", "title", "published", "authors", "text"} for item in items)
