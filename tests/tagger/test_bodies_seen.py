"""What the model adds to the rules for bodies: where names end, and bodies that no table holds."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Span

from tagger.organizations import tag_organizations

if TYPE_CHECKING:
    from spacy.language import Language

    from tagger.mentions import OrganizationFound


def as_seen(
    text: str, rules: Language, bodies: tuple[str, ...], persons: tuple[str, ...] = (), places: tuple[str, ...] = ()
) -> list[OrganizationFound]:
    """What is found where the model sees each of these words, all mentions of them, in their order."""
    doc = rules(text)
    spans, at = [], 0
    for label, word in sorted(
        [*(("ORG", word) for word in bodies), *(("PER", word) for word in persons), *(("LOC", w) for w in places)],
        key=lambda item: text.index(item[1]),
    ):
        at = text.index(word, at)
        spans.append(doc.char_span(at, at + len(word), label=label))
    doc.spans["ner"] = spans
    return list(tag_organizations(doc)._.organizations)


def names(text: str, rules: Language, bodies: tuple[str, ...], persons: tuple[str, ...] = ()) -> list[str]:
    return [body.name for body in as_seen(text, rules, bodies, persons)]


def mentions(text: str, body: OrganizationFound) -> list[str]:
    return [text[where.start : where.end] for where in body.mentions]


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("Berkas itu ada di Kejari Kotaagung.", "Kejari Kotaagung", "Kejari Kotaagung"),
        ("Polres Barelang menahan dua orang.", "Polres Barelang", "Polres Barelang"),
        ("KPPN Liwa menyalurkan dana.", "KPPN Liwa", "KPPN Liwa"),
        ("Kata Kementerian Kesehatan Vietnam, wabah reda.", "Kementerian Kesehatan Vietnam",
         "Kementerian Kesehatan Vietnam"),
        ("Badan Penilaian Mutu Benih (BPMB) Jambi membuka kantor.", "Badan Penilaian Mutu Benih",
         "Badan Penilaian Mutu Benih Jambi"),
        ("Rider tim Pertamina Lestari VR21 jatuh.", "Pertamina Lestari VR21", "Pertamina Lestari VR21"),
        ("Kepala Dinas Kebudayaan Ismail tiba.", "Dinas Kebudayaan Ismail", "Dinas Kebudayaan"),
        ("Usai rapat, DPRD Analis Keuangan pulang.", "DPRD Analis Keuangan", "DPRD"),
        ("PT PLN UID Jatim mencatat konsumsi.", "PT PLN UID Jatim", "PT PLN UID Jatim"),
        ("Pemilik GMF AeroAsia senang.", "GMF AeroAsia", "GMF AeroAsia"),
        ("Penjaga gawang Persib Lahar Kuning Alam jatuh.", "Persib Lahar Kuning Alam", "Persib"),
        ("Bek itu dari Persib Raya.", "Persib Raya", "Persib Raya"),
        ("Ia membela Gresini Ducati Racing Team.", "Gresini", "Gresini Ducati Racing Team"),
        ("Juaranya Nusa Racing - Elang.", "Nusa Racing - Elang", "Nusa Racing"),
        ("Rapat di kantor Golkar Grup Tani.", "Golkar Grup Tani", "Golkar"),
    ],
)  # fmt: skip
def test_names_go_on_as_the_model_sees(text: str, seen: str, expected: str, rules: Language) -> None:
    assert names(text, rules, (seen,)) == [expected]


def test_places_part_bodies_of_one_head(rules: Language) -> None:
    text = "Kejari Liwa dan Kejari Kotaagung bertemu, kata Kejari Liwa."
    found = as_seen(text, rules, ("Kejari Liwa", "Kejari Kotaagung"))
    assert [(body.name, len(body.mentions)) for body in found] == [("Kejari Liwa", 2), ("Kejari Kotaagung", 1)]


@pytest.mark.parametrize(
    ("text", "seen", "persons", "expected"),
    [
        ("Pembalap Gulf Yamaha, Rossi, menang.", ("Gulf", "Yamaha"), (), ["Gulf Yamaha"]),
        ("Marco Bianchi (Prima Suzuki) menang.", ("Prima Suzuki",), ("Marco Bianchi",), ["Prima Suzuki"]),
        ("Marco Bianchi (Prima VR21 Racing) menang.", ("Prima VR21 Racing",), (), ["Prima VR21 Racing"]),
        ("Ia pebalap tim Monster Yamaha Tech3.", ("Yamaha",), (), ["Monster Yamaha Tech3"]),
        ("Psikiater dr Lahar Kemuning, SpKJ hadir.", ("Kemuning", "SpKJ"), (), []),
        ("Pabrik high density resin (HDRX) dibangun. HDRX dijual.", ("HDRX",), (), []),
        ("Juara Nusa Esports Nations Cup disambut.", ("Nusa",), (), []),
        ("Rapat Tim Nusa (Timsa) Jaya usai.", ("Timsa) Jaya",), (), []),
        ("Kasubdit pada Direktorat PMXU BPOM hadir.", ("PMXU",), (), ["BPOM"]),
        ("Transmigrasi SP I dan II Way Baru ramai.", ("II Way Baru",), (), []),
        ("Penyanyi Wika Lestari datang.", (), ("Wika Lestari",), []),
        ("Petinggi Jamaah Islamiyah JI bertemu.", ("Jamaah Islamiyah JI",), (), ["Jamaah Islamiyah"]),
        ("Kejuaraan ASEAN U-23 2025 usai.", ("ASEAN U-23 2025",), (), ["ASEAN"]),
        ("Direktur Eksekutif Nusa Raya Institute hadir.", ("Nusa Raya Institute",), (), ["Nusa Raya Institute"]),
        ("Indeks manajer (purchasing manager index/PMI) naik. PMI usaha naik.", ("PMI usaha",), (), []),
        ("Kata dr Lahar Nauval, M.Sc, SpGK, Subsp.KM, lapar itu wajar.", ("Subsp",), ("Lahar Nauval",), []),
        ("Main di klub Liga Raya FC Nusa.", ("FC Nusa",), (), ["FC Nusa"]),
        ("Bola milik The Green Lions.", ("The Green Lions",), (), []),
        ("Uji coba lawan tim U-17 usai.", ("U-17",), (), []),
        ("Marco Bianchi (Suzuki) menang.", ("Suzuki",), ("Marco Bianchi",), ["Suzuki"]),
        (
            "Grisli menang. Bos Grisli puas, kata Budi Grisli.",
            ("Grisli menang", "Grisli puas"),
            ("Budi Grisli",),
            ["Grisli"],
        ),
        ("Lahar Budi dan Rina Lahar tiba. Lahar Bongkar kasus.", ("Lahar Bongkar",), ("Lahar Budi", "Rina Lahar"), []),
        ("Pelatih timnas Jepang U-17 puas.", ("Jepang U-17",), (), []),
        ("Antrean di SPBU Nusa Indah panjang.", ("SPBU Nusa Indah",), (), []),
        ("Kabar dari Pasarinfo.me beredar.", ("Pasarinfo",), (), []),
        ("Acara di Raya Nusa Tower usai.", ("Raya Nusa Tower",), (), []),
        ("Skuad Garuda menang.", ("Garuda",), (), []),
        ("Portal Lindungsos dibuka.", ("Lindungsos",), (), []),
        ("Ponsel Nusa X21 Lite dijual.", ("Nusa X21 Lite",), (), []),
        ("Bianchi unggul. Marco Bianchi menang.", ("Marco Bianchi",), ("Bianchi",), []),
        ("Dokter Lahar Kemuning datang.", ("Kemuning",), ("Lahar",), []),
        ("Dilayani lewat Identitas Warga Digital (IWD). Fitur IWD baru.", ("IWD",), (), []),
        ("Dana pemulihan usaha warga (PUW) cair lewat PUW.", ("PUW",), (), []),
        ("Marco Bianchi (Karetindo Lestari) unggul.", ("Karetindo",), ("Marco Bianchi",), ["Karetindo Lestari"]),
        ("Situs Nusa kini.com dibuka.", ("Nusa",), (), []),
        ("Sebanyak 31 Polres siaga, begitu pula Polsek jajaran.", (), (), []),
        ("Murid SUPM Kotaagung melaut.", (), (), ["SUPM Kotaagung"]),
        ("Ponsel itu memakai Lintang X2 buatan Taiwan.", ("Lintang",), (), []),
        ("Laba Karetindo Q1 naik.", ("Karetindo",), (), ["Karetindo"]),
        ("Laga Grisli U-17 usai.", ("Grisli",), (), ["Grisli"]),
        ("Menurut data Nusa Interbank Rate, kurs naik.", ("Nusa",), (), []),
        ("Bus jurusan Malang-Kroyaan terlambat.", ("Kroyaan",), (), []),
        ("Gol lahir lewat sundulan Lahar Bianchi.", ("Lahar Bianchi",), (), []),
        ("Derbi Lembayung ramai.", ("Lembayung",), (), []),
        ("Kabar itu dari Instagram Lahar Sport.", ("Instagram Lahar Sport",), (), []),
        (
            "Rina Adi, Gede Rina, Lahar Adi dan Gede Lahar tiba. Kata Rina dan Lahar, aman.",
            ("Rina dan Lahar",),
            ("Rina Adi", "Gede Rina", "Lahar Adi", "Gede Lahar"),
            [],
        ),
        (
            "Badan Antariksa Kelautan Eropa (BXTY) hadir.",
            ("Badan Antariksa Kelautan Eropa",),
            (),
            ["Badan Antariksa Kelautan Eropa"],
        ),
        (
            "Perusahaan Kapal Layar Swedia (KLXO) untung, kata KLXO.",
            ("Perusahaan Kapal Layar Swedia", "KLXO"),
            (),
            ["Perusahaan Kapal Layar Swedia"],
        ),
    ],
)
def test_what_the_model_sees_alone(
    text: str, seen: tuple[str, ...], persons: tuple[str, ...], expected: list[str], rules: Language
) -> None:
    assert names(text, rules, seen, persons) == expected


def test_what_is_oftener_a_place_is_no_body(rules: Language) -> None:
    text = "Karcis Bulak habis. Warga Bulak pulang, jalan ke Bulak macet."
    doc = rules(text)
    ends = [at for at in range(len(text)) if text.startswith("Bulak", at)]
    labels = ("ORG", "LOC", "LOC")
    doc.spans["ner"] = [doc.char_span(at, at + 5, label=label) for at, label in zip(ends, labels, strict=True)]
    assert tag_organizations(doc)._.organizations == ()


def test_who_plays_against_a_team_is_one(rules: Language) -> None:
    found = as_seen("Skor Almeria vs Nusa Donetsk 1-0.", rules, ("Nusa Donetsk",), places=("Almeria",))
    assert [body.name for body in found] == ["Almeria", "Nusa Donetsk"]
    assert as_seen("Skor Indonesia vs Almeria 1-0.", rules, (), places=("Almeria",)) == []


def test_an_acronym_is_the_body_that_it_is_put_behind(rules: Language) -> None:
    text = "Dinas Ketahanan Pangan (DKP) membagi beras, kata DKP."
    (body,) = as_seen(text, rules, ())
    assert (body.name, body.acronym, len(body.mentions)) == ("Dinas Ketahanan Pangan", "DKP", 3)


def test_an_acronym_means_what_the_text_says(rules: Language) -> None:
    assert names("Pajak Kendaraan Bermotor (PKB) naik. Target PKB tercapai.", rules, ()) == []
    assert names("Kader PKB berkumpul.", rules, ()) == ["PKB"]


def test_degrees_laws_programmes_and_pairs_are_no_bodies(rules: Language) -> None:
    degrees = "Menurut dr Gede Darma, SpKK, FINSDV, kulit perlu dijaga."
    assert names(degrees, rules, ("SpKK", "FINSDV"), ("Gede Darma",)) == []
    assert names("Mereka membahas RUU Keamanan Siber.", rules, ("RUU Keamanan Siber",)) == []
    assert names("Ia ikut Borneo Exchange Programme (BEP).", rules, ("Borneo Exchange Programme", "BEP")) == []
    assert names("Konflik ABC-DEF memanas.", rules, ("ABC-DEF",)) == []
    assert names("Pidato di KTT G20 usai.", rules, ("KTT G20",)) == []
    assert names("Ban itu buatan Karetindo.", rules, ("Karetindo",)) == ["Karetindo"]


def test_who_speaks_for_a_body_is_no_part_of_it(rules: Language) -> None:
    text = "RSUD Suka Maju penuh. Humas RSUD Suka Maju Dian Ariwati datang."
    (body,) = as_seen(text, rules, (), ("Dian Ariwati",))
    assert [text[where.start : where.end] for where in body.mentions] == ["RSUD Suka Maju", "RSUD Suka Maju"]


def test_a_name_ends_before_its_acronym_without_brackets(rules: Language) -> None:
    text = "Direktur PT Nusa Timah Raya NTR Suparman hadir."
    assert names(text, rules, ("PT Nusa Timah Raya NTR Suparman",)) == ["PT Nusa Timah Raya"]


@pytest.mark.parametrize(("text", "seen"), [("Pebalap KTM menang.", "KTM"), ("Ia dari tim Muni VR46.", "Muni VR46")])
def test_teams_may_have_letters_and_digits_of_other_things(text: str, seen: str, rules: Language) -> None:
    assert names(text, rules, (seen,)) == [seen]


def test_a_person_named_in_full_elsewhere_is_no_body(rules: Language) -> None:
    text = "Info dari Del Marino. Warga bernama Alesandro Del Marino melapor."
    assert as_seen(text, rules, ("Del Marino",), ("Alesandro Del Marino",)) == []


def test_an_acronym_that_is_a_thing_once_is_one_everywhere(rules: Language) -> None:
    text = "Emas dari cabor BNX tiba. Atlet BNX menang."
    doc = rules(text)
    doc.spans["ner"] = [doc.char_span(at, at + 3, label="ORG") for at in (text.index("BNX"), text.rindex("BNX"))]
    assert tag_organizations(doc)._.organizations == ()


@pytest.mark.parametrize(
    ("text", "seen"),
    [("Kata Plt Kadisbunnak Lambar, panen usai.", "Plt Kadisbunnak Lambar"),
     ("Kadis Pendidikan Lambar hadir.", "Pendidikan Lambar")],
)  # fmt: skip
def test_offices_and_their_portfolios_are_no_bodies(text: str, seen: str, rules: Language) -> None:
    assert names(text, rules, (seen,)) == []


@pytest.mark.parametrize("text", ["Mereka balapan di Formula E.", "Rapat dihadiri RW 05.", "Dana peserta NBPU cair."])
def test_what_is_beside_makes_it_no_body(text: str, rules: Language) -> None:
    seen = next(word for word in ("Formula", "RW 05", "NBPU") if word in text)
    assert names(text, rules, (seen,)) == []


def test_a_known_party_does_not_hold_its_member(rules: Language) -> None:
    text = "Kata anggota DPRD dari Partai NasDem Sator, rapat selesai."
    assert names(text, rules, ("Partai NasDem Sator",)) == ["DPRD", "Partai NasDem"]


def test_a_last_name_is_no_known_body(rules: Language) -> None:
    assert names("Pasangan Ratu Rahma-Najib Hamas menang.", rules, (), ("Najib Hamas",)) == []
    assert names("Kelompok Hamas menang.", rules, (), ("Kelompok",)) == ["Hamas"]


def test_a_racing_team_is_parted_from_its_rider_and_its_motorcycle(rules: Language) -> None:
    text = "1. Marco Bianchi Pramac Ducati (GP23) 2. Paolo Rossi LCR Honda (RC213V)"
    found = as_seen(text, rules, (), ("Marco Bianchi Pramac Ducati", "Paolo Rossi LCR Honda"))
    assert [mentions(text, body) for body in found] == [["Pramac Ducati"], ["LCR Honda"]]


def test_a_players_place_is_a_club(rules: Language) -> None:
    found = as_seen(
        "Kiper Portoville Luca Bianchi cedera di Lyonia.", rules, (), ("Luca Bianchi",), ("Portoville", "Lyonia")
    )
    assert [body.name for body in found] == ["Portoville"]


def test_who_was_named_in_full_is_a_person_by_the_last_name(rules: Language) -> None:
    text = "Ia menundukkan Luca Bigardi. Pukulan untuk Bigardi telak. Wasit melihat Bigardi jatuh."
    assert names(text, rules, ("untuk Bigardi", "melihat Bigardi"), ("Luca Bigardi",)) == []


def test_an_acronym_makes_a_name_in_small_letters_one(rules: Language) -> None:
    text = "Menurut komite kapal nasional indonesia (KKNI), izin terbit. KKNI membenarkan."
    (found,) = as_seen(text, rules, ("komite kapal nasional indonesia",))
    assert mentions(text, found) == ["komite kapal nasional indonesia", "KKNI", "KKNI"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Ekspor lewat badan usaha milik negara (BUMN) naik.", "badan usaha milik negara"),
        ("Aturan dalam PerBPOM itu berlaku.", "PerBPOM"),
        ("Pemilik IUNP Izin Usaha Nusa Pertiwi itu untung.", "IUNP Izin Usaha Nusa Pertiwi"),
    ],
)
def test_terms_with_an_acronym_and_regulations_are_no_bodies(text: str, seen: str, rules: Language) -> None:
    assert names(text, rules, (seen,)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Mereka menundukkan Harimau Esports.", ["Harimau Esports"]), ("Hari ini Esports berkembang.", [])],
)
def test_the_end_of_a_teams_name_is_no_name(text: str, expected: list[str], rules: Language) -> None:
    assert names(text, rules, ("Esports",)) == expected


def test_the_corps_of_a_rank_is_no_body_with_the_initials_behind_it(rules: Language) -> None:
    assert names("Gedung dibuka Letnan Jenderal TNI AM.Wiraguna.", rules, ("TNI AM",), ("Wiraguna",)) == []


def test_thousands_of_bodies_and_persons_take_time_in_proportion(rules: Language) -> None:
    names = ["".join(part) for part in itertools.product("BDKLM", ("ana", "oro", "ui"), "bdklmn", ("oi", "ewu", "ara"))]
    pairs = list(itertools.islice(itertools.product(names, names), 6_000))
    doc = rules.make_doc(" ".join(f"{one}x {two}y menyapa Pagu{one} Noga{two}." for one, two in pairs))
    starts = ((at, label) for at in range(0, len(doc), 6) for label in ("PER", "ORG"))
    doc.spans["ner"] = [
        Span(doc, at + 3 * (label == "ORG"), at + 2 + 3 * (label == "ORG"), label) for at, label in starts
    ]
    began = time.process_time()
    assert tag_organizations(doc)._.organizations
    assert time.process_time() - began < 4
