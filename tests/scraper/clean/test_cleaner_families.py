"""Pages in the structure of the template families of regional portals; every text is our own."""

import pytest

from scraper import clean
from scraper.clean.cleaner import clean_page
from scraper.sites import NO_SITES, Registry, default_registry

TITLE = "Jembatan Gantung Sungai Merangin Kembali Dibuka untuk Warga"
LEAD = (
    "Jembatan gantung yang menghubungkan dua desa di tepi Sungai Merangin kembali dibuka untuk warga pada Senin pagi."
)
BODY = [
    (
        "Kepala Dinas Pekerjaan Umum setempat mengatakan perbaikan memakan waktu tiga bulan karena "
        "tiang lama harus diganti."
    ),
    '"Sekarang beban yang boleh lewat paling berat dua ton, jadi truk pasir tetap harus memutar," katanya.',
    "Tiga desa lain menunggu giliran:",
    "Warga berharap jembatan itu tidak lagi putus saat musim hujan, sebab anak-anak berangkat sekolah melewatinya.",
]
LAST = "Pemerintah kabupaten menyiapkan anggaran perawatan Rp 400 juta untuk tahun depan."
TEXT = [LEAD, *BODY, LAST]
RELATED = [
    "Harga Karet Naik Lagi, Petani Bungo Sumringah",
    "Tiga Sekolah di Kerinci Dapat Perpustakaan Keliling",
    "Pasar Angso Duo Tutup Lebih Awal Selama Ramadan",
    "Festival Perahu Naga Digelar di Danau Sipin",
]
LINKS = "".join(f'<li><a href="/b/{i}">{headline}</a></li>' for i, headline in enumerate(RELATED))
TEASERS = "".join(
    f'<div class="item"><a href="/b/{i}"><h3>{headline}</h3></a><p>Ringkasan singkat dari berita lain nomor {i} yang '
    "tidak ada hubungannya dengan jembatan, dipotong di tengah kal…</p></div>"
    for i, headline in enumerate(RELATED)
)
MENU = (
    "<ul>"
    + "".join(f'<li><a href="/k/{k}">{k}</a></li>' for k in ("Daerah", "Kota Jambi", "Ekonomi", "Opini"))
    + "</ul>"
)


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def page(content: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang='id'><head><meta charset='utf-8'><title>{TITLE} - Kabar Hilir</title>"
        f"<meta property='og:title' content='{TITLE}'>{head}</head><body><div id='top'>{MENU}</div>"
        f"<div class='wrap'><div class='main-col'>{content}</div><div class='right-col'>"
        f"<h4>Terpopuler</h4><ul>{LINKS}</ul></div>"
        "</div><div class='bottom'><p>Kabar Hilir adalah portal berita dari tepi sungai. Alamat redaksi "
        "di Muara Bungo, Jambi.</p>"
        "<p>Copyright © 2024 Kabar Hilir</p></div></body></html>"
    ).encode()


