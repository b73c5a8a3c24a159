"""RSS and Atom: article addresses with their dates."""

from __future__ import annotations

import re
from calendar import timegm
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax import SAXException

import feedparser

from scraper.clean.decode import fold
from scraper.discover.told_dates import seconds
from scraper.discover.urls import canonical_url, host_of, registrable_domain, same_site
from scraper.errors import DiscoverError

MAX_BYTES = 5 * 2**20
MAX_ENTRIES = 1_000
MAX_MARKUP = 100_000  # tags; feedparser takes some 20 µs for each
MAX_NAMESPACES = 2_000

# Whatever defines entities is no news feed: it is refused before an XML parser sees it.
_ENTITY = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
# feedparser takes quadratic time over the attributes of one tag, and over namespaces.
_LONG_TAG = re.compile(rb"<[a-zA-Z](?:[^<>=]*+=){200}|<[a-zA-Z][^<>]{100000}")
_BEGIN = re.compile(rb"<\?xml|<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_CHAR = re.compile(rb"&#(?:[xX]0*([0-9a-fA-F]+)|0*([0-9]+));")
_LONGEST_CHAR = 7  # digits of 1114111
_HTML = re.compile(rb"<html|<!doctype html", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)


class Entry(NamedTuple):
    """One entry of a feed.

    Attributes:
        url: canonical address.
        title: headline as told, None if there is none.
        published: seconds since 1970.
        updated: seconds since 1970; None unless told apart from `published`.
    """

    url: str
    title: str | None
    published: float | None
    updated: float | None


class Feed(NamedTuple):
    """A feed's entries in its order, what was wrong with it, and where the older entries are (RFC 5005), if told."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()
    following: str | None = None


def read_feed(body: bytes, base: str, zone: str | None = None) -> Feed:
    """Reads an RSS or Atom feed; what stands before its beginning (blank lines, PHP warnings) is passed over.

    Args:
        body: as fetched.
        base: its address, for relative links.
        zone: the clock (WIB, WITA, WIT) of dates that tell none.

    Raises:
        DiscoverError: over the cap, entities defined in it, or no feed.
    """
    body = _checked(body, base)
    headers = {"content-location": base, "content-type": "application/rss+xml"}  # whatever the server calls it
    parsed = feedparser.parse(BytesIO(body), resolve_relative_uris=False, sanitize_html=False, response_headers=headers)
    if not parsed.entries and not parsed.get("version"):
        raise DiscoverError("no feed can be read from it", base)
    entries: dict[str, Entry] = {}
    for item in parsed.entries[:MAX_ENTRIES]:
        entry = _entry(item, base, zone)
        if entry is not None:
            entries.setdefault(entry.url, entry)
    problems = []
    if parsed.bozo and isinstance(parsed.get("bozo_exception"), SAXException):
        problems.append("the feed is malformed; what could be read was")
    if len(parsed.entries) > MAX_ENTRIES:
        problems.append(f"only the first {MAX_ENTRIES:,} entries of the feed were read")
    return Feed(own_entries(tuple(entries.values()), base), tuple(problems), _following(parsed.feed, base))


def _following(feed: Any, base: str) -> str | None:
    told = (str(link.get("href", "")) for link in feed.get("links", ()) if link.get("rel") == "next")
    url = canonical_url(next(told, "").strip() or base, base)
    return url if url is not None and url != base and same_site(url, base) else None


def is_feed(head: bytes) -> bool:
    """Whether a page's first bytes are those of a feed."""
    root = _ROOT.search(head[:4096])
    return root is not None and _HTML.search(head, 0, root.start()) is None  # old blogs carry RDF in their HTML


def is_html(body: bytes) -> bool:
    """Whether a page's first bytes are those of HTML."""
    return _HTML.search(body[:4096]) is not None


def _checked(body: bytes, base: str) -> bytes:
    if len(body) > MAX_BYTES:
        raise DiscoverError(f"the feed is over the cap of {MAX_BYTES:,} bytes", base)
    begin = _BEGIN.search(body[:65_536])
    if begin is None:
        raise DiscoverError("this is no feed", base)
    if _ENTITY.search(body):
        raise DiscoverError("the feed defines entities, which no feed needs; it is refused", base)
    if body.count(b"<") > MAX_MARKUP:
        raise DiscoverError(f"the feed has more than {MAX_MARKUP:,} tags", base)
    if _LONG_TAG.search(body) or body.count(b"xmlns") > MAX_NAMESPACES:
        raise DiscoverError("the feed's markup is no feed's: a tag without end, or namespaces without number", base)
    return _CHAR.sub(_possible, body[begin.start() :])


def _possible(reference: re.Match[bytes]) -> bytes:
    """A reference to a character as it stands, or to the replacement character if there is none of that number.

    Halves of an emoji (`&#55357;&#56832;`) are met in real feeds, and feedparser fails on them.
    """
    digits = reference[1] or reference[2]
    if len(digits) > _LONGEST_CHAR:
        return b"&#65533;"
    number = int(digits, 16 if reference[1] else 10)
    return reference[0] if number < 0xD800 or 0xDFFF < number < 0x110000 else b"&#65533;"


def _entry(item: Any, base: str, zone: str | None) -> Entry | None:
    link = item.get("feedburner_origlink") or item.get("link") or ""
    if not link and str(item.get("id", "")).startswith(("http://", "https://")):
        link = item["id"]
    url = canonical_url("".join(str(link).split()), base) if link else None
    if url is None:
        return None
    published = _moment(item, "published", zone)
    updated = _moment(item, "updated", zone)
    title = fold(str(item.get("title", "")))
    return Entry(url, title or None, published or updated, updated if published is not None else None)


def _moment(item: Any, name: str, zone: str | None) -> float | None:
    if name not in item:  # feedparser answers `updated` with `published` where it is asked by key
        return None
    told = seconds(str(item[name]), zone)
    if told is not None:
        return told
    parsed = item.get(f"{name}_parsed")
    try:
        return float(timegm(parsed)) if parsed else None
    except ValueError:  # the year 0 or 10000
        return None


def own_entries(entries: tuple[Entry, ...], base: str) -> tuple[Entry, ...]:
    """The site's own entries; all of them if none is (a feed served from elsewhere)."""
    domain = registrable_domain(host_of(base))
    own = tuple(entry for entry in entries if registrable_domain(host_of(entry.url)) == domain)
    return own or entries
