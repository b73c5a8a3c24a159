"""Acronyms that a text defines."""

from __future__ import annotations

import pytest

from tagger.acronyms import abbreviates, definitions
from tagger.words import read_words


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("BPBD", "Badan Penanggulangan Bencana Daerah"),
        ("Kemenhub", "Kementerian Perhubungan"),
        ("Disperindag", "Dinas Perindustrian dan Perdagangan"),
        ("FKUB", "Forum Kerukunan Umat Beragama"),
        ("OWHC", "Organization of World Heritage Cities"),
        ("UCLG", "United Cities and Local Governments"),
        ("PHRI", "Perhimpunan Hotel dan Restoran Indonesia"),
    ],
)
def test_letters_agree(acronym: str, name: str) -> None:
    assert abbreviates(acronym, name.split())


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("Wawan", "Bupati Sleman"),
        ("BPS", "Dinas Kesehatan Provinsi"),
        ("45", "Rahman Hakim"),
        ("ABC", "Andalan"),
        ("KPU", "Panitia Umum Kota"),
    ],
)
def test_letters_disagree(acronym: str, name: str) -> None:
    assert not abbreviates(acronym, name.split())


@pytest.mark.parametrize(
    ("text", "name", "acronym"),
    [
        ("Kata Badan Pangan Daerah (BPD) kemarin.", "Badan Pangan Daerah", "BPD"),
        ("Anggota ARKA (Aliansi Rakyat Kali Angke) hadir.", "Aliansi Rakyat Kali Angke", "ARKA"),
    ],
)
def test_both_orders(text: str, name: str, acronym: str) -> None:
    words = read_words(text)
    (found,) = definitions(words)
    assert (words.slice(found.first, found.last), words.forms[found.acronym]) == (name, acronym)


@pytest.mark.parametrize(
    "text", ["Rahman Hakim (45) hadir.", "Susilo Wibowo (Bowo) hadir.", "Ia pulang (kemarin).", ")(", ""]
)
def test_ages_and_nicknames_define_nothing(text: str) -> None:
    assert not list(definitions(read_words(text)))
