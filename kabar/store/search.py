"""A query to SQL, and what it finds.

The text index gives its articles in the order of their keys, which is the order of publication, so the newest page of
a search needs no sorting. Without words, the rarest-sounding filter drives, and the others are looked up beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kabar.store.database import snapshot
from kabar.store.fold import fold
from kabar.store.keys import first_key_of_day
from kabar.store.query import Filter, Query, Words
from kabar.store.snippet import Snippet, snippet

Order = Literal["newest", "relevance"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found."""

    id: str
    url: str | None
    title: str | None
    site: str | None
    kind: str
    published: str | None
    day: str
    cluster: int
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search: how many articles there are in all, and some of them."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Keys:
    """Where keys of articles come from: `SELECT column FROM table WHERE where`."""

    table: str
    column: str
    where: str
    values: tuple[object, ...]
    negative: bool = False
    distinct: bool = False

    def condition(self, column: str) -> str:
        """As a condition on another source's column; the plus keeps the planner from turning it around."""
        return f"+{column} {'NOT ' * self.negative}IN (SELECT {self.column} FROM {self.table} WHERE {self.where})"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Statement:
    """The part of a statement that tells which articles a query finds: `FROM ... WHERE ...`."""

    column: str
    tail: str
    values: tuple[object, ...]
    distinct: bool
    by_words: bool

    @property
    def keys(self) -> str:
        """The keys, each once, newest first."""
        return f"SELECT {'DISTINCT ' * self.distinct}{self.column} AS key {self.tail} ORDER BY {self.column} DESC"

    def page(self, order: Order) -> str:
        """The keys in an order; relevance needs words."""
        return f"SELECT rowid {self.tail} ORDER BY rank" if order == "relevance" and self.by_words else self.keys

    @property
    def count(self) -> str:
        """How many there are."""
        return f"SELECT count({'DISTINCT ' * self.distinct}{self.column}) {self.tail}"


def statement(db: sqlite3.Connection, query: Query) -> Statement:
    """Turns a query into SQL; names of entities are looked up on the way."""
    sources = [_filtered(db, filter_) for filter_ in dict.fromkeys(query.filters)]
    each = dict.fromkeys(query.words)  # a word costs its time as often as it is asked for
    matched = _match([words for words in each if not words.negative])
    excluded = _match([words for words in each if words.negative], joint=" OR ")
    if excluded:
        sources.append(_Keys("search", "rowid", "search MATCH ?", (excluded,), negative=True))
    if matched:
        driver = _Keys("search", "rowid", "search MATCH ?", (matched,))
    else:
        positive = [source for source in sources if not source.negative]
        driver = positive[0] if positive else _Keys("article", "key", "1", ())
    others = [source for source in sources if source is not driver]
    conditions = [driver.where, *(source.condition(driver.column) for source in others)]
    values = [*driver.values, *(value for source in others for value in source.values)]
    for day, sign, later in ((query.since, ">=", 0), (query.until, "<", 1)):
        if day is not None:
            conditions.append(f"{driver.column} {sign} ?")
            values.append(first_key_of_day((date.fromisoformat(day) + timedelta(days=later)).isoformat()))
    tail = f"FROM {driver.table} WHERE {' AND '.join(conditions)}"
    return Statement(driver.column, tail, tuple(values), driver.distinct, bool(matched))


def search(db: sqlite3.Connection, query: Query, limit: int, offset: int, order: Order) -> Found:
    """One page of what a query finds."""
    with snapshot(db):
        found = statement(db, query)
        keys = [key for (key,) in db.execute(f"{found.page(order)} LIMIT ? OFFSET ?", (*found.values, limit, offset))]
        return Found(total(db, query, found), hits(db, keys, query))


def hits(db: sqlite3.Connection, keys: Iterable[int], query: Query) -> tuple[Hit, ...]:
    """Articles by their keys, each with the passage that the query found."""
    words = [words for words in query.words if not words.negative]
    return tuple(_hit(db, key, words) for key in keys)


def total(db: sqlite3.Connection, query: Query, found: Statement) -> int:
    """How many articles a query finds."""
    if query == Query():
        (everything,) = db.execute("SELECT sum(articles) FROM tally WHERE entity = 0 AND length(period) = 4").fetchone()
        return everything or 0
    single = query.words[0] if len(query.words) == 1 and not (query.filters or query.since or query.until) else None
    plain = single and single.text.isascii() and single.text.isalnum()  # of others the index may cut or fold otherwise
    if single and plain and not (single.prefix or single.in_title or single.negative):
        row = db.execute("SELECT doc FROM search_words WHERE term = ?", (single.text.lower(),)).fetchone()
        return int(row[0]) if row else 0  # the index knows how many articles hold a word
    return int(db.execute(found.count, found.values).fetchone()[0])


