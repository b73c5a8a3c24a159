"""Pages in the structure that page software prints: block themes, page builders, frameworks, old systems."""

from __future__ import annotations

import pytest

from scraper import clean
from scraper.article import Article
from scraper.clean.persons import names_in

TITLE = "Dermaga Apung Teluk Dalam Selesai Diperbaiki"
BODY = [
    "Dermaga apung di Teluk Dalam selesai diperbaiki dan mulai dipakai lagi oleh nelayan sejak Senin pagi.",
    "Kepala desa setempat mengatakan papan yang lapuk diganti dengan kayu ulin dan pelampungnya ditambah enam buah.",
    "“Dulu kami takut menurunkan ikan saat ombak besar, sekarang tidak lagi,” kata seorang nelayan di tepi dermaga.",
    "Perbaikan itu memakan waktu dua bulan dan dibiayai bersama oleh kas desa dan koperasi nelayan.",
]
NEXT = [
    "Kebun bibit di lereng bukit itu kini merawat dua ribu batang mangga yang akan dibagikan kepada warga.",
    "Setiap rumah mendapat tiga batang dan wajib merawatnya sampai berbuah, kata pengurus kelompok tani.",
]
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
LINKS = "".join(f"<li><a href='/b/{i}'>Kabar lain dari pesisir nomor {i}</a></li>" for i in range(4))


def read(content: str, head: str = f"<title>{TITLE} - Kabar Teluk</title>") -> Article:
    page = (
        f"<html lang='id'><head>{head}</head><body><ul class='menu'><li><a href='/'>Beranda</a></li></ul>"
        f"<div class='wrap'>{content}</div><div class='kanan'><h4>Terbaru</h4><ul>{LINKS}</ul></div></body></html>"
    )
    return clean(page)


def paragraphs(article: Article) -> list[str]:
    return article.text.split("\n\n")


def published(meta: str) -> str | None:
    article = read(f"<h1>{TITLE}</h1>{meta}<div class='entry-content'>{TEXT}</div>")
    return article.published.value if article.published else None


DATES = {
    "the change is printed first": (
        "<time class='updated' datetime='2025-03-04T10:18:24+08:00'>4 Maret 2025</time>"
        "<time class='entry-date published' datetime='2025-03-03T14:05:24+08:00'>3 Maret 2025</time>",
        "2025-03-03T14:05:24+08:00",
    ),
    "hAtom calls the only date updated": (
        "<time class='entry-date updated' datetime='2025-03-03T14:05:24+08:00'>3 Maret 2025</time>",
        "2025-03-03T14:05:24+08:00",
    ),
    "the clock is an item of its own": (
        "<ul><li><i class='type-date'>3 Maret 2025</i></li><li><i class='type-time'>14:05 WITA</i></li></ul>",
        "2025-03-03T14:05:00+08:00",
    ),
    "RDFa tells the zone": (
        "<div><span property='dc:created' content='2025-03-03T14:05:00+09:00'>Sen, 03/03/2025 - 14:05</span></div>",
        "2025-03-03T14:05:00+09:00",
    ),
    "the month stands before the day": (
        "<div><span property='dc:created' content='2025-09-01T14:05:00+07:00'>Sen, 09/01/2025 - 14:05</span></div>",
        "2025-09-01T14:05:00+07:00",
    ),
}


@pytest.mark.parametrize("name", DATES)
def test_the_publication_is_told_from_what_stands_beside_it(name: str) -> None:
    meta, value = DATES[name]
    assert published(f"<div class='entry-meta'>{meta}</div>") == value


def test_a_sentence_behind_the_body_tells_when_and_who() -> None:
    footer = (
        "<footer>Tulisan ini dipublikasikan di <a href='/k'>Daerah</a> pada <time class='entry-date' "
        "datetime='2025-03-03T14:05:24+08:00'>3 Maret 2025</time><span> oleh "
        "<a rel='author' href='/author/rina/'>Rina Lestari</a></span>.</footer>"
    )
    article = read(f"<h1>{TITLE}</h1><div class='entry-content'>{TEXT}</div>{footer}")
    assert article.published is not None
    assert article.published.value == "2025-03-03T14:05:24+08:00"
    assert [author.name for author in article.authors] == ["Rina Lestari"]


