"""Articles that stand on several pages: where the other parts are, and how they become one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

import msgspec
from lxml import etree

from scraper.article import Article, Removed
from scraper.clean.decode import decode, parse
from scraper.page import Page

MAX_PARTS = 20
_LEAST_STEP = 10
_LONGEST_NUMBER = 4

PARAMETERS = frozenset(("page", "halaman", "hal", "part", "pg", "page_num"))
"""Names of the query's parameters that tell a part."""
_ALL = frozenset(("all", "semua", "show", "full"))
_TAIL_NUMBER = re.compile(r"^(?P<base>/.{8,}?)(?:/page|/halaman)?/(?P<number>[2-9]|[12]\d)/?$")
_PAGERS = etree.XPath(
    "//link[@rel='next']/@href | //a[@rel='next']/@href"
    " | //*[contains(@class, 'pag') or contains(@class, 'halaman') or contains(@class, 'page-links')"
    " or contains(@id, 'pag')]//a/@href"
)
_WORDS = re.compile(r"\w+")
_SHORT = 40


def part_addresses(page: Page, url: str | None = None) -> tuple[str, ...]:
    """Addresses of an article's other parts, in order; only one if the publisher has a page with all of them.

    Args:
        page: the first part, as fetched.
        url: its address, where the page does not know it.

    >>> body = b'<p>Satu.</p><div class="paging"><a href="?page=2">2</a> <a href="?page=3">3</a></div>'
    >>> part_addresses(Page(body=body, url="https://kabar.example/banjir-surut"))
    ('https://kabar.example/banjir-surut?page=2', 'https://kabar.example/banjir-surut?page=3')
    """
    own = page.final_url or page.url or url
    if own is None:
        return ()
    tree = parse(decode(page.body, page.encoding))
    found = _PAGERS(tree)
    links = [str(link).strip() for link in found] if isinstance(found, list) else []
    return _parts(own, [full for link in links if (full := _absolute(own, link)) is not None])


def _parts(own: str, links: Iterable[str]) -> tuple[str, ...]:
    links = list(links)
    offsets = _offsets(own, links)
    if offsets:
        return offsets
    home = base_address(own)
    numbered: dict[int, str] = {}
    for link in links:
        if base_address(link) != home:
            continue
        number = page_number(link)
        if number == 0:
            return (link,)
        if number is not None and 1 < number <= MAX_PARTS:
            numbered.setdefault(number, link)
    known = page_number(own) or 1
    last = max(numbered, default=0)
    return tuple(numbered.get(n) or _filled(numbered, n) for n in range(1, last + 1) if n not in (known, 1))


def _offsets(own: str, links: Iterable[str]) -> tuple[str, ...]:
    """The parts of a pager that counts paragraphs (".../15", ".../30"), in order; none where it counts pages."""
    found = {number: link for link in links if (number := _behind(link, own)) is not None}
    step = min(found, default=0)
    if step < _LEAST_STEP or any(number % step for number in found):
        return ()
    return tuple(found[number] for number in sorted(found))[:MAX_PARTS]


def _behind(url: str, home: str) -> int | None:
    """The number that an address has behind the whole path of another one of the same host."""
    one, other = _split(url), _split(home)
    if one.netloc.lower().removeprefix("www.") != other.netloc.lower().removeprefix("www."):
        return None
    front, _, tail = one.path.rstrip("/").rpartition("/")
    fits = front == other.path.rstrip("/") and tail.isascii() and tail.isdigit() and len(tail) < _LONGEST_NUMBER
    return int(tail) if fits else None


def _filled(numbered: dict[int, str], missing: int) -> str:
    """The address of a part that the pager does not show ("1 2 … 5"), after the pattern of one that it shows."""
    number, link = next(iter(numbered.items()))
    head, found, tail = link.rpartition(str(number))
    return f"{head}{missing}{tail}" if found else link


def _absolute(own: str, link: str) -> str | None:
    try:
        full = urljoin(own, link)
        urlsplit(full)
    except ValueError:  # http://[
        return None
    return full


