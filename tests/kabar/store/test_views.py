"""What kabar/store/README.md promises to other programs, read by SQLite alone: views, their columns, queries."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from kabar.store import Override, open_store
from scraper.article import Removed, Site, Timestamp
from tagger.document import (
    City,
    Country,
    Event,
    Mention,
    Official,
    Organization,
    Quote,
    TaggedArticle,
    Tool,
)

README = files("kabar.store").joinpath("README.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)
DOCUMENTED = {
    name: columns.split(", ")
    for name, columns in re.findall(r"^\| `(\w+)` \| [^|]+ \| ([\w, ]+) \|$", README, re.MULTILINE)
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00")
TIMES = {"seen", "changed", "until", "made", "created", "last_sent", "paused", "first_seen"}
TEXT = "Bupati Tebo Siti Rahmah membuka jalan di Kota Jambi. “Jalan ini untuk warga,” kata Siti."

JAMBI = City(
    name="Kota Jambi", level="city", code="15.71", province="Jambi",
    mentions=(Mention(text="Kota Jambi", start=41, end=51),),
)  # fmt: skip
QUOTE = Quote(
    text="Jalan ini untuk warga", span=Mention(text="Jalan ini untuk warga", start=54, end=75),
    speaker="Siti", official=0, verb="kata",
)  # fmt: skip


def article(id_: str, days: int, text: str = TEXT, **changes: Any) -> TaggedArticle:
    moment = datetime.now(UTC) - timedelta(days=days)
    fields: dict[str, Any] = {
        "url": f"https://warta.example/{id_}",
        "title": f"Jalan {id_} dibuka",
        "site": Site(domain="warta.example", name="Warta"),
        "kind": "news",
        "published": Timestamp(value=moment.isoformat(timespec="seconds"), precision="second"),
        "cities": (JAMBI,),
        "officials": (Official(name="Siti Rahmah", office="Bupati Tebo", office_class="Bupati", jurisdiction="15.09"),),
        "organizations": (Organization(name="Badan Pusat Statistik", acronym="BPS"),),
        "countries": (Country(name="Jepang", alpha2="JP", alpha3="JPN"),),
        "events": (Event(name="Pekan Raya Tebo"),),
        "quotes": (QUOTE,),
        "removed": (Removed(rule="dateline", sample="TEBO, WARTA", count=1),),
        "tool": Tool(version="0", gazetteer="x"),
    }
    return TaggedArticle(id=id_, text=text, **{**fields, **changes})


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A store with a row in every view, opened as other programs open it."""
    path: Path = tmp_path_factory.mktemp("views") / "news.db"
    with open_store(path) as store:
        story = " ".join(f"kata{n} tentang jalan{n}" for n in range(60))
        store.add([article("a", 2), article("b", 1, story), article("c", 1, story + " Tambahan."), article("old", 90)])
        store.add([article("a", 2, TEXT + " Jalan itu sepanjang dua kilometer.")])
        store.correct(Override("rename", "organization", store.find_entity("organization", "BPS"), "BPS Tebo"))
        store.save_search("jalan", "jalan kota:15")
        alert = store.outbox().add("webhook", "https://hooks.example/T0/rahasia", search="jalan")
        store.outbox().pause(alert.number)
    found = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    found.row_factory = sqlite3.Row
    yield found
    found.close()


def test_every_view_is_documented_with_its_columns_and_no_other(db: sqlite3.Connection) -> None:
    views = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")} - {"indexed"}
    assert views == set(DOCUMENTED)
    for name in views:
        assert [row["name"] for row in db.execute(f"PRAGMA table_info({name})")] == DOCUMENTED[name], name


@pytest.mark.parametrize("view", DOCUMENTED)
def test_values_are_plain_and_times_are_as_documented(db: sqlite3.Connection, view: str) -> None:
    rows = db.execute(f"SELECT * FROM {view}").fetchall()
    assert rows
    for row in rows:
        for column in row.keys():  # noqa: SIM118 - of a row, not of a dictionary
            value = row[column]
            assert isinstance(value, (str, int, float, type(None)))
            if column in TIMES:
                assert value is None or MOMENT.fullmatch(value), (column, value)
            if column.endswith("day"):
                assert DAY.fullmatch(value), (column, value)
    assert not any("rahasia" in str(tuple(row)) for row in rows)


def test_views_can_be_joined_and_grouped_by_other_programs(db: sqlite3.Connection) -> None:
    joined = "SELECT count(*) FROM articles a JOIN {} x ON x.article = a.id"
    for view in ("cities", "officials", "organizations", "countries", "events", "mentions", "quotes", "removed"):
        assert db.execute(joined.format(view)).fetchone()[0] == 4, view
    assert tuple(db.execute("SELECT text, name FROM mentions WHERE article = 'a'").fetchone()) == ("Kota Jambi",) * 2
    assert db.execute("SELECT articles FROM clusters WHERE articles > 1").fetchone()["articles"] == 2


def test_the_documented_queries_give_what_they_say(db: sqlite3.Connection) -> None:
    offices, stories, days, hours, said = ([dict(row) for row in db.execute(query)] for query in QUERIES)
    assert [(row["office"], row["status"], row["count(*)"]) for row in offices] == [("Bupati Tebo", "in_office", 4)]
    assert stories == [{"name": "Kota Jambi", "stories": 2}], "the copy is no story, and the old one not of this month"
    assert [row["articles"] for row in days] == [1, 1, 2]
    assert all(datetime.fromisoformat(row["time"]).utcoffset() == timedelta(hours=7) for row in days)
    assert sum(row["articles"] for row in hours) == 4
    assert all(row["time"] % 3600 == 0 and abs(row["time"] - datetime.now(UTC).timestamp()) < 90_000 for row in hours)
    assert [(row["title"], row["outlet"]) for row in said][-1] == ("Jalan old dibuka", "Warta")
    assert len(said) == 4
