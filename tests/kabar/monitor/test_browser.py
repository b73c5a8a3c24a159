"""A real headless Chromium goes through every page: search, filter, open, correct, export, by mouse and by keyboard."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kabar.store import open_store
from tests.kabar.monitor.made_news import Newsroom

expect = pytest.importorskip("playwright.sync_api", reason="pip install playwright axe-playwright-python").expect
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
uvicorn = pytest.importorskip("uvicorn")

from kabar.monitor.app import create_app  # noqa: E402
from tests.kabar.monitor.browsing import MARKS, launched, watched  # noqa: E402
from tests.timing import PATIENCE, wait_for  # noqa: E402

pytestmark = MARKS
PAGES = {
    "overview": "/?days=30",
    "search": "/search?q=banjir",
    "bad search": "/search?q=kapan:besok",
    "article": "/article/{article}",
    "edited": "/article/{edited}",
    "compare": "/compare/{article}/{copy}",
    "place": "/place/15.71",
    "province": "/place/15",
    "official": "/official/{official}",
    "organization": "/organization/{organization}",
    "country": "/country/MY",
    "site": "/site/warta-jambi.example",
    "places": "/places",
    "officials": "/officials?sort=change",
    "organizations": "/organizations",
    "countries": "/countries",
    "events": "/events",
    "sites": "/sites",
    "saved": "/saved",
    "corrections": "/corrections",
    "correct": "/place/15.71/correct",
    "missing": "/article/none",
}


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> Iterator[tuple[str, dict[str, str], Path]]:
    """A served store: its address, ids of articles and entities, and its file."""
    path = tmp_path_factory.mktemp("monitor") / "news.db"
    room = Newsroom()
    made = list(room.articles(240))
    with open_store(path) as store:
        store.add(made)
        store.add([room.edited(made[-1])])
        story = next(found for one in made if len(found := store.story(one.id)) > 1)
    known = {"article": story[0].id, "copy": story[1].id, "edited": made[-1].id}
    known["official"] = made[-1].officials[0].name.lower()
    known["organization"] = made[-1].organizations[0].name.lower()
    server = uvicorn.Server(uvicorn.Config(create_app(path), host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}", known, path
    server.should_exit = True
    thread.join(PATIENCE)


@pytest.fixture(scope="module")
def browser():
    with launched() as found:
        yield found


@pytest.fixture
def page(browser, news):
    with watched(browser, news[0]) as found:
        yield found


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits(page, news, name):
    answer = page.goto(PAGES[name].format(**news[1]))
    assert answer.status < 500
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("name", ["overview", "search", "edited", "place"])
def test_colours_have_contrast_in_the_dark_too(page, news, name):
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(PAGES[name].format(**news[1]) + ("&" if "?" in PAGES[name] else "?") + "lang=en")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = axe.Axe().run(page, options={"runOnly": ["color-contrast", "link-name", "label", "region"]})
    assert found.violations_count == 0, found.generate_report()


def test_search_filter_and_open(page):
    page.goto("/")
    page.get_by_role("searchbox").fill("banjir")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search?q=banjir")
    all_found = page.locator("article.hit").count()
    place = page.locator("aside .counts a").first
    name = place.locator("span").first.inner_text()
    place.click()
    page.wait_for_url("**/search?q=banjir+kota%3A*")
    assert 0 < page.locator("article.hit").count() <= all_found
    page.locator(".chips a", has_text="banjir").click()
    page.wait_for_url("**/search?q=kota%3A*")
    assert page.locator("aside .counts a[aria-current]").first.inner_text().startswith(name)
    page.locator("article.hit h3 a").first.click()
    page.locator(".text mark").nth(3).wait_for()
    page.locator(".text mark.official a").first.click()
    page.wait_for_url("**/official/*")
    page.locator(".tenures tbody tr").first.wait_for()


def test_dates_become_part_of_the_search(page):
    page.goto("/search?q=banjir+sejak%3A2026-01-01")
    page.get_by_role("link", name="30 hari").click()
    page.wait_for_url("**/search?q=banjir+sejak%3A30d")
    assert page.locator(".spans [aria-current]").inner_text() == "30 hari"
    page.get_by_label("Sejak").fill("2026-11-20")
    page.get_by_role("button", name="Terapkan").click()
    page.wait_for_url("**/search?q=banjir+sejak%3A2026-11-20")


def test_marks_can_be_put_out_without_scripts(page, news):
    page.goto(PAGES["article"].format(**news[1]))
    colour = "getComputedStyle(document.querySelector('mark.city')).backgroundColor"
    before = page.evaluate(colour)
    page.get_by_label("Wilayah", exact=True).uncheck()
    assert page.evaluate(colour) != before
    assert page.evaluate("document.scripts.length") == 0


def test_edits_and_copies_are_shown_word_by_word(page, news):
    page.goto(PAGES["edited"].format(**news[1]))
    assert "posko" in page.locator("#versions ins").first.inner_text()
    page.goto(PAGES["article"].format(**news[1]))
    page.locator("#copies a", has_text="Bandingkan").first.click()
    assert "Pantauan" in page.locator(".diff ins").first.inner_text()


def test_a_correction_is_made_and_taken_back(page):
    page.goto("/place/15.71")
    page.get_by_role("link", name="Koreksi").first.click()
    page.get_by_label("Nama yang benar").fill("Kota Tanah Pilih")
    page.get_by_role("button", name="Ganti nama").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kota Tanah Pilih")
    page.goto("/corrections")
    page.get_by_role("button", name="Batalkan").click()
    expect(page.get_by_role("button", name="Batalkan")).to_have_count(0)
    page.goto("/place/15.71")
    assert page.get_by_role("heading", level=1).inner_text() == "Kota Jambi"


def test_a_search_is_saved_and_dropped(page):
    page.goto("/search?q=banjir")
    page.get_by_label("Nama").fill("Banjir di mana saja")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Banjir di mana saja", exact=True).click()
    assert page.url.endswith("q=banjir")
    page.goto("/saved")
    page.get_by_role("button", name="Hapus").click()
    expect(page.get_by_role("link", name="Banjir di mana saja", exact=True)).to_have_count(0)


def test_an_export_holds_what_was_searched(page):
    page.goto("/search?q=kota:15.71")
    total = int(page.locator(".lead strong").inner_text())
    with page.expect_download() as waiting:
        page.get_by_text("Format lain").click()
        page.get_by_role("link", name="jsonl", exact=True).click()
    lines = Path(waiting.value.path()).read_text(encoding="utf-8").splitlines()
    assert waiting.value.suggested_filename == "kabar.jsonl"
    assert len(lines) == total
    assert all(any(city["code"] == "15.71" for city in json.loads(line)["cities"]) for line in lines)


def test_the_keyboard_reaches_the_main_things(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    texts = []
    for _ in range(40):
        page.keyboard.press("Tab")
        texts.append(page.evaluate("document.activeElement.closest('svg') ? 'SVG' : document.activeElement.innerText"))
    assert "30 hari" in texts
    assert "Sebagai tabel" in texts  # the table twins, and no picture's hundred links before them
    assert "SVG" not in texts


def test_the_language_is_kept_with_the_search(page):
    page.goto("/search?q=banjir")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.get_by_role("searchbox").input_value() == "banjir"
    page.get_by_role("link", name="Places", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Places")
