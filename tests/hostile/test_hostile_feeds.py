"""Feeds, sitemaps and index pages that mean harm: each ends in time, in memory, with one clear sentence or none."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from scraper.discover import discover
from scraper.errors import DiscoverError
from scraper.page import Page
from tests.timing import at_most

HOME = "https://contoh.example/"
SECONDS = 25.0  # some take two
MEMORY = 120 * 2**20

ITEM = "<item><title>a</title><link>https://contoh.example/read/1/banjir-surut</link></item>"
LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a1 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(2, 12)) + "]>"
)
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
QUADRATIC = f'<!DOCTYPE r [<!ENTITY x "{"ha" * 50_000}">]>'
PARAMETER = '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'


def rss(inner: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{inner}</channel></rss>'.encode()


def urlset(inner: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'.encode()


def attributes(count: int) -> str:
    return " ".join(f'a{n}="1"' for n in range(count))


REFUSED = {
    "feed: billion laughs": ("feed", rss(f"<item><title>&a11;</title></item>{ITEM}", LAUGHS), "entities"),
    "feed: a file of the machine": ("feed", rss("<item><title>&x;</title></item>", OUTSIDE), "entities"),
    "feed: quadratic blowup": ("feed", rss("&x;" * 10_000, QUADRATIC), "entities"),
    "feed: parameter entity": ("feed", rss(ITEM, PARAMETER), "entities"),
    "feed: 6 MB": ("feed", rss(ITEM + "<!-- -->" * 800_000), "over the cap"),
    "feed: tags without number": ("feed", rss("<a>" * 150_000), "more than 100,000 tags"),
    "feed: attributes without number": ("feed", rss(f"<item {attributes(100_000)}/>"), "no feed's"),
    "feed: namespaces without number": (
        "feed", rss("".join(f'<x{n}:a xmlns:x{n}="u{n}"/>' for n in range(20_000))), "namespaces"
    ),
    "sitemap: billion laughs": ("sitemap", urlset("<url><loc>&a11;</loc></url>", LAUGHS), "entities"),
    "sitemap: a file of the machine": ("sitemap", urlset("<url><loc>&x;</loc></url>", OUTSIDE), "entities"),
    "sitemap: gzip bomb": ("sitemap", gzip.compress(urlset("<url><loc>" + "a" * 60_000_000)), "inflates from"),
    "sitemap: gzip of gzip": ("sitemap", gzip.compress(gzip.compress(urlset("<url></url>"))), "no sitemap"),
    "sitemap: gzip in parts without number": (
        "sitemap", gzip.compress(urlset("")) + gzip.compress(b"") * 2_000, "over 1,000 parts"
    ),
    "posts: nested lists": ("feed", b"[" * 1_000_000, "WordPress"),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_means_harm_is_refused_with_its_reason(kind, body, reason):
    tracemalloc.start()
    try:
        with at_most(SECONDS), pytest.raises(DiscoverError, match=reason) as told:
            discover(Page(body=body, url=HOME), kind)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MEMORY
    assert HOME in str(told.value)
    assert "root:" not in str(told.value)


BORNE = {
    "feed: one item 10,000 times": ("feed", rss(ITEM * 10_000), 1),
    "feed: nested items": ("feed", rss("<item>" * 45_000), 0),
    "feed: CDATA without end": ("feed", rss(ITEM + "<item><title><![CDATA[" * 20_000), 1),
    "feed: ampersands": ("feed", rss(ITEM + "<item><title>" + "&" * 1_000_000), 1),
    "feed: half a million character references": ("feed", rss(ITEM + "<item><title>" + "&#65;" * 500_000), 1),
    "feed: halves of an emoji": ("feed", rss(ITEM + "<item><title>&#55357;&#56832; &#x110000; <b>Banjir"), 1),
    "feed: references to no characters, cut": ("feed", rss(ITEM + "&#xD800; &#999999999;")[:-20], 1),
    "feed: a link that ends behind its item": ("feed", rss('<item><link>a" b="c"/></item></x</link></item>'), 0),
    "feed: references beyond all numbers": ("feed", rss(ITEM + f"<item><title>&#{'9' * 20}; &#x{'9' * 9_000};"), 1),
    "sitemap: a namespace that is no UTF-8": (
        "sitemap", urlset(f"<url><loc>{HOME}read/1/banjir-surut</loc></url>").replace(b"www.", b"&#xD800;"), 0
    ),
    "feed: many links": ("feed", rss("<item>" + "<link>https://contoh.example/read/1/a-b</link>" * 20_000), 1),
    "feed: its links are no web addresses": ("feed", rss("<item><link>javascript:alert(1)</link></item>" * 99), 0),
    "sitemap: nested": ("sitemap", urlset("<url>" * 1_000_000), 0),
    "sitemap: two million empty addresses": ("sitemap", gzip.compress(urlset("<url></url>" * 2_000_000)), 0),
    "sitemap: an address of 9 MB": ("sitemap", urlset("<url><loc>https://contoh.example/" + "a" * 9_000_000), 0),
    "sitemap: ampersands": ("sitemap", urlset("<url><loc>" + "&" * 3_000_000), 0),
    "sitemap: comment without end": ("sitemap", urlset("<!--" + "-" * 5_000_000), 0),
    "index: 200,000 links": (
        "index",
        ("<html>" + "".join(f'<a href="/read/{n}/banjir-surut">x</a>' for n in range(100_000))).encode(),
        5_000,
    ),
    "index: nested links": ("index", b"<html>" + b'<a href="/read/1/banjir-surut">' * 50_000, 1),
    "index: a link of 9 MB": ("index", b'<html><a href="/' + b"a" * 9_000_000 + b'">x</a>', 0),
    "index: its base is elsewhere": (
        "index", b'<html><base href="https://jahat.example/"><a href="/read/1/banjir-surut">x</a>', 1
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "body", "articles"), BORNE.values(), ids=BORNE.keys())
def test_what_is_absurd_is_read_within_bounds(kind, body, articles):
    with at_most(SECONDS):
        try:
            found = discover(Page(body=body, url=HOME), kind).links
        except DiscoverError:
            found = ()
            articles = 0
    assert sum(link.kind == "article" for link in found) == articles
    assert all(link.url.startswith(HOME) for link in found)
