"""Lists of those who take up an office, and offices told of several persons: [ ] stands around whom the model sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tagger.officials import tag_officials
from tagger.person_spans import trim_persons

if TYPE_CHECKING:
    from spacy.language import Language


def officials(text: str, nlp: Language) -> list[tuple[str, str]]:
    """The officials of a text as (name, office)."""
    parts = re.split(r"[][]", text)
    starts = [sum(map(len, parts[:at])) for at in range(len(parts))]
    doc = nlp("".join(parts))
    seen = [(starts[at], starts[at] + len(parts[at])) for at in range(1, len(parts), 2)]
    doc.spans["ner"] = [doc.char_span(*span, label="PER", alignment_mode="expand") for span in seen]
    return [(official.name, official.office) for official in tag_officials(trim_persons(doc))._.officials]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yang dilantik:\n1. [Tri Setia], S.STP., M.M., dari Camat Tepus menjadi Kepala Dinas Perhubungan\n"
         "2. Drs. [Agus Wira], M.Si dari Kepala Dinas Sosial menjadi Staf Ahli Bupati Bidang Hukum\n"
         "3. [Retno Dewi] sebelumnya Sekretaris Dinas Pertanian menjadi Kepala Dinas Ketahanan Pangan",
         [("Tri Setia", "Kepala Dinas Perhubungan"), ("Agus Wira", "Staf Ahli Bupati Bidang Hukum"),
          ("Retno Dewi", "Kepala Dinas Ketahanan Pangan")]),
        ("Yang dilantik adalah [Rusma Hadi] dijabatkan sebagai Kepala Dinas Sosial, [Noor Laila] sebagai Kepala Dinas "
         "Pertanian, [Fathur Roji] sebagai Sekretaris Dinas Kehutanan.",
         [("Rusma Hadi", "Kepala Dinas Sosial"), ("Noor Laila", "Kepala Dinas Pertanian"),
          ("Fathur Roji", "Sekretaris Dinas Kehutanan")]),
        ("Yang dilantik:\n1. [Dahlul Malik], MP (jabatan lama: Kepala Dinas Sosial; jabatan baru: Kepala Dinas "
         "Pertanian)\n2. Drs. [Muh.] [Arsyad], M.M. – Kepala Dinas Perikanan\n3. [Sitti Rahma], S.IP : Sekretaris "
         "Dinas Kesehatan\n4. [Patta Amir], M.Si. dari Kadis Pariwisata ke Kadis Perhubungan\n5. [Satri Lolo], jabatan "
         "lama Kabid Anggaran BPKPD, jabatan baru Sekretaris BPKPD",
         [("Dahlul Malik", "Kepala Dinas Pertanian"), ("Muh. Arsyad", "Kepala Dinas Perikanan"),
          ("Sitti Rahma", "Sekretaris Dinas Kesehatan"), ("Patta Amir", "Kadis Perhubungan"),
          ("Satri Lolo", "Sekretaris BPKPD")]),
        ("Camat Tepus kini diisi oleh [Ridwan]. Camat Playen [Ivan Setia] bergeser menjadi Camat Semin. [Acep Jaya] "
         "mendapat amanah sebagai Camat Ponjong.",
         [("Ridwan", "Camat Tepus"), ("Ivan Setia", "Camat Semin"), ("Acep Jaya", "Camat Ponjong")]),
        ("Serah terima jabatan Dandim 0732/Sleman dari Kolonel Inf [Tri Arto] kepada Letkol Arm [Roni Setia] khidmat.",
         [("Tri Arto", "Dandim 0732/Sleman"), ("Roni Setia", "Dandim 0732/Sleman")]),
        ("[Zul Akbar] yang sebelumnya Camat Tepus kini mengemban tugas sebagai Kepala Dinas Sosial.",
         [("Zul Akbar", "Kepala Dinas Sosial")]),
        ("AKBP [Warsono] (Kapolres Sleman) diangkat dalam jabatan baru sebagai Kapolres Bantul.",
         [("Warsono", "Kapolres Bantul")]),
        ("AKBP [Petrus Tanjung] dimutasi sebagai Kapolres Bantul.", [("Petrus Tanjung", "Kapolres Bantul")]),
        ("[Rahma Noor] menggantikan [Isna Wati] sebagai Kepala Biro Organisasi.",
         [("Rahma Noor", "Kepala Biro Organisasi"), ("Isna Wati", "Kepala Biro Organisasi")]),
        ("Kapolsek Tepus Iptu [Ono Karya] dicopot. Posisinya digantikan AKP [Muji Setia] yang sebelumnya menjabat "
         "Kanit Turjawali Satlantas.",
         [("Ono Karya", "Kapolsek Tepus"), ("Muji Setia", "Kapolsek Tepus")]),
        ("Berikut namanya:\n- Lurah Sukawangi: [Deni Jaya], S.H.\n- Camat Tepus: [Hendra Setia]\nAcara selesai.",
         [("Deni Jaya", "Lurah Sukawangi"), ("Hendra Setia", "Camat Tepus")]),
        ("Posisi Sekretaris Dinas Sosial kini ditempati oleh [Wildan Setia].",
         [("Wildan Setia", "Sekretaris Dinas Sosial")]),
    ],
)  # fmt: skip
def test_who_takes_up_an_office(text: str, expected: list[tuple[str, str]], rules: Language) -> None:
    assert officials(text, rules) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ketua DPRD Sleman [Ali Setia] hadir bersama tiga wakil ketua, yakni [Hardi], [Bambang Wira] dan [Suwito].",
         [("Ali Setia", "Ketua DPRD Sleman"), ("Hardi", "wakil ketua DPRD Sleman"),
          ("Bambang Wira", "wakil ketua DPRD Sleman"), ("Suwito", "wakil ketua DPRD Sleman")]),
        ("Ketua DPRD Sleman [Ali Setia] didampingi Wakil Ketua [Hardi] hadir.",
         [("Ali Setia", "Ketua DPRD Sleman"), ("Hardi", "Wakil Ketua DPRD Sleman")]),
        ("Kata juru bicara Fraksi PDI Perjuangan [Danu Setia], Fraksi PKB Muntamah, dan Fraksi Golkar [Endah Sri].",
         [("Danu Setia", "juru bicara Fraksi PDI Perjuangan"), ("Muntamah", "juru bicara Fraksi PKB"),
          ("Endah Sri", "juru bicara Fraksi Golkar")]),
        ("Ketua Umum PSSI [Eri Tohar] yang juga Menteri Pemuda dan Olahraga hadir menyaksikan laga.",
         [("Eri Tohar", "Menteri Pemuda dan Olahraga")]),
        ("Bupati Sleman terpilih [Wiyatno] dan mantan Bupati Bantul dua periode [Ben Setia] hadir.",
         [("Wiyatno", "Bupati Sleman terpilih"), ("Ben Setia", "mantan Bupati Bantul")]),
        ("Kasudin SDA Jakarta Timur [Abdul Setia] hadir bersama Bupati Sleman Moch. [Hasbi Jaya].",
         [("Abdul Setia", "Kasudin SDA Jakarta Timur"), ("Moch. Hasbi Jaya", "Bupati Sleman")]),
        ("Tampak Raja [Edward IX] dan anggota DPR dari Partai NasDem [Sator].",
         [("Edward IX", "Raja"), ("Sator", "anggota DPR dari Partai NasDem")]),
        ("KPU menetapkan [Rahma Setia] dan [Felix Jaya] sebagai Bupati dan Wakil Bupati Sleman terpilih.",
         [("Rahma Setia", "Bupati Sleman terpilih"), ("Felix Jaya", "Wakil Bupati Sleman terpilih")]),
        ("Hadir [Hendri Setia] Pj Kades Sumber Agung, [Marwan] pulang.", [("Hendri Setia", "Pj Kades Sumber Agung")]),
        ("Hadir [Hendri Setia] Pj Kades Sukawangi, [Marwan] (Pj Kades Wangi Ratu), dan [Rudi Jaya], S.E. (Pj Kades "
         "Sarimulyo).",
         [("Hendri Setia", "Pj Kades Sukawangi"), ("Marwan", "Pj Kades Wangi Ratu"),
          ("Rudi Jaya", "Pj Kades Sarimulyo")]),
        ("Danrem 174/Anim [Ti Wangi] Brigjen TNI [Andy Setia] bersama Danlanud [J.A. Dimari] Kolonel Pnb [Gede Rai].",
         [("Andy Setia", "Danrem 174/Anim Ti Wangi"), ("Gede Rai", "Danlanud J.A. Dimari")]),
    ],
)  # fmt: skip
def test_offices_of_several(text: str, expected: list[tuple[str, str]], rules: Language) -> None:
    assert officials(text, rules) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Acara diisi Ustaz [Budi Setia] di kantor itu.",
        "Rumah dinas Bupati Sleman ditempati [Budi Setia], penjaga. Kamar Wakil Bupati diisi [Isna Wati].",
        "Dari Wakil Ketua menjadi Ketua DPRD Sleman.",
        "Hadir dua wakil ketua, yakni [Hardi] dan [Suwito].",
        "Penonton menggantikan [Isna Wati].",
    ],
)
def test_words_of_appointing_that_tell_no_office(text: str, rules: Language) -> None:
    assert officials(text, rules) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hadir Menparekraf [Sandi Uno. Parosil Jaya] pulang.", [("Sandi Uno", "Menparekraf")]),
        ("Hadir Bupati Sleman [Moch. Uno Jaya] pulang.", [("Moch. Uno Jaya", "Bupati Sleman")]),
    ],
)
def test_a_name_ends_with_its_sentence(text: str, expected: list[tuple[str, str]], rules: Language) -> None:
    assert officials(text, rules) == expected
