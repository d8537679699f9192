"""Attributes beyond the first thousand of an element go; nothing that is shown does."""

import pytest

from cleanpage import clean_page
from cleanpage.load.attributes import MOST, thinned

MANY = " ".join(f"a{i}='{i} > 0'" if i % 50 == 0 else f"data-number-{i}={i}" for i in range(2 * MOST))
LINE = "The library on Alder Street opened its doors again on Monday after two years of repairs."


@pytest.mark.parametrize("tag", ["p", "div", "body"])
@pytest.mark.parametrize("value", ["{}", "'{} > 0'", '"<b>{}"'])
def test_a_flood_of_attributes_is_cut(tag, value):
    flood = " ".join(f"data-number-{i}={value.format(i)}" for i in range(2 * MOST))
    page = f"<html><{tag} class='text' {flood}>{LINE}</{tag}><p title='{'x' * 20_000}'>{LINE[:40]}.</p>"
    thin = thinned(page)
    assert f"data-number-{MOST - 2}=" in thin and f"data-number-{MOST}=" not in thin
    assert thin.endswith(page[page.index(f">{LINE}") :])
    assert clean_page(page).source_text.splitlines()[0] == LINE


@pytest.mark.parametrize(
    "page",
    [
        f"<html><p {MANY[:5000]}>{LINE}</p>",
        f"<html><img src='data:image/png;base64,{'A' * 50_000}' alt=\"a > b\"><p>{LINE}</p>",
        f"<html><p>{LINE * 300}</p>",
        f'<html><p title="{"x " * 9_000}>{LINE}</p>',
    ],
)
def test_other_pages_stay_as_they_are(page):
    assert thinned(page) == page
