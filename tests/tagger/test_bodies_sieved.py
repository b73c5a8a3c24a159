"""What the model takes for bodies and the words around show to be something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagger.organizations import tag_organizations

if TYPE_CHECKING:
    from spacy.language import Language


def names(text: str, rules: Language, seen: str) -> list[str]:
    """The bodies that are found where the model sees the first mention of these words as one."""
    doc, at = rules(text), text.index(seen)
    doc.spans["ner"] = [doc.char_span(at, at + len(seen), label="ORG")]
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
        ("Dana itu dikelola Badan Usaha Milik Pekon.", "Badan Usaha Milik Pekon"),
    ],
)
def test_other_things_are_no_bodies(text: str, seen: str, rules: Language) -> None:
    assert names(text, rules, seen) == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Murid NSKL 1 berprestasi.", "NSKL 1"),
        ("Kiper itu pindah ke Lembayung 05 musim ini.", "Lembayung 05"),
        ("Warga mengadu ke LMBY.", "LMBY"),
        ("Lembayung 3 kali menang. Lembayung 2 kali kalah.", "Lembayung"),
    ],
)
def test_bodies_beside_numbers_and_at_the_end_stay(text: str, seen: str, rules: Language) -> None:
    assert names(text, rules, seen) == [seen]
