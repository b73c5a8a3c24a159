"""Metadata of hostile pages: bounded time, no exception, nothing invented."""

from __future__ import annotations

import pytest
from lxml import etree

from scraper.clean.metadata import read_metadata
from scraper.clean.refine import refine
from scraper.sites import site_for
from tests.timing import at_most

BODY = ["Warga bergotong royong membersihkan saluran air di kampung mereka sejak pagi hari."]
P = f"<p>{BODY[0]}</p>"
LD = '<script type="application/ld+json">'
HOST = "<link rel=canonical href=https://jambi.tribunnews.com/2026/01/01/a>"

PAGES = {
    "deep": f"{HOST}<h1>Warga Bersihkan Saluran</h1>" + "<div>" * 50_000 + P,
    "deep heading": "<h1>" + "<span>" * 50_000 + "Warga" + "</span>" * 50_000 + "</h1>" + P,
    "headline at the bottom": "<div>" * 3_000 + "<h1>Warga Bersihkan Saluran</h1>" + P,
    "wide": f"{HOST}<h1>Warga Bersihkan Saluran</h1>" + "<span>a</span>" * 100_000 + P,
    "wide before": "<script>1</script>" * 50_000 + "<i></i>" * 50_000 + f"<h1>Warga Bersihkan Saluran</h1>{P}",
    "metas": "<meta property=og:title content='Judul Berita Panjang'>" * 50_000 + P,
    "headings": "<h1>Warga Bersihkan Saluran Air</h1>" * 20_000 + P,
    "blocks": f'{LD}{{"@type":"NewsArticle","headline":"A B C D","datePublished":"x"}}</script>' * 20_000 + P,
    "long title": "<title>" + "Warga - " * 100_000 + "</title><h1>Warga</h1>" + P,
    "long heading": "<h1>" + "Warga: " * 100_000 + "</h1>" + P,
    "long class": f"<h1>Warga Bersihkan</h1><span class='{'author ' * 100_000}'>Siti Aminah</span>" + P,
    "labels": "<h1>Warga Bersihkan</h1>" + "<div>" + "Penulis: " * 20_000 + "</div>" + "<div>Editor:</div>" * 5_000 + P,
    "digits": "<h1>Warga Bersihkan</h1><div>" + "12/12/" * 40_000 + "</div><div>" + "1:" * 90 + "</div>" + P,
    "spaces": "<h1>Warga Bersihkan</h1><div>" + " \t\u00a0" * 100_000 + "</div>" + P,
    "layer": "<script>dataLayer" + "'author':" * 4_000 + "</script><h1>Warga Bersihkan</h1>" + P,
    "bad addresses": "<link rel=canonical href='http://[::'><meta property=og:url content='http://[x'><h1>Warga</h1>"
    + P,
    "bad numbers": "<meta name=content_total_pages content='99999999999999999999999'><h1>Warga</h1>" + P,
    "arabic digits": "<h1>Warga</h1><div>٢٠٢٤-٠١-٠٢ ٩٩:٩٩</div><meta property=article:published_time content='²⁰²⁴'>"
    + P,
    "nothing": "<html></html>",
}


@pytest.mark.parametrize("name", PAGES)
def test_ends_soon_and_quietly(name: str) -> None:
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    tree = etree.fromstring(f"<html><body>{PAGES[name]}", parser)
    with at_most(6):
        meta = refine(read_metadata(tree, None, site_for(None, tree)), BODY, tree, ["Editor: Siti Aminah"] * 1_000)
    assert {author.name for author in meta.authors} == {"Siti Aminah"}
    assert meta.published is None or meta.published.value.startswith(("2026-01-01", "2024-01-02", "2012-12-12"))
