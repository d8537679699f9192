"""The workbench as a WSGI application."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest, HTTPException, InternalServerError, NotFound, ServiceUnavailable
from werkzeug.wrappers import Request, Response

from cleanpage.config import Config
from cleanpage.errors import CleanpageError
from cleanpage.expectations import LONGEST, Expectation, broken, load_expectations
from cleanpage.model import Article
from cleanpage.pipeline import clean_page, load
from cleanpage.report import article_report
from cleanpage.report.changes import Changes, changes
from cleanpage.report.render import asset, digest, report_script
from cleanpage.rules import Rule
from cleanpage.serve.pages import MOST, pages_of, read_listed_page
from cleanpage.serve.propose import SeenLine, ids_in, lines_of_article, propose
from cleanpage.serve.request_guard import admit, check, protect
from cleanpage.serve.save import save_expectation, save_trial
from cleanpage.serve.trial import Trial, read_trial, too_slow
from cleanpage.text import normalise
from cleanpage.why import why

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

AT_ONCE, PATIENCE = 2, 10.0
"""Requests that are worked on at once; seconds that others wait for their turn."""
MOST_CHARS, MOST_BLOCKS = 4_000_000, 5_000
"""What is read of a page at most, whatever a Config says."""
LIMIT = 32 * 2**20
"""Bytes of a request: a page of 20 MB, as base64, and the trial."""
MOST_ANSWERED = 200
"""Blocks and paragraphs of one page that the answer lists; the numbers count all."""
MOST_SCORED = 1_500
"""Blocks of a page up to which the report has their probabilities: 2 ms each."""
MOST_SEARCHED = 100
"""Pages of the folder in which a proposed rule looks for examples."""
EXPECTATIONS = "expectations.toml"
"""File in the folder that holds what lines should do."""
KEPT = 256
"""Pages of the folder whose article under the first Config is kept for the next trial."""
SERVED = {"/": "workbench.html", "/workbench.css": "workbench.css", "/workbench.js": "workbench.js"}
CONTENT_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}


class Workbench:
    """What answers: ``/`` is the page, ``/pages`` lists the folder, ``/try`` and ``/folder`` try a Config.

    ``/rule`` proposes a rule for a line. Two files are written, and only when somebody asks for it: ``/expect`` appends
    to the expectations in the folder, ``/save`` puts the trial into ``config_file``, of which ``config`` was made;
    ``reload`` makes it again. Nothing else is remembered but articles that can be made again.
    """

    def __init__(
        self,
        folder: Path | None,
        config: Config,
        host: str = "127.0.0.1",
        token: str = "",
        *,
        config_file: Path | None = None,
        reload: Callable[[], Config] | None = None,
    ) -> None:
        self._folder = folder or Path()
        self._pages = pages_of(folder)
        self._config = _bounded(config)
        self._config_file = config_file
        self._reload = reload
        self._expectations = folder / EXPECTATIONS if folder else None
        self._token = token
        self._turns = BoundedSemaphore(AT_ONCE)
        self._host = host
        self._article = lru_cache(maxsize=KEPT)(self._cleaned)
        self._posts: dict[str, Callable[[Any], Response]] = {
            "/try": self._try, "/folder": self._try_folder, "/rule": self._rule, "/expect": self._expect,
            "/save": self._save,
        }  # fmt: skip

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        request = Request(environ)
        request.max_content_length = LIMIT
        try:
            response = self._answer(request)
        except HTTPException as error:
            response = _json({"error": error.description or error.name}, error.code or 500)
        except Exception as error:  # a bug must not leave the browser waiting without a word
            response = _json({"error": f"{type(error).__name__}: {error}"}, InternalServerError.code)
        return protect(response, _policy())(environ, start_response)

    def _answer(self, request: Request) -> Response:
        check(request, self._host)
        if answer := admit(request, self._token):
            return answer
        if request.method == "POST" and request.path in self._posts:
            request.get_data()  # who sends slowly holds no turn
            with self._turn():
                try:
                    return self._posts[request.path](_object(request))
                except CleanpageError as error:
                    raise BadRequest(str(error)) from error
        if request.method in ("GET", "HEAD") and request.path in SERVED:
            name = SERVED[request.path]
            return Response(asset(name, __package__), content_type=f"{CONTENT_TYPES[Path(name).suffix]}; charset=utf-8")
        if request.method in ("GET", "HEAD") and request.path == "/pages":
            names = list(self._pages)
            return _json({
                "pages": names[:MOST], "left_out": max(0, len(names) - MOST), "favor": self._config.favor,
                "config": str(self._config_file or ""), "expectations": str(self._expectations or ""),
            })  # fmt: skip
        raise NotFound(f"nothing is called {request.path}")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for one of the turns; raise an HTTP error if none comes."""
        if not self._turns.acquire(timeout=PATIENCE):
            raise ServiceUnavailable(f"{AT_ONCE} requests are being worked on; try again")
        try:
            yield
        finally:
            self._turns.release()

    def _try(self, data: dict[str, Any]) -> Response:
        """Clean one page with the trial, if it can be; answer with the report and with what differs."""
        trial = self._trial(data)
        raw, url = self._raw(data), _text(data, "url") or None
        before = clean_page(raw, url=url, config=self._config)
        slow = too_slow(trial.rules, load(raw, self._config, url=url).blocks) if trial.rules else None
        if slow:
            trial = Trial(None, problems=(*trial.problems, slow))
        config = trial.config or self._config
        after = before if config == self._config else clean_page(raw, url=url, config=config)
        scores = why(raw, None, url=url, config=config, article=after) if len(after.blocks) <= MOST_SCORED else ()
        report = article_report(after, before=None if after is before else before, why=scores)
        found = changes(before, after)
        moved = {block.text for block in found.blocks}
        source = after.source_text
        lines = [source[block.start : block.end] for block in after.blocks]
        return _json({
            "tried": trial.config is not None, "problems": trial.problems, "report": report, "changes": _shown(found),
            "first": next((i for i, line in enumerate(lines) if line.strip() in moved), None),
            "lines": [
                [normalise(line)[:LONGEST], block.role, block.label]
                for line, block in zip(lines, after.blocks, strict=True)
            ],
        })  # fmt: skip

    def _rule(self, data: dict[str, Any]) -> Response:
        """Answer with a rule for a block of the page."""
        raw, url = self._raw(data), _text(data, "url") or None
        article = clean_page(raw, url=url, config=self._config)
        block = article.blocks[_line_index(data, len(article.blocks))]
        line = article.source_text[block.start : block.end]
        here = lines_of_article(article)
        proposal = propose(line, block.label, ids_in(_text(data, "toml")), self._searched(here, _text(data, "name")))
        return _json(proposal._asdict())

    def _searched(self, here: list[SeenLine], name: str) -> Iterator[list[SeenLine]]:
        """Yield the lines of the page at hand, then those of other pages of the folder."""
        yield here
        others = ((other, path) for other, path in self._pages.items() if other != name)
        for other, path in islice(others, MOST_SEARCHED):
            try:
                yield lines_of_article(self._article(other, path.stat().st_mtime_ns))
            except OSError:
                continue  # it has gone since the folder was listed

    def _expect(self, data: dict[str, Any]) -> Response:
        """Keep what is expected of a block of a page of the folder; answer with how many expectations there are."""
        name, line, goes = _text(data, "name"), _text(data, "line")[:LONGEST], data.get("goes") is True
        if name not in self._pages or self._expectations is None or not line:
            raise BadRequest("lines of pages of the folder are kept; start the workbench with a folder")
        if self._expectations.is_symlink():
            raise BadRequest(f"{EXPECTATIONS} is a link: nothing is written through it")
        expectation = Expectation(name, "" if goes else line, line if goes else "", _text(data, "url") or None)
        count = save_expectation(self._expectations, expectation)
        return _json({"count": count, "file": str(self._expectations)})

    def _save(self, data: dict[str, Any]) -> Response:
        """Put the trial into the config file; from now on trials are compared with that."""
        if self._config_file is None or self._reload is None:
            raise BadRequest("start the workbench with --config FILE to save to it")
        trial = self._trial(data)
        if trial.problems:
            raise BadRequest(trial.problems[0])
        save_trial(self._config_file, _text(data, "toml"))
        self._config = _bounded(self._reload())
        self._article.cache_clear()
        return _json({"file": str(self._config_file), "favor": self._config.favor})

    def _try_folder(self, data: dict[str, Any]) -> Response:
        """Clean all pages of the folder with the trial; answer with a JSON line a page, as they come."""
        trial = self._trial(data)
        lines = (json.dumps(line) + "\n" for line in self._lines(trial))
        return Response(lines, content_type="application/x-ndjson")

    def _trial(self, data: dict[str, Any]) -> Trial:
        trial = read_trial(_text(data, "toml"), self._config)
        return replace(trial, config=_bounded(trial.config)) if trial.config else trial

    def _lines(self, trial: Trial) -> Iterator[dict[str, Any]]:
        config = trial.config
        expected: dict[str, list[Expectation]] = {}
        if self._expectations is not None and self._expectations.is_file() and not self._expectations.is_symlink():
            for one in load_expectations(self._expectations):
                expected.setdefault(one.page, []).append(one)
        yield {"total": len(self._pages) if config else 0, "problems": trial.problems}
        if config is None:
            return
        for name, path in self._pages.items():
            try:
                with self._turn():
                    line = self._line(name, path, trial.rules, config, expected.get(name, ()))
            except (OSError, HTTPException) as error:
                line = {"name": name, "error": str(error)}
            yield line
            if line.get("slow"):
                return

    def _line(
        self, name: str, path: Path, rules: tuple[Rule, ...], config: Config, expected: Iterable[Expectation]
    ) -> dict[str, Any]:
        raw = read_listed_page(path, self._folder)
        slow = too_slow(rules, load(raw, self._config).blocks) if rules else None
        if slow:
            return {"name": name, "error": slow, "slow": True}
        before = self._article(name, path.stat().st_mtime_ns)
        after = clean_page(raw, config=config)
        wrong = [
            f"“{one.line}” should {'stay' if one.stays else 'go'}: {problem}"
            for one in expected
            if (problem := broken(after, one))
        ]
        return {"name": name, "changes": _shown(changes(before, after)), "broken": wrong}

    def _cleaned(self, name: str, _changed: int) -> Article:
        return clean_page(read_listed_page(self._pages[name], self._folder), config=self._config)

    def _raw(self, data: dict[str, Any]) -> str | bytes:
        """Return the page of a request: ``name`` of a page of the folder, ``base64`` of a file, or pasted ``text``."""
        name = _text(data, "name")
        if name:
            if name not in self._pages:
                raise NotFound(f"the folder holds no page {name!r}; load this workbench again")
            try:
                return read_listed_page(self._pages[name], self._folder)
            except OSError as error:
                raise NotFound(f"{name} cannot be read: {error}") from error
        if "base64" in data:
            try:
                return base64.b64decode(_text(data, "base64"), validate=True)
            except binascii.Error as error:
                raise BadRequest(f"base64: {error}") from error
        return _text(data, "text")


