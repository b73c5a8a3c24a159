"""Whole documents as the tagger wrote them, without title and text, which stand beside."""

from __future__ import annotations

import sqlite3
import zlib
from datetime import datetime

import msgspec

from kabar.store.errors import DamagedStore
from kabar.store.faults import WAY_OUT
from kabar.store.keys import moment
from scraper.article import Timestamp
from tagger.document import TaggedArticle


def put_document(db: sqlite3.Connection, key: int, article: TaggedArticle) -> None:
    """Keeps a document under the key of its article."""
    rest = msgspec.json.encode(msgspec.structs.replace(article, text="", title=None))
    db.execute("INSERT INTO document VALUES (?, ?)", (key, zlib.compress(rest, 1)))


def read_document(db: sqlite3.Connection, key: int) -> TaggedArticle:
    """The document of the article with that key, which must exist.

    Raises:
        DamagedStore: the file is damaged there.
    """
    row = db.execute("SELECT a.title, text FROM article a JOIN body ON article = key WHERE key = ?", (key,)).fetchone()
    if row is None:
        raise _damaged("it is gone")
    return msgspec.structs.replace(read_tags(db, key), title=row[0], text=row[1])


def read_tags(db: sqlite3.Connection, key: int) -> TaggedArticle:
    """The same without title and text, which are most of what there is to read. Raises as `read_document` does."""
    row = db.execute("SELECT json FROM document WHERE article = ?", (key,)).fetchone()
    if row is None:
        raise _damaged("it is gone")
    try:
        return msgspec.json.decode(zlib.decompress(row[0]), type=TaggedArticle)
    except (TypeError, zlib.error, msgspec.DecodeError) as error:
        raise _damaged(str(error)) from None


def _damaged(reason: str) -> DamagedStore:
    return DamagedStore(f"the store is damaged: an article cannot be read ({reason}); {WAY_OUT}")


def edited(article: TaggedArticle, changed: str) -> TaggedArticle:
    """An article that came with another text at a time (UTC), which is `modified` unless the page tells a later one."""
    seen = datetime.fromisoformat(changed)
    if article.modified is not None and moment(article.modified, seen) > seen:
        return article
    return msgspec.structs.replace(article, modified=Timestamp(value=changed, precision="second"))
