"""Pages in the structure of national publishers over the years; every text is our own."""

import pytest

from scraper import clean

TITLE = "Pasar Terapung Lok Baru Ramai Lagi Setelah Dermaga Diperbaiki"
A = "Pasar terapung di Lok Baru kembali ramai pada akhir pekan lalu setelah dermaga kayu yang lapuk selesai diperbaiki."
B = (
    '"Dulu pembeli takut naik karena papannya bolong, sekarang mereka datang dari kota," kata '
    "Aminah (52), penjual buah."
)
C = "Dinas perdagangan mencatat 140 jukung berjualan pada hari Minggu, naik dari 90 jukung pada bulan sebelumnya."
D = "Perbaikan berikutnya menyasar jalan masuk dan tempat parkir, yang dijadwalkan rampung sebelum musim libur sekolah."
TEXT = [A, B, C, D]
OTHERS = [
    "Harga Cabai di Banjarbaru Turun Separuh",
    "Sungai Martapura Dibersihkan Seribu Relawan",
    "Sekolah Apung Dapat Panel Surya",
]
LINKS = "".join(f'<li><a href="/b/{i}">{headline}</a></li>' for i, headline in enumerate(OTHERS))


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def page(content: str) -> str:
    return (
        f"<html><head><title>{TITLE}</title><meta property='og:title' content='{TITLE}'></head><body>"
        f"<div class='menu'><a href='/'>Home</a> <a href='/n'>News</a></div><div class='container'>{content}"
        f"<div class='kanan'><div class='box'><h4>Terpopuler</h4><ul>{LINKS}</ul></div></div></div>"
        "<div id='footer'>Copyright © 2020 Kabar Sungai. Alamat redaksi: Jalan Tepian 3. Pedoman media "
        "siber dan karir.</div></body></html>"
    )


FEED = p(
    *[f"Berita berikutnya dalam aliran, kalimat ke-{i}, tentang harga cabai yang turun di pasar." for i in range(6)]
)

