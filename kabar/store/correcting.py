"""Making and taking back corrections: what they change in the store; to be called inside a transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from kabar.store.entities import entries, identity
from kabar.store.fold import fold
from kabar.store.overrides import Override, all_rules, key_of, record
from kabar.store.writer import Writing
from tagger.document import TaggedArticle


def correct(db: sqlite3.Connection, override: Override, now: datetime) -> int:
    """Writes a correction down and the tags of every article that it meets anew; returns its number.

    Raises:
        StoreError: no such entity or article.
    """
    number = record(db, override, now.isoformat(timespec="seconds"))
    articles = db.execute(
        "SELECT t.article FROM tag t JOIN entity USING (entity) JOIN article a ON a.key = t.article "
        "WHERE type = ?1 AND entity.key = ?2 AND (?3 IS NULL OR a.id = ?3)",
        (override.type, override.key, override.article),
    ).fetchall()
    _retag(db, (key for (key,) in articles), now)
    if override.action == "rename" and override.article is None:
        _call(db, override.type, _key_after(override), override.target or "")
    return number


def undo(db: sqlite3.Connection, number: int, now: datetime) -> bool:
    """Takes a correction back; False if there is none of that number."""
    row = db.execute("SELECT action, type, key, target, article, name FROM correction WHERE number = ?", (number,))
    found = row.fetchone()
    if found is None:
        return False
    *fields, name = found
    articles = db.execute("SELECT article FROM corrected WHERE correction = ?", (number,)).fetchall()
    db.execute("DELETE FROM correction WHERE number = ?", (number,))
    last = _retag(db, (key for (key,) in articles), now)
    override = Override(*fields)
    if override.action == "rename" and override.article is None and _key_after(override) == override.key:
        now_called = (
            (entry.name for entry in entries(last) if identity(entry) == (override.type, override.key)) if last else ()
        )
        _call(db, override.type, override.key, next(iter(now_called), name))
    return True


def _retag(db: sqlite3.Connection, keys: Iterable[int], now: datetime) -> TaggedArticle | None:
    """Writes tags anew; returns the last of the articles."""
    writing, article = Writing(db, now, all_rules(db)), None
    for key in sorted(keys):
        article = writing.retag(key)
    writing.finish()
    return article


def _key_after(rename: Override) -> str:
    """The key of a renamed entity: a code stays, a name makes a new one."""
    by_code = rename.type == "country" or (rename.type == "city" and rename.key[:2].isdecimal())
    return rename.key if by_code else key_of(rename.type, rename.target or "")


def _call(db: sqlite3.Connection, type_: str, key: str, name: str) -> None:
    db.execute("UPDATE entity SET name = ?, folded = ? WHERE type = ? AND key = ?", (name, fold(name), type_, key))
