"""Atom 1.0 (RFC 4287), written as a stream; cities, organizations and countries are categories."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, BinaryIO
from urllib.parse import quote

from lxml import etree

from kabar.export.rows import CONTROL, instant
from kabar.sources import web_link
from scraper.article import Timestamp
from tagger.document import TaggedArticle

ATOM = "http://www.w3.org/2005/Atom"
NAMES: dict[Any, str] = {None: ATOM}
EPOCH = "1970-01-01T00:00:00Z"


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes the feed; returns how many entries."""
    count = 0
    with etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(f"{{{ATOM}}}feed", nsmap=NAMES):
            xml.write(_leaf("id", "urn:kabar:feed"), _leaf("title", "kabar"))
            xml.write(_leaf("updated", datetime.now(UTC).isoformat(timespec="seconds")))
            for count, article in enumerate(articles, 1):
                xml.write(entry(article))
    return count


def entry(article: TaggedArticle) -> etree._Element:
    """One entry; an article without a time of day is dated to its midnight, one without a date to 1970.

    It was updated when it was modified, if that is later than its publication.
    """
    published, modified = _instant(article.published), _instant(article.modified)
    updated = max(filter(None, (published, modified)), key=datetime.fromisoformat, default=EPOCH)
    node = etree.Element(f"{{{ATOM}}}entry", nsmap=NAMES)
    node.append(_leaf("id", f"urn:kabar:{quote(article.id, safe='')}"))
    node.append(_leaf("title", article.title or article.lead or article.id))
    node.append(_leaf("updated", updated))
    if published is not None:
        node.append(_leaf("published", published))
    if link := web_link(article):
        node.append(_leaf("link", "", rel="alternate", href=link))
    for name in [author.name for author in article.authors] or [article.site.name or article.site.domain or "kabar"]:
        author = etree.SubElement(node, f"{{{ATOM}}}author")
        author.append(_leaf("name", name))
    terms = [city.name for city in article.cities] + [body.name for body in article.organizations]
    for term in terms + [country.name for country in article.countries]:
        node.append(_leaf("category", "", term=term))
    node.append(_leaf("summary", article.lead or ""))
    node.append(_leaf("content", article.text, type="text"))
    return node


def _leaf(tag: str, text: str, **attributes: str) -> etree._Element:
    node = etree.Element(f"{{{ATOM}}}{tag}", {name: CONTROL.sub("", value) for name, value in attributes.items()})
    node.text = CONTROL.sub("", text) or None
    return node


def _instant(time: Timestamp | None) -> str | None:
    """As RFC 3339; a bare day begins at midnight in Jakarta."""
    told = instant(time)
    with suppress(ValueError):
        return told or (f"{date.fromisoformat(time.value)}T00:00:00+07:00" if time else None)
    return None
