"""Persons and their roles, from bylines and credit lines."""

from __future__ import annotations

import pytest

from scraper.article import Author
from scraper.clean.authors import beside_date, closing, labelled, marked, merge, signed, vouched
from scraper.clean.persons import is_person, names_in, squash
from scraper.clean.vicinity import Line

NOBODY: frozenset[str] = frozenset()


def found(*texts: str) -> list[str]:
    return [f"{author.role}:{author.name}" for author in labelled([Line(text) for text in texts], NOBODY)]


LABELLED = [
    (["Penulis: Siti Aminah | Editor: Budi Karya"], ["writer:Siti Aminah", "editor:Budi Karya"]),
    (["Reporter : Siti Aminah Editor : Budi Karya"], ["reporter:Siti Aminah", "editor:Budi Karya"]),
    (["Pewarta: Monalisa"], ["reporter:Monalisa"]),
    (["Red: Yusuf Maulana P Putra"], ["editor:Yusuf Maulana P Putra"]),
    (["Redaktur & Reporter : Budianto"], ["editor:Budianto"]),
    (["Fotografer: Galih Pradana"], ["photographer:Galih Pradana"]),
    (["Laporan Wartawan Tribun Contoh, Siti Aminah"], ["reporter:Siti Aminah"]),
    (["Laporan Siti Aminah"], ["reporter:Siti Aminah"]),
    (["SENIN, 09 MARET 2026 , 17:05:00 WIB | LAPORAN: SITI AMINAH"], ["reporter:SITI AMINAH"]),
    (["Oleh Siti Aminah pada 16 Agu 2022, 09:20 WIB"], ["author:Siti Aminah"]),
    (["By Siti Aminah"], ["author:Siti Aminah"]),
    (["Posted on Maret 30, 2015 by Siti Aminah"], ["author:Siti Aminah"]),
    (["Posted by Siti Aminah on Maret 2, 2020"], ["author:Siti Aminah"]),
    (["Senin, 2 Mei 2022 10:00 WIB oleh Siti Aminah"], ["author:Siti Aminah"]),
    (["Terbit pada: Kamis, 20 Juni 2019 16:34 / oleh Siti Aminah"], ["author:Siti Aminah"]),
    (["11.54 WIB, Kamis (1/2/2024) Oleh Siti Aminah"], ["author:Siti Aminah"]),
    (["12 jam lalu oleh Siti Aminah"], ["author:Siti Aminah"]),
    (
        ["Siti Aminah", "Jurnalis", "Budi Karya", "Editor", "Diperbaharui: 2 Maret 2026"],
        ["reporter:Siti Aminah", "editor:Budi Karya"],
    ),
    (["Rep: Siti Aminah Ed: Budi Karya"], ["reporter:Siti Aminah", "editor:Budi Karya"]),
    (["Penulis: Siti AminahEditor: Budi Karya"], ["writer:Siti Aminah", "editor:Budi Karya"]),
    (["Laporan: Siti Aminah Diposting pada 2 Maret 2026"], ["reporter:Siti Aminah"]),
    (["Ed Sheeran Gelar Konser", "Red Velvet Tiba di Jakarta"], []),
    (["Diterbitkan oleh Siti Aminah"], ["author:Siti Aminah"]),
    (["Laporan Reporter Kabar Contoh: Siti Aminah"], ["reporter:Siti Aminah"]),
    (["Laporan Jurnalis contoh.net, Siti Aminah"], ["reporter:Siti Aminah"]),
    (["Reporter | Siti Aminah", "Editor | Budi Karya"], ["reporter:Siti Aminah", "editor:Budi Karya"]),
    (["Siti Aminah", "Jurnalis", "Budi Karya", "Editor"], ["reporter:Siti Aminah", "editor:Budi Karya"]),
    (
        ["Sungai Penuh", "Reporter", "Siti Aminah", "Editor", "Budi Karya"],
        ["reporter:Siti Aminah", "editor:Budi Karya"],
    ),
    (["Reporter Siti Aminah Editor Ani"], ["reporter:Siti Aminah", "editor:Ani"]),
    (["Rep: c30/ Red: Siti Aminah"], ["editor:Siti Aminah"]),
    (
        ["Penulis : Siti Aminah Editor : Budi Karya Copyright © KANTOR 2023"],
        ["writer:Siti Aminah", "editor:Budi Karya"],
    ),
    (["Editor/Sumber: Budi Karya/Antara"], ["editor:Budi Karya"]),
    (["(Editor: Siti Aminah /Sumber : ANTARA)"], ["editor:Siti Aminah"]),
    (["By continuing you agree to our terms"], []),
    (["Posted on Maret 30, 2015 by Admin"], []),
    (
        ["Penulis", ": Kontributor Lhoksukon, Masdiansyah", "Editor", ": Ervina Hartono"],
        ["writer:Masdiansyah", "editor:Ervina Hartono"],
    ),
    (["Redaktur", ":", "Mohamad Amin"], ["editor:Mohamad Amin"]),
    (["17 Juni 2021 11:38 Reporter : Siti Aminah"], ["reporter:Siti Aminah"]),
    (
        ["Penulis: Siti Aminah, S.Pd dan Budi Karya / Cici Lestari"],
        ["writer:Siti Aminah", "writer:Budi Karya", "writer:Cici Lestari"],
    ),
    (["Editor: Siti Aminah Sumber: Kantor Berita"], ["editor:Siti Aminah"]),
    (["Oleh Contoh6.com pada 26 Jun 2020, 13:58 WIB", "Oleh Admin", "Editor: PR Wire", "Pewarta: prwir"], []),
    (["Editor: Redaksi", "Penulis: Tim Liputan", "Reporter: vyp", "Author: admin123"], []),
    (["Editor: buku itu menulis ulang naskah yang panjang sekali " + "dan seterusnya " * 10], []),
    (["Wali kota menunjuk editor baru untuk majalah daerah"], []),
]


