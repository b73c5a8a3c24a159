"""Articles that a page carries as data for its scripts: found where the page shows none, and never another's."""

from __future__ import annotations

import contextlib
import json
import time
from typing import Any

import pytest

from scraper import clean
from scraper.errors import CleanError, NoArticle
from tests.timing import PATIENCE

TITLE = "Perahu Sehat Layani Tiga Dusun di Hulu Sungai"
URL = "https://kabar.example/daerah/perahu-sehat-layani-tiga-dusun-di-hulu-sungai"
TEXT = (
    "Perahu sehat milik puskesmas mulai melayani tiga dusun terpencil di hulu sungai sejak awal pekan ini.",
    "Petugas membawa obat, vaksin dan alat periksa karena jalan darat belum tersambung ke tiga dusun itu.",
    "Warga diperiksa di balai dusun. Sebanyak 214 orang dilayani dalam dua hari, kata bidan Ratna Wulandari.",
)
OTHERS = (
    "Jembatan gantung di kecamatan sebelah ditutup sementara karena papan lantainya lapuk dimakan usia.",
    "Pengendara diminta memutar lewat jalan desa sampai perbaikan selesai pada pertengahan bulan depan.",
    "Dinas pekerjaan umum menyiapkan papan ulin baru untuk mengganti lantai sepanjang empat puluh meter.",
    "Anggaran perbaikan itu diambil dari pos pemeliharaan rutin, menurut keterangan kepala bidang jembatan.",
)
HTML = "".join(f"<p>{text}</p>" for text in TEXT)
OTHER = {"title": "Jembatan Gantung Ditutup Sementara", "content": "".join(f"<p>{text}</p>" for text in OTHERS)}
PARTS = [{"type": "paragraph", "data": {"text": text}} for text in TEXT]
SPANS = [{"_type": "block", "children": [{"text": text[:30]}, {"text": text[30:]}]} for text in TEXT]
TIPTAP = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": t}]} for t in TEXT]}
LEXICAL = {"root": {"children": [{"type": "paragraph", "children": [{"text": text}]} for text in TEXT]}}
FLAT = [["Reactive", 1], {"state": 2, "data": 3}, {}, {"a": 4, "b": 7}, {"title": 5, "content": 6}, TITLE, HTML,
        {"title": 8, "content": 9}, OTHER["title"], OTHER["content"]]  # fmt: skip


def page(script: str, head: str = f"<title>{TITLE} - Kabar Hulu</title>", body: str = "") -> str:
    return f"<html><head>{head}</head><body><div id='__next'>{body}</div>{script}</body></html>"


def next_data(value: Any) -> str:
    data = json.dumps({"props": {"pageProps": value}, "query": {}}).replace("</", "<\\/")
    return f"<script id='__NEXT_DATA__' type='application/json'>{data}</script>"


def literal(text: str) -> str:
    return json.dumps(text).replace("<", "\\u003C").replace(">", "\\u003E").replace("/", "\\u002F")


def nuxt(*bodies: str) -> str:
    items = ",".join(f"{{id:b,content:{literal(body)},title:a}}" for body in bodies)
    return f"<script>window.__NUXT__=(function(a,b){{return {{data:[{items}]}}}}({literal(TITLE)},7));</script>"


def flat_data(*values: Any) -> str:
    return f"<script type='application/json' id='__NUXT_DATA__'>{json.dumps(values, separators=(',', ':'))}</script>"


