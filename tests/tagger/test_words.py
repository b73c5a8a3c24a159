"""Words, and what stands between them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.words import BREAK, CLOSE, COMMA, DOT, OPEN, SPACE, read_words


@given(st.text(max_size=200))
def test_every_word_is_where_it_says(text: str) -> None:
    words = read_words(text, frozenset({"kepala"}))
    assert all(text[s:e] == form for s, e, form in zip(words.starts, words.ends, words.forms, strict=True))
    assert all(left <= right for left, right in zip(words.ends, words.starts[1:], strict=False))


def test_joints() -> None:
    words = read_words("Drs. Ali, S.H. (Pjs)\nBupati")
    assert words.forms == ("Drs", "Ali", "S", "H", "Pjs", "Bupati")
    assert words.joints == (BREAK, DOT, COMMA, DOT, BREAK, ")\n")
    assert read_words("Badan Gizi (BGN) hadir").joints[1:] == (SPACE, OPEN, CLOSE)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Baca JugaKepala Dinas", ["Baca", "Juga", "Kepala", "Dinas"]),
        ("PersijaBali United, RadarBali", ["Persija", "Bali", "United", "RadarBali"]),
        ("21/10/23Persija 24Jam 5Km", ["21", "10", "23", "Persija", "24", "Jam", "5Km"]),
        ("NasDem dan CityNet", ["NasDem", "dan", "CityNet"]),
        ("anak-anak TP-PKK ke-6", ["anak-anak", "TP-PKK", "ke-6"]),
        ("Rahman-Lestari", ["Rahman", "Lestari"]),
        ("aturan DLH-nya", ["aturan", "DLH", "nya"]),
        ("Jum'at", ["Jum'at"]),
    ],
)
def test_where_words_part(text: str, forms: list[str]) -> None:
    assert list(read_words(text, frozenset({"kepala", "bali united"})).forms) == forms


def test_a_word_of_a_million_letters_takes_no_longer_for_its_capitals() -> None:
    began = time.process_time()
    read_words("abCde" * 200_000, frozenset({"kepala"}))
    assert time.process_time() - began < 2