def test_the_day_of_a_dateline_is_the_last_resort() -> None:
    dated = f"<div class='isi'><p>Teluk Dalam, 2 Maret 2025 - {TEXT[3:]}</div>"
    article = read(f"<h1>{TITLE}</h1>{dated}")
    assert paragraphs(article) == BODY
    assert article.published is not None
    assert article.published.value == "2025-03-02"
    above = read(f"<h1>{TITLE}</h1><div>3 Maret 2025</div>{dated}")
    assert above.published is not None
    assert above.published.value == "2025-03-03"


UNDER_HEADLINE = {
    "age and byline": "<header><span>Daerah</span><h1>{}</h1><div>Oleh Rina Lestari <i>3 jam lalu</i></div></header>",
    "glued": "<h1>{}</h1><div><i>Kabar Teluk</i><i>Akun Resmi</i><i>3 Maret 2025 14:05 WITA</i></div>",
}


@pytest.mark.parametrize("name", UNDER_HEADLINE)
def test_the_date_under_a_headline_inside_the_body_is_no_text(name: str) -> None:
    article = read(f"<article>{UNDER_HEADLINE[name].format(TITLE)}{TEXT}</article>")
    assert paragraphs(article) == BODY


def test_a_short_first_sentence_with_a_date_stays() -> None:
    lead = "Dermaga dibuka pada 3 Maret 2025."
    article = read(f"<article><h1>{TITLE}</h1><p>{lead}</p>{TEXT}</article>")
    assert paragraphs(article) == [lead, *BODY]


def test_the_next_article_of_a_feed_is_not_this_one() -> None:
    following = "".join(f"<p>{paragraph}</p>" for paragraph in [*NEXT, *BODY[::-1]])
    item = "<div class='lanjut'><article><{0}>{1}</{0}><div class='naskah'>{2}</div></article></div>"
    feed = item.format("h1", TITLE, TEXT) + item.format("h2", "Kebun Bibit di Lereng Bukit", following)
    assert paragraphs(read(f"<div id='feed'>{feed}</div>")) == BODY


def test_a_table_of_contents_is_no_text() -> None:
    contents = "<div class='rbtoc'><a href='#a'>Latar Belakang</a><a href='#b'>Rencana Desa</a></div>"
    article = read(f"<h1>{TITLE}</h1><div class='entry-content'>{contents}{TEXT}</div>")
    assert paragraphs(article) == BODY


def test_a_host_and_a_place_with_a_full_stop_are_a_dateline() -> None:
    article = read(f"<h1>{TITLE}</h1><div class='isi'><p>Kabar.polri.go.id – Teluk Dalam. {TEXT[3:]}</div>")
    assert paragraphs(article) == BODY


SITES_TITLE = "<title>DPRD Teluk Dalam</title>"
TITLES = {
    "a class says so": ("<table><tr><td class='judul'>{}</td></tr><tr><td>{}</td></tr></table>", SITES_TITLE),
    "nothing says so": (
        "<table><tr><td>Senin, 3 Maret 2025</td></tr><tr><td><font size='4'><b>{}</b></font></td></tr>"
        "<tr><td>{}</td></tr></table>",
        "<title>:: Kabar Teluk Online ::</title>",
    ),
    "a lesser heading": (
        "<h1>Berita</h1><h3 class='title'>{}</h3><div>{}</div>",
        "<title>Portal Resmi Kota Teluk</title>",
    ),
    "the title is too short for one": (
        "<div class='detail-title'>{}</div><p>Oleh: Rina Lestari (Wartawan Teluk)</p><div class='isi'>{}</div>",
        "<title>Kabar Teluk - Portal Berita Pesisir</title>",
    ),
    "the site's name behind it is unknown": (
        "<h2>Artikel Hukum</h2><h4>{}</h4><div>{}</div>",
        f"<title>{TITLE} - JDIH Teluk Dalam</title>",
    ),
}


@pytest.mark.parametrize("name", TITLES)
def test_the_headline_is_found_where_the_title_is_the_sites(name: str) -> None:
    content, head = TITLES[name]
    assert read(content.format(TITLE, TEXT), head).title == TITLE


def test_a_title_that_is_the_first_half_of_the_headline_does_not_cut_it() -> None:
    whole = f"{TITLE}, Nelayan Senang"
    head = f"<title>Berita Teluk Hari Ini: {TITLE} - Kabar Teluk</title>"
    assert read(f"<h1>{whole}</h1><div>{TEXT}</div>", head).title == whole


