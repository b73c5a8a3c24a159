"""Names that are long, or have no space at all, on a phone: no page grows wider than it, no action is out of reach."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kabar.monitor.app import create_app
from kabar.store import Override, open_store
from scraper.article import Site, Timestamp
from tagger.document import City, Mention, Official, Organization, Quote, TaggedArticle, Tool
from tests.kabar.monitor.browsing import MARKS, launched, watched
from tests.kabar.monitor.serving import served

pytestmark = MARKS
WHOLE = "Kusumonegoro" * 15
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path: Path = tmp_path_factory.mktemp("long") / "news.db"
    with open_store(path) as store:
        store.add(
            [
                TaggedArticle(
                    id="a", title=WHOLE, text=f"Bupati Tebo {WHOLE} membuka jalan.", url=f"https://x.example/{WHOLE}",
                    site=Site(domain=f"{WHOLE[:60].lower()}.example", name=WHOLE),
                    published=Timestamp(value="2026-05-31T10:00:00+07:00", precision="minute"),
                    cities=(City(name="Kota Jambi", level="city", code="15.71", province="Jambi"),),
                    officials=(Official(name=WHOLE, office=f"Kepala {WHOLE}", status="acting"),),
                    organizations=(Organization(name=f"Badan {WHOLE}", acronym=WHOLE[:40]),),
                    quotes=(Quote(text=WHOLE, span=Mention(text=WHOLE, start=12, end=192), official=0),),
                    tool=Tool(version="0", gazetteer="x"),
                )
            ]
        )  # fmt: skip
        store.correct(Override("rename", "organization", f"badan {WHOLE.lower()}", f"Dinas {WHOLE}"))
        store.save_search(WHOLE[:80], f"jalan {WHOLE}")
        store.outbox().add("webhook", f"https://{WHOLE[:60]}.example/x", search=WHOLE[:80])
    with served(create_app(path)) as (host, port):
        yield f"http://{host}:{port}"


def test_no_page_grows_wider_than_a_phone(address: str) -> None:
    name = WHOLE.lower()
    pages = [
        "/", "/search", "/search?q=jalan", "/article/a", "/officials", "/organizations", "/sites", "/place/15.71",
        f"/official/{name}", f"/organization/dinas%20{name}", f"/official/{name}/correct", "/saved",
    ]  # fmt: skip
    with launched() as browser, watched(browser, address, viewport=PHONE) as page:
        for one in pages:
            assert page.goto(one).status == 200, one
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], one
        for one in ("/saved", "/corrections"):
            page.goto(one)
            buttons = page.locator("table :is(a.button, button)").all()
            assert buttons
            for button in buttons:
                own, table = button.evaluate(
                    "one => [one, one.closest('.scroll')].map(each => each.getBoundingClientRect().right)"
                )
                assert own <= table, "seen without moving the table"
