"""Corrections by people hold for what is stored and for what comes, and can be taken back; searches are kept."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kabar.store import Override, QueryError, Store, StoreError, open_store, parse
from kabar.store.correcting import STEP
from kabar.store.database import APPLICATION, migrations
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
        countries=(
            Country(name="Korea Utara", alpha2="KP", alpha3="PRK", mentions=(mention("Batu"),)),
            Country(name="Korea Selatan", alpha2="KR", alpha3="KOR"),
        ),
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
RECOUNTRY = Override("merge", "country", "KP", "KR")
DROP = Override("reject", "official", "rahmat hidayat")
MANY = STEP + 30


@pytest.mark.parametrize("override", [MERGE, RENAME, RECASE, RECITY, RECOUNTRY, REJECT, ONE, DROP], ids=repr)
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


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with more articles than one transaction of a correction takes."""
    path = tmp_path_factory.mktemp("many") / "news.db"
    with Store(path, clock=lambda: NOW) as store:
        store.add(article(f"{number:03}") for number in range(MANY))
    return path


def killed_after_one_step(path: Path, call: str) -> None:
    """Makes a call of the store in another process, and kills it after the first articles."""
    code = (
        "import os, signal, sys\nfrom kabar.store import Override, open_store\n"
        f"open_store(sys.argv[1]).{call}, progress=lambda *_: os.kill(os.getpid(), signal.SIGKILL))"
    )
    killed = subprocess.run([sys.executable, "-c", code, path], timeout=60, check=False)
    assert killed.returncode == -signal.SIGKILL


@pytest.mark.parametrize("call", [lambda store: store.add([]), lambda store: store.undo(99), Store.settle])
def test_a_correction_killed_in_the_middle_is_finished_by_the_next_call(
    many: Path, tmp_path: Path, call: Callable[[Store], object]
) -> None:
    whole, cut = shutil.copy(many, tmp_path / "whole.db"), shutil.copy(many, tmp_path / "cut.db")
    killed_after_one_step(cut, f"correct({MERGE!r}")
    with Store(whole, clock=lambda: NOW) as store, Store(cut, clock=lambda: NOW) as other:
        store.correct(MERGE)
        assert found(other, "pejabat:rahmad") == MANY - STEP
        call(other)
        assert found(other, "pejabat:rahmad") == 0
        assert dump(other) == dump(store)


def test_taking_back_killed_in_the_middle_is_finished_too(many: Path, tmp_path: Path) -> None:
    cut = shutil.copy(many, tmp_path / "cut.db")
    with Store(many) as store, Store(cut, clock=lambda: NOW) as other:
        other.correct(MERGE)
        killed_after_one_step(cut, "undo(1")
        other.settle()
        assert dump(other) == dump(store)


def test_others_write_while_a_correction_of_many_articles_goes_on(tmp_path: Path) -> None:
    with Store(tmp_path / "news.db", clock=lambda: NOW) as store, Store(tmp_path / "news.db") as other:
        store.add(article(str(number)) for number in range(STEP + 1))
        other.connection.execute("PRAGMA busy_timeout = 0")
        told: list[tuple[int, int]] = []

        def meanwhile(done: int, of: int) -> None:
            told.append((done, of))
            other.add([article(f"new {done}")])

        assert store.correct(MERGE, meanwhile).articles == STEP + 2
        assert found(store, "pejabat:rahmad") == 0
        assert told[0] == (STEP, STEP + 1)


def test_an_article_that_goes_while_it_waits_is_passed_over(store: Store) -> None:
    assert store.correct(MERGE, lambda *_: None).articles == 2
    store.connection.execute("INSERT INTO stale SELECT key FROM article")
    store.remove("a")
    store.settle()
    assert [id_ for (id_,) in store.connection.execute("SELECT id FROM article")] == ["b"]


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


def test_a_country_that_was_read_wrongly_becomes_the_right_one_with_its_codes(store: Store) -> None:
    store.correct(RECOUNTRY)
    [country] = (store.get("a") or article("a")).countries
    assert (country.name, country.alpha2, country.alpha3) == ("Korea Selatan", "KR", "KOR")
    assert [m.text for m in country.mentions] == ["Batu"]
    assert (found(store, "negara:KP"), found(store, "negara:KR")) == (0, 2)


def test_a_country_that_has_no_code_is_none_to_become(store: Store) -> None:
    store.add([msgspec.structs.replace(article("c"), countries=(Country(name="Atlantis", alpha2="XQ", alpha3="XQQ"),))])
    with pytest.raises(StoreError, match="ISO 3166"):
        store.correct(Override("merge", "country", "KP", "XQ"))


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
        Override("merge", "country", "KP", "KP"),
        Override("merge", "country", "KP", "XQ"),
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


def test_a_long_correction_tells_how_far_it_is(
    many: Path, tmp_path: Path, kabar: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("kabar.cli.store"), "SECONDS_BETWEEN", 0.0)
    path = shutil.copy(many, tmp_path / "news.db")
    done = kabar("store", "correct", path, "country", "KP", "--same-as", "KR")
    assert f"{STEP} of {MANY} articles" in done.err
    assert f"country 'Korea Utara' is the same as 'Korea Selatan' ({MANY} articles)" in done.err
    assert f"{STEP} of {MANY} articles" in kabar("store", "undo", path, "1").err


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


def mentions(path: Path) -> list[Any]:
    with sqlite3.connect(path) as db:
        return db.execute("SELECT * FROM mentions ORDER BY article, type, name, start").fetchall()


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
            columns = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA main.table_info({name})"))
            db.execute(f"INSERT INTO main.{name} SELECT {columns} FROM new.{name}")
        db.execute("INSERT INTO search (search) VALUES ('rebuild')")
    with open_store(old) as store:
        assert store.get("a") == article("a")
        assert (told := mentions(old))
        assert told == mentions(new)
        assert found(store, "berbicara kota:35.79") == 1
        store.correct(REJECT)
        store.save_search("x", "y")
        store.add([article("a"), article("b")])
        assert found(store, "kota:35.79") == 0
        store.check()


def test_a_store_that_is_not_brought_up_to_date_to_the_end_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as db:
        for script in migrations()[:8]:
            db.executescript(script)
        db.execute("PRAGMA user_version = 8")
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute("CREATE TABLE mentioned (x)")  # the tenth step makes one of that name, and fails
        before = db.execute("SELECT sql FROM sqlite_schema").fetchall()
    with pytest.raises(StoreError, match="made by an older kabar"):
        open_store(path)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (8,)
        assert db.execute("SELECT sql FROM sqlite_schema").fetchall() == before
        db.execute("DROP TABLE mentioned")
    with open_store(path) as store:
        store.add([article("a")])
        store.check()
