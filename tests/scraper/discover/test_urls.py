"""Canonical addresses, twins, owners, and articles told by their form."""

from __future__ import annotations

import pytest

from scraper.discover.urls import article_key, canonical_url, registrable_domain, same_article

SITE = "https://contoh.example"


@pytest.mark.parametrize(
    ("found", "canonical"),
    [
        ("HTTPS://Contoh.Example:443/a/../b", f"{SITE}/b"),
        ("/b?utm_source=x&id=2&fbclid=abc#isi", f"{SITE}/b?id=2"),
        ("?b=2&a=1", f"{SITE}/daerah/?b=2&a=1"),
        ("banjir-surut/amp/", f"{SITE}/daerah/banjir-surut/"),
        ("/banjir-surut/amp", f"{SITE}/banjir-surut"),
        ("/banjir?m=1", f"{SITE}/banjir"),
        ("/banjir?AMP=1&UTM_medium=y", f"{SITE}/banjir"),
        ("//dua.example/a b", "https://dua.example/a%20b"),
        ("https://user:rahasia@contoh.example/a", f"{SITE}/a"),
        ("https://m.liputan6.com/news/read/1/banjir", "https://www.liputan6.com/news/read/1/banjir"),
        ("http://0x7f000001/", "http://127.0.0.1/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        (" /daerah\n", f"{SITE}/daerah"),
        ("https://contoh.example./a", f"{SITE}/a"),
        ("/baca;jsessionid=0A1B?id=2&PHPSESSID=9f", f"{SITE}/baca?id=2"),
        ("/baca;halaman=2", f"{SITE}/baca;halaman=2"),
    ],
)
def test_an_address_has_one_form(found, canonical):
    assert canonical_url(found, f"{SITE}/daerah/") == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "found",
    ["javascript:void(0)", "mailto:redaksi@contoh.example", "ftp://contoh.example/", "data:text/html,x", "https://",
     "https://./a", "/a" * 2_000, "https://contoh.example:99999/", "file:///etc/passwd", "\ud800"],
)  # fmt: skip
def test_what_is_no_web_address_is_none(found):
    assert canonical_url(found) is None


@pytest.mark.parametrize(
    "twin",
    ["http://contoh.example/read/1/banjir/", "https://m.contoh.example/read/1/banjir", "https://www.contoh.example/read/1/banjir/amp",
     "https://amp.contoh.example/read/1/banjir?page=all", "https://contoh.example/amp/read/1/banjir?gclid=1#komentar"],
)  # fmt: skip
def test_twins_are_one_article(twin):
    assert same_article(twin, f"{SITE}/read/1/banjir")


def test_spellings_of_one_letter_are_folded_for_comparing_only():
    assert same_article(f"{SITE}/tag/%7ejambi%2dkota?q=%c3%a9", f"{SITE}/tag/~jambi-kota?q=%C3%A9")
    assert not same_article(f"{SITE}/a%2Fb", f"{SITE}/a/b")
    assert canonical_url(f"{SITE}/a%2db") == f"{SITE}/a%2db"


@pytest.mark.parametrize("other", ["/read/1/banjir?page=2", "/read/2/banjir", "/read/1/Banjir?id=3"])
def test_other_pages_are_not(other):
    assert not same_article(SITE + other, f"{SITE}/read/1/banjir")


def test_the_order_of_the_query_is_kept_for_fetching_and_not_for_comparing():
    one, other = canonical_url(f"{SITE}/a?z=1&b=2"), canonical_url(f"{SITE}/a?b=2&z=1")
    assert one != other
    assert article_key(one) == article_key(other)


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("jambi.tribunnews.com", "tribunnews.com"),
        ("portal.jambikota.go.id", "jambikota.go.id"),
        ("sukamaju.desa.id", "sukamaju.desa.id"),
        ("news.example.co.id:8080", "example.co.id"),
        ("kabar.id", "kabar.id"),
        ("www.kabar.id", "kabar.id"),
        ("a.b.blogspot.com", "b.blogspot.com"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("[::1]:80", "[::1]"),
        ("localhost", "localhost"),
    ],
)
def test_a_host_has_an_owner(host, owner):
    assert registrable_domain(host) == owner
