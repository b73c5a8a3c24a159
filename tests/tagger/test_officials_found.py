"""Who holds, held or seeks which office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Span

from tagger import tag
from tagger.officials import tag_officials

if TYPE_CHECKING:
    from spacy.language import Language


def pairs(text: str, nlp: Language) -> list[tuple[str, str]]:
    return [(official.name, official.office) for official in tag(text, nlp).officials]


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Wali Kota Metro Rahman Saleh hadir.", "Rahman Saleh", "Wali Kota Metro"),
        ("Wali Kota Metro, Rahman Saleh, hadir.", "Rahman Saleh", "Wali Kota Metro"),
        ("Kata Rahman Saleh, Wali Kota Metro, jalan rusak.", "Rahman Saleh", "Wali Kota Metro"),
        ("Rahman Saleh selaku Wali Kota Metro hadir.", "Rahman Saleh", "Wali Kota Metro"),
        ("Rahman Saleh yang menjabat Wali Kota Metro hadir.", "Rahman Saleh", "Wali Kota Metro"),
        ("Kapolres Way Kanan AKBP Dodi Firmansyah, S.I.K. memimpin apel.", "Dodi Firmansyah", "Kapolres Way Kanan"),
        ("Kepala Dinas Kesehatan Lampung Selatan dr. Jimmy Hutapea datang.", "Jimmy Hutapea",
         "Kepala Dinas Kesehatan Lampung Selatan"),
        ("Kepala Dinas Sosial dan Transmigrasi Marzuki datang.", "Marzuki", "Kepala Dinas Sosial dan Transmigrasi"),
        ("Menteri Dalam Negeri (Mendagri) Arman Lubis datang.", "Arman Lubis", "Menteri Dalam Negeri (Mendagri)"),
        ("Kabid Bina Marga pada Dinas Pekerjaan Umum Sleman, Tono Wibowo datang.", "Tono Wibowo",
         "Kabid Bina Marga pada Dinas Pekerjaan Umum Sleman"),
        ("Ketua Komisi II DPRD Kota Bogor H. Asep Sunandar, M.Si datang.", "Asep Sunandar",
         "Ketua Komisi II DPRD Kota Bogor"),
        ("Perdana Menteri Malaysia Hasan Karim datang.", "Hasan Karim", "Perdana Menteri Malaysia"),
        ("Wali Kota Tangerang, Banten, Arif Hidayat datang.", "Arif Hidayat", "Wali Kota Tangerang, Banten"),
        ("Camat Sukau Juremi datang.", "Juremi", "Camat Sukau"),
        ("Warga Desa Sukamaju rapat. Kepala Desa Sukamaju Wagiman datang.", "Wagiman", "Kepala Desa Sukamaju"),
        ("Baca JugaKepala BPBD Sleman Joko Lelono datang.", "Joko Lelono", "Kepala BPBD Sleman"),
        ("Bupati Sleman dr. H. M. Fauzan, S.H., M.Kes. datang.", "M. Fauzan", "Bupati Sleman"),
        ("Rina Dewi selaku Kabag Umum Pemkab Tebo, Tono, lalu warga.", "Rina Dewi", "Kabag Umum Pemkab Tebo"),
        ("Plt Kadisbunnak Sleman Tono Wibowo datang.", "Tono Wibowo", "Plt Kadisbunnak Sleman"),
        ("Kapolresta Bogor Kota Kombes Pol Rio Anggara datang.", "Rio Anggara", "Kapolresta Bogor Kota"),
        ("Bupati Lampung Tengah RAHMAN SALEH datang.", "RAHMAN SALEH", "Bupati Lampung Tengah"),
        ("Menteri Kehutanan Raja Lukman Hakim datang.", "Raja Lukman Hakim", "Menteri Kehutanan"),
        ("JAKARTA-Anggota DPR RI Rahman Saleh datang.", "Rahman Saleh", "Anggota DPR RI"),
        ("Ketua Dewan Ekonomi Nasional (DEN) Rahman Saleh datang.", "Rahman Saleh",
         "Ketua Dewan Ekonomi Nasional (DEN)"),
        ("Plt. Sekretaris Tono Wibowo, M.M. datang.", "Tono Wibowo", "Plt. Sekretaris"),
        ("Sekretaris Menteri Pemuda dan Olahraga Gatot Sutrisno datang.", "Gatot Sutrisno",
         "Sekretaris Menteri Pemuda dan Olahraga"),
        ("Menteri Pendidikan dan Kebudayaan, Riset dan Teknologi Rahman Saleh datang.", "Rahman Saleh",
         "Menteri Pendidikan dan Kebudayaan, Riset dan Teknologi"),
        ("Peratin Pekon Sukamarga Jaimun datang.", "Jaimun", "Peratin Pekon Sukamarga"),
        ("Kabid Bina Marga DPXR Sleman, Hermawan S.T datang.", "Hermawan", "Kabid Bina Marga DPXR Sleman"),
        ("Kepala Sekretariat Presiden Kolonel Inf Dedi Kusnadi datang.", "Dedi Kusnadi", "Kepala Sekretariat Presiden"),
    ],
)  # fmt: skip
def test_every_order(text: str, name: str, office: str, rules: Language) -> None:
    assert pairs(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        "Bupati Sleman hadir bersama warga.",
        "Rahman Saleh, warga Metro, mengeluh.",
        "Peraturan Presiden Nomor 12 Tahun 2020 berlaku.",
        "Direktur PT Sumber Pangan, Rina Dewi, senang.",
        "Pengamat politik Rahman Saleh menilai begitu.",
        "Hadir Bupati Sleman, Kapolres, Dandim, dan tokoh masyarakat.",
        "Jalan Jenderal Sudirman macet, Senin.",
        "Rapat di Jl. Gubernur Suryo dihadiri warga.",
        "Ketua RT Suparman ikut ronda.",
        "Presiden direktur PT Maju Terus, Rina Dewi, senang.",
        "",
    ],
)
def test_no_office_no_official(text: str, rules: Language) -> None:
    assert pairs(text, rules) == []


def test_a_list_gives_each_his_own(rules: Language) -> None:
    text = "Hadir Bupati Tebo Rahman Saleh, Wakil Bupati Lina Marlina, dan Sekda Tebo Teguh Arianto."
    assert pairs(text, rules) == [
        ("Rahman Saleh", "Bupati Tebo"),
        ("Lina Marlina", "Wakil Bupati Tebo"),
        ("Teguh Arianto", "Sekda Tebo"),
    ]


def test_two_heads_share_a_tail(rules: Language) -> None:
    text = "Bupati dan Wakil Bupati Way Kanan Rahman Saleh dan Lina Marlina dilantik."
    assert pairs(text, rules) == [("Rahman Saleh", "Bupati Way Kanan"), ("Lina Marlina", "Wakil Bupati Way Kanan")]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Pj Bupati", "acting"),
        ("Penjabat (Pj) Bupati", "acting"),
        ("Plt. Bupati", "acting"),
        ("mantan Bupati", "former"),
        ("Eks Bupati", "former"),
        ("calon Bupati", "candidate"),
        ("Cabup", "candidate"),
        ("Bupati terpilih", "elect"),
        ("Bupati", "in_office"),
    ],
)
def test_status(words: str, status: str, rules: Language) -> None:
    (official,) = tag(f"Menurut {words} Sleman Rahman Saleh, jalan rusak.", rules).officials
    assert (official.name, official.status, official.office_class, official.jurisdiction) == (
        "Rahman Saleh",
        status,
        "Bupati",
        "34.04",
    )


def test_later_mentions(rules: Language) -> None:
    text = (
        "Bupati Sleman Rahman Saleh (Bang Aman) hadir. Rahman menanam padi di Jalan Rahman Hakim. "
        "Kata Saleh, panen naik. Bang Aman pulang."
    )
    (official,) = tag(text, rules).officials
    assert [mention.text for mention in official.mentions] == [
        "Rahman Saleh",
        "Bang Aman",
        "Rahman",
        "Saleh",
        "Bang Aman",
    ]


def test_two_offices_of_one_person(rules: Language) -> None:
    text = "Ketua DPRD Sleman yang juga Ketua DPC Partai Demokrat Rahman Saleh hadir."
    assert pairs(text, rules) == [("Rahman Saleh", "Ketua DPRD Sleman")]


def test_a_verb_glued_to_a_name_is_no_part_of_it(rules: Language) -> None:
    assert pairs("Bupati Tebo Rahman Salehmengatakan, jalan rusak.", rules) == [("Rahman Saleh", "Bupati Tebo")]


def test_who_answers_an_office_does_not_hold_it(rules: Language) -> None:
    assert pairs("Menjawab pertanyaan Jaksa, Rahman menyebut tidak semua rusak.", rules) == []


def test_a_last_name_with_another_office_is_another_person(rules: Language) -> None:
    text = "Bupati Saleh membuka acara. Kapolres Way Kanan Dodi Budi Saleh hadir, kata Saleh."
    assert pairs(text, rules) == [("Saleh", "Bupati Way Kanan"), ("Dodi Budi Saleh", "Kapolres Way Kanan")]


def test_the_fullest_office_of_all_mentions(rules: Language) -> None:
    text = "Bupati Rahman hadir. Menurut Bupati Tebo Rahman Saleh, jalan rusak."
    (official,) = tag(text, rules).officials
    assert (official.name, official.office, official.jurisdiction) == ("Rahman Saleh", "Bupati Tebo", "15.09")


def test_the_article_completes_the_office(rules: Language) -> None:
    (official,) = tag("Kota Jambi hijau. Wali Kota Fasha menanam pohon di Kota Jambi.", rules).officials
    assert (official.office_class, official.jurisdiction) == ("Wali Kota", "15.71")


def test_two_regions_leave_it_open(rules: Language) -> None:
    (official,) = tag("Tebo dan Bungo rawan banjir. Bupati Rahman Saleh waspada.", rules).officials
    assert official.jurisdiction is None


def test_an_office_within_a_service_names_it(rules: Language) -> None:
    text = "Kepala Dinas Pertanian Sleman Tono Wibowo melalui Kabid Hortikultura Rina Dewi membagi bibit."
    assert pairs(text, rules)[1] == ("Rina Dewi", "Kabid Hortikultura Dinas Pertanian Sleman")


def test_the_title_makes_no_names_of_verbs(rules: Language) -> None:
    from scraper.article import Article

    article = Article(
        id="a",
        title="Bupati Sleman Rahman Saleh Tinjau Panen, Bagikan Bibit Unggul",
        text="Bupati Sleman Rahman Saleh meninjau panen.",
        method="text",
    )
    assert [official.name for official in tag(article, rules).officials] == ["Rahman Saleh"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ketua Umum Partai NasDem Rahman Saleh hadir.", ["Rahman Saleh"]),
        ("Ketua Yayasan Kasih Bunda Rahman Saleh hadir.", []),
        ("Kepala Ekonom Bank Mandiri, Rahman Saleh, hadir.", []),
        ("Rektor Universitas Lampung Rahman Saleh hadir.", ["Rahman Saleh"]),
    ],
)
def test_whose_office_it_is(text: str, names: list[str], rules: Language) -> None:
    assert [name for name, _ in pairs(text, rules)] == names


def test_the_model_sets_the_ends_of_a_name(rules: Language) -> None:
    doc = rules("Wakil Bupati Mad hasnurin hadir di Liwa.")
    assert [official.name for official in doc._.officials] != ["Mad hasnurin"]
    doc.spans["ner"] = [Span(doc, 2, 4, label="PER")]
    assert [official.name for official in tag_officials(doc)._.officials] == ["Mad hasnurin"]


def test_mentions_slice_back_and_stand_in_order(rules: Language) -> None:
    article = tag("Bupati Tebo Rahman Saleh tiba. Sekda Tebo Teguh tiba. Rahman pulang.", rules)
    for official in article.officials:
        for mention in official.mentions:
            assert article.text[mention.start : mention.end] == mention.text
    starts = [official.mentions[0].start for official in article.officials]
    assert starts == sorted(starts)


def test_a_street_after_an_office_is_no_person(rules: Language) -> None:
    assert not tag("Rombongan berangkat dari rumah dinas Wapres jalan Diponegoro.", rules).officials
