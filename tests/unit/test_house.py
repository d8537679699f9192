"""The rules of the house that a machine can check: who imports whom, and what nobody imports."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path

import pytest

import cleanpage

ROOT = Path(cleanpage.__file__).parent
LAYERS = (
    ("_native", "errors", "own_toml", "pool", "text", "serialise", "in_text", "union_find", "values", "labels",
     "languages", "model", "rules", "config", "draft"),
    ("load",),
    ("chrome", "repeats", "body", "site_template", "fields"),
    ("decide", "limits"),
    ("pipeline", "many"),
    ("dedupe", "report", "export", "why", "expectations"),
    ("corpus", "serve"),
    ("cli", "__main__"),
)
"""A module, or the folder it lies in, imports from its own layer and from those before."""
ONLY_HERE = {
    "rapidfuzz": {"text.similarity"}, "lxml": {"load.html", "load.code", "load.walk", "load.wrapped_lines",
             "load.meta_lines"},
    "jinja2": {"report.render", "corpus.report"}, "markupsafe": {"report.shown"},
    "ray": {"corpus.executor"},
    "werkzeug": {"serve.request_guard", "serve.connections", "serve.workbench"},
}  # fmt: skip
STAGES = ("chrome", "repeats", "body", "site_template")
"""Folders of a stage each."""
NOWHERE = {"time", "random", "socket", "http", "urllib.request", "requests", "threading", "multiprocessing"}
"""clean_page is pure: no clock, no chance, no network. Of the command and the workbench this is not asked."""
RUNS = {"cli", "serve", "pool", "corpus.clean_task", "limits", "rules.time_budget"}
"""They serve, tell how long pages take, and watch processes; the last two bound what a user asks to be bounded."""

CONVENTIONS = {"RULE", "STAGE", "extract", "parser", "run", "_DESCRIPTION", "_EPILOG"}
"""Names that every module of a kind has: a field's, a command's, a stage's."""
MOST_ALIKE_NAMES = 0.03
"""Largest share of modules, classes and public functions whose name another one has, and of all names at the top of
modules, constants and what is private among them (8 of 513 in trafilatura, 3 % in ftfy)."""

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(ROOT.rglob("*.py"))
}
INNER = [name for name in MODULES if name != "__init__"]


