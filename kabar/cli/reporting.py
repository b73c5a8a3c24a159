"""Options that reports share, and where a report goes."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli.endings import form_of
from kabar.cli.store import asked
from kabar.cli.talk import FAILED, missing_extra, say, unwritable, usage_error

if TYPE_CHECKING:
    from kabar.report import Report
    from kabar.store import Query


class Formats(enum.StrEnum):
    """What a report can be."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"


ENDINGS = {
    "": Formats.TEXT,
    ".txt": Formats.TEXT,
    ".html": Formats.HTML,
    ".htm": Formats.HTML,
    ".docx": Formats.DOCX,
    ".xlsx": Formats.XLSX,
    ".csv": Formats.CSV,
}
WAYS_OUT = {".pdf": "write .html or .docx and print that as PDF"}


class Languages(enum.StrEnum):
    """Whose words it speaks."""

    ID = "id"
    EN = "en"


Language = Annotated[Languages, typer.Option("--lang", help="Indonesian or English.")]


def days(since: str | None, until: str | None) -> Query:
    """A query of days alone, each said as in `sejak:` and `sampai:`; ends the run if it is none."""
    parts = [f'{key}:"{value}"' for key, value in (("since", since), ("until", until)) if value is not None]
    return asked(" ".join(parts))


def format_for(asked: Formats | None, output: Path | None, option: str) -> Formats:
    """The format asked for by `option`, else the one that the file's name tells; text where it has no ending."""
    chosen = asked or form_of(output, ENDINGS, WAYS_OUT, option)
    if output is None and chosen in (Formats.DOCX, Formats.XLSX) and sys.stdout.isatty():
        raise usage_error(f"{chosen.value} is nothing for a terminal: name a file with -o")
    return chosen


def put(report: Report, format_: Formats, output: Path | None) -> None:
    """Writes a report; ends the run where that cannot be done."""
    from kabar.output import replacing
    from kabar.report import writer

    try:
        if output is None:
            writer(format_.value)(report, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        with replacing(output) as stream:
            writer(format_.value)(report, stream)
    except ImportError as error:
        raise missing_extra(str(error)) from None
    except OSError as error:
        if output is None or isinstance(error, BrokenPipeError):
            raise
        say(unwritable(output, error))
        raise typer.Exit(FAILED) from None
