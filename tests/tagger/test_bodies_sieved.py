"""What the model takes for bodies and the words around show to be something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagger.organizations import tag_organizations

if TYPE_CHECKING:
    from spacy.language import Language


def names(text: str, rules: Language, seen: str, *persons: str) -> list[str]:
    """The bodies that are found where the model sees the first mention of these words as one, and these as persons."""
    doc = rules(text)
    spans = [
        (text.index(word), len(word), label)
        for word, label in ((seen, "ORG"), *((person, "PER") for person in persons))
    ]
    doc.spans["ner"] = [doc.char_span(at, at + size, label=label) for at, size, label in sorted(spans)]
    return [body.name for body in tag_organizations(doc)._.organizations]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Rilisan Nusa Kilat 50 dinanti warga.", "Nusa Kilat 50"),
        ("Gerai menjual Kilatnusa 50. Stok Kilatnusa 50 habis.", "Kilatnusa"),
        ("Banyak yang menanti konser Lembayung di sana.", "Lembayung"),
        ("Seorang pengendara Lembayung Lux terluka.", "Lembayung Lux"),
        ("Mantan bek timnas U-21 Italia itu pulang.", "U-21 Italia"),
        ("Pelatih memuji tim Negeri Kincir itu.", "Negeri Kincir"),
        ("Mereka memukul Pasukan Lembayung di sana.", "Pasukan Lembayung"),
        ("Metro Catat Inflasi\nPedagang di sana senang.", "Metro"),
        ("Taman itu dibuka oleh Hi. Lahar Kemuning kemarin.", "Lahar Kemuning"),
        ("Harga akan turun, kata dia. (*)\nLMBY", "LMBY"),
        ("PerbesarLahar menyebut harga turun.", "PerbesarLahar"),
        ("Tulisan itu dimuat dalam Lembayung Heart Journal.", "Lembayung Heart Journal"),
        ("Gerai itu menjual Lembayung Tani Ultra.", "Lembayung Tani Ultra"),
        ("Pj Lembayung Satu hadir.", "Pj Lembayung Satu"),
        ("Kursnya naik, sedangkan rupee Lembayung melemah.", "Lembayung"),
        ("Rencana holding BUMN Perikanan dibahas.", "BUMN Perikanan"),
        ("Motor baru itu, RX-LB26, diuji.", "RX-LB26"),
        ("Rumah itu ludes. Lembayung melahap atap, lembayung di mana-mana.", "Lembayung"),
        ("Kabar itu dari Instagramnya.", "Instagramnya"),
        ("Upaya Kontingen Lembayung gagal.", "Kontingen Lembayung"),
        ("Mereka naik Lembayung RX-V ke sana.", "Lembayung"),
        ("Lahir medali dari Duo Lembayung kemarin.", "Duo Lembayung"),
        ("Ada panci merek Kemuning dan Lembayung di sana.", "Lembayung"),
        ("Emas itu bermerek asal Italia, dari berbagai merek yaitu Kemuning, Grisli, Lembayung.", "Lembayung"),
        ("Warga menanti kereta cepat Lembayung.", "Lembayung"),
        ("Itu dari Bagian Anggaran Bendahara Umum Negara (BA BUN).", "BUN"),
        ("Ada nasi Kemuning-Lembayung di sana.", "Lembayung"),
        ("Ia naik Lembayung i20 kemarin.", "Lembayung"),
        ("Tapi Lembayung, julukannya, kalah.", "Lembayung"),
        ("Juara Lembayungdengan 70 poin.", "Lembayungdengan"),
        ("Demikian akhirnya.\nLMBY (kabarlembayung.com) - Harga naik.", "LMBY"),
        ("Ia naik Lembayung All New Kilatan ke sana.", "Lembayung"),
        ("Warga memegang izin dari PKKPRL.", "PKKPRL"),
        ("Duet LK-Kemuning unggul.", "LK-Kemuning"),
        ("Heli Gr-8 mendarat.", "Gr-8"),
        ("Menurut dia, Lembayung adalah sebuah produk lokal.", "Lembayung"),
        ("Menurut dia, Lembayung, adalah upaya bersama.", "Lembayung"),
        ("Kata Kasudin Lembayung, api padam.", "Kasudin Lembayung"),
        ("Jasad Brigpol LK diperiksa.", "Brigpol LK"),
        ("Aturan Permenlembayung 3 berlaku.", "Permenlembayung"),
        ("Kini main Lembayung Mobile lagi.", "Lembayung Mobile"),
        ("Nilai UMK Lembayung Kemuning naik.", "UMK Lembayung Kemuning"),
        ("Tulisnya di media sosial Lembayung Kita.", "Lembayung Kita"),
        ("Dana itu dikelola Badan Usaha Milik Pekon.", "Badan Usaha Milik Pekon"),
    ],
)
def test_other_things_are_no_bodies(text: str, seen: str, rules: Language) -> None:
    assert names(text, rules, seen) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Rina Lahar menang. Kemarin Lahar jatuh.", "Lahar jatuh"),
        ("Pelatih Rina Lahar-Kemuning cemas. Semalam RLK pulang.", "RLK"),
    ],
)
def test_surnames_and_initials_of_persons_are_no_bodies(text: str, seen: str, rules: Language) -> None:
    person = "Rina Lahar-Kemuning" if "Kemuning" in text else "Rina Lahar"
    assert names(text, rules, seen, person) == []


def test_a_person_may_have_initials_behind_the_name(rules: Language) -> None:
    text = "Rina Lahar dan Gede Lahar bermain. Kata Lahar KB, berat."
    assert names(text, rules, "Lahar KB", "Rina Lahar", "Gede Lahar") == []


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("Bos Lembayung Arta pulang.", "Bos Lembayung Arta", "Lembayung Arta"),
        ("Ia membela klub Vietnam Lembayung Kota.", "Vietnam Lembayung Kota", "Lembayung Kota"),
        ("Warga ikut al-Lembayung di sana.", "Lembayung", "al-Lembayung"),
        ("Kata manajer Lembayung Team Asia, ia pulang.", "Lembayung Team", "Lembayung Team Asia"),
    ],
)
def test_where_names_begin_and_end(text: str, seen: str, expected: str, rules: Language) -> None:
    assert names(text, rules, seen) == [expected]


def test_results_give_persons_before_their_teams(rules: Language) -> None:
    text = "Hasil:\n1. Rina Lahar (Grisli Racing)\n2. Gede Kemuning (Grisli Racing)"
    assert "Gede Kemuning" not in names(text, rules, "Gede Kemuning", "Rina Lahar")
    assert "Gede Kemuning" in names(text, rules, "Gede Kemuning")


def test_a_headline_s_verb_ends_a_name(rules: Language) -> None:
    assert names("Lembayung Kucurkan Dana", rules, "Lembayung Kucurkan") == ["Lembayung"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Murid NSKL 1 berprestasi.", "NSKL 1"),
        ("Kiper itu pindah ke Lembayung 05 musim ini.", "Lembayung 05"),
        ("Warga mengadu ke LMBY.", "LMBY"),
        ("Menurut dia, Lembayung adalah sebuah klub lokal.", "Lembayung"),
        ("Mereka melawan FC Lembayung U-17.", "FC Lembayung U-17"),
        ("Lembayung 3 kali menang. Lembayung 2 kali kalah.", "Lembayung"),
        ("Merek itu milik Kemuning, Grisli dan Lembayung.", "Lembayung"),
    ],
)
def test_bodies_beside_numbers_and_at_the_end_stay(text: str, seen: str, rules: Language) -> None:
    assert names(text, rules, seen) == [seen]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Gerai itu menjual Lembayung Kilatan Buds. Warga menanti Lembayung Kilatan di sana.", "Lembayung"),
        ("Ia memakai lensa Lembayung Tele.", "Lembayung"),
    ],
)
def test_what_goes_on_wherever_the_text_has_it_is_no_body(text: str, seen: str, rules: Language) -> None:
    assert names(text, rules, seen) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ponsel Lembayung Tele dijual. Kata Lembayung, harganya turun.",
        "Stok di Lembayung Lahar tambah.",
        "Lembayung Tingkatkan Produksi",
        "Pelatih Lembayung United pulang.",
        "Dealer Lembayung Bekasi terbakar.",
    ],
)
def test_bodies_before_persons_verbs_and_places_stay(text: str, rules: Language) -> None:
    doc = rules(text)
    at = text.rindex("Lembayung")
    doc.spans["ner"] = [doc.char_span(at, at + 9, label="ORG")]
    if "Lahar" in text:
        doc.spans["ner"] = [*doc.spans["ner"], doc.char_span(at + 10, at + 15, label="PER")]
    assert [body.name for body in tag_organizations(doc)._.organizations]
