"""The SQLite file: opening, migrating, transactions."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from kabar.store.errors import DamagedStore, StoreError
from kabar.store.faults import WAY_OUT, is_damage, is_hindrance

APPLICATION = 0x6B616261  # "kaba", told by `file` and by PRAGMA application_id
BUSY_MS = 30_000
_CACHE_KIB = 64 * 1024


def migrations() -> list[str]:
    """The SQL of each schema version, in order; the first makes version 1."""
    folder = resources.files("kabar.store").joinpath("migrations")
    return [
        file.read_text("utf-8")
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".sql")
    ]


def connect(path: Path) -> sqlite3.Connection:
    """Opens a store, makes it if there is none, and brings its schema up to date.

    Raises:
        StoreError: no store, a newer one, or a file that cannot be opened.
    """
    if path.is_dir():
        raise StoreError(f"{path}: a folder, not a store; a crawl keeps its own in {path / 'news.db'}")
    try:
        try:
            return _ready(str(path), path)
        except sqlite3.OperationalError:
            if not _unwritable(path):
                raise
            return _ready(f"{path.absolute().as_uri()}?mode=ro&immutable=1", path)
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema may quote it
        raise DamagedStore(f"{path}: is damaged ({error.reason}); {WAY_OUT}") from None
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise DamagedStore(f"{path}: is damaged ({error}); {WAY_OUT}") from None
        if not is_hindrance(error):
            raise
        raise StoreError(f"{path}: cannot be opened as a store: {error}") from None


def _ready(name: str, path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(
        name, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False, uri=name.startswith("file:")
    )
    _set_up(db)
    _migrate(db, path)
    return db


def _unwritable(path: Path) -> bool:
    """Whether nobody here can be writing: the folder takes no file, so that SQLite cannot keep its log beside it."""
    return path.exists() and not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; one writer at a time.

    Raises:
        StoreError: another process keeps writing, or the disk is full.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if not is_hindrance(error):
            raise
        raise StoreError(f"the store cannot be written: {error}") from error
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


@contextlib.contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """All that is read in the block is of one moment, whatever others write; within a transaction nothing changes."""
    own = not db.in_transaction
    if own:
        db.execute("BEGIN")
    try:
        yield
    finally:
        if own and db.in_transaction:
            db.execute("ROLLBACK")  # nothing was written


def _set_up(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")  # what is committed outlives a power cut, not only a kill
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    db.execute("PRAGMA temp_store = MEMORY")


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    scripts = migrations()
    version = _version(db, path)
    if version > len(scripts):
        raise StoreError(
            f"{path}: made by a newer kabar (schema {version}, this one knows {len(scripts)}); update kabar"
        )
    if version == len(scripts):
        return
    try:
        _bring_up_to_date(db, path, scripts)
    except (StoreError, sqlite3.OperationalError) as error:  # a hindrance, or a schema that was changed by hand
        if not version:  # it is being made
            raise
        raise StoreError(
            f"{path}: made by an older kabar (schema {version}); open it once where it can be written: {error}"
        ) from None


def _bring_up_to_date(db: sqlite3.Connection, path: Path, scripts: list[str]) -> None:
    with transaction(db):
        for number in range(_version(db, path), len(scripts)):  # again, as another process may have been first
            for statement in _statements(scripts[number]):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number + 1}")
        db.execute(f"PRAGMA application_id = {APPLICATION}")


def _version(db: sqlite3.Connection, path: Path) -> int:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if tables and application != APPLICATION:
        raise StoreError(f"{path}: an SQLite file, but no store of kabar; name another file")
    return int(version)


def _statements(script: str) -> Iterator[str]:
    """Single statements, since `executescript` would commit what is open."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
