"""Stores whose file was damaged or altered: one line with a way out; what is our own fault is told as nobody else's."""

from __future__ import annotations

import os
import resource
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kabar.cli.store import opened
from kabar.monitor.app import create_app
from kabar.store import StoreError, open_store
from kabar.store.database import connect, transaction
from tests.kabar.monitor.made_news import Newsroom


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_store(tmp_path / "news.db") as store:
        store.add(Newsroom().articles(60))
        store.vacuum()
    return tmp_path / "news.db"


def changed(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as db:
        db.execute(statement)
    db.close()


@pytest.mark.parametrize(
    "command",
    [("search", "banjir", "--store"), ("store", "stats"), ("store", "reindex"), ("export", "--to", "csv", "--store")],
)
def test_a_damaged_store_is_told_in_one_line(path: Path, kabar: Any, command: tuple[str, ...]) -> None:
    with open_store(path) as store:
        roots = store.connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall()
    with path.open("r+b") as file:
        for (root,) in roots:
            file.seek((root - 1) * 4096)
            file.write(os.urandom(4096))
    ran = kabar(*command, path)
    assert ran.code == 1
    assert "is damaged" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE body SET text = CAST(x'ff' || substr(text, 2) AS TEXT)",
        "UPDATE document SET json = CAST('x' || json AS BLOB)",
        "DELETE FROM document",
    ],
)
def test_a_document_that_cannot_be_read_is_damage_too(path: Path, kabar: Any, damage: str) -> None:
    changed(path, damage)
    ran = kabar("export", "--to", "csv", "--store", path)
    assert (ran.code, len(ran.messages)) == (1, 1)
    assert "is damaged" in ran.err
    assert "make it anew" in ran.err
    page = TestClient(create_app(path), base_url="http://127.0.0.1").get("/article/000001")
    assert page.status_code == 500
    assert "Ada yang rusak" in page.text
    assert "<code>kabar store add</code>" in page.text


def test_a_schema_that_is_no_text_is_damage(path: Path, kabar: Any) -> None:
    data = path.read_bytes()
    assert b"CREATE VIEW daily" in data
    path.write_bytes(data.replace(b"CREATE VIEW daily", b"CREATE \xff\xfe\xff\xfe daily"))
    ran = kabar("store", "stats", path)
    assert (ran.code, len(ran.messages)) == (1, 1)
    assert "is damaged" in ran.err


def test_a_file_of_another_kind_is_not_called_damaged(tmp_path: Path, kabar: Any) -> None:
    (tmp_path / "news.txt").write_text("Tanggul jebol di Tebo. " * 400)
    ran = kabar("store", "stats", tmp_path / "news.txt")
    assert (ran.code, len(ran.messages)) == (1, 1)
    assert "cannot be opened as a store: file is not a database" in ran.err


def test_a_wrong_statement_is_no_damage_and_no_hindrance(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table: nowhere"), opened(path) as store:
        store.connection.execute("SELECT x FROM nowhere")
    with open_store(path) as store, pytest.raises(sqlite3.OperationalError), transaction(store.connection):
        store.connection.execute("SELECT x FROM nowhere")
    monkeypatch.setattr("kabar.store.database.migrations", lambda: ["SELECT x FROM nowhere;"] * 99)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        connect(path.with_name("new.db"))


def test_another_that_writes_and_a_full_disk_are_hindrances(path: Path) -> None:
    with open_store(path) as store:
        store.connection.execute("PRAGMA busy_timeout = 0")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="cannot be written: database is locked"):
            store.remove("000001")
        other.close()
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="full"):
            store.add(Newsroom(seed=8).articles(200))


def test_a_new_store_for_which_there_is_no_room_is_called_no_older_one(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, hard))
    try:
        with pytest.raises(StoreError, match=r"^the store cannot be written"):
            open_store(tmp_path / "news.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with open_store(tmp_path / "news.db") as store:
        assert store.stats()["articles"] == 0


@pytest.mark.parametrize(("language", "said"), [("id", "Ada yang rusak"), ("en", "Something is broken")])
def test_a_fault_of_ours_is_a_page_that_says_so(path: Path, language: str, said: str) -> None:
    changed(path, "DROP TABLE saved")
    app = create_app(path)
    quiet = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    answer = quiet.get("/saved", params={"lang": language})
    assert answer.status_code == 500
    assert said in answer.text
    assert "no such table" not in answer.text
    assert answer.headers["content-security-policy"] == quiet.get("/").headers["content-security-policy"]
    with pytest.raises(sqlite3.OperationalError, match="no such table"):  # the server logs it
        TestClient(app, base_url="http://127.0.0.1").get("/saved")
    assert quiet.get("/").status_code == 200
