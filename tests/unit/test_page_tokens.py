"""What is read of a page to tell its kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage import Config
from cleanpage._native import PYTHON, build_info
from cleanpage.body.lines import lines_of
from cleanpage.body.page_tokens import is_word, kind_scores, page_tokens
from cleanpage.pipeline import load

SHOP = """<!doctype html><html><head><title>Blue kettle</title><meta property="og:type" content="Product.item">
<link rel="canonical" href="https://shop.example.org/kitchen/kettles/blue-kettle-40021?ref=home"></head>
<body><div class="product-gallery main"><h1>Blue kettle</h1><p>Add to cart</p><p>加入购物车</p><p>加入购物车</p>
<p>The kettle holds a litre and a half, boils within three minutes, and has a handle that stays cool in the hand.</p>
</div></body></html>"""


def tokens_of(raw, url=None):
    draft = load(raw, Config(), url=url)
    page = lines_of(draft)
    return page_tokens(page, draft.source, [line.is_prose for line in draft.blocks])


def test_words_of_short_lines_names_head_and_address_are_read_once_each():
    found = tokens_of(SHOP)
    assert {"add", "cart", "加入购物车", "#kettle", "<product", "<gallery", "<main", "@og:type", "=og:type:item"} <= {
        *found
    }
    assert {"//shop", "/2", "/kitchen", "-2", "-blue", "-kettle", "-0000", "?ref"} <= {*found}
    assert len(found) == len({*found})
    assert "boils" not in found  # long lines are the text, not what is around it
    assert "+boils" in found


def test_a_text_has_words_and_the_address_that_is_given():
    raw = "Reply with quote\n\nYou cannot post replies"
    assert tokens_of(raw) == ["reply", "with", "quote", "you", "cannot", "post", "replies"]
    assert {"//forum", "/1", "/board"} <= {*tokens_of(raw, "https://forum.example.net/board/t-7")}


def test_buttons_of_a_list_are_told_from_single_words():
    found = tokens_of("Read more\n\nOak wheels\n\nRead more\n\nElm wheels\n\nRead more")
    assert "*read" in found
    assert "*wheels" not in found  # stands twice, in unlike lines


def test_types_of_schema_org_are_read_from_json_ld_and_microdata():
    found = tokens_of(
        '<html><head><script type="application/ld+json">{"@type": ["CollectionPage"], "about": {"@type": "ItemList"}}'
        '</script></head><body><p itemscope itemtype="//schema.org/Product">Kettles in all sizes</p></body></html>'
    )
    assert {f"=schema:types:{name}" for name in ("collectionpage", "itemlist", "product")} <= {*found}


@pytest.mark.parametrize("address", ["", "not an address", "http://[broken", "/only/a/path", "http://"])
def test_what_is_no_address_says_nothing(address):
    assert not [token for token in tokens_of("Reply with quote", address) if not is_word(token)]


def test_a_score_is_the_sum_of_known_tokens_by_the_root_of_their_number():
    weights = {"": [0.5, 0.0], "cart": [2.0, -2.0], "reply": [0.0, 6.0]}
    assert kind_scores(["cart", "reply", "never seen", "cart?"], weights) == (0.5 + 2.0 / 2**0.5, 4.0 / 2**0.5)
    assert kind_scores(["never seen"], weights) == (0.5, 0.0)


def test_the_same_page_gives_the_same_tokens_in_the_same_order():
    assert tokens_of(SHOP) == tokens_of(SHOP)


ROW = st.lists(st.floats(-9.0, 9.0), min_size=3, max_size=3)


@pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)
@given(st.lists(st.sampled_from("abcdefgh")), st.dictionaries(st.sampled_from("abcde"), ROW), ROW)
def test_the_compiled_scores_are_those_of_python(held, weights, bases):
    weights = {**weights, "": bases}
    assert kind_scores(held, weights) == PYTHON["measures.kind_scores"](held, weights)
