"""Excel workbook: one sheet of articles, one a kind of tag. Rows and cells beyond Excel's limits go on, never away."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from kabar.export.rows import COLUMNS, published_day, row, safe_cell
from tagger.document import TaggedArticle

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# Limits of the format: characters a cell, rows a sheet.
CELL = 32_767
ROWS = 1_048_576
CALENDAR = 1901  # the first year whose days Excel counts rightly

PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}

SHEETS: dict[str, tuple[str, ...]] = {
    "articles": COLUMNS,
    "cities": ("id", "day", "name", "level", "code", "province", "role", "score", "mentions"),
    "officials": (
        "id",
        "day",
        "name",
        "office",
        "office_class",
        "jurisdiction",
        "organization",
        "status",
        "score",
        "mentions",
    ),
    "organizations": ("id", "day", "name", "acronym", "kind", "jurisdiction", "score", "mentions"),
    "countries": ("id", "day", "name", "alpha2", "via", "mentions"),
    "events": ("id", "day", "name", "score", "mentions"),
    "quotes": ("id", "day", "speaker", "verb", "direct", "text"),
}

WIDTHS = {"title": 50, "url": 30, "text": 80, "name": 36, "office": 36, "day": 11, "published": 25, "quotes": 40}
"""Of columns, in characters; the others have Excel's own."""

Cell = str | float | date


@dataclass(slots=True)
class _Sheet:
    """A kind of row and where its next row goes; a full sheet is followed by "name 2", "name 3"."""

    book: Workbook
    name: str
    columns: tuple[str, ...]
    at: int = 0
    part: int = 0
    page: Worksheet | None = None

    def add(self, values: Sequence[Cell]) -> None:
        if self.page is None or self.at >= ROWS:
            self.part += 1
            self.page = self.book.add_worksheet(self.name if self.part == 1 else f"{self.name} {self.part}")
            self.page.write_row(0, 0, self.columns)
            self.page.freeze_panes(1, 0)
            for place, column in enumerate(self.columns):
                if column in WIDTHS:
                    self.page.set_column(place, place, WIDTHS[column])
            self.at = 1
        self.page.write_row(self.at, 0, values)
        self.at += 1


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes the workbook; returns how many articles.

    Raises:
        ImportError: XlsxWriter is missing: `pip install 'kabar[office]'`.
    """
    count = 0
    with workbook(out, constant_memory=True) as book:
        sheets = {name: _Sheet(book, name, columns) for name, columns in SHEETS.items()}
        for count, article in enumerate(articles, 1):
            for name, values in rows(article):
                sheets[name].add(values)
        if count == 0:
            book.add_worksheet("articles").write_row(0, 0, COLUMNS)
    return count


@contextlib.contextmanager
def workbook(out: BinaryIO, **options: bool) -> Iterator[Workbook]:
    """A workbook in which no cell becomes a formula or a link; it is written when the block ends.

    Raises:
        ImportError: XlsxWriter is missing: `pip install 'kabar[office]'`.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise ImportError("xlsx needs XlsxWriter: pip install 'kabar[office]'") from error
    # Workbooks are zip files that are written at the end: a seekable buffer serves every kind of stream.
    buffer = io.BytesIO()
    book = Workbook(buffer, {**PLAIN, **options})
    try:
        yield book
    finally:
        book.close()  # which takes its temporary files away
    out.write(buffer.getvalue())


def rows(article: TaggedArticle) -> Iterator[tuple[str, list[Cell]]]:
    """All rows of one article, as (sheet, values); a text longer than a cell goes on in further rows of the article."""
    [day] = cells(published_day(article))
    flat = {name: safe_cell(value) for name, value in row(article).items()}
    for start in range(0, max(len(flat["text"]), 1), CELL - 1):
        part = {**flat, "text": safe_cell(flat["text"][start : start + CELL - 1])}
        yield "articles", [day if name == "day" else cut(part[name]) for name in COLUMNS]
    key = article.id
    for city in article.cities:
        yield (
            "cities",
            cells(key, day, city.name, city.level, city.code, city.province, city.role, city.score, len(city.mentions)),
        )
    for one in article.officials:
        yield (
            "officials",
            cells(
                key,
                day,
                one.name,
                one.office,
                one.office_class,
                one.jurisdiction,
                one.organization,
                one.status,
                one.score,
                len(one.mentions),
            ),
        )
    for body in article.organizations:
        yield (
            "organizations",
            cells(key, day, body.name, body.acronym, body.kind, body.jurisdiction, body.score, len(body.mentions)),
        )
    for country in article.countries:
        yield "countries", cells(key, day, country.name, country.alpha2, country.via, len(country.mentions))
    for event in article.events:
        yield "events", cells(key, day, event.name, event.score, len(event.mentions))
    for quote in article.quotes:
        yield "quotes", cells(key, day, quote.speaker, quote.verb, "direct" if quote.direct else "indirect", quote.text)


def cells(*values: Cell | None) -> list[Cell]:
    """Values as cells: None is empty, text is made safe, a date that Excel's calendar lacks is text."""
    return [_cell(value) for value in values]


def _cell(value: Cell | None) -> Cell:
    match value:
        case None:
            return ""
        case str():
            return cut(safe_cell(value))
        case date() if value.year < CALENDAR:
            return value.isoformat()
        case _:
            return value


def cut(value: str) -> str:
    """A short field that is too long for a cell ends in a mark that says so."""
    return value if len(value) <= CELL else value[: CELL - 12] + " [dipotong]"
