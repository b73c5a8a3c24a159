"""Tokens and sentences."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from tagger.tokens import sentence_starts, split


def words(text: str) -> list[str]:
    return [word for word in split(text)[0] if not word.isspace()]


def sentences(text: str) -> list[str]:
    pieces, spaces = split(text)
    starts = [*sentence_starts(pieces, spaces), len(pieces)]
    joined = [word + (" " if space else "") for word, space in zip(pieces, spaces, strict=True)]
    return ["".join(joined[a:b]).strip() for a, b in pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selasa, 7/11/2023.Ada lima rumah", ["Selasa", ",", "7/11/2023", ".", "Ada", "lima", "rumah"]),
        ("katanya.Menurut Rina", ["katanya", ".", "Menurut", "Rina"]),
        ("Drs. Slamet, S.Sos., M.Si", ["Drs.", "Slamet", ",", "S.Sos.", ",", "M.Si"]),
        ("Jl. Merdeka, Kec. Ilir", ["Jl.", "Merdeka", ",", "Kec.", "Ilir"]),
        ("SUARAKITA.COM, JAMBI - Warga", ["SUARAKITA.COM", ",", "JAMBI", "-", "Warga"]),
        ("Rusia-Ukraina dan anak-anak", ["Rusia", "-", "Ukraina", "dan", "anak-anak"]),
        ("Rp1.250.000,50 pukul 10.30", ["Rp", "1.250.000,50", "pukul", "10.30"]),
        ("hari Jum'at (45)", ["hari", "Jum'at", "(", "45", ")"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Banjir surut.Warga pulang.", ["Banjir surut.", "Warga pulang."]),
        ("Drs. Slamet hadir. Ia senang.", ["Drs. Slamet hadir.", "Ia senang."]),
        ('"Kami siap." Ia pergi.', ['"Kami siap."', "Ia pergi."]),
        ("Satu baris\n\nDua baris", ["Satu baris", "Dua baris"]),
        ("Benarkah? Belum tentu! Tunggu.", ["Benarkah?", "Belum tentu!", "Tunggu."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text())
def test_words_and_spaces_give_the_text_back(text: str) -> None:
    pieces, spaces = split(text)
    assert Doc(Vocab(), words=pieces, spaces=spaces).text == text


@pytest.mark.parametrize("run", ["a1b2", "a1b2-", "S.H", "M.A.", "a_", "x."])
def test_a_run_without_a_blank_takes_one_pass(run: str) -> None:
    began = time.process_time()
    split(run * 50_000 + "ab")
    assert time.process_time() - began < 3
