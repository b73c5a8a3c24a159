"""FollowTheMoney entities (https://followthemoney.tech), one a line: the article, who and what it mentions.

Ids are hashes of the name within its kind, so the same person or body of two articles is one entity.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

import msgspec

from kabar.export.rows import instant
from kabar.sources import web_link
from scraper.article import Timestamp
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
        publishedAt=_moment(article.published),
        sourceUrl=web_link(article),
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


def _moment(time: Timestamp | None) -> str | None:
    """As precisely as it is told: a date-time in UTC, which the model takes all to be, or a day, month or year."""
    if (told := instant(time)) is not None:
        return datetime.fromisoformat(told).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return time.value if time is not None and re.fullmatch(r"\d{4}(-\d\d){0,2}", time.value) else None


def _entity(identity: str, schema: str, **values: str | list[str] | None) -> dict[str, Any]:
    listed = {name: value if isinstance(value, list) else [value] for name, value in values.items() if value}
    return {"id": identity, "schema": schema, "properties": listed}