FAMILIES = {
    "tagdiv": f"""<article class="post type-post"><header class="td-post-title"><h1 class="entry-title">{TITLE}</h1>
        <div class="td-post-author-name"><div class="td-author-by">Oleh</div> <a href="/a">Rina</a></div>
        <span class="td-post-date"><time class="entry-date updated td-module-date"
        datetime="2024-03-04T09:10:00+07:00">4 Maret 2024</time></span></header>
        <div class="td-post-content tagdiv-type"><div class="td-post-featured-image">
        <figure><img src="j.jpg"><figcaption class="wp-caption-text">Jembatan dilihat dari
        udara.</figcaption></figure></div>
        {p(LEAD, BODY[0])}<div class="td-a-rec td-a-rec-id-content_inline">
        <span class="td-adspot-title">- Advertisement -</span><div>iklan</div></div>
        {p(*BODY[1:], LAST)}<div class="heateor_sss_sharing_container">Bagikan ini: <a>Facebook</a></div>
        <div class="post-views content-post">Post Views: 1.204</div></div>
        <footer><div class="td-post-source-tags"><ul class="td-tags"><li><span>TAGS</span></li>
        <li><a>jembatan</a></li></ul></div></footer></article>
        <div class="td_block_related_posts"><h4>ARTIKEL TERKAIT</h4>{TEASERS}</div>""",
    "wpberita": f"""<div class="gmr-content-metasingle"><time class="entry-date published"
        datetime="2024-03-04T09:10:00+07:00">Senin, 4 Maret 2024</time></div>
        <h1 class="entry-title"><strong>{TITLE}</strong></h1><div class="single-wrap">
        <div class="entry-content entry-content-single clearfix">
        <div class="gmr-banner-beforecontent">iklan</div>{p(LEAD, BODY[0])}<div class="gmr-banner-insidecontent">
        <a>Pasang iklan</a></div>{p(*BODY[1:], LAST)}
        <div class="page-links"><span class="text-page-link">Pages:</span> <a href="/2">2</a></div>
        <footer class="entry-footer-single"><div class="gmr-cf-metacontent">
        <span>Penulis: Rina Wulandari</span><span>Editor: Dedi</span></div>
        <span class="tags-links"><a rel="tag">jembatan</a> <a rel="tag">merangin</a></span></footer></div>
        <div class="gmr-related-post"><h3 class="related-text">Rekomendasi untuk Kamu</h3>
        <div class="wpberita-list-gallery">{TEASERS}</div></div></div>""",
    "newkarma": f"""<div class="col-md-sgl-c"><article><h1 class="entry-title" itemprop="headline">{TITLE}</h1>
        <div class="gmr-metacontent"><span class="posted-on"><time class="entry-date published"
        datetime="2024-03-04">4 Maret 2024</time><time class="updated">5 Maret 2024</time></span><span
        class="view-single">88 Views</spans></div>
        <div class="entry-content entry-content-single" itemprop="text">{p(LEAD, *BODY, LAST)}</div>
        <footer class="entry-footer"><div class="gmr-cf-metacontent"><span>Penulis: Rina</span></div></footer>
        </article>
        <div class="newkarma-core-related-post"><h3 class="related-title">Berita Terkait</h3><ul>{LINKS}</ul></div>
        <div class="gmr-related-infinite"><h3>Don't Miss</h3><div class="item-infinite">
        <div class="entry-content entry-content-archive">{TEASERS}</div></div></div></div>""",
    "jnews": f"""<h1 class="jeg_post_title">{TITLE}</h1><div class="jeg_meta_author">by <a>Rina</a></div>
        <div class="jeg_meta_date"><a>4 Maret 2024</a></div>
        <div class="entry-content no-share"><div class="jeg_share_button"><a>Share on Facebook</a></div>
        <div class="content-inner">{p(LEAD, BODY[0])}
        <div class="jnews_inline_related_post_wrapper left"><div class="jnews_inline_related_post">
        <div class="jeg_postblock_28"><h3></h3><div class="jeg_posts">{TEASERS}</div></div></div></div>
        {p(*BODY[1:], LAST)}<div class="jeg_post_tags"><span>Tags:</span> <a>jembatan</a><a>merangin</a></div></div>
        </div>
        <div class="jeg_share_bottom_container">Share Tweet</div><div id="comments">Discussion about this post</div>""",
    "betterstudio": f"""<h1 class="single-post-title">{TITLE}</h1><div class="post-meta single-post-meta">
        <i class="post-author-name"><b>Rina</b></i><time class="post-published">4 Mar 2024</time></div>
        <div class="entry-content clearfix single-post-content">{p(LEAD)}<div class="bs-irp left bs-irp-text-3">
        <div class="bs-irp-heading"><span>Baca Juga</span></div><ul>{LINKS}</ul></div>
        {p(*BODY, LAST)}</div><div class="entry-terms post-tags"><a rel="tag">jembatan</a></div>""",
    "blogger": f"""<h3 class="post-title entry-title">{TITLE}</h3><span class="post-timestamp"><abbr
        class="published" title="2024-03-03T19:10:00-07:00">Senin, 04 Maret 2024</abbr></span>
        <div class="post-body entry-content" id="post-body-991" itemprop="description articleBody">
        <table class="tr-caption-container"><tr><td><img src="j.jpg"></td></tr><tr>
        <td class="tr-caption">Warga menyeberang jembatan (foto: ist)</td></tr></table>
        {LEAD}<br><br>{BODY[0]}<br><br><b>Baca Juga: <a
        href="/x">{RELATED[0]}</a></b><br><br>{BODY[1]}<br><br>{BODY[2]}<br><br>{BODY[3]}<br><br>{LAST} (rwl)<div
        style="clear: both;"></div></div>
        <div class="post-footer"><span class="post-labels">Label: <a rel="tag">Daerah</a></span></div>
        <div class="comments"><h4>Tidak ada komentar:</h4><p>Posting Komentar</p></div>""",
    "swarakalibata": f"""<div class="main-column-left"><div class="post post-style-1">
        <h2 class="article-title">{TITLE}</h2><div class="info"><span class="date"><b>Admin</b> | Senin, 4 Maret 2024
        - 09:10:11 WIB | dibaca: 120 pembaca</span></div>
        <div class="image2"><img src="j.jpg"><p class="ket_gambar">Jembatan dari sisi utara.</p></div>
        <p class="isi-berita">{LEAD}</p>{p(*BODY, LAST)}
        <div class="addthis_toolbox"><a>Tweet</a></div><img src="berita_terkait.jpg"><ul>{LINKS}</ul>
        <h3>Komentar Via Website : 0</h3><form><input name="nama"></form></div></div>""",
    "jambi-ci": f"""<h1>{TITLE}</h1><b>Senin, 4 Maret 2024 ... 09:10 WIB</b><div
        class='content-news'>iklan<br>{p(LEAD, *BODY, LAST + ' (adv)')}
        <p>Berita Terkait</p><ul>{LINKS}</ul><p>add images</p><strong>(rwl)</strong></div><div class='properties'>
        <a rel="tag">jembatan</a></div>""",
    "contentberita": f"""<h1>{TITLE}</h1><div class="datehour">Senin, 4 Maret 2024 - 09:10 WIB</div>
        <div class="contentberita left"><div class="tagline-top putih">Jembatan difoto dari hilir.</div>
        {p(LEAD, *BODY, LAST)}<p>(rwl/dds)</p></div><div class="bancont right">iklan</div><div class="taglink">
        <a>jembatan</a></div>""",
    "disway": f"""<h1>{TITLE}</h1><div class="post-info"><span class="date">Senin 04-03-2024,09:10 WIB</span>
        Reporter: <b>Rina</b> | Editor: <b>Dedi</b></div>
        <div class="content-article"><figure><img src="j.jpg"><figcaption>Jembatan gantung.-Kabar
        Hilir-</figcaption></figure>{p(LEAD, BODY[0])}<p>BACA JUGA:<a
        href="/x">{RELATED[0]}</a></p>{p(*BODY[1:], LAST)}
        <p>Cek Berita dan Artikel yang lain di <a>Google News</a></p>
        <p>Temukan Berita Terkini kami di WhatsApp Channel</p><p>Sumber: dinas pekerjaan umum</p></div>
        <h4>Terkini</h4>{TEASERS}""",
    "promedia": f"""<h1 class="read__title">{TITLE}</h1><div class="read__info"><div class="read__info__author">
        <a>Rina Wulandari</a></div><div class="read__info__date">- Senin, 4 Maret 2024 | 09:10 WIB</div></div>
        <div class="photo"><div class="photo__caption">Jembatan gantung. (Kabar Hilir)</div></div>
        <article class="read__content clearfix">{p(LEAD, BODY[0])}<p><strong class="read__others">Baca Juga: <a
        class="inner-link-baca-juga" href="/x">{RELATED[0]}</a></strong></p>
        {p(*BODY[1:], LAST + ' (rwl/dds)')}<div class="paging paging--article">
        <span>Halaman:</span> <a class="paging__link paging__link--active">1</a> <a class="paging__link">2</a>
        <a>Selanjutnya</a></div></article>
        <ul class="tag__list"><li><h4><a>jembatan</a></h4></li></ul><div class="latest"><div class="latest__item">
        <h2><a>{RELATED[1]}</a></h2></div></div>""",
    "tribun": f"""<div id="article"><h1 id="arttitle" class="f50 black2 f400 crimson">{TITLE}</h1><div class="mb10">
        <time class="grey">Senin, 4 Maret 2024 09:10 WIB</time></div><div id="penulis">Penulis: Rina</div>
        <div class="side-article txt-article multi-fontsize"><p>Laporan Wartawan Kabar Hilir, Rina Wulandari</p>
        <p><strong>KABARHILIR.ID, BANGKO</strong> - {LEAD}</p><p>{BODY[0]}</p>
        <p class="baca">Baca juga: <a>{RELATED[0]}</a></p>{p(*BODY[1:], LAST)}<p>(*)</p>
        <p>Simak berita terbaru Kabar Hilir di Google News</p></div><div class="tagcloud3"><h5><a>jembatan</a></h5>
        </div><h4>Berita Terkait</h4><ul>{LINKS}</ul></div>""",
    "antara-regional": f"""<h1 class="post-title">{TITLE}</h1><div class="wrap__article-detail-content
        post-content">Bangko (ANTARA) - {LEAD}<br><br>{BODY[0]}<br><br>{BODY[1]}<span class="baca-juga">Baca juga:
        <a>{RELATED[0]}</a></span><br><br>{BODY[2]}<br><br>{BODY[3]}<br><br>{LAST}
        <p class="text-muted">Pewarta : Rina Wulandari<br>Editor: Dedi Saputra<br>COPYRIGHT © KABAR 2024</p>
        <p>Dilarang keras mengambil konten, melakukan crawling atau pengindeksan otomatis untuk AI di situs web ini
        tanpa izin tertulis.</p></div><div class="tags-widget"><a>jembatan</a></div>""",
    "rmol": f"""<h1>{TITLE}</h1><div>SENIN, 04 MARET 2024 , 09:10:00 WIB | <b>LAPORAN: RINA WULANDARI</b></div>
        <div class="post newsContent"><b>RMOLHilir.</b>
        {LEAD}<br><br>{'<br><br>'.join([*BODY, LAST])}<b>[rwl]</b><div class="visible-xs"><a>iklan</a></div>
        </div>{TEASERS}""",
    "opensid": f"""<div class="artikel-inner"><div class="artike-page"><h1>{TITLE}</h1></div><div class="bigmeta">
        <div class="meta-item"><p>04 Maret 2024 09:10:11</p></div><div class="meta-item"><p>Administrator</p></div>
        <div class="meta-item"><p>44 Kali dibaca</p></div></div>
        <div class="artikel-inner-content">{p(LEAD, *BODY, LAST)}</div><div class="share">Bagikan</div></div>
        <div class="komentar"><h3>Kirim Komentar</h3><form><textarea></textarea>[Ganti Gambar]</form></div>
        <div class="widget"><h1>Artikel Populer</h1><ul>{LINKS}</ul></div>""",
    "go-id": f"""<article class="post"><h1 class="entry-title">{TITLE}</h1>
        <p class="meta">Oleh Admin, Senin, 4 Maret 2024 | 09:10 WIB - Redaktur: Dedi - 605</p>
        <div class="entry-content"><p>MEDIA CENTER, Bangko –
        {LEAD}</p>{p(*BODY, LAST + ' (MC. Merangin/rwl)')}<p>Dibaca 45 kali</p></div></article>""",
    "sahifa": f"""<h1 class="name post-title entry-title">{TITLE}</h1>
        <div class="entry">{p(LEAD, *BODY, LAST)}<div class="sharedaddy sd-sharing-enabled">
        <h3 class="sd-title">Share this:</h3><ul><li><a>Facebook</a></li></ul></div>
        <div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3></div><p>Editor : Dedi</p></div>""",
}  # fmt: skip


