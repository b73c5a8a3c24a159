"""The headline is what the reader sees: never the section, never the site."""

from __future__ import annotations

import pytest
from lxml import etree

from scraper.clean.metadata import read_metadata
from scraper.clean.titles import strip_site

HEADLINE = "Jalan Lintas Timur Ambles, Truk Dialihkan"


def title_of(head: str, body: str) -> str | None:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(etree.fromstring(page, etree.HTMLParser())).title


PAGES = {
    "section in h1": (f"<title>{HEADLINE} - Contoh.com Regional</title>", f"<h1>Regional</h1><h2>{HEADLINE}</h2>"),
    "site name in h1": (f"<title>{HEADLINE} | Kabar Contoh</title>", f"<h1>Kabar Contoh</h1><h2>{HEADLINE}</h2>"),
    "two h1": (f"<meta property='og:title' content='{HEADLINE} | Gaya'>", f"<h1>gaya</h1><h1>{HEADLINE}</h1>"),
    "site in front": (f"<meta property='og:title' content='Contoh.com: Musik - {HEADLINE}'>", f"<h1>{HEADLINE}</h1>"),
    "section is a segment": (f"<title>{HEADLINE} - News - Kabar</title>", f"<h1>News</h1><h2>{HEADLINE}</h2>"),
    "page mark": (f"<meta property='og:title' content='{HEADLINE} - PAGE 2 : Contoh'>", f"<h1>{HEADLINE}</h1>"),
    "empty og:title": ("<meta property='og:title' content=''>", f"<h1>{HEADLINE}</h1>"),
    "h1 wraps kicker and site": (
        f"<meta property='og:title' content='{HEADLINE} : Contoh Daerah'>",
        f"<h1>Semua Berita Contoh</h1><h1>Contoh {HEADLINE} - Daerah :</h1>",
    ),
    "no heading": (
        f"<title>{HEADLINE} | Kabar Kota</title><meta property='og:site_name' content='Kabar Kota'>",
        f"<div class='jdl-pic'>In Picture: {HEADLINE}</div>",
    ),
    "json-ld only": (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{HEADLINE}"}}</script>',
        "<h1>Kabar</h1>",
    ),
    "related heading is shorter": (f"<title>{HEADLINE}</title>", f"<h3>Truk Dialihkan</h3><h1>{HEADLINE}</h1>"),
    "heading edited after og": (
        "<meta property='og:title' content='Jalan Lintas Timur Ambles, Truk Kini Dialihkan - Kabar'>",
        f"<h1>{HEADLINE}</h1>",
    ),
    "long site name": (
        f"<title>{HEADLINE} - Kabar Pesisir Pantai Timur Sumatera Bagian Selatan</title>"
        "<meta property='og:site_name' content='Kabar Pesisir Pantai Timur Sumatera Bagian Selatan'>",
        f"<h1>Kabar Pesisir Pantai Timur Sumatera Bagian Selatan</h1><h2>{HEADLINE}</h2>",
    ),
    "title and h1 are the site's": (
        "<title>Dinas Contoh Kota</title>",
        f"<h1><a href='/'>Dinas Contoh Kota</a></h1><h2>Agenda</h2><h2 class='article-title'>{HEADLINE}</h2>",
    ),
    "one title for all pages": ("<title>Portal Kabar Daerah Terkini</title>", f"<h2>Agenda</h2><h1>{HEADLINE}</h1>"),
    "hidden h1": (
        f"<title>{HEADLINE}</title>",
        f"<div style='display:none'><h1>Menu Utama Situs Berita Daerah</h1></div><font size='5'>{HEADLINE}</font>",
    ),
    "cut off in og:title": (
        f"<meta property='og:title' content='{HEADLINE[:30]}...'><title>{HEADLINE}</title>",
        f"<font size='5'>{HEADLINE}</font>",
    ),
    "slogan behind the name of the host": (
        f"<title>{HEADLINE}: Kabar Contoh, Tajam dan Terpercaya</title>"
        "<link rel='canonical' href='https://kabarcontoh.example/daerah/1'>",
        f"<div>{HEADLINE}</div>",
    ),
    "boxes have titles too": (
        f"<meta property='og:title' content='{HEADLINE}'>",
        f"<h1 class='site-title'>Portal Kabar Paling Lengkap Hari Ini</h1><div class='jdl'>{HEADLINE}</div>"
        "<h3 class='title'>Paling Banyak Dibaca Minggu Ini</h3>",
    ),
    "headline unlike what is told": (
        "<meta property='og:title' content='Truk Terjebak, Sopir Menginap di Jalan'>",
        f"<h1 class='post-title'>{HEADLINE}</h1>",
    ),
    "section in front, no heading": (
        f"<meta property='og:title' content='Kabar: Musik - {HEADLINE}'><title>{HEADLINE} - Kabar</title>",
        f"<div>{HEADLINE}</div>",
    ),
    "only h1": ("", f"<h1>{HEADLINE}</h1>"),
    "svg title": (f"<title>{HEADLINE}</title>", "<svg><title>ikon</title></svg>"),
}


@pytest.mark.parametrize("page", PAGES)
def test_gives_the_headline(page: str) -> None:
    assert title_of(*PAGES[page]) == HEADLINE


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("Kabut Asap - Sekolah Diliburkan", "Kabut Asap - Sekolah Diliburkan"),
        ("Sungai Meluap: Dua Desa Terisolasi", "Sungai Meluap: Dua Desa Terisolasi"),
        ("Banjir Surut - News Contoh6.com", "Banjir Surut"),
        ("Banjir Surut | Kabar Contoh", "Banjir Surut"),
        ("Banjir Surut - Halaman 2 | Kabar Contoh", "Banjir Surut - Halaman 2"),
        ("Banjir Surut - Halaman all", "Banjir Surut"),
    ],
)
def test_cuts_only_what_is_known_to_be_the_site(told: str, title: str) -> None:
    assert strip_site(told, {"kabar contoh"}) in (title, "Banjir Surut")


def test_a_page_without_any_title_has_none() -> None:
    assert title_of("", "<p>Teks saja.</p>") is None


def test_a_headline_may_begin_with_an_office_as_a_sites_name_does() -> None:
    popular = "<h3>Kabar yang Banyak Dibaca Pekan Ini</h3>"
    told = "Polres Hulu Ringkus Dua Pencuri Kabel"
    assert title_of(f"<title>{told}</title>", popular) == told
    assert title_of("<title>DPRD Hulu Sungai</title>", f"<h3>{HEADLINE}</h3>") == HEADLINE
