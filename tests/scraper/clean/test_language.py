"""Languages of Indonesian pages told apart."""

from __future__ import annotations

import pytest

from scraper.clean.language import tell_language

TEXTS = {
    "id": "Warga yang rumahnya terendam sudah mengungsi ke balai desa sejak tadi malam dan belum bisa pulang karena "
    "air masih tinggi, kata kepala desa, Senin.",
    "ms": "Penduduk yang rumahnya dinaiki air telah dipindahkan ke dewan sejak malam tadi kerana paras sungai masih "
    "tinggi, manakala pihak polis berkata bahawa jalan itu ditutup.",
    "jv": "Warga sing omahe kebanjiran wis padha ngungsi menyang bale desa wiwit mau bengi lan durung bisa mulih "
    "amarga banyune isih dhuwur, miturut lurah kang ngurusi.",
    "su": "Warga nu imahna kabanjiran geus ngungsi ka bale desa ti peuting keneh jeung can bisa mulang lantaran "
    "caina masih keneh luhur, ceuk kapala desa nu datang dina isuk-isuk.",
    "en": "Residents whose houses were flooded have moved to the village hall since last night and could not go home "
    "because the water was still high, the village head said.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_tells_the_language_of_a_few_sentences(code: str) -> None:
    assert tell_language([TEXTS[code]]) == code


@pytest.mark.parametrize("text", ["", "Banjir surut", "1 2 3 4 5 6 7 8 9 10 11 12 13 14", "المدينة " * 20])
def test_says_nothing_about_too_little_or_unknown_text(text: str) -> None:
    assert tell_language([text]) is None


def test_the_text_outweighs_the_markup() -> None:
    from scraper.clean import clean

    page = f"<html lang='id'><h1>Village flooded after a night of rain</h1><article><p>{TEXTS['en']}</p></article>"
    assert clean(page).language == "en"
