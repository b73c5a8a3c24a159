"""Each way to articles by itself: a site that has no other one is found whole from its home page."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

WIB = timezone(timedelta(hours=7))
NOW = datetime.now(WIB)
STORIES = tuple(f"/berita/{1000 + number}/banjir-merendam-desa-ke-{number}" for number in range(5))
BARE = "<html><title>Warta Uji</title><p>Selamat datang</p>"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def links(*paths: str) -> str:
    return "<html>" + "".join(f'<li><a href="{path}">Banjir merendam tiga desa</a></li>' for path in paths)


def rss(base: str) -> str:
    items = "".join(f"<item><title>Banjir</title><link>{base}{path}</link></item>" for path in STORIES)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'


def atom(base: str, paths: tuple[str, ...] = (), following: str = "") -> str:
    entries = "".join(f'<entry><title>Banjir</title><link href="{base}{path}"/></entry>' for path in paths or STORIES)
    more = f'<link rel="next" href="{base}{following.replace("&", "&amp;")}"/>' if following else ""
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{more}{entries}</feed>'


def urlset(base: str, paths: tuple[str, ...] = STORIES, more: str = "") -> str:
    urls = "".join(f"<url><loc>{base}{path}</loc>{more}</url>" for path in paths)
    return f"<urlset {NS} {NEWS}>{urls}</urlset>"


def index(base: str, *names: str) -> str:
    maps = "".join(f"<sitemap><loc>{base}/{name}</loc></sitemap>" for name in names)
    return f"<sitemapindex {NS}>{maps}</sitemapindex>"


def posts(base: str, paths: tuple[str, ...]) -> str:
    return json.dumps([{"link": base + path, "date_gmt": "2026-06-01T01:00:00"} for path in paths])


REST = "/wp-json/wp/v2/posts?per_page=100&_fields=link,title,date_gmt,modified_gmt"
OLDER = tuple(f"/berita/{number}/panen-raya-di-desa" for number in range(100, 200))
DAYS = tuple((NOW - timedelta(days=number)).strftime("/indeks/%Y/%m/%d") for number in range(3))
DATED = "<news:news><news:publication_date>2026-06-01</news:publication_date><news:title>x</news:title></news:news>"

BEFORE = (NOW - timedelta(days=3)).strftime("/indeks/%Y/%m/%d")
OLD = (NOW - timedelta(days=20)).strftime("/indeks/%Y/%m/%d")


def older(start: int) -> str:
    return f"/feeds/posts/default?start-index={start}&max-results=2"


def state(*paths: str) -> str:
    told = [{"id": 7, "title": "Banjir merendam tiga desa", "path": path} for path in (*paths, "/tag/banjir")]
    data = json.dumps({"props": {"pageProps": {"latest": told}}})
    return f"<script id='__NEXT_DATA__' type='application/json'>{data}</script>"


Pages = dict[str, "str | bytes"]


def ways(base: str) -> dict[str, tuple[Pages, tuple[str, ...]]]:
    """What a site serves beside its stories, and the stories that are found."""
    return {
        "RSS where nothing tells of it": ({"/": BARE, "/rss.xml": rss(base)}, STORIES),
        "RSS of an unknown name, told in the head": (
            {"/": BARE + '<link rel="alternate" type="application/rss+xml" href="/umpan">', "/umpan": rss(base)},
            STORIES,
        ),
        "Atom of Blogger": (
            {"/": BARE + '<meta name="generator" content="blogger">', "/feeds/posts/default": atom(base)}, STORIES
        ),
        "older entries of Blogger's feed": (
            {
                "/": BARE + '<meta name="generator" content="blogger">',
                "/feeds/posts/default": atom(base, STORIES[:2], older(3)),
                older(3): atom(base, STORIES[2:4], older(5)),
                older(5): atom(base, STORIES[4:], older(5)),
            },
            STORIES,
        ),
        "Blogger's sitemap in parts": (
            {
                "/": BARE,
                "/sitemap.xml": index(base, "sitemap.xml?page=1", "sitemap.xml?page=2"),
                "/sitemap.xml?page=1": urlset(base, STORIES[:3]),
                "/sitemap.xml?page=2": urlset(base, STORIES[3:]),
            },
            STORIES,
        ),
        "a home page that scripts draw": ({"/": BARE + state(*STORIES)}, STORIES),
        "a page that lists feeds": (
            {"/": BARE + '<a href="/rss">RSS</a>', "/rss": '<html><a href="/rss/x.xml">x</a>', "/rss/x.xml": rss(base)},
            STORIES,
        ),
        "a sitemap": ({"/": BARE, "/sitemap.xml": urlset(base)}, STORIES),
        "a sitemap of lines that robots.txt names": (
            {"/": BARE, "/robots.txt": f"Sitemap: {base}/peta.txt", "/peta.txt": "\n".join(base + p for p in STORIES)},
            STORIES,
        ),
        "an index of compressed sitemaps": (
            {
                "/": BARE,
                "/sitemap_index.xml": index(base, "satu.xml.gz", "tag-sitemap.xml", "dua.xml.gz"),
                "/satu.xml.gz": gzip.compress(urlset(base, STORIES[:2]).encode()),
                "/dua.xml.gz": gzip.compress(urlset(base, STORIES[2:]).encode()),
                "/tag-sitemap.xml": urlset(base, ("/k/banjir",)),
            },
            STORIES,
        ),
        "a news sitemap": (
            {"/": BARE, "/news-sitemap.xml": urlset(base, ("/k/1", "/k/2"), DATED), "/k/1": "", "/k/2": ""},
            ("/k/1", "/k/2"),
        ),
        "WordPress REST on two pages": (
            {
                "/": BARE + '<link rel="https://api.w.org/" href="/wp-json/">',
                REST: posts(base, OLDER),
                f"{REST}&page=2": posts(base, STORIES),
                **dict.fromkeys(OLDER, ""),
            },
            OLDER + STORIES,
        ),
        "sections": (
            {"/": BARE + '<a href="/daerah">Daerah</a><a href="/daerah/kota-jambi">Kota Jambi</a>',
             "/daerah": links(*STORIES[:3]), "/daerah/kota-jambi": links(*STORIES[3:])},
            STORIES,
        ),
        "sections that bear a number": (
            {"/": BARE + '<a href="/kategori-5-daerah.html">Daerah</a><a href="/kategori/3/kota">Kota</a>',
             "/kategori-5-daerah.html": links(*STORIES[:2]) + '<a href="/halkategori-5-2.html">Next</a>',
             "/halkategori-5-2.html": links(STORIES[2]), "/kategori/3/kota": links(*STORIES[3:])},
            STORIES,
        ),
        "sections of a program": (
            {"/": BARE + '<a href="/index.php?module=berita">Berita</a><a href="/?cat=3">Kota</a><a href="/?s=a">x</a>',
             "/index.php?module=berita": links(*STORIES[:2]) + '<a href="/index.php?module=berita&page=2">2</a>',
             "/index.php?module=berita&page=2": links(STORIES[2]), "/?cat=3": links(*STORIES[3:])},
            STORIES,
        ),
        "articles of a program": (
            {"/": links("/index.php?module=detail&id=1", "/index.php?module=detail&id=2"),
             "/index.php?module=detail&id=1": "", "/index.php?module=detail&id=2": ""},
            ("/index.php?module=detail&id=1", "/index.php?module=detail&id=2"),
        ),
        "further pages of a list": (
            {
                "/": links(STORIES[0]) + '<a href="/?page=2">Selanjutnya</a>',
                "/?page=2": links(STORIES[1]) + '<a href="/?page=1">1</a><a href="/?page=3">3</a>',
                "/?page=3": links(*STORIES[2:]),
            },
            STORIES,
        ),
        "lists by day": (
            {"/": BARE + links(*DAYS) + "<a href='/indeks/2099/01/01'>besok</a>",
             **{day: links(*STORIES[number::3]) for number, day in enumerate(DAYS)}},
            STORIES,
        ),
        "lists by day, each with a link to the day before": (
            {"/": BARE + links(DAYS[0]),
             **{day: links(*STORIES[number::3], DAYS[number + 1] if number < 2 else BEFORE)
                for number, day in enumerate(DAYS)},
             BEFORE: links(OLD), OLD: links("/berita/1/lama-sekali-ini")},
            STORIES,
        ),
        "a home page that sends on": (
            {"/": '<html><meta http-equiv="refresh" content="0;url=/beranda.php">', "/beranda.php": links(*STORIES)},
            STORIES,
        ),
        "addresses that tell nothing, by their headlines": (
            {"/": links("/k/x1", "/k/x2") + '<a href="/k/x3">Masuk</a>', "/k/x1": "", "/k/x2": "", "/k/x3": ""},
            ("/k/x1", "/k/x2"),
        ),
    }  # fmt: skip


@pytest.mark.parametrize("way", ways(""))
def test_each_way_leads_to_all_articles(serve: Any, crawl: Any, way: str) -> None:
    server = serve({})
    pages, stories = ways(server.url)[way]
    told = {**dict.fromkeys(STORIES, ""), "/robots.txt": "User-agent: *\nAllow: /\n", **pages}
    server.routes.update({path: answer(body or f"<html><article>{path}</article>") for path, body in told.items()})
    week = NOW.timestamp() - 7 * 86_400 if way == "lists by day" else None
    ran = crawl(server, since=week)
    fetched = [path for path in ran.asked if path in stories or path.startswith(("/berita/", "/k/"))]
    assert not ran.told
    assert sorted(fetched) == sorted(stories)
    assert ran.articles == len(stories)
    assert not [path for path in ran.asked if path.endswith("tag-sitemap.xml") or "2099" in path]


@pytest.mark.parametrize("end", ["shows its last page again", "shows none"])
def test_a_list_without_an_end_is_left_where_it_ends(serve: Any, crawl: Any, end: str) -> None:
    last = links(*STORIES[3:]) if end == "shows its last page again" else BARE
    shown = [links(*STORIES[:3]), links(*STORIES[3:])] + [last] * 20
    pages = {f"/daerah?page={number}": body for number, body in enumerate(shown, 1)} | {"/daerah": shown[0]}
    server = serve({})
    home = {"/": BARE + '<a href="/daerah">Daerah</a>', **dict.fromkeys(STORIES, "<article>Banjir</article>")}
    for number, path in enumerate(pages):
        pages[path] += f'<a href="/daerah?page={number + 2 if "?" in path else 2}">Selanjutnya</a>'
    server.routes.update({path: answer(body) for path, body in (home | pages).items()})
    ran = crawl(server)
    assert ran.articles == len(STORIES)
    assert len([path for path in ran.asked if path.startswith("/daerah?page=")]) == 2


def answer(body: str | bytes) -> bytes:
    content = body.encode() if isinstance(body, str) else body
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content) + content
