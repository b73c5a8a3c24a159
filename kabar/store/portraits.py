"""What the store knows of one entity: what it is, its days, the offices of a person, what was said."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kabar.store.fold import fold

_COPIES = 10


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that articles are about.

    Attributes:
        number: the store's, for the functions of this module; it may change when a store is made anew.
        type: city, official, organization, country, event, site or kind.
        key: tells it from the others of its type.
        code: Kemendagri code of a city, ISO 3166-1 alpha-2 of a country.
        level, province: of a city.
        acronym, kind: of an organization.
    """

    number: int
    type: str
    key: str
    name: str
    code: str | None
    level: str | None
    province: str | None
    acronym: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Office:
    """An office as articles give it to a person, with the days of the first and the last of them."""

    office: str
    status: str
    jurisdiction: str | None
    organization: str | None
    first: str
    last: str
    articles: int


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation, and the article that it stands in."""

    text: str
    verb: str | None
    direct: bool
    article: str
    title: str | None
    site: str | None
    day: str


@dataclass(frozen=True, slots=True)
class Span:
    """How many articles an entity has, and the days of its first and last."""

    articles: int
    first: str
    last: str


def entity(db: sqlite3.Connection, type_: str, key: str) -> Entity | None:
    """The entity of that type and key that some article is about; None if there is none."""
    row = db.execute(
        "SELECT entity, type, key, name, code, level, province, acronym, kind FROM entity e WHERE type = ? AND key = ? "
        "AND EXISTS (SELECT 1 FROM tag t WHERE t.entity = e.entity)",
        (type_, key),
    ).fetchone()
    return None if row is None else Entity(*row)


def span(db: sqlite3.Connection, number: int) -> Span | None:
    """How many articles, and from when to when; None for no article."""
    articles, first, last = db.execute(
        "SELECT sum(articles) FILTER (WHERE length(period) = 4), min(period) FILTER (WHERE length(period) = 10), "
        "max(period) FILTER (WHERE length(period) = 10) FROM tally WHERE entity = ?",
        (number,),
    ).fetchone()
    return Span(articles, first, last) if articles else None


def days(db: sqlite3.Connection, number: int, since: str, until: str) -> dict[str, int]:
    """Articles a day between two days, both counted; days without any are left out."""
    rows = db.execute(
        "SELECT period, articles FROM tally WHERE entity = ? AND period BETWEEN ? AND ? AND length(period) = 10",
        (number, since, until),
    )
    return dict(rows.fetchall())


def offices(db: sqlite3.Connection, number: int, most: int = 30) -> list[Office]:
    """The offices of a person, those with the most articles, latest first."""
    rows = db.execute(
        "SELECT office, status, max(jurisdiction), max(organization), min(day), max(day) AS last, count(*) AS articles "
        "FROM tag t CROSS JOIN article a ON a.key = t.article WHERE t.entity = ? AND office IS NOT NULL "
        "GROUP BY office, status ORDER BY articles DESC, office LIMIT ?",
        (number, most),
    )
    return sorted((Office(*row) for row in rows), key=lambda office: (office.last, office.articles), reverse=True)


def officials_of(db: sqlite3.Connection, code: str, most: int = 20) -> list[tuple[str, str, str, str, str, int]]:
    """Officials of a region's own offices, the newest 2,000 articles: (key, name, office, status, last day, articles).

    Args:
        db: the store.
        code: Kemendagri code; only offices of just this region count.
        most: how many.
    """
    return db.execute(
        "WITH here AS (SELECT t.article FROM entity e JOIN tag t USING (entity) WHERE e.type = 'city' AND e.key = ?1 "
        "ORDER BY t.article DESC LIMIT 2000) "
        "SELECT e.key, e.name, o.office, o.status, max(a.day) AS last, count(*) AS articles "
        "FROM here CROSS JOIN tag o INDEXED BY tag_article ON o.article = here.article AND o.jurisdiction = ?1 "
        "CROSS JOIN entity e ON e.entity = o.entity AND e.type = 'official' CROSS JOIN article a ON a.key = o.article "
        "GROUP BY e.entity, o.office, o.status ORDER BY articles DESC, e.name LIMIT ?2",
        (code, most),
    ).fetchall()


def said_by(db: sqlite3.Connection, number: int, most: int = 10) -> list[Said]:
    """What an official was quoted with, newest first; what several sites carry, once."""
    rows = db.execute(
        "SELECT q.text, q.verb, q.direct, a.id, a.title, domain, a.day "
        "FROM tag t CROSS JOIN quote q ON q.article = t.article AND q.official = t.entity "
        "CROSS JOIN article a ON a.key = t.article LEFT JOIN site USING (site) "
        "WHERE t.entity = ? ORDER BY t.article DESC LIMIT ?",
        (number, most * _COPIES),
    )
    found: dict[str, Said] = {}
    for text, verb, direct, *rest in rows:
        found.setdefault(fold(text), Said(text, verb, bool(direct), *rest))
    return list(found.values())[:most]
