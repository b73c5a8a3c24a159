"""Section, tags, images, addresses and publisher."""

from __future__ import annotations

import pytest
from lxml import etree

from scraper.clean.metadata import Metadata, read_metadata
from scraper.sites import SiteDefinition


def described(head: str, url: str | None = None, site: SiteDefinition | None = None) -> Metadata:
    page = f"<html><head>{head}</head><body><h1>Jalan Desa Dibuka</h1></body></html>"
    return read_metadata(etree.fromstring(page, etree.HTMLParser()), url, site)


@pytest.mark.parametrize(
    ("head", "url", "canonical"),
    [
        ("<link rel=canonical href=https://a.id/b/c>", "https://a.id/b/c?utm=1", "https://a.id/b/c"),
        ("<link rel=canonical href=/b/c>", "https://a.id/x", "https://a.id/b/c"),
        ("<link rel=canonical href=https://a.id/>", "https://a.id/b/c", "https://a.id/b/c"),
        ("<meta property=og:url content=https://a.id/b/c>", None, "https://a.id/b/c"),
        ("<meta property=og:url content=nama-berita.html>", None, None),
        ("<link rel=canonical href='javascript:alert(1)'>", None, None),
        ("<link rel=canonical href='http://[x'>", "https://a.id/b", "https://a.id/b"),
    ],
)
def test_the_canonical_address(head: str, url: str | None, canonical: str | None) -> None:
    assert described(head, url).canonical_url == canonical


def test_the_publisher_is_the_definitions_else_what_the_page_says() -> None:
    head = "<meta property=og:url content=https://www.a.id/b/c><meta property=og:site_name content='Kabar A'>"
    told = described(head).site
    assert (told.domain, told.name, told.edition) == ("a.id", "Kabar A", None)
    known = described(head, site=SiteDefinition(domains=("a.id",), name="Kabar Alfa", edition="15")).site
    assert (known.domain, known.name, known.edition) == ("a.id", "Kabar Alfa", "15")
    theme = described(head, site=SiteDefinition(family="jnews")).site
    assert (theme.domain, theme.name) == ("a.id", "Kabar A")


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ("<meta name=keywords content='jalan desa, gotong royong,  jalan desa'>", ("jalan desa", "gotong royong")),
        ("<meta property=article:tag content=Jalan><meta property=article:tag content=Desa>", ("Jalan", "Desa")),
        ("<meta name=keywords content='jalan'><meta name=keywords content='News, Bola, Foto'>", ("jalan",)),
        ("<meta name=keywords content='berita terkini, jalan desa, Editor:Budi'>", ("jalan desa",)),
        (
            "<meta name=description content='Ini warga buka jalan'><meta name=keywords content='Ini,warga,buka,jalan'>",
            (),
        ),
        ("", ()),
    ],
)
def test_tags_are_the_articles_own(head: str, tags: tuple[str, ...]) -> None:
    assert described(head).tags == tags


def test_the_section_is_no_word_for_any_news() -> None:
    head = "<meta property=article:section content=News><meta property=article:section2 content=Hukum>"
    assert described(head).section == "Hukum"
    assert described("<meta property=article:section content=News>").section is None
    assert described("<meta property=article:section content=https://a.id/>").section is None


def test_images_are_absolute_and_told_once() -> None:
    head = """<meta property=og:image content=/a.jpg><meta property=og:image content=/a.jpg>
    <meta property=og:image content='data:image/png;base64,AA'><script type=application/ld+json>
    {"@type": "NewsArticle", "image": {"@type": "ImageObject", "url": "https://cdn.id/b.jpg"}}</script>"""
    assert [image.url for image in described(head, "https://a.id/b").images] == [
        "https://a.id/a.jpg",
        "https://cdn.id/b.jpg",
    ]
    assert [image.url for image in described(head).images] == ["https://cdn.id/b.jpg"]


def test_the_page_count_where_it_is_told() -> None:
    assert described("<meta name=content_total_pages content=3>").pages == 3
    assert described("<meta name=content_total_pages content=-3>").pages == 1
    assert described("").pages == 1
