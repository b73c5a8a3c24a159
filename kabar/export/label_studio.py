"""Label Studio tasks: the text, and the tags as predictions that a person can correct.

The labelling configuration needs `<Text name="text" value="$text"/>` and `<Labels name="label" toName="text">` with the
types of `entities` as values.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from tagger.document import Entity, TaggedArticle


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes one JSON array as a stream; returns how many tasks."""
    out.write(b"[")
    count = 0
    for count, article in enumerate(articles, 1):
        out.write((b",\n" if count > 1 else b"\n") + msgspec.json.encode(task(article)))
    out.write(b"\n]\n")
    return count


def task(article: TaggedArticle) -> dict[str, Any]:
    """One task; offsets are those of the article's text."""
    return {
        "data": {"text": article.text, "title": article.title or "", "id": article.id, "url": article.url or ""},
        "predictions": [
            {
                "model_version": article.tool.model or f"kabar {article.tool.version}",
                "result": [_result(entity) for entity in article.entities if entity.field == "text"],
            }
        ],
    }


def _result(entity: Entity) -> dict[str, Any]:
    return {
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "score": entity.score,
        "value": {"start": entity.start, "end": entity.end, "text": entity.text, "labels": [entity.type]},
    }
