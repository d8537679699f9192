"""What is made of the posts of a thread: values, other forms, pages joined; and what is no thread."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from cleanpage import Article, clean_page, join_pages
from cleanpage.model import Post

CASES = Path(__file__).parents[1] / "cases"
THREADS = sorted(path.stem for path in CASES.glob("posts-*.html") if "none" not in path.stem)


def cleaned(name, change=lambda html: html):
    return clean_page(change((CASES / f"{name}.html").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def thread():
    return cleaned("posts-xenforo")


@pytest.mark.parametrize("name", THREADS)
def test_the_texts_of_posts_are_paragraphs_in_their_order(name):
    article = cleaned(name)
    lines = [line for post in article.posts for line in post.text.split("\n")]
    left = iter(article.text.split("\n"))
    assert all(line in left for line in lines)  # a subsequence


@pytest.mark.parametrize("name", THREADS)
def test_spans_hold_the_texts_and_follow_one_another(name):
    article = cleaned(name)
    ends = 0
    for post in article.posts:
        assert ends <= post.start < post.end <= len(article.source_text)
        assert all(line in article.source_text[post.start : post.end] for line in post.text.split("\n"))
        ends = post.end


def test_posts_come_back_from_json(thread):
    assert Article.from_dict(json.loads(thread.to_json())) == thread
    sparse = Article.from_dict(json.loads(thread.to_json(ledger=False)))
    assert sparse.posts == tuple(replace(post, start=0, end=0) for post in thread.posts)


def test_every_place_that_gives_a_post_is_a_witness(thread):
    heard = [witness.values for witness in thread.evidence if witness.field == "posts"]
    assert heard[0] == ("millwright", "2021-03-04") and len(heard) == len(thread.posts)


def test_a_post_begins_with_its_author_and_day(thread):
    markdown, html = thread.to_markdown(), thread.to_html()
    assert markdown.count("*Greta_W · 2021-03-05*\n\nCount the teeth") == 1
    assert '<p class="post">Greta_W · 2021-03-05</p>\n<p>Count the teeth' in html


def test_nothing_from_a_poster_is_markup(thread):
    posts = (replace(thread.posts[0], author="<b>*x*"), *thread.posts[1:])
    assert "<p class=\"post\">&lt;b&gt;*x* · 2021-03-04</p>" in replace(thread, posts=posts).to_html()
    assert r"*&lt;b>\*x\* · 2021-03-04*" in replace(thread, posts=posts).to_markdown()


def test_without_offsets_no_post_is_set_apart(thread):
    article = Article.from_dict(json.loads(thread.to_json(ledger=False)))
    assert "Greta" not in article.to_markdown()


def test_the_posts_behind_the_first_are_comments(thread):
    data = json.loads(thread.to_schema_org())
    assert data["@type"] == "DiscussionForumPosting"
    assert [comment["author"]["name"] for comment in data["comment"]] == ["Greta_W", "millwright", "old spoke"]
    assert data["comment"][0]["datePublished"] == "2021-03-05"


def test_a_table_may_have_them_as_a_column(thread):
    arrow = pytest.importorskip("pyarrow")
    from cleanpage.corpus.columns import row_of, schemas, table_of

    table = table_of([row_of(thread, ["posts"])], arrow.schema([schemas(["posts"])["articles"].field("posts")]))
    assert [post["author"] for post in table.to_pylist()[0]["posts"]] == [post.author for post in thread.posts]


def test_joined_pages_have_the_posts_of_both_once(thread):
    joined = join_pages([thread, thread])
    assert joined.posts == thread.posts
    other = cleaned("posts-phpbb")
    joined = join_pages([thread, other])
    assert [post.author for post in joined.posts[4:]] == ["Falk", "marsh harrier"] * 2
    moved = joined.posts[4]
    assert moved.text in joined.source_text[moved.start : moved.end]


def test_text_has_the_posts_of_html(thread):
    flat = clean_page(thread.source_text, kind="text")
    assert [(post.published or "")[:10] for post in flat.posts] == [post.published[:10] for post in thread.posts]


def test_the_posts_of_text_are_paragraphs_in_their_order():
    page = Path(__file__).parents[1] / "cases" / "posts-text-phpbb.txt"
    article = clean_page(page.read_text(encoding="utf-8"))
    assert "\n".join(post.text for post in article.posts) == article.text
    assert all(a.end <= b.start for a, b in pairwise(article.posts))


def test_a_user_who_did_something_else_is_no_author():
    liked = '<div class="likes"><a href="/members/aunt-rivet.9/">aunt rivet</a> likes this</div>'
    head = '<header class="message-attribution">'
    article = cleaned("posts-xenforo", lambda html: html.replace(head, liked + head))
    assert [post.author for post in article.posts] == ["millwright", "Greta_W", "millwright", "old spoke"]


def test_a_post_without_a_name_has_no_author():
    """The name above belongs to another post."""
    name = '<h4 class="message-name"><a href="/members/greta_w.1/" class="username">Greta_W</a></h4>'
    letter = '<a href="/members/greta_w.1/">G</a>'
    article = cleaned("posts-xenforo", lambda html: html.replace(name, "").replace(letter, ""))
    assert article.posts[0].author == "millwright"
    assert {post.author for post in article.posts if post.text.startswith("Count")} <= {None}


def test_the_day_on_which_somebody_joined_is_none():
    article = cleaned("posts-xenforo", lambda html: html.replace("Mar 5, 2021", "two days ago"))
    assert [post.published for post in article.posts] == ["2021-03-04", None, None, "2021-03-06"]


def test_a_post_is_a_small_value():
    assert Post() == Post(None, None, "", (), 0, 0)


def test_what_the_first_post_says_is_said_once(thread):
    first = thread.posts[0]
    one = replace(thread, authors=(first.author,), published=first.published, source=None)
    assert one.to_markdown().count(f"{first.author} · {first.published}") == 1
    assert f"\n\n*{first.published} · Ann*\n\n" not in replace(one, authors=("Ann",)).to_markdown()
    assert "\n\n*Ann*\n\n" in replace(one, authors=("Ann",)).to_markdown()
    sparse = Article.from_dict(one.to_dict(ledger=False))  # no post is set apart there
    assert f"*{first.published} · {first.author}*" in sparse.to_markdown()


def test_icons_and_avatars_are_no_pictures():
    def post(i, more=""):
        return (
            f'<article class="post"><img src="/data/avatars/m/{i}.png" alt="user {i}"><p>The wheel turns again since '
            f"day {i}, and the miller is glad of it, as anybody would be.</p>{more}"
            '<img src="/styles/heart.png"><p>It took us a week to find the teeth that were missing.</p></article>'
        )

    wheel = '<img src="/photos/wheel.jpg" alt="The wheel"><p>Here is the wheel with all its teeth, seen from below.</p>'
    article = clean_page(f"<h1>The wheel</h1>{post(1, wheel)}{post(2)}{post(3, wheel)}")
    assert [image.url for image in article.images] == ["/photos/wheel.jpg"]
