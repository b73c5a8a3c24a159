"""`kabar export`: the articles of a store, or of a part of it, in another format."""

from __future__ import annotations

import enum
import sys
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kabar.cli import options
from kabar.cli.store import asked, opened
from kabar.cli.talk import FAILED, NOTHING, OK, say, unwritable, usage_error
from kabar.export.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kabar.export import Writer
    from tagger.document import TaggedArticle

Formats = enum.StrEnum("Formats", {item.name.upper().replace("-", "_"): item.name for item in FORMATS})  # type: ignore[misc]
JSONL = Formats("jsonl")


def export(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="As in `kabar search`; all articles if left out.")] = "",
    to: Annotated[Formats, typer.Option("--to", "-t", help="The format.")] = JSONL,
    store: options.StoreFile = options.NEWS,
    output: options.Output = None,
) -> None:
    """Writes every article that a query finds, none left out, in the format asked for.

        kabar export 'kota:15.71 sejak:30d' --to xlsx -o jambi.xlsx

        kabar export --to parquet -o all.parquet

        kabar export 'pejabat:"Syarif Fasha"' --to csv

    Formats: jsonl, csv, xlsx (needs kabar[office]), parquet (needs kabar[parquet]), ninjs, jsonfeed, atom, opensearch
    (bulk), gkg (GDELT), ftm (FollowTheMoney), label-studio.
    """
    from kabar.export import articles, find, writer

    wanted = asked(query)
    with opened(store) as source:
        try:
            count = _written(writer(to.value), articles(find(to.value), source, wanted), output)
        except ImportError as error:
            raise usage_error(str(error)) from None
        except OSError as error:
            if output is None or isinstance(error, BrokenPipeError):
                raise
            say(unwritable(output, error))
            raise typer.Exit(FAILED) from None
    say(f"{count} articles written" + (f" to {output}" if output else ""))
    raise typer.Exit(OK if count else NOTHING)


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
