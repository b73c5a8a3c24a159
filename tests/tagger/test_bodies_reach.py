"""How far the names of bodies reach: over hyphens, numerals and brackets, and not into a person or a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagger import tag
from tagger.organizations import tag_organizations

if TYPE_CHECKING:
    from spacy.language import Language


def names(text: str, rules: Language) -> list[str]:
    return [body.name for body in tag(text, rules).organizations]


def names_as_seen(text: str, rules: Language, bodies: tuple[str, ...], persons: tuple[str, ...]) -> list[str]:
    """The names that are found where the model sees each of these words."""
    doc = rules(text)
    spans = [(word, label) for label, words in (("ORG", bodies), ("PER", persons)) for word in words]
    doc.spans["ner"] = [
        doc.char_span(text.index(word), text.index(word) + len(word), label=label) for word, label in spans
    ]
    return [body.name for body in tag_organizations(doc)._.organizations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beras itu dari Yayasan Nurul Huda Al-Kautsar di Desa Sukamaju.", "Yayasan Nurul Huda Al-Kautsar"),
        ("Santri Pondok Pesantren Al-Hikmah menanam padi.", "Pondok Pesantren Al-Hikmah"),
        ("Apel Satgas Pengawalan Capres-Cawapres dimulai.", "Satgas Pengawalan Capres-Cawapres"),
        ("Kampus Institut Teknologi Sepuluh November ramai.", "Institut Teknologi Sepuluh November"),
        ("Ketua Perkumpulan Pedagang Pasar Minggu hadir.", "Perkumpulan Pedagang Pasar Minggu"),
        ("Kepala Kanwil DJP Jawa Timur III hadir.", "Kanwil DJP Jawa Timur III"),
        ("Berkas Kantor Wilayah Direktorat Jenderal Pajak Jawa Barat II tebal.",
         "Kantor Wilayah Direktorat Jenderal Pajak Jawa Barat II"),
        ("Kata Kepala Kanwil DJP Bali I Wayan Kerta, pajak naik.", "Kanwil DJP Bali"),
        ("Kebun milik PT Perkebunan Nusantara (PTPN) VII luas.", "PT Perkebunan Nusantara VII"),
        ("Bidan Puskesmas Tulangbawang l datang.", "Puskesmas Tulangbawang l"),
        ("Murid SDN 03/04 Kampung Baru libur.", "SDN 03/04 Kampung Baru"),
        ("Kata Kementerian Koordinator (Kemenko) Kemaritiman, laut aman.",
         "Kementerian Koordinator (Kemenko) Kemaritiman"),
        ("Beras dari Yayasan Baitul Makmur (YBM) PLN tiba.", "Yayasan Baitul Makmur PLN"),
        ("Direksi PT Nusa Timah (Persero) hadir.", "PT Nusa Timah (Persero)"),
        ("Data Suku Dinas Kesehatan Jakarta Barat lengkap.", "Suku Dinas Kesehatan Jakarta Barat"),
        ("Prajurit Komando Tugas Gabungan Nusa tiba.", "Komando Tugas Gabungan Nusa"),
        ("Kader di Sekolah Partai Nusa Raya belajar.", "Sekolah Partai Nusa Raya"),
        ("Kata kepala Dinas Koperasi, UMK dan Perdagangan, harga turun.", "Dinas Koperasi, UMK dan Perdagangan"),
        ("Toko Badan Usaha Milik Tiyuh (BUMTi) Asri Lestari buka.", "Badan Usaha Milik Tiyuh (BUMTi) Asri Lestari"),
        ("Kantor Balai Konservasi Air Tanah Jalan Kenanga tutup.", "Balai Konservasi Air Tanah"),
    ],
)  # fmt: skip
def test_a_name_goes_on(text: str, expected: str, rules: Language) -> None:
    assert names(text, rules) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saham PT Nusa Timah Raya 30,00% dijual.", "PT Nusa Timah Raya"),
        ("Pabrik PT Nusa Timah 2 juta ton selesai.", "PT Nusa Timah"),
        ("Prajurit Lanud Letnan Waluyo hadir.", "Lanud"),
        ("Babinsa Koramil 410-05 Terjun ke sawah.", "Koramil 410-05"),
    ],
)
def test_a_name_ends(text: str, expected: str, rules: Language) -> None:
    assert names(text, rules) == [expected]


def test_a_villages_hall_is_a_building(rules: Language) -> None:
    assert names("Beras dibagikan di Balai Desa Makmur kemarin.", rules) == []
    assert names("Rapat digelar di Balai Kota Kendari.", rules) == []


def test_a_villages_government_has_the_villages_name(rules: Language) -> None:
    assert names("Pemerintah Pekon Makmur membagikan beras.", rules) == ["Pemerintah Pekon Makmur"]
    assert names("Pemerintah desa dan kelurahan rapat.", rules) == []


@pytest.mark.parametrize(
    "text", ["Menara Astra di Jakarta.", "Menurut Permen ESDM itu.", "Kata Lembaga Penyiaran Publik."]
)
def test_buildings_decrees_and_kinds_are_no_bodies(text: str, rules: Language) -> None:
    assert names(text, rules) == []


@pytest.mark.parametrize(
    ("text", "bodies", "persons", "expected"),
    [
        ("Pengamat Universitas Rakata Sugeng Waluyo hadir.", ("Universitas Rakata",), ("Sugeng Waluyo",),
         "Universitas Rakata"),
        ("Pengamat Universitas Rakata Sugeng Waluyo hadir.", ("Universitas Rakata",), ("Waluyo",),
         "Universitas Rakata"),
        ("Kata RS Mitra Rakata dr Sugeng Waluyo, ia pulih.", ("RS Mitra Rakata",), ("Sugeng Waluyo",),
         "RS Mitra Rakata"),
        ("Dosen Universitas Sugeng Waluyo hadir.", (), ("Sugeng Waluyo",), "Universitas Sugeng Waluyo"),
        ("Kepala Rutan Rakata Sugeng Waluyo hadir.", (), ("Sugeng Waluyo",), "Rutan Rakata"),
        ("Pompa Perumda PDAM Sugeng Waluyo rusak.", (), ("Sugeng Waluyo",), "Perumda PDAM Sugeng Waluyo"),
        ("Ketua PB RAKATA Sugeng Waluyo hadir.", (), ("RAKATA", "Sugeng Waluyo"), "PB RAKATA"),
        ("Pasien Klinik Rakata dan Sugeng Waluyo pulang.", (), ("Sugeng Waluyo",), "Klinik Rakata"),
    ],
)  # fmt: skip
def test_a_name_ends_before_a_person(
    text: str, bodies: tuple[str, ...], persons: tuple[str, ...], expected: str, rules: Language
) -> None:
    assert names_as_seen(text, rules, bodies, persons) == [expected]


def test_dan_parts_two_bodies_that_the_model_sees(rules: Language) -> None:
    seen = ("Bank Rakata Sentosa", "Tirta Lestari Peduli")
    assert names_as_seen("Kata Bank Rakata Sentosa dan Tirta Lestari Peduli, air cukup.", rules, seen, ()) == [*seen]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saham PT Tirta Bersama Raya Tbk naik.", "PT Tirta Bersama Raya Tbk"),
        ("Kepala Badan Pengelola Keuangan dan aset daerah hadir.", "Badan Pengelola Keuangan dan aset daerah"),
        ("Harga dari Asosiasi Petani Batu bara Nusantara turun.", "Asosiasi Petani Batu bara Nusantara"),
        ("Kepala Badan Pengendalian Dampak Lingkungan hadir.", "Badan Pengendalian Dampak Lingkungan"),
        ("Petugas Polres Rakata-Lestari datang.", "Polres Rakata-Lestari"),
    ],
)
def test_a_name_goes_on_as_the_model_sees(text: str, expected: str, rules: Language) -> None:
    assert names_as_seen(text, rules, (expected.removesuffix(" Tbk"),), ()) == [expected]


def test_a_word_that_ends_names_is_of_the_name(rules: Language) -> None:
    assert names_as_seen("Kata Muhammadiyah Green Center, air naik.", rules, ("Muhammadiyah Green",), ()) == [
        "Muhammadiyah Green Center"
    ]


def test_an_office_that_the_model_sees_as_a_place(rules: Language) -> None:
    doc = rules("Warga datang ke Kantor Imigrasi Rakata Lestari kemarin.")
    doc.spans["ner"] = [doc.char_span(16, 46, label="LOC")]
    assert [body.name for body in tag_organizations(doc)._.organizations] == ["Kantor Imigrasi Rakata Lestari"]


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("Manajer Yamaha Team Asia senang.", "Yamaha Team", "Yamaha Team Asia"),
        ("Pabrik Rakata Black & Tanner tutup.", "Tanner", "Rakata Black & Tanner"),
        ("Pabrik Rakata & Tanner tutup.", "Rakata", "Rakata & Tanner"),
        ("Hotel milik Rakata-Belhotel ramai.", "Rakata", "Rakata-Belhotel"),
        ("Ekonom universitas Rakata hadir.", "Rakata", "universitas Rakata"),
        ("Penumpang maskapai Rakata airways turun.", "Rakata", "Rakata airways"),
        ("Petugas BPJN Satker Wilayah 2 datang.", "BPJN Satker Wilayah", "BPJN Satker Wilayah 2"),
        ("Kata bos Rakata Lestari Rakata Lestari untung.", "Rakata Lestari Rakata Lestari", "Rakata Lestari"),
        ("Kata Bos Rakata Lestari, laba naik.", "Bos Rakata Lestari", "Rakata Lestari"),
        ("Ia pindah ke klub Vietnam Rakata Lestari.", "Vietnam Rakata Lestari", "Rakata Lestari"),
        ("Tim Rakata Lestari Pertanyakan hasil.", "Rakata Lestari", "Rakata Lestari"),
    ],
)  # fmt: skip
def test_ends_of_what_only_the_model_sees(text: str, seen: str, expected: str, rules: Language) -> None:
    assert names_as_seen(text, rules, (seen,), ()) == [expected]


def test_a_text_may_end_in_a_word_that_links_names(rules: Language) -> None:
    text = "Rapat itu digelar Dinas Kesehatan untuk"
    assert names_as_seen(text, rules, ("Dinas Kesehatan untuk",), ()) == ["Dinas Kesehatan"]


def test_two_names_that_grow_towards_each_other_share_no_word(rules: Language) -> None:
    text = "Warga menanti LMBY Rakata Kemuning & Grisli di sana."
    assert names_as_seen(text, rules, ("LMBY", "Grisli"), ()) == ["LMBY Rakata Kemuning", "Grisli"]
