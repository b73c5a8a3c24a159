"""WordPress REST: posts with their dates, by the hundred."""

from __future__ import annotations

import re
from html import unescape

import msgspec

from scraper.clean.decode import fold
from scraper.discover.feeds import MAX_BYTES, MAX_ENTRIES, Entry, Feed, own_entries
from scraper.discover.told_dates import seconds
from scraper.discover.urls import canonical_url
from scraper.errors import DiscoverError

REST_PAGE = 100  # posts in one answer, WordPress' own maximum
MAX_PAGES = 200


class _Rendered(msgspec.Struct):
    rendered: str = ""


class _Post(msgspec.Struct):
    link: str
    title: _Rendered = msgspec.field(default_factory=_Rendered)
    date_gmt: str | None = None
    modified_gmt: str | None = None


_POSTS = msgspec.json.Decoder(list[_Post])


def read_wordpress(body: bytes, base: str) -> Feed:
    """Reads an answer of WordPress REST, `/wp-json/wp/v2/posts`.

    Raises:
        DiscoverError: over the cap, or no list of posts.
    """
    if len(body) > MAX_BYTES:
        raise DiscoverError(f"the answer is over the cap of {MAX_BYTES:,} bytes", base)
    try:
        posts = _POSTS.decode(body.lstrip(b"\xef\xbb\xbf \t\r\n"))
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise DiscoverError("this is no list of WordPress posts", base) from error
    entries: dict[str, Entry] = {}
    for post in posts[:MAX_ENTRIES]:
        url = canonical_url(post.link, base)
        if url is not None:
            title = fold(unescape(post.title.rendered)) or None
            entries.setdefault(url, Entry(url, title, _utc(post.date_gmt), _utc(post.modified_gmt)))
    return Feed(own_entries(tuple(entries.values()), base))


def _utc(raw: str | None) -> float | None:
    return seconds(raw + "Z") if raw and len(raw) == len("2024-01-02T03:04:05") else None


def wordpress_url(home: str) -> str:
    """Where WordPress tells its posts, the latest first."""
    fields = "_fields=link,title,date_gmt,modified_gmt"
    return f"{home.rstrip('/')}/wp-json/wp/v2/posts?per_page={REST_PAGE}&{fields}"


def following_url(url: str, feed: Feed) -> str | None:
    """Where the older posts are; None if an answer was not full, or `MAX_PAGES` are read.

    >>> following_url("https://contoh.example/wp-json/wp/v2/posts?per_page=100&page=2", Feed(())) is None
    True
    """
    number = re.search(r"[?&]page=(\d{1,5})", url)
    following = int(number[1]) + 1 if number else 2
    if len(feed.entries) < REST_PAGE or following > MAX_PAGES:
        return None
    return f"{re.sub(r'&page=[0-9]+', '', url)}&page={following}"