BYLINES = {
    "before a bar and a label": (
        "<div><span>Rina Lestari</span><span>|</span><span>Editor: Adi Saputra</span></div>",
        ["Rina Lestari", "Adi Saputra"],
    ),
    "a syndicator's words": ("<span class='byline'>Kisah oleh Rina Lestari</span>", ["Rina Lestari"]),
    "an outlet is no person": ("<a class='info-publisher'><span class='name'>Radar Teluk</span></a>", []),
    "a button and a biography are no persons": (
        "<div class='author-box'><div class='author-name'><a href='/rina'>Rina Lestari</a></div><button>Kirim Pesan"
        "</button><p>Guru yang gemar menulis di sela mengajar dan berkebun.</p></div>",
        ["Rina Lestari"],
    ),
    "an account is no person": ("<div class='post-author'>lpmredaksi</div>", []),
}


@pytest.mark.parametrize("name", BYLINES)
def test_who_wrote_it(name: str) -> None:
    byline, names = BYLINES[name]
    article = read(f"<h1>{TITLE}</h1>{byline}<div>3 Maret 2025 14:05 WIB</div><div class='entry-content'>{TEXT}</div>")
    assert [author.name for author in article.authors] == names


def test_tags_above_an_authors_box_are_no_persons() -> None:
    box = "<p>Tagged as <a>Teluk Dalam</a>, <a>dermaga</a>.</p><div><h6>Author</h6><h4>studio</h4></div>"
    assert read(f"<h1>{TITLE}</h1><div class='entry-content'>{TEXT}</div>{box}").authors == ()


def test_and_joins_no_persons_in_an_offices_name() -> None:
    assert names_in("Dinas Komunikasi dan Informatika", frozenset()) == []
    assert names_in("Rina Lestari dan Adi Saputra", frozenset()) == ["Rina Lestari", "Adi Saputra"]


CALLS = [
    "Ikuti terus perkembangan berita terbaru hanya di Kabar Teluk.",
    "Bagikan artikel ini kepada teman dan keluarga Anda.",
    "Dilarang mengambil dan/atau menayangkan ulang artikel di atas tanpa izin Kabar Teluk.",
]


def test_calls_to_readers_at_the_end_are_no_text() -> None:
    calls = "".join(f"<p>{call}</p>" for call in CALLS)
    article = read(f"<h1>{TITLE}</h1><div class='entry-content'>{TEXT}{calls}</div>")
    assert paragraphs(article) == BODY


SERVICE = [
    "Ikuti lomba dayung itu dengan mendaftar di kantor desa paling lambat hari Jumat.",
    "Kirim karya ke panitia lomba melalui email sebelum tanggal 20 Maret.",
    "“Jangan lupa bagikan info ini kepada warga lain,” kata kepala desa.",
    "Rapat lanjutan digelar pekan depan di balai desa. (sumber: Antara)",
]


@pytest.mark.parametrize("sentence", SERVICE)
def test_last_sentences_that_tell_something_stay(sentence: str) -> None:
    article = read(f"<h1>{TITLE}</h1><div class='entry-content'>{TEXT}<p>{sentence}</p></div>")
    assert paragraphs(article) == [*BODY, sentence.removesuffix(" (sumber: Antara)")]


def test_a_labelled_link_is_no_text() -> None:
    first, *rest = BODY
    link = "<p><b>Lainnya: <a href='/b/9'>Kebun Bibit di Lereng Bukit Mulai Panen</a></b></p>"
    article = read(f"<h1>{TITLE}</h1><div class='isi'><p>{first}</p>{link}<p>{'</p><p>'.join(rest)}</p></div>")
    assert paragraphs(article) == BODY


def test_a_headline_that_counts_is_no_error() -> None:
    title = "404 Balita Ikuti Imunisasi di Teluk Dalam"
    assert read(f"<h1>{title}</h1><div class='isi'>{TEXT}</div>", f"<title>{title}</title>").title == title


def test_the_printers_line_is_no_text() -> None:
    article = read(f"<h2>{TITLE}</h2><div>{TEXT}<p>Dicetak dari situs kabarteluk.id pada 26 November 2025</p></div>")
    assert paragraphs(article) == BODY
