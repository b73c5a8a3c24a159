"""Pages of what articles are about: a place, an official, an organization, a country, an event, a site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kabar.export import FORMATS
from kabar.monitor.charts import period
from kabar.monitor.links import PATHS, entity_link, term
from kabar.monitor.map import neighbours, part_map, province_names
from kabar.monitor.marking import snippet_parts
from kabar.monitor.pages.overview import DAYS, draw_days
from kabar.monitor.rendering import language_of, missing, render
from kabar.monitor.saying import number
from kabar.monitor.settings import reading
from kabar.store import Store, parse
from kabar.store.changes import last_day, region_counts, regions, window
from kabar.store.facets import Count
from kabar.store.folded import FoldedPage, folded
from kabar.store.overrides import key_of
from kabar.store.portraits import Entity, Office, Span, days, entity, offices, officials_of, said_by, span
from tagger.gazetteer.regions import Region
from tagger.gazetteer.regions import regions as all_regions

TYPES = {path: type_ for type_, path in PATHS.items()} | {"site": "site"}
NEWEST = 10
RELATED = 8


@dataclass(frozen=True, slots=True)
class Portrait:
    """What every entity's page shows.

    Attributes:
        query: the search that finds its articles.
        span: how many articles, and from when to when; None for a place that only its parts have articles of.
        days: articles of each of the last days.
        timeline: SVG of `days`.
        newest: its newest stories.
        related: what else its articles are about, by type.
    """

    entity: Entity
    query: str
    span: Span | None
    days: tuple[tuple[str, int], ...]
    timeline: str
    newest: FoldedPage
    related: dict[str, list[Count]]


@dataclass(frozen=True, slots=True)
class Place:
    """What a place's page shows beside.

    Attributes:
        region: of our table; None for a name that has no code.
        province: (code, name) of the one that it lies in, if it is none itself.
        parts: what lies in it, with articles of the last days.
        near: the nearest of its level, with kilometres and articles.
        map: SVG.
        heads: officials of its own offices.
    """

    region: Region | None
    province: tuple[str, str] | None
    parts: list[tuple[Region, int]]
    near: list[tuple[Region, float, int]]
    map: str
    heads: list[tuple[str, str, str, str, str, int]]


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office of a person, and its bar on the scale of all days."""

    office: Office
    picture: str


def page(request: Request) -> Response:
    """One entity."""
    path = request.url.path.split("/")[1]
    key, language = request.path_params["key"], language_of(request)
    type_ = TYPES[path]
    with reading(request) as store:
        found = entity(store.connection, type_, key) or _unseen_place(type_, key)
        until = last_day(store.connection)
        if found is None or until is None:
            moved = _moved(store, type_, key)
            return missing(request) if moved is None else RedirectResponse(entity_link(type_, moved), 302)
        portrait = _portrait(store, found, until, language)
        place = _place(store, found, until, language) if type_ == "city" else None
        tenures = _tenures(offices(store.connection, found.number), portrait.span) if type_ == "official" else []
        said = said_by(store.connection, found.number) if type_ == "official" else []
    return render(
        request, "entity.html", view=portrait, place=place, tenures=tenures, said=said, formats=FORMATS,
        parts=snippet_parts, q=portrait.query, type=type_,
    )  # fmt: skip


def _moved(store: Store, type_: str, key: str) -> str | None:
    """The key under which an entity stands since it was renamed or merged; None if it is gone, or was never there."""
    now = key
    for correction in reversed(store.corrections()):
        said = correction.override
        if (said.type, said.key, said.article) == (type_, now, None):
            if said.target is None:
                return None
            now = said.target if said.action == "merge" else key_of(said.type, said.target)
    return now if now != key and entity(store.connection, type_, now) is not None else None


def _unseen_place(type_: str, key: str) -> Entity | None:
    """A region of our table that no article names itself: a province whose parts are in the news, or a quiet place."""
    region = all_regions().get(key) if type_ == "city" else None
    if region is None:
        return None
    province = all_regions()[region.province].short if region.level != "province" else None
    return Entity(-1, "city", key, region.name, region.code, region.level, province, None, None)


def _portrait(store: Store, found: Entity, until: str, language: str) -> Portrait:
    db, query = store.connection, term(found.type, found.name, found.code, language)
    asked = parse(query)
    wanted = window(until, DAYS)
    if found.level == "province":
        counts = store.daily(parse(f"{query} sejak:{wanted[0]}"))
    else:
        counts = days(db, found.number, wanted[0], until)
    counted = tuple((day, counts.get(day, 0)) for day in wanted)
    related: dict[str, list[Count]] = {}
    for count in store.facets(asked, most=RELATED + 1).counts:
        if (count.facet, count.name) != (found.type, found.name):
            related.setdefault(count.facet, []).append(count)
    return Portrait(
        found, query, span(db, found.number), counted, draw_days(counted, language, query),
        folded(db, asked, NEWEST, 0, "newest"), {facet: counts[:RELATED] for facet, counts in related.items()},
    )  # fmt: skip


def _place(store: Store, found: Entity, until: str, language: str) -> Place:
    region = all_regions().get(found.code or "")
    if region is None:
        return Place(None, None, [], [], "", [])
    province = None if region.level == "province" else (region.province, province_names()[region.province])
    beside = [r for r in all_regions().values() if r.province == region.province and r.level != "province"]
    nearest = neighbours(region.code)
    codes = [*(r.code for r in beside), *(r.code for r, _ in nearest)]
    own = region_counts(store.connection, codes, until, DAYS)
    alike = own if province else regions(store.connection, until, DAYS)[1]
    parts = [] if province else [(r, own.get(r.code, 0)) for r in beside]
    near = [(other, far, alike.get(other.code, 0)) for other, far in nearest]
    return Place(
        region, province, sorted(parts, key=lambda part: (-part[1], part[0].code)), near,
        part_map(region.code, own, partial(entity_link, "city"), partial(number, language=language)),
        officials_of(store.connection, region.code),
    )  # fmt: skip


def _tenures(found: list[Office], whole: Span | None) -> list[Tenure]:
    if whole is None:
        return []
    return [Tenure(office, period(office.first, office.last, whole.first, whole.last)) for office in found]


ROUTES: list[BaseRoute] = [Route(f"/{path}/{{key}}", page) for path in TYPES]
