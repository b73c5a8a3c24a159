"""`Store`: the one way in and out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from kabar.store.clusters import Telling, story
from kabar.store.correcting import Progress, correct, settle, undo
from kabar.store.database import connect, snapshot, transaction
from kabar.store.documents import edited, read_document
from kabar.store.facets import Facets, facets
from kabar.store.keys import BITS, WIB_SECONDS, day_of
from kabar.store.outbox import Outbox
from kabar.store.overrides import (
    Correction,
    EntityType,
    Override,
    all_rules,
    corrected,
    corrections,
    find_key,
    rules_of,
)
from kabar.store.query import Query
from kabar.store.saved import SavedSearch, forget_search, save_search, saved_searches
from kabar.store.search import Found, Order, search, statement
from kabar.store.sites import site_names
from kabar.store.writer import ALL, Writing
from tagger.document import TaggedArticle

BATCH = 100
"""Articles put in one transaction."""


@dataclass(frozen=True, slots=True)
class Added:
    """How many articles were new, came with another text, or were known as they are."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """A title and text that an article had until it was changed."""

    number: int
    until: str
    title: str
    text: str


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _unseen(done: int, in_all: int) -> None:
    """Progress that nobody asks for."""


class Store:
    """Tagged articles in one file. Safe to read from many processes while one writes.

    Args:
        path: the SQLite file; made if there is none.
        clock: gives the present time, UTC.

    Raises:
        StoreError: no store, a newer one, or a file that cannot be opened.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime] = _utc_now) -> None:
        self._db = connect(path)
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """For the questions that other modules of this package ask (`portraits`, `changes`, `folded`)."""
        return self._db

    def close(self) -> None:
        """Closes the file; nothing is left to be written."""
        self._db.close()

    def add(self, articles: Iterable[TaggedArticle]) -> Added:
        """Puts articles in the place of what is known under their ids; every `BATCH` of them is safe on disk.

        A correction whose articles were cut off is finished after them.

        Args:
            articles: read lazily.
        """
        counts = {"new": 0, "changed": 0, "same": 0}
        stream = iter(articles)
        while batch := list(islice(stream, BATCH)):
            with transaction(self._db):
                writing = Writing(self._db, self._clock(), all_rules(self._db))
                for article in batch:
                    counts[writing.put(article)] += 1
                writing.finish()
        self.settle()
        return Added(**counts)

    def remove(self, id_: str) -> bool:
        """Takes an article out, with its versions; False if it is not known."""
        with transaction(self._db):
            writing = Writing(self._db, self._clock(), all_rules(self._db))
            known = writing.remove(id_)
            writing.finish()
        return known

    def get(self, id_: str) -> TaggedArticle | None:
        """The article as it was put, with the corrections applied; or None."""
        with snapshot(self._db):
            row = self._db.execute("SELECT key FROM article WHERE id = ?", (id_,)).fetchone()
            return None if row is None else self._article(row[0])

    def search(self, query: Query, *, limit: int = 20, offset: int = 0, order: Order = "newest") -> Found:
        """One page of what a query finds, and how many articles there are in all."""
        return search(self._db, query, limit, offset, order)

    def facets(self, query: Query, *, most: int = 10) -> Facets:
        """What the articles found are about: the `most` frequent of each kind."""
        return facets(self._db, query, most)

    def articles(self, query: Query) -> Iterator[TaggedArticle]:
        """All articles that a query finds, newest first, none left out; read lazily."""
        found = statement(self._db, query)
        for (key,) in self._db.execute(found.keys, found.values):
            yield self._article(key)

    def editions(self, query: Query) -> Iterator[TaggedArticle]:
        """The same for feeds: `modified` of an article that was edited is when its newest text was first seen.

        What the page tells is kept where that is later.
        """
        for article in self.articles(query):
            row = self._db.execute("SELECT changed FROM article WHERE id = ? AND version > 1", (article.id,)).fetchone()
            yield article if row is None else edited(article, row[0])

    def texts(self, query: Query) -> Iterator[tuple[str, str, str, str]]:
        """(id, day, title, text) of all articles that a query finds, newest first; quicker than whole articles."""
        found = statement(self._db, query)
        yield from self._db.execute(
            f"SELECT id, day, b.title, text FROM ({found.keys}) CROSS JOIN article a USING (key) "  # noqa: S608
            "JOIN body b ON b.article = key",
            found.values,
        )

    def daily(self, query: Query) -> dict[str, int]:
        """Articles a day of what a query finds, days without any left out, oldest first."""
        found = statement(self._db, query)
        if not (query.words or query.filters):
            rows = self._db.execute(
                "SELECT period, articles FROM tally WHERE entity = ? AND length(period) = 10 "
                "AND period BETWEEN coalesce(?, '') AND coalesce(?, '9') ORDER BY period",
                (ALL, query.since, query.until),
            )
            return dict(rows.fetchall())
        # the key tells the day, so that no article need be read
        rows = self._db.execute(
            f"SELECT min(key), count(*) FROM ({found.keys}) GROUP BY ((key >> {BITS}) + {WIB_SECONDS}) / 86400 "  # noqa: S608
            "ORDER BY 1",
            found.values,
        )
        return {day_of(key): count for key, count in rows}

    def versions(self, id_: str) -> list[Version]:
        """What the article was before, oldest first."""
        rows = self._db.execute("SELECT number, until, title, text FROM version WHERE id = ? ORDER BY number", (id_,))
        return [Version(*row) for row in rows]

    def story(self, id_: str) -> list[Telling]:
        """All articles of the same story, first published first, and what each added; the article's own among them."""
        return story(self._db, id_)

    def stories(self, query: Query) -> int:
        """How many stories a query finds: copies of one count once."""
        found = statement(self._db, query)
        counting = f"SELECT count(DISTINCT cluster) FROM ({found.keys}) CROSS JOIN article USING (key)"  # noqa: S608
        return int(self._db.execute(counting, found.values).fetchone()[0])

    def stats(self) -> dict[str, int | str | None]:
        """Numbers of articles, stories, sites, entities of each type, versions; first and last day; bytes."""
        db = self._db
        names = ("articles", "stories", "sites", "versions", "quotes", "first day", "last day", "bytes")
        row = db.execute(
            "SELECT (SELECT count(*) FROM article), (SELECT count(DISTINCT cluster) FROM article), "
            "(SELECT count(*) FROM site), (SELECT count(*) FROM version), (SELECT count(*) FROM quote), "
            "(SELECT min(day) FROM article), (SELECT max(day) FROM article), "
            "(SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())"
        ).fetchone()
        types = dict(
            db.execute("SELECT type || ' entities', count(*) FROM entity GROUP BY type ORDER BY type").fetchall()
        )
        return {**dict(zip(names, row, strict=True)), **types}

    def site_names(self) -> dict[str, str]:
        """The names of sites by domain, where some article told one."""
        return site_names(self._db)

    def reindex(self) -> None:
        """Builds the text index and the tallies anew from the articles, and lets SQLite gather its statistics."""
        with transaction(self._db):
            self._db.execute("INSERT INTO search (search) VALUES ('rebuild')")
            self._db.execute("DELETE FROM tally")
            for length in (10, 7, 4):
                self._db.execute(
                    "INSERT INTO tally SELECT substr(day, 1, ?1), ?2, count(*) FROM article GROUP BY 1 UNION ALL "
                    "SELECT substr(day, 1, ?1), entity, count(*) FROM article JOIN tag ON article = key GROUP BY 1, 2",
                    (length, ALL),
                )
        self._db.execute("ANALYZE")

    def vacuum(self) -> None:
        """Gives unused pages back, and merges the text index into its smallest form."""
        with transaction(self._db):
            self._db.execute("INSERT INTO search (search) VALUES ('optimize')")
        self._db.execute("VACUUM")
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def check(self) -> None:
        """Compares the text index with the articles.

        Raises:
            sqlite3.DatabaseError: they do not agree; `reindex` mends it.
        """
        self._db.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")

    def find_entity(self, type_: EntityType, named: str) -> str:
        """The key of the entity that a person means by a code, a name or an acronym.

        Raises:
            StoreError: there is none; the message names what is near.
        """
        return find_key(self._db, type_, named)

    def correct(self, override: Override, progress: Progress = _unseen) -> Correction:
        """Keeps what a person says of an entity, and applies it to every article that it meets, now and later.

        Args:
            override: what is said.
            progress: is told how far it is, after every few hundred articles; others may write meanwhile.

        Raises:
            StoreError: no such entity or article; nothing is changed then.
        """
        with transaction(self._db):
            number = correct(self._db, override, self._clock())
        self.settle(progress)
        return next(correction for correction in corrections(self._db) if correction.number == number)

    def undo(self, number: int, progress: Progress = _unseen) -> bool:
        """Takes a correction back: what the tagger said, and the other corrections, hold again. False if unknown."""
        with transaction(self._db):
            known = undo(self._db, number)
        self.settle(progress)
        return known

    def settle(self, progress: Progress = _unseen) -> None:
        """Finishes what a correction that was killed has left undone; `add`, `correct` and `undo` do it too.

        Raises:
            StoreError: there is something to do, and the store cannot be written.
        """
        settle(self._db, self._clock, progress)

    def corrections(self, id_: str | None = None) -> list[Correction]:
        """All corrections, newest first; of one article if its id is given: those that changed it."""
        return corrections(self._db, id_)

    def save_search(self, name: str, query: str) -> SavedSearch:
        """Keeps a search under a name, in the place of the one that had it.

        Raises:
            QueryError: the query cannot be read, or the name is empty.
        """
        with transaction(self._db):
            return save_search(self._db, name, query, self._clock())

    def saved_searches(self) -> list[SavedSearch]:
        """The searches that were saved, by name."""
        return saved_searches(self._db)

    def forget_search(self, name: str) -> bool:
        """Drops a saved search; False if there is none of that name.

        Raises:
            StoreError: an alert is set on it.
        """
        with transaction(self._db):
            return forget_search(self._db, name)

    def outbox(self) -> Outbox:
        """The alerts and their messages."""
        return Outbox(self._db, self._clock)

    def _article(self, key: int) -> TaggedArticle:
        return corrected(read_document(self._db, key), rules_of(self._db, key))[0]


def open_store(path: str | Path) -> Store:
    """Opens a store for a `with` block. Raises as `Store` does."""
    return Store(Path(path))
