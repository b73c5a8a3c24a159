"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1); the tags stand in the extension `_kabar`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec

from kabar.export.rows import instant
from kabar.sources import web_link
from tagger.document import TaggedArticle

HEAD = b'{"version":"https://jsonfeed.org/version/1.1","title":"kabar","items":['


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes the feed as a stream; returns how many items."""
    out.write(HEAD)
    count = 0
    for count, article in enumerate(articles, 1):
        out.write((b"," if count > 1 else b"") + msgspec.json.encode(item(article)))
    out.write(b"]}\n")
    return count


def item(article: TaggedArticle) -> dict[str, Any]:
    """One feed item; only http(s) links go in."""
    feed_item: dict[str, Any] = {
        "id": article.id,
        "url": web_link(article),
        "title": article.title,
        "content_text": article.text,
        "summary": article.lead,
        "date_published": instant(article.published),
        "date_modified": instant(article.modified),
        "authors": [{"name": author.name} for author in article.authors] or None,
        "tags": list(article.tags) or None,
        "language": article.language,
        "_kabar": {
            "kind": article.kind,
            "cities": [{"name": city.name, "code": city.code} for city in article.cities],
            "officials": [{"name": one.name, "office": one.office} for one in article.officials],
            "organizations": [body.name for body in article.organizations],
            "countries": [country.alpha2 for country in article.countries],
        },
    }
    return {name: value for name, value in feed_item.items() if value is not None}
