"""IPTC ninjs 3.0 (https://iptc.org/std/ninjs/), one news item a line; tags become places, people and organisations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from tagger.document import TaggedArticle


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes all articles; returns how many."""
    count = 0
    for count, article in enumerate(articles, 1):
        out.write(msgspec.json.encode(item(article)) + b"\n")
    return count


def item(article: TaggedArticle) -> dict[str, Any]:
    """One ninjs item; what is not known is left out."""
    news: dict[str, Any] = {
        "uri": article.canonical_url or article.url or f"urn:kabar:{article.id}",
        "type": "text",
        "pubStatus": "usable",
        "language": article.language,
        "firstCreated": _instant(article.published),
        "versionCreated": _instant(article.modified) or _instant(article.published),
        "headlines": [{"role": "main", "value": article.title}] if article.title else None,
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(article.text),
                "wordCount": len(article.text.split()),
                "value": article.text,
            }
        ],
        "by": ", ".join(author.name for author in article.authors) or None,
        "located": article.dateline,
        "places": [{"name": city.name, "rel": city.role, "literal": city.code or city.name} for city in article.cities]
        + [{"name": country.name, "rel": "mention", "literal": country.alpha2} for country in article.countries],
        "people": [{"name": one.name, "rel": one.office} for one in article.officials],
        "organisations": [{"name": body.name, "literal": body.acronym or body.name} for body in article.organizations],
        "events": [{"name": event.name} for event in article.events],
        "subjects": [{"name": tag} for tag in article.tags],
    }
    return {name: value for name, value in news.items() if value not in (None, [])}


def _instant(time: Any) -> str | None:
    # The standard wants a date-time; a bare date stays out rather than being given an hour.
    return time.value if time is not None and "T" in time.value else None
