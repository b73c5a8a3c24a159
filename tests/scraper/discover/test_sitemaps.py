"""Sitemaps of each form, those that never end, and those that say nothing new."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from scraper.discover.sitemaps import MAX_CHILDREN, MAX_URLS, read_sitemap
from scraper.errors import DiscoverError

AT = "https://contoh.example/sitemap.xml"
JUNE = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def urlset(*urls: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NS} {NEWS} {IMAGE}>{"".join(urls)}</urlset>'.encode()


def index(*names: str, lastmod: str = "") -> bytes:
    told = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    maps = "".join(f"<sitemap><loc>https://contoh.example/{name}</loc>{told}</sitemap>" for name in names)
    return f"<sitemapindex {NS}>{maps}</sitemapindex>".encode()


ARTICLE = "https://contoh.example/2026/06/01/banjir-surut/"
PLAIN = f"<url><loc> {ARTICLE}\n</loc><lastmod>2026-06-01T07:00:00+07:00</lastmod></url>"


def test_a_url_set():
    (url,) = read_sitemap(urlset(PLAIN), AT).urls
    assert (url.url, url.updated, url.news) == (ARTICLE, JUNE, False)


def test_a_news_sitemap_with_images():
    (url,) = read_sitemap(
        urlset(
            f"<url><loc>{ARTICLE}</loc><image:image><image:loc>https://contoh.example/foto.jpg</image:loc></image:image>"
            "<news:news><news:publication><news:name>Contoh</news:name></news:publication><news:publication_date>"
            "2026-06-01T07:00:00+07:00</news:publication_date>"
            "<news:title>Banjir &amp; longsor</news:title></news:news></url>"
        ),
        AT,
    ).urls
    assert (url.url, url.published, url.title, url.news) == (ARTICLE, JUNE, "Banjir & longsor", True)


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(urlset(PLAIN)),
        b"".join(map(gzip.compress, (urlset(PLAIN)[:100], urlset(PLAIN)[100:]))) + b"\0" * 8,
        b"\n\n" + urlset(PLAIN),
        b"\xef\xbb\xbf" + urlset(PLAIN),
        urlset(PLAIN).replace(NS.encode(), b""),
        urlset(PLAIN)[:-12],
        urlset(PLAIN.replace("banjir-surut/", "banjir-surut/?utm_source=a&b")),
        urlset(PLAIN).replace(b"<url>", b"<!-- x --><url>").replace(b"</url>", b"</url>\0"),
        f"{ARTICLE}\nnot an address\n".encode(),
    ],
    ids=[
        "gzip",
        "gzip in parts",
        "blank lines",
        "bom",
        "no namespace",
        "cut",
        "bare ampersand",
        "comment and NUL",
        "text",
    ],
)
def test_other_forms_and_broken_ones_are_read(body):
    assert [url.url.partition("?")[0] for url in read_sitemap(body, AT).urls] == [ARTICLE]


def test_what_is_older_than_asked_is_left_out():
    old = PLAIN.replace("2026-06-01", "2026-01-01").replace("/2026/06/01/", "/2026/01/01/")
    undated = "<url><loc>https://contoh.example/banjir-surut</loc></url>"
    assert [url.url for url in read_sitemap(urlset(PLAIN, old, undated), AT, JUNE - 60).urls] == [
        ARTICLE, "https://contoh.example/banjir-surut"
    ]  # fmt: skip


def test_a_sitemap_whose_every_page_is_new_at_every_visit_is_not_believed():
    def pages(count: int, lastmod: str) -> list[str]:
        days = ((f"2026/0{month}/{day:02}", day) for month in range(1, 6) for day in range(1, 29))
        urls = (f"<url><loc>https://contoh.example/{path}/banjir-{day}/</loc>{lastmod}</url>" for path, day in days)
        return list(urls)[-count:]

    now = "<lastmod>2026-06-02T10:00:00+07:00</lastmod>"
    new = PLAIN.replace("<lastmod>2026-06-01T07:00:00+07:00</lastmod>", now)
    assert [url.url for url in read_sitemap(urlset(new, *pages(100, now)), AT, JUNE).urls] == [ARTICLE]
    edited = read_sitemap(urlset(new, *pages(3, now), *pages(100, "")[:-3]), AT, JUNE).urls
    assert len(edited) == 4  # a few edits of older stories are what a sitemap is for


def test_an_index_is_followed_latest_first_and_only_to_articles():
    body = index(
        "post-sitemap.xml", "sitemap-2026-05.xml", "sitemap-2024-01.xml", "category-sitemap.xml",
        "post_tag-sitemap2.xml", "author-sitemap.xml", "sitemap-image.xml", "sitemap/video.xml",
    )  # fmt: skip
    names = [child.url.rpartition("/")[2] for child in read_sitemap(body, AT).children]
    assert names == ["sitemap-2026-05.xml", "sitemap-2024-01.xml", "post-sitemap.xml"]
    recent = [child.url.rpartition("/")[2] for child in read_sitemap(body, AT, JUNE - 10 * 86_400).children]
    assert recent == ["sitemap-2026-05.xml", "post-sitemap.xml"]


def test_a_dead_sitemap_is_not_followed():
    body = index("post-sitemap1.xml", "post-sitemap2.xml", lastmod="2019-03-01")
    assert read_sitemap(body, AT, JUNE).children == ()
    assert len(read_sitemap(body, AT).children) == 2


def test_an_endless_calendar_is_cut_and_told():
    body = index(
        *(
            f"sitemap-{year}-{month:02}-{day:02}.xml"
            for year in range(1990, 2026)
            for month in range(1, 13)
            for day in range(1, 29)
        )
    )
    sitemap = read_sitemap(body, AT)
    assert len(sitemap.children) == MAX_CHILDREN
    assert "2025-12-28" in sitemap.children[0].url
    assert "only the latest" in sitemap.problems[0]


def test_more_addresses_than_allowed_are_cut_and_told():
    sitemap = read_sitemap(
        urlset(*(f"<url><loc>https://contoh.example/{n}</loc></url>" for n in range(MAX_URLS + 10))), AT
    )
    assert len(sitemap.urls) == MAX_URLS
    assert "only the first" in sitemap.problems[0]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b"<?xml version='1.0'?><rss/>",
        gzip.compress(b"no sitemap", mtime=0),
        b"\x1f\x8b\x08broken",
    ],
)
def test_what_is_no_sitemap_is_told(body):
    with pytest.raises(DiscoverError, match="sitemap"):
        read_sitemap(body, AT)
