"""Home, section and index pages: articles, sections and the next page of the list."""

from __future__ import annotations

import pytest
from lxml import etree

from scraper.discover.links import IndexPage, read_index
from scraper.discover.trial import Trial, shape
from scraper.sites.definition import SiteDefinition

HOME = "https://contoh.example/"


def page(body: str, head: str = "") -> etree._Element:
    return etree.fromstring(f"<html><head>{head}</head><body>{body}</body></html>", etree.HTMLParser())


def read(body: str, url: str = HOME, head: str = "", **options) -> IndexPage:
    return read_index(page(body, head), url, **options)


def found(index: IndexPage) -> list[str]:
    return [anchor.url.removeprefix(HOME) for anchor in index.articles]


NAV = """
<nav><a href="/">Home</a><a href="/daerah">Daerah</a><a href="/daerah/kota-jambi">Kota Jambi</a>
<a href="/redaksi">Redaksi</a></nav>
"""
CARDS = """
<div><a href="/read/11/banjir-rendam-desa"><img src="a.jpg"></a>
<h2><a href="/read/11/banjir-rendam-desa?utm_source=home"> Banjir rendam <b>tiga</b> desa</a></h2></div>
<div><a href="/read/12/harga-cabai-turun" title="Harga cabai turun"></a></div>
<a href="/tag/banjir">banjir</a><a href="javascript:void(0)">Bagikan</a>
<a href="https://iklan.example/read/1/promo-besar-hari-ini">Promo</a>
<a href="/foto">Foto</a>
"""


def test_what_only_the_footer_leads_to_is_no_article_unless_its_address_bears_a_number():
    text = "Cara mengirim tulisan ke redaksi kami"
    body = '<a href="/cara-mengirim-tulisan-ke-redaksi-kami/">{0}</a><a href="/read/1234/banjir-di-tiga-desa">{0}</a>'
    other = '<a href="/warga-mengirim-tulisan-ke-bupati-tebo/">{0}</a>'
    for footer in ("<footer>{}</footer>", "<div id=footer><ul><li>{}</ul></div>"):
        shown = (f"<article><footer>{other}</footer></article>" + footer.format(body + other)).format(text)
        assert found(read(shown)) == ["warga-mengirim-tulisan-ke-bupati-tebo/", "read/1234/banjir-di-tiga-desa"]


def test_articles_come_once_with_their_longest_text():
    index = read(NAV + CARDS)
    assert found(index) == ["read/11/banjir-rendam-desa", "read/12/harga-cabai-turun"]
    assert [anchor.text for anchor in index.articles] == ["Banjir rendam tiga desa", "Harga cabai turun"]


def test_sections_are_short_names_that_lead_to_lists():
    assert read(NAV + CARDS).sections == (HOME + "daerah", HOME + "daerah/kota-jambi", HOME + "foto")


def test_an_address_that_tells_nothing_counts_by_its_headline():
    body = '<a href="/k/a1b2">Wali Kota Jambi resmikan pasar baru</a><a href="/k/c3d4">Selengkapnya</a>'
    assert found(read(body)) == ["k/a1b2"]


def test_a_definitions_pattern_is_believed_first():
    site = SiteDefinition(domains=("contoh.example",), name="Contoh", article_pattern=r"/k/[a-z0-9]{4}$")
    body = CARDS + '<a href="/k/c3d4">Selengkapnya</a><a href="https://jambi.contoh.example/k/e5f6">x</a>'
    assert found(read(body, site=site)) == [
        "read/11/banjir-rendam-desa",  # not of the pattern, but with a headline: the pattern may be out of date
        "k/c3d4",
        "https://jambi.contoh.example/k/e5f6",
    ]


GALLERY = '<a href="/read/99/galeri-foto-hari-lain">Galeri foto hari lain</a>'


def test_trial_teaches_which_shapes_are_articles():
    trial = Trial()
    for number in range(10):
        trial.record(f"{HOME}k/a{number}b2", held=True)
        trial.record(f"{HOME}read/{number}/galeri-foto-hari-ini", held=False)
    assert found(read('<a href="/k/c3d4">x</a>' + GALLERY, trial=trial)) == ["k/c3d4"]
    assert trial.take_changes() == {"contoh.example/k/-": (10, 0), "contoh.example/read/9/---": (0, 10)}
    assert trial.take_changes() == {}
    assert Trial({"contoh.example/k/-": (6, 0)}).verdict(f"{HOME}k/zz99") is True
    assert trial.verdict(f"{HOME}lain/x1y2") is None


def test_a_refused_shape_gets_another_chance():
    trial = Trial({"contoh.example/read/9/---": (0, 10)})
    tried = [n for n in range(400) if trial.verdict(f"{HOME}read/{n}/galeri-foto-hari-ini") is None]
    assert 5 < len(tried) < 60
    for number in tried[:3]:
        trial.record(f"{HOME}read/{number}/galeri-foto-hari-ini", held=True)
    assert found(read(GALLERY, trial=trial)) == ["read/99/galeri-foto-hari-lain"]