@pytest.mark.parametrize(("lines", "authors"), LABELLED)
def test_reads_labelled_names(lines: list[str], authors: list[str]) -> None:
    assert found(*lines) == authors


@pytest.mark.parametrize(
    ("line", "author"),
    [
        (Line("Siti Aminah , Jurnalis-Jum'at, 29 Agustus 2025 |13:10 WIB"), "reporter:Siti Aminah"),
        (Line("Siti Aminah, Jurnalis · Kamis 09 Juli 2020 07:26 WIB"), "reporter:Siti Aminah"),
        (Line("Siti AminahEditor"), "editor:Siti Aminah"),
        (Line("Siti Aminah (Jurnalis)"), "reporter:Siti Aminah"),
        (Line("Siti Aminah - Kontributor Muara Bulian"), "contributor:Siti Aminah"),
        (Line("Siti Aminah Penulis"), "writer:Siti Aminah"),
    ],
)
def test_reads_names_before_a_role(line: Line, author: str) -> None:
    assert [f"{found.role}:{found.name}" for found in signed([line], NOBODY)] == [author]


@pytest.mark.parametrize(
    "line",
    [
        Line("Siti Aminah - detikContoh", "author"),
        Line("Siti Aminah, , MNC Portal Rabu 27 September 2023 16:06 WIB", "namerep"),
        Line("Siti Aminah 20/1/2026 18:30", "info author-2"),
        Line("Siti Aminah", "read__info__author"),
    ],
)
def test_reads_bare_names_in_byline_elements(line: Line) -> None:
    assert list(marked([line], NOBODY)) == [Author(name="Siti Aminah")]


def test_names_joined_to_a_byline_belong_to_it() -> None:
    lines = [Line("Siti Aminah", "author"), Line(", Budi Karya", "meta"), Line("dan Ani Lestari /", "meta"),
             Line("Rina Wulandari", "meta"), Line("& Dedi Saputra", "meta")]  # fmt: skip
    assert [author.name for author in marked(lines, NOBODY)] == ["Siti Aminah", "Budi Karya", "Ani Lestari"]


def test_picture_credits_are_no_bylines() -> None:
    assert list(marked([Line("Antara/Budi Karya", "photo-author"), Line("Budi Karya", "img-credit")], NOBODY)) == []


@pytest.mark.parametrize(
    "text", ["“Air surut dan lumpur tersisa,” tutur dia kepada wartawan.", "Kata Bupati Merangin kepada wartawan."]
)
def test_speech_to_reporters_names_none(text: str) -> None:
    assert list(signed([Line(text)], NOBODY)) == []


def test_a_sentence_that_ends_with_a_role_is_no_name() -> None:
    assert list(signed([Line("Terima kasih penulis")], NOBODY)) == []


@pytest.mark.parametrize("text", ["Facebook", "Copy Link", "Lihat Foto", "Kabar Contoh", "Tim Redaksi", "3 min read"])
def test_buttons_and_publishers_in_byline_elements_are_no_persons(text: str) -> None:
    assert list(marked([Line(text, "author")], frozenset({"kabarcontoh"}))) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("DINI TEJANINGSIH", ["DINI TEJANINGSIH"]),
        ("SITI AMINAH | BUDI KARYA", ["SITI AMINAH", "BUDI KARYA"]),
        ("(Rahman Asmara)", ["Rahman Asmara"]),
        ("(Wagimin)", []),
        ("(vyp/kna)", []),
        ("(Antara)", []),
        ("(*)", []),
        ("(Humas Pemkab)", []),
        ("PERINGATAN", []),
        ("Ia pulang ke rumah.", []),
    ],
)
def test_reads_a_closing_name(line: str, names: list[str]) -> None:
    assert [author.name for author in closing([line], NOBODY)] == names


def test_the_publisher_is_no_person() -> None:
    assert is_person("Lintas Kerinci")
    assert not is_person("Lintas Kerinci", frozenset({squash("lintaskerinci")}))


def test_degrees_and_short_weekdays_are_no_part_of_a_name() -> None:
    assert names_in("Siti Aminah S.Sos", NOBODY) == ["Siti Aminah"]
    assert names_in("Sab, 12 Mar 2026", NOBODY) == []
    assert names_in("Siti Aminah, S.H., M.H., Budi Karya", NOBODY) == ["Siti Aminah", "Budi Karya"]


