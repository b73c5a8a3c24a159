"""A user's own file of sites: a list of what to crawl, definitions of further publishers, or both.

    sites = ["jambi.antaranews.com", "https://contoh.example/daerah"]   # by host, name or address

    [[site]]                                   # keys as in `publishers/HOST.toml`
    name = "Kabar Contoh"
    domains = ["kabarcontoh.id"]
    family = "jnews"
    feeds = ["https://kabarcontoh.id/feed/"]

A file with the keys of one publisher at its top, as `publishers/HOST.toml` has them, is a definition too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from cssselect import SelectorError
from lxml import etree

from scraper.sites.definition import DefinitionError, SiteDefinition
from scraper.sites.registry import families, sites_of, table_of
from scraper.sites.selectors import compiled

MAX_BYTES = 2**20


class SiteFile(NamedTuple):
    """What a file of sites tells.

    Attributes:
        starts: hosts, names and addresses to begin with: the list's, then each definition's `start` or main host.
        definitions: publishers that it defines.
    """

    starts: tuple[str, ...]
    definitions: tuple[SiteDefinition, ...]


def read_site_file(path: Path) -> SiteFile:
    """Reads a user's file of sites.

    Raises:
        DefinitionError: it is no TOML, too large, or says what no definition has; the message names the file.
        OSError: it cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        raise DefinitionError(f"{path}: larger than {MAX_BYTES:,} bytes; no list of sites is")
    table = table_of(path)
    listed, tables = table.pop("sites", []), table.pop("site", [])
    if not isinstance(listed, list) or not all(isinstance(start, str) for start in listed):
        raise DefinitionError(f"{path}: `sites` must be a list of hosts and addresses")
    if not isinstance(tables, list) or not all(isinstance(site, dict) for site in tables):
        raise DefinitionError(f"{path}: each publisher is a table of its own, [[site]]")
    if table:
        tables = [table, *tables]
    starts, definitions = list(listed), []
    for site in tables:
        start = site.pop("start", None)
        found = list(_checked(site, str(path)))
        definitions += found
        starts.append(str(start or found[0].domain))
    if not starts:
        raise DefinitionError(f"{path}: it names no site: give `sites = [...]`, or the `domains` and `name` of one")
    return SiteFile(tuple(starts), tuple(definitions))


def _checked(table: Mapping[str, Any], origin: str) -> Iterator[SiteDefinition]:
    """The publisher of a table and its editions, with selectors and patterns that compile."""
    import soupsieve  # heavy, and a crawl without such a file needs none of it

    for site in sites_of(table, families(), origin):
        for selector in (*site.body, *site.title, *site.date, *site.author, *site.drop):
            try:
                compiled(selector)
                soupsieve.compile(selector)
            except (SelectorError, soupsieve.SelectorSyntaxError, etree.XPathError, TypeError):
                raise DefinitionError(f"{origin}: this is no CSS selector: {selector!r}") from None
        try:
            re.compile(site.article_pattern or "")
        except (re.error, TypeError) as error:
            raise DefinitionError(f"{origin}: `article_pattern` is no regular expression: {error}") from None
        yield site