def test_a_sections_short_name_says_nothing_about_headlines_beside_it():
    trial = Trial()
    for name in ("kota-jambi", "muaro-jambi", "tanjung-jabung", "batang-hari", "gaya-hidup") * 3:
        trial.record(HOME + name, held=False)
    assert found(read('<a href="/banjir-rendam-tiga-desa-di-tebo">x</a>', trial=trial)) != []


def test_shapes_keep_words_and_fold_numbers_and_slugs():
    assert shape(f"{HOME}daerah/2026/06/01/banjir-surut?b=1&a=2") == "contoh.example/daerah/9/9/9/-?a&b"


@pytest.mark.parametrize(
    ("url", "linked", "articles"),
    [
        ("https://contoh.example/", "https://jambi.contoh.example/read/1/banjir-rendam-desa", 1),
        ("https://www.contoh.example/", "https://contoh.example/read/1/banjir-rendam-desa", 1),
        ("https://jambi.contoh.example/", "https://jambi.contoh.example/read/1/banjir-rendam-desa", 1),
        ("https://contoh.example/", "https://contoh.example.jahat.example/read/1/banjir-rendam-desa", 0),
        ("https://satu.blogspot.com/", "https://dua.blogspot.com/2026/06/banjir-rendam.html", 0),
    ],
)
def test_links_stay_with_the_publisher(url, linked, articles):
    assert len(read(f'<a href="{linked}">Banjir rendam tiga desa</a>', url).articles) == articles


def test_a_region_of_a_defined_network_keeps_to_itself():
    site = SiteDefinition(domains=("contoh.example",), name="Contoh")
    links = "".join(
        f'<a href="https://{host}.contoh.example/">x</a><a href="https://{host}.contoh.example/read/1/banjir-surut-cepat">y</a>'
        for host in ("jambi", "medan", "www")
    )
    region = read(links, "https://jambi.contoh.example/", site=site)
    assert [anchor.url for anchor in region.articles] == ["https://jambi.contoh.example/read/1/banjir-surut-cepat"]
    assert region.sections == ()
    assert len(read(links, HOME, site=site).articles) == 3


def test_a_regional_host_does_not_lead_into_its_sisters():
    own, sister = (
        "https://jambi.contoh.example/read/1/banjir-rendam-desa",
        "https://medan.contoh.example/read/2/banjir-rendam-kota",
    )
    index = read(f'<a href="{own}">a</a><a href="{sister}">b</a>', "https://jambi.contoh.example/")
    assert [anchor.url for anchor in index.articles] == [own]
    index = read(
        f'<a href="{sister}">b</a>', "https://indeks.contoh.example/"
    )  # a host that only lists others' articles
    assert [anchor.url for anchor in index.articles] == [sister]


@pytest.mark.parametrize(
    ("url", "body", "head", "following"),
    [
        ("", "", '<link rel="next" href="/page/2/">', "page/2/"),
        ("", '<a class="next page-numbers" href="/page/2/">»</a>', "", "page/2/"),
        ("daerah", '<a href="/daerah?page=2">Selanjutnya</a>', "", "daerah?page=2"),
        ("daerah?page=2", '<a href="/daerah?page=3">Berikutnya »</a>', "", "daerah?page=3"),
        ("daerah/2", '<a href="/daerah">1</a><a href="/daerah/3">3</a><a href="/daerah/9">9</a>', "", "daerah/3"),
        ("indeks/2026/06/01", '<a href="/indeks/2026/06/01/page/2">2</a>', "", "indeks/2026/06/01/page/2"),
        ("", '<a rel="next" href="?paged=2">Pos-pos lama</a>', "", "?paged=2"),
        ("", '<a class="blog-pager-older-link" href="/search?updated-max=2026-06-01">Postingan Lama</a>', "", None),
        ("", '<a href="/read/11/banjir-rendam-desa">Selanjutnya</a>', "", None),
        ("", '<a href="/tentang">Selanjutnya</a>', "", None),
        ("daerah?page=2", '<a href="/daerah?page=2">Selanjutnya</a>', "", None),
        ("", '<a href="https://lain.example/page/2/">Next</a>', "", None),
        ("daerah", '<a href="/politik/2">2</a>', "", None),
    ],
)  # fmt: skip
def test_the_next_page_of_a_list(url, body, head, following):
    assert read(body, HOME + url, head).following == (following and HOME + following)


def test_a_base_of_ones_own_site_counts_and_a_foreign_one_does_not():
    body = '<a href="read/1/banjir-rendam-desa">Banjir</a>'
    assert found(read(body, HOME + "daerah/x/", '<base href="https://contoh.example/">')) == [
        "read/1/banjir-rendam-desa"
    ]
    assert found(read(body, HOME, '<base href="https://jahat.example/">')) == ["read/1/banjir-rendam-desa"]
