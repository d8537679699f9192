"""One headless Chromium for all tests; a test fails if its page complains, asks for anything or opens a dialog."""

import threading
from pathlib import Path

import pytest

from cleanpage import Config, clean_page
from cleanpage.config import load_config
from cleanpage.report import article_report
from tests.browser.chromium import ABSENT, FLAGS, PATH

HERE = Path(__file__).parent
NOTICE = (HERE.parents[1] / "examples" / "notice.txt").read_text(encoding="utf-8")
DESKTOP, TABLET, PHONE = (
    {"width": width, "height": height} for width, height in ((1440, 900), (1024, 768), (390, 844))
)


def pytest_collection_modifyitems(items):
    for item in items:
        if PATH is None and HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=ABSENT))


def pytest_terminal_summary(terminalreporter):
    """Say aloud that nothing was seen in a browser: a skip is easily overlooked."""
    if PATH is None:
        terminalreporter.write_line(ABSENT, yellow=True)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=PATH, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser):
    """Open a tab: ``new_page(viewport, colours)``; afterwards nothing may have gone wrong in it."""
    contexts, wrong = [], []

    def new(viewport=DESKTOP, colours="light"):
        context = browser.new_context(viewport=viewport, color_scheme=colours, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: wrong.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.wrong = wrong
        return page

    yield new
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def show(new_page, tmp_path):
    """Open the report of an article, or of a page as scraped; it may ask for nothing."""

    def open_report(page, viewport=DESKTOP, colours="light", before=None, why=()):
        article = clean_page(page) if isinstance(page, str) else page
        path = tmp_path / "report.html"
        path.write_text(article_report(article, before=before, why=why), encoding="utf-8")
        tab = new_page(viewport, colours)
        tab.on("request", lambda request: None if request.url == path.as_uri() else tab.wrong.append(request.url))
        tab.goto(path.as_uri())
        return tab

    return open_report


@pytest.fixture
def workbench():
    """Start a workbench on a free port: ``workbench(folder)`` returns its address."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    from cleanpage.serve.workbench import Workbench

    class Quiet(WSGIRequestHandler):
        def log_request(self, *_):
            pass

    running = []

    def start(folder=None, config=None, config_file=None):
        application = Workbench(
            folder, config or Config(), config_file=config_file, reload=lambda: load_config(config_file)
        )
        server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.port}/"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()
