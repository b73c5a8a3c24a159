"""Making and taking back corrections: what they change in the store.

What is said holds at once, for all that comes; the articles that are there already are noted as stale in the same
transaction, and brought up to date by `settle`, some hundred a transaction, so that others can write in between. After
a kill in the middle the rest are still noted, and the next that settles goes on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

from kabar.store.database import transaction
from kabar.store.documents import read_tags
from kabar.store.entities import entries, identity
from kabar.store.fold import fold
from kabar.store.overrides import Override, all_rules, corrected, key_of, record
from kabar.store.writer import Writing

STEP = 200
"""Articles brought up to date in one transaction: about 0.1 s for which others wait."""

Progress = Callable[[int, int], object]
"""Is told how many articles are done, and how many there are in all."""


def correct(db: sqlite3.Connection, override: Override, now: datetime) -> int:
    """Writes a correction down, and which articles it meets; to be called in a transaction.

    Returns:
        Its number.

    Raises:
        StoreError: no such entity or article.
    """
    number = record(db, override, now.isoformat(timespec="seconds"))
    db.execute(
        "INSERT OR IGNORE INTO stale SELECT t.article FROM tag t JOIN entity USING (entity) "
        "JOIN article a ON a.key = t.article WHERE type = ?1 AND entity.key = ?2 AND (?3 IS NULL OR a.id = ?3)",
        (override.type, override.key, override.article),
    )
    if override.action == "rename" and override.article is None:
        _call(db, override.type, _key_after(override), override.target or "")
    return number


def undo(db: sqlite3.Connection, number: int) -> bool:
    """Takes a correction back, and notes which articles it had changed; to be called in a transaction.

    Returns:
        False if there is none of that number.
    """
    row = db.execute("SELECT action, type, key, target, article, name FROM correction WHERE number = ?", (number,))
    found = row.fetchone()
    if found is None:
        return False
    *fields, name = found
    override = Override(*fields)
    db.execute("INSERT OR IGNORE INTO stale SELECT article FROM corrected WHERE correction = ?", (number,))
    db.execute("DELETE FROM correction WHERE number = ?", (number,))
    if override.action == "rename" and override.article is None and _key_after(override) == override.key:
        _call(db, override.type, override.key, _called(db, number, override) or name)
    return True


def settle(db: sqlite3.Connection, clock: Callable[[], datetime], progress: Progress) -> None:
    """Brings the tags of all stale articles up to date, newest last, `STEP` a transaction; nothing where none is.

    Raises:
        StoreError: another process keeps writing, or the disk is full; what is left is still noted.
    """
    done = 0
    while left := _stale(db):
        with transaction(db):
            rows = db.execute("SELECT article FROM stale ORDER BY article LIMIT ?", (STEP,)).fetchall()
            writing = Writing(db, clock(), all_rules(db))
            for (key,) in rows:
                writing.retag(key)
            writing.finish()
            db.executemany("DELETE FROM stale WHERE article = ?", rows)
        done += len(rows)
        progress(done, done + max(left - len(rows), 0))


def _stale(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM stale").fetchone()[0])


def _called(db: sqlite3.Connection, number: int, override: Override) -> str | None:
    """What the newest article that a correction changed calls the entity without it."""
    (key,) = db.execute("SELECT max(article) FROM corrected WHERE correction = ?", (number,)).fetchone()
    if key is None:
        return None
    article, _ = corrected(read_tags(db, key), all_rules(db))
    return next((entry.name for entry in entries(article) if identity(entry) == (override.type, override.key)), None)


def _key_after(rename: Override) -> str:
    """The key of a renamed entity: a code stays, a name makes a new one."""
    by_code = rename.type == "country" or (rename.type == "city" and rename.key[:2].isdecimal())
    return rename.key if by_code else key_of(rename.type, rename.target or "")


def _call(db: sqlite3.Connection, type_: str, key: str, name: str) -> None:
    db.execute("UPDATE entity SET name = ?, folded = ? WHERE type = ? AND key = ?", (name, fold(name), type_, key))
