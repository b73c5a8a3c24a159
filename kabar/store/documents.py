"""Whole documents as the tagger wrote them, without title and text, which stand beside."""

from __future__ import annotations

import sqlite3
import zlib
from datetime import datetime

import msgspec

from kabar.store.keys import moment
from scraper.article import Timestamp
from tagger.document import TaggedArticle


def put_document(db: sqlite3.Connection, key: int, article: TaggedArticle) -> None:
    """Keeps a document under the key of its article."""
    rest = msgspec.json.encode(msgspec.structs.replace(article, text="", title=None))
    db.execute("INSERT INTO document VALUES (?, ?)", (key, zlib.compress(rest, 1)))


def read_document(db: sqlite3.Connection, key: int) -> TaggedArticle:
    """The document of the article with that key, which must exist."""
    title, text = db.execute(
        "SELECT a.title, text FROM article a JOIN body ON article = key WHERE key = ?", (key,)
    ).fetchone()
    return msgspec.structs.replace(read_tags(db, key), title=title, text=text)


def read_tags(db: sqlite3.Connection, key: int) -> TaggedArticle:
    """The same without title and text, which are most of what there is to read."""
    (packed,) = db.execute("SELECT json FROM document WHERE article = ?", (key,)).fetchone()
    return msgspec.json.decode(zlib.decompress(packed), type=TaggedArticle)


def edited(article: TaggedArticle, changed: str) -> TaggedArticle:
    """An article that came with another text at a time (UTC), which is `modified` unless the page tells a later one."""
    seen = datetime.fromisoformat(changed)
    if article.modified is not None and moment(article.modified, seen) > seen:
        return article
    return msgspec.structs.replace(article, modified=Timestamp(value=changed, precision="second"))
