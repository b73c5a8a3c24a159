"""What a report consists of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; with `link`, an http or https address, it leads there."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The heading of one numbered thing."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a faint one says what stands beside the matter: outlet, time, names."""

    spans: tuple[Span, ...]
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[tuple[Span, ...], ...]


Block: TypeAlias = Heading | Entry | Paragraph | Bullets
Cell: TypeAlias = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to work with; shares are numbers from 0 to 1.

    Attributes:
        name: of the sheet.
        columns: the head line.
        rows: as many cells each.
        percent: places of the columns that hold shares.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    percent: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes:
        language: ISO 639-1 of its words.
        title: what it is.
        facts: label and value: the day, the search, the counts.
        blocks: to be read from top to bottom.
        sheets: the same as tables, for spreadsheets.
    """

    language: str
    title: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    sheets: tuple[Sheet, ...]
