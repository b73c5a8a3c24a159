"""How far the names of bodies reach: over hyphens, numerals and brackets, and not into a person or a verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagger import tag

if TYPE_CHECKING:
    from spacy.language import Language


def names(text: str, nlp: Language) -> list[str]:
    return [body.name for body in tag(text, nlp).organizations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beras itu dari Yayasan Nurul Huda Al-Kautsar di Desa Sukamaju.", "Yayasan Nurul Huda Al-Kautsar"),
        ("Santri Pondok Pesantren Al-Hikmah menanam padi.", "Pondok Pesantren Al-Hikmah"),
        ("Apel Satgas Pengawalan Camat-Lurah dimulai.", "Satgas Pengawalan Camat-Lurah"),
        ("Kampus Institut Teknologi Sepuluh November ramai.", "Institut Teknologi Sepuluh November"),
        ("Ketua Perkumpulan Pedagang Pasar Minggu hadir.", "Perkumpulan Pedagang Pasar Minggu"),
    ],
)  # fmt: skip
def test_a_name_goes_on(text: str, expected: str, nlp: Language) -> None:
    assert names(text, nlp) == [expected]
