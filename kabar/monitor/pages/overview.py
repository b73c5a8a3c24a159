"""The first page: the newest day against the usual, the timeline, the map, and what is in the news."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor import saying
from kabar.monitor.charts import Bar, shades, timeline
from kabar.monitor.links import KEYS, entity_link, search_link
from kabar.monitor.map import drawn, polygon_map, province_map, province_names
from kabar.monitor.rendering import language_of, render
from kabar.monitor.settings import Settings, reading, settings
from kabar.monitor.words import words
from kabar.store import Query, Store
from kabar.store.changes import Change, changes, last_day, regions, spikes, usual_day, window

DAYS = 60
WINDOWS = (1, 7, 30)
TOP = 10
TYPES = ("city", "official", "organization", "country", "event", "site")


@dataclass(frozen=True, slots=True)
class Map:
    """The map with its table twin: (code, name, articles), most first; the steps of its colours, and what it says."""

    picture: str
    provinces: tuple[tuple[str, str, int], ...]
    steps: tuple[tuple[int, int, int], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page.

    Attributes:
        total: articles in the store.
        day: the newest day that has any.
        articles: those of that day.
        stories: the same with copies counted once.
        usual: articles a day over the weeks before; None where there were none.
        window: days that the tables below are about.
        days: (ISO date, articles) of the last `DAYS` days, none left out.
        timeline: SVG of `days`.
        top: the most frequent of each type.
        regencies: the most frequent regencies and cities.
        spikes: what stands out.
    """

    total: int
    day: str
    articles: int
    stories: int
    usual: float | None
    window: int
    days: tuple[tuple[str, int], ...]
    timeline: str
    map: Map
    top: dict[str, tuple[Change, ...]]
    regencies: tuple[Change, ...]
    spikes: tuple[Change, ...]


def overview(request: Request) -> Response:
    """The first page."""
    with reading(request) as store:
        day = last_day(store.connection)
        view = (
            None if day is None else _overview(store, day, window_of(request), language_of(request), settings(request))
        )
    return render(request, "overview.html", view=view, windows=WINDOWS, store=settings(request).store.name)


def window_of(request: Request) -> int:
    """The days that a page is about: `?days=`, a week when left out."""
    asked = request.query_params.get("days", "7")
    return int(asked) if asked in map(str, WINDOWS) else 7


def counted_days(store: Store, until: str, days: int = DAYS) -> tuple[tuple[str, int], ...]:
    """Articles of each of the last days, none left out."""
    wanted = window(until, days)
    counts = store.daily(Query(since=wanted[0], until=until))
    return tuple((day, counts.get(day, 0)) for day in wanted)


def draw_days(days: tuple[tuple[str, int], ...], language: str, query: str = "", usual: float | None = None) -> str:
    """A timeline whose bars lead to the day's articles."""
    keys, t = KEYS[language], words(language)
    bars = [
        Bar(
            day, value, search_link(f"{query} {keys['since']}:{day} {keys['until']}:{day}".strip()),
            f"{saying.day(day, language)}: {saying.number(value, language)} {t['articles']}",
        )
        for day, value in days
    ]  # fmt: skip
    numbers = partial(saying.number, language=language)
    return timeline(bars, t["timeline"], partial(saying.short_day, language=language), usual, numbers)


def _overview(store: Store, day: str, days: int, language: str, shown: Settings) -> Overview:
    db = store.connection
    counted = counted_days(store, day)
    found = changes(db, day, days, TYPES)
    usual = usual_day(db, day)
    return Overview(
        total=store.search(Query(), limit=0).total,
        day=day,
        articles=counted[-1][1],
        stories=store.stories(Query(since=day, until=day)),
        usual=usual,
        window=days,
        days=counted,
        timeline=draw_days(counted, language, usual=usual),
        map=draw_map(store, day, days, language, shown),
        top={type_: tuple([c for c in found if c.type == type_][:TOP]) for type_ in TYPES},
        regencies=tuple([c for c in found if c.type == "city" and c.level != "province"][:TOP]),
        spikes=tuple(spikes((c for c in found if c.type not in ("site", "kind")), 6)),
    )


def draw_map(store: Store, day: str, days: int, language: str, shown: Settings) -> Map:
    """The map of the days that end with one."""
    own, provinces = regions(store.connection, day, days)
    names = province_names()
    link, numbers = partial(entity_link, "city"), partial(saying.number, language=language)
    if shown.polygons:
        counts = own if any("." in code for code in shown.polygons) else provinces
        picture, top = polygon_map(shown.polygons, counts, link, numbers), max(counts.values(), default=0)
    else:
        picture = province_map(provinces, own, link, words(language)["with"], numbers)
        top = max(drawn(provinces).values(), default=0)
    ranked = sorted(provinces.items(), key=lambda item: (-item[1], item[0]))
    rows = tuple((code, names.get(code, code), articles) for code, articles in ranked)
    note = words(language)["polygon_note" if shown.polygons else "map_note"]
    return Map(picture, rows, tuple(shades(top) if top else ()), note)


ROUTES: list[BaseRoute] = [Route("/", overview)]