BOTH_WAYS = pytest.mark.parametrize("sites", [NO_SITES, default_registry()], ids=["generic", "definitions"])


@BOTH_WAYS
@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_body_is_exact_and_title_the_headline(family: str, sites: Registry) -> None:
    article = clean_page(page(FAMILIES[family]), sites=sites)
    assert article.text.split("\n\n") == TEXT
    assert article.title == TITLE


@BOTH_WAYS
def test_long_related_boxes_leave_a_short_article(sites: Registry) -> None:
    box = f"<div class='inline_related_posts'><h3></h3>{TEASERS}</div>"
    content = f"<h1>{TITLE}</h1><div class='entry-content'>{p(LEAD)}{box}{p(LAST)}</div>"
    assert clean_page(page(content), sites=sites).text.split("\n\n") == [LEAD, LAST]


@BOTH_WAYS
def test_the_next_article_of_an_endless_feed_is_left(sites: Registry) -> None:
    def article(title: str, *paragraphs: str) -> str:
        header = f"<header class='td-post-title'><h1 class='entry-title'>{title}</h1></header>"
        return f"<article>{header}<div class='td-post-content'>{p(*paragraphs)}</div></article>"

    following = [f"{text} Itu terjadi di kabupaten tetangga." for text in BODY]
    feed = article(TITLE, LEAD, *BODY, LAST) + article("Pasar Malam Dibuka Lagi di Tepi Danau", *following)
    whole = f"<html><head><title>{TITLE}</title></head><body>{feed}</body></html>"
    assert clean_page(whole, sites=sites).text.split("\n\n") == TEXT


