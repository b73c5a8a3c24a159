# ruff: noqa: E501 - markup reads best on its own lines
"""Pages in the structure of further themes and of other years of national publishers; every text is our own."""

import pytest

from scraper import clean
from scraper.clean.cleaner import clean_page
from scraper.sites import NO_SITES

TITLE = "Perpustakaan Keliling Singgah di Lima Dusun Lereng Kerinci"
A = "Mobil perpustakaan keliling mulai singgah di lima dusun di lereng Kerinci setiap hari Rabu dan Jumat sejak awal bulan."
B = '"Anak-anak menunggu di pos ronda sejak pukul tujuh, sebagian membawa adiknya," kata Hasanah (41), kader baca dusun.'
C = "Dinas perpustakaan mencatat 320 buku dipinjam pada pekan pertama, paling banyak cerita rakyat dan buku pertanian."
D = "Rute akan ditambah menjadi delapan dusun setelah jalan ke Renah Pemetik selesai dikeraskan pada bulan Oktober."
TEXT = [A, B, C, D]
OTHERS = [
    "Petani Kayu Manis Keluhkan Harga yang Terus Merosot",
    "Air Danau Menyusut, Nelayan Pindah Keramba ke Tengah",
    "Sekolah Filial di Kaki Gunung Dapat Guru Tambahan",
]
TEASER = "Ringkasan kabar lain yang tidak ada hubungannya dengan perpustakaan, dan dipotong di tengah kal…"
LINKS = "".join(f'<li><a href="/b/{i}">{headline}</a></li>' for i, headline in enumerate(OTHERS))
CARDS = "".join(
    f'<div class="card"><h3><a href="/c/{i}">{headline}</a></h3><p>{TEASER}</p></div>'
    for i, headline in enumerate(OTHERS)
)


def p(*paragraphs: str) -> str:
    return "".join(f"<p>{text}</p>" for text in paragraphs)


def page(content: str) -> str:
    return (
        f"<html><head><title>{TITLE}</title><meta property='og:title' content='{TITLE}'></head><body>"
        "<header><ul><li><a href='/'>Beranda</a></li><li><a href='/d'>Daerah</a></li></ul></header>"
        f"<div class='container'>{content}</div><div class='kolom-kanan'><h4>Terpopuler</h4><ul>{LINKS}</ul></div>"
        "<div class='bawah'><p>Kabar Lereng terbit sejak 2012 dari Sungai Penuh. Alamat redaksi: Jalan Teh 7.</p>"
        "<p>© 2024 Kabar Lereng. Pedoman Media Siber | Redaksi</p></div></body></html>"
    )


def own(*paragraphs: str) -> str:
    return "<br><br>".join(paragraphs)


THREAD = "".join(
    f"<div><b>Pembaca {i}</b><p>Semoga mobil itu sampai juga ke dusun kami yang ke-{i}. Anak-anak menunggu sejak lama.</p></div>"
    for i in range(30)
)

