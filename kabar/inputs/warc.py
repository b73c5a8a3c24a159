"""WARC and ARC files, plain or compressed (ISO 28500): each HTML response of status 200 or 203 is a page."""

from __future__ import annotations

import io
from collections.abc import Iterator

from kabar.documents import NothingFound, Problem, Raw, Read
from scraper.errors import CrawlError
from scraper.page import Page

_HTML = ("text/html", "application/xhtml+xml")


def read_warc(stream: io.BufferedReader, name: str) -> Iterator[Read]:
    """Yields the pages in order of the records; a damaged part becomes a problem in its place, and the rest goes on."""
    from scraper.crawl.reader import read_pages

    problems: list[str] = []
    found = False
    prefix = f"{getattr(stream, 'name', 'archive')}: "
    try:
        for page in read_pages(stream, problems.append):
            yield from _told(problems, name, prefix)
            if _is_html(page):
                found = True
                yield Raw(f"{name}: {page.url}", page, file=name, url=page.url)
    except CrawlError as error:
        yield Problem(name, error.reason)
        return
    found = found or bool(problems)
    yield from _told(problems, name, prefix)
    if not found:
        yield NothingFound(name, "no HTML page in this WARC file")


def _told(problems: list[str], name: str, prefix: str) -> Iterator[Problem]:
    while problems:
        yield Problem(name, problems.pop(0).removeprefix(prefix))


def _is_html(page: Page) -> bool:
    """Whether a page is HTML; archives hold robots.txt and other plain texts too."""
    media_type = next((value for field, value in page.headers if field == "content-type"), "")
    return media_type.lower().lstrip().startswith(_HTML)
