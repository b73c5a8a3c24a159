"""Sitemaps (sitemaps.org 0.9, Google News), read in a stream: indexes, URL sets, plain text, compressed or not."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from scraper.discover.forms import DAY, MONTH, period_in_path
from scraper.discover.told_dates import seconds
from scraper.discover.urls import canonical_url
from scraper.errors import DiscoverError

MAX_INFLATED = 50 * 2**20  # bytes, the protocol's own limit
MAX_RATIO = 300  # inflated bytes for one sent; URL lists stay under 40
MAX_MEMBERS = 1_000  # of a gzip file; what stands behind each is copied, and one is usual
MAX_URLS = 50_000  # the protocol's own limit
MAX_CHILDREN = 5_000
MAX_DEPTH = 3
DOUBTFUL = 20  # pages of before the moment asked for that claim to have changed since
FINISHED = 14 * DAY  # seconds after its last change until a sitemap counts as finished

_PIECE = 2**16
_GZIP = b"\x1f\x8b"
_ENTITY = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_BARE = re.compile(rb"&(?!#?\w{1,10};)")
_NAME_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_NOT_NEWS = re.compile(
    r"(?:^|[-_/.])(?:post_?tags?|tags?|topics?|topik|categor(?:y|ies)|kategori|authors?|penulis|users?|pages?|images?|foto"
    r"|photos?|videos?|attachments?|products?|elementor|template)(?=[-_.\d]|$)",
    re.IGNORECASE,
)


class SitemapUrl(NamedTuple):
    """One address of a sitemap.

    Attributes:
        url: canonical address.
        updated: lastmod, seconds since 1970.
        published: of a Google News entry, seconds since 1970.
        title: of a Google News entry.
        news: whether it is a Google News entry.
    """

    url: str
    updated: float | None = None
    published: float | None = None
    title: str | None = None
    news: bool = False


class Sitemap(NamedTuple):
    """What a sitemap tells.

    Attributes:
        urls: pages, in its order.
        children: further sitemaps, the latest first.
        problems: what was cut or malformed.
    """

    urls: tuple[SitemapUrl, ...] = ()
    children: tuple[SitemapUrl, ...] = ()
    problems: tuple[str, ...] = ()


def is_sitemap(head: bytes) -> bool:
    """Whether a page's first bytes are those of an XML sitemap, or compressed."""
    return head.startswith(_GZIP) or _ROOT.search(head[:4096]) is not None


def read_sitemap(body: bytes, base: str, since: float | None = None) -> Sitemap:
    """Reads a sitemap of any form.

    Args:
        body: as fetched; gzip is taken off, up to `MAX_INFLATED`.
        base: its address.
        since: seconds since 1970; older pages are left out, and sitemaps last changed before it are not followed.

    Raises:
        DiscoverError: over a cap, entities defined in it, or no sitemap.
    """
    pieces = _inflated(body, base) if body.startswith(_GZIP) else iter((body,))
    first = next(pieces, b"")
    if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"http://", b"https://")):
        return _read_text(first + b"".join(pieces))
    if _ROOT.search(first[:4096]) is None:
        raise DiscoverError("this is no sitemap", base)
    return _read_xml(first, pieces, base, since)


def _inflated(body: bytes, base: str) -> Iterator[bytes]:
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)
    size = members = 0
    data = body
    try:
        while data:
            piece = stream.decompress(data, _PIECE)
            data = stream.unconsumed_tail
            if stream.eof and stream.unused_data.startswith(_GZIP):  # of several members
                if (members := members + 1) >= MAX_MEMBERS:
                    raise DiscoverError(f"the sitemap is compressed in over {MAX_MEMBERS:,} parts; refused", base)
                data, stream = stream.unused_data, zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)
            size += len(piece)
            if size > MAX_INFLATED or size > 2**20 + MAX_RATIO * len(body):
                raise DiscoverError(f"the sitemap inflates from {len(body):,} to over {size:,} bytes; refused", base)
            yield piece
    except zlib.error as error:
        raise DiscoverError("the compressed sitemap is damaged", base) from error


def _read_text(body: bytes) -> Sitemap:
    lines = body.decode("utf-8", "replace").lstrip("\ufeff").split("\n", MAX_URLS)
    urls = (canonical_url(line.strip()) for line in lines[:MAX_URLS])
    cut = (f"only the first {MAX_URLS:,} addresses were read",) if len(lines) > MAX_URLS else ()
    return Sitemap(tuple(SitemapUrl(url) for url in dict.fromkeys(urls) if url is not None), problems=cut)


def _read_xml(first: bytes, rest: Iterator[bytes], base: str, since: float | None) -> Sitemap:
    if _ENTITY.search(first):
        raise DiscoverError("the sitemap defines entities, which no sitemap needs; it is refused", base)
    urls: dict[str, SitemapUrl] = {}
    children: dict[str, SitemapUrl] = {}
    problems: list[str] = []
    try:
        for node in islice(_nodes(first, rest), 2 * MAX_URLS):
            found = _read_node(node, base)
            if found is None:
                continue
            kept = urls if node.tag.endswith("url") else children
            if len(kept) >= MAX_URLS:
                problems.append(f"only the first {MAX_URLS:,} addresses were read")
                break
            kept.setdefault(found.url, found)
    except (etree.XMLSyntaxError, UnicodeDecodeError) as error:  # the latter where a name is no UTF-8
        if not urls and not children:
            raise DiscoverError(f"the sitemap cannot be read: {error}", base) from error
        problems.append("the sitemap is malformed; what could be read was")
    followed, cut = _to_follow(tuple(children.values()), since)
    return Sitemap(_fresh(tuple(urls.values()), since), followed, (*problems, *cut))


