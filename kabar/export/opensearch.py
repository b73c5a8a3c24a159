"""Bulk body for OpenSearch and Elasticsearch: an action line and a document line an article, the id as key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from tagger.document import TaggedArticle

INDEX = "kabar"


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes all articles; returns how many. Indexing twice replaces, since the id is the key."""
    count = 0
    for count, article in enumerate(articles, 1):
        action = {"index": {"_index": INDEX, "_id": article.id}}
        out.write(msgspec.json.encode(action) + b"\n" + msgspec.json.encode(article) + b"\n")
    return count