PAGES = {
    "detik-2023": f"""<article class="detail"><h1 class="detail__title">{TITLE}</h1>
        <div class="detail__author">Rina Wulandari - <span>kabarSungai</span></div>
        <div class="detail__date">Senin, 06 Nov 2023 20:59 WIB</div>
        <div class="detail__media"><figure><img src="a.jpg"><figcaption class="detail__media-caption">Foto: Pasar
        terapung (Rina/kabar)</figcaption></figure></div>
        <div class="detail__body itp_bodycontent_wrapper"><div class="detail__body-text itp_bodycontent">
        <strong>Banjarmasin</strong> - {p(A)}<div class="aevp"><p class="para_caption">ADVERTISEMENT</p>
        <div class="scroll">SCROLL TO CONTINUE WITH CONTENT</div></div>{p(B)}
        <table class="linksisip"><tbody><tr><td><div class="lihatjg">
        <strong>Baca juga: </strong><a href="/x">{OTHERS[0]}</a></div></td></tr>
        </tbody></table>{p(C, D)}<p><strong>Simak Video "<a href="/v">Pasar Terapung Ramai
        Lagi</a>"</strong><br>[Gambas:Video 20detik]</p><strong>(rwl/dds)</strong>
        <div class="detail__body-tag mgt-16"><div class="nav"><a>pasar terapung</a> <a>banjarmasin</a></div></div>
        </div></div></article>""",
    "jpnn-2021": f"""<h1>{TITLE}</h1><div class="date">Minggu, 18 Juli 2021 – 18:52 WIB</div>
        <div class="page-content"><div itemprop="articleBody">
        <div>{p(f"<strong>kabarsungai.com</strong> , <strong>BANJARMASIN</strong> - {A}", B)}<p><strong>Baca
        Juga:</strong></p><ul><li><a href="/x">{OTHERS[0]}</a></li></ul>{p(C)}<p>Baca Juga: <a
        href='/y'>{OTHERS[1]}</a></p>{p(D)}<p><strong>(rwl/kabar)</strong></p>
        <p><strong>Yuk, Simak Juga Video ini!</strong></p></div></div>
        <div>Redaktur &amp; Reporter : Rina</div></div>""",
    "beritasatu-2020": f"""<h1>{TITLE}</h1><div class="date">Jumat, 9 Oktober 2020 | 14:01 WIB</div>
        <div class="story"><p><b>Banjarmasin, Kabarsungai.com</b> - {A}</p>{p(B)}<div class="bacajuga">
        <b>BACA JUGA</b><p><a href="/x">{OTHERS[0]}</a></p></div>{p(C, D)}<p>Sumber:KabarSungai.com</p>
        <div class="tag-list">TAG: <a>Pasar</a> <a>Banjarmasin</a></div></div>""",
    "viva-2016": f"""<h1>{TITLE}</h1><div class="date">Selasa, 16 Februari 2016 | 13:01 WIB</div>
        <div id="article-content" class="content"><span><div><b>KABAR.co.id</b> - {A}</div><div>&nbsp;</div>
        <div>{B}</div><div>&nbsp;</div><div>{C}</div><div>&nbsp;</div><div>{D}</div></span></div>""",
    "okezone-2015": f"""<h1>Kabar Sungai - Berita dari Tepian</h1><h1>{TITLE}</h1>
        <time>Kamis, 5 November 2015 - 15:56 wib</time><div id="contentx" class="dtlnews">{p(A, B)}<p><strong>(Baca
        juga: <a href="/x">{OTHERS[0]}</a>)</strong></p>{p(C, D)}<p>(rwl)</p></div>""",
    "okezone-2023": f"""<div class="titles"><h1>{TITLE}</h1></div><div class="namerep">
        <a>Rina Wulandari</a>, Jurnalis · Rabu 27 September 2023 16:06 WIB</div>
        <div class="description class-vidy read"><p><strong>BANJARMASIN -</strong> {A}</p>{p(B)}<p><strong>BACA
        JUGA:</strong></p><p><a href="/x">{OTHERS[0]}</a></p>{p(C)}<p>Lihat juga:
        <a>{OTHERS[2]}</a></p>{p(D)}<p>Follow Berita Kabar di Google News</p>
        <p>Dapatkan berita up to date dengan semua berita terkini dari Kabar hanya dengan satu akun di KABAR+</p>
        </div>""",
    "republika-2016": f"""<h1>News</h1><h2>{TITLE}</h2><div class="tgl">Senin, 15 Februari 2016, 16:15 WIB</div>
        <div class="txt-detailberita"><img src="a.jpg"><p>KABAR.CO.ID,BANJARMASIN -- {A}</p>{p(B, C, D)}<p>Red: Rina
        Wulandari</p><p>Rep: Dedi</p></div>""",
    "antara-2015": f"""<h1>{TITLE}</h1><div class="date">Senin, 15 Mei 2017 18:43 WIB | 699 Views</div>
        <div id="content_news">Banjarmasin (KABAR News) - {A}<br /><br />{B}<br /><br />{C}<br /><br />{D}<br /><br
        />Editor: Dedi Saputra<br />COPYRIGHT © KABAR 2017</div>""",
    "tempo-2015": f"""<div class="artikel"><ul class="block-kanal-map"><li><a>home</a></li><li><a>nasional</a></li>
        </ul><h1>{TITLE}</h1><div class="block-tanggal">Kamis, 05 November 2015 | 11:13 WIB</div>
        <div class="deskripsi">Pasar terapung. KABAR/Rina</div><p><strong>KABAR.CO</strong>,
        <strong>Banjarmasin</strong> - {A}<br><br>{B}<br><br>{C}<br><br>{D}<br><br><strong>RINA WULANDARI</strong></p>
        </div>""",
    "kompas-2023": f"""<h1 class="read__title">{TITLE}</h1><div class="read__time">Kabar.com - 02/11/2023, 21:34
        WIB</div><div class="read__content"><div class="photo"><div class="photo__caption">Pasar terapung Lok
        Baru.(KABAR/RINA)</div></div><div class="clearfix"><p><strong>BANJARMASIN, KABAR.com -</strong>
        {A}</p>{p(B)}<p><strong>Baca juga: <a class="inner-link-baca-juga" href="/x">{OTHERS[0]}</a></strong></p>
        <div class="ads-on-body">Iklan</div>{p(C, D)}</div></div><div class="paging__wrap">
        <div class="paging__item">Halaman:</div><div><a class="paging__link">1</a><a
        class="paging__link">2</a><a>Show All</a></div></div>""",
    "today-feed": f"""<div class="main_body"><div><div class="detail"><div class="detail-headline"><h2>{TITLE}</h2>
        <span class="time">04 April 2022, 09:46 WIB</span></div><div class="infinite">
        <div class="infinite-box detail-paragraph">{p(A, B, C, D)}</div></div>
        <div class="infinite"><div class="detail-headline"><h2>{OTHERS[0]}</h2>
        <span class="time">04 April 2022, 10:00 WIB</span></div><div class="infinite-box
        detail-paragraph">{FEED}</div>
        </div></div></div></div>""",
    "liputan6-sections": f"""<h1>{TITLE}</h1><div class="article-content-body multisection" itemprop="articleBody">
        <div class="article-content-body__item"><div class="article-raw-content">
        <p><b>Kabar6.com, Banjarmasin -</b> {A}</p>{p(B)}<div class="baca-juga">
        <p class="baca-juga__header">Baca Juga</p><ul>{LINKS}</ul></div></div>
        <div class="article-content-body__break"><div>2 dari 2 halaman</div></div></div>
        <div class="article-content-body__item"><div class="article-photo">
        <figure><img src="b.jpg"><figcaption>Dermaga baru (Sumber: Instagram/kabar)</figcaption></figure></div>
        <div class="article-raw-content">{p(C, D)}<p>(Rwl/Dds)</p><p><strong>Saksikan Video Pilihan Berikut
        Ini:</strong></p></div></div><div>Lanjutkan Membaca ↓</div></div>""",
    "hidden-parts": f"""<h1>{TITLE}</h1><div class="mdk-news-body"><div class="mdk-date-reporter">
        <span>PERISTIWA | 17 Juni 2021 11:38</span><span>Reporter : Rina</span></div><div class="mdk-body-paragraph">
        <p><b>Kabar.com - </b>{A}</p>{p(B)}<div class="mdk-body-paragraph paging-content"
        style="display:none">{p(C, D)}<p><b>(kbr/rwl)</b></p></div></div><p><strong>Baca juga:</strong></p>
        <p><a>{OTHERS[0]}</a></p><p><a>{OTHERS[1]}</a></p></div>""",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PAGES))
