"""What a crawl of the sample site brought, as it is shown at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kabar.printable import printable
from kabar.store import Query, Store
from tagger.document import TaggedArticle

ROWS = 12
WIDE = 100  # columns from which there is room for one more
MOST = 3  # names of a facet
FACETS = {"city": "places", "official": "officials", "organization": "organizations", "country": "countries"}


def brought(store: Store, width: int) -> RenderableType:
    """The newest articles of a store, and what all of them are about, for a terminal of so many columns."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1), header_style="bold", show_edge=False)
    table.add_column("day", no_wrap=True, style="dim")
    columns = (("headline", 7), ("places", 4), ("officials", 7), ("countries", 3))[: None if width >= WIDE else -1]
    for name, ratio in columns:
        table.add_column(name, ratio=ratio, no_wrap=True, overflow="ellipsis")
    for article in islice(_without_copies(store.articles(Query())), ROWS):
        table.add_row(*map(_cell, islice(_row(article), len(columns) + 1)))
    found = store.facets(Query(), most=MOST).counts
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column()
    for facet, label in FACETS.items():
        names = (f"{_short(count.name)} {count.articles}" for count in found if count.facet == facet)
        grid.add_row(label, Text(printable("  ·  ".join(names))))
    return Group(table, Text(), grid)


def edit(store: Store, id_: str) -> RenderableType | None:
    """The paragraphs that a story's last version has and the one before had not; None if there was none before."""
    article, earlier = store.get(id_), store.versions(id_)
    if article is None or not earlier:
        return None
    before = frozenset(earlier[-1].text.split("\n\n"))
    added = [paragraph for paragraph in article.text.split("\n\n") if paragraph not in before]
    heading = f"version {len(earlier) + 1} of “{article.title}”"
    lines = [Text(printable(heading), style="bold"), *(Text(printable(f"+ {text}"), style="green") for text in added)]
    return Group(*lines)


def _without_copies(articles: Iterable[TaggedArticle]) -> Iterator[TaggedArticle]:
    seen: set[str | None] = set()
    for article in articles:
        if article.title not in seen:
            seen.add(article.title)
            yield article


def _row(article: TaggedArticle) -> Iterator[str]:
    yield article.published.value[:10] if article.published else ""
    yield article.title or article.id
    cities = [city for city in article.cities if city.level != "province"] or article.cities
    yield ", ".join(_short(city.name) for city in cities)
    yield ", ".join(f"{official.name} ({official.office})" for official in article.officials)
    yield ", ".join(country.name for country in article.countries)


def _cell(text: str) -> Text:
    return Text(printable(text), no_wrap=True, overflow="ellipsis")


def _short(name: str) -> str:
    """A region's name as tables print it."""
    return name.replace("Kabupaten ", "Kab. ", 1) if name.startswith("Kabupaten ") else name
