"""URLs: one canonical form, twins folded, and articles told from the rest by pattern.

Two forms, for two uses:

- `canonical_url` is what is fetched and printed. It changes only what cannot change the page: the WHATWG parser's own
  normal form (case, default port, dot segments, punycode), no credentials, no fragment, no tracking parameters, AMP
  and mobile forms only where they are known to be twins. The order of the query stays, as servers may depend on it.
- `article_key` is what two addresses of one page have in common. It is never fetched, so it may fold more: scheme,
  `www.` and `m.`, a last slash, the order of the query.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from functools import lru_cache
from html import unescape
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from ada_url import URL

UrlKind: TypeAlias = Literal["article", "index", "other", "unknown"]

MAX_CHARS = 2_000
"""Longer addresses are traps or data."""

_FACTS: dict[str, Any] = tomllib.loads(files("scraper.discover").joinpath("urls.toml").read_text(encoding="utf-8"))

_TRACKING = frozenset(_FACTS["tracking"]["names"])
_TRACKING_PREFIXES = tuple(_FACTS["tracking"]["prefixes"])
_TWIN_QUERY = frozenset(_FACTS["twins"]["query"])
_WHOLE_QUERY = frozenset(_FACTS["twins"]["whole"])
_TWIN_LABELS = frozenset(_FACTS["twins"]["labels"])
_TWIN_HOSTS: dict[str, str] = _FACTS["twins"]["hosts"]
_ID_SUFFIXES = frozenset(_FACTS["suffixes"]["id"])
_OTHER_SUFFIXES = frozenset(_FACTS["suffixes"]["other"])
_SHARED_HOSTS = frozenset(_FACTS["suffixes"]["shared"])
_FILE_EXTENSIONS = frozenset(_FACTS["other"]["extensions"])
_OTHER_FIRST = frozenset(_FACTS["other"]["first"])
_OTHER_INNER = frozenset(_FACTS["other"]["inner"])
_ABOUT = frozenset(_FACTS["other"]["about"])
_OTHER_QUERY = frozenset(_FACTS["other"]["query"])
_INDEX_FIRST = frozenset(_FACTS["index"]["first"])
_INDEX_NAMES = _INDEX_FIRST | frozenset(_FACTS["index"]["alone"])
_FRONT_FILES = frozenset({"index.php", "index.html", "index.htm", "default.aspx"})
_MARKERS = frozenset(_FACTS["article"]["markers"])

_AMP_TAIL = re.compile(r"/amp(?=/?$)|\.amp(?=\.html?$)")
_INDEX_FILE = re.compile(r"/(?:index\.(?:html?|php))?$")
_PAGE_TAIL = re.compile(r"/(?:page|halaman|hal)/?-?\d+/?$")
_PAGE_QUERY = re.compile(r"(?:^|&)(?:page|paged|halaman|hal|per_page|offset|start|p)=\d+(?:&|$)")
_DATE_QUERY = re.compile(r"(?:^|&)(?:date|tanggal|tgl|day|month|bulan)=")
_DATE_VALUE = re.compile(r"(?:^|&)(?:date|tanggal|tgl)=((?:19|20)\d\d)[-/]?(\d\d)[-/]?(\d\d)(?:&|$)")
_DATE_PATH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])(?:/(0?[1-9]|[12]\d|3[01]))?(?=/|$)")
_DATE_TAIL = re.compile(r"/(?:19|20)\d\d(?:/\d\d?){0,2}/?$")
_ID = re.compile(r"^(?:[a-z]{1,2}-?)?\d{3,}$|^(?=[a-z0-9]*\d)[a-z0-9]{5,12}$")
_SHORT_LINK = re.compile(r"(?:^|&)(?:p|page_id|id|module|page)=\w")
_ID_QUERY = re.compile(r"(?:^|&)(?:id|news_id|nid|id_berita|berita|read)=\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_EXTENSION = re.compile(r"\.([a-z0-9]{2,5})$")
_HEAD_BYTES = 2**18
_LINK_TAG = re.compile(rb"<link\s[^<>]{1,2500}>", re.IGNORECASE)
_REL_CANONICAL = re.compile(rb"\srel\s*=\s*[\"']?\s*canonical\b", re.IGNORECASE)
_HREF = re.compile(rb"\shref\s*=\s*(?:[\"']([^\"']{1,2000})|([^\s\"'>]{1,2000}))", re.IGNORECASE)


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The address to fetch and to print; None for what is no http(s) address, or a longer one than `MAX_CHARS`.

    Args:
        url: as found; relative if `base` is given.
        base: the address of the page that holds it.

    >>> canonical_url("HTTPS://Contoh.Example:443/a/../b/?utm_source=x&id=2#isi")
    'https://contoh.example/b/?id=2'
    >>> canonical_url("/news/banjir/amp?amp=1", "https://contoh.example/")
    'https://contoh.example/news/banjir'
    >>> canonical_url("javascript:void(0)") is None
    True
    """
    if len(url) > MAX_CHARS:
        return None
    try:
        parsed = URL(url, base)
    except (ValueError, UnicodeEncodeError):
        return None
    protocol, host, path, search = parsed.protocol, parsed.host, parsed.pathname, parsed.search
    if protocol not in ("https:", "http:") or not host:
        return None
    host = _TWIN_HOSTS.get(host, host)
    if path.endswith(("/amp", "/amp/", ".amp.html", ".amp.htm")):
        path = _AMP_TAIL.sub("", path) or "/"
    if search:
        kept = [part for part in search[1:].split("&") if part and not _is_noise(part)]
        search = "?" + "&".join(kept) if kept else ""
    return f"{protocol}//{host}{path}{search}"


