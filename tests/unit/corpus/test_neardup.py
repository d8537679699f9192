"""Near-duplicate articles: what is a copy, what is part of another, and that nothing but the articles decides."""

import json
import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanpage import Article, CleanpageError
from cleanpage.dedupe import Cluster, Index, Part, Versions, candidates, dedupe
from cleanpage.text.similarity import edits
from tests.unit.corpus.texts import BRIDGE, DAM, LIBRARY, MILK, TEA

ALL = (BRIDGE, MILK, LIBRARY, DAM, TEA)


def clusters(*texts):
    """Return the clusters of more than one text, as sorted places."""
    return sorted(sorted(map(int, c.ids)) for c in dedupe(texts).clusters if len(c.ids) > 1)


def parts(*texts):
    return [(int(part.part), int(part.whole)) for part in dedupe(texts).parts]


def edited(text, every, seed=1):
    """Return the text with one in ``every`` words, or ideograms, another."""
    rng = random.Random(seed)
    unit = text.split(" ") if text.isascii() else list(text)
    glue = " " if text.isascii() else ""
    return glue.join(rng.choice(unit) if rng.randrange(every) == 0 else word for word in unit)


def test_different_articles_are_apart():
    assert clusters(*ALL) == []
    assert parts(*ALL) == []


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize(
    "change",
    [
        lambda t: t,
        lambda t: t.replace(",", " ,").replace(". ", ".\n"),
        lambda t: t.upper(),
        lambda t: edited(t, 20),
        lambda t: edited(t, 10),
        lambda t: t[: int(0.85 * len(t))],
        lambda t: t + (" Photo: our own." if t.isascii() else "摄影:本报记者。"),
    ],
    ids=["same", "re-broken", "case", "edited 5%", "edited 10%", "cut", "note"],
)
def test_copies_join(text, change):
    assert clusters(*ALL, change(text)) == [[ALL.index(text), len(ALL)]]


@pytest.mark.parametrize("text", ALL)
def test_a_shortened_copy_is_a_part(text):
    assert clusters(*ALL, text[: int(0.4 * len(text))]) == []
    assert parts(*ALL, text[: int(0.4 * len(text))]) == [(len(ALL), ALL.index(text))]


def test_a_digest_holds_its_articles_and_joins_none():
    digest = f"{BRIDGE}\n{MILK}\n{LIBRARY}"
    assert clusters(BRIDGE, MILK, LIBRARY, digest) == []
    assert parts(BRIDGE, MILK, LIBRARY, digest) == [(0, 3), (1, 3), (2, 3)]


def test_an_agencys_text_in_two_papers():
    ours = f"Our paper has followed the story from the first day and was there again.\n{BRIDGE}"
    theirs = f"{BRIDGE}\nThe evening edition brings a long talk with the engineer in charge of it all."
    assert clusters(ours, theirs, MILK) == [[0, 1]]


def test_reports_of_one_form_with_other_numbers_are_apart():
    form = (
        "Weather for {}: temperatures of {} degrees by day and {} degrees by night, wind of {} kilometres an hour from "
        "the west with gusts of {}, a chance of rain of {} per cent, {} millimetres expected, humidity {} per cent, "
        "pressure {} hectopascals. Drivers should allow more time in the morning, and people with asthma should stay "
        "at home. The next report follows at noon and covers the whole of the "
        "coast, the islands, and the inner valleys."
    )
    reports = [form.format(f"day {n}", *(n * 10 + i for i in range(8))) for n in range(1, 6)]
    assert clusters(*reports) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The bridge over the river is open again.", "The bridge over the river is open again!", True),
        ("The bridge over the river is open again.", "The bridge over the river is now open again.", True),
        ("The bridge closes at 18 today.", "The bridge closes at 19 today.", False),
        ("The bridge over the river is open again.", "The ferry on the lake does not run on Sundays.", False),
        ("青石镇召开防汛准备工作会议,安排部署各项工作。", "青石镇召开防汛准备工作会议，安排部署各项工作", True),
        ("青石镇5月5日召开防汛准备工作会议。", "青石镇5月6日召开防汛准备工作会议。", False),
        ("青石镇召开防汛准备工作会议。", "云台县的茶农采摘今年第一批新茶。", False),
    ],
)
def test_short_texts(one, other, same):
    assert clusters(one, other) == ([[0, 1]] if same else [])


def test_a_crowd_of_noisy_copies_is_one_cluster():
    copies = [edited(BRIDGE, 20, seed) for seed in range(60)]
    found = clusters(MILK, *copies, DAM)
    assert len(found) == 1
    assert len(found[0]) >= 57


def test_texts_without_words_are_alone():
    assert clusters("", "", "…", "!!!") == []


def article(text, published=None, source=None):
    return Article(text=text, published=published, source=source)


