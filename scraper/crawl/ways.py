"""By which ways a crawl found its articles: what of each host's feeds, sitemaps and lists was there."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from scraper.crawl.database import told
from scraper.crawl.intake import KINDS
from scraper.discover.found import Kind

_FETCHED = """SELECT h.host, u.kind, count(*) FROM urls u JOIN hosts h ON h.id = u.host
    WHERE u.fetched_at IS NOT NULL AND u.kind != ? GROUP BY 1, 2"""


def read_ways(path: Path) -> Mapping[str, Counter[Kind]]:
    """How many feeds, sitemaps, lists and further pages of them each host has given, from a crawl's queue.

    Args:
        path: of the frontier; it is only read, and another process may be writing it.

    Raises:
        CrawlError: it cannot be read.
    """
    ways: dict[str, Counter[Kind]] = {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as database:
            for host, kind, count in database.execute(_FETCHED, (KINDS.index("article"),)):
                ways.setdefault(host, Counter())[KINDS[kind]] = count
    except sqlite3.Error as error:
        raise told(error, path) from error
    return ways