def _split(url: str) -> SplitResult:
    """The parts of an address; of what is none, a path alone."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def page_number(url: str) -> int | None:
    """Which part an address names: 0 for all of them on one page, None where it names none.

    >>> page_number("https://kabar.example/banjir-surut?page=3"), page_number("https://kabar.example/banjir-surut?page=all")
    (3, 0)
    """
    parts = _split(url)
    for name, value in parse_qsl(parts.query):
        if name.lower() in PARAMETERS:
            if value.lower() in _ALL:
                return 0
            return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else None
    found = _TAIL_NUMBER.match(parts.path)
    return int(found["number"]) if found else None


def base_address(url: str) -> str:
    """An address without what names a part: the same for all parts of one article."""
    parts = _split(url)
    query = urlencode([(n, v) for n, v in parse_qsl(parts.query) if n.lower() not in PARAMETERS])
    found = _TAIL_NUMBER.match(parts.path)
    path = found["base"] if found else parts.path.rstrip("/")
    host = parts.netloc.lower().removeprefix("www.")
    return str(urlunsplit(("", host, path, query, "")))


def join_parts(parts: Sequence[Article]) -> Article:
    """Makes one article of its parts.

    Paragraphs that a part repeats from an earlier one are left out; a part that holds all the others replaces them.
    The first part gives the metadata; authors of later parts are added.

    Args:
        parts: at least one; parts whose address names a number are put in order.

    Raises:
        ValueError: no part was given.
    """
    if not parts:
        raise ValueError("no part of an article was given")
    home = min((_address(part) for part in parts), key=len)
    ordered = sorted(parts, key=lambda part: _order(_address(part), home))
    first = ordered[0]
    paragraphs = _without_repeats(ordered)
    text = "\n\n".join(paragraphs)
    return msgspec.structs.replace(
        first,
        text=text,
        lead=paragraphs[0] if paragraphs else None,
        authors=tuple(dict.fromkeys(author for part in ordered for author in part.authors)),
        images=tuple(dict.fromkeys(image for part in ordered for image in part.images)),
        pages=max(len(parts), *(part.pages for part in parts)),
        removed=_added(ordered),
        warnings=tuple(dict.fromkeys(warning for part in ordered for warning in part.warnings)),
    )


def _address(part: Article) -> str:
    return part.url or part.canonical_url or ""


def _order(address: str, home: str) -> int:
    number = _behind(address, home)
    number = page_number(address) if number is None else number
    return 1 if number is None else number


def _without_repeats(parts: Sequence[Article]) -> list[str]:
    kept: list[str] = []
    seen: set[str] = set()
    for part in parts:
        earlier = frozenset(seen)
        for paragraph in part.text.split("\n\n"):
            key = " ".join(_WORDS.findall(paragraph.lower()))
            if key in earlier and (len(key) > _SHORT or part is not parts[0]):
                continue
            seen.add(key)
            kept.append(paragraph)
    return kept


def _added(parts: Sequence[Article]) -> tuple[Removed, ...]:
    counts: dict[str, Removed] = {}
    for removed in (r for part in parts for r in part.removed):
        before = counts.get(removed.rule)
        counts[removed.rule] = (
            removed if before is None else msgspec.structs.replace(before, count=before.count + removed.count)
        )
    return tuple(counts.values())


def join_saved(articles: Sequence[Article]) -> list[Article]:
    """Joins saved pages that are parts of one article, and leaves the others as they are, in the order of the input.

    Pages belong together if their address without the part's number is the same, and so is their headline.
    """
    groups: dict[tuple[str, str], list[Article]] = {}
    for index, article in enumerate(articles):
        groups.setdefault(_identity(article, index), []).append(article)
    return [join_parts(group) if len(group) > 1 else group[0] for group in groups.values()]


def _identity(article: Article, index: int) -> tuple[str, str]:
    address = article.canonical_url or article.url
    if address is None or not article.title:
        return str(index), ""
    return base_address(address), " ".join(_WORDS.findall(article.title.lower()))