@pytest.mark.parametrize(
    ("articles", "best"),
    [
        ([article(BRIDGE), article(f"{BRIDGE} {MILK[:120]}", "2024-01-02")], "1"),
        ([article(BRIDGE, "2024-01-03"), article(BRIDGE, "2024-01-02"), article(BRIDGE)], "1"),
        ([article(BRIDGE, "2024-01-02"), article(f"{BRIDGE} More soon.", "2024-01-03")], "0"),
        ([article(BRIDGE, "2024-01-02"), article(BRIDGE, "2024-01-02", "The Messenger")], "1"),
    ],
    ids=["most complete", "earliest", "a note more is not more complete", "names its source"],
)
def test_canonical(articles, best):
    found = dedupe(articles)
    assert [cluster.canonical for cluster in found.clusters] == [best]
    assert found.canonical == {str(i): best for i in range(len(articles))}


def test_ids():
    assert dedupe([BRIDGE, BRIDGE], ids=["b", "a"]).clusters == (Cluster("a", ("a", "b")),)
    for ids in (["a"], ["a", "b", "c"]):
        with pytest.raises(CleanpageError, match="as many ids"):
            dedupe([BRIDGE, MILK], ids=ids)
    with pytest.raises(CleanpageError, match="'a' already"):
        dedupe([BRIDGE, MILK], ids=["a", "a"])


@pytest.mark.parametrize(
    ("articles", "advice"),
    [
        (None, r"takes a list of articles or texts, not NoneType: dedupe\(\[a, b\]\)"),
        ("one text", "takes a list of articles or texts, not str"),
        ({"a": BRIDGE}, "takes a list of articles or texts, not dict"),
        ([{"text": BRIDGE}], r"article '0' .* dict: give the texts, \[row\['text'\] for row in rows\]"),
        ([BRIDGE, None], "article '1' .* NoneType: give articles or their texts"),
    ],
)
def test_what_are_no_articles(articles, advice):
    with pytest.raises(CleanpageError, match=advice):
        dedupe(articles)


@st.composite
def collections(draw):
    """Return texts many of which are copies or parts of others, each with an id."""
    seeds = st.integers(0, 999)
    change = st.one_of(
        st.builds(lambda n, seed: lambda t: edited(t, n, seed), st.sampled_from([5, 10, 30]), seeds),
        st.builds(lambda share: lambda t: t[: int(share * len(t))], st.floats(0.1, 1.0)),
        st.builds(lambda other: lambda t: f"{t}\n{other}", st.sampled_from(ALL)),
    )
    texts = draw(st.lists(st.builds(lambda t, f: f(t), st.sampled_from(ALL), change), max_size=12))
    return [(f"id{n:02d}", text) for n, text in enumerate(texts)]


@pytest.mark.parametrize("crowd", [2, 3, 5, 200])
@settings(max_examples=40, deadline=None)
@given(named=collections(), rng=st.randoms(use_true_random=False), cut=st.integers(0, 12))
def test_order_and_growth_change_nothing(crowd, named, rng, cut):
    """Also where shingles are common and every bound is met: ``crowd`` is the number of articles from which one is."""
    with pytest.MonkeyPatch.context() as patch:
        for bound, value in {"CROWD": crowd, "CLOSEST": 2, "CROWDS": 2, "PASS": 40}.items():
            patch.setattr(candidates, bound, value)
        batch = dedupe([text for _, text in named], ids=[id for id, _ in named])
        shuffled = rng.sample(named, len(named))
        index = Index()
        for id, text in shuffled[:cut]:
            index.add(id, text)
        index.duplicates()
        index = Index.restore(list(index.rows()), list(index.matches()))
        for id, text in shuffled[cut:]:
            index.add(id, text)
        assert index.duplicates() == batch
        assert len(index) == len(named)
    assert sorted(id for cluster in batch.clusters for id in cluster.ids) == [id for id, _ in named]
    assert all(cluster.canonical == cluster.ids[0] for cluster in batch.clusters)
    best = {cluster.canonical for cluster in batch.clusters}
    assert all(part.part in best and part.whole in best and part.part != part.whole for part in batch.parts)


def test_the_work_is_bounded():
    """Three hundred pages with one notice, which is a third of each: far fewer than their 44,850 pairs are compared."""
    texts = [f"{edited(MILK, 1, seed)} {BRIDGE[:250]}" for seed in range(300)]
    index = Index()
    for n, text in enumerate(texts):
        index.add(str(n), text)
    assert len([cluster for cluster in index.duplicates().clusters if len(cluster.ids) > 1]) == 0
    assert len(list(index.matches())) <= len(texts) * (candidates.CLOSEST + candidates.CROWDS)


def test_no_pair_is_compared_again(monkeypatch):
    index = Index()
    for n, text in enumerate((*ALL, edited(BRIDGE, 10), DAM[:120], edited(MILK, 3))):
        index.add(str(n), text)
    found = index.duplicates()
    again = Index.restore(list(index.rows()), list(index.matches()))
    monkeypatch.setattr("cleanpage.dedupe.index.compare", lambda one, other: pytest.fail("compared again"))
    assert again.duplicates() == found == index.duplicates()


