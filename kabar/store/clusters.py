"""Stories: an article joins the cluster of the article that is most like it, if any is like it enough."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kabar.store.keys import BITS
from kabar.store.sketch import SAME_STORY, bands, share_of_own, similarity

DAYS_APART = 30
MOST_CANDIDATES = 200
_APART = DAYS_APART * 86_400 << BITS


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story.

    Attributes:
        own: share of the text, 0 to 1, that does not stand in the story's first article.
    """

    id: str
    url: str | None
    site: str | None
    title: str | None
    day: str
    own: float


def story(db: sqlite3.Connection, id_: str) -> list[Telling]:
    """All articles of the same story, first published first; the article's own among them."""
    rows = db.execute(
        "SELECT id, url, domain, a.title, day, text FROM article a JOIN body ON article = key "
        "LEFT JOIN site USING (site) WHERE cluster = (SELECT cluster FROM article WHERE id = ?) ORDER BY key",
        (id_,),
    ).fetchall()
    return [
        Telling(other, url, site, title, day, share_of_own(text, rows[0][-1]))
        for other, url, site, title, day, text in rows
    ]


def cluster_of(db: sqlite3.Connection, key: int, signature: bytes | None) -> int:
    """The number of the cluster that a new article belongs to, a new one where none is like it.

    Args:
        db: the store.
        key: the article's, with no row yet.
        signature: of its text, or None for one too short to be compared.
    """
    best, found = SAME_STORY, None
    for cluster, other in _candidates(db, key, signature) if signature else ():
        alike = similarity(signature, other) if signature else 0.0
        if alike >= best and (found is None or alike > best):
            best, found = alike, cluster
    if found is not None:
        return found
    # a number is not given twice, lest an alert takes a new story for one that it has told
    last = db.execute("SELECT max(cluster) FROM article UNION ALL SELECT max(cluster) FROM told").fetchall()
    return max(int(number or 0) for (number,) in last) + 1


def _candidates(db: sqlite3.Connection, key: int, signature: bytes) -> list[tuple[int, bytes]]:
    """(cluster, signature) of articles of the same weeks that share a band."""
    hashes = list(bands(signature))
    places = ", ".join("?" * len(hashes))
    return db.execute(
        "SELECT a.cluster, s.signature FROM ("  # noqa: S608 - only question marks
        f"  SELECT DISTINCT article FROM band WHERE hash IN ({places}) AND article BETWEEN ? AND ? LIMIT ?"
        ") CROSS JOIN sketch s USING (article) CROSS JOIN article a ON a.key = article ORDER BY article",
        (*hashes, key - _APART, key + _APART, MOST_CANDIDATES),
    ).fetchall()