def _nodes(first: bytes, rest: Iterator[bytes]) -> Iterator[etree._Element]:
    """`url` and `sitemap` elements as they end; each is freed once it was read."""
    parser = etree.XMLPullParser(
        events=("end",), tag=("{*}url", "{*}sitemap"), recover=True, resolve_entities=False, no_network=True,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    for piece in _mended(chain((first.lstrip(),), rest)):
        parser.feed(piece)
        yield from _ended(parser)
    parser.close()
    yield from _ended(parser)


def _ended(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _, node in parser.read_events():
        if isinstance(node, etree._Element):
            yield node
            _free(node)


def _mended(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The text in pieces of whole tags, bare ampersands escaped: a parser would drop what follows them."""
    carried = b""
    for large in pieces:
        for start in range(0, len(large), _PIECE):
            block = carried + large[start : start + _PIECE]
            cut = block.rfind(b"<") if len(block) < 2 * _PIECE else len(block)
            carried = block[cut:] if cut > 0 else b""
            yield _BARE.sub(b"&amp;", block[:cut] if cut > 0 else block)
    if carried:
        yield _BARE.sub(b"&amp;", carried)


def _free(node: etree._Element) -> None:
    node.clear()
    parent = node.getparent()
    if parent is not None:
        while node.getprevious() is not None:
            del parent[0]


def _read_node(node: etree._Element, base: str) -> SitemapUrl | None:
    told: dict[str, str] = {}
    news = False
    for child in node:
        name = str(child.tag).rpartition("}")[2]  # a reference to an entity has no name but a function
        if name == "news":
            news = True
            told |= {str(part.tag).rpartition("}")[2]: part.text or "" for part in child}
        elif name in ("loc", "lastmod"):
            told[name] = child.text or ""
    url = canonical_url("".join(told.get("loc", "").split()), base)
    if url is None or not told.get("loc"):
        return None
    title = " ".join(told.get("title", "").split()) or None
    return SitemapUrl(url, seconds(told.get("lastmod")), seconds(told.get("publication_date")), title, news)


def may_list_news(url: str) -> bool:
    """Whether a sitemap's name does not say that it lists tags, authors, pictures or the like."""
    return _NOT_NEWS.search(url.rpartition("/")[2]) is None


def changed_at(sitemap: SitemapUrl) -> float | None:
    """When a sitemap may last have changed, seconds since 1970; None if nothing tells.

    The day or month in its name comes first: there are sites whose every sitemap claims to be new at every visit.

    >>> changed_at(SitemapUrl("https://contoh.example/sitemap-2019-03.xml", updated=1.7e9)) < 1.6e9
    True
    """
    named = _name_date(sitemap.url)
    return sitemap.updated if named is None else named


def is_finished(sitemap: SitemapUrl, now: float | None = None) -> bool:
    """Whether a sitemap is of a time that is over, so that one visit is enough until it tells of a change."""
    changed = changed_at(sitemap)
    return changed is not None and changed < (time.time() if now is None else now) - FINISHED


def _fresh(urls: tuple[SitemapUrl, ...], since: float | None) -> tuple[SitemapUrl, ...]:
    """What may have changed since a moment; where most of what is old claims to be new, lastmod is not believed."""
    if since is None:
        return urls
    old = [url for url in urls if (_name_date(url.url) or since) < since]
    claims = sum(url.updated is not None and url.updated >= since for url in old)
    if claims >= DOUBTFUL and claims > len(old) / 2:
        urls = tuple(url._replace(updated=None) for url in urls)
    return tuple(url for url in urls if (_latest(url) or since) >= since)


def _latest(url: SitemapUrl) -> float | None:
    """The latest date that is known of an address."""
    return max((date for date in (url.updated, url.published, _name_date(url.url)) if date is not None), default=None)


def _name_date(url: str) -> float | None:
    """The end of the month or day that a sitemap's or article's address tells."""
    period = period_in_path(url)
    if period is not None:
        return period.end
    match = _NAME_DATE.search(url.rpartition("/")[2])
    if match is None:
        return None
    year, month, day = match.groups()
    start = seconds(f"{year}-{month}-{day or '01'}T00:00:00Z")
    return None if start is None else start + (DAY if day else MONTH)


def _to_follow(children: tuple[SitemapUrl, ...], since: float | None) -> tuple[tuple[SitemapUrl, ...], tuple[str, ...]]:
    """Sitemaps of articles that may hold something new, the latest first."""
    wanted = [child for child in children if may_list_news(child.url)]
    if since is not None:
        wanted = [child for child in wanted if (changed_at(child) or since) >= since]
    wanted.sort(key=lambda child: -(changed_at(child) or 0.0))
    cut = (f"only the latest {MAX_CHILDREN:,} of {len(wanted):,} sitemaps are followed",)
    return tuple(wanted[:MAX_CHILDREN]), cut if len(wanted) > MAX_CHILDREN else ()