WAYS = {
    "Next.js": next_data({"related": [OTHER], "article": {"title": TITLE, "content": HTML}}),
    "labels around it": next_data({"post": {"title": {"rendered": TITLE}, "content": {"rendered": HTML}}}),
    "another key": next_data({"d": {"judul": TITLE, "uraian_lengkap": HTML}, "other": OTHER}),
    "escaped HTML": next_data({"title": TITLE, "isi": HTML.replace("<", "&lt;").replace(">", "&gt;")}),
    "line breaks": next_data({"title": TITLE, "body": "<br><br>".join(TEXT)}),
    "plain text": next_data({"title": TITLE, "isi_berita": "\n\n".join(TEXT)}),
    "a list of texts": next_data({"title": TITLE, "paragraphs": list(TEXT)}),
    "Editor.js": next_data({"title": TITLE, "content": {"time": 1, "blocks": PARTS}}),
    "Editor.js in a string": next_data({"title": TITLE, "content": json.dumps({"time": 1, "blocks": PARTS})}),
    "Portable Text": next_data({"title": TITLE, "body": SPANS}),
    "Tiptap": next_data({"title": TITLE, "content": TIPTAP}),
    "Lexical": next_data({"title": TITLE, "content": LEXICAL}),
    "Nuxt 2": nuxt(HTML),
    "Nuxt 3": flat_data(*FLAT),
    "a store": "<script>window.__INITIAL_STATE__ = " + json.dumps({"a": {"title": TITLE, "body": HTML}}) + ";</script>",
    "a store in a string": "<script>window.__PRELOADED_STATE__ = JSON.parse("
    + literal(json.dumps({"a": {"title": TITLE, "body": HTML}}))
    + ");</script>",
    "SvelteKit": "<script type='application/json' data-sveltekit-fetched>"
    + json.dumps({"status": 200, "body": json.dumps({"title": TITLE, "content": HTML})}).replace("</", "<\\/")
    + "</script>",
    "JSON-LD, HTML": "<script type='application/ld+json'>"
    + json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": HTML}).replace("</", "<\\/")
    + "</script>",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("shown", ["", f"<h1>{TITLE}</h1><p>{TEXT[0]}</p>"])
def test_an_article_that_stands_in_data_alone_is_read(way: str, shown: str) -> None:
    article = clean(page(WAYS[way], body=shown), URL)
    assert article.text == "\n\n".join(TEXT)
    assert (article.title, article.method) == (TITLE, "structured")


def test_what_stands_beside_it_is_read_where_the_page_does_not_tell() -> None:
    told = {
        "title": TITLE,
        "content": HTML,
        "published_at": "2026-03-10T09:30:00+07:00",
        "author": {"name": "Ratna Sari"},
    }
    article = clean(page(next_data({"news": told}), head="<title>Kabar Hulu</title>"), URL)
    assert article.title == TITLE
    assert article.published is not None
    assert article.published.value == "2026-03-10T09:30:00+07:00"
    assert [author.name for author in article.authors] == ["Ratna Sari"]


def test_of_bodies_without_labels_the_described_one_is_taken() -> None:
    described = f"<title>{TITLE}</title><meta name='description' content='{TEXT[0]}'>"
    assert clean(page(nuxt(str(OTHER["content"]), HTML), head=described), URL).text == "\n\n".join(TEXT)
    with pytest.raises(NoArticle):
        clean(page(nuxt(str(OTHER["content"]), HTML)), URL)


def test_boilerplate_and_scripts_in_the_data_go_as_on_a_page() -> None:
    dirty = (
        f"{HTML}<p><strong>Baca juga: <a href='/x'>Jembatan gantung ditutup</a></strong></p><script>alert(1)</script>"
    )
    article = clean(page(next_data({"title": TITLE, "content": dirty + "<p>Editor: Budi Santoso</p>"})), URL)
    assert article.text == "\n\n".join(TEXT)
    assert [(author.name, author.role) for author in article.authors] == [("Budi Santoso", "editor")]


def test_a_page_that_shows_its_article_is_read_as_shown() -> None:
    long = "".join(f"<p>{text} {number}.</p>" for number in range(6) for text in TEXT)
    article = clean(
        page(next_data({"title": TITLE, "content": HTML}), body=f"<h1>{TITLE}</h1><article>{long}</article>")
    )
    assert article.method != "structured"
    assert article.text.count("\n\n") == 17


@pytest.mark.parametrize(
    ("url", "head", "data"),
    [
        ("https://kabar.example/", "<title>Kabar Hulu: berita terkini dari hulu</title>", {"news": [OTHER, OTHER]}),
        ("https://kabar.example/kategori/daerah", f"<title>{OTHER['title']}</title>", {"news": [OTHER]}),
        (URL, f"<title>{TITLE}</title>", {"popular": [OTHER], "article": {"title": TITLE, "content": None}}),
        (URL, f"<title>{TITLE}</title>", {"article": {"title": TITLE, "content": HTML, "is_premium": True}}),
        (URL, f"<title>{TITLE}</title>", {"article": {"title": TITLE, "link_terkait": "https://kabar.example/" * 20}}),
    ],
)  # fmt: skip
def test_what_is_another_articles_or_not_for_everybody_is_not_taken(url: str, head: str, data: Any) -> None:
    with pytest.raises(NoArticle):
        clean(page(next_data(data), head=head), url)


def test_a_page_that_says_that_it_is_paid_for_is_left_alone() -> None:
    walled = f'<title>{TITLE}</title><script type="application/ld+json">{{"isAccessibleForFree": false}}</script>'
    with pytest.raises(NoArticle):
        clean(page(WAYS["Next.js"], head=walled), URL)


@pytest.mark.parametrize(
    "script",
    [
        f"<script id='__NEXT_DATA__' type='application/json'>{'[' * 100_000}</script>",
        f"<script id='__NEXT_DATA__' type='application/json'>{'{' + chr(34) + 'a' + chr(34) + ':'}</script>" * 30,
        next_data([{"title": TITLE, "content": [[{"text": "x"}] * 100] * 200}] * 2),
        next_data({"title": TITLE, "content": "\ud83d" * 500 + "<p>" * 3}),
        next_data({"title": TITLE, "content": "<p>" + "<div>" * 5_000 + "x" * 200}),
        "<script>window.__NUXT__=(" + '\\"' * 500_000 + "</script>",
        "<script>window.__NUXT__=(" + "a:" * 500_000 + "</script>",
        "<script>window.__NUXT__=(" + "window.aaa=" * 100_000 + "</script>",
        flat_data({"a": 1, "b": 1}, "<p>" + "Warga pulang. " * 30_000 + "<p>", *[{"title": 1, "content": 1}] * 20_000),
        flat_data({"a": 1, "b": 1}, [1] * 1_000_000, *[{"title": 1, "content": 1}] * 20_000),
    ],
    ids=range(10),
)
def test_hostile_data_comes_to_an_end_in_time(script: str) -> None:
    began = time.process_time()
    with contextlib.suppress(CleanError):
        clean(page(script), URL)
    assert time.process_time() - began < PATIENCE / 10
