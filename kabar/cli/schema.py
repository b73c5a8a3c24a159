"""`kabar schema`: the JSON Schema of the documents."""

from __future__ import annotations

import enum
import sys
from typing import Annotated

import typer


class Documents(enum.StrEnum):
    """The documents that have a schema."""

    TAGGED = "tagged"
    ARTICLE = "article"


def schema(
    document: Annotated[Documents, typer.Argument(help="What `kabar tag` or `kabar clean` writes.")] = Documents.TAGGED,
) -> None:
    """Prints the JSON Schema (2020-12) of a document.

    kabar schema > tagged-article.schema.json

    kabar schema article
    """
    import msgspec

    from scraper.article import Article
    from tagger.document import TaggedArticle

    shape = msgspec.json.schema(Article if document is Documents.ARTICLE else TaggedArticle)
    text = msgspec.json.encode({"$schema": "https://json-schema.org/draft/2020-12/schema", **shape})
    sys.stdout.buffer.write(msgspec.json.format(text, indent=2) + b"\n")
