"""Corrections by people: two entities are one, an entity has another name, something is no entity of its type.

They are kept beside the tagger's documents and applied to every document that comes, so that they survive tagging anew;
taking one back gives what the tagger said. Each applies to what the ones before it left, in the order of their numbers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

import msgspec

from kabar.store.entities import Tagged, identity
from kabar.store.errors import StoreError
from kabar.store.fold import fold
from tagger.document import Entity, Quote, TaggedArticle
from tagger.gazetteer.countries import countries

Action = Literal["merge", "rename", "reject"]
EntityType = Literal["city", "official", "organization", "country", "event"]
TYPES: tuple[EntityType, ...] = get_args(EntityType)
FIELDS: Mapping[EntityType, str] = {
    "city": "cities",
    "official": "officials",
    "organization": "organizations",
    "country": "countries",
    "event": "events",
}


@dataclass(frozen=True, slots=True)
class Override:
    """What a person says of an entity.

    Attributes:
        action: `merge`: it is the same as another; `rename`: it is called otherwise; `reject`: it is none of its type.
        type: of the entity.
        key: of the entity, see `key_of`.
        target: the key of the other entity of a merge, the new name of a rename.
        article: id of the only article that this holds for; None for all, and those to come.
    """

    action: Action
    type: EntityType
    key: str
    target: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """An override that the store keeps.

    Attributes:
        number: it is taken back by this.
        made: UTC.
        override: what was said.
        name: what the entity was called then.
        becomes: the name that it has since; None if rejected.
        articles: how many articles it changed.
    """

    number: int
    made: str
    override: Override
    name: str
    becomes: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A correction as it is applied; `target` holds the fields that the entry takes, None drops it."""

    number: int
    article: str | None
    target: Mapping[str, Any] | None


Rules = Mapping[tuple[str, str], Sequence[Rule]]
"""Rules by type and key of the entity that they are about, each list in order."""


def key_of(type_: EntityType, name: str, code: str | None = None) -> str:
    """The key of an entity: the code of a city or country that has one, else its folded name.

    >>> key_of("city", "Kota Jambi", "15.71"), key_of("official", "K.H. Ma'ruf Amin")
    ('15.71', 'k h maruf amin')
    """
    return code if code and type_ in ("city", "country") else fold(name)


def find_key(db: sqlite3.Connection, type_: EntityType, named: str) -> str:
    """The key of the entity that a person means by a code, a name or an acronym.

    Raises:
        StoreError: there is none, or an acronym that several have; the message names what is near.
    """
    row = db.execute(
        "SELECT key FROM entity WHERE type = ? AND (code = ? OR folded = ?) ORDER BY code IS NULL, key",
        (type_, named, fold(named)),
    ).fetchone()
    if row is not None:
        return str(row[0])
    near = db.execute(
        "SELECT key, name FROM entity WHERE type = ?1 AND lower(acronym) = lower(?2) UNION ALL "
        "SELECT NULL, name FROM entity WHERE type = ?1 AND folded LIKE '%' || ?3 || '%' LIMIT 5",
        (type_, named, fold(named)),
    ).fetchall()
    keys = [key for key, _ in near if key is not None]
    if len(keys) == 1:
        return str(keys[0])
    hint = f"; there is {', '.join(repr(name) for _, name in near)}" if near else ""
    raise StoreError(f"no {type_} {named!r} in the store{hint}")


def corrected(article: TaggedArticle, rules: Rules) -> tuple[TaggedArticle, frozenset[int]]:
    """An article with the corrections applied, and the numbers of those that changed it.

    Entries that have become the same are one, with the mentions of both; those of `entities` that belonged to a
    rejected entry go with it, and quotes lose a rejected official.
    """
    if not rules:
        return article, frozenset()
    used: set[int] = set()
    changes: dict[str, Any] = {}
    places: dict[str, list[int | None]] = {}
    for field in FIELDS.values():
        entries: Sequence[Tagged] = getattr(article, field)
        outcomes = [_applied(entry, article.id, rules) for entry in entries]
        if any(numbers for _, numbers in outcomes):
            used.update(*(numbers for _, numbers in outcomes))
            changes[field], places[field] = _joined([entry for entry, _ in outcomes])
    if not used:
        return article, frozenset()
    entities = (_moved(entity, places) for entity in article.entities)
    changes["entities"] = tuple(entity for entity in entities if entity is not None)
    if "officials" in places:
        changes["quotes"] = tuple(_requoted(quote, places["officials"]) for quote in article.quotes)
    return msgspec.structs.replace(article, **changes), frozenset(used)


def _applied(entry: Tagged, id_: str, rules: Rules) -> tuple[Tagged | None, list[int]]:
    """The entry after all rules that meet it, None where one drops it, and their numbers."""
    numbers = [0]
    while rule := _next_rule(rules.get(identity(entry), ()), numbers[-1], id_):
        numbers.append(rule.number)
        if rule.target is None:
            return None, numbers[1:]
        entry = msgspec.structs.replace(entry, **rule.target)
    return entry, numbers[1:]


