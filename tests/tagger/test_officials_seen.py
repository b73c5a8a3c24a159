"""Offices beside persons whom the model sees: in these texts [ ] stands around each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tagger.officials import tag_officials
from tagger.person_spans import trim_persons

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def seen(text: str, nlp: Language) -> Doc:
    """The text without its brackets, with what stood in them as the model's persons."""
    plain, spans = "", []
    for piece in re.split(r"(\[[^]]*\])", text):
        if piece.startswith("["):
            spans.append((len(plain), len(plain) + len(piece) - 2))
        plain += piece.strip("[]") if piece.startswith("[") else piece
    doc = nlp(plain)
    doc.spans["ner"] = [doc.char_span(*span, label="PER", alignment_mode="expand") for span in spans]
    return tag_officials(trim_persons(doc))


def pairs(text: str, nlp: Language) -> list[tuple[str, str]]:
    return [(official.name, official.office) for official in seen(text, nlp)._.officials]


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Kepala Satuan Polisi Pamong Praja dan Pemadam Kebakaran (Satpol-PP Damkar) [Haris Rinaldi] datang.",
         "Haris Rinaldi", "Kepala Satuan Polisi Pamong Praja dan Pemadam Kebakaran (Satpol-PP Damkar)"),
        ("Kepala Desa Bumi Wangi Agung, Kecamatan Sukamaju, rapat. [Agus Tono] dilantik sebagai Kepala Desa Bumi "
         "[Wangi Agung], April lalu.", "Agus Tono", "Kepala Desa Bumi Wangi Agung"),
        ("Staf Dinas Kesehatan Sleman datang, mendampingi Kepala Dinas [Yudha Setia].",
         "Yudha Setia", "Kepala Dinas Kesehatan Sleman"),
        ("Kepala Desa Wangi Sari, Kecamatan Sukamaju, Kabupaten Sleman, [Yani Setia], datang.",
         "Yani Setia", "Kepala Desa Wangi Sari, Kecamatan Sukamaju, Kabupaten Sleman"),
        ("Kabid Pajak, BPPRD Sleman [Indra Setia] datang.", "Indra Setia", "Kabid Pajak, BPPRD Sleman"),
        ("Kepala Distamhut Sleman [Wahyu Setia] datang.", "Wahyu Setia", "Kepala Distamhut Sleman"),
        ("Danramil 410-05/Raya Pusat, Kapten Inf [Sutris Aji], datang.", "Sutris Aji", "Danramil 410-05/Raya Pusat"),
        ("[Wempi Setia] menjabat sebagai Wakil Menteri Dalam Negeri (Wamendagri) kini.",
         "Wempi Setia", "Wakil Menteri Dalam Negeri (Wamendagri)"),
        ("Calon Gubernur Lampung [Wempi Setia] tiba. [Wempi Setia] kini menjabat sebagai Bupati Sleman.",
         "Wempi Setia", "Bupati Sleman"),
        ("Dirkrimsus Polda Metro Jaya Kombes [Ade Safrizal] datang.", "Ade Safrizal", "Dirkrimsus Polda Metro Jaya"),
        ("Kaops Damai Raya 2024 Brigjen [Faisal Ramli] datang.", "Faisal Ramli", "Kaops Damai Raya 2024"),
        ("Kepala Seksi Penegakan Hukum Sudin LH Jakarta Barat [Gama Nanda] datang.",
         "Gama Nanda", "Kepala Seksi Penegakan Hukum Sudin LH Jakarta Barat"),
        ("Kasi lahan dan irigasi pada Dinas Pertanian (Distan) Sleman, [Ferdi Nasution] datang.",
         "Ferdi Nasution", "Kasi lahan dan irigasi pada Dinas Pertanian (Distan) Sleman"),
        ("Kapolsek Dermaga Lama Pomako Iptu [Fitra Gunawan] datang.",
         "Fitra Gunawan", "Kapolsek Dermaga Lama Pomako"),
        ("Kapolsek Sukarawa Iptu Dodi [Gerald M Naloh] datang.", "Dodi Gerald M Naloh", "Kapolsek Sukarawa"),
        ("Kepala Desa Batu Lima [Wagiman] datang.", "Wagiman", "Kepala Desa Batu Lima"),
        ("Kepala Stasiun Geofisika Kelas 1 Sleman [Setyo Aji] datang.", "Setyo Aji",
         "Kepala Stasiun Geofisika Kelas 1 Sleman"),
        ("Menteri [Amran] memeriksa saluran.", "Amran", "Menteri"),
        ("Menteri Pertanian [Amran Hadi] dan stafnya datang. Menteri [Amran] memeriksa saluran.", "Amran Hadi",
         "Menteri Pertanian"),
        ("Danlanud Pangeran Bunyamin, Letkol Pnb Ronal Hadi datang.", "Ronal Hadi", "Danlanud Pangeran Bunyamin"),
        ("Kepala Bidang Informasi Gempa Bumi dan Peringatan Dini tsunami BMKG, [Daryanto], menjawab.", "Daryanto",
         "Kepala Bidang Informasi Gempa Bumi dan Peringatan Dini tsunami BMKG"),
        ("Sekretaris Kabupaten Pesawaran [Kusuma Dewa] datang.", "Kusuma Dewa", "Sekretaris Kabupaten Pesawaran"),
        ("Kepala Distamhut Sleman [Bayu Megantara] datang.", "Bayu Megantara", "Kepala Distamhut Sleman"),
        ("Wakil Ketua DPR RI Raja [Juli Antara] datang.", "Raja Juli Antara", "Wakil Ketua DPR RI"),
        ("Camat Kasimbar, [Budi Hartono], dan warga hadir.", "Budi Hartono", "Camat Kasimbar"),
        ("Camat Kasimbar, [Karya Hartono], dan warga hadir.", "Karya Hartono", "Camat Kasimbar"),
        ("Ketua DPD Partai Golkar [Sleman Budi Hartono] hadir.", "Budi Hartono", "Ketua DPD Partai Golkar Sleman"),
        ("Sekda Kota Metro Bangkit [Haryo Utama] datang.", "Bangkit Haryo Utama", "Sekda Kota Metro"),
        ("Kantor Bulog Liwa buka. Kepala Bulog [Liwa Lukman] datang.", "Lukman", "Kepala Bulog Liwa"),
        ("Kepala BPBD [Rudi Hartono] datang. Kepala BPBD [Rudi] pulang.", "Rudi Hartono", "Kepala BPBD"),
        ("Juru Bicara Komando Barat [Tim Howard] menjawab.", "Tim Howard", "Juru Bicara Komando Barat"),
    ],
)  # fmt: skip
def test_an_office_reaches_to_the_person(text: str, name: str, office: str, rules: Language) -> None:
    assert pairs(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        "Kepala Cabang Toko Maju Jaya [Rina Dewi] datang.",
        "Kepala Dinas hadir bersama [Rina Dewi].",
        "Ketua Panitia Lomba dan [Rina Dewi] hadir.",
        "Kepala Unit Pengelola Taman [Ismail Marzuki] belum menjawab.",
    ],
)
def test_an_office_reaches_no_further_than_its_words(text: str, rules: Language) -> None:
    assert pairs(text, rules) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Pardi, [S.Sos.] hadir.", []),
        ("[Hermawan S.T] hadir bersama [Joni, M.Si.] di sana.", ["Hermawan", "Joni"]),
        ("[Rawa Iptu M Junaedi] hadir.", ["M Junaedi"]),
        ("[H. Sehan] dan [Dr. SH Mintardja] hadir.", ["H. Sehan", "Dr. SH Mintardja"]),
    ],
)
def test_degrees_and_ranks_are_no_persons(text: str, names: list[str], rules: Language) -> None:
    doc = seen(text, rules)
    assert [span.text for span in doc.spans["ner"]] == names


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("[Rina Dewi] sudah lama ingin mundur dari jabatannya sebagai Sekda Sleman.", "Rina Dewi", "Sekda Sleman"),
        ("[Agus Martana] resmi dilantik menjadi Camat Depok.", "Agus Martana", "Camat Depok"),
        ("Jalan rusak, papar [Pandu]. Anggota Komisi D DPRD Sleman ini meminta dana.", "Pandu",
         "Anggota Komisi D DPRD Sleman"),
        ("[Hardi Kenanga] hadir. Jalan rusak, papar [Hardi]. Menurut mantan Bupati Sleman itu, dana ada.",
         "Hardi Kenanga", "mantan Bupati Sleman"),
        ("[Rudi Hartono] mengungkap bahwa [Joni] pulang. Wakil Bupati Sleman ini menunggu.", "Rudi Hartono",
         "Wakil Bupati Sleman"),
        ("Jalan rusak, kata [Sopian]. Hadir pula [Hanan Rozali]. Mantan Bupati Sleman itu menunggu.", "Hanan Rozali",
         "Mantan Bupati Sleman"),
        ("[Eko Wahyu], Kepala Satuan Teknis Pertunjukan dan Publikasi Unit Kesenian Lama, datang.", "Eko Wahyu",
         "Kepala Satuan Teknis Pertunjukan dan Publikasi Unit Kesenian Lama"),
        ("Pengangkatan Dr. [Suharto], S.H, M.H. sebagai Ketua Mahkamah Konstitusi masa jabatan 2023.", "Suharto",
         "Ketua Mahkamah Konstitusi"),
    ],
)  # fmt: skip
def test_an_office_away_from_the_name(text: str, name: str, office: str, rules: Language) -> None:
    assert pairs(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        "Kata [Rina Dewi], Bupati Sleman itu tidak hadir.",
        "[Rina Dewi] datang. Bupati itu tidak hadir.",
        "[Rina Dewi] mengeluh. Ia menemui kantor Bupati Sleman itu.",
        "Bek [Hakim Ziyad] bermain bagus.",
        "Sopir mobil dinas Bupati Sleman, [Murdi Slamet], datang.",
        "Hadir istri Bupati Sleman, [Rina Dewi].",
        "Sekretaris tim [PrabowoGibran] datang.",
        "Badan itu dipimpin oleh Dewan Pembimbing, Kepala Badan Pangan, dan Wakil Kepala Badan Pangan.",
        "Hadir Camat, [Peratin], dan warga.",
        "Rumah di kompleks menteri [Widya Candra] sepi.",
    ],
)
def test_persons_beside_offices_that_are_not_theirs(text: str, rules: Language) -> None:
    assert pairs(text, rules) == []


