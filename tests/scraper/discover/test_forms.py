"""Articles, lists and the rest, told by the form of their addresses."""

from __future__ import annotations

import pytest

from scraper.discover.forms import classify, date_in_path

SITE = "https://contoh.example"

ARTICLES = [
    "/read/12345/banjir-rendam-tiga-desa",
    "/berita/12345/banjir",
    "/berita/d-7012345/banjir-rendam-desa",
    "/2024/01/02/banjir-rendam-desa/",
    "/2024/01/banjir.html",
    "/regional/read/2024/01/02/123456789/Banjir.Rendam.Tiga.Desa",
    "/daerah/banjir-rendam-desa.html",
    "/berita-1234-banjir-rendam-desa.html",
    "/banjir-rendam-tiga-desa-di-batanghari/",
    "/news/daerah/s8f7x2430/banjir-rendam-desa",
    "/index.php/read/news/detail/1234/banjir",
    "/news/detail.php?id=1234",
    "/foto/123456/banjir-rendam-desa",
]
INDEXES = [
    "/",
    "/daerah",
    "/regional/kota-jambi/",
    "/2024/",
    "/2024/01/",
    "/2024/01/02",
    "/kategori/hukum-dan-kriminal",
    "/kategori-12-politik.html",
    "/daerah/page/2/",
    "/indeks?date=2024-01-02",
    "/daerah?page=3",
    "/berita",
    "/terkini",
]
OTHERS = [
    "/tag/banjir",
    "/tag/banjir-rendam-tiga-desa-di-batanghari",
    "/search/label/Jambi",
    "/?s=banjir",
    "/cari?q=banjir+rendam",
    "/author/siti-rahma",
    "/penulis/12/siti-rahma",
    "/redaksi",
    "/pedoman-media-siber/",
    "/pages/tentang-kami",
    "/wp-content/uploads/2024/01/banjir-rendam-desa.jpg",
    "/2024/01/02/banjir-rendam-desa/feed/",
    "/login?next=/read/12345/banjir-rendam-desa",
    "/sitemap.xml",
]


@pytest.mark.parametrize(
    ("path", "kind"),
    [(p, "article") for p in ARTICLES] + [(p, "index") for p in INDEXES] + [(p, "other") for p in OTHERS],
)
def test_the_form_of_an_address_tells_what_it_is(path, kind):
    assert classify(SITE + path) == kind


def test_a_publishers_pattern_has_the_last_word():
    pattern = r"^https://contoh\.example/k/[a-z0-9]+$"
    assert classify(f"{SITE}/k/abc1", pattern) == "article"
    assert classify(f"{SITE}/read/12345/banjir-rendam-tiga-desa", pattern) == "unknown"
    assert classify(f"{SITE}/tag/banjir", pattern) == "other"


@pytest.mark.parametrize(
    ("path", "day"), [("/2024/01/02/x", 1_704_153_600), ("/2024/02/30/x", None), ("/read/20240102/x", None)]
)
def test_a_date_in_the_path(path, day):
    assert date_in_path(SITE + path) == day
