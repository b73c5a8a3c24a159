"""IPTC ninjs 3.0 (https://iptc.org/std/ninjs/), one news item a line; tags become places, people and organisations.

`rel` of a place is its role, of a person the office; `literal` of a region is its Kemendagri code, of a country its
ISO 3166 code.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

from kabar.export.rows import instant
from kabar.sources import web_link
from tagger.document import TaggedArticle

STANDARD = {"name": "ninjs", "version": "3.0", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"}


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes all articles; returns how many."""
    count = 0
    for count, article in enumerate(articles, 1):
        out.write(msgspec.json.encode(item(article)) + b"\n")
    return count


def item(article: TaggedArticle) -> dict[str, Any]:
    """One ninjs item; what is not known is left out."""
    site = article.site
    news: dict[str, Any] = {
        "uri": web_link(article) or f"urn:kabar:{quote(article.id, safe='')}",
        "standard": STANDARD,
        "altIds": [{"role": "kabar", "value": article.id}],
        "type": "text",
        "representationType": "full",
        "pubStatus": "usable",
        "language": article.language,
        "firstCreated": instant(article.published),
        "versionCreated": instant(article.modified) or instant(article.published),
        "headlines": [{"role": "main", "value": article.title}] if article.title else None,
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": article.lead}]
        if article.lead
        else None,
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
        "genres": [{"name": article.kind, "literal": article.kind}] if article.kind != "unknown" else None,
        "infoSources": [{"name": name, "role": "publisher"}] if (name := site.name or site.domain) else None,
        "subjects": [{"name": tag} for tag in article.tags],
    }
    return {name: value for name, value in news.items() if value not in (None, [])}
