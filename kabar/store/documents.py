"""Whole documents as the tagger wrote them, without title and text, which stand beside."""

from __future__ import annotations

import sqlite3
import zlib

import msgspec

from tagger.document import TaggedArticle


def put_document(db: sqlite3.Connection, key: int, article: TaggedArticle) -> None:
    """Keeps a document under the key of its article."""
    rest = msgspec.json.encode(msgspec.structs.replace(article, text="", title=None))
    db.execute("INSERT INTO document VALUES (?, ?)", (key, zlib.compress(rest, 1)))


def read_document(db: sqlite3.Connection, key: int) -> TaggedArticle:
    """The document of the article with that key, which must exist."""
    packed, title, text = db.execute(
        "SELECT json, a.title, text FROM document d JOIN body USING (article) JOIN article a ON a.key = d.article "
        "WHERE d.article = ?",
        (key,),
    ).fetchone()
    article = msgspec.json.decode(zlib.decompress(packed), type=TaggedArticle)
    return msgspec.structs.replace(article, title=title, text=text)
