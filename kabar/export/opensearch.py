"""Bulk body for OpenSearch and Elasticsearch: an action line and a document line an article, the id as key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from tagger.document import TaggedArticle

INDEX = "kabar"
MOST_BYTES = 512


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes all articles; returns how many. Indexing twice replaces, since the id is the key."""
    count = 0
    for count, article in enumerate(articles, 1):
        action = {"index": {"_index": INDEX, "_id": key(article.id)}}
        out.write(msgspec.json.encode(action) + b"\n" + msgspec.json.encode(article) + b"\n")
    return count


def key(id_: str) -> str:
    """The id as a key, which may have 512 bytes; a longer one is hashed.

    >>> key("a" * 600) == key("a" * 600) != key("a" * 601)
    True
    """
    encoded = id_.encode("utf-8", "replace")
    return id_ if 0 < len(encoded) <= MOST_BYTES else hashlib.sha256(encoded).hexdigest()
