"""Exports against the rules of their standards, with what other people's articles may hold.

The schema of ninjs that IPTC publishes at https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json is tried too where
`KABAR_NINJS_SCHEMA` names a copy of it; without, what it says of our properties stands below in our own words.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import msgspec
import pytest

from kabar.export import FORMATS, writer
from scraper.article import Author, Site, Timestamp
from tagger.document import City, Country, Event, Mention, Official, Organization, Quote, TaggedArticle, Tool

TEXT = "Wali Kota Jambi Fikri Hamdani tiba di Tokyo; ia bersama BPBD."


def mention(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(text=words, start=start, end=start + len(words))


def article(**changes: Any) -> TaggedArticle:
    plain = TaggedArticle(
        id="a 1/ü",
        text=TEXT,
        lead=TEXT,
        title="Judul & <b>tebal</b>",
        url="https://warta.example/a1",
        site=Site(domain="warta.example", name="Warta"),
        authors=(Author(name="Ratna Dewita"),),
        published=Timestamp(value="2026-06-01T08:10+07:00", precision="minute"),
        modified=Timestamp(value="2026-06-02", precision="day"),
        kind="advertorial",
        language="id",
        dateline="JAMBI",
        tags=("banjir",),
        cities=(
            City(name="Kota Jambi", level="city", code="15.71", mentions=(mention("Jambi"),)),
            City(name="Jambi", level="province", code="15"),
            City(name="Kota Baru", level="city"),
        ),
        officials=(Official(name="Fikri Hamdani", office="Wali Kota Jambi", mentions=(mention("Fikri Hamdani"),)),),
        organizations=(Organization(name="Badan Penanggulangan Bencana", acronym="BPBD"),),
        countries=(Country(name="Jepang", alpha2="JP", alpha3="JPN", mentions=(mention("Tokyo"),)),),
        events=(Event(name="KTT ASEAN"),),
        quotes=(Quote(text="ia # bersama|BPBD", span=mention("ia bersama BPBD"), speaker="Fikri", verb="kata"),),
        tool=Tool(version="0", gazetteer="x"),
    )
    return msgspec.structs.replace(plain, **changes)


HOSTILE = article(
    id="x" * 600,
    title="a\x00b\x1f\ttab\nbaris \u202e =1+1",
    text="\x0b" + "kata " * 20_000,
    url='https://warta.example/<script>" onclick=x',
    canonical_url="javascript:alert(1)",
    published=Timestamp(value="kapan", precision="day"),
    language=None,
    kind="unknown",
    site=Site(),
    authors=(),
    lead=None,
    dateline=None,
)
AS_BROWSERS_TAKE_IT = "https://wart\u00e4.example/hari-\u00e9?a=[1]&b=50%#\u00fc"
BARE = TaggedArticle(id="bare", text="", tool=Tool(version="0", gazetteer="x"))
ALL = (article(), HOSTILE, BARE)


def export(name: str, *articles: TaggedArticle) -> bytes:
    out = io.BytesIO()
    assert writer(name)(iter(articles), out) == len(articles)
    return out.getvalue()


def named(**more: Any) -> dict[str, Any]:
    """An array of objects with these properties of type string and no others."""
    properties = {name: {"type": "string"} for name in ("name", "rel", "literal")} | more
    return {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": properties}}


def valued(**whole: Any) -> dict[str, Any]:
    properties = {name: {"type": "string"} for name in ("role", "contentType", "value")} | whole
    item = {"type": "object", "additionalProperties": False, "required": ["value"], "properties": properties}
    return {"type": "array", "items": item}


TEXTUAL = {"type": "string"}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
URI = {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9_.~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$"}
# What the schema that IPTC publishes (https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json) says of the properties that
# kabar writes, in our own words; like there, nothing else may stand in an item, and only `uri` must.
NINJS = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": {
        "uri": URI,
        "type": {
            "enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]
        },
        "representationType": {"enum": ["full", "partial"]},
        "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
        "language": TEXTUAL,
        "firstCreated": INSTANT,
        "versionCreated": INSTANT,
        "by": TEXTUAL,
        "located": TEXTUAL,
        "headlines": valued(),
        "descriptions": valued(),
        "bodies": valued(charCount={"type": "integer"}, wordCount={"type": "integer"}),
        "people": named(uri=URI),
        "organisations": named(uri=URI),
        "places": named(uri=URI),
        "events": named(id=TEXTUAL, uri=URI),
        "subjects": named(uri=URI, creator=TEXTUAL),
        "genres": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"name": TEXTUAL, "literal": TEXTUAL},
            },
        },
        "infoSources": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"name": TEXTUAL, "role": TEXTUAL},
            },
        },
        "altIds": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"role": TEXTUAL, "value": TEXTUAL},
            },
        },
        "standard": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"name": TEXTUAL, "version": TEXTUAL, "schema": URI},
        },
    },
}


FORMATS_OF_VALUES = jsonschema.FormatChecker(())
FORMATS_OF_VALUES.checks("uri")(lambda value: bool(re.fullmatch(URI["pattern"], value)))
FORMATS_OF_VALUES.checks("date-time")(lambda value: bool(re.fullmatch(INSTANT["pattern"], value)))


def test_ninjs_keeps_to_the_schema_that_is_published() -> None:
    path = os.environ.get("KABAR_NINJS_SCHEMA")
    if not path:
        pytest.skip("KABAR_NINJS_SCHEMA names no copy of https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json")
    schema = json.loads(Path(path).read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=FORMATS_OF_VALUES)
    for line in export("ninjs", *ALL, article(url=AS_BROWSERS_TAKE_IT)).splitlines():
        validator.validate(json.loads(line))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"uri": "urn:kabar:1", "cities": []})
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"uri": AS_BROWSERS_TAKE_IT})


def test_addresses_are_uris_though_browsers_take_more() -> None:
    (entry,) = feedparser.parse(export("atom", article(url=AS_BROWSERS_TAKE_IT))).entries
    (item,) = json.loads(export("jsonfeed", article(url=AS_BROWSERS_TAKE_IT)))["items"]
    news = json.loads(export("ninjs", article(url=AS_BROWSERS_TAKE_IT)))
    assert (
        entry.link == item["url"] == news["uri"] == "https://xn--wart-ooa.example/hari-%C3%A9?a=%5B1%5D&b=50%25#%C3%BC"
    )


@pytest.mark.parametrize(
    "url", ["https://[::1", "https://a..b\u00e9/", "https://desk:pass@warta.example/", "https://a,b/"]
)
def test_an_address_that_cannot_be_a_uri_is_none(url: str) -> None:
    assert json.loads(export("ninjs", article(url=url)))["uri"] == "urn:kabar:a%201%2F%C3%BC"


def test_ninjs_keeps_to_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(NINJS)
    items = [json.loads(line) for line in export("ninjs", *ALL).splitlines()]
    for item in items:
        validator.validate(item)
    full, hostile, bare = items
    assert full["firstCreated"] == full["versionCreated"] == "2026-06-01T08:10:00+07:00"
    assert full["genres"] == [{"name": "advertorial", "literal": "advertorial"}]
    assert full["places"][0] == {"name": "Kota Jambi", "rel": "mention", "literal": "15.71"}
    assert hostile["uri"].startswith("urn:kabar:xxx")
    assert bare["uri"] == "urn:kabar:bare"


JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
                "properties": {
                    "id": TEXTUAL,
                    "url": URI,
                    "title": TEXTUAL,
                    "summary": TEXTUAL,
                    "content_text": TEXTUAL,
                    "language": TEXTUAL,
                    "date_published": INSTANT,
                    "date_modified": INSTANT,
                    "tags": {"type": "array", "items": TEXTUAL},
                    "authors": {"type": "array", "items": {"type": "object", "properties": {"name": TEXTUAL}}},
                },
                # "custom objects ... must start with an underscore"
                "patternProperties": {"^_": {"type": "object"}},
                "additionalProperties": False,
            },
        },
    },
}


def test_json_feed_keeps_to_the_rules_of_version_1_1() -> None:
    jsonschema.Draft202012Validator(JSON_FEED).validate(json.loads(export("jsonfeed", *ALL)))


def test_atom_is_read_by_feedparser_whatever_stands_in_it() -> None:
    feed = feedparser.parse(export("atom", *ALL))
    assert not feed.bozo
    assert feed.entries[0].id == "urn:kabar:a%201%2F%C3%BC"
    for entry in feed.entries:  # what RFC 4287 wants of each
        assert entry.id
        assert entry.title
        assert entry.author
        assert datetime.fromisoformat(entry.updated).tzinfo
        assert all(link.href.startswith("https://") for link in entry.get("links", ()))
    assert feed.entries[0].published_parsed[:5] == (2026, 6, 1, 1, 10)


def test_opensearch_bulk_by_its_rules() -> None:
    raw = export("opensearch", *ALL)
    assert raw.endswith(b"\n"), "the last line must end too"
    lines = raw.split(b"\n")[:-1]
    assert len(lines) == 2 * len(ALL)
    for action, document in zip(lines[::2], lines[1::2], strict=True):
        [(name, about)] = json.loads(action).items()
        assert (name, set(about)) == ("index", {"_index", "_id"})
        assert about["_index"] == about["_index"].lower()
        assert 0 < len(about["_id"].encode()) <= 512
        assert isinstance(json.loads(document), dict)


def test_gkg_has_the_blocks_of_the_codebook() -> None:
    lines = export("gkg", *ALL).decode().split("\n")
    rows = [line.split("\t") for line in lines[:-1]]
    assert [len(row) for row in rows] == [27] * len(ALL)
    full, hostile, bare = rows
    assert [row[1] for row in rows] == ["20260601011000", "0" * 14, "0" * 14]
    places = full[9].split(";")
    assert [len(place.split("#")) for place in places] == [7] * 4
    assert places[0].startswith("4#Kota Jambi#ID##-1.")
    assert places[0].endswith("#15.71")
    enhanced = full[10].split(";")
    assert [len(place.split("#")) for place in enhanced] == [9] * 4
    assert enhanced[0].split("#")[-1] == str(TEXT.index("Jambi"))
    assert full[12] == f"Fikri Hamdani,{TEXT.index('Fikri')}"
    assert full[22] == f"{TEXT.index('ia bersama')}|17|kata|ia bersama BPBD"
    assert full[25] == "srclc:ind"
    assert full[26] == "<PAGE_TITLE>Judul &amp; &lt;b&gt;tebal&lt;/b&gt;</PAGE_TITLE>"
    assert hostile[25] == bare[25] == ""


def test_gkg_is_read_by_duckdb(tmp_path: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "gkg.csv"
    path.write_bytes(export("gkg", *ALL))
    options = "delim='\\t', header=false, quote='', escape='', all_varchar=true, max_line_size=4000000"
    rows = duckdb.sql(f"select column03, column13 from read_csv('{path}', {options})").fetchall()
    assert rows[0] == ("warta.example", "Badan Penanggulangan Bencana")
    assert len(rows) == len(ALL)


def test_parquet_of_everything_is_read_by_duckdb(tmp_path: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "all.parquet"
    path.write_bytes(export("parquet", *ALL))
    rows = duckdb.sql(f"select id, text, cities[1].code from '{path}'").fetchall()
    assert [row[1] for row in rows] == [one.text for one in ALL]
    assert rows[0][2] == "15.71"


def test_spreadsheets_hold_all_articles_and_no_formula() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", *ALL)))
    assert not [cell for page in book for line in page for cell in line if cell.data_type == "f"]
    assert {row[0] for row in book["articles"].iter_rows(min_row=2, values_only=True)} == {one.id for one in ALL}
    rows = list(csv.DictReader(io.StringIO(export("csv", *ALL).decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == [one.id for one in ALL]


@pytest.mark.parametrize("name", [item.name for item in FORMATS])
def test_script_addresses_are_no_links(name: str) -> None:
    raw = export(name, HOSTILE)
    if name in ("atom", "jsonfeed", "ninjs"):
        assert b"javascript:" not in raw


def test_follow_the_money_takes_every_value() -> None:
    """Values that are none of their type (a date, a country, an address) are dropped by the reader: none is."""
    followthemoney = pytest.importorskip("followthemoney")
    for line in export("ftm", *ALL).splitlines():
        entity = json.loads(line)
        proxy = followthemoney.model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert len(proxy.get(name)) == len(set(values)), (entity["schema"], name, values)
    first = json.loads(export("ftm", article()).splitlines()[0])
    assert first["properties"]["publishedAt"] == ["2026-06-01T01:10:00"], "in UTC, as the model reads it"