def test_body_is_exact(name: str) -> None:
    assert clean(page(PAGES[name])).text.split("\n\n") == TEXT


def test_subheadings_lists_and_tables_are_text() -> None:
    content = (
        f"<h1>{TITLE}</h1><div class='entry-content'>{p(A)}<h2>Tiga hal yang berubah</h2><ul><li>Dermaga "
        f"lebih lebar</li><li>Lampu tenaga surya</li></ul>{p(B)}<table><tr>"
        "<th>Bulan</th><th>Jukung</th></tr><tr><td>Juni</td><td>90</td></tr><tr>"
        f"<td>Juli</td><td>140</td></tr></table>{p(C)}<blockquote>{D}</blockquote></div>"
    )
    assert clean(page(content)).text.split("\n\n") == [
        A, "Tiga hal yang berubah", "Dermaga lebih lebar", "Lampu tenaga surya", B,
        "Bulan | Jukung", "Juni | 90", "Juli | 140", C, D,
    ]  # fmt: skip


def test_gallery_keeps_its_captions_when_they_are_all_there_is() -> None:
    figures = "".join(
        f"<figure><img src='{i}.jpg'><figcaption>{text}</figcaption></figure>" for i, text in enumerate(TEXT)
    )
    assert clean(page(f"<h1>{TITLE}</h1><div class='gallery'>{figures}</div>")).text.split("\n\n") == TEXT


def test_link_inside_a_sentence_stays() -> None:
    linked = A.replace("dermaga kayu", '<a class="inner-link-baca-juga" href="/d">dermaga kayu</a>')
    assert (
        clean(page(f"<h1>{TITLE}</h1><div class='post-content'>{p(linked, B, C, D)}</div>")).text.split("\n\n") == TEXT
    )


def test_line_break_inside_a_sentence_is_joined() -> None:
    broken = A.replace(" kembali ", "<br>kembali ")
    assert (
        clean(page(f"<h1>{TITLE}</h1><div class='post-content'>{broken}<br><br>{B}<br>{C}<br>{D}</div>")).text.split(
            "\n\n"
        )
        == TEXT
    )


def test_run_in_link_lines_leave_the_paragraph() -> None:
    run_in = f'{B} <strong>Baca juga: <a href="/x">{OTHERS[0]}</a></strong>'
    bracket = C.replace("Minggu", f'Minggu (Baca: <a href="/x">{OTHERS[1]}</a>)')
    assert (
        clean(page(f"<h1>{TITLE}</h1><div class='post-content'>{p(A, run_in, bracket, D)}</div>")).text.split("\n\n")
        == TEXT
    )


def body(content: str) -> list[str]:
    return clean(page(f"<h1>{TITLE}</h1><div class='post-content'>{content}</div>")).text.split("\n\n")


def test_what_stands_above_the_dateline_is_no_text() -> None:
    assert body(p("Ringkasan singkat di atas berita", f"BANJARMASIN, KABAR.com – {A}", B, C, D)) == TEXT


