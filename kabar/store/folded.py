"""A page of a search with the copies of one story folded into the one that comes first."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from kabar.store.query import Query
from kabar.store.search import Hit, Order, Statement, hits, statement, total

_MOST_READ = 400


@dataclass(frozen=True, slots=True)
class Fold:
    """A hit that stands for its story.

    Attributes:
        copies: the other articles of the story in the store.
        sites: where these stand, some of them.
    """

    hit: Hit
    copies: int
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoldedPage:
    """One page; `next` is where the following one starts, None after the last."""

    total: int
    folds: tuple[Fold, ...]
    next: int | None


def folded(db: sqlite3.Connection, query: Query, limit: int, start: int, order: Order) -> FoldedPage:
    """A page of stories.

    Args:
        db: the store.
        query: what is searched.
        limit: stories a page.
        start: articles that stand on earlier pages, folded ones among them.
        order: newest first, or by relevance.
    """
    found = statement(db, query)
    in_all, window = _window(db, query, found, start, order)
    clusters = _clusters(db, window)
    earlier = _stories_before(db, found, start) if start and order == "relevance" else frozenset()
    shown: dict[int, int] = {}
    read = 0
    for key in window:
        cluster = clusters[key]
        if cluster not in shown:
            if len(shown) == limit:
                break
            before = cluster in earlier or (
                start and order == "newest" and _shown_before(db, found, cluster, window[0])
            )
            if not before:
                shown[cluster] = key
        read += 1
    tellings = _tellings(db, list(shown))
    folds = (
        Fold(hit, tellings[hit.cluster][0] - 1, tellings[hit.cluster][1])
        for hit in hits(db, list(shown.values()), query)
    )
    return FoldedPage(in_all, tuple(folds), start + read if start + read < in_all and read else None)


def _window(db: sqlite3.Connection, query: Query, found: Statement, start: int, order: Order) -> tuple[int, list[int]]:
    """How many articles are found, and the keys of those that a page may need.

    Putting the articles of all words with a prefix together takes longer than reading them, so it is done but once.
    """
    if any(words.prefix for words in query.words):
        keys = [key for (key,) in db.execute(found.page(order), found.values)]
        return len(keys), keys[start : start + _MOST_READ]
    rows = db.execute(f"{found.page(order)} LIMIT ? OFFSET ?", (*found.values, _MOST_READ, start))
    return total(db, query, found), [key for (key,) in rows]


def _clusters(db: sqlite3.Connection, keys: list[int]) -> dict[int, int]:
    rows = db.execute(
        "SELECT a.key, cluster FROM json_each(?) n CROSS JOIN article a ON a.key = n.value", (json.dumps(keys),)
    )
    return dict(rows.fetchall())


def _stories_before(db: sqlite3.Connection, found: Statement, start: int) -> frozenset[int]:
    """The stories of the most relevant articles, which stand on earlier pages."""
    keys = [key for (key,) in db.execute(f"{found.page('relevance')} LIMIT ?", (*found.values, start))]
    return frozenset(_clusters(db, keys).values())


def _shown_before(db: sqlite3.Connection, found: Statement, cluster: int, first: int) -> bool:
    """Whether a newer article of the story was found too, and so stands on an earlier page."""
    newer = db.execute("SELECT key FROM article WHERE cluster = ? AND key > ?", (cluster, first)).fetchall()
    if not newer:
        return False
    keys = ", ".join(str(key) for (key,) in newer)
    row = db.execute(f"SELECT 1 {found.tail} AND {found.column} IN ({keys}) LIMIT 1", found.values)
    return row.fetchone() is not None


def _tellings(db: sqlite3.Connection, clusters: list[int]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Articles and sites of each story."""
    rows = db.execute(
        "SELECT cluster, count(*), json_group_array(DISTINCT domain) FROM json_each(?) n "
        "CROSS JOIN article ON cluster = n.value LEFT JOIN site USING (site) GROUP BY cluster",
        (json.dumps(clusters),),
    )
    return {cluster: (count, tuple(site for site in json.loads(sites) if site)[:4]) for cluster, count, sites in rows}
