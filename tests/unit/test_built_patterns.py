"""Patterns that the build has compiled are those that would be compiled now; without its file all compile as ever."""

from __future__ import annotations

import re

import pytest
import regex

from cleanpage.rules import shipped_rules
from cleanpage.text import build_patterns, built_patterns
from cleanpage.text.built_patterns import FIRST_LINE, OF_RE, PATTERNS_FILE, _pattern_index, built_regex, compile_re

built = pytest.mark.skipif(not PATTERNS_FILE.exists(), reason="no patterns.bin: run python hatch_build.py")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Another file in the place of the package's, read anew."""
    monkeypatch.setattr(built_patterns, "PATTERNS_FILE", tmp_path / "patterns.bin")
    monkeypatch.setattr(build_patterns, "PATTERNS_FILE", tmp_path / "patterns.bin")
    _pattern_index.cache_clear()
    yield tmp_path / "patterns.bin"
    _pattern_index.cache_clear()


@built
def test_those_of_re_have_the_same_programs():
    keys = _pattern_index()[OF_RE]
    assert len(keys) > 400
    assert [key for key in keys if compile_re(*key) != re.compile(*key)] == []


@built
def test_those_of_regex_find_the_same():
    lines = [line for rule in shipped_rules() for line in (*rule.examples, *rule.counter_examples)][::40]
    sources = [pattern for pattern, _ in _pattern_index()[regex.__version__]][::20]
    assert len(sources) > 20
    for source in sources:
        made, compiled = built_regex(source), regex.compile(source)
        assert (made.pattern, made.flags, made.groupindex) == (compiled.pattern, compiled.flags, compiled.groupindex)
        assert [made.search(line) and made.search(line).span() for line in lines] == [
            compiled.search(line) and compiled.search(line).span() for line in lines
        ]


def test_what_is_written_is_read(file):
    key = ("(?P<day>[a-z]+)day", int(re.IGNORECASE))
    keys = {key, (b"[a-z]", 0)}
    build_patterns._write_patterns({OF_RE: {one: build_patterns.arguments_of(*one) for one in keys}})
    assert set(_pattern_index()[OF_RE]) == keys
    assert compile_re(*key) == re.compile(*key)
    assert compile_re(*key).search("on Monday")["day"] == "Mon"
    assert compile_re(b"[a-z]").findall(b"aBc") == [b"a", b"c"]
    assert built_regex("a") is None


@pytest.mark.parametrize("content", [b"", b"cpython-30 1 4\n", FIRST_LINE, FIRST_LINE + b"?"])
def test_a_file_of_another_python_or_a_broken_one_is_no_matter(file, content):
    file.write_bytes(content)
    assert _pattern_index() == {}
    assert compile_re("a+").findall("baab") == ["aa"]