def test_names_keep_apostrophes_and_particles() -> None:
    assert names_in("Nur'aini binti Abdullah dan I Gede Ngurah", NOBODY) == ["Nur'aini binti Abdullah", "I Gede Ngurah"]


def test_an_editor_beside_writers_is_not_also_a_mere_author() -> None:
    writer, editor = Author(name="Budi Karya"), Author(name="Siti Aminah", role="editor")
    assert merge([Author(name="SITI AMINAH"), writer], [editor]) == (writer, editor)
    assert merge([Author(name="Siti Aminah")], [editor]) == (Author(name="Siti Aminah"), editor)


def test_a_reporter_is_not_also_a_mere_author() -> None:
    reporter = Author(name="Siti Aminah", role="reporter")
    assert merge([Author(name="Siti Aminah")], [reporter]) == (reporter,)


def test_roles_of_a_credit_list_belong_to_the_name_before_them() -> None:
    lines = [Line("Ani Lestari", "person-name"), Line("Penulis", "person-position"),
             Line("Budi Karya", "person-name"), Line("Editor", "person-position")]  # fmt: skip
    assert list(labelled(lines, NOBODY)) == [
        Author(name="Ani Lestari", role="writer"),
        Author(name="Budi Karya", role="editor"),
    ]


def test_one_person_writes_once_by_the_first_role_told() -> None:
    writer = Author(name="Siti Aminah", role="writer")
    assert merge([writer, Author(name="Siti Aminah", role="reporter")]) == (writer,)


def test_a_full_name_above_the_date_is_the_writers() -> None:
    date = Line("Senin, 2 Maret 2026 | 10:00 WIB")
    sections = frozenset({"sungai penuh"})
    found = [
        [author.name for author in beside_date([Line(above), date], frozenset(), sections)]
        for above in (
            "Siti Aminah",
            "Siti Aminah - kabarkita",
            "Monalisa",
            "Ekonomi Bisnis",
            "Sungai Penuh",
            "Tim Redaksi",
        )
    ]
    assert found == [["Siti Aminah"], ["Siti Aminah"], [], [], [], []]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["Senin, 2 Maret 2026 | 10:00 WIB | Siti Aminah"], ["Siti Aminah"]),
        (["2 Maret 2026 - Siti Aminah"], ["Siti Aminah"]),
        (["Siti Aminah", "|", "2 Maret 2026"], ["Siti Aminah"]),
        (["2 Maret 2026", "Siti Aminah"], ["Siti Aminah"]),
        (["Siti Aminah", "Published: 2 Maret 2026"], ["Siti Aminah"]),
        (["2 Maret 2026", "• Siti Aminah"], ["Siti Aminah"]),
        (["12 jam lalu", "Siti Aminah"], ["Siti Aminah"]),
        (["2 Maret 2026 - Siti Aminah 0 Komentar"], ["Siti Aminah"]),
        (["2 Maret 2026", "Siti Aminah, Budi Karya"], ["Siti Aminah", "Budi Karya"]),
        (["2 Maret 2026", "Siti Aminah dan Budi Karya"], ["Siti Aminah", "Budi Karya"]),
        (["Siti Aminah", "Monday, 2 March 2026 20:46"], ["Siti Aminah"]),
        (["Siti Aminah", "Senin (02/03/2026), 20:46 WIB"], ["Siti Aminah"]),
        (["Siti Aminah, Senin, 2 Maret 2026"], ["Siti Aminah"]),
        (["Muara Bulian, 2 Maret 2026 20:46 WIB"], []),
        (["2 Maret 2026", "Bupati Merangin"], []),
        (["ungkap dia", "2 Maret 2026"], []),
        (["2 Maret 2026", "Siti Aminah membuka jalan"], []),
        (["2 Maret 2026 | Kota Jambi"], []),
        (["Warga Dusun Tiga Bersihkan Saluran Pasar Induk Sungai Kuning Lama", "2 Maret 2026"], []),
    ],
)
def test_a_full_name_beside_the_date_is_the_writers(lines: list[str], names: list[str]) -> None:
    assert [author.name for author in beside_date(map(Line, lines), NOBODY, frozenset())] == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Penulis: Siti Aminah | Video Editor: Rina Wulandari | Editor: Budi Karya", ["Siti Aminah", "Budi Karya"]),
        ("Infografis: Rina Wulandari", []),
        ("Artikel ini ditulis oleh Siti Aminah, peserta magang di Kabar Contoh.", ["Siti Aminah"]),
    ],
)
def test_only_who_wrote_or_edited_the_text_is_named(line: str, names: list[str]) -> None:
    assert [author.name for author in labelled([Line(line)], frozenset())] == names


def test_who_shares_a_line_with_a_writer_of_the_head_writes_too() -> None:
    lines = [Line("Siti Aminah, Budi Karya"), Line("Jembatan karya Siti Aminah dibuka kembali"), Line("Ani Lestari")]
    told = [Author(name="Siti Aminah")]
    assert [author.name for author in vouched(told, lines, NOBODY)] == ["Siti Aminah", "Budi Karya"]
    assert list(vouched([], lines, NOBODY)) == []
