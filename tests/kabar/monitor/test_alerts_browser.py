"""A real headless Chromium saves a search, watches it, tests, pauses and removes the alert."""

from __future__ import annotations

import pytest

from kabar.store import open_store
from scraper.http.guard import PRIVATE, Guard
from tests.kabar.alerts.receiving import SECRET, receiving
from tests.kabar.monitor.made_news import Newsroom

expect = pytest.importorskip("playwright.sync_api", reason="pip install playwright axe-playwright-python").expect
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
pytest.importorskip("uvicorn")

from kabar.monitor.app import create_app  # noqa: E402
from tests.kabar.monitor.browsing import MARKS, launched, watched  # noqa: E402
from tests.kabar.monitor.serving import served  # noqa: E402

pytestmark = MARKS


def test_a_search_is_saved_watched_tested_paused_and_left(tmp_path, monkeypatch):
    monkeypatch.setenv("KABAR_WEBHOOK_SECRET", SECRET)
    with open_store(tmp_path / "news.db") as store:
        store.add(Newsroom().articles(20))
    app = create_app(tmp_path / "news.db", guard=Guard(PRIVATE))
    with (
        receiving() as receiver,
        served(app) as (host, port),
        launched() as browser,
        watched(browser, f"http://{host}:{port}") as page,
    ):
        page.goto("/search?q=banjir")
        page.get_by_label("Nama").fill("Banjir")
        page.get_by_role("button", name="Simpan").click()
        form = page.locator("#watch")
        expect(form.get_by_label("Yang dipantau")).to_have_value("Banjir")
        form.get_by_label("Tujuan").fill("http://169.254.169.254/")
        form.get_by_role("button", name="Pasang").click()
        expect(page.get_by_role("alert")).to_contain_text("tautan lokal")
        form.get_by_label("Tujuan").fill(f"{receiver.url}/geheim")
        form.get_by_role("button", name="Pasang").click()
        row = page.locator("#alert-1")
        expect(row).to_contain_text("Banjir")
        expect(row).not_to_contain_text("geheim")
        row.get_by_role("button", name="Uji").click()
        expect(page.get_by_role("status").filter(has_text="menerima pesan uji")).to_be_visible()
        assert [post.path for post in receiver.posts] == ["/geheim"]
        row.get_by_role("button", name="Jeda").click()
        expect(row).to_contain_text("dijeda sejak")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = axe.Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        row.get_by_role("button", name="Lanjutkan").click()
        row.get_by_role("button", name="Hapus").click()
        expect(row).to_have_count(0)
        page.get_by_role("button", name="Hapus Banjir").click()
        expect(page.get_by_role("link", name="Banjir", exact=True)).to_have_count(0)
