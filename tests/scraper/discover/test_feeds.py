"""RSS, Atom and WordPress REST as Indonesian sites really serve them, sound and broken."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from scraper.discover.feeds import read_feed
from scraper.discover.homes import feed_urls, guessed_feeds
from scraper.discover.wordpress import read_wordpress
from scraper.errors import DiscoverError

HOME = "https://contoh.example/"
TIME = datetime(2026, 6, 1, 1, 10, tzinfo=UTC).timestamp()
ITEM = """<item><title>Banjir surut di Muara Bulian</title><link>https://contoh.example/read/1/banjir-surut</link>
<pubDate>Mon, 01 Jun 2026 08:10:00 +0700</pubDate><guid isPermaLink="false">https://contoh.example/?p=1</guid></item>"""


def rss(items: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f'{head}<rss version="2.0"><channel><title>Contoh</title><link>{HOME}</link>{items}</channel></rss>'.encode()


def test_rss():
    (entry,) = read_feed(rss(ITEM), HOME).entries
    assert entry == (f"{HOME}read/1/banjir-surut", "Banjir surut di Muara Bulian", TIME, None)


def test_atom_tells_an_update():
    atom = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Contoh</title><entry>
    <title type="html">Banjir &amp;amp; longsor</title><link rel="alternate" href="/2026/06/banjir-longsor.html"/>
    <link rel="replies" href="{HOME}komentar"/><published>2026-06-01T08:10:00+07:00</published>
    <updated>2026-06-01T09:10:00+07:00</updated></entry></feed>"""
    (entry,) = read_feed(atom.encode(), HOME).entries
    assert (entry.url, entry.published, entry.updated) == (f"{HOME}2026/06/banjir-longsor.html", TIME, TIME + 3600)
    assert entry.title == "Banjir & longsor"


@pytest.mark.parametrize(
    "date",
    ["Sen, 01 Jun 2026 08:10:00 +0700", "Senin, 1 Juni 2026 08:10 WIB", "2026-06-01 08:10:00", "2026-06-01T01:10:00Z",
     "Mon, 1 Jun 2026 10:10:00 WIT", "Mon, 01 Jun 2026 01:10:00 GMT"],
)  # fmt: skip
def test_dates_in_the_forms_that_feeds_really_have(date):
    body = rss(ITEM.replace("Mon, 01 Jun 2026 08:10:00 +0700", date))
    assert read_feed(body, HOME).entries[0].published == TIME


def test_a_date_that_never_was_costs_no_entry():
    body = rss(ITEM.replace("Mon, 01 Jun 2026 08:10:00 +0700", "0000-00-00T00:00:00Z"))
    assert [(entry.url, entry.published) for entry in read_feed(body, HOME).entries] == [
        (f"{HOME}read/1/banjir-surut", None)
    ]


def test_a_date_without_a_zone_is_of_the_sites_clock():
    body = rss(ITEM.replace("Mon, 01 Jun 2026 08:10:00 +0700", "2026-06-01 10:10:00"))
    assert read_feed(body, HOME, zone="WIT").entries[0].published == TIME


@pytest.mark.parametrize(
    "body",
    [
        b"\n\n  " + rss(ITEM),
        b"\xef\xbb\xbf" + rss(ITEM),
        b"<br />\n<b>Warning</b>: mysql_connect() in <b>/home/x.php</b> on line <b>7</b><br />\n" + rss(ITEM),
        rss(ITEM.replace("Banjir surut", "Banjir & longsor, surut")),
        rss(ITEM.replace("Banjir surut", "Banjir surut&nbsp;")),
        rss(ITEM + "<item><title>Tanpa tautan</title></item>"),
        rss(ITEM)[: -len("</channel></rss>")],
        rss(ITEM.replace("Banjir", "Banjir \x0b")),
        rss(ITEM).replace(b"UTF-8", b"iso-8859-1"),
        rss(
            ITEM.replace("https://contoh.example/read", "\n  https://contoh.example/read\n").replace(
                "/1/banjir", "/1/\nbanjir"
            )
        ),
    ],
    ids=[
        "blank lines",
        "bom",
        "php warning",
        "bare ampersand",
        "html entity",
        "no link",
        "cut",
        "control",
        "charset",
        "line breaks",
    ],
)
def test_broken_feeds_are_read(body):
    assert [entry.url for entry in read_feed(body, HOME).entries] == [f"{HOME}read/1/banjir-surut"]


def test_entries_of_others_are_left_out_unless_all_are():
    foreign = ITEM.replace("contoh.example", "iklan.example")
    assert len(read_feed(rss(ITEM + foreign), HOME).entries) == 1
    assert len(read_feed(rss(ITEM + foreign), "https://feeds.pelayan.example/contoh").entries) == 2


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>404</body></html>", b"{}", b"\0\1\2" * 99, b"<?xml version='1.0'?><opml/>"]
)
def test_what_is_no_feed_is_told(body):
    with pytest.raises(DiscoverError, match="feed"):
        read_feed(body, HOME)


def test_wordpress_rest():
    posts = [
        {"link": f"{HOME}2026/06/01/banjir-surut/", "title": {"rendered": "Banjir &#038; surut"},
         "date_gmt": "2026-06-01T01:10:00", "modified_gmt": "2026-06-01T02:10:00", "content": {"rendered": "x" * 99}},
        {"link": "https://iklan.example/a", "title": {"rendered": ""}},
    ]  # fmt: skip
    (entry,) = read_wordpress(json.dumps(posts).encode(), f"{HOME}wp-json/wp/v2/posts").entries
    assert entry == (f"{HOME}2026/06/01/banjir-surut/", "Banjir & surut", TIME, TIME + 3600)


@pytest.mark.parametrize(
    "body", [b"[", b"{}", b'[{"link": 1}]', b'{"code":"rest_no_route"}', b"[" * 100_000, b'["\xff"]']
)
def test_what_is_no_list_of_posts_is_told(body):
    with pytest.raises(DiscoverError, match="WordPress"):
        read_wordpress(body, HOME)


def page(head: str, body: str = "") -> etree._Element:
    return etree.fromstring(f"<html><head>{head}</head><body>{body}</body></html>", etree.HTMLParser())


@pytest.mark.parametrize(
    ("home", "feeds"),
    [
        (page('<link rel="alternate" type="application/rss+xml" href="/feed/">'
              '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
              '<link rel="alternate" hreflang="en" href="/en/">'), ["feed/"]),
        (page("", '<a href="/rss">RSS</a> <a href="https://lain.example/rss">x</a>'), ["rss"]),
        (page('<meta name="Generator" content="WordPress 6.8">'), ["feed/"]),
        (page('<meta name="generator" content="blogger">'), ["feeds/posts/default"]),
        (page(""), ["feed/", "rss", "rss.xml", "feed.xml"]),
    ],
    ids=["alternate", "anchor", "wordpress", "blogger", "guessed"],
)  # fmt: skip
def test_feeds_are_found_from_a_home_page(home, feeds):
    assert list(feed_urls(home, HOME) or guessed_feeds(home, HOME)) == [HOME + feed for feed in feeds]


SAVED = Path(__file__).parents[4] / "shared" / "pages" / "other"


@pytest.mark.skipif(not SAVED.is_dir(), reason="../shared/pages is not here")
@pytest.mark.parametrize("name", ["antaranews-com__1", "detik-com__1", "republika-co-id__1"])
def test_saved_feeds_are_read_whole(name):
    feed = read_feed((SAVED / f"{name}.xml").read_bytes(), HOME)
    assert len(feed.entries) >= 10
    assert all(entry.title and entry.published for entry in feed.entries)
    assert feed.problems == ()
