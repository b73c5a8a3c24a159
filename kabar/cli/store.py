"""`kabar store`: tagged articles in one file that can be searched."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli import options
from kabar.cli.talk import FAILED, NOTHING, OK, say

if TYPE_CHECKING:
    from kabar.store import Store

app = typer.Typer(no_args_is_help=True, help="Keeps tagged articles in one SQLite file.")

StoreFile = Annotated[Path, typer.Argument(metavar="STORE", help="The store's file.", show_default=False)]
NewStoreFile = Annotated[
    Path, typer.Argument(metavar="STORE", help="The store's file; made if there is none.", show_default=False)
]
TaggedFiles = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE|-]...", help="What `kabar tag` wrote. [default: standard input]", show_default=False),
]


@contextlib.contextmanager
def opened(path: Path, *, make: bool = False) -> Iterator[Store]:
    """Opens a store for a command; what is wrong with it is said, and ends the run.

    Args:
        path: the file.
        make: whether it may be a new one.
    """
    from kabar.store import StoreError, open_store

    if not make and not path.exists():
        say(f"{path}: there is no such store; `kabar store add {path} FILE` makes one")
        raise typer.Exit(FAILED)
    try:
        with open_store(path) as store:
            yield store
    except StoreError as error:
        say(str(error))
        raise typer.Exit(FAILED) from None


@app.command()
def add(store: NewStoreFile, tagged: TaggedFiles = None, quiet: options.Quiet = False) -> None:
    """Puts tagged articles into a store, each in the place of what is known under its id.

    kabar store add news.db tagged.jsonl

    kabar tag saved/ | kabar store add news.db
    """
    from kabar.store.lines import TaggedLines

    lines = TaggedLines(tagged or ["-"])
    with opened(store, make=True) as target:
        added = target.add(lines)
    for problem in lines.problems:
        say(f"{problem.name}: {problem.reason}")
    if not quiet:
        say(f"{store}: {added.new} new, {added.changed} changed, {added.same} known")
    raise typer.Exit(FAILED if lines.problems else OK if any((added.new, added.changed, added.same)) else NOTHING)


@app.command()
def stats(store: StoreFile) -> None:
    """Tells what a store holds.

    kabar store stats news.db
    """
    with opened(store) as source:
        for name, value in source.stats().items():
            typer.echo(f"{name:22} {'-' if value is None else value}")


@app.command()
def reindex(store: StoreFile) -> None:
    """Builds the text index and the counts anew from the articles.

    kabar store reindex news.db
    """
    with opened(store) as target:
        target.reindex()


@app.command()
def vacuum(store: StoreFile) -> None:
    """Gives unused space back to the disk.

    kabar store vacuum news.db
    """
    with opened(store) as target:
        target.vacuum()
