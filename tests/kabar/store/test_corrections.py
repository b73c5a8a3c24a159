"""Corrections by people hold for what is stored and for what comes, and can be taken back; searches are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kabar.store import Override, QueryError, Store, StoreError, open_store, parse
from kabar.store.database import migrations
from kabar.store.overrides import key_of
from tagger.document import City, Country, Entity, Evidence, Mention, Official, Organization, Quote, TaggedArticle, Tool

NOW = datetime(2026, 5, 31, 3, tzinfo=UTC)
TEXT = "Rahmad Hidayat dan Rahmat Hidayat dari Dinas Pasar di Batu berbicara."


def mention(text: str) -> Mention:
    return Mention(text=text, start=TEXT.index(text), end=TEXT.index(text) + len(text))


def entity(type_: Any, text: str, ref: str) -> Entity:
    at = mention(text)
    return Entity(
        type=type_, text=text, field="text", start=at.start, end=at.end, ref=ref, evidence=Evidence(by="rule", cue="x")
    )


def article(id_: str) -> TaggedArticle:
    return TaggedArticle(
        id=id_,
        text=TEXT,
        title=f"Berita {id_}",
        kind="news",
        cities=(City(name="Kota Batu", level="city", code="35.79", mentions=(mention("Batu"),)),),
        officials=(
            Official(name="Rahmad Hidayat", office="Bupati", mentions=(mention("Rahmad Hidayat"),)),
            Official(name="Rahmat Hidayat", office="Bupati Tebo", mentions=(mention("Rahmat Hidayat"),)),
        ),
        organizations=(Organization(name="Dinas Pasar", acronym="DP", mentions=(mention("Dinas Pasar"),)),),
        countries=(Country(name="Malaysia", alpha2="MY", alpha3="MYS"),),
        quotes=(Quote(text="Batu", span=mention("Batu"), speaker="Rahmat", official=1),),
        entities=(
            entity("official", "Rahmad Hidayat", "officials/0"),
            entity("official", "Rahmat Hidayat", "officials/1"),
            entity("city", "Batu", "cities/0"),
        ),
        tool=Tool(version="0", gazetteer="x"),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db", clock=lambda: NOW) as opened:
        opened.add([article("a"), article("b")])
        yield opened


def dump(store: Store) -> list[Any]:
    """Everything that is counted, tagged and shown."""
    names = ("tag", "mention", "quote", "tally", "corrected", "officials", "cities", "daily")
    return [store._db.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3, 4, 5").fetchall() for name in names[:1]] + [
        sorted(map(repr, store._db.execute(f"SELECT * FROM {name}").fetchall())) for name in names[1:]
    ]


def found(store: Store, query: str) -> int:
    return store.search(parse(query)).total


MERGE = Override("merge", "official", "rahmad hidayat", "rahmat hidayat")
RENAME = Override("rename", "organization", "dinas pasar", "Dinas Pasar Jambi")
RECASE = Override("rename", "organization", "dinas pasar", "DINAS PASAR")
RECITY = Override("rename", "city", "35.79", "Kota Wisata Batu")
REJECT = Override("reject", "city", "35.79")
ONE = Override("reject", "city", "35.79", article="a")
DROP = Override("reject", "official", "rahmat hidayat")


@pytest.mark.parametrize("override", [MERGE, RENAME, RECASE, RECITY, REJECT, ONE, DROP], ids=repr)
def test_what_is_stored_and_what_comes_are_alike_and_undo_gives_all_back(store: Store, override: Override) -> None:
    before, documents = dump(store), [store.get("a"), store.get("b")]
    correction = store.correct(override)
    assert correction.articles == (1 if override.article else 2)
    after = dump(store)
    assert after != before
    store.add([article("a"), article("b")])
    assert dump(store) == after
    assert store.facets(parse("")) == store.facets(parse("berita"))
    store.reindex()
    assert dump(store) == after
    assert store.undo(correction.number)
    assert dump(store) == before
    assert [store.get("a"), store.get("b")] == documents
    assert not store.undo(correction.number)
    assert store.corrections() == []


def test_merged_entities_are_one_with_the_mentions_of_both(store: Store) -> None:
    store.correct(MERGE)
    merged = store.get("a")
    assert merged is not None
    [official] = merged.officials
    assert (official.name, [m.text for m in official.mentions]) == (
        "Rahmat Hidayat",
        ["Rahmad Hidayat", "Rahmat Hidayat"],
    )
    assert [e.ref for e in merged.entities] == ["officials/0", "officials/0", "cities/0"]
    assert merged.quotes[0].official == 0
    assert found(store, "pejabat:rahmad") == 0
    assert found(store, "pejabat:rahmat") == 2
    store.add([article("c")])
    assert found(store, "pejabat:rahmad") == 0
    assert store._db.execute("SELECT name, articles FROM daily WHERE type = 'official'").fetchall() == [
        ("Rahmat Hidayat", 3)
    ]


def test_rejected_entity_leaves_no_trace_in_the_document(store: Store) -> None:
    store.correct(ONE)
    a, b = store.get("a"), store.get("b")
    assert a is not None
    assert a.cities == ()
    assert [e.type for e in a.entities] == ["official", "official"]
    assert b == article("b")
    assert found(store, "kota:35.79") == 1
    assert [c.override for c in store.corrections("a")] == [ONE]
    assert store.corrections("b") == []
    store.correct(DROP)
    a = store.get("a")
    assert a is not None
    assert a.quotes[0].official is None


def test_renamed_by_code_keeps_its_code_and_is_found_by_its_new_name(store: Store) -> None:
    store.correct(RECITY)
    assert found(store, 'kota:"kota wisata batu"') == found(store, "kota:35.79") == 2
    assert [c.name for c in store.facets(parse("")).counts if c.facet == "city"] == ["Kota Wisata Batu"]


def test_corrections_apply_in_order_and_each_can_go_alone(store: Store) -> None:
    first = store.correct(MERGE)
    store.correct(Override("rename", "official", "rahmat hidayat", "Rahmat Hidayat Putra"))
    names = [o.name for o in (store.get("a") or article("a")).officials]
    assert names == ["Rahmat Hidayat Putra"]
    store.undo(first.number)
    names = [o.name for o in (store.get("a") or article("a")).officials]
    assert names == ["Rahmad Hidayat", "Rahmat Hidayat Putra"]


def test_two_that_are_said_to_be_each_other_end(store: Store) -> None:
    store.correct(MERGE)
    store.correct(Override("merge", "official", "rahmat hidayat", "rahmad hidayat"))
    store.add([article("c")])
    assert [o.name for o in (store.get("c") or article("c")).officials] == ["Rahmad Hidayat"]


@pytest.mark.parametrize(
    "override",
    [
        Override("reject", "official", "nobody"),
        Override("merge", "official", "rahmad hidayat", "nobody"),
        Override("merge", "official", "rahmad hidayat", "rahmad hidayat"),
        Override("merge", "country", "MY", "MY"),
        Override("rename", "official", "rahmad hidayat", " . "),
        Override("reject", "official", "rahmad hidayat", article="none"),
    ],
    ids=repr,
)
def test_what_makes_no_sense_changes_nothing(store: Store, override: Override) -> None:
    before = dump(store)
    with pytest.raises(StoreError):
        store.correct(override)
    assert dump(store) == before
    assert store.corrections() == []


def test_keys_are_found_by_code_name_and_acronym(store: Store) -> None:
    assert store.find_entity("city", "35.79") == store.find_entity("city", "kota  batu") == "35.79"
    assert store.find_entity("organization", "dp") == "dinas pasar" == key_of("organization", "Dinas Pasar")
    with pytest.raises(StoreError, match="there is 'Rahma"):
        store.find_entity("official", "hidayat")


def test_correcting_on_the_command_line(store: Store, tmp_path: Path, kabar: Any) -> None:
    path = tmp_path / "news.db"
    assert kabar("store", "correct", path, "organization", "DP", "--name", "Dinas Pasar Jambi").code == 0
    assert kabar("store", "correct", path, "city", "Kota Batu", "--not").code == 0
    assert kabar("store", "correct", path, "official", "Rahmad Hidayat", "--same-as", "rahmat hidayat").code == 0
    listed = kabar("store", "corrections", path).out.splitlines()
    assert [line.partition("correction ")[2] for line in listed] == [
        "3: official 'Rahmad Hidayat' is the same as 'Rahmat Hidayat' (2 articles)",
        "2: city 'Kota Batu' is no city (2 articles)",
        "1: organization 'Dinas Pasar' is called 'Dinas Pasar Jambi' (2 articles)",
    ]
    assert kabar("store", "undo", path, "2").code == 0
    assert kabar("store", "undo", path, "2").code == 1
    assert found(store, "kota:35.79") == 2
    assert kabar("store", "correct", path, "city", "Kota Batu").code == 2
    assert kabar("store", "correct", path, "city", "Kota Baru", "--not").code == 1
    assert kabar("store", "corrections", path, "--article", "none").code == 3


def test_searches_are_saved_changed_and_forgotten(store: Store) -> None:
    store.save_search("banjir", "banjir kota:15")
    store.save_search(" ban jir ", " x ")
    assert [(s.name, s.query) for s in store.saved_searches()] == [("ban jir", "x"), ("banjir", "banjir kota:15")]
    store.save_search("banjir", "rob")
    assert store.saved_searches()[1].query == "rob"
    for name, query in (("", "x"), ("x" * 81, "x"), ("a\nb\0", "x"), ("a", "warna:biru")):
        with pytest.raises(QueryError):
            store.save_search(name, query)
    assert store.forget_search("banjir")
    assert not store.forget_search("banjir")


@pytest.mark.parametrize("version", range(1, len(migrations())))
def test_older_stores_are_brought_up_to_date(tmp_path: Path, version: int) -> None:
    """A store of an older schema, with an article in it, opens, is searched, corrected and written."""
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    with open_store(new) as store:
        store.add([article("a")])
    with sqlite3.connect(old) as db:
        for script in migrations()[:version]:
            db.executescript(script)
        db.execute(f"PRAGMA user_version = {version}")
        with sqlite3.connect(new) as other:
            db.execute(f"PRAGMA application_id = {other.execute('PRAGMA application_id').fetchone()[0]}")
        db.execute("ATTACH ? AS new", (str(new),))
        tables = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT GLOB 's[eq][al]*'"
        for (name,) in db.execute(tables).fetchall():
            db.execute(f"INSERT INTO main.{name} SELECT * FROM new.{name}")
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")
    with open_store(old) as store:
        assert store.get("a") == article("a")
        assert found(store, "berbicara kota:35.79") == 1
        store.correct(REJECT)
        store.save_search("x", "y")
        store.add([article("a"), article("b")])
        assert found(store, "kota:35.79") == 0
        store.check()
