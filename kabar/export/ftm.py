"""FollowTheMoney entities (https://followthemoney.tech), one a line: the article, who and what it mentions.

Ids are hashes of the name within its kind, so the same person or body of two articles is one entity.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from tagger.document import TaggedArticle


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes the entities of all articles, each entity once; returns how many articles."""
    seen: set[str] = set()
    count = 0
    for count, article in enumerate(articles, 1):
        for entity in entities(article):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                out.write(msgspec.json.encode(entity) + b"\n")
    return count


def entities(article: TaggedArticle) -> Iterator[dict[str, Any]]:
    """The article first, then its officials and organizations with one Mention-like link each."""
    source = key("article", article.id)
    yield _entity(
        source,
        "Article",
        title=article.title,
        publishedAt=article.published.value[:19] if article.published else None,
        sourceUrl=article.url,
        publisher=article.site.name or article.site.domain,
        author=[author.name for author in article.authors],
        language="ind" if article.language == "id" else None,
        country=[item.alpha2.lower() for item in article.countries],
        bodyText=article.text,
    )
    for one in article.officials:
        person = key("person", one.name)
        yield _entity(person, "Person", name=one.name, position=one.office, country="id")
        yield _entity(key("link", source, person), "UnknownLink", subject=person, object=source, role="mentioned")
    for body in article.organizations:
        organization = key("organization", body.name)
        yield _entity(organization, "Organization", name=body.name, alias=body.acronym)
        yield _entity(
            key("link", source, organization), "UnknownLink", subject=organization, object=source, role="mentioned"
        )


def key(*parts: str) -> str:
    """A stable id of the parts."""
    return hashlib.sha1("\x1f".join(parts).casefold().encode(), usedforsecurity=False).hexdigest()


def _entity(identity: str, schema: str, **values: str | list[str] | None) -> dict[str, Any]:
    listed = {name: value if isinstance(value, list) else [value] for name, value in values.items() if value}
    return {"id": identity, "schema": schema, "properties": listed}