def _hit(db: sqlite3.Connection, key: int, words: list[Words]) -> Hit:
    row = db.execute(
        "SELECT id, url, a.title, domain, kind, published, day, cluster, text FROM article a "
        "JOIN body ON article = key LEFT JOIN site USING (site) WHERE key = ?",
        (key,),
    ).fetchone()
    *columns, text = row
    return Hit(*columns, snippet(text, words))  # type: ignore[call-arg]


def _match(words: list[Words], joint: str = " AND ") -> str:
    """An FTS5 expression; every text stands in quotation marks, so that nothing in it is read as syntax."""
    return joint.join(f'{"title : " * word.in_title}"{word.text}"{"*" * word.prefix}' for word in words)


def _filtered(db: sqlite3.Connection, filter_: Filter) -> _Keys:
    if filter_.kind == "quote":
        speakers = _speakers(db, fold(filter_.value).split())
        officials = _entities(db, Filter("official", filter_.value))
        where = f"(speaker_key IN ({', '.join('?' * len(speakers))}) OR official IN ({', '.join(map(str, officials))}))"
        return _Keys("quote", "article", where, speakers, filter_.negative, distinct=True)
    entities = _entities(db, filter_)
    places = ", ".join(map(str, entities))
    return _Keys("tag", "article", f"entity IN ({places})", (), filter_.negative, distinct=len(entities) != 1)


def _entities(db: sqlite3.Connection, filter_: Filter) -> list[int]:
    """Entities that a filter means: by code, else by all words of a name."""
    value = filter_.value
    if filter_.kind == "city" and value.replace(".", "").isdecimal():
        return _column(db, "type = 'city' AND (code = ? OR code LIKE ?)", (value, f"{value}.%"))
    if filter_.kind == "country" and len(value) == 2:
        return _column(db, "type = 'country' AND code = ?", (value.upper(),))
    if filter_.kind == "kind":
        return _column(db, "type = 'kind' AND key = ?", (value,))
    if filter_.kind == "site":
        domain = value.lower().removeprefix("www.")
        return _column(db, "type = 'site' AND (key = ? OR key LIKE ? ESCAPE '\\')", (domain, f"%.{_escaped(domain)}"))
    words = fold(value).split()
    if not words or value.startswith("="):
        return _column(db, "type = ? AND folded = ?", (filter_.kind, " ".join(words)))
    likes = " AND ".join("' ' || folded || ' ' LIKE ?" for _ in words)
    found = _column(db, f"type = ? AND {likes}", (filter_.kind, *(f"% {word} %" for word in words)))
    if filter_.kind == "organization":
        found += _column(db, "type = 'organization' AND lower(acronym) = ?", (value.lower(),))
    if filter_.kind == "city":
        found = _places(db, found, " ".join(words))
    return sorted(set(found))


def _speakers(db: sqlite3.Connection, words: list[str]) -> tuple[str, ...]:
    """Speakers whose name holds all of the words; jumps from name to name in the index, not from quote to quote."""
    names = db.execute(
        "WITH RECURSIVE name (key) AS (SELECT min(speaker_key) FROM quote WHERE speaker_key IS NOT NULL UNION ALL "
        "SELECT (SELECT min(speaker_key) FROM quote WHERE speaker_key > key) FROM name WHERE key IS NOT NULL) "
        "SELECT key FROM name WHERE key IS NOT NULL"
    )
    return tuple(name for (name,) in names if words and set(words) <= set(name.split()))


def _places(db: sqlite3.Connection, entities: list[int], name: str) -> list[int]:
    """Of regions whose name holds the words, those of which it is the whole name, with all that lie in a province."""
    rows = db.execute(
        f"SELECT entity, folded, level, code FROM entity WHERE entity IN ({', '.join(map(str, entities))})"  # noqa: S608
    ).fetchall()
    whole = [row for row in rows if name in (row[1], row[1].partition(" ")[2])]
    found = [entity for entity, *_ in whole]
    for _, _, level, code in whole:
        if level == "province" and code:
            found += _column(db, "type = 'city' AND code LIKE ?", (f"{code}.%",))
    return found


def _column(db: sqlite3.Connection, where: str, values: tuple[object, ...]) -> list[int]:
    return [entity for (entity,) in db.execute(f"SELECT entity FROM entity WHERE {where}", values)]  # noqa: S608


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
