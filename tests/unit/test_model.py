"""cleanpage.model: values that round-trip, and errors that name the wrong field."""

import copy
import dataclasses
import json
import pickle

import pytest

from cleanpage import Article, Block, CleanpageError, Document, Finding, Licence, Paragraph, Removed, clean_page
from cleanpage.labels import Label
from cleanpage.model import Post, Witness

FULL = Article(
    title="青石镇老桥重新通车",
    text="一\n二",
    paragraphs=(Paragraph("heading", "一", 0, 1), Paragraph("paragraph", "二", 2, 3, ((8, 9), (10, 11)))),
    published="2023-05-06",
    editors=("高敏",),
    editor_roles=("编辑",),
    licences=(Licence("icp_filing", "晋ICP备06009999号"),),
    document=Document(number="河政发〔2023〕9号"),
    is_article=True,
    confidence=0.5,
    source_text="一\n二\n\ud800\n\n二 二",
    blocks=(Block(0, 2, "body", Label.BODY, "heading"), Block(2, 11, "chrome", Label.SHARE)),
    findings=(Finding(2, 3, Label.SHARE, "share.bar", "nothing but share words"),),
    evidence=(Witness("title", ("青石镇老桥重新通车",), 0, 1, "title", 2.0, True),),
    removed=(Removed(8, 9, "二", Label.DUPLICATE, "repeats", "stands above", 1.0, (2, 3)),),
)


@pytest.mark.parametrize("article", [Article(), FULL], ids=["empty", "full"])
def test_round_trip(article):
    assert Article.from_dict(article.to_dict()) == article
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


def test_to_dict_is_json_ready():
    def plain(value):
        if isinstance(value, dict):
            return all(type(key) is str and plain(item) for key, item in value.items())
        return all(map(plain, value)) if type(value) is list else type(value) in (str, int, float, bool, type(None))

    assert plain(FULL.to_dict())


def test_fields_that_are_left_out_have_their_defaults():
    assert Article.from_dict({"title": "短讯"}) == Article(title="短讯")


DEEP: list = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], r"article: expected an object"),
        (DEEP, r"article: expected an object, the fields of Article, got list"),
        ({"title": DEEP}, r"article\.title: expected str, got list"),
        ({"page_kind": DEEP}, r"article\.page_kind: expected one of .*, got list"),
        ({"page_kind": "x" * 10**6}, r"article\.page_kind: expected one of .*, got 'x{80}'$"),
        ({"page_kind": 10**5000}, r"article\.page_kind: expected one of .*, got int"),
        ({"confidence": 10**400}, r"article\.confidence: a number of more than 64 bits"),
        (
            {
                "evidence": [
                    {
                        "field": "",
                        "values": [],
                        "start": -(10**5000),
                        "end": 0,
                        "rule": "",
                        "score": 0,
                        "followed": True,
                    }
                ]
            },
            r"article\.evidence\[0\]\.start: a number of more than 64 bits",
        ),
        ({"x" * 10**6: 1}, r"article\.x{80}: Article has no such field"),
        ({None: 1}, r"article\.NoneType: Article has no such field"),
        ({(): 1}, r"article\.tuple: Article has no such field"),
        ({"titel": "x"}, r"article\.titel: Article has no such field"),
        ({"title": 3}, r"article\.title: expected str, got int"),
        ({"is_article": 1}, r"article\.is_article: expected bool, got int"),
        ({"confidence": "high"}, r"article\.confidence: expected float, got str"),
        ({"confidence": float("nan")}, r"article\.confidence: expected a number, got nan"),
        ({"authors": "何永宁"}, r"article\.authors: expected a list, got str"),
        ({"authors": ["何永宁", None]}, r"article\.authors\[1\]: expected str"),
        ({"licences": [{"kind": "icp_filing"}]}, r"article\.licences\[0\]\.number: missing"),
        (
            {"blocks": [{"start": 0, "end": 1, "role": "kept", "label": "x"}]},
            r"article\.blocks\[0\]\.role: expected one of",
        ),
        ({"removed": [{"start": True}]}, r"article\.removed\[0\]"),
        (
            {"paragraphs": [{"kind": "quote", "text": "", "start": 0, "end": 1, "copies": [[1]]}]},
            r"copies\[0\]: expected 2",
        ),
        ({"text": "ab", "paragraphs": [{"in_text": [0, 3]}]}, r"article\.paragraphs\[0\]\.in_text: expected a place"),
        ({"text": "ab", "paragraphs": [{"in_text": [-1, 1]}]}, r"article\.paragraphs\[0\]\.in_text: expected a place"),
        ({"text": "ab", "paragraphs": [{"in_text": [0]}]}, r"article\.paragraphs\[0\]\.in_text: expected 2 items"),
        ({"text": "ab", "paragraphs": [{"in_text": "0"}]}, r"article\.paragraphs\[0\]\.in_text: expected a list"),
        ({"text": "a", "posts": [{"in_text": [0, 1]}] * 2}, r"article\.posts\[1\]\.in_text: .* behind the last"),
        ({"text": "a", "posts": [{"in_text": [0, 1], "text": "a"}]}, r"article\.posts\[0\]\.in_text: .*, or text"),
        ({"text": None, "posts": [{"in_text": [0, 1]}]}, r"article\.posts\[0\]\.in_text: expected a place"),
    ],
)
def test_from_dict_names_what_is_wrong(data, message):
    with pytest.raises(CleanpageError, match=message):
        Article.from_dict(data)


