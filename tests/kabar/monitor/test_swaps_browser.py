"""What changes in a page while it is open, in a real headless Chromium; and the same without scripts."""

from __future__ import annotations

import re
import time

import pytest

from kabar.store import open_store
from scraper.crawl.frontier import Frontier
from scraper.crawl.work import Done
from scraper.discover.found import Link
from tests.kabar.monitor.made_news import Newsroom

expect = pytest.importorskip("playwright.sync_api", reason="pip install playwright axe-playwright-python").expect
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
pytest.importorskip("uvicorn")

from kabar.monitor.app import create_app  # noqa: E402
from tests.kabar.monitor.browsing import MARKS, launched, watched  # noqa: E402
from tests.kabar.monitor.serving import served  # noqa: E402

HOSTS = 40
pytestmark = MARKS


class Crawl:
    """A crawl that goes on when it is told to."""

    def __init__(self, folder):
        self.file = folder / "frontier.sqlite"
        with Frontier(self.file) as frontier:
            frontier.add_many(
                Link(url=f"https://warta-{host:02}.example/{page}", kind="article")
                for host in range(HOSTS)
                for page in range(3)
            )

    def fetch(self, pages: int) -> None:
        with Frontier(self.file) as frontier:
            for lease in frontier.claim(pages, per_host=1):
                frontier.complete(lease, Done(article=True, size=1000))

    def fail(self, reason: str) -> None:
        with Frontier(self.file) as frontier:
            frontier.fail(frontier.claim(1)[0], reason, retry_in=900)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a monitor with made news and a crawl, and the crawl."""
    folder = tmp_path_factory.mktemp("swaps")
    with open_store(folder / "news.db") as store:
        store.add(list(Newsroom().articles(240)))
    crawl = Crawl(folder)
    with served(create_app(folder / "news.db", crawl=folder)) as (host, port):
        yield f"http://{host}:{port}", crawl


@pytest.fixture(scope="module")
def browser():
    with launched() as found:
        yield found


@pytest.fixture
def page(browser, site):
    with watched(browser, site[0]) as found:
        yield found


@pytest.fixture
def plain(browser, site):
    """A page whose scripts do not run."""
    with watched(browser, site[0], java_script_enabled=False) as found:
        yield found


def total(page) -> int:
    return int(page.locator("#found strong").inner_text())


def stay(page) -> None:
    """Marks the page; the mark is lost with it."""
    page.evaluate("window.stayed = true")


def stayed(page) -> bool:
    return page.evaluate("window.stayed === true")


def figures(page) -> tuple[int, ...]:
    """Of the crawl: pages and errors of the last hour, and the queue."""
    found = page.locator("#crawl-now dd").all_inner_texts()
    return tuple(int(text.replace(".", "")) for text in found)


def test_typing_searches_in_the_page_that_is_open(page):
    page.goto("/places")
    page.goto("/search?q=banjir")
    stay(page)
    before, box = total(page), page.get_by_role("searchbox")
    box.press("End")
    page.keyboard.insert_text(" sejak:")  # cannot be read yet, and changes nothing
    page.wait_for_timeout(600)
    assert (total(page), page.locator(".bad").count()) == (before, 0)
    page.keyboard.insert_text("2026-11-15")
    page.wait_for_url(re.compile(r"sejak%3A2026-11-15$"))
    expect(page.locator("#found strong")).not_to_have_text(str(before))
    assert total(page) < before
    assert stayed(page)
    assert box.input_value() == "banjir sejak:2026-11-15"
    assert page.evaluate("document.activeElement.name") == "q"
    expect(page.locator("[role=status]#told")).to_have_text(f"{total(page)} artikel")
    expect(page).to_have_title("banjir sejak:2026-11-15 · kabar")
    expect(page.locator("#atom")).to_have_attribute("href", re.compile("q=banjir%20sejak%3A2026-11-15$"))
    with page.expect_response("**/search?q=banjir%20sejak*"):
        box.press("Enter")
    page.wait_for_timeout(100)
    page.go_back()
    page.wait_for_url("**/places")  # what is shown already made no step of the way back
    page.go_forward()
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert box.input_value() == "banjir sejak:2026-11-15"


def test_what_is_typed_while_an_answer_is_on_its_way_is_not_lost(page):
    page.goto("/search?q=banjir")
    page.route("**/search?*", lambda route: (time.sleep(0.5), route.continue_()))
    box = page.get_by_role("searchbox")
    box.fill("banjir kota")
    page.wait_for_timeout(450)
    box.fill("banjir")
    page.wait_for_timeout(300)
    box.fill("panen")
    page.wait_for_url("**/search?q=panen")
    page.wait_for_timeout(700)
    assert box.input_value() == "panen"
    expect(page).to_have_title(re.compile("^panen"))
    assert page.url.endswith("/search?q=panen")


def test_filters_pages_and_dates_are_swapped_and_the_way_back_leads_through_them(page):
    page.goto("/search?q=")
    stay(page)
    everything = total(page)
    page.locator("a[rel=next]").click()
    page.wait_for_url("**from=*")
    expect(page.locator("#found")).to_be_focused()
    page.locator("aside .counts a").first.press("Enter")
    page.wait_for_url("**q=kota%3A*")
    assert 0 < total(page) < everything
    expect(page.locator("#found")).to_be_focused()
    assert page.get_by_role("searchbox").input_value().startswith("kota:")
    place = page.url
    page.get_by_label("Sejak").fill("2026-10-01")
    page.get_by_role("button", name="Terapkan").click()
    page.wait_for_url("**+sejak%3A2026-10-01")
    assert stayed(page)
    assert axe.Axe().run(page).violations_count == 0
    page.locator("article.hit h3 a").first.click()
    page.wait_for_url("**/article/*")
    page.go_back()
    page.wait_for_url("**+sejak%3A2026-10-01")
    assert page.locator("header .brand").count() == 1  # the page, and not a part of it
    page.go_back()
    page.wait_for_url(place)
    expect(page.get_by_label("Sejak")).to_have_value("")
    assert page.get_by_role("searchbox").input_value().startswith("kota:")
    page.go_forward()
    page.wait_for_url("**+sejak%3A2026-10-01")
    expect(page.get_by_label("Sejak")).to_have_value("2026-10-01")


def test_a_filter_that_was_chosen_is_taken_out_by_writing(page):
    page.goto("/search?q=")
    box = page.get_by_role("searchbox")
    box.fill("banjir")
    page.wait_for_url("**/search?q=banjir")
    page.locator("aside .counts a").first.click()
    page.wait_for_url("**/search?q=banjir+kota*")
    box.fill("banjir")
    page.wait_for_url("**/search?q=banjir")


def test_a_search_that_cannot_be_read_is_told_where_it_was_asked(page):
    page.goto("/search?q=banjir")
    stay(page)
    box = page.get_by_role("searchbox")
    box.fill("kapan:besok")
    box.press("Enter")
    page.get_by_role("alert").wait_for()
    assert stayed(page)
    box.fill("banjir")
    box.press("Enter")
    page.wait_for_url("**/search?q=banjir")
    page.locator("#found").wait_for()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_same_without_scripts(plain):
    plain.goto("/search?q=banjir")
    before = total(plain)
    plain.get_by_role("searchbox").fill("banjir sejak:2026-11-15")
    plain.get_by_role("button", name="Cari").click()
    plain.wait_for_url("**/search?q=banjir+sejak%3A2026-11-15")
    assert 0 < total(plain) < before
    plain.locator("aside .counts a").first.click()
    plain.wait_for_url("**kota%3A*")
    plain.get_by_label("Sejak").fill("2026-11-20")
    plain.get_by_role("button", name="Terapkan").click()
    plain.wait_for_url("**+sejak%3A2026-11-20")
    plain.goto("/search?q=")
    plain.locator("a[rel=next]").click()
    plain.wait_for_url("**from=*")
    plain.goto("/sites")
    assert len(figures(plain)) == 3


def test_a_crawl_is_followed_while_somebody_looks(page, site):
    _, crawl = site
    crawl.fetch(1)
    page.clock.install()
    page.goto("/sites")
    stay(page)
    region = page.get_by_role("region", name="Perayapan")
    region.focus()
    region.evaluate("region => region.scrollTop = 120")
    pages, errors, queue = figures(page)
    crawl.fetch(2)
    crawl.fail("it took too long")
    page.clock.run_for(3_100)
    expect(page.locator("#crawl-now")).to_contain_text("it took too long")
    assert figures(page) == (pages + 2, errors + 1, queue - 2)
    assert stayed(page)
    assert "Sedang berjalan" in region.inner_text()
    assert region.evaluate("region => [region.scrollTop, document.activeElement === region]") == [120, True]
    assert axe.Axe().run(page).violations_count == 0
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    look = (
        "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }"
    )
    page.evaluate(look, True)
    page.clock.run_for(60_000)
    page.wait_for_timeout(300)
    assert asked == []
    crawl.fetch(1)
    page.evaluate(look, False)
    expect(page.locator("#crawl-now dd").first).to_have_text(str(pages + 3))
