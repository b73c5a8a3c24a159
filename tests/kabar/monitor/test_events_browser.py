"""A page that stays open tells how many articles have come, in a real headless Chromium."""

from __future__ import annotations

import shutil

import pytest

from kabar.store import open_store
from tagger.document import TaggedArticle, Tool

playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
pytest.importorskip("uvicorn")

from kabar.monitor.app import create_app  # noqa: E402
from kabar.monitor.events import Streams  # noqa: E402
from kabar.monitor.security import Access  # noqa: E402
from tests.kabar.monitor.serving import served  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
TOKEN = "satu-dua-tiga-empat-lima"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed: apt install chromium"),
]


def article(name: str) -> TaggedArticle:
    return TaggedArticle(id=name, text="Banjir surut.", title=name, kind="news", tool=Tool(version="0", gazetteer="x"))


def test_an_exposed_page_takes_the_token_and_counts_new_articles(tmp_path):
    path, console = tmp_path / "news.db", []
    with open_store(path) as store:
        store.add([article("satu")])
    app = create_app(path, access=Access.with_token(TOKEN))
    app.state.streams = Streams(poll=0.05)
    with served(app) as (host, port), playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(locale="id-ID")
        page.on("console", lambda message: console.append(message.text))
        page.goto(f"http://{host}:{port}/search?q=banjir")
        page.get_by_label("Token").fill(TOKEN)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url("**/search?q=banjir")
        page.wait_for_function("performance.getEntriesByType('resource').some(r => r.name.includes('events.js'))")
        for _ in range(200):
            if app.state.streams.open:
                break
            page.wait_for_timeout(20)
        with open_store(path) as store:
            store.add([article("dua"), article("tiga")])
        link = page.get_by_role("link", name="2 artikel baru")
        link.wait_for(timeout=10_000)
        link.click()
        page.get_by_role("link", name="tiga").wait_for()
        assert page.url.endswith("/search?q=banjir")
        browser.close()
    assert console == []