def test_a_paragraph_names_its_place_in_the_text():
    assert [p["in_text"] for p in FULL.to_dict()["paragraphs"]] == [[0, 1], [2, 3]]
    assert not any("text" in p for p in FULL.to_dict()["paragraphs"])
    assert FULL.to_dict(ledger=False)["paragraphs"] == [{"kind": "heading", "in_text": [0, 1]}]


@pytest.mark.parametrize(
    ("text", "own", "keys"),
    [
        ("a\nb", ("a", "", "b"), ("in_text", "text", "in_text")),
        ("a\na", ("a", "a", "a"), ("in_text", "in_text", "text")),  # no place twice
        ("a\nb", ("b", "a"), ("in_text", "text")),  # nor one before the last
        ("if a:\n  b\n\nc\nd", ("if a:\n  b\n", "c\nd"), ("in_text", "in_text")),  # lines of code
        ("ab", ("b", "a"), ("text", "text")),  # no line begins there, or ends
        ("", ("a",), ("text",)),
    ],
)
def test_what_does_not_stand_in_the_text_has_its_own(text, own, keys):
    article = Article(text=text, paragraphs=tuple(Paragraph(text=each) for each in own))
    assert tuple("in_text" if "in_text" in p else "text" for p in article.to_dict()["paragraphs"]) == keys
    assert Article.from_dict(article.to_dict()) == Article.from_dict(article.to_dict(ledger=False)) == article


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        ({"text": "a\nb\nc", "paragraphs": [{"kind": "heading", "in_text": [2, 3]}]}, ["a", "b", "c"]),
        ({"text": "a\nb"}, ["a", "b"]),
        ({"text": "a\nb", "paragraphs": [{"text": "b"}]}, ["b"]),  # rows of other makers: what is given is all there is
        ({"text": "a\nb", "source_text": "", "paragraphs": []}, []),
        ({"text": ""}, []),
    ],
)
def test_lines_of_a_row_are_its_plain_paragraphs(data, texts):
    assert [paragraph.text for paragraph in Article.from_dict(data).paragraphs] == texts


def test_posts_name_their_places_too():
    posts = (Post("Ann", text="a\nb"), Post("Ben", text="c\ne", quotes=("d",)), Post("Cy", text="f"))
    lines = tuple(map(Paragraph, ["paragraph"] * 6, "abcdef"))
    article = Article(text="a\nb\nc\nd\ne\nf", paragraphs=lines, posts=posts)
    data = article.to_dict(ledger=False)
    assert data["posts"] == [
        {"author": "Ann", "in_text": [0, 3]}, {"author": "Ben", "text": "c\ne", "quotes": ["d"]},
        {"author": "Cy", "in_text": [10, 11]},
    ]  # fmt: skip
    assert Article.from_dict(data) == article


def test_an_integer_is_a_fine_float():
    assert Article.from_dict({"confidence": 1}).confidence == 1.0


def test_articles_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        FULL.title = "other"


def test_body_copies_found():
    assert Article().body_copies_found == 0
    assert FULL.body_copies_found == 3


@pytest.mark.parametrize("cls", [Article, Block, Document, Finding, Licence, Paragraph, Removed, Witness])
def test_values_are_frozen_and_slotted(cls):
    assert cls.__dataclass_params__.frozen
    assert "__slots__" in vars(cls)


def test_the_ledger_is_made_when_it_is_read_and_the_article_stays_the_same_value():
    page = "<h1>The bridge</h1><p>The council closes the old bridge for a month.</p><p>Share</p>"
    read = clean_page(page)
    assert read.blocks and read.removed is read.removed
    for same in (pickle.loads(pickle.dumps(clean_page(page))), copy.copy(clean_page(page)), clean_page(page)):
        assert same == read
        assert hash(same) == hash(read)
    assert dataclasses.replace(clean_page(page), title="other").findings == read.findings
    with pytest.raises(dataclasses.FrozenInstanceError):
        read.blocks = ()
