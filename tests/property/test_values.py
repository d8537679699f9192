"""Whatever is done to a dict, a rule or a Config: a clear error, or a value that says what was given."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cleanpage import Article, CleanpageError, Config, Rule, clean_page
from cleanpage.in_text import fill
from tests.oracles import faults
from tests.strategies import article_pages, html_pages

PAGE = (
    "青石镇老桥重新通车\n2023-05-06 来源：河湾日报\n"
    + "镇上的居民沿着河岸走了一圈，有人带来自家种的橘子分给工人。\n" * 3
)

scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.binary(max_size=3))
names = st.sampled_from(
    ("title", "text", "paragraphs", "kind", "start", "duplicate_of", "rule", "document", "in_text", "odd")
)
garbage = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
    max_leaves=6,
)


def says_the_same(given_: Any, made: Any) -> bool:
    """Tell whether ``made`` holds all that was given, each of the same type."""
    if isinstance(given_, dict):
        return isinstance(made, dict) and all(key in made and says_the_same(given_[key], made[key]) for key in given_)
    if isinstance(given_, list | tuple):
        same = isinstance(made, list) and len(made) == len(given_)
        return same and all(map(says_the_same, given_, made))
    return made == given_ or (made != made and given_ != given_)


class Dicts(RuleBasedStateMachine):
    """The dict of an Article, to which things are done."""

    @initialize(page=st.one_of(article_pages(), html_pages()))
    def begin(self, page):
        self.data = clean_page(page).to_dict()

    def place(self, draw):
        """Return a container in the dict and a key in it."""
        at = self.data
        while True:
            keys = list(at) if isinstance(at, dict) else range(len(at))
            if not keys:
                return self.data, "title"
            key = draw.draw(st.sampled_from(keys))
            if not isinstance(at[key], dict | list) or not at[key] or draw.draw(st.booleans()):
                return at, key
            at = at[key]

    @rule(draw=st.data(), value=garbage)
    def put(self, draw, value):
        at, key = self.place(draw)
        at[key] = value

    @rule(draw=st.data())
    def drop(self, draw):
        at, key = self.place(draw)
        at.pop(key, None) if isinstance(at, dict) else at.pop(key)

    @rule(draw=st.data(), value=garbage, name=names)
    def add(self, draw, value, name):
        at, _ = self.place(draw)
        at.update({name: value}) if isinstance(at, dict) else at.append(value)

    @invariant()
    @precondition(lambda self: hasattr(self, "data"))
    def an_error_or_what_was_given(self):
        try:
            made = Article.from_dict(self.data)
        except CleanpageError as error:
            assert str(error).startswith("article")
        else:
            assert says_the_same(fill(self.data), fill(made.to_dict()))
            assert Article.from_dict(made.to_dict()).to_dict() == made.to_dict() or made != made


pieces = st.sampled_from(
    ("a", "橘子", "[", "]", "(", ")", "*", "+", "?", "{2}", "|", "\\", "(?i)", "(?x) #", "(?<=", "\\b", ".", "^")
)
patterns = st.lists(pieces, min_size=1, max_size=6).map("".join)
fields = st.fixed_dictionaries(
    {"id": st.sampled_from(("a.b", "c", "")), "label": st.sampled_from(("ad", "share", "body", "title", "odd"))},
    optional={
        "pattern": st.one_of(patterns, scalars),
        "words": st.one_of(st.lists(st.sampled_from(("橘子", "a", "", "24h", "·")), max_size=3), scalars),
        "match": st.sampled_from(("line", "start", "end", "search", "odd")),
        "where": st.sampled_from(("anywhere", "head", "tail", "paragraph_start", "paragraph_end", 7)),
        "weight": st.sampled_from(("hint", "decisive", None)),
        "keywords": st.one_of(st.lists(st.sampled_from(("橘子", "A", "")), max_size=2), scalars),
        "languages": st.one_of(st.just(("zh",)), scalars),
        "max_units": st.one_of(st.just(60.0), scalars),
        "opens_run": st.booleans(),
        "examples": st.one_of(st.just(["a"]), scalars),
    },
)


class Configs(RuleBasedStateMachine):
    """A Config that is changed, and cleans."""

    def __init__(self):
        super().__init__()
        self.config = Config()

    @rule(given=fields)
    def one_more_rule(self, given):
        values = {"why": "a test", "examples": ["a"], "counter_examples": ["b"], "pattern": "a+", **given}
        if values.get("words"):
            values.pop("pattern")
        try:
            made = Rule(**values)
        except CleanpageError as error:
            assert "rule " in str(error)
            return
        self.config = replace(self.config, rules=(*self.config.rules[-3:], made))

    @rule(name=st.sampled_from(("favor", "keep_byline", "max_chars", "max_blocks", "deadline", "rules")), value=garbage)
    def change(self, name, value):
        try:
            self.config = replace(self.config, **{name: value})
        except CleanpageError as error:
            assert str(error).startswith(name)

    @rule(favor=st.sampled_from(("precision", "balance", "recall")), most=st.one_of(st.none(), st.integers(1, 99)))
    def set(self, favor, most):
        self.config = replace(self.config, favor=favor, max_chars=most, deadline=None)

    @rule()
    def clean(self):
        assert faults(PAGE, kind="text", config=self.config) == []


TestDicts = Dicts.TestCase
TestDicts.settings = settings(max_examples=12, stateful_step_count=6, deadline=None)
TestConfigs = Configs.TestCase
TestConfigs.settings = settings(max_examples=25, stateful_step_count=8, deadline=None)


@given(garbage)
def test_garbage_is_no_article(value):
    try:
        made = Article.from_dict(value)
    except CleanpageError as error:
        assert str(error).startswith("article")
    else:
        assert says_the_same(fill(value), fill(made.to_dict()))
