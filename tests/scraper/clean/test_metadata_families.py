"""Title, date and authors on pages in the structure of many templates, with site definitions and without."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from scraper.clean import clean
from scraper.clean.metadata import Metadata, read_metadata
from scraper.clean.refine import refine
from scraper.sites import NO_SITES, Registry, default_registry

PAGES: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("family_pages.toml").read_text("utf-8"))


def described(html: str, sites: Registry) -> Metadata:
    tree = etree.fromstring(html, etree.HTMLParser(remove_comments=True))
    paragraphs = clean(html).text.split("\n\n")
    return refine(read_metadata(tree, None, sites.match(None, tree)), paragraphs, tree)


def same_time(one: str, other: str) -> bool:
    return one == other or (
        len(one) > 10 and len(other) > 10 and datetime.fromisoformat(one) == datetime.fromisoformat(other)
    )


@pytest.mark.parametrize("sites", [NO_SITES, default_registry()], ids=["generic", "definitions"])
@pytest.mark.parametrize("family", PAGES)
def test_reads_a_page_of_the_family(family: str, sites: Registry) -> None:
    page = PAGES[family]
    meta = described(page["html"].strip(), sites)
    assert meta.title == page["title"]
    assert meta.published is not None
    assert same_time(meta.published.value, page["published"])
    assert sorted(f"{author.role}:{author.name}" for author in meta.authors) == sorted(page["authors"])
    assert meta.language == "id"


def test_unknown_hosts_are_told_by_their_theme() -> None:
    found = {}
    for family, page in PAGES.items():
        tree = etree.fromstring(page["html"].strip(), etree.HTMLParser())
        site = default_registry().match(None, tree)
        found[family] = site.family if site else None
    told = {name: found[name] for name in ("wpberita", "newkarma", "jnews", "tagdiv", "newsup", "blogger", "promedia")}
    assert told == {name: name for name in told}
    assert found["utc-that-is-right"] is None


def test_strange_offsets_are_told_on_the_sites_clock() -> None:
    meta = described(PAGES["blogger"]["html"].strip(), NO_SITES)
    assert meta.published is not None
    assert (meta.published.value, meta.published.zone) == ("2026-03-08T09:10:00+07:00", "-08:00")


def test_assumed_zones_are_warned_of() -> None:
    meta = described(PAGES["radar-slash"]["html"].strip(), NO_SITES)
    assert meta.warnings == ("the page tells no time zone; WIB is assumed",)


def test_a_link_to_the_authors_page_names_the_author() -> None:
    page = """<html><head><title>Pasar Terapung Ramai Lagi</title></head><body><h1>Pasar Terapung Ramai Lagi</h1>
    <div><a href="https://kabar.example/author/rina/">Rina Wulandari</a></div><div>4 Maret 2024</div><div><p>Pasar
    terapung ramai lagi sejak jembatan dibuka, kata pedagang di dermaga pada Senin pagi.</p></div></body></html>"""
    assert [author.name for author in described(page, NO_SITES).authors] == ["Rina Wulandari"]


_BODY = """<div class="isi"><p>Jembatan gantung di atas Sungai Kuning dibuka setelah dua bulan diperbaiki dinas.</p>
<p>Warga kini tidak perlu lagi memutar sejauh sepuluh kilometer untuk mencapai pasar dan puskesmas.</p></div>"""
_TITLE = "<h1>Jembatan Gantung Sungai Kuning Kembali Dibuka</h1>"
_DATE = "<div>10 Maret 2026 09:15 WIB</div>"
_CARDS = """<div><h3>Berita Terkait</h3>
<div><h4><a href="/1">Harga Cabai Turun</a></h4><span>oleh Agus Pramono</span></div>
<div><h4><a href="/2">Panen Raya Digelar</a></h4><span>oleh Maria Latu</span></div></div>"""


@pytest.mark.parametrize(
    ("top", "bottom", "authors"),
    [
        ("", _CARDS, []),
        ("", "<p>Editor: Dodi Saputra</p>" + _CARDS, ["editor:Dodi Saputra"]),
        ("", _CARDS + "<p>Editor: Dodi Saputra</p>", ["editor:Dodi Saputra"]),
        ("", "<p>Diposting oleh Rina Lestari</p>" + _CARDS, ["author:Rina Lestari"]),
        ("<p>Reporter: Rina Lestari | Editor: Dodi Saputra</p>", "", ["editor:Dodi Saputra", "reporter:Rina Lestari"]),
    ],
    ids=["cards", "editor", "editor-below-cards", "footer", "above-the-headline"],
)
def test_bylines_of_other_articles_are_not_this_ones(top: str, bottom: str, authors: list[str]) -> None:
    meta = described(f"<html><body>{top}{_TITLE}{_DATE}{_BODY}{bottom}</body></html>", NO_SITES)
    assert sorted(f"{author.role}:{author.name}" for author in meta.authors) == authors


def test_a_byline_between_the_lead_and_the_text_is_read() -> None:
    lead = (
        "<p class='lead'>Jembatan gantung yang putus akibat banjir bandang dua bulan lalu kini dapat dilewati lagi.</p>"
    )
    head = f"<header>{_TITLE}{lead}<div>Rina Lestari - 10 Maret 2026 09:15 WIB</div></header>"
    meta = described(f"<html><body><article>{head}{_BODY}</article></body></html>", NO_SITES)
    assert [author.name for author in meta.authors] == ["Rina Lestari"]
    assert meta.published is not None
    assert meta.published.value == "2026-03-10T09:15:00+07:00"


def test_the_headline_in_a_list_of_the_latest_is_not_where_the_article_begins() -> None:
    title = _TITLE.replace("h1>", "div>")
    latest = "".join(
        f"<a href='/{day}'><h3>{text}</h3></a><span>{day} Maret 2026 07:00 WIB</span>"
        for day, text in ((11, "Panen Raya Digelar"), (12, _TITLE[4:-5]))
    )
    head = f"<head><meta property='og:title' content='{_TITLE[4:-5]}'></head>"
    meta = described(f"<html>{head}<body>{title}{_DATE}{_BODY}<div>{latest}</div></body></html>", NO_SITES)
    assert meta.published is not None
    assert meta.published.value == "2026-03-10T09:15:00+07:00"
