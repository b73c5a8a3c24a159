"""Offices parted from the name by a body, a clause or another office; [ ] stands around whom the model sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tagger.marking import marked, officials

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


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Kata Wadirtipikor Bareskrim Polri Kombes [Arya Jaya].", "Arya Jaya", "Wadirtipikor Bareskrim Polri"),
        ("Kasubditjatanras Ditreskrimum Polda Jatim AKBP [Arya Jaya] pergi.",
         "Arya Jaya", "Kasubditjatanras Ditreskrimum Polda Jatim"),
        ("Kasipidum Kejari Sleman [Arya Jaya] pergi.", "Arya Jaya", "Kasipidum Kejari Sleman"),
        ("Kanittipidkor Polres Sleman Ipda [Arya Jaya] pergi.", "Arya Jaya", "Kanittipidkor Polres Sleman"),
        ("Dankodiklat AD, Letjen TNI [Arya Jaya] hadir.", "Arya Jaya", "Dankodiklat AD"),
        ("Sekdisdik Sleman [Arya Jaya] hadir.", "Arya Jaya", "Sekdisdik Sleman"),
    ],
)  # fmt: skip
def test_an_office_and_its_field_in_one_word(text: str, name: str, office: str, rules: Language) -> None:
    assert officials(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        "[Kasimin Jaya] dan Dirgantara Indonesia, [Rudi Jaya], hadir.",
        "[Danisa Putri] dan Direksi Polri [Rudi Jaya] pulang.",
        "Wadirkeuangan PT Maju Raya [Rudi Jaya] pulang.",
        "Gedung itu megah. Diresmikan Dinas Kesehatan Sleman, [Rudi Jaya] bersyukur.",
        "Diramaikan Kementerian Kesehatan, [Rudi Jaya] hadir.",
        "Pedagang Kasiyem Dinas Perdagangan Sleman [Rudi Jaya] pulang.",
    ],
)
def test_words_that_begin_like_an_office(text: str, rules: Language) -> None:
    assert officials(text, rules) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Walikota Metro Letakan Batu Pertama Gedung TPQ [Ahmad Wira]\n\nWalikota Metro, [Hartono Jaya], datang.",
         [("Hartono Jaya", "Walikota Metro")]),
        ("Walikota Metro Meresmikan Kampung Tematik [Bung Wira]\n\nWalikota Metro hadir di kampung.", []),
        ("Kapolres Sleman Temui Korban Banjir [Rudi Jaya]\n\nKorban banjir mendapat bantuan.", []),
        ("Camat Tepus Menyerahkan Bantuan [Siti Jaya]\n\nBantuan itu beras.", []),
        ("Bupati Sleman Membuka Turnamen [Bung Wira], kemarin.", []),
        ("Kades Bulakan [Rudi Jaya] Ajak Warga\n\nRapat dipimpin Kades Bulakan [Rudi Jaya].",
         [("Rudi Jaya", "Kades Bulakan")]),
        ("Kepala Dinas Perikanan dan Pendidikan Nunukan [Rudi Jaya] hadir.",
         [("Rudi Jaya", "Kepala Dinas Perikanan dan Pendidikan Nunukan")]),
    ],
)  # fmt: skip
def test_a_verb_with_a_capital_ends_an_office(text: str, expected: list[tuple[str, str]], rules: Language) -> None:
    assert officials(text, rules) == expected


def test_a_name_that_ends_like_a_verb_is_whole_in_a_title(rules: Language) -> None:
    title = "Bupati Bantul Ahmad Sulkan Resmikan Pasar"
    [official] = marked(f"{title}\n\nBupati Bantul [Ahmad Sulkan] membuka pasar itu.", rules)._.officials
    where = official.mentions[0]
    assert (official.name, title[where.start : where.end]) == ("Ahmad Sulkan", "Ahmad Sulkan")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kepala SMP Muhammadiyah [Ahmad Wira] menerima dana. SMP Muhammadiyah [Ahmad Wira] berdiri di Metro.", []),
        ("Kepala SMP Muhammadiyah [Ahmad Wira] menerima dana. SMP Muhammadiyah berdiri di Metro, kata [Ahmad Wira].",
         [("Ahmad Wira", "Kepala SMP Muhammadiyah")]),
    ],
)  # fmt: skip
def test_a_school_named_after_a_person(text: str, expected: list[tuple[str, str]], rules: Language) -> None:
    assert officials(text, rules) == expected


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Kata kasi ekspor dan impor Dinas Pertanian Kabupaten Sleman [Rudi Jaya] ketika diminta tanggapan.",
         "Rudi Jaya", "kasi ekspor dan impor Dinas Pertanian Kabupaten Sleman"),
        ("Sementara kasi dalam dan luar negeri Dinas Perikanan Sleman [Rudi Jaya] mengatakan tidak tahu.",
         "Rudi Jaya", "kasi dalam dan luar negeri Dinas Perikanan Sleman"),
        ("Menurut kabid sarana prasarana Dinas Pertanian Sleman, [Rudi Jaya], dana ada.",
         "Rudi Jaya", "kabid sarana prasarana Dinas Pertanian Sleman"),
        ("Menurut wabup Sleman [Rudi Jaya], dana ada.", "Rudi Jaya", "wabup Sleman"),
        ("Kata kades Sukamaju, [Rudi Jaya].", "Rudi Jaya", "kades Sukamaju"),
    ],
)  # fmt: skip
def test_offices_in_small_letters(text: str, name: str, office: str, rules: Language) -> None:
    assert officials(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        "Aku kasi [Rudi Jaya] uang.",
        "Hadir para camat, kades, [Budi Jaya], dan warga.",
        "Kabid yang datang ke Dinas Pertanian Sleman [Budi Jaya].",
    ],
)
def test_small_letters_that_tell_no_office(text: str, rules: Language) -> None:
    assert officials(text, rules) == []


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        (
            "Dankodiklat AD, Letnan Jendral TNI AM.[Wicaksono],S.Sos hadir.",
            "AM.Wicaksono",
            "Dankodiklat AD",
        ),
        ("Dankodiklat AD letnan jenderal TNI AM [Wicaksono] hadir.", "AM Wicaksono", "Dankodiklat AD"),
        ("Danrem 043, kolonel inf [Rudi Jaya] hadir.", "Rudi Jaya", "Danrem 043"),
        ("Pangdam Mayjend TNI AJ [Rudi Jaya] hadir.", "AJ Rudi Jaya", "Pangdam"),
        ("Kapolres Sleman, akbp [Rudi Jaya] hadir.", "Rudi Jaya", "Kapolres Sleman"),
    ],
)
def test_ranks_in_small_letters_and_initials(text: str, name: str, office: str, rules: Language) -> None:
    assert officials(text, rules) == [(name, office)]


def test_a_town_of_one_word_before_its_head(rules: Language) -> None:
    assert officials("Camat Kuala [Rudi Jaya] hadir.", rules) == [("Rudi Jaya", "Camat Kuala")]


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Raja [Salim] tiba. Arab Saudi memberi bantuan.", "Salim", "Raja"),
        ("Kaisar [Narata] dari Jepang tiba.", "Narata", "Kaisar"),
    ],
)
def test_monarchs_in_texts_about_their_country(text: str, name: str, office: str, rules: Language) -> None:
    assert officials(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    "text",
    [
        "Raja [Salim] tiba. Prancis memberi bantuan.",
        "Raja [Dangdut Raya Jaya] pergi ke Malaysia.",
        "Warga Batam, Raja [Salim], pulang. Ia bekerja di Malaysia.",
        "Arab Saudi: [Salim].",
    ],
)
def test_kings_of_no_country(text: str, rules: Language) -> None:
    assert officials(text, rules) == []


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("Direktur Jenderal Tanah Baru, Terpadu, dan Penataan Lahan (TBTPL) Kementerian Pertanian, [Erna Dewi], hadir.",
         "Erna Dewi", "Direktur Jenderal Tanah Baru, Terpadu, dan Penataan Lahan (TBTPL) Kementerian Pertanian"),
        ("Plt Kepala Bidang Destinasi, Sukri mencatat penurunan. [Budi Jaya] pulang.",
         "Sukri", "Plt Kepala Bidang Destinasi"),
        ("Kepala Desa Sukamaju, Kecamatan Lemong, Marzuki, mengatakan jalan rusak. [Budi Jaya] pulang.",
         "Marzuki", "Kepala Desa Sukamaju, Kecamatan Lemong"),
    ],
)  # fmt: skip
def test_lists_of_fields_and_names_before_verbs_of_speech(text: str, name: str, office: str, rules: Language) -> None:
    assert officials(text, rules) == [(name, office)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hadir Kepala Seksi Dua, Forkopimda, dan Camat Tepus [Budi Jaya].", [("Budi Jaya", "Camat Tepus")]),
        ("Hadir Kepala Bagian Umum, Forkopimda, dan [Budi Jaya].", []),
        ("Kepala Bidang Destinasi, Kamis mengatakan hal itu. [Budi Jaya] pulang.", []),
    ],
)
def test_lists_that_are_of_no_fields(text: str, expected: list[tuple[str, str]], rules: Language) -> None:
    assert officials(text, rules) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dana ada, kata Kepala Dinas Sosial Sleman, Sukri, Jumat, 5 Januari. [Budi Jaya] pulang.",
         [("Sukri", "Kepala Dinas Sosial Sleman")]),
        ("Dana ada, kata Kepala Dinas Sosial Sleman, Jumat, 5 Januari. [Budi Jaya] pulang.", []),
        ("Dana ada, ujar Camat Depok, Sleman, Senin. [Budi Jaya] pulang.", []),
        ("Hadir Kepala Dinas Sosial Sleman, Warnasari, serta warga. [Budi Jaya] pulang.", []),
    ],
)  # fmt: skip
def test_a_speaker_of_one_name(text: str, expected: list[tuple[str, str]], rules: Language) -> None:
    assert officials(text, rules) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hadir Bupati Sleman, S.Hut, bersama warga.", []),
        ("Hadir Bupati Sleman S.T. Burhan bersama warga.", [("S.T. Burhan", "Bupati Sleman")]),
    ],
)
def test_a_degree_is_nobody(text: str, expected: list[tuple[str, str]], rules: Language) -> None:
    assert officials(text, rules) == expected


@pytest.mark.parametrize(
    ("office", "kind"),
    [
        ("Dirintelkam Polda Jatim", "Direktur Intelkam"),
        ("Wadirintelkam Polda Jatim", "Wakil Direktur"),
        ("Wakasatreskrim Polres Sleman", "Wakil Kepala Satuan"),
        ("Kabag Log Polres Sleman", "Kepala Bagian Logistik"),
        ("Pangkoopsud II", "Panglima Koopsud"),
    ],
)
def test_a_deputy_and_another_unit_are_no_head_of_it(office: str, kind: str, rules: Language) -> None:
    [official] = marked(f"{office} Kompol [Rudi Jaya] hadir.", rules)._.officials
    assert (official.name, official.office, official.office_class) == ("Rudi Jaya", office, kind)
