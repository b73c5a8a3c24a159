"""Addresses of pages, and searches as text: a search's address is its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kabar.store.query import parts_of
from tagger.gazetteer.regions import regions

PATHS = {
    "city": "place",
    "official": "official",
    "organization": "organization",
    "country": "country",
    "event": "event",
}
KEYS = {
    "id": {"city": "kota", "official": "pejabat", "organization": "lembaga", "country": "negara", "event": "acara",
           "site": "situs", "kind": "jenis", "since": "sejak", "until": "sampai"},
    "en": {"city": "city", "official": "official", "organization": "organization", "country": "country",
           "event": "event", "site": "site", "kind": "kind", "since": "since", "until": "until"},
}  # fmt: skip


def search_link(query: str, **more: str | int) -> str:
    """The address of a search."""
    return f"/search?{urlencode({'q': query, **more})}"


def entity_link(type_: str, key: str) -> str:
    """The address of an entity's page; of a search for sites and kinds."""
    if type_ in PATHS:
        return f"/{PATHS[type_]}/{quote(key, safe='')}"
    return f"/site/{quote(key, safe='')}" if type_ == "site" else search_link(f"jenis:{key}")


def article_link(id_: str) -> str:
    """The address of an article's page."""
    return f"/article/{quote(id_, safe='')}"


def saved_link(name: str) -> str:
    """The page of saved searches, where an alert can be set on the one of that name."""
    return f"/saved?{urlencode({'search': name})}#watch"


def term(type_: str, name: str, code: str | None, language: str) -> str:
    """A filter of the search language that means just this entity.

    >>> term("city", "Kota Jambi", "15.71", "id"), term("official", "Siti Rahmah", None, "en")
    ('kota:15.71', 'official:"=Siti Rahmah"')
    """
    key = KEYS[language][type_]
    if type_ in ("site", "kind"):
        return f"{key}:{name}"
    return f"{key}:{code}" if code else f'{key}:"={name.replace(chr(34), " ")}"'


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of a search as it was written, the search without it, and what a code in it stands for."""

    text: str
    without: str
    about: str = ""


def chips(query: str) -> tuple[Chip, ...]:
    """The parts of a search, each with the way to drop it."""
    parts = parts_of(query)
    return tuple(
        Chip(part, " ".join(other for place, other in enumerate(parts) if place != here), _region_name(part))
        for here, part in enumerate(parts)
    )


def _region_name(part: str) -> str:
    """
    >>> _region_name("kota:15.71"), _region_name("banjir")
    ('Kota Jambi', '')
    """
    region = regions().get(part.partition(":")[2])
    return region.name if region else ""


def with_part(query: str, part: str) -> str:
    """The search with a part added, or without it if it is there."""
    parts = parts_of(query)
    return " ".join(other for other in parts if other != part) if part in parts else " ".join([*parts, part])


def with_days(query: str, since: str, until: str, language: str) -> str:
    """The search between two days, each of which may be empty, in the place of the days that it has."""
    keys = KEYS[language]
    names = (*(f"{KEYS[each][name]}:" for each in KEYS for name in ("since", "until")), "dari:", "hingga:")
    parts = [part for part in parts_of(query) if not part.lower().startswith(names)]
    parts += [f"{keys[name]}:{value}" for name, value in (("since", since), ("until", until)) if value]
    return " ".join(parts)


def changed(path: str, asked: Mapping[str, str], **changes: str) -> str:
    """The address of the page that is shown, with some of its parameters changed."""
    values = {name: value for name, value in {**asked, **changes}.items() if value != ""}
    return f"{quote(path)}?{urlencode(values)}" if values else quote(path)