def test_bold_type_tells_where_a_dateline_ends() -> None:
    article = clean(
        page(
            f"<h1>{TITLE}</h1><div class='post-content'><p><b>Kabar6.com, Bandar Lampung</b> {A}</p>{p(B, C, D)}</div>"
        )
    )
    assert article.dateline == "Kabar6.com, Bandar Lampung"
    assert article.text.split("\n\n") == TEXT


def test_slanted_words_under_a_picture_are_its_caption() -> None:
    assert (
        body(f"<p><img src='a.jpg'></p><p><em>Suasana pasar terapung pada pagi hari.</em></p>{p(A, B, C, D)}") == TEXT
    )


def test_first_paragraph_beside_a_picture_is_text() -> None:
    assert body(f"<p><img src='a.jpg'>{A}</p>{p(B, C, D)}") == TEXT


def test_cards_that_are_one_link_are_no_text() -> None:
    cards = "".join(
        f"<a href='/b/{i}'><div><h3>{text}</h3><p>Ringkasan berita itu dalam satu kalimat pendek.</p></div></a>"
        for i, text in enumerate(OTHERS)
    )
    assert body(f"{p(A, B)}<div>{cards}</div>{p(C, D)}") == TEXT


def test_tags_of_word_processors_do_not_break_a_sentence() -> None:
    assert body(p(A.replace("Lok Baru", "<st1:place>Lok Baru</st1:place><o:p></o:p>"), B, C, D)) == TEXT


def test_a_page_inside_one_form_has_an_article() -> None:
    inner = f"<form id='aspnetForm'><div class='post'><h1>{TITLE}</h1>{p(A, B, C, D)}<input name='q'></div></form>"
    assert clean(page(inner)).text.split("\n\n") == TEXT


def test_paragraphs_with_an_unlucky_class_stay() -> None:
    unlucky = "".join(
        f"<p class='{name}'>{text}</p>"
        for name, text in zip(("social-text", "widget", "ads", "related"), TEXT, strict=True)
    )
    assert body(unlucky) == TEXT


def test_subheading_in_bold_after_initials_stays() -> None:
    assert body(f"{p(A, B)}<p>(rwl/dds)</p><p><strong>Tahap kedua</strong></p>{p(C, D)}") == [A, B, "Tahap kedua", C, D]


def test_teasers_below_the_text_go() -> None:
    teasers = p(
        "Harga cabai di pasar induk turun separuh setelah panen raya di tiga…",
        "Seribu relawan membersihkan sungai dari sampah plas…",
    )
    assert body(p(A, B, C, D) + teasers) == TEXT


@pytest.mark.parametrize(
    "names",
    [
        "post-12 post type-post tag-trending category-terkini",
        "entry no-share",
        "has-sidebar post-body",
        "elementor-widget elementor-widget-text-editor",
    ],
)
def test_wrappers_with_slugs_of_the_article_are_no_boilerplate(names: str) -> None:
    teasers = "".join(
        (
            f"<div class='item'><h3><a href='/b/{i}'>{OTHERS[i % 3]} {i}</a></h3><p>Ringkasan berita nomor "
            f"{i} di daftar lain, yang dipotong…</p></div>"
        )
        for i in range(30)
    )
    content = (
        f"<h1>{TITLE}</h1><div class='{names}'>{p(A, B)}</div><div class='{names}'><h2>Tahap "
        f"kedua</h2>{p(C, D)}</div><div class='daftar'>{teasers}</div>"
    )
    assert clean(page(content)).text.split("\n\n") == [A, B, "Tahap kedua", C, D]


def test_table_of_contents_is_no_text() -> None:
    toc = "<div id='ez-toc-container'><p>Daftar Isi</p><ul><li><a href='#satu'>Tahap kedua</a></li></ul></div>"
    assert body(f"{p(A)}{toc}{p(B)}<h2 id='satu'>Tahap kedua</h2>{p(C, D)}") == [A, B, "Tahap kedua", C, D]


@pytest.mark.parametrize("inside", [True, False])
def test_long_comments_are_no_text(inside: bool) -> None:
    said = "".join(
        f"<li><p>Komentar pembaca nomor {i}: saya setuju, dermaga itu memang sudah lama rusak. Semoga terawat.</p></li>"
        for i in range(20)
    )
    comments = f"<div id='comments'><h3>20 Komentar</h3><ol class='comment-list'>{said}</ol></div>"
    content = p(A, B, C, D)
    content = (
        f"<div class='utama'>{content}{comments}</div>" if inside else f"<div class='utama'>{content}</div>{comments}"
    )
    assert clean(page(f"<h1>{TITLE}</h1>{content}")).text.split("\n\n") == TEXT
