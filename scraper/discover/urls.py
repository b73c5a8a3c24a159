"""URLs: one canonical form, twins folded, owners told apart.

Two forms, for two uses:

- `canonical_url` is what is fetched and printed. It changes only what cannot change the page: the WHATWG parser's own
  normal form (case, default port, dot segments, punycode), no credentials, no fragment, no parameters of tracking or
  sessions, AMP and mobile forms only where they are known to be twins. The order of the query stays, as servers may
  depend on it.
- `article_key` is what two addresses of one page have in common. It is never fetched, so it may fold more: scheme,
  `www.` and `m.`, a last slash, the order of the query, spellings of one letter.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from html import unescape
from importlib.resources import files
from typing import Any, NamedTuple

from ada_url import URL

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

_AMP_TAIL = re.compile(r"/amp(?=/?$)|\.amp(?=\.html?$)")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?;]*", re.IGNORECASE)
_INDEX_FILE = re.compile(r"/(?:index\.(?:html?|php))?$")
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
    host = host.removesuffix(".")  # of the root
    if protocol not in ("https:", "http:") or not host:
        return None
    host = _TWIN_HOSTS.get(host, host)
    if ";" in path:
        path = _SESSION_PATH.sub("", path)
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
    >>> article_key("https://contoh.example/sitemap.xml?page=1")
    'contoh.example/sitemap.xml?page=1'
    """
    host, path, query = split_url(url)
    label, _, parent = host.partition(".")
    if label in _TWIN_LABELS and "." in parent:
        host = parent
    if "%" in path or "%" in query:
        path, query = _PERCENT.sub(_decoded, path), _PERCENT.sub(_decoded, query)
    if path.startswith("/amp/"):
        path = path[4:]
    path = _INDEX_FILE.sub("", path)
    if not query:
        return host + path
    whole = path.endswith(".xml")  # the first part of Blogger's sitemap is no twin of its index
    kept = sorted(part for part in query.split("&") if whole or part.lower() not in _WHOLE_QUERY)
    return f"{host}{path}?{'&'.join(kept)}" if kept else host + path


def _decoded(escape: re.Match[str]) -> str:
    """A percent-encoded letter that need not be, as itself; any other with capital digits (RFC 3986, 6.2.2)."""
    char = chr(int(escape[1], 16))
    return char if char in _UNRESERVED else escape[0].upper()


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
