"""Text of any kind: spans hold, the document is valid, time is bounded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from scraper.article import Article
from tagger import load, tag
from tagger.schema import tagged_schema
from tests.timing import at_most, least

if TYPE_CHECKING:
    from spacy.language import Language

    from tagger.document import TaggedArticle

PIECES = [
    "Bupati", "Wali Kota", "Gubernur", "Kota", "Kabupaten", "dan", "Bandung", "Jambi", "Batu", "Metro", "Kec.", "AS",
    "RI", "Guinea", "Khatulistiwa", "Dinas", "Kesehatan", "PT", "Tbk", "Fasha", "Rahman", "S.H.", '"', "“", "”", ",",
    ".", "(", ")", "kata", "ujarnya", "mengatakan", "bahwa", "\n", "\n\n", " ", "-", "/", "\u200b", "\u0301", "İ", "ß",
    "𝕁", "🇮🇩", "JAMBI",
]  # fmt: skip
NEWS = st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=40
).map("".join)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(rules_only=True)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(tagged_schema())


def check(tagged: TaggedArticle) -> None:
    """Every span of the document slices back, and every reference leads somewhere."""
    lists = (tagged.cities, tagged.countries, tagged.officials, tagged.organizations, tagged.events)
    spans = [mention for items in lists for item in items for mention in item.mentions]
    spans += [quote.span for quote in tagged.quotes]
    for span in (*spans, *tagged.entities):
        assert getattr(tagged, span.field)[span.start : span.end] == span.text != ""
    for entity in tagged.entities:
        if entity.ref is not None:
            field, index = entity.ref.split("/")
            assert int(index) < len(getattr(tagged, field))
    for quote in tagged.quotes:
        assert quote.official is None or quote.official < len(tagged.officials)


@settings(max_examples=150)
@given(title=st.none() | NEWS | st.text(max_size=30), text=NEWS | st.text(max_size=200))
def test_any_text(title: str | None, text: str, nlp: Language, validator: Draft202012Validator) -> None:
    article = Article(id="1", title=title, text=text)
    tagged = tag(article, nlp)
    check(tagged)
    validator.validate(json.loads(msgspec.json.encode(tagged)))
    assert tag(article, nlp) == tagged


def test_lone_surrogates_do_no_harm(nlp: Language) -> None:
    check(tag("Bupati Tebo \ud800 tiba.", nlp))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\x00", "\ufeff", '"', "“" * 50, "(" * 500, "Kota" * 500, "a" * 5000]
)
def test_next_to_nothing(text: str, nlp: Language) -> None:
    check(tag(text, nlp))


@pytest.mark.parametrize(
    "unit",
    [
        "warga kota bandung dan bupati tebo berjalan ",
        "Kota ",
        "Dinas Kesehatan ",
        "Jambi, ",
        '" ',
        "Bupati ",
        "Rahman Saleh ",
        "“kata ",
        "Kota dan Kabupaten ",
        "PT A (B) ",
        "x" * 40,
    ],
)
def test_time_grows_with_length_only(unit: str, nlp: Language) -> None:
    short, long = (unit * (size // len(unit)) for size in (10_000, 80_000))
    check(tag(long, nlp))
    assert least(lambda: tag(long, nlp), runs=2) < 32 * least(lambda: tag(short, nlp))


def test_a_megabyte_without_a_sentence_end(nlp: Language) -> None:
    with at_most(60):
        tagged = tag("warga kota bandung dan Bupati Tebo Ali Amin berjalan menuju pasar " * 15_500, nlp)
    assert {city.code for city in tagged.cities} >= {"32.73", "15.09"}


def test_all_capitals(nlp: Language) -> None:
    tagged = tag("WALI KOTA AMBON RESMIKAN PASAR BATU MERAH. WARGA MEDAN ITU SENANG AS RODA BARU.", nlp)
    assert tagged.cities[0].code == "81.71"
    assert [country.alpha2 for country in tagged.countries] == []


def test_all_lower_case(nlp: Language) -> None:
    tagged = tag("bupati lampung barat meresmikan jembatan. batu itu jatuh, malang nasibnya, as roda patah.", nlp)
    assert [city.code for city in tagged.cities] == ["18.04"]
    assert tagged.countries == ()


def test_english(nlp: Language) -> None:
    tagged = tag("The mayor of Surabaya met officials as planned. Malaysia and Japan said they would help.", nlp)
    assert [city.code for city in tagged.cities] == ["35.78"]
    assert [country.alpha2 for country in tagged.countries] == ["MY", "JP"]


def test_javanese(nlp: Language) -> None:
    tagged = tag("Wis wengi, dheweke bali menyang omah. Bupati Klaten rawuh ing desa.", nlp)
    assert [city.code for city in tagged.cities] == ["33.10"]