def test_hash_seed_and_process_change_nothing():
    script = (
        "import json, sys; from cleanpage.dedupe import Index; i = Index()\n"
        "for n, t in enumerate(json.load(sys.stdin)): i.add(str(n), t)\n"
        "print(i.duplicates(), list(i.rows()))"
    )
    texts = json.dumps([*ALL, edited(BRIDGE, 10), DAM[:120], "短文。"])
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], input=texts, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "1")
    ]  # fmt: skip
    assert runs[0] == runs[1]


def test_parts_are_told_by_id():
    assert dedupe([BRIDGE[:230], BRIDGE], ids=["short", "long"]).parts == (Part("short", "long", 1.0),)


def test_versions_by_date_and_unique():
    shorter = article(BRIDGE[: int(0.55 * len(BRIDGE))], "2024-05-02")
    found = dedupe([shorter, article(BRIDGE, "2024-05-01"), article(MILK)], ids=["new", "old", "milk"])
    assert found.versions == (Versions("new", ("old", "new")),)
    assert (found.parts, found.related) == ((), ())
    assert found.unique == ("milk", "new")


def test_texts_that_share_a_half_are_related():
    found = dedupe([f"{BRIDGE} {MILK}", f"{BRIDGE} {LIBRARY}"])
    assert [len(cluster.ids) for cluster in found.clusters] == [1, 1]
    assert [0.3 < link.share < 0.7 for link in found.related] == [True]


def test_fillings_of_one_form_are_apart():
    names = ("王伟", "李秀英", "张建华", "刘文博", "陈志强", "杨玉梅")
    notices = [f"经研究决定,任命{name}同志为青石县水务局局长,试用期一年,免去其原任职务。" for name in names]
    assert clusters(*notices, notices[2].replace(",", "，")) == [[2, 6]]
    assert clusters(*notices) == []
    assert clusters("He was found guilty of theft on Monday.", "He was found not guilty of theft on Monday.") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("被告人王伟经审理被认定有罪,当庭宣判,不再上诉。", "被告人王伟经审理被认定无罪,当庭宣判,不再上诉。"),
        ("The evening class in drawing moves to Tuesday.", "The evening class in drawing moves to Saturday."),
        ("程晓东遗失财务专用章,声明作废。", "罗晓东遗失财务专用章,声明作废。"),
    ],
    ids=["verdict", "weekday", "surname"],
)
def test_another_content_word_makes_a_short_text_another(one, other):
    assert clusters(one, other) == []


def test_an_edited_copy_is_no_bridge_between_fillings():
    names = ["Ruth Hall", "Paul King", "Lisa Green", "Mary Lee", "Karen Clark", "Ann Baker", "James Hill", "Amy Moore"]
    towns = ["Ashford", "Calder", "Dunmore", "Kirkby", "Langford", "Marlow", "Holmbury", "Elsworth"]
    notices = [f"{name} of {town} has applied for a licence. {MILK}" for name, town in zip(names, towns, strict=True)]
    copies = [edited(notices[0], 12), edited(notices[1], 12, 2)]
    found = clusters(*notices, *copies)
    assert [0, 8] in found
    assert max(sum(place < len(notices) for place in cluster) for cluster in found) == 1


def test_stories_in_one_sites_furniture_do_not_join():
    own = [text[:400] if text.isascii() else "" for text in (BRIDGE, MILK, LIBRARY)]
    furniture = " ".join(edited(LIBRARY, 1, seed) for seed in range(2))
    pages = [f"{text} {furniture[: 2 * len(text)]}" for text in own if text]
    assert clusters(*pages) == []


@pytest.mark.parametrize("articles", [None, "one text", [{"text": BRIDGE}], [None], 3])
def test_what_is_no_collection_of_articles(articles):
    with pytest.raises(CleanpageError, match="dedupe"):
        dedupe(articles)


def test_a_moved_paragraph_of_a_long_text_is_compared_in_linear_work(monkeypatch):
    rng = random.Random(7)
    words = [f"w{rng.randrange(3000)}" for _ in range(20000)]
    edited = [word if at % 50 else words[at - 7] for at, word in enumerate(words)]
    edited[100::500], edited[101::500] = edited[101::500], edited[100::500]
    moved = [*edited[:5000], *edited[5300:15000], *edited[5000:5300], *edited[15000:]]
    looked_into = []

    def count(one, other, island):
        looked_into.append(len(one) * len(other))
        return edits(one, other, island)

    monkeypatch.setattr("cleanpage.text.similarity.edits", count)
    monkeypatch.setattr("cleanpage.dedupe.alignment.edits", count)
    found = dedupe([" ".join(words), " ".join(moved)])
    assert len(found.clusters) == 1 and looked_into
    assert sum(looked_into) < 20 * 20000


OWN = (
    ("The Harbour Gazette learned on 14 March 2023 at 9.45 from two of its 120 readers:", "Page 7, issue 311 of 2023."),
    ("From our correspondent in the valley, where 38 people called 5 times on 21 April:", "Write to box 90, desk 4."),
)


@pytest.mark.parametrize("text", [BRIDGE, DAM, TEA])
def test_leads_and_tails_of_papers_do_not_part_an_agency_text(text):
    assert clusters(*(f"{lead}\n{text}\n{tail}" for lead, tail in OWN)) == [[0, 1]]
