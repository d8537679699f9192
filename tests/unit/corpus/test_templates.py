"""Site templates: what they learn and what not, that any split learns the same, and what cleaning makes of them."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanpage import CleanpageError, clean_page
from cleanpage.corpus import SiteTemplate
from cleanpage.corpus.templates import LONGEST_LINE, MOST_TEMPLATE_LINES, SAMPLED_PAGES, template_page
from tests.unit.corpus.texts import BRIDGE, DAM, MILK, TEA

HEAD = "The Harbour Messenger\nNews\nMarkets\nWeather\nLetters"
NOTE = (
    "Every decision of the council hangs in the entrance of the town hall, where anybody may read it until the end of "
    "the month, and the harbour master answers questions about it on Thursdays."
)
TAIL = f"{NOTE}\nWrite to the editor\nHow we work"


def page(story, title="A headline of today"):
    return f"{HEAD}\n{title}\n{story}\n{TAIL}"


def stories(count, seed=0):
    """Return invented articles that have no sentence in common."""
    rng = random.Random(seed)
    nouns = ["mill", "harbour", "school", "orchard", "tower", "square", "garden", "station", "market", "chapel"]
    verbs = ["opened", "closed", "grew", "moved", "burned", "changed", "rested", "waited", "doubled", "shrank"]
    return [
        " ".join(
            f"The {rng.choice(nouns)} of district {n} and lot {i} {rng.choice(verbs)} "
            f"after the {rng.choice(nouns)} {w}."
            for i, w in enumerate(rng.sample(verbs, 8))
        )
        for n in (chr(97 + k) * 3 for k in range(count))
    ]


def furniture(pages):
    return set(SiteTemplate.learn(pages).furniture)


def test_learns_furniture_from_five_pages():
    found = furniture(page(story) for story in stories(5))
    assert {line.lower() for line in ("News", "Write to the editor", "How we work")} <= found
    assert any(key.startswith("every decision of the council") for key in found)
    assert not any("district" in key for key in found)


def test_learns_furniture_of_html():
    pages = [
        f"<html><body><nav><a>Home</a> <a>News</a></nav><h1>Title {n}</h1><p>{story}</p><footer><p>{NOTE}</p></footer>"
        for n, story in enumerate(stories(6))
    ]
    assert any(key.startswith("every decision of the council") for key in furniture(pages))


@pytest.mark.parametrize("story", [BRIDGE, DAM, f"{MILK}\n{TEA}"])
def test_a_story_that_ran_five_times_is_no_furniture(story):
    """The pages differ in their headlines, so that they are not one page five times."""
    again = [page(story, title=f"{word} day by the river") for word in ("First", "Second", "Third", "Fourth", "Fifth")]
    found = furniture([*again, *(page(other) for other in stories(6))])
    assert "news" in found
    assert not any(key[:20] in story.lower() for key in found)


def test_a_page_counts_once():
    assert SiteTemplate.learn([page(BRIDGE)] * 9) == SiteTemplate.learn([page(BRIDGE)])
    assert furniture([page(BRIDGE)] * 9) == set()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 19), max_size=30), st.integers(0, 30), st.randoms(use_true_random=False))
def test_any_split_and_order_learns_the_same(numbers, cut, rng):
    pages = [page(stories(20)[n]) for n in numbers]
    whole = SiteTemplate.learn(pages)
    shuffled = rng.sample(pages, len(pages))
    left, right = SiteTemplate.learn(shuffled[:cut]), SiteTemplate.learn(shuffled[cut:])
    assert left.merge(right) == right.merge(left) == whole
    assert left.merge(right, left) == left.merge(right.merge(left))
    assert SiteTemplate.from_json(whole.to_json()) == whole
    assert left.merge(right).furniture == whole.furniture


def titled(title, story):
    return f"<title>{title}</title><nav>News</nav><h1>x</h1><p>{story}</p><footer>{NOTE}</footer>"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=8), st.permutations(range(3)))
def test_any_grouping_learns_the_same(pages, order):
    """Also of pages that differ in their titles alone."""
    parts = [SiteTemplate.learn(titled(f"{n} - Sport", BRIDGE) for part, n in pages if part == p) for p in range(3)]
    one, two, three = parts
    assert one.merge(two).merge(three) == one.merge(two.merge(three)) == one.merge(two, three)
    first, second, third = (parts[place] for place in order)
    merged = first.merge(second).merge(third)
    assert merged == one.merge(two, three)
    assert merged.to_json() == one.merge(two, three).to_json()


def test_the_sample_is_bounded():
    many = SiteTemplate.learn(page(story) for story in stories(26) + stories(26, 1) + stories(26, 2))
    assert len(many) == SAMPLED_PAGES


def test_a_page_is_kept_in_a_bounded_size():
    words = "".join(f"{n} a line of its own which is {'very ' * 90} long\n" for n in range(3 * MOST_TEMPLATE_LINES))
    kept = template_page(f"{words * 9} - The Post\n{words}")
    assert len(kept.lines) == MOST_TEMPLATE_LINES
    assert max(len(line.key) for line in kept.lines) <= LONGEST_LINE
    assert not kept.title


@pytest.mark.parametrize(
    ("titles", "endings"),
    [
        ("Mill opens - News - The Post|Rain ends - News - The Post|Boats - News - The Post|Milk - News - The Post",
         (" - news - the post", " - the post")),
        ("大桥通车_要闻_河湾网|新校开学_要闻_河湾网|茶农丰收_图片_河湾网|水位下降_民生_河湾网", ("_河湾网",)),
        ("Home - The Post|Home - The Post|Home - The Post|Home - The Post", ()),
        ("Mill opens|Rain ends|Boats|Milk", ()),
    ],
    ids=["channel and site", "zh", "one title", "none"],
)  # fmt: skip
def test_endings_of_titles(titles, endings):
    pages = [titled(title, story) for title, story in zip(titles.split("|"), stories(4), strict=True)]
    assert SiteTemplate.learn(pages).endings == endings
    texts = [f"{title}\n{HEAD}\n{story}\n{TAIL}" for title, story in zip(titles.split("|"), stories(4), strict=True)]
    assert SiteTemplate.learn(texts).endings == endings


@pytest.mark.parametrize("make", [titled, lambda title, story: f"{title}\n{HEAD}\n{story}\n{TAIL}"])
def test_an_ending_that_no_rule_knows_leaves_the_title(make):
    told = [f"Story number {word} - Voices and letters from along the lower river" for word in ("one", "two", "three")]
    mine = f"{BRIDGE[:40].strip()} - Voices and letters from along the lower river"
    template = SiteTemplate.learn(make(title, story) for title, story in zip(told, stories(3), strict=True))
    assert clean_page(make(mine, MILK)).title != BRIDGE[:40].strip()
    assert clean_page(make(mine, MILK), template=template).title == BRIDGE[:40].strip()


def test_what_alone_is_new_is_the_story():
    """Between the same furniture as on all pages, lines that look like no body are body, but not on a page of lists."""
    steps = "Flour, two cups\nOne pinch of salt\nStir for ten minutes"
    template = SiteTemplate.learn(page(story) for story in stories(6))
    mine = page(f"{steps}\n{MILK}\n{BRIDGE}")
    assert steps not in clean_page(mine).text
    assert steps in clean_page(mine, template=template).text
    lone = SiteTemplate.learn(page(story) for story in stories(2))
    assert clean_page(mine, template=lone).text == clean_page(mine).text


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99, "pages": []}', '{"format": 1, "pages": [[1]]}'])
def test_what_is_no_template(text):
    with pytest.raises(CleanpageError, match="template"):
        SiteTemplate.from_json(text)


def test_furniture_leaves_the_body():
    template = SiteTemplate.learn(page(story) for story in stories(6))
    before, after = clean_page(page(BRIDGE)), clean_page(page(BRIDGE), template=template)
    assert before.text.endswith(f"{BRIDGE}\n{NOTE}")
    assert after.text.endswith(BRIDGE)
    assert [(item.label, item.rule) for item in after.removed if item.text == NOTE] == [("furniture", "template")]


def test_a_heading_that_bodies_share_stays():
    told = [f"{story[:300]}\nBackground\n{story[300:]}" for story in stories(6)]
    template = SiteTemplate.learn(page(story) for story in told)
    mine = f"{BRIDGE[:300]}.\nBackground\n{BRIDGE[300:]}"
    assert "background" in template.furniture
    assert "Background" in clean_page(page(mine), template=template).text.splitlines()


@pytest.mark.parametrize("raw", ["", "\n\n", page(BRIDGE), BRIDGE, "<p>a</p>", b"\xff\xfe"])
def test_invariants_hold_with_a_template(raw):
    template = SiteTemplate.learn(page(story) for story in stories(6))
    article = clean_page(raw, template=template)
    assert "".join(article.source_text[b.start : b.end] for b in article.blocks) == article.source_text
    assert clean_page(article.text, template=template).text == article.text


def test_no_template_knows_nothing():
    empty = SiteTemplate()
    assert clean_page(page(BRIDGE), template=empty) == clean_page(page(BRIDGE))
    assert repr(empty) == "SiteTemplate(0 pages, 0 lines of furniture)"
