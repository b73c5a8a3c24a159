"""Which regions a text names, and which of those that share a name it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scraper.article import Article, Site
from tagger import tag

if TYPE_CHECKING:
    from spacy.language import Language


def codes(text: str, nlp: Language) -> list[str | None]:
    return [city.code for city in tag(text, nlp).cities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # level words, offices, bodies
        ("Bupati Bandung meninjau sawah.", ["32.04"]),
        ("Wali Kota Bandung meninjau taman.", ["32.73"]),
        ("Pj. Gubernur Lampung tiba.", ["18"]),
        ("Pemkab Bogor membuka posko.", ["32.01"]),
        ("Pemkot Bogor membuka posko.", ["32.71"]),
        ("Pemprov Jabar membuka posko.", ["32"]),
        ("Polda Sumsel merilis data.", ["16"]),
        ("Kapolres Way Kanan AKBP Rudi hadir.", ["18.08"]),
        ("Polres Bogor menahan dua orang.", ["32.01"]),
        ("Polres Bogor Kota menahan dua orang.", ["32.71"]),
        ("Kejari Tanggamus memanggil saksi.", ["18.06"]),
        ("Kab. Sukabumi dilanda angin.", ["32.02"]),
        ("Warga Lampung Barat dan Kaur Bengkulu menunggu.", ["18.04", "17.04", "17"]),
        ("Bibit dari BBPXTP Medan tiba di Kabupaten Sukabumi.", ["12.71", "32.02"]),
        ("Warga kabupaten Lampung Tengah panen.", ["18.02"]),
        # two at once, and lists
        ("Kota dan Kabupaten Bogor sepakat.", ["32.01", "32.71"]),
        ("Kabupaten/Kota Sukabumi sepakat.", ["32.02", "32.72"]),
        ("Warga Bogor, Depok, dan Bekasi mengantre.", ["32.71", "32.76", "32.75"]),
        ("Kabupaten Bogor, Bekasi, dan Karawang sepakat.", ["32.01", "32.16", "32.15"]),
        # the same name elsewhere decides
        ("Bupati Malang tiba. Di Malang ia rapat.", ["35.07"]),
        ("Rapat Pemkot Jambi. Warga Jambi senang.", ["15.71"]),
        ("Warga Jambi senang.", ["15"]),
        ("Banyak wisatawan ke Bandung.", ["32.73"]),
        # provinces and districts beside a name
        ("Seorang petani di Banjar, Kalimantan Selatan, hilang.", ["63.03", "63"]),
        ("Jembatan di Batu, Jawa Timur, rusak.", ["35.79", "35"]),
        ("Rumah di Cileunyi, Bandung, terbakar.", ["32.04"]),
        ("Pasar di Sukmajaya, Depok, sepi.", ["32.76"]),
        ("Rumah di Kecamatan Cipayung Jakarta Timur terbakar.", ["31.75"]),
        # bodies with other heads inside their names
        ("Dinas Koperasi dan Perindustrian Lampung Utara rapat.", ["18.03"]),
        ("Dinas Perumahan dan Kawasan Permukiman Mesuji rapat.", ["18.11"]),
        ("Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Tebo rapat.", ["15.09"]),
        ("Dinas Bina Marga DKI Jakarta rapat.", ["31"]),
        ("Penyaluran Dana Desa Lampung Selatan lancar.", ["18.01"]),
        # a facility lies somewhere, a school is named after it
        ("Rapat di Hotel Merpati Putih Makassar.", ["73.71"]),
        ("Wisuda di Politeknik Negeri Maju Samarinda.", []),
        # spelling
        ("Pangkalpinang, Tanjungpinang, dan Bandarlampung cerah.", ["19.71", "21.72", "18.71"]),
        ("Pemkab Tulangbawang Barat (Tubaba) rapat.", ["18.12"]),
        ("Warga Pesisirbarat dan Lampung tengah.", ["18.13", "18.02"]),
        ("Warga Palangka Raya.", ["62.71"]),
        ("Festival digelar di Yogyakarta.", ["34"]),
        ("Gubernur DI Yogyakarta tiba.", ["34"]),
        ("Wali Kota Yogyakarta rapat di Yogyakarta.", ["34.71"]),
        ("JAMBI LUMPUH, WALI KOTA JAMBI TURUN TANGAN", ["15.71"]),
        ("pemerintah kota bandar lampung membuka pasar murah di lampung", ["18.71", "18"]),
    ],
)
def test_regions(text: str, expected: list[str], rules: Language) -> None:
    assert codes(text, rules) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Medan perang itu sunyi.",
        "Batu itu jatuh dari tebing.",
        "Puncak acara digelar malam ini.",
        "Penyidik Polda Metro Jaya memeriksa saksi.",
        "Wartawan Metro TV meliput.",
        "Universitas Lampung mewisuda mahasiswa.",
        "Persib Bandung menang telak.",
        "Bank Jatim menyalurkan kredit.",
        "Maung Bandung menjamu tamunya di Gelora Bandung Lautan Api.",
        "Warga berkumpul di Jalan Surabaya.",
        "Air Danau Toba surut.",
        "Kapal melintas di Selat Malaka.",
        "Turis asal Malaka, Malaysia, tiba.",
        "Ia menyukai nasi Padang dan bahasa Bali.",
        "Wakil Menteri Bima Arya hadir.",
        "Ia bermain solo dan malang benar nasibnya.",
        "Toko di Jalan ZA. Pagar Alam tutup.",
        "Ia menang di kategori Solo.",
        "Jemaah menginap di Hotel Karim Al Madina.",
    ],
)
def test_no_region(text: str, rules: Language) -> None:
    assert codes(text, rules) == []


def test_a_district_with_a_regions_name_is_no_region(rules: Language) -> None:
    text = "Panen raya di Kecamatan Pesisir Selatan, Kabupaten Pesisir Barat. Warga Seputih Mataram ikut."
    assert codes(text, rules) == ["18.13"]


def test_a_name_glued_to_the_word_before(rules: Language) -> None:
    article = tag("Loket: Halaman Balai WargaJakarta Utara dan PasarKota Baru.", rules)
    assert [city.name for city in article.cities] == ["Kota Jakarta Utara"]
    (mention,) = article.cities[0].mentions
    assert mention.text == "Jakarta Utara"


def test_a_name_glued_to_the_word_after(rules: Language) -> None:
    article = tag("Jakarta BaratPagi: cerah. Siang: BerawanJakarta PusatPagi: hujan.", rules)
    assert [city.name for city in article.cities] == ["Kota Jakarta Barat", "Kota Jakarta Pusat"]
    assert [city.mentions[0].text for city in article.cities] == ["Jakarta Barat", "Jakarta Pusat"]


def test_a_quarter_of_a_city_is_no_regency(rules: Language) -> None:
    assert codes("Rapat digelar di Kuningan, Jakarta Selatan.", rules) == ["31.74"]
    assert codes("Rapat digelar di Depok, Sleman.", rules) == ["34.04"]


def test_the_certain_parent_of_the_only_district_named(rules: Language) -> None:
    (city,) = tag("Gajah masuk kebun di Kecamatan Way Tenong.", rules).cities
    assert (city.code, city.score) == ("18.04", 0.6)
    assert codes("Rapat di Kecamatan Sukajadi.", rules) == []  # several districts have that name


def test_a_body_only_counts_with_the_region_named(rules: Language) -> None:
    cities = tag("Bupati Pringsewu tiba. RSUD Pringsewu penuh.", rules).cities
    assert [len(city.mentions) for city in cities] == [2]


def test_roles(rules: Language) -> None:
    tagged = tag("AMBON, KABARMALUKU.COM – Bupati Buru tiba di Masohi, Maluku Tengah.", rules)
    assert [(city.name, city.role) for city in tagged.cities] == [
        ("Kota Ambon", "dateline"),
        ("Kabupaten Buru", "jurisdiction"),
        ("Kabupaten Maluku Tengah", "mention"),
    ]


def test_a_dateline_that_left_the_text_is_listed_without_mentions(rules: Language) -> None:
    tagged = tag(Article(id="1", text="Hujan turun sejak pagi.", dateline="PALU, KABARSULTENG.COM"), rules)
    assert [(city.code, city.role, city.mentions) for city in tagged.cities] == [("72.71", "dateline", ())]


def test_a_dateline_means_what_the_text_says(rules: Language) -> None:
    tagged = tag(Article(id="1", text="Wali Kota Jambi hadir.", dateline="JAMBI"), rules)
    assert [(city.code, city.role) for city in tagged.cities] == [("15.71", "jurisdiction")]


def test_home_region_of_the_site(rules: Language) -> None:
    article = Article(id="1", text="Warga Bima mengungsi.", site=Site(edition="52.06"))
    assert [city.code for city in tag(article, rules).cities] == ["52.06"]


def test_a_guess_tells_its_alternatives_and_a_lower_score(rules: Language) -> None:
    (guess,) = tag("Banyak wisatawan ke Cirebon.", rules).cities
    (told,) = tag("Bupati Cirebon hadir.", rules).cities
    assert [other.code for other in guess.alternatives] == ["32.09"]
    assert told.alternatives == ()
    assert guess.score < told.score


def test_ibu_kota_nusantara_has_no_code(rules: Language) -> None:
    cities = tag("Istana di Ibu Kota Nusantara (IKN), Kalimantan Timur.", rules).cities
    assert [(city.name, city.code) for city in cities] == [
        ("Ibu Kota Nusantara", None),
        ("Provinsi Kalimantan Timur", "64"),
    ]


def test_a_province_names_itself(rules: Language) -> None:
    (city,) = tag("Gubernur Banten tiba.", rules).cities
    assert (city.name, city.level, city.province) == ("Provinsi Banten", "province", "Provinsi Banten")


def test_evidence_tells_rule_and_cue(rules: Language) -> None:
    entity = next(item for item in tag("Pemkab Tebo rapat.", rules).entities if item.type == "city")
    assert (entity.ref, entity.evidence.by, entity.evidence.cue) == ("cities/0", "rule", "name: Pemkab")
