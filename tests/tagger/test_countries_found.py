"""Which countries a text names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagger import tag

if TYPE_CHECKING:
    from spacy.language import Language


def found(text: str, nlp: Language) -> list[str]:
    return [country.alpha2 for country in tag(text, nlp).countries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rusia dan Ukraina berunding.", ["RU", "UA"]),
        ("Cina-Taiwan tegang, China membantah.", ["CN", "TW"]),
        ("Korsel dan Korea bertemu.", ["KR"]),
        ("Korea Utara menembakkan rudal.", ["KP"]),
        ("Presiden AS tiba.", ["US"]),
        ("Siswa SMP itu, yakni MZ 13, NS 12, dan AS 12, ditahan.", []),
        ("WN Malaysia dan warga Filipina dideportasi.", ["MY", "PH"]),
        ("Presiden Guinea Khatulistiwa tiba.", ["GQ"]),
        ("Ekspor ke Papua Nugini naik.", ["PG"]),
        ("Timnas Jersey kalah dari Oman dan Qatar.", ["JE", "OM", "QA"]),
        ("Pemerintah Chad dan Niger sepakat.", ["TD", "NE"]),
        ("Nigeria menang.", ["NG"]),
        ("Presiden RI melantik duta besar.", ["ID"]),
        ("Hong Kong dan Hongkong.", ["HK"]),
        ("Negeri Paman Sam menaikkan tarif.", ["US"]),
        ("Ganda Chinese Taipei kalah, begitu pula tunggal China Taipei.", ["TW"]),
        ("Warga Jalan Malaysia dan Kampung Inggris melihat kapal kelas Kongo.", []),
        ("Kurs yuan China dan rupee India turun.", []),
        ("Balapan di Monaco usai, kiper Canada absen.", ["MC", "CA"]),
        ("Mobil berpelat RI1 lewat, kiper Monaco absen.", []),
        ("Timnas St. Kitts & Nevis menang.", ["KN"]),
    ],
)
def test_countries(text: str, expected: list[str], rules: Language) -> None:
    assert found(text, rules) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ia belajar bahasa Inggris dan etnis Cina.",
        "Rupiah menguat terhadap dolar AS.",
        "Rupiah menguat terhadap dolar Amerika Serikat (AS).",
        "as roda itu patah",
        "AS Roma menang.",
        "Ia memakai Jersey merah.",
        "Pantai Amerika Latin.",
        "Kapal melintas di Laut Cina Selatan.",
        "Siklon itu ada di Laut Filipina.",
        "Warga New Jersey pulang.",
        "Pabrik itu milik Papua.",
        "Polisi menangkap pria berinisial AS. Kini AS ditahan.",
        "Polisi menangkap KM alias AS di rumahnya.",
        "Tiga pelaku itu ialah AS (24), DK (31), dan RT (19).",
    ],
)
def test_no_country(text: str, rules: Language) -> None:
    assert found(text, rules) == []


def test_a_currency_counts_where_the_country_is_named(rules: Language) -> None:
    (country,) = tag("Presiden AS bicara. Kurs dolar AS naik.", rules).countries
    assert [mention.text for mention in country.mentions] == ["AS", "AS"]


def test_indonesia_inside_a_name_counts_with_the_country_named(rules: Language) -> None:
    assert found("Bank Indonesia menahan suku bunga.", rules) == []
    (country,) = tag("Panen raya di Indonesia. Bank Indonesia menahan suku bunga.", rules).countries
    assert len(country.mentions) == 2


def test_ri_after_an_office_has_a_low_score(rules: Language) -> None:
    (part,) = tag("Presiden RI tiba.", rules).countries
    (country,) = tag("Panen raya di Indonesia.", rules).countries
    assert part.score == 0.5
    assert country.score > 0.9


def test_names_and_codes(rules: Language) -> None:
    (country,) = tag("Turis Korsel tiba.", rules).countries
    assert (country.name, country.alpha2, country.alpha3, country.via) == ("Korea Selatan", "KR", "KOR", "alias")
