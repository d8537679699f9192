"""No shared state: cleaning changes nothing that outlives the call, and runs in threads and processes alike."""

import copy
import importlib
import json
import pickle
import pkgutil
import types
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

import cleanpage
from cleanpage import Article, Config, Document, Finding, Image, Licence, Link, Paragraph, Removed, clean_page
from cleanpage.export.schema_org import to_json
from cleanpage.labels import Label
from tests.fuzz.find import seeds

PAGES = [case.raw for case in seeds() if not case.options]
APART = tuple(f"cleanpage.{name}" for name in ("cli", "corpus", "dedupe", "report", "serve", "__main__"))
CORE = [name for _, name, _ in pkgutil.walk_packages(cleanpage.__path__, "cleanpage.") if not name.startswith(APART)]
CACHES = {
    "body.attribution.group_of", "body.class_name_weights.step_tokens", "body.containers.is_apart",
    "body.contents_boxes._names_box", "body.dom_features._tag_columns", "body.element_tree._kinds",
    "body.models.shipped_models", "body.stage._measured",
    "body.threads._called", "body.threads._step", "decide.list_places._items", "decide.removal_confidence.measured",
    "draft.tags_among",
    "fields.byline.by_openings", "fields.comments._is_called", "fields.dates._date_labels",
    "fields.people_bare._date_words", "fields.people_bare._last_date_words",
    "fields.people_caseless._other_phrases", "fields.people_caseless._page_words", "fields.people_caseless._surnames",
    "fields.people_caseless._name_words",
    "fields.people_html._is_author_element", "fields.post_heads._head_step",
    "fields.shared.labels.row_starts", "fields.shared.line_hints._hint_index", "fields.shared.suffix.heads",
    "load.page_on_a_line._first_words",
    "fields.shared.breadcrumb._last_names", "fields.shared.breadcrumb.home_names", "fields.shared.calendars._forms",
    "fields.shared.labels.document_labels", "fields.shared.labels.endings", "fields.shared.labels.meanings",
    "fields.shared.labels.row_ends", "fields.shared.labelled_values.letters_of_labels", "fields.shared.months.months",
    "fields.shared.names._not_names", "fields.shared.names.surnames",
    "fields.credits._conjunctions", "fields.credits._role_words", "fields.credits.read_credits", "fields.credits.roles",
    "fields.shared.names.menu_words", "fields.shared.weekdays.weekdays", "fields.shared.site_marks._are_called_site",
    "fields.shared.site_marks.are_called_account",
    "fields.shared.when.ago_marks", "languages.shipped_languages", "load.charsets._character",
    "load.charsets._ideogram_ranks",
    "load.charsets._charset_data", "load.charsets._letters", "load.charsets._pairs", "load.charsets._byte_table",
    "load.cut_lines._announced", "load.elements.is_comment_section", "load.elements.named",
    "load.html_blocks.is_called", "load.metadata._written_by",
    "load.code._is_line_by_name", "load.code._named",
    "load.not_text._any_of",
    "load.not_text._compiled", "load.page_on_a_line._menu_phrases", "rules._compile_rule", "rules._separator",
    "rules.keyword_index.rule_book", "rules.shipped_rules", "serialise._hints_of", "text.language._words_of_scripts",
    "text.built_patterns._pattern_index", "text.language.common_words", "text.similarity._indel",
}  # fmt: skip
"""Filled when first needed. Each is a function of its arguments alone, so what it holds changes no answer."""


def cached() -> dict[str, object]:
    found = {}
    for name in CORE:
        for value in vars(importlib.import_module(name)).values():
            if hasattr(value, "cache_clear") and value.__module__.startswith("cleanpage"):
                found[f"{value.__module__}.{value.__qualname__}".removeprefix("cleanpage.")] = value
    return found


def state() -> dict[str, bytes]:
    """Return what all modules hold, functions, classes and modules apart."""
    skipped = types.ModuleType | types.FunctionType | types.BuiltinFunctionType | type
    found = {}
    for name in CORE:
        for variable, value in vars(importlib.import_module(name)).items():
            if variable.startswith("__") or isinstance(value, skipped) or hasattr(value, "cache_clear"):
                continue
            try:
                found[f"{name}.{variable}"] = pickle.dumps(value)
            except (TypeError, AttributeError, pickle.PicklingError):
                found[f"{name}.{variable}"] = repr(value).encode()
    return found


def cleaned(page: str | bytes) -> str:
    return to_json(clean_page(page))


def test_cleaning_changes_no_module():
    for page in PAGES:  # compiles the patterns that these pages need
        clean_page(page)
    before = state()
    assert len(before) > 400
    for page in PAGES:
        clean_page(page)
    assert {name for name, value in state().items() if before.get(name) != value} == set()


def test_every_cache_is_known():
    assert set(cached()) == CACHES


def test_what_caches_hold_changes_no_answer():
    warm = [cleaned(page) for page in PAGES]
    for cache in cached().values():
        cache.cache_clear()
    assert [cleaned(page) for page in reversed(PAGES)] == warm[::-1]


def test_eight_threads_give_what_one_gives():
    alone = [cleaned(page) for page in PAGES]
    for cache in cached().values():
        cache.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(cleaned, PAGES * 3))
    for number, (one, other) in enumerate(zip(alone * 3, together, strict=True)):
        fields, others = json.loads(one), json.loads(other)
        assert {name: (number, value, others[name]) for name, value in fields.items() if value != others[name]} == {}


def test_processes_give_what_one_gives():
    with ProcessPoolExecutor(2, get_context("spawn")) as processes:
        assert list(processes.map(cleaned, PAGES, chunksize=4)) == [cleaned(page) for page in PAGES]


VALUES = [
    *(clean_page(page) for page in PAGES[:3]),
    Config(rules=cleanpage.rules.shipped_rules()[:3], favor="recall", max_chars=7, deadline=1.5),
    Document(number="7"),
    Finding(0, 1, Label.BODY, "body", "why"),
    Image("a.png", "", None, 3),
    Licence("icp_filing", "7"),
    Link("a", "b", 0, 1),
    Paragraph("paragraph", "a", 0, 1),
    Removed(0, 1, "a", Label.AD, "rule", "why", 1.0, (3, 4)),
    *cleanpage.rules.shipped_rules()[:2],
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_values_can_be_pickled_and_copied(value):
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(value, protocol)) == value
    assert copy.copy(value) == value == copy.deepcopy(value)
    assert hash(pickle.loads(pickle.dumps(value))) == hash(value)


def test_an_article_is_a_value():
    article = clean_page(PAGES[0])
    with pytest.raises(AttributeError):
        article.title = "another"
    assert isinstance(hash(article), int) and article == Article.from_dict(article.to_dict())