PAGES = {
    "thread-longer-than-the-article": f"""<h1>{TITLE}</h1><div class="waktu">4 Maret 2024, 09:10 WIB</div><div class="teks">{p(*TEXT)}
        </div><div><h3>30 Komentar</h3>{THREAD}</div>""",
    "thread-inside-the-container": f"""<h1>{TITLE}</h1><div class="waktu">4 Maret 2024, 09:10 WIB</div><div class="entry-content">
        {p(*TEXT)}<div><h4>Komentar (30)</h4>{THREAD}</div></div>""",
    "label-glued-to-its-link": f"""<h1>{TITLE}</h1><div class="waktu">4 Maret 2024, 09:10 WIB</div><div class="teks">{p(A, B)}<div>
        <span>Baca Juga</span><a href="/b/9">{OTHERS[0]}</a></div>{p(C, D)}<p><em>Redaksi menerima tulisan dari pembaca. Kirim
        ke alamat surel kami.</em></p></div>""",
    "entries": f"""<article class="live"><h1>{TITLE}</h1><div class="date">4 Maret 2024, 09:10 WIB</div><div class="live-body">
        <p>{A}</p>{"".join(f'<div class="live-item"><p>{text}</p></div>' for text in TEXT[1:])}</div></article>
        <div class="terkait"><h3>Artikel Terkait</h3>{CARDS}</div>""",
    "paywall": f"""<article><h1>{TITLE}</h1><div class="date">4 Maret 2024, 09:10 WIB</div><section class="isi-artikel">{p(*TEXT)}
        <div class="premium-box"><h3>Lanjutkan membaca</h3><p>Paket hemat mulai dari Rp30.000 per bulan. Bayar dengan dompet
        digital apa saja.</p><a>Langganan</a></div></section></article>""",
    "pages-below-their-label": f"""<div class="isi"><h1>{TITLE}</h1><div class="waktu">4 Maret 2024, 09:10 WIB</div><div class="teks">
        {p(*TEXT)}<p style="text-align:center">Halaman :<br><strong>1</strong> <a href="/x/2">2</a></p></div></div>""",
    "covernews": f"""<article class="af-single-article"><div class="entry-content-wrap"><header class="entry-header">
        <h1 class="entry-title">{TITLE}</h1><span class="author-links"><a>Rina</a></span><span class="item-metadata posts-date">
        4 Maret 2024</span><span class="min-read">3 min read</span></header><div class="post-thumbnail"><img src="a.jpg">
        <p class="aft-image-caption">Mobil perpustakaan di pos ronda.</p></div><div class="entry-content">{p(*TEXT)}
        <div class="post-item-metadata entry-meta"><span class="tags-links">Tags: <a>buku</a></span></div>
        <nav class="navigation post-navigation"><h2 class="screen-reader-text">Continue Reading</h2><div class="nav-links">
        <div class="nav-previous"><a><span class="em-post-navigation">Previous</span> {OTHERS[0]}</a></div>
        <div class="nav-next"><a>Next {OTHERS[1]}</a></div></div></nav></div></div></article>
        <div class="promotionspace enable-promotionspace"><div class="af-reated-posts"><h4 class="widget-title">
        <span>More Stories</span></h4>{CARDS}</div></div>""",
    "colormag": f"""<article class="post"><div class="article-content clearfix"><div class="above-entry-meta">
        <a>Daerah</a></div><h1 class="entry-title">{TITLE}</h1><div class="below-entry-meta"><span class="posted-on">
        <time class="entry-date published" datetime="2024-03-04T09:10:00+07:00">4 Maret 2024</time></span>
        <span class="byline"><span class="author vcard"><a>Rina</a></span></span></div><div class="entry-content clearfix">
        {p(*TEXT)}</div></div></article><ul class="default-wp-page clearfix"><li class="previous"><a>← {OTHERS[0]}</a></li>
        <li class="next"><a>{OTHERS[1]} →</a></li></ul><div class="author-box"><h4 class="author-name">Rina</h4>
        <p class="author-description">Rina menulis tentang pendidikan dan desa sejak tahun 2015 untuk Kabar Lereng.</p></div>
        <div class="related-posts-wrapper"><h4 class="related-posts-main-title">You May Also Like</h4>{CARDS}</div>""",
    "mh-magazine": f"""<article><header class="entry-header mh-clearfix"><h1 class="entry-title">{TITLE}</h1>
        <p class="mh-meta entry-meta"><span class="entry-meta-date updated">4 Maret 2024</span></p></header>
        <div class="mh-social-top"><span>Facebook</span></div><div class="entry-content mh-clearfix">
        <figure class="entry-thumbnail"><img src="a.jpg"><figcaption class="wp-caption-text">Pos ronda.</figcaption></figure>
        {p(*TEXT)}<div class="mh-social-bottom">Facebook Twitter</div></div><div class="entry-tags mh-clearfix"><ul><li>
        <a>buku</a></li></ul></div></article><div class="mh-author-box"><h5>About Rina</h5><div>Rina menulis dari Kerinci.
        </div></div><nav class="mh-post-nav"><a>{OTHERS[0]}</a></nav><h4>Be the first to comment</h4>
        <div id="respond"><h3>Leave a Reply</h3><p>Your email address will not be published.</p></div>""",
    "newsup": f"""<div class="mg-blog-post-box"><div class="mg-header"><div class="mg-blog-category"><a>Daerah</a></div>
        <h1 class="title single"><a title="Permalink to: {TITLE}">{TITLE}</a></h1><div class="media mg-info-author-block">
        <h4 class="media-heading"><span>By</span><a>Rina</a></h4><span class="mg-blog-date">Mar 4, 2024</span></div></div>
        <img src="a.jpg"><article class="page-content-single small single">{p(*TEXT)}<div class="post-share"><a>Facebook</a>
        </div><div class="clearfix mb-3"></div><nav class="navigation post-navigation"><h2>Post navigation</h2>
        <div class="nav-links"><div class="nav-previous"><a>{OTHERS[0]}</a></div></div></nav></article></div>
        <div class="media mg-info-author-block"><a class="mg-author-pic"></a><div class="media-body"><h4>By <a>Rina</a></h4>
        <p></p></div></div><div class="mg-featured-slider p-3 mb-4"><h4>Related Post</h4>{CARDS}</div>""",
    "drupal": f"""<h1 id="page-title">{TITLE}</h1><div class="node node-article"><div class="submitted">Submitted by admin on
        Sen, 03/04/2024 - 09:10</div><div class="content clearfix"><div class="field field-name-field-image"><img src="a.jpg">
        </div><div class="field field-name-body field-type-text-with-summary"><div class="field-items">
        <div class="field-item even" property="content:encoded">{p(*TEXT)}</div></div></div>
        <div class="field field-name-field-tags"><h3>Tags:</h3><ul class="links"><li><a>buku</a></li></ul></div></div>
        <ul class="links inline"><li><a>Log in to post comments</a></li></ul></div>""",
    "k2": f"""<div id="k2Container" class="itemView"><div class="itemHeader"><span class="itemDateCreated">Monday, 04 March 2024
        09:10</span><h2 class="itemTitle">{TITLE}</h2><span class="itemAuthor">Written by <a>Rina</a></span></div>
        <div class="itemToolbar"><ul><li>font size</li><li><a>Print</a></li><li><a>Email</a></li></ul></div>
        <div class="itemBody"><div class="itemImageBlock"><span class="itemImage"><img src="a.jpg"></span>
        <span class="itemImageCaption">Mobil perpustakaan di pos ronda</span></div><div class="itemIntroText">{p(A)}</div>
        <div class="itemFullText">{p(B, C, D)}</div><div class="itemContentFooter"><span class="itemHits">Read <b>124</b> times
        </span><span class="itemDateModified">Last modified on Tuesday, 05 March 2024 10:00</span></div></div>
        <div class="itemLatest"><h3>Latest from Rina</h3><ul>{LINKS}</ul></div><div class="itemNavigation">
        <span>More in this category:</span><a>« {OTHERS[0]}</a></div></div>""",
    "wordpress-com": f"""<div class="post"><h2 class="entry-title">{TITLE}</h2><div class="entry">{p(*TEXT)}
        <div class="wpcnt"><div class="wpa"><span class="wpa-about">Iklan</span></div></div><div id="jp-post-flair">
        <div class="sharedaddy"><h3 class="sd-title">Share this:</h3><ul><li><a>Twitter</a></li></ul></div>
        <div class="sharedaddy sd-like"><h3>Menyukai ini:</h3><span>Suka</span> Memuat...</div>
        <div id="jp-relatedposts"><h3><em>Terkait</em></h3></div></div></div><p class="postmetadata">Filed under:
        <a>Daerah</a></p></div>""",
    "jannah": f"""<header><h1 class="post-title entry-title">{TITLE}</h1><div class="post-meta"><span class="date">4 Maret 2024
        </span><span class="meta-views">1.204</span> <span>Less than a minute</span></div></header>
        <div class="entry-content entry clearfix"><div class="stream-item stream-item-above-post-content">iklan</div>{p(A)}
        <div id="inline-related-post" class="mag-box mag-box-title-only mini-posts-box"><div class="container-wrapper">
        <div class="widget-title the-global-title"><div class="the-subtitle">Baca Juga</div></div><ul class="posts-items">
        {LINKS}</ul></div></div>{p(B, C, D)}<div class="post-bottom-meta post-bottom-tags"><div class="post-bottom-meta-title">
        Tags</div><span class="tagcloud"><a>buku</a></span></div></div><div class="share-buttons share-buttons-bottom">
        <a>Facebook</a></div><div class="about-author container-wrapper"><h3>Rina</h3><div class="author-bio">Menulis dari
        kaki gunung. Suka kopi.</div></div><div class="prev-next-post-nav"><a>{OTHERS[0]}</a></div>
        <div id="related-posts"><h3>Artikel Terkait</h3>{CARDS}</div><div id="read-next-block"><h3>Baca Juga</h3>{CARDS}</div>""",
    "td-composer": f"""<div class="tdb_title"><h1 class="tdb-title-text">{TITLE}</h1></div><div class="td_block_wrap
        tdb_single_content td-post-content tagdiv-type"><div class="tdb-block-inner td-fix-index">{p(*TEXT)}</div></div>
        <div class="td_block_wrap tdb_single_next_prev"><div class="tdb-next-post-bg"><span>Previous article</span>
        <a>{OTHERS[0]}</a></div></div><div class="td_block_wrap tdb_single_author_box"><div class="tdb-author-descr">Rina
        menulis dari kaki gunung sejak lama. Ia suka kopi dan buku.</div></div><div class="td_block_wrap td_flex_block_1">
        <h4>Berita Terbaru</h4>{CARDS}</div>""",
    "generatepress": f"""<article class="post" itemtype="CreativeWork"><div class="inside-article"><header class="entry-header">
        <h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date">4 Maret
        2024</time></span> <span class="byline">oleh <span class="author vcard">Rina</span></span></div></header>
        <div class="entry-content" itemprop="text">{p(*TEXT)}</div><footer class="entry-meta"><span class="cat-links">Kategori
        <a>Daerah</a></span><nav id="nav-below" class="post-navigation"><a>{OTHERS[0]}</a></nav></footer></div></article>
        <div class="comments-area"><h3>Tinggalkan komentar</h3></div>""",
    "astra": f"""<article class="ast-article-single"><div class="ast-post-format-"><header><h1 class="entry-title">{TITLE}</h1>
        <div class="entry-meta">Tinggalkan Komentar / <a>Daerah</a> / Oleh <a>Rina</a></div></header>
        <div class="entry-content clear">{p(*TEXT)}</div></div></article><nav class="navigation post-navigation">
        <div class="nav-previous"><a>← Pos Sebelumnya</a></div></nav><div class="ast-single-related-posts-container">
        <h2>Related Posts</h2>{CARDS}</div>""",
    "elementor": f"""<div class="elementor elementor-location-single"><div class="elementor-widget-theme-post-title"><h1>{TITLE}
        </h1></div><div class="elementor-element elementor-widget elementor-widget-theme-post-content"><div
        class="elementor-widget-container">{p(*TEXT)}</div></div><div class="elementor-element elementor-widget
        elementor-widget-post-navigation"><div>Prev {OTHERS[0]}</div></div><div class="elementor-element elementor-widget
        elementor-widget-posts"><h2>Berita Lainnya</h2>{CARDS}</div></div>""",
    "zox": f"""<div id="mvp-article-wrap"><h1 class="mvp-post-title">{TITLE}</h1><div class="mvp-author-info-wrap">Published
        4 Maret 2024 By <a>Rina</a></div><div id="mvp-content-body"><div id="mvp-content-main">{p(A, B)}
        <div class="mvp-post-ad"><span class="mvp-ad-label">Advertisement. Scroll to continue reading.</span></div>{p(C, D)}
        </div><div class="mvp-post-tags"><span class="mvp-post-tags-header">Related Topics:</span><a>buku</a></div>
        <div class="mvp-org-wrap">Kabar Lereng</div><div id="mvp-prev-next-wrap"><span>Up Next</span><p>{OTHERS[0]}</p>
        <span>Don't Miss</span><p>{OTHERS[1]}</p></div><div id="mvp-author-box-wrap"><p>Rina menulis dari kaki gunung.</p></div>
        <div id="mvp-related-posts"><h4>You may like</h4><ul>{LINKS}</ul></div></div></div>""",
    "soledad": f"""<h1 class="post-title single-post-title entry-title">{TITLE}</h1><div class="post-entry blockquote-style-1">
        <div class="inner-post-entry entry-content" id="penci-post-entry-inner">{p(A)}<div class="penci-inlinerelated-posts">
        <div class="penci-ilrelated-posts"><h3><span>Berita Lain</span></h3><ul>{LINKS}</ul></div></div>{p(B, C, D)}
        <div class="post-tags"><a>buku</a></div></div></div><div class="post-author"><h5>Rina</h5><p>Menulis dari kaki gunung,
        suka kopi dan buku.</p></div><div class="post-pagination"><div class="prev-post"><span>previous post</span>
        <h5>{OTHERS[0]}</h5></div></div><div class="post-related"><h4>You may also like</h4>{CARDS}</div>""",
    "blogger-divs": f"""<h1 class="post-title entry-title">{TITLE}</h1><div class="post-body entry-content" id="post-body-77">
        <div class="separator"><a href="a.jpg"><img src="a.jpg"></a></div><div style="text-align: justify;"><b>KERINCI, KABARLERENG.COM
        –</b> {A}</div><div style="text-align: justify;"><br></div><div style="text-align: justify;">{B}</div><div><br></div>
        <div><b>Baca Juga:</b> <a href="/x">{OTHERS[0]}</a></div><div><br></div><div style="text-align: justify;">{C}</div><div>
        <br></div><div style="text-align: justify;">{D} <b>(rwl)</b></div></div><div class="post-footer">Share: <a>Facebook</a>
        </div><div class="related-post" id="related-post"><h4>Berita Terkait</h4></div><div class="blog-pager"><a>Posting Lama</a></div>""",
    "blogger-word": f"""<h1 class="post-title">{TITLE}</h1><div class="post-body">{''.join(
        f'<p class="MsoNormal" style="text-align: justify;"><span lang="IN" style="font-family: Arial;">{text}<o:p></o:p></span></p>'
        for text in TEXT)}<p class="MsoNormal"><b>Penulis: Rina Wulandari</b></p><p>Bacaan Lainnya:</p><ul>{LINKS}</ul></div>""",
    "cnn": f"""<h1 class="title">{TITLE}</h1><div class="date">Senin, 04 Mar 2024 09:10 WIB</div><div id="detikdetailtext"
        class="detail_text"><strong>Kerinci, Kabar Lereng</strong> -- {p(A)}<div class="paradetail"><p class="para_caption">
        ADVERTISEMENT</p><div class="detail_ads">SCROLL TO CONTINUE WITH CONTENT</div></div>{p(B)}<table class="linksisip"><tr>
        <td><div class="lihatjg"><strong>Lihat Juga :</strong><a>{OTHERS[0]}</a></div></td></tr></table>{p(C, D)}
        <p>[Gambas:Video Kabar]</p>{p('<strong>(rwl/dds)</strong>')}<span>[Gambas:Video Kabar]</span></div>
        <div class="detail_tag">TOPIK TERKAIT <a>buku</a></div>""",
    "sindonews": f"""<h1>{TITLE}</h1><div class="time">Senin, 04 Maret 2024 - 09:10 WIB</div><div id="detail-desc"
        class="detail-desc"><strong>KERINCI</strong> - {A}<br><br>{B}<br><br><div class="baca-inline"><div>Baca Juga</div>
        <a>{OTHERS[0]}</a></div>{C}<br><br>{D}<br><br>Baca Juga: <a>{OTHERS[1]}</a><div class="lihat-juga">Lihat Juga: Foto lereng
        </div>(rwl)</div>""",
    "suara": f"""<h1>{TITLE}</h1><div class="writer"><span>Rina</span></div><figure class="img-cover"><img src="a.jpg">
        <figcaption>Mobil perpustakaan. [Kabar/Rina]</figcaption></figure><article class="detail-content detail-berita">
        <p><strong>KabarLereng.com -</strong> {A}</p>{p(B)}<div class="baca-juga-new"><span class="label">Baca Juga:</span>
        <a>{OTHERS[0]}</a></div>{p(C, D)}<p><strong>Kontributor : Rina Wulandari</strong></p></article>
        <div class="tag-header">Tag</div><div class="list-tag"><a># buku</a></div>""",
    "tirto": f"""<h1 class="news-detail-title">{TITLE}</h1><div class="content-text-editor"><span class="tirto">kabar.id</span>
        - {own(A, B)}<br><div class="baca-holder bold"><p>Baca juga:</p><ul class="news">{LINKS}</ul></div>{own(C, D)}<br>
        (kabar.id - Sosial Budaya)<br><br>Penulis: Rina Wulandari<br>Editor: Dedi Saputra</div>""",
    "tempo-2023": f"""<h1 class="title">{TITLE}</h1><p class="date">Senin, 4 Maret 2024 09:10 WIB</p><figure><img src="a.jpg">
        <figcaption>Mobil perpustakaan. KABAR/Rina</figcaption></figure><div class="detail-konten"><p><strong>KABAR.CO</strong>,
        <strong>Kerinci</strong> - {A}</p><div class="advertisement">Iklan</div><p class="scroll">Scroll Untuk Melanjutkan</p>
        {p(B, C, D)}<p>RINA WULANDARI</p><p><strong>Pilihan Editor: <a>{OTHERS[0]}</a></strong></p></div>""",
    "republika-2022": f"""<h1>{TITLE}</h1><div class="date">Senin 04 Mar 2024 09:10 WIB</div><div class="max-card__by">Red: Rina
        </div><div class="article-content"><article><p>KABAR.CO.ID, KERINCI -- {A}</p><p>Advertisement</p>{p(B)}
        <div class="baca-juga"><p>Baca Juga</p><ul>{LINKS}</ul></div>{p(C, D)}<p>sumber : Antara</p></article>
        <div class="taiching"><a>BACA JUGA: Ikuti News Analysis Kabar</a></div></div><div class="tag">Tag <a>buku</a></div>
        <h3>Berita Terkait</h3>{CARDS}<p>Loading...</p>""",
    "viva-2022": f"""<h1 class="main-content-title">{TITLE}</h1><div class="main-content-date">Senin, 4 Maret 2024 - 09:10 WIB</div>
        <div class="main-content-image-caption">Mobil perpustakaan.</div><div class="main-content-detail"><p><strong>Kerinci, KABAR
        –</strong> {A}</p>{p(B)}<div class="main-content-read-more"><div class="main-content-read-title">Baca Juga :</div>
        <a><h3>{OTHERS[0]}</h3></a></div>{p(C)}<div class="main-content-ads">ADVERTISEMENT</div><div
        class="main-content-ads">GULIR UNTUK LANJUT BACA</div>{p(D)}</div><div class="trending">{CARDS}</div>""",
    "merdeka-2024": f"""<h1>{TITLE}</h1><div class="dt-para"><p>Kabar.com - {A}</p>{p(B)}<div class="read-also"><p>Baca juga</p>
        <p><a>{OTHERS[0]}</a></p></div>{p(C, D)}</div><div class="article-author"><span>Artikel ini ditulis oleh</span><div>Editor
        Rina</div><div class="initial">R</div><div>Reporter</div><ul><li>Dedi</li></ul></div>""",
    "beritasatu-2023": f"""<h1>{TITLE}</h1><div class="col b1-article body-content"><p><strong>Kerinci, Kabarlereng.com -
        </strong>{A}</p>{p(B)}<div class="my-4 b1-readalso"><div>BACA JUGA</div><a>{OTHERS[0]}</a></div>{p(C, D)}
        <div class="share">Bagikan</div><p>Simak berita dan artikel lainnya di Google News</p><div>Ikuti terus berita terhangat
        dari Kabarlereng.com via WhatsApp</div></div>""",
    "mediaindonesia-2021": f"""<h1>{TITLE}</h1><span class="meta">Rina Wulandari | Daerah</span><div class="article"><img src="a.jpg">
        <p class="caption">DOK KABAR</p>{p(A, B)}<p><strong>Baca juga: <a>{OTHERS[0]}</a></strong></p>{p(C, D + ' (OL-1)')}
        <p>Cek berita dan artikel yg lain di Google News dan dan ikuti WhatsApp channel kabarlereng.com</p></div>""",
    "kompas-2024": f"""<h1 class="read__title">{TITLE}</h1><div class="read__content"><div class="clearfix"><p><strong>KERINCI,
        KABAR.com</strong> - {A}</p>{p(B)}<p><strong>Baca juga: <a class="inner-link-baca-juga">{OTHERS[0]}</a></strong></p>
        {p(C, D)}<div class="kompasidRec"></div><p><em>Simak breaking news dan berita pilihan kami langsung di ponselmu. Pilih
        saluran andalanmu akses berita Kabar.com WhatsApp Channel : <a>https://www.kabar.example/channel/12</a>. Pastikan kamu
        sudah install aplikasi WhatsApp ya.</em></p></div></div><div class="read__tagging"><div>Tag</div><ul class="tag__article">
        <li><a>buku</a></li></ul></div><div class="commentWrap"><p>Berikan Komentar</p></div>""",
    "kompas-2020": f"""<h1 class="read__title">{TITLE}</h1><div class="read__content"><div class="clearfix"><p><strong>KERINCI,
        KABAR.com</strong> - {A}</p>{p(B, C, D)}<p><em>Dapatkan update berita pilihan dan breaking news setiap hari dari Kabar.com.
        Mari bergabung di Grup Telegram "Kabar.com News Update", caranya klik link <a>https://t.example/kabar</a>, kemudian join.
        Anda harus install aplikasi Telegram terlebih dulu di ponsel.</em></p></div></div>""",
    "detik-2019": f"""<h1>{TITLE}</h1><div class="itp_bodycontent detail_text" id="detikdetailtext"><b>Kerinci</b> - {A}<br><br>
        {B}<br><br><table class="linksisip"><tbody><tr><td><div class="lihatjg"><strong>Baca juga: </strong><a>{OTHERS[0]}</a>
        </div></td></tr></tbody></table>{C}<br><br>{D}<br><br><strong>Tonton video 'Mobil Buku Naik Gunung':</strong><br><br>
        [Gambas:Video 20detik]<br><br>(rwl/dds)<br><div class="detail_tag"><a>buku</a><a>kerinci</a></div></div>""",
    "tribun-2024": f"""<h1 id="arttitle">{TITLE}</h1><div class="side-article txt-article multi-fontsize editcontent"><p>
        <strong>KABARLERENG.COM, KERINCI</strong> - {A}</p><p>{B}</p><p class="baca"><strong>Baca juga: <a>{OTHERS[0]}</a>
        </strong></p><p>{C}</p><p>{D}</p><p>(Kabarlereng.com/Rina Wulandari)</p><p><strong>Simak berita menarik lainnya dari
        Kabarlereng.com di Google News</strong></p><p><em>Artikel ini telah tayang di Kabarlereng.com dengan judul
        {TITLE}</em></p><p><strong>Baca berita Kabarlereng.com lainnya di Google News</strong></p></div>
        <div class="mb20"><a>Halaman 1/2</a><a>Next</a></div>""",
    "inews": f"""<h1>{TITLE}</h1><div class="body-article"><p><strong>KERINCI, kabar.id -</strong> {A}</p>{p(B)}<div
        class="related-inline"><strong>Baca Juga</strong><h3><a>{OTHERS[0]}</a></h3></div>{p(C, D)}<p>Editor : Rina Wulandari</p>
        <p>Follow Berita Kabar di Google News</p><div>Bagikan Artikel:</div></div>""",
    "rri": f"""<h1>{TITLE}</h1><div class="post-desc"><p><strong>KBRN, Kerinci</strong>: {A}</p>{p(B, C, D)}</div><h4>Rekomendasi
        Berita</h4>{CARDS}""",
    "kumparan": f"""<h1>{TITLE}</h1><div data-qa-id="story-body">{''.join(
        f'<div class="Viewweb__StyledView-p5eu6e-0 fl2x"><span class="Textweb__StyledText-sc-1ed9ao-0">{text}</span></div>'
        for text in TEXT)}</div><div class="Viewweb__StyledView-p5eu6e-0"><span>Buku</span><span>Kerinci</span></div>""",
    "plain-table": f"""<table width="100%"><tr><td class="judul">{TITLE}</td></tr><tr><td class="isi"><img src="a.jpg">{own(*TEXT)}
        <br><br>(rwl)</td></tr><tr><td><b>Berita Lainnya</b><ul>{LINKS}</ul></td></tr></table>""",
    "views-in-body": f"""<h1>{TITLE}</h1><div class="entry-content">{p(*TEXT)}<p><i class="icon"></i> Dilihat: 1.204 kali</p>
        <p>Post Views: 88</p><p>Visited 12 times, 1 visit(s) today</p><div class="sosial-bawah"><span>Bagikan ke:</span></div>
        <p><strong>Penulis : Rina</strong></p><p><strong>Editor : Dedi</strong></p><p>Ikuti Berita Kabarlereng di Google News</p>
        <p><a>{OTHERS[0]}</a></p><p>{OTHERS[1]}</p></div>""",
    "comments": f"""<h1>{TITLE}</h1><div class="post-content">{p(*TEXT)}</div><div class="komentar-pembaca"><h3>3 Komentar</h3>
        <ul><li><b>Siti</b><p>Semoga sampai ke dusun kami juga, jalannya sudah bagus.</p></li><li><b>Budi</b><p>Saya sudah pinjam
        dua buku untuk anak saya. Terima kasih.</p></li></ul></div>""",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PAGES))
def test_body_is_exact(name: str) -> None:
    assert clean(page(PAGES[name])).text.split("\n\n") == TEXT


@pytest.mark.parametrize("name", sorted(PAGES))
def test_body_is_exact_without_site_definitions(name: str) -> None:
    assert clean_page(page(PAGES[name]), sites=NO_SITES).text.split("\n\n") == TEXT
