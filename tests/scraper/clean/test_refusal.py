import pytest

from scraper import clean
from scraper.errors import NoArticle
from scraper.page import Page
from tests.timing import at_most

HEADLINES = [
    f"Kecamatan {name} Gelar Pasar Murah Menjelang Hari Raya"
    for name in ("Pelayangan", "Telanaipura", "Jelutung", "Alam Barajo", "Danau Teluk")
]
PARAGRAPHS = [
    "Pasar murah yang digelar pemerintah kota diserbu warga sejak pagi, terutama ibu rumah tangga dari tiga kelurahan.",
    (
        "Beras, minyak goreng dan gula dijual lebih rendah dari harga pasar, dengan batas dua kemasan "
        "untuk setiap pembeli."
    ),
    "Lurah setempat mengatakan kegiatan serupa akan diadakan lagi pekan depan di lapangan kecamatan sebelah.",
]
TEASER = (
    "<div class='item'><h3><a href='/b/{i}'>{headline}</a></h3><p>Warga menyerbu pasar murah yang "
    "digelar pemerintah kecamatan sejak pagi tadi di halaman kantor…</p></div>"
)


def page(title: str, content: str, head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><div class='isi'>{content}</div></body></html>"


def article(head: str = "") -> str:
    return page(
        "Pasar Murah Diserbu Warga",
        "<h1>Pasar Murah Diserbu Warga</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS),
        head,
    )


INDEX = "".join(TEASER.format(i=i, headline=headline) for i, headline in enumerate(HEADLINES))


@pytest.mark.parametrize(
    ("source", "url", "reason"),
    [
        (page("Berita Jambi Terkini Hari Ini", INDEX), None, "home, index or search page|index of teasers"),
        (page("Kabar Kita", INDEX), None, "index of teasers"),
        (page("Kabar Kita", INDEX.replace("…", ".")), "https://kabar.example/", "index"),
        (page("Daerah", INDEX.replace("…", ".")), "https://kabar.example/category/daerah/", "index"),
        (("<?xml version='1.0'?><rss "
"version='2.0'><channel><item><title>Pasar</title></item></channel></rss>"), None, "feed"),
        ("<?xml version='1.0'?><urlset><url><loc>https://kabar.example/</loc></url></urlset>", None, "sitemap"),
        (page("404 Not Found", "<h1>Not Found</h1><p>The requested URL was not found on this server. "
              "Please check the address.</p>"), None, "error"),
        (page("Halaman tidak ditemukan",
              "<p>Maaf, halaman yang anda cari tidak ada atau sudah dipindahkan ke alamat lain.</p>"), None, "error"),
        (page("Just a moment...", "<p>Checking your browser before accessing the site. This process is automatic "
              "and takes a moment.</p>"), None, "challenge"),
        (page("Kabar Kita", "<div id='root'><p>Memuat</p></div>"), None, "scripts draw this page"),
        (page("Kabar Kita", "<p>Masuk</p><form><input name='sandi'></form>"), None, "no running text"),
    ],
)  # fmt: skip
def test_pages_that_are_no_article_are_refused_with_a_reason(source: str, url: str | None, reason: str) -> None:
    with pytest.raises(NoArticle, match=reason):
        clean(source, url)


def test_an_article_stays_one_though_its_canonical_address_is_the_home_page() -> None:
    head = "<link rel='canonical' href='https://kabar.example/'><meta property='og:type' content='website'>"
    assert clean(article(head)).text.split("\n\n") == PARAGRAPHS


def test_the_address_of_an_article_under_a_category_is_no_index() -> None:
    url = "https://kabar.example/category/daerah/pasar-murah-diserbu-warga-tiga-kelurahan"
    assert clean(article(), url).text.split("\n\n") == PARAGRAPHS


def test_related_headlines_do_not_make_an_article_an_index() -> None:
    links = "".join(f"<p><a href='/b/{i}'>{headline}</a></p>" for i, headline in enumerate(HEADLINES))
    source = article().replace("</div></body>", f"{links}</div></body>")
    assert clean(source).text.split("\n\n") == PARAGRAPHS


def test_the_address_of_a_fetched_page_counts() -> None:
    with pytest.raises(NoArticle):
        clean(Page(body=page("Kabar", INDEX).encode(), url="https://kabar.example/indeks"))


def test_elements_for_scripts_to_fill_that_stand_in_each_other_cost_no_more_time() -> None:
    nested = "<div id='root'>" * 240 + "<a>Menu</a>" * 100_000
    with at_most(4), pytest.raises(NoArticle):
        clean(page("Kabar", nested))
