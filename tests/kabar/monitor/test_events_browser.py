"""A page that stays open tells how many articles have come, in a real headless Chromium."""

from __future__ import annotations

import time

import pytest

from kabar.store import open_store
from tagger.document import TaggedArticle, Tool

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
pytest.importorskip("uvicorn")

from kabar.monitor.app import create_app
from kabar.monitor.events import Streams
from kabar.monitor.security import Access
from tests.kabar.monitor.browsing import MARKS, launched, watched
from tests.kabar.monitor.serving import served
from tests.timing import PATIENCE

TOKEN = "satu-dua-tiga-empat-lima"
TABS = 8
pytestmark = MARKS


def article(name: str) -> TaggedArticle:
    return TaggedArticle(id=name, text="Banjir surut.", title=name, kind="news", tool=Tool(version="0", gazetteer="x"))


def put(path, *names: str) -> None:
    with open_store(path) as store:
        store.add([article(name) for name in names])


def wait_for_streams(app, page, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while app.state.streams.open != count:
        assert time.monotonic() < until, f"{app.state.streams.open} streams are open"
        page.wait_for_timeout(20)


def seen_as(page, *, hidden: bool) -> None:
    """Makes the page believe that its tab is hidden, or is not."""
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        hidden,
    )


@pytest.fixture
def path(tmp_path):
    put(tmp_path / "news.db", "satu")
    time.sleep(1.1)  # what comes in the second of the first article counts as known
    return tmp_path / "news.db"


def test_an_exposed_page_takes_the_token_and_counts_new_articles(path):
    app = create_app(path, access=Access.with_token(TOKEN))
    app.state.streams = Streams(poll=0.05)
    with served(app) as (host, port), launched() as browser, watched(browser, f"http://{host}:{port}") as page:
        page.goto("/search?q=banjir")
        page.get_by_label("Token").fill(TOKEN)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url("**/search?q=banjir")
        wait_for_streams(app, page, 1)
        time.sleep(1.1)
        put(path, "dua", "tiga")
        link = page.get_by_role("link", name="2 artikel baru")
        link.wait_for()
        link.click()
        page.get_by_role("link", name="tiga").wait_for()
        assert page.url.endswith("/search?q=banjir")


def test_hidden_tabs_hold_no_connection_and_tell_what_came_meanwhile(path):
    app = create_app(path)
    app.state.streams = Streams(poll=0.05)
    with served(app) as (host, port), launched() as browser, watched(browser, f"http://{host}:{port}") as first:
        first.goto("/")
        wait_for_streams(app, first, 1)
        seen_as(first, hidden=True)
        for _ in range(TABS):  # more than a browser's connections to one server
            other = first.context.new_page()
            other.add_init_script("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
            other.goto("/search?q=banjir")
        wait_for_streams(app, first, 0)
        time.sleep(1.1)
        put(path, "dua", "tiga")
        seen_as(first, hidden=False)
        first.get_by_role("link", name="2 artikel baru").wait_for()
        put(path, "empat")
        first.get_by_role("link", name="3 artikel baru").wait_for()
