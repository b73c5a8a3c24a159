"""Articles, lists and the rest told apart by the form of their addresses; and the dates that addresses tell."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from scraper.discover.urls import Parts, split_url

UrlKind: TypeAlias = Literal["article", "index", "other", "unknown"]

DAY, MONTH = 86_400.0, 31 * 86_400.0

FRONT_FILES = frozenset({"index.php", "index.html", "index.htm", "default.aspx"})
"""Names under which servers have the home page."""

_FACTS: dict[str, Any] = tomllib.loads(files("scraper.discover").joinpath("forms.toml").read_text(encoding="utf-8"))

_FILE_EXTENSIONS = frozenset(_FACTS["other"]["extensions"])
_OTHER_FIRST = frozenset(_FACTS["other"]["first"])
_OTHER_INNER = frozenset(_FACTS["other"]["inner"])
_ABOUT = frozenset(_FACTS["other"]["about"])
_OTHER_QUERY = frozenset(_FACTS["other"]["query"])
_INDEX_FIRST = frozenset(_FACTS["index"]["first"])
_INDEX_NAMES = _INDEX_FIRST | frozenset(_FACTS["index"]["alone"])
_MARKERS = frozenset(_FACTS["article"]["markers"])

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


class Period(NamedTuple):
    """A day or a month, in seconds since 1970, UTC.

    Attributes:
        start: its beginning.
        end: its end; of a month, that of its 31st day.
        is_day: whether it is a day.
    """

    start: float
    end: float
    is_day: bool


def period_in_path(url: str) -> Period | None:
    """The day or month that an address tells; None if it tells none.

    >>> period_in_path("https://contoh.example/2024/01/02/banjir/")
    Period(start=1704153600.0, end=1704240000.0, is_day=True)
    """
    match = _DATE_PATH.search(split_url(url).path)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        start = datetime(int(year), int(month), int(day or 1), tzinfo=UTC).timestamp()
    except ValueError:
        return None
    return Period(start, start + (DAY if day else MONTH), day is not None)


def date_in_path(url: str) -> float | None:
    """The start of `period_in_path`."""
    period = period_in_path(url)
    return period.start if period is not None else None


def ends_with_date(path: str) -> bool:
    """Whether a path is that of a year's, month's or day's archive.

    >>> ends_with_date("/indeks/2024/01/02/"), ends_with_date("/2024/01/02/banjir")
    (True, False)
    """
    return _DATE_TAIL.search(path) is not None


def archive_period(url: str) -> Period | None:
    """The day or month that a date archive lists; None for another page.

    >>> archive_period("https://contoh.example/indeks?date=2024-01-02").start
    1704153600.0
    >>> archive_period("https://contoh.example/2024/01/02/banjir-surut") is None
    True
    """
    parts = split_url(url)
    if ends_with_date(parts.path):
        return period_in_path(url)
    match = _DATE_VALUE.search(parts.query)
    return period_in_path(f"{url.partition('?')[0]}/{'/'.join(match.groups())}") if match else None


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
    if segments and segments[0] in FRONT_FILES:
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
