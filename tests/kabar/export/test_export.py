"""Every export is read back by a reader that is not ours."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import feedparser
import msgspec
import pytest

from kabar.export import FORMATS, find, writer
from kabar.export.gkg import columns
from kabar.export.rows import safe_cell
from scraper.article import Author, Site, Timestamp
from tagger.document import (
    City,
    Country,
    Entity,
    Event,
    Evidence,
    Mention,
    Official,
    Organization,
    Quote,
    TaggedArticle,
    Tool,
)

TEXT = 'Wali Kota Jambi Fikri Hamdani tiba di Tokyo.\n\n"Kami belajar," kata Fikri.'


def mention(words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(text=words, start=start, end=start + len(words))


def article(**changes: object) -> TaggedArticle:
    plain = TaggedArticle(
        id="a1",
        text=TEXT,
        lead=TEXT.split("\n\n")[0],
        title="=SUM(A1) & <b>judul</b>",
        url="https://warta.example/a1",
        site=Site(domain="warta.example", name="Warta"),
        authors=(Author(name="Ratna Dewita", role="reporter"),),
        published=Timestamp(value="2026-06-01T08:10:00+07:00", precision="minute"),
        kind="news",
        language="id",
        cities=(City(name="Kota Jambi", level="city", code="15.71", mentions=(mention("Jambi"),)),),
        officials=(
            Official(
                name="Fikri Hamdani",
                office="Wali Kota Jambi",
                jurisdiction="15.71",
                mentions=(mention("Fikri Hamdani"),),
            ),
        ),
        organizations=(Organization(name="Pemkot Jambi", kind="local-government"),),
        countries=(Country(name="Jepang", alpha2="JP", alpha3="JPN"),),
        quotes=(Quote(text="Kami belajar", span=mention("Kami belajar"), speaker="Fikri", verb="kata"),),
        entities=(
            Entity(
                type="city", text="Jambi", field="text", start=mention("Jambi").start, end=mention("Jambi").end,
                evidence=Evidence(by="rule", cue="office"),
            ),
        ),
        tool=Tool(version="0", gazetteer="x"),
    )  # fmt: skip
    return msgspec.structs.replace(plain, **changes)


def export(name: str, *articles: TaggedArticle) -> bytes:
    out = io.BytesIO()
    assert writer(name)(iter(articles), out) == len(articles)
    return out.getvalue()


@pytest.mark.parametrize("name", [item.name for item in FORMATS])
def test_every_format_writes_nothing_and_many(name: str) -> None:
    assert isinstance(export(name), bytes)
    assert len(export(name, *(article(id=f"a{n}") for n in range(50)))) > len(export(name, article()))


def test_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="jsonl, csv"):
        find("doc")


def test_jsonl_keeps_everything() -> None:
    assert msgspec.json.decode(export("jsonl", article()), type=TaggedArticle) == article()


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@x", "\tx", "\r=1"])
def test_cells_do_not_run_as_formulas(text: str) -> None:
    assert safe_cell(text).startswith("'")


def test_csv_is_one_row_an_article_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(export("csv", article(), article(id="a2")).decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == ["a1", "a2"]
    assert rows[0]["title"] == "'=SUM(A1) & <b>judul</b>"
    assert rows[0]["text"] == TEXT
    assert rows[0]["city_codes"] == "15.71"


def test_xlsx_that_breaks_off_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[TaggedArticle]:
        yield article()
        raise OSError("gone")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    out = io.BytesIO()
    with pytest.raises(OSError, match="gone"):
        writer("xlsx")(broken(), out)
    assert out.getvalue() == b""
    assert list(tmp_path.iterdir()) == []


def test_xlsx_opens_and_long_text_goes_on() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    long = "kata " * 20_000
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", article(), article(id="a2", text=long))), read_only=True)
    head, *rows = book["articles"].iter_rows(values_only=True)
    at = {name: place for place, name in enumerate(head)}
    assert rows[0][at["title"]].startswith("'=SUM")
    assert "".join(row[at["text"]] for row in rows if row[at["id"]] == "a2") == long
    assert [row[2] for row in book["officials"].iter_rows(values_only=True)][1] == "Fikri Hamdani"


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2026-06-01T00:30:00+09:00", "2026-05-31"),
        ("2026-05-31T17:00:00Z", "2026-06-01"),
        ("2026-05-31", "2026-05-31"),
        ("2026-05", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("1890-01-01", "1890-01-01"),
    ],
)
def test_days_are_dates_of_jakarta_that_can_be_grouped(tmp_path, told: str, day: str | None) -> None:
    openpyxl, duckdb = pytest.importorskip("openpyxl"), pytest.importorskip("duckdb")
    one = article(published=Timestamp(value=told, precision="minute"), events=(Event(name="Pekan Raya"),))
    wanted = date.fromisoformat(day) if day else None
    [row] = csv.DictReader(io.StringIO(export("csv", one).decode("utf-8-sig"), newline=""))
    assert (row["day"], row["published"], row["events"]) == (day or "", told, "Pekan Raya")
    book = openpyxl.load_workbook(io.BytesIO(export("xlsx", one)))
    for sheet in ("articles", "officials", "cities", "organizations", "countries", "events", "quotes"):
        head, values = book[sheet].iter_rows(values_only=True)
        shown = values[head.index("day")]
        assert (shown.date() if isinstance(shown, datetime) else shown) == (day if day == "1890-01-01" else wanted)
    (tmp_path / "out.parquet").write_bytes(export("parquet", one))
    [(found, event)] = duckdb.sql(f"select day, events[1].name from '{tmp_path / 'out.parquet'}'").fetchall()
    assert (found, event) == (wanted, "Pekan Raya")


def test_parquet_is_read_by_duckdb(tmp_path) -> None:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path / "out.parquet"
    path.write_bytes(export("parquet", *(article(id=f"a{n}") for n in range(1_500))))
    query = f"select count(*), any_value(officials[1].name) from '{path}'"
    ((count, name),) = duckdb.sql(query).fetchall()
    assert (count, name) == (1_500, "Fikri Hamdani")


def test_ninjs_says_what_the_standard_names() -> None:
    item = json.loads(export("ninjs", article()))
    assert item["uri"] == "https://warta.example/a1"
    assert item["headlines"] == [{"role": "main", "value": "=SUM(A1) & <b>judul</b>"}]
    assert item["bodies"][0]["charCount"] == len(TEXT)
    assert item["people"] == [{"name": "Fikri Hamdani", "rel": "Wali Kota Jambi"}]


def test_ninjs_leaves_out_a_bare_date() -> None:
    day = Timestamp(value="2026-06-01", precision="day")
    assert "firstCreated" not in json.loads(export("ninjs", article(published=day)))


def test_atom_and_json_feed_are_feeds() -> None:
    feed = feedparser.parse(export("atom", article()))
    assert not feed.bozo
    assert feed.entries[0].title == "=SUM(A1) & <b>judul</b>"
    assert feed.entries[0].link == "https://warta.example/a1"
    assert {tag.term for tag in feed.entries[0].tags} >= {"Kota Jambi", "Pemkot Jambi", "Jepang"}
    items = json.loads(export("jsonfeed", article(), article(id="a2")))["items"]
    assert [item["id"] for item in items] == ["a1", "a2"]


@pytest.mark.parametrize("name", ["atom", "jsonfeed"])
def test_a_script_link_never_goes_out(name: str) -> None:
    assert b"javascript:" not in export(name, article(url="javascript:alert(1)"))


def test_opensearch_bulk_has_an_action_before_each_document() -> None:
    lines = [json.loads(line) for line in export("opensearch", article(), article(id="a2")).splitlines()]
    assert [line["index"]["_id"] for line in lines[::2]] == ["a1", "a2"]
    assert lines[1]["text"] == TEXT


def test_gkg_has_27_columns_even_with_tabs_in_names() -> None:
    row = columns(article(title="a\tb\nc"))
    assert len(row) == 27
    assert not any("\t" in cell or "\n" in cell for cell in row)
    assert row[1] == "20260601011000"
    assert "15.71" in row[9]


def test_ftm_writes_one_person_for_two_articles() -> None:
    entities = [json.loads(line) for line in export("ftm", article(), article(id="a2")).splitlines()]
    assert sum(entity["schema"] == "Person" for entity in entities) == 1
    assert sum(entity["schema"] == "Article" for entity in entities) == 2
    model = pytest.importorskip("followthemoney").model
    for entity in entities:
        proxy = model.get_proxy(entity)
        proxy.schema.validate(entity)


def test_label_studio_spans_slice_back() -> None:
    (task,) = json.loads(export("label-studio", article()))
    value = task["predictions"][0]["result"][0]["value"]
    assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
