"""`kabar export`: the articles of a store, or of a part of it, in another format."""

from __future__ import annotations

import enum
import sys
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kabar.cli import options
from kabar.cli.endings import form_of
from kabar.cli.store import asked, opened
from kabar.cli.talk import FAILED, NOTHING, OK, missing_extra, say, unwritable, usage_error
from kabar.export.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kabar.export import Writer
    from tagger.document import TaggedArticle

Formats = enum.StrEnum("Formats", {item.name.upper().replace("-", "_"): item.name for item in FORMATS})  # type: ignore[misc]
BINARY = frozenset({"xlsx", "parquet"})
ENDINGS = {"": "jsonl"} | {f".{form.name}": form.name for form in FORMATS}
WAYS_OUT = {
    ".json": "--to jsonfeed and --to label-studio write JSON, --to jsonl one document a line",
    ".ndjson": "--to jsonl writes one document a line, --to opensearch the lines of a bulk request",
    ".pdf": "`kabar digest -o kliping.docx` makes what can be printed",
    ".docx": "`kabar digest` writes it",
    ".html": "`kabar digest` writes it",
    ".xls": "write .xlsx or .csv",
    ".ods": "write .xlsx or .csv, which LibreOffice opens",
    ".tsv": "write .csv, or say --to gkg",
    ".xml": "write .atom",
}


def export(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="As in `kabar search`; all articles if left out.")] = "",
    to: Annotated[
        Formats | None,
        typer.Option("--to", "-t", show_default=False, help="[default: by the name of FILE, else jsonl]"),
    ] = None,
    store: options.StoreFile = options.NEWS,
    output: options.Output = None,
) -> None:
    """Writes every article that a query finds, none left out, in the format asked for.

        kabar export 'kota:15.71 sejak:30d' --to xlsx -o jambi.xlsx

        kabar export -o all.parquet

        kabar export 'pejabat:"Syarif Fasha"' --to csv

    Formats: jsonl, csv, xlsx (needs kabar[office]), parquet (needs kabar[parquet]), ninjs, jsonfeed, atom, opensearch
    (bulk), gkg (GDELT), ftm (FollowTheMoney), label-studio.
    """
    from kabar.export import articles, find, writer

    form = _format(to, output)
    wanted = asked(query)
    with opened(store) as source:
        try:
            count = _written(writer(form), articles(find(form), source, wanted), output)
        except ImportError as error:
            raise missing_extra(str(error)) from None
        except OSError as error:
            if output is None or isinstance(error, BrokenPipeError):
                raise
            say(unwritable(output, error))
            raise typer.Exit(FAILED) from None
    say(f"{count} articles written" + (f" to {output}" if output else ""))
    raise typer.Exit(OK if count else NOTHING)


def _format(asked: Formats | None, output: Path | None) -> str:
    """The format asked for, else the one whose name the file's ending is; JSON Lines where it has none."""
    chosen = asked.value if asked else form_of(output, ENDINGS, WAYS_OUT, "--to")
    if output is None and chosen in BINARY and sys.stdout.isatty():
        raise usage_error(f"{chosen} is nothing for a terminal: name a file with -o")
    return str(chosen)


def _written(write: Writer, articles: Iterable[TaggedArticle], output: Path | None) -> int:
    if output is None:
        return _into(write, articles, sys.stdout.buffer)
    from kabar.output import replacing

    with replacing(output) as stream:
        return _into(write, articles, stream)


def _into(write: Writer, articles: Iterable[TaggedArticle], stream: BinaryIO) -> int:
    count = write(articles, stream)
    stream.flush()
    return count