def test_dates_and_bylines_of_cards_below_the_last_paragraph_go() -> None:
    cards = "".join(
        f"<div><h4><a href='/{day}'>Harga Karet Naik Lagi Pekan Ke-{day}</a></h4><div>oleh Rina Wulandari</div>"
        f"<div>{day} Maret 2024</div></div>"
        for day in (4, 5, 6)
    )
    content = f"<h1>{TITLE}</h1><div class='isi'>{p(LEAD, *BODY, LAST)}<div>{cards}</div></div>"
    assert clean_page(page(content), sites=NO_SITES).text.split("\n\n") == TEXT


def test_paragraphs_beside_a_long_list_belong_to_it() -> None:
    items = "".join(f"<li>{text}</li>" for text in [*BODY, *BODY[:2], LAST])
    head = f"<div>{LEAD}</div><div>Inilah tahapnya satu per satu menurut dinas terkait:</div>"
    content = f"<div class='x1'>{head}<ul>{items}</ul></div>"
    assert clean_page(page(content), sites=NO_SITES).text.startswith(LEAD)


def test_paid_article_is_told() -> None:
    article = clean(page(FAMILIES["jambi-ci"]))
    assert article.kind == "advertorial"
    assert {"advertisement", "related-heading", "advertisement-script", "advertorial"} <= {
        r.rule for r in article.removed
    }


def test_dateline_leaves_the_text() -> None:
    assert clean(page(FAMILIES["tribun"])).dateline == "KABARHILIR.ID, BANGKO"
    assert clean(page(FAMILIES["go-id"])).dateline == "MEDIA CENTER, Bangko"