def imports(tree: ast.AST, *, inside: bool = True) -> Iterator[str]:
    """Yield what a module imports, also for type checkers alone, and if ``inside``, in functions: dotted names."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and not inside:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from imports(node, inside=inside)


def our_imports(name: str, *, inside: bool = True) -> set[str]:
    """Return the modules of the package that ``name`` imports, without the leading ``cleanpage.``."""
    found = set()
    for imported in imports(MODULES[name], inside=inside):
        parts = imported.split(".")
        if parts[0] == "cleanpage":
            inside = [".".join(parts[1:end]) for end in range(len(parts), 1, -1)]
            found.add(next((m for m in inside if m in MODULES or f"{m}.__init__" in MODULES), "__init__"))
    return found


def layer(name: str) -> int:
    """Return the layer of a module: that of its folder, or its own."""
    top = name.partition(".")[0]
    found = [i for i, names in enumerate(LAYERS) if top in names]
    assert found, f"{top} has no place in LAYERS: say in tests/unit/test_house.py who may import it"
    return found[0]


@pytest.mark.parametrize("name", INNER)
def test_imports_point_one_way(name):
    allowed = {"__init__"} if layer(name) == len(LAYERS) - 1 or name == "corpus.collection" else set()  # the version
    if name == "model":  # values carry their own exports: methods of Article that import when they are called
        allowed = {m for m in our_imports(name) if m.startswith("export.")}
    wrong = {m for m in our_imports(name) - allowed if m == "__init__" or layer(m) > layer(name)}
    assert wrong == set()


def test_no_circles():
    """What a module imports, on and on, never comes back to it; what is imported in functions is not counted."""
    waiting = {name: our_imports(name, inside=False) - {name} for name in INNER}
    while done := {name for name, needed in waiting.items() if not needed & waiting.keys()}:
        waiting = {name: needed for name, needed in waiting.items() if name not in done}
    assert waiting == {}


@pytest.mark.parametrize("name", [name for name in INNER if name.split(".")[0] in (*STAGES, "fields", "load")])
def test_what_the_pipeline_calls_is_called_by_it_alone(name):
    """Helpers are shared; a stage, an extractor, a loader is not."""
    entrances = {m for m in our_imports(name) if m.split(".")[0] in (*STAGES, "fields", "load") and _is_entrance(m)}
    assert name.endswith("__init__") or entrances <= {"load.text"}  # ``find_repeats`` takes a text


def _is_entrance(name: str) -> bool:
    """Tell whether a module holds what the pipeline calls: a stage, ``extract``, ``load_text``."""
    folder, *_, own = name.split(".")
    functions = {node.name for node in MODULES[name].body if isinstance(node, ast.FunctionDef)}
    called = {"fields": "extract", "load": f"load_{own}"}.get(folder)
    return called in functions or own in ("stage", "script_lines")


@pytest.mark.parametrize("name", INNER)
def test_third_parties_stay_in_one_module(name):
    tops = {imported.split(".")[0] for imported in imports(MODULES[name])}
    assert {package for package, homes in ONLY_HERE.items() if package in tops and name not in homes} == set()


@pytest.mark.parametrize("name", [name for name in INNER if not RUNS & {name, name.partition(".")[0]}])
def test_no_clock_no_chance_no_network(name):
    found = set(imports(MODULES[name]))
    assert {bad for bad in NOWHERE if any(f"{imported}.".startswith(f"{bad}.") for imported in found)} == set()


def test_public_names():
    assert len(cleanpage.__all__) <= 18
    assert sorted(set(cleanpage.__all__)) == sorted(cleanpage.__all__)
    assert [name for name in cleanpage.__all__ if not getattr(cleanpage, name).__doc__] == []


@pytest.mark.parametrize("kind", [cleanpage.Article, cleanpage.Config, cleanpage.Rule])
def test_pydoc_tells_every_field(kind):
    """pydoc does not show the lines under the fields: the docstring of the class names each."""
    assert [field.name for field in fields(kind) if f"``{field.name}" not in kind.__doc__] == []


def homes_of_names(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """Yield the names that stand at the top of a module, and whether each is that of a class or a public function."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name, True
        elif isinstance(node, ast.FunctionDef):
            yield node.name, not node.name.startswith("_")
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((n.id, False) for target in targets for n in ast.walk(target) if isinstance(n, ast.Name))


def test_one_meaning_a_name():
    public: dict[str, set[str]] = {}
    every: dict[str, set[str]] = {}
    for module, tree in MODULES.items():
        own = module.rpartition(".")[2]
        if own not in ("__init__", "__main__", "stage"):
            public.setdefault(f"module {own}", set()).add(module)
        for name, is_public in homes_of_names(tree):
            if name not in CONVENTIONS and not name.startswith("__"):
                every.setdefault(name, set()).add(module)
                if is_public:
                    public.setdefault(name, set()).add(module)
    for names in (public, every):
        several = {name: sorted(homes) for name, homes in names.items() if len(homes) > 1}
        assert len(several) <= MOST_ALIKE_NAMES * len(names), several


@pytest.mark.parametrize("name", MODULES)
def test_a_number_has_a_source(name):
    """A line under it, or a comment beside it, says what it is, in which unit, or whence it comes."""
    path = ROOT / (name.replace(".", "/") + ".py")
    lines, body = path.read_text(encoding="utf-8").splitlines(), MODULES[name].body
    bare = [
        lines[node.lineno - 1]
        for node, after in pairwise([*body, None])
        if isinstance(node, ast.Assign) and _is_number(node.value)
        if not (isinstance(after, ast.Expr) or "  # " in lines[node.end_lineno - 1])
    ]
    assert bare == []


def _is_number(node: ast.AST) -> bool:
    """Tell whether an expression is a number, a sum or product of some, or a tuple of these."""
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    inner = (ast.Tuple, ast.UnaryOp, ast.BinOp)
    return isinstance(node, inner) and all(_is_number(n) for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr))


def test_typed():
    assert (ROOT / "py.typed").is_file()