def _object(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request, whose values may take thirty times its bytes."""
    try:
        data = request.get_json()
    except RecursionError as error:
        raise BadRequest("the request is nested too deep") from error
    if not isinstance(data, dict):
        raise BadRequest("send a JSON object")
    return data


def _bounded(config: Config) -> Config:
    """Return a Config by which no page costs more than the workbench gives it."""
    return replace(
        config,
        max_chars=min(config.max_chars or MOST_CHARS, MOST_CHARS),
        max_blocks=min(config.max_blocks or MOST_BLOCKS, MOST_BLOCKS),
    )


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise BadRequest(f"{name} must be a string")
    return value


def _line_index(data: dict[str, Any], count: int) -> int:
    value = data.get("block")
    if type(value) is not int or not 0 <= value < count:
        raise BadRequest(f"block must be a number below {count}")
    return value


def _shown(found: Changes) -> dict[str, Any]:
    """Return changes as JSON-ready values: all fields, the first blocks and paragraphs, and how many there are."""
    shown = asdict(found)
    counts = {name: len(shown[name]) for name in ("blocks", "gone", "new")}
    return shown | {name: shown[name][:MOST_ANSWERED] for name in counts} | {"counts": counts, "differs": bool(found)}


def _json(value: object, status: int = 200) -> Response:
    return Response(json.dumps(value), status, content_type="application/json")


@cache
def _policy() -> str:
    """Return the Content-Security-Policy: own files, and inside its frame the style and the script of the report."""
    style, script = digest(asset("report.css")), digest(report_script())
    return (
        f"default-src 'none'; script-src 'self' '{script}'; style-src 'self' '{style}'; connect-src 'self'; "
        "img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
