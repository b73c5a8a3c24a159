"""Offices parted from the name by a body, a clause or another office; [ ] stands around whom the model sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tagger.marking import officials

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Dana cukup, kata Direktur Pembinaan SMA, Kementerian Agama (Kemenag), [Suparman] dalam siaran persnya.",
         "Suparman", "Direktur Pembinaan SMA, Kementerian Agama (Kemenag)"),
        ("Direktur Jenderal Tata Digital, Kementerian Pertanian, [Budi Hartanto] mengatakan sistem siap.",
         "Budi Hartanto", "Direktur Jenderal Tata Digital, Kementerian Pertanian"),
        ("Kepala Bidang Bina Usaha, Dinas Kesehatan Kabupaten Sleman, dr. [Rina Dewi], mengatakan obat cukup.",
         "Rina Dewi", "Kepala Bidang Bina Usaha, Dinas Kesehatan Kabupaten Sleman"),
        ("Sekretaris Direktorat Jenderal Pajak, Kementerian Keuangan, [Tono Wira], membantah.",
         "Tono Wira", "Sekretaris Direktorat Jenderal Pajak, Kementerian Keuangan"),
        ("Direktur Pengawasan Obat, BPOM [Lestari Anggun] menjelaskan hal itu.",
         "Lestari Anggun", "Direktur Pengawasan Obat, BPOM"),
    ],
)  # fmt: skip
def test_an_office_goes_on_over_a_comma_with_its_body(text: str, name: str, office: str, rules: Language) -> None:
    assert officials(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        "Hadir Direktur Pembinaan SMA, Kementerian Agama, Bupati Sleman, dan warga.",
        "Hadir Direktur Toko Maju, PT Angkasa Raya, [Rina Dewi], dan warga.",
        "Hadir Sekretaris, Dinas Kesehatan Kabupaten Sleman, dan [Rina Dewi].",
    ],
)
def test_lists_of_guests_make_no_officials(text: str, rules: Language) -> None:
    assert officials(text, rules) == []


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Menag yang juga Imam Besar Masjid Agung Raya, [Hasan Umar] seusai salat pulang.", "Hasan Umar", "Menag"),
        ("Bupati Sleman sekaligus Pembina Pramuka, [Rina Dewi], hadir.", "Rina Dewi", "Bupati Sleman"),
        ("Imam Besar Masjid Agung Raya yang juga Menteri Agama, [Hasan Umar], hadir.", "Hasan Umar", "Menteri Agama"),
        ("Ketua Bidang Ekonomi PP Gerakan Pemuda, [Hasan Umar], yang juga menjabat sebagai Menteri Agama, hadir.",
         "Hasan Umar", "Menteri Agama"),
    ],
)  # fmt: skip
def test_another_office_stands_between(text: str, name: str, office: str, rules: Language) -> None:
    assert officials(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        "Bupati Sleman yang juga kader partai itu, [Tono Jaya], pulang.",
        "Imam Masjid Agung Raya yang juga Menteri Agama hadir.",
        "Wakil Bupati Sleman juga Pembina Pramuka, dan [Hasan Umar] hadir.",
    ],
)
def test_no_other_office_stands_between(text: str, rules: Language) -> None:
    assert officials(text, rules) == []
