"""json_as_html: an object that holds one article, and nothing else."""

import json

import pytest

from cleanpage.load.json_page import json_as_html

PARTS = (
    "The ferry to Inchbrae stops running in October, because its engine can no longer be mended.",
    "Farmers on the island have asked for a smaller boat, which would carry their sheep.",
)


@pytest.mark.parametrize(
    "held",
    [
        {"title": "A < B", "content": "\n\n".join(PARTS)},
        {"headline": "A < B", "paragraphs": list(PARTS)},
        {"title": {"rendered": "A &lt; B"}, "post": {"id": 1, "body": "".join(f"<p>{part}</p>" for part in PARTS)}},
    ],
)
def test_the_longest_text_is_the_body(held):
    page = json_as_html(json.dumps(held))
    assert page is not None
    assert "<title>A &lt; B</title>" in page
    assert "".join(f"<p>{part}</p>" for part in PARTS) in page


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "[" * 100_000,
        '{"a":' * 100_000,
        json.dumps(list(PARTS)),
        json.dumps({"items": [{"text": "\n".join(PARTS)}, {"text": "\n".join(PARTS[::-1])}]}),
        json.dumps({"name": "ferry", "description": "\n".join(PARTS), "main": "index.js"}),
        json.dumps({"error": PARTS[0]}),
        json.dumps({"code": "a = 1\nb = 2\nprint(a + b)\n" * 20}),
        "{" + PARTS[0] + "}",
    ],
)
def test_data_lists_and_text_are_no_article(text):
    assert json_as_html(text) is None
