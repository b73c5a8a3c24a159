"""Putting articles into the store; to be called inside a transaction.

An article that is known by its id is replaced as a whole: its tags, mentions and quotes never mix with older ones. If
its title or text changed, the older ones are kept as a version. Its tags are those of the document with all corrections
by people applied; the document itself is kept as the tagger wrote it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from kabar.store.clusters import cluster_of
from kabar.store.documents import put_document, read_tags
from kabar.store.entities import Tagged, columns, description, entries, identity, quotes
from kabar.store.fold import fold
from kabar.store.keys import BITS, MADE, day_of, first_key, moment
from kabar.store.overrides import Rules, corrected
from kabar.store.sketch import bands, sketch
from scraper.article import Site
from tagger.document import Official, TaggedArticle

Fate = Literal["new", "changed", "same"]
ALL = 0
"""The entity in `tally` that counts every article."""
_TOLD_BY: dict[str, tuple[str, ...]] = {
    "tag": ("entity", "article"),
    "mention": ("article", "field", "start", "entity"),
    "quote": ("article", "number"),
}
"""The first columns of each table, which tell a row."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store holds of an article already."""

    key: int
    digest: bytes
    version: int
    cluster: int
    seen: str
    changed: str
    day: str
    arrival: int


@dataclass(slots=True)
class Writing:
    """One transaction's work: numbers of entities and sites once looked up, and what is to be added to the tallies.

    Attributes:
        db: with an open transaction.
        now: time of putting, UTC.
        rules: corrections that apply to what is put.
    """

    db: sqlite3.Connection
    now: datetime
    rules: Rules
    entities: dict[tuple[str, str], int] = field(default_factory=dict)
    sites: dict[Site, int] = field(default_factory=dict)
    tallies: Counter[tuple[str, int]] = field(default_factory=Counter)

    def put(self, article: TaggedArticle) -> Fate:
        """Puts one article in the place of what is known under its id."""
        known = self._known(article.id)
        digest = _digest(article)
        unchanged = known if known is not None and known.digest == digest else None
        seen = known.seen if known else self._now()
        sight = datetime.fromisoformat(seen)
        base = first_key(moment(article.published, sight if sight >= MADE else self.now))
        kept = unchanged if unchanged and unchanged.key >> BITS == base >> BITS else None
        if known is not None:
            self._remove_row(known)
            if unchanged is None:
                self._keep_version(known, article.id)
            if kept is None:
                self._remove_text(known.key)
        day = day_of(base)
        key = kept.key if kept else self._free_key(base)
        cluster = kept.cluster if kept else self._put_text(key, article, unchanged)
        row = {
            "key": key, "id": article.id, "url": article.canonical_url or article.url, "site": self._site(article.site),
            "title": article.title, "kind": article.kind, "language": article.language, "section": article.section,
            "published": article.published.value if article.published else None,
            "day": day, "seen": seen,
            "changed": unchanged.changed if unchanged else self._now(),
            "version": 1 if known is None else known.version + (unchanged is None),
            "digest": digest, "words": len(article.text.split()), "cluster": cluster,
            "arrival": known.arrival if known else self._next_arrival(),
        }  # fmt: skip
        self._insert("article", row)
        put_document(self.db, key, article)
        self._put_corrected(key, article, day)
        return "new" if known is None else "same" if unchanged else "changed"

    def remove(self, id_: str) -> bool:
        """Takes an article out, with its versions; False if it is not known."""
        known = self._known(id_)
        if known is None:
            return False
        self._remove_row(known)
        self._remove_text(known.key)
        self.db.execute("DELETE FROM version WHERE id = ?", (id_,))
        return True

    def retag(self, key: int) -> None:
        """Brings the tags of an article up to date with the corrections, writing only what is different.

        An article that is gone, or has another key since, has no tags to bring up to date.
        """
        db = self.db
        found = db.execute("SELECT day FROM article WHERE key = ?", (key,)).fetchone()
        if found is None:
            return
        article, numbers = corrected(read_tags(db, key), self.rules)
        for table, rows in self._tags(key, article).items():
            before = set(db.execute(f"SELECT * FROM {table} WHERE article = ?", (key,)).fetchall())  # noqa: S608
            gone, new = before.difference(rows), [row for row in rows if row not in before]
            same = " AND ".join(f"{column} = ?" for column in _TOLD_BY[table])
            db.executemany(f"DELETE FROM {table} WHERE {same}", [row[: len(_TOLD_BY[table])] for row in gone])  # noqa: S608
            self._insert_all(table, new)
            if table == "tag":
                self._count(found[0], (row[0] for row in gone), -1)
                self._count(found[0], (row[0] for row in new), 1)
        db.execute("DELETE FROM corrected WHERE article = ?", (key,))
        self._insert_all("corrected", [(number, key) for number in sorted(numbers)])

    def finish(self) -> None:
        """Writes the tallies; the last thing before the transaction ends."""
        rows = sorted((period, entity, delta) for (period, entity), delta in self.tallies.items() if delta)
        self.db.executemany(
            "INSERT INTO tally VALUES (?, ?, ?) "
            "ON CONFLICT (period, entity) DO UPDATE SET articles = articles + excluded.articles",
            rows,
        )
        lowered = [(period, entity) for period, entity, delta in rows if delta < 0]
        self.db.executemany("DELETE FROM tally WHERE period = ? AND entity = ? AND articles = 0", lowered)
        self.tallies.clear()

    def _now(self) -> str:
        return self.now.isoformat(timespec="seconds")

    def _known(self, id_: str) -> _Known | None:
        row = self.db.execute(
            "SELECT key, digest, version, cluster, seen, changed, day, arrival FROM article WHERE id = ?", (id_,)
        ).fetchone()
        return None if row is None else _Known(*row)

    def _keep_version(self, known: _Known, id_: str) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO version SELECT ?, ?, ?, title, text FROM body WHERE article = ?",
            (id_, known.version, self._now(), known.key),
        )

    def _remove_row(self, known: _Known) -> None:
        self._remove_tags(known.key, known.day)
        self.db.execute("DELETE FROM document WHERE article = ?", (known.key,))
        self.db.execute("DELETE FROM article WHERE key = ?", (known.key,))

    def _remove_tags(self, key: int, day: str) -> None:
        db = self.db
        entities = [entity for (entity,) in db.execute("SELECT entity FROM tag WHERE article = ?", (key,))]
        self._count(day, (ALL, *entities), -1)
        db.executemany("DELETE FROM tag WHERE entity = ? AND article = ?", [(entity, key) for entity in entities])
        for table in ("mention", "quote", "removal", "corrected"):
            db.execute(f"DELETE FROM {table} WHERE article = ?", (key,))  # noqa: S608 - names of our own tables

    def _remove_text(self, key: int) -> None:
        db = self.db
        db.execute(
            "INSERT INTO search (search, rowid, title, text) "
            "SELECT 'delete', article, title, text FROM indexed WHERE article = ?",
            (key,),
        )
        db.execute("DELETE FROM body WHERE article = ?", (key,))
        row = db.execute("SELECT signature FROM sketch WHERE article = ?", (key,)).fetchone()
        if row is not None:
            db.executemany("DELETE FROM band WHERE hash = ? AND article = ?", [(hash_, key) for hash_ in bands(row[0])])
            db.execute("DELETE FROM sketch WHERE article = ?", (key,))

    def _free_key(self, base: int) -> int:
        last = self.db.execute(
            "SELECT max(key) FROM article WHERE key BETWEEN ? AND ?", (base, base + (1 << BITS) - 1)
        ).fetchone()[0]
        return base if last is None else int(last) + 1

    def _next_arrival(self) -> int:
        """A number that no article has had that an alert knows of."""
        last = self.db.execute("SELECT max(arrival) FROM article UNION ALL SELECT max(after) FROM alert").fetchall()
        return max(int(number or 0) for (number,) in last) + 1

    def _put_text(self, key: int, article: TaggedArticle, unchanged: _Known | None) -> int:
        """Indexes the text; returns the number of its cluster, which stays while the text is the same."""
        db = self.db
        db.execute("INSERT INTO body VALUES (?, ?, ?)", (key, article.title or "", article.text))
        db.execute(
            "INSERT INTO search (rowid, title, text) SELECT article, title, text FROM indexed WHERE article = ?", (key,)
        )
        signature = sketch(article.text)
        cluster = unchanged.cluster if unchanged else cluster_of(db, key, signature)
        if signature is not None:
            db.execute("INSERT INTO sketch VALUES (?, ?)", (key, signature))
            db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(hash_, key) for hash_ in bands(signature)])
        return cluster

    def _put_corrected(self, key: int, article: TaggedArticle, day: str) -> None:
        article, numbers = corrected(article, self.rules)
        tables = self._tags(key, article)
        for table, rows in tables.items():
            self._insert_all(table, rows)
        self.db.executemany(
            "INSERT OR REPLACE INTO removal VALUES (?, ?, ?, ?)",
            [(key, removed.rule, removed.sample, removed.count) for removed in article.removed],
        )
        self._insert_all("corrected", [(number, key) for number in sorted(numbers)])
        self._count(day, (ALL, *(row[0] for row in tables["tag"])), 1)

    def _tags(self, key: int, article: TaggedArticle) -> dict[str, list[tuple[Any, ...]]]:
        """Rows of the tables `tag`, `mention` and `quote`."""
        tags: dict[int, tuple[Any, ...]] = {}
        mentions: list[tuple[Any, ...]] = []
        officials: list[int] = []
        for tagged in entries(article):
            entity = self._entity(tagged)
            if isinstance(tagged, Official):
                officials.append(entity)
            count = tags[entity][2] if entity in tags else 0
            tags[entity] = (entity, key, count + len(tagged.mentions), tagged.score, *columns(tagged))
            mentions += ((key, m.field, m.start, entity, m.end) for m in tagged.mentions)
        about = [self._number("kind", article.kind, {"name": article.kind, "folded": article.kind})]
        if (domain := article.site.domain) is not None:
            about.append(self._number("site", domain, {"name": domain, "folded": fold(domain)}))
        rows = [*tags.values(), *((entity, key, 0, 1.0, *[None] * 6) for entity in about)]
        return {"tag": rows, "mention": mentions, "quote": list(quotes(article, key, officials))}

    def _count(self, day: str, entities: Iterable[int], delta: int) -> None:
        for entity in entities:
            for period in (day, day[:7], day[:4]):
                self.tallies[period, entity] += delta

    def _entity(self, tagged: Tagged) -> int:
        return self._number(*identity(tagged), description(tagged))

    def _number(self, type_: str, key: str, known: dict[str, Any]) -> int:
        """The number of an entity; a new one if it has not been seen before."""
        number = self.entities.get((type_, key))
        if number is None:
            row = self.db.execute("SELECT entity FROM entity WHERE type = ? AND key = ?", (type_, key)).fetchone()
            number = int(row[0]) if row else self._insert("entity", {"type": type_, "key": key, **known})
            self.entities[type_, key] = number
        return number

    def _site(self, site: Site) -> int | None:
        if site.domain is None:
            return None
        if site not in self.sites:  # another article of the domain may tell more of it
            self.db.execute(
                "INSERT INTO site (domain, name, edition) VALUES (?, ?, ?) ON CONFLICT (domain) DO UPDATE SET "
                "name = coalesce(excluded.name, name), edition = coalesce(excluded.edition, edition)",
                (site.domain, site.name, site.edition),
            )
            (self.sites[site],) = self.db.execute("SELECT site FROM site WHERE domain = ?", (site.domain,)).fetchone()
        return self.sites[site]

    def _insert_all(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self.db.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", rows)  # noqa: S608

    def _insert(self, table: str, row: dict[str, Any]) -> int:
        places = ", ".join("?" * len(row))
        statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})"  # noqa: S608 - names of our own columns
        return self.db.execute(statement, tuple(row.values())).lastrowid or 0


def _digest(article: TaggedArticle) -> bytes:
    content = f"{article.title or ''}\0{article.text}".encode("utf-8", "replace")
    return hashlib.blake2b(content, digest_size=16).digest()
