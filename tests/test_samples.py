"""Each sample gives the answer that stands beside it, written by hand, in everything a reader of the JSON would use."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from scraper import clean, clean_text
from scraper.article import Article
from tagger import load, tag
from tagger.document import TaggedArticle

SAMPLES = Path(__file__).parents[1] / "samples"
ANSWERS = sorted(SAMPLES.glob("*.json"))


def article(path: Path) -> Article:
    if path.suffix == ".txt":
        return clean_text(path.read_text(encoding="utf-8"))
    return clean(path.read_bytes())


@cache
def tagged(name: str) -> TaggedArticle:
    return tag(article(next(path for path in SAMPLES.glob(f"{name}.*") if path.suffix != ".json")), pipeline())


@cache
def pipeline() -> Any:
    return load()


@pytest.fixture(params=ANSWERS, ids=[path.stem for path in ANSWERS])
def pair(request: pytest.FixtureRequest) -> tuple[dict[str, Any], TaggedArticle]:
    return json.loads(request.param.read_text(encoding="utf-8")), tagged(request.param.stem)


def test_there_are_enough_samples() -> None:
    assert len(ANSWERS) >= 10


def test_text_and_head(pair) -> None:
    want, got = pair
    assert got.text == want["text"]
    assert got.title == want["title"]
    assert got.kind == want["kind"]
    assert got.dateline == want["dateline"]
    assert [{"name": author.name, "role": author.role} for author in got.authors] == want["authors"]


def test_published_is_the_same_instant(pair) -> None:
    want, got = pair
    if want["published"] is None:
        assert got.published is None
    else:
        assert datetime.fromisoformat(got.published.value) == datetime.fromisoformat(want["published"])


def test_places(pair) -> None:
    want, got = pair
    assert {(city.name, city.level, city.code) for city in got.cities} == {
        (city["name"], city["level"], city["code"]) for city in want["cities"]
    }
    assert {country.alpha2 for country in got.countries} == set(want["countries"])


def test_officials(pair) -> None:
    want, got = pair
    assert {(one.name, one.office, one.jurisdiction, one.status) for one in got.officials} == {
        (one["name"], one["office"], one["jurisdiction"], one["status"]) for one in want["officials"]
    }


def test_organizations(pair) -> None:
    want, got = pair
    assert {(body.name, body.acronym) for body in got.organizations} == {
        (body["name"], body["acronym"]) for body in want["organizations"]
    }


def test_quotes(pair) -> None:
    want, got = pair
    assert [(quote.speaker, quote.text) for quote in got.quotes if quote.direct] == [
        (quote["speaker"], quote["text"]) for quote in want["quotes"]
    ]


def test_every_span_slices_back_and_the_document_is_valid(pair) -> None:
    from tagger.schema import tagged_schema

    _, got = pair
    fields = {"title": got.title or "", "text": got.text}
    mentions = [
        mention
        for entry in (*got.cities, *got.officials, *got.organizations, *got.countries)
        for mention in entry.mentions
    ]
    for span in [*mentions, *got.entities, *(quote.span for quote in got.quotes)]:
        assert fields[span.field][span.start : span.end] == span.text
    jsonschema.validate(msgspec.json.decode(msgspec.json.encode(got)), tagged_schema())


def test_the_seed_tells_what_was_removed() -> None:
    got = tagged("kota-jambi-u20")
    samples = {item.sample.strip() for item in got.removed}
    assert {"iklan", "Berita Terkait", "add images", "(adv)"} <= samples
    events = {event.name for event in got.events} | {body.name for body in got.organizations}
    assert any("U20" in name for name in events)
    assert any("G20" in name or "G-20" in name for name in events)
    assert {mention.text for official in got.officials for mention in official.mentions} == {"Fasha"}
    assert sum(len(official.mentions) for official in got.officials) == got.text.count("Fasha")