def _is_noise(part: str) -> bool:
    lowered = part.lower()
    name = lowered.partition("=")[0]
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES) or lowered in _TWIN_QUERY


class Parts(NamedTuple):
    """A canonical address in parts.

    Attributes:
        host: authority.
        path: from the first slash, percent-encoded.
        query: without the question mark; empty if there is none.
    """

    host: str
    path: str
    query: str


def split_url(url: str) -> Parts:
    """Splits a canonical address.

    >>> split_url("https://contoh.example:8080/a?b=1")
    Parts(host='contoh.example:8080', path='/a', query='b=1')
    """
    rest = url.partition("://")[2]
    rest, _, query = rest.partition("?")
    host, _, path = rest.partition("/")
    return Parts(host, "/" + path, query)


def article_key(url: str) -> str:
    """What the addresses of one page have in common.

    Args:
        url: a canonical address.

    >>> article_key("http://m.contoh.example/read/1/banjir/?b=2&a=1&page=all")
    'contoh.example/read/1/banjir?a=1&b=2'
    """
    host, path, query = split_url(url)
    label, _, parent = host.partition(".")
    if label in _TWIN_LABELS and "." in parent:
        host = parent
    if path.startswith("/amp/"):
        path = path[4:]
    path = _INDEX_FILE.sub("", path)
    if not query:
        return host + path
    kept = sorted(part for part in query.split("&") if part.lower() not in _WHOLE_QUERY)
    return f"{host}{path}?{'&'.join(kept)}" if kept else host + path


def same_article(one: str, other: str) -> bool:
    """Whether two addresses are twins of one page.

    >>> same_article("https://www.contoh.example/a-b/?utm_medium=x", "http://m.contoh.example/a-b/amp/")
    True
    """
    first, second = canonical_url(one), canonical_url(other)
    return first is not None and second is not None and article_key(first) == article_key(second)


def origin_of(url: str) -> str:
    """Scheme and authority of a canonical address."""
    return f"{url.partition('://')[0]}://{host_of(url)}"


def host_of(url: str) -> str:
    """Authority of a canonical address: `host`, or `host:port` off the default port."""
    return split_url(url).host


def canonical_link(body: bytes, base: str) -> str | None:
    """The address that a page calls its own in `<link rel=canonical>`; None if it calls none.

    >>> canonical_link(b'<head><link rel="canonical" href="/banjir-surut?utm_source=x"></head>', "https://contoh.example/amp/1")
    'https://contoh.example/banjir-surut'
    """
    for tag in _LINK_TAG.finditer(body, 0, _HEAD_BYTES):
        href = _HREF.search(tag[0]) if _REL_CANONICAL.search(tag[0]) else None
        if href is not None:
            return canonical_url(unescape((href[1] or href[2]).decode("utf-8", "replace")).strip(), base)
    return None


@lru_cache(maxsize=4096)
def registrable_domain(host: str) -> str:
    """The domain that one owner registered; an IP address or a bare name is its own.

    >>> registrable_domain("jambi.tribunnews.com"), registrable_domain("portal.jambikota.go.id")
    ('tribunnews.com', 'jambikota.go.id')
    >>> registrable_domain("kabardesa.blogspot.com:80")
    'kabardesa.blogspot.com'
    """
    name = host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
    labels = name.split(".")
    if len(labels) < 3 or labels[-1].isdigit() or name.startswith("["):
        return name
    country = len(labels[-1]) == 2
    seconds = _ID_SUFFIXES if labels[-1] == "id" else _OTHER_SUFFIXES
    third = (country and labels[-2] in seconds) or ".".join(labels[-2:]) in _SHARED_HOSTS
    return ".".join(labels[-3:] if third else labels[-2:])


def same_site(one: str, other: str) -> bool:
    """Whether two canonical addresses are of one owner."""
    return registrable_domain(host_of(one)) == registrable_domain(host_of(other))


def date_in_path(url: str) -> float | None:
    """The date that an address tells, as seconds since 1970 (start of the day or month, UTC).

    >>> date_in_path("https://contoh.example/2024/01/02/banjir/")
    1704153600.0
    """
    match = _DATE_PATH.search(split_url(url).path)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        return datetime(int(year), int(month), int(day or 1), tzinfo=UTC).timestamp()
    except ValueError:
        return None


