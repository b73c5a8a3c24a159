"""The look of one document on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kabar.documents import Done
from kabar.printable import printable
from scraper.article import Removed, Site, Timestamp
from tagger.document import City, Country, Event, Official, Organization, Quote

QUOTES_SHOWN = 3
QUOTE_LENGTH = 160
EXCERPT_LENGTH = 240


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of an `Article` or a `TaggedArticle`."""

    id: str
    text: str
    kind: str
    file: str | None = None
    url: str | None = None
    title: str | None = None
    site: Site = Site()
    published: Timestamp | None = None
    removed: tuple[Removed, ...] = ()
    cities: tuple[City, ...] = ()
    officials: tuple[Official, ...] = ()
    organizations: tuple[Organization, ...] = ()
    countries: tuple[Country, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    tool: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


def rows(done: Done) -> RenderableType:
    """One document as a heading and a few labelled rows."""
    shown = msgspec.json.decode(done.json, type=Shown)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, value in _rows(shown):
        if value:
            grid.add_row(label, Text(printable(value)))
    heading = Text(printable(shown.title or shown.file or shown.url or shown.id), style="bold")
    return Group(heading, grid, Text())


def _rows(shown: Shown) -> Iterator[tuple[str, str]]:
    yield "from", " · ".join(filter(None, (shown.site.domain, _time(shown), shown.kind, shown.file or shown.url)))
    if shown.tool is msgspec.UNSET:
        yield "text", _cut(" ".join(shown.text.split()), EXCERPT_LENGTH)
        yield "removed", _joined(f"{entry.rule} ({entry.count})" for entry in shown.removed)
        return
    yield "cities", _joined(f"{city.name} {city.code or '?'}" for city in shown.cities)
    yield "officials", _joined(f"{official.name}, {official.office}" for official in shown.officials)
    yield "organizations", _joined(_body(body) for body in shown.organizations)
    yield "countries", _joined(f"{country.name} {country.alpha2}" for country in shown.countries)
    yield "events", _joined(event.name for event in shown.events)
    for quote in shown.quotes[:QUOTES_SHOWN]:
        yield "quote", f"{quote.speaker or '?'}: “{_cut(quote.text, QUOTE_LENGTH)}”"
    if len(shown.quotes) > QUOTES_SHOWN:
        yield "", f"and {len(shown.quotes) - QUOTES_SHOWN} more quotes"


def _time(shown: Shown) -> str | None:
    return shown.published.value if shown.published else None


def _body(body: Organization) -> str:
    return f"{body.name} ({body.acronym})" if body.acronym and body.acronym != body.name else body.name


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
