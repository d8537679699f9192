"""body_in_json: the article of the JSON, in order; what stands beside it is left out."""

import json
import time

import pytest
from lxml import html

from cleanpage.load.json_body import body_in_json

LINES = [
    "The lighthouse museum opened a third floor on Saturday with two hundred photographs.",
    "Visitors stood in line along the quay for most of the morning, some with chairs.",
    "From December on the museum will stay open until eight in the evening on Fridays.",
]


def body(script):
    return body_in_json(html.document_fromstring(f"<html><body><script>{script}</script></body></html>"))


@pytest.mark.parametrize(
    "value",
    [
        {"article": {"paragraphs": LINES}},
        {"blocks": [{"type": "paragraph", "data": {"text": line}} for line in LINES]},
        {"doc": [{"type": "p", "children": [{"text": line[:20]}, {"text": line[20:]}]} for line in LINES]},
        {"html": "".join(f"<p>{line}</p>" for line in LINES)},
        {"html": "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in LINES)},
        {"state": json.dumps({"body": LINES})},
        {"body": [{"text": line, "caption": "A picture of the lighthouse in the winter snow."} for line in LINES]},
        {"body": LINES, "terms": [f"These terms say that {line}" for line in LINES * 3]},
        {"a": {"url": "/a", "body": LINES}, "b": {"url": "/b", "body": [line.upper() for line in LINES[:2]]}},
    ],
)
def test_lines_of_the_article(value):
    assert body(f"window.__STATE__ = {json.dumps(value)};").split("\n") == LINES


def test_subheadings_and_short_paragraphs_stay_in_their_place():
    blocks = [LINES[0], "A new floor", LINES[1], "Nobody minded.", LINES[2]]
    assert body("var page = " + json.dumps([{"text": line} for line in blocks])).split("\n") == blocks


@pytest.mark.parametrize("script", ["", "var a = [1, 2, {", "{" * 500, "a=" + "[" * 5_000, 'x = {"a": "b"}'])
def test_nothing_where_there_is_nothing(script):
    assert body(script.ljust(300)) == ""


@pytest.mark.parametrize("part", ["=[", '={"a":', '="' + "x" * 300, "=[{}", '=["a",'])
def test_time_is_linear(part):
    def seconds(times):
        start = time.perf_counter()
        body(part * times)
        return time.perf_counter() - start

    short = max(seconds(2_000), 0.01)
    assert seconds(16_000) < 30 * short


@pytest.mark.parametrize(("depth", "is_read"), [(50, True), (70, False)])
def test_values_deeper_than_sixty_levels_are_not_read(depth, is_read):
    value = {"article": {"paragraphs": LINES}}
    for _ in range(depth):
        value = {"a": value}
    found = body(f"window.__STATE__ = {json.dumps(value)};")
    assert (found or "").split("\n") == (LINES if is_read else [""])


def test_json_is_looked_at_within_bounds(monkeypatch):
    script = f"window.__STATE__ = {json.dumps({'article': {'paragraphs': LINES}})};"
    other = f'<script>window.__X__ = {{"a": "{"x" * 300}"}};</script>'

    def read(scripts):
        return body_in_json(html.document_fromstring(f"<html><body>{scripts}<script>{script}</script></body></html>"))

    assert read(other * 9)
    for name, most in (("MOST_COSTLY", 8), ("MOST_JSON", 100), ("MOST_VALUES", 3)):
        with monkeypatch.context() as bound:
            bound.setattr(f"cleanpage.load.json_body.{name}", most)
            assert not read(other * 9), name