def ends_with_date(path: str) -> bool:
    """Whether a path is that of a year's, month's or day's archive.

    >>> ends_with_date("/indeks/2024/01/02/"), ends_with_date("/2024/01/02/banjir")
    (True, False)
    """
    return _DATE_TAIL.search(path) is not None


def archive_date(url: str) -> float | None:
    """The day or month that a date archive lists, as seconds since 1970 (its start, UTC); None for another page.

    >>> archive_date("https://contoh.example/indeks?date=2024-01-02"), archive_date("https://contoh.example/2024/01/02/x")
    (1704153600.0, None)
    """
    parts = split_url(url)
    if ends_with_date(parts.path):
        return date_in_path(url)
    match = _DATE_VALUE.search(parts.query)
    return date_in_path(f"{url.partition('?')[0]}/{'/'.join(match.groups())}") if match else None


def classify(url: str, article_pattern: str | None = None) -> UrlKind:
    """Tells an article's address from sections, tags, searches and files by its form alone.

    Args:
        url: a canonical address.
        article_pattern: the publisher's own regular expression; where given, nothing else is an `article`.

    Returns:
        `article`; `index` for home, sections, date archives and their further pages; `other` for files, services,
        tags, authors, searches and pages about the publisher; `unknown` where the form does not tell.

    >>> classify("https://contoh.example/read/12345/banjir-rendam-tiga-desa")
    'article'
    >>> classify("https://contoh.example/tag/banjir"), classify("https://contoh.example/daerah/page/2/")
    ('other', 'index')
    """
    if article_pattern is not None and _compiled(article_pattern).search(url):
        return "article"
    kind = _by_form(split_url(url))
    return "unknown" if kind == "article" and article_pattern is not None else kind


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _by_form(parts: Parts) -> UrlKind:
    path = parts.path.lower()
    segments = [segment for segment in path.split("/") if segment]
    if segments and segments[0] in _FRONT_FILES:
        del segments[0]
    if _is_other(segments, parts.query):
        return "other"
    if not segments:
        return "unknown" if _SHORT_LINK.search(parts.query) else "index"
    dated = _DATE_PATH.search(path)
    if ends_with_date(path) or segments[0].partition("-")[0] in _INDEX_FIRST or _PAGE_TAIL.search(path):
        return "index"
    if _is_article(segments, parts.query, dated=dated is not None):
        return "article"
    if _PAGE_QUERY.search(parts.query) or _DATE_QUERY.search(parts.query) or segments[-1] in _INDEX_NAMES:
        return "index"
    return _short(segments)


def _is_other(segments: list[str], query: str) -> bool:
    if query and any(part.partition("=")[0].lower() in _OTHER_QUERY for part in query.split("&")):
        return True
    if not segments:
        return False
    last = segments[-1]
    extension = _EXTENSION.search(last)
    if extension and extension[1] in _FILE_EXTENSIONS:
        return True
    stem = last[: extension.start()] if extension else last
    return (
        segments[0] in _OTHER_FIRST
        or stem in _ABOUT
        or stem.startswith("pedoman-")
        or last in _OTHER_INNER
        or any(segment in _OTHER_INNER for segment in segments[1:-1])
    )


def _is_article(segments: list[str], query: str, *, dated: bool) -> bool:
    last = unquote(segments[-1])
    extension = _EXTENSION.search(last)
    if extension:
        last = last[: extension.start()]
    words = len(_WORD.findall(last))
    before = segments[:-1]
    marked = any(segment in _MARKERS for segment in before)
    numbered = any(_ID.match(segment) for segment in before) or _starts_or_ends_with_id(last)
    numbered = numbered or any(one in _MARKERS and two.isdigit() for one, two in pairwise(segments))
    if words >= 5 or (words >= 2 and (dated or numbered)) or (words >= 3 and (marked or extension is not None)):
        return True
    if words and ((marked and numbered) or (dated and extension is not None)):
        return True
    if (marked or dated) and _ID.match(last):
        return True
    return (marked or last in _MARKERS) and _ID_QUERY.search(query) is not None


def _starts_or_ends_with_id(slug: str) -> bool:
    parts = re.split(r"[-_]", slug)
    return len(parts) > 1 and (
        _is_number(parts[0]) or _is_number(parts[-1]) or (len(parts) > 2 and _is_number(parts[1]))
    )


def _is_number(text: str) -> bool:
    return text.isdigit() and len(text) >= 3 and not (len(text) == 4 and text[:2] in ("19", "20"))


def _short(segments: list[str]) -> UrlKind:
    """One or two short names, as sections have them: /daerah, /regional/kota-jambi."""
    plain = all(re.fullmatch(r"[a-z][a-z-]{1,24}", segment) and segment.count("-") <= 1 for segment in segments)
    return "index" if plain and len(segments) <= 3 else "unknown"
