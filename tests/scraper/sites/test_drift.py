"""Drift: definitions held against pages."""

from __future__ import annotations

from lxml import etree

from scraper.sites import SiteDefinition
from scraper.sites.drift import check_page, summarize

SITE = SiteDefinition(
    domains=("contoh.id",), name="Contoh", body=("div.isi",), title=("h1.judul",), date=("span.tanggal",),
    author=("span.penulis",), last_right="2024-01-01",
)  # fmt: skip
PARAGRAPH = "<p>" + "Warga bergotong royong membersihkan saluran air di kampung mereka. " * 6 + "</p>"
GOOD = f"""<title>Warga Bersihkan Saluran Air - Contoh</title><h1 class=judul>Warga Bersihkan Saluran Air</h1>
<span class=tanggal>Senin, 2 Maret 2026 10:00 WIB</span><span class=penulis>Siti</span>
<div class=isi>{PARAGRAPH}</div>"""


def states(page: str, site: SiteDefinition = SITE) -> dict[str, str]:
    return dict(check_page(etree.fromstring(page, etree.HTMLParser()), site).states)


def test_a_page_that_fits_is_right() -> None:
    assert states(GOOD) == {"body": "right", "title": "right", "date": "right", "author": "right"}


def test_a_new_skin_is_missing() -> None:
    page = GOOD.replace("class=isi", "class=konten").replace("class=judul", "class=title").replace("class=penulis", "")
    assert states(page) == {"body": "missing", "title": "missing", "date": "right", "author": "missing"}


def test_what_matches_and_is_something_else_differs() -> None:
    page = GOOD.replace("<h1 class=judul>Warga Bersihkan Saluran Air</h1>", "<h1 class=judul>Daerah</h1>")
    page = page.replace("Senin, 2 Maret 2026 10:00 WIB", "Daerah").replace(
        "<div class=isi>", "<div class=isi>Iklan</div><div>"
    )
    assert states(page) == {"body": "differs", "title": "differs", "date": "differs", "author": "right"}


def test_parts_without_selectors_are_untold() -> None:
    assert set(states(GOOD, SiteDefinition(domains=("a.id",), name="A")).values()) == {"untold"}


def test_a_definition_drifts_when_most_of_its_pages_do() -> None:
    good = check_page(etree.fromstring(GOOD, etree.HTMLParser()), SITE, "a.html")
    bad = check_page(etree.fromstring(GOOD.replace("class=isi", "class=konten"), etree.HTMLParser()), SITE, "b.html")
    (once,) = summarize([good, bad])
    assert (once.pages, once.right, once.drifted) == (2, (("body", 1), ("title", 2), ("date", 2), ("author", 2)), ())
    (most,) = summarize([bad, good, bad])
    assert most.drifted == ("body",)


def test_a_missing_byline_is_no_drift() -> None:
    check = check_page(etree.fromstring(GOOD.replace("class=penulis", ""), etree.HTMLParser()), SITE)
    assert dict(check.states)["author"] == "missing"
    assert check.wrong == ()
    assert summarize([check])[0].drifted == ()