def test_short_forms_are_mentions(rules: Language) -> None:
    doc = seen("Menparekraf [Sandiaga Uno] hadir. Kata [Sandi], Presiden [Joko Widodo] setuju. [Jokowi] pulang.", rules)
    names = {o.name: [doc.text[where.start : where.end] for where in o.mentions] for o in doc._.officials}
    assert names == {"Sandiaga Uno": ["Sandiaga Uno", "Sandi"], "Joko Widodo": ["Joko Widodo", "Jokowi"]}


def test_a_short_form_of_two_persons_is_nobodys(rules: Language) -> None:
    doc = seen("Bupati Tebo [Sandiaga Uno] dan Bupati Bungo [Sandira Putri] hadir. Kata [Sandi], baik.", rules)
    assert [len(official.mentions) for official in doc._.officials] == [1, 1]


def test_capitals_of_datelines_are_not_shown(rules: Language) -> None:
    text = "JAKARTA, Kabar.id - Warga DKI Jakarta mengeluh. Kata Gubernur [Rahman Saleh], DKI Jakarta siap."
    assert pairs(text, rules) == [("Rahman Saleh", "Gubernur DKI Jakarta")]


def test_a_degree_in_parentheses_is_no_nickname(rules: Language) -> None:
    doc = seen("Wali Kota Metro, dr. [Wahdi], Sp.OG (K), MH datang.", rules)
    assert [len(official.mentions) for official in doc._.officials] == [1]