def _next_rule(rules: Sequence[Rule], after: int, id_: str) -> Rule | None:
    return next((rule for rule in rules if rule.number > after and rule.article in (None, id_)), None)


def _joined(entries: Iterable[Tagged | None]) -> tuple[tuple[Tagged, ...], list[int | None]]:
    """Entries of one kind, each entity once, and the new place of each old one."""
    kept: dict[tuple[str, str], Tagged] = {}
    places: list[int | None] = []
    for entry in entries:
        if entry is None:
            places.append(None)
            continue
        key = identity(entry)
        if key in kept:
            mentions = sorted(
                {*kept[key].mentions, *entry.mentions}, key=lambda m: (m.field != "title", m.start, m.end)
            )
            entry = msgspec.structs.replace(kept[key], mentions=tuple(mentions))
        kept[key] = entry
        places.append(list(kept).index(key))
    return tuple(kept.values()), places


def _moved(entity: Entity, places: Mapping[str, Sequence[int | None]]) -> Entity | None:
    field, _, number = (entity.ref or "").partition("/")
    if field not in places:
        return entity
    place = places[field][int(number)]
    return None if place is None else msgspec.structs.replace(entity, ref=f"{field}/{place}")


def _requoted(quote: Quote, places: Sequence[int | None]) -> Quote:
    return quote if quote.official is None else msgspec.structs.replace(quote, official=places[quote.official])


def all_rules(db: sqlite3.Connection) -> Rules:
    """Every correction that the store keeps."""
    return _rules(db.execute(f"{_RULES} ORDER BY c.number"))


def rules_of(db: sqlite3.Connection, key: int) -> Rules:
    """The corrections that changed one article."""
    return _rules(
        db.execute(
            f"{_RULES} JOIN corrected ON correction = c.number WHERE corrected.article = ? ORDER BY c.number", (key,)
        )
    )


_RULES = (
    "SELECT c.number, c.action, c.type, c.key, c.target, c.article, e.name, e.code, e.level, e.province "
    "FROM correction c LEFT JOIN entity e ON e.type = c.type AND e.key = c.target AND c.action = 'merge'"
)


def _rules(rows: Iterable[tuple[Any, ...]]) -> Rules:
    rules: dict[tuple[str, str], list[Rule]] = {}
    for number, action, type_, key, target, article, name, code, level, province in rows:
        fields: dict[str, Any] | None = None
        if action == "rename":
            fields = {"name": target}
        elif action == "merge":
            fields = {"name": name}
            if type_ == "city":
                fields |= {"code": code, "level": level, "province": province, "alternatives": ()}
            elif type_ == "country":
                fields |= {"alpha2": code, "alpha3": countries()[code].alpha3}
        rules.setdefault((type_, key), []).append(Rule(number, article, fields))
    return rules


def corrections(db: sqlite3.Connection, id_: str | None = None) -> list[Correction]:
    """All corrections, newest first; of one article if its id is given: those that changed it."""
    changing = "SELECT correction FROM corrected JOIN article a ON a.key = corrected.article WHERE a.id = ?"
    only = "" if id_ is None else f"WHERE c.number IN ({changing})"
    rows = db.execute(
        "SELECT c.number, c.made, c.action, c.type, c.key, c.target, c.article, c.name, v.target, v.articles "  # noqa: S608
        f"FROM correction c JOIN corrections v USING (number) {only} ORDER BY c.number DESC",
        (id_,) if id_ is not None else (),
    )
    return [
        Correction(number, made, Override(action, type_, key, target, article), name, becomes, articles)
        for number, made, action, type_, key, target, article, name, becomes, articles in rows
    ]


def record(db: sqlite3.Connection, override: Override, made: str) -> int:
    """Writes a correction down, to be called in a transaction; returns its number.

    Raises:
        StoreError: there is no such entity or article, or the override asks for nothing.
    """
    name = _name(db, override.type, override.key)
    if override.action == "merge":
        if override.target == override.key:
            raise StoreError(f"{name!r} is the same as itself")
        _name(db, override.type, override.target or "")
        if override.type == "country" and override.target not in countries():
            raise StoreError(f"{override.target!r} is no code of ISO 3166-1")
    elif override.action == "rename" and not fold(override.target or ""):
        raise StoreError(f"the new name of {name!r} is empty")
    if (
        override.article is not None
        and not db.execute("SELECT 1 FROM article WHERE id = ?", (override.article,)).fetchone()
    ):
        raise StoreError(f"no article {override.article!r} in the store")
    row = (made, override.action, override.type, override.key, name, override.target, override.article)
    return db.execute("INSERT INTO correction VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid or 0


def _name(db: sqlite3.Connection, type_: str, key: str) -> str:
    row = db.execute("SELECT name FROM entity WHERE type = ? AND key = ?", (type_, key)).fetchone()
    if row is None:
        raise StoreError(f"no {type_} with the key {key!r} in the store")
    return cast("str", row[0])
