"""`TaggedArticle`: an `Article` and what it is about. Every mention slices back to the text it came from."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from scraper.article import Article

Field = Literal["title", "text"]
Level = Literal["province", "regency", "city"]
CityRole = Literal["dateline", "jurisdiction", "mention"]
Status = Literal["in_office", "acting", "former", "elect", "candidate"]
EntityType = Literal["city", "official", "organization", "country", "person", "place", "event", "quote"]
Score = Annotated[float, Meta(ge=0, le=1)]


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One place in the article: Unicode code points, half-open; `text == article[field][start:end]`, always."""

    text: str
    field: Field = "text"
    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=0)]


class Alternative(msgspec.Struct, frozen=True, kw_only=True):
    """Another region that the same words could mean."""

    name: str
    level: Level
    code: str


class City(msgspec.Struct, frozen=True, kw_only=True):
    """An Indonesian province, regency (kabupaten) or city (kota)."""

    name: Annotated[str, Meta(description="Official name with its level word, e.g. Kota Jambi")]
    level: Level
    code: Annotated[str | None, Meta(description="Kemendagri code, e.g. 15.71; never guessed")] = None
    province: Annotated[str | None, Meta(description="Name of the province it lies in")] = None
    role: CityRole = "mention"
    alternatives: tuple[Alternative, ...] = ()
    score: Score = 1.0
    mentions: tuple[Mention, ...] = ()


class Official(msgspec.Struct, frozen=True, kw_only=True):
    """A person named in the text who holds, held, acts in or seeks a public office."""

    name: Annotated[str, Meta(description="Fullest form in the text, without titles, ranks and degrees")]
    office: Annotated[str, Meta(description="Fullest office the text supports, with its jurisdiction")]
    office_class: Annotated[str | None, Meta(description="Canonical office, e.g. Wali Kota")] = None
    jurisdiction: Annotated[str | None, Meta(description="Kemendagri code, or null")] = None
    organization: str | None = None
    status: Status = "in_office"
    score: Score = 1.0
    mentions: tuple[Mention, ...] = ()


class Organization(msgspec.Struct, frozen=True, kw_only=True):
    """A named body; all forms of one body are one entry."""

    name: Annotated[str, Meta(description="Fullest form in the text")]
    acronym: str | None = None
    kind: Annotated[
        str | None, Meta(description="e.g. ministry, local-government, police, party, company, international")
    ] = None
    jurisdiction: Annotated[str | None, Meta(description="Kemendagri code, or null")] = None
    score: Score = 1.0
    mentions: tuple[Mention, ...] = ()


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """A country, by any of its names."""

    name: Annotated[str, Meta(description="Indonesian name (CLDR)")]
    alpha2: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    alpha3: Annotated[str, Meta(pattern="^[A-Z]{3}$")]
    via: Literal["name", "alias", "demonym"] = "name"
    score: Score = 1.0
    mentions: tuple[Mention, ...] = ()


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A named event, summit or programme (G20, KTT ASEAN, PON XX): no place and no body."""

    name: str
    score: Score = 1.0
    mentions: tuple[Mention, ...] = ()


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Something said, and who said it."""

    text: str
    span: Mention
    speaker: Annotated[str | None, Meta(description="Name as in the text, or null: precision first")] = None
    official: Annotated[int | None, Meta(description="Index into `officials`, or null")] = None
    verb: str | None = None
    direct: bool = True


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Why something was tagged."""

    by: Literal["rule", "model"]
    cue: Annotated[str, Meta(description="The rule's name, and the words that spoke for it where there are any")]


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One mention with its type, what it refers to, and why."""

    type: EntityType
    text: str
    field: Field
    start: int
    end: int
    ref: Annotated[str | None, Meta(description="e.g. cities/0, officials/1: the entry it belongs to")] = None
    evidence: Evidence
    score: Score = 1.0


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """What is needed to get the same answer again."""

    version: str
    gazetteer: str
    model: str | None = None


class TaggedArticle(Article, frozen=True, kw_only=True):
    """An article and what it is about. Entries stand in the order of their first mention, title first."""

    cities: tuple[City, ...] = ()
    officials: tuple[Official, ...] = ()
    organizations: tuple[Organization, ...] = ()
    countries: tuple[Country, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    entities: tuple[Entity, ...] = ()
    tool: Tool
