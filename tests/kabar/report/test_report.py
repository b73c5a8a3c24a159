"""Both languages of reports say everything."""

from __future__ import annotations

from typing import Literal

import pytest

from kabar.report.words import Language, words
from scraper.article import Timestamp


def test_both_languages_have_the_same_keys() -> None:
    indonesian, english = words("id"), words("en")
    assert indonesian._table.keys() == english._table.keys()
    assert indonesian._kinds.keys() == english._kinds.keys()


@pytest.mark.parametrize(
    ("value", "precision", "told"),
    [
        ("2026-05-31T10:05:00+09:00", "minute", "10.05 WIT"),
        ("2026-05-31T10:05:00+00:00", "minute", "17.05 WIB"),
        ("2026-05-31", "day", ""),
        ("kapan", "minute", ""),
    ],
)
def test_times_are_those_of_indonesia(value: str, precision: Literal["minute", "day"], told: str) -> None:
    language: Language = "id"
    assert words(language).time(Timestamp(value=value, precision=precision)) == told
