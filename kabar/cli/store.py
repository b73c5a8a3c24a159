"""`kabar store`: tagged articles in one file that can be searched."""

from __future__ import annotations

import contextlib
import enum
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli import options
from kabar.cli.help import Group
from kabar.cli.talk import FAILED, NOTHING, OK, say, usage_error

if TYPE_CHECKING:
    from kabar.store import Correction, Query, Store

app = typer.Typer(cls=Group, no_args_is_help=True, help="Keeps tagged articles in one SQLite file.")

StoreFile = Annotated[Path, typer.Argument(metavar="STORE", help="The store's file.", show_default=False)]
NewStoreFile = Annotated[
    Path, typer.Argument(metavar="STORE", help="The store's file; made if there is none.", show_default=False)
]

SECONDS_BETWEEN = 2.0
"""Lines on how far a long correction is."""


class EntityTypes(enum.StrEnum):
    """What can be corrected."""

    CITY = "city"
    OFFICIAL = "official"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    EVENT = "event"


TaggedFiles = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE|-", help="What `kabar tag` wrote. [default: standard input]", show_default=False),
]


@contextlib.contextmanager
def opened(path: Path, *, make: bool = False) -> Iterator[Store]:
    """Opens a store for a command; what is wrong with it is said, and ends the run.

    Args:
        path: the file.
        make: whether it may be a new one.
    """
    import sqlite3

    from kabar.store import StoreError, open_store
    from kabar.store.faults import WAY_OUT, is_damage, is_hindrance

    if not make and not path.exists():
        say(f"{path}: there is no such store; a crawl keeps its own in DIR/news.db, `kabar store add` makes one")
        raise typer.Exit(FAILED)
    try:
        with open_store(path) as store:
            yield store
    except StoreError as error:
        say(str(error))
        raise typer.Exit(FAILED) from None
    except sqlite3.DatabaseError as error:  # what a long look meets
        if not (is_damage(error) or is_hindrance(error)):
            raise
        say(f"{path}: " + (f"is damaged ({error}); {WAY_OUT}" if is_damage(error) else f"cannot be used now: {error}"))
        raise typer.Exit(FAILED) from None


def asked(query: str) -> Query:
    """A search as it is typed; what is wrong with it is said, and ends the run."""
    from kabar.store import QueryError, parse

    try:
        return parse(query)
    except QueryError as error:
        raise usage_error(str(error)) from None


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


@app.command()
def correct(
    store: StoreFile,
    type_: Annotated[EntityTypes, typer.Argument(metavar="TYPE", help="What it was taken for.", show_default=False)],
    entity: Annotated[str, typer.Argument(metavar="NAME|CODE", help="Which one.", show_default=False)],
    same_as: Annotated[
        str | None, typer.Option("--same-as", metavar="NAME|CODE", help="It is the same as this one.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="It is called so.")] = None,
    reject: Annotated[bool, typer.Option("--not", help="It is none of its type.")] = False,
    article: Annotated[str | None, typer.Option(metavar="ID", help="In this article only.")] = None,
) -> None:
    """Corrects an entity in all articles, and in those to come.

    What is said holds when articles are tagged anew, and can be taken back with `kabar store undo`. If it is cut off,
    whatever writes to the store next finishes it.

        kabar store correct news.db organization "BPBD Kab Tebo" --same-as BPBD

        kabar store correct news.db official "Rahmad Hidayat" --name "Rahmat Hidayat"

        kabar store correct news.db city 35.79 --not --article 3f2a
    """
    from kabar.store.overrides import Override

    if sum((same_as is not None, name is not None, reject)) != 1:
        raise usage_error("say one of --same-as, --name and --not (see --help)")
    with opened(store) as target:
        key = target.find_entity(type_.value, entity)
        if same_as is not None:
            override = Override("merge", type_.value, key, target.find_entity(type_.value, same_as), article)
        elif name is not None:
            override = Override("rename", type_.value, key, name, article)
        else:
            override = Override("reject", type_.value, key, None, article)
        say(f"{store}: {told(target.correct(override, _paced(store)))}")


@app.command()
def corrections(
    store: StoreFile,
    article: Annotated[str | None, typer.Option(metavar="ID", help="Only what changed this article.")] = None,
) -> None:
    """Lists what people have corrected, newest first.

    kabar store corrections news.db
    """
    from kabar.printable import printable

    with opened(store) as source:
        found = source.corrections(article)
    for correction in found:
        typer.echo(printable(f"{correction.made}  {told(correction)}"))
    if not found:
        say(f"{store}: no corrections" + (f" of article {article}" if article else ""))
    raise typer.Exit(OK if found else NOTHING)


@app.command()
def undo(
    store: StoreFile,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `kabar store corrections` lists it.")],
) -> None:
    """Takes a correction back: the tags are again what the tagger said.

    kabar store undo news.db 3
    """
    with opened(store) as target:
        known = target.undo(number, _paced(store))
    say(f"{store}: correction {number} taken back" if known else f"{store}: there is no correction {number}")
    raise typer.Exit(OK if known else FAILED)


def _paced(store: Path) -> Callable[[int, int], None]:
    """Tells how far a correction of many articles is, every `SECONDS_BETWEEN`."""
    last = time.monotonic()

    def tell(done: int, in_all: int) -> None:
        nonlocal last
        if time.monotonic() - last >= SECONDS_BETWEEN:
            last = time.monotonic()
            say(f"{store}: {done} of {in_all} articles; others may write meanwhile")

    return tell


def told(correction: Correction) -> str:
    """A correction in one line."""
    override = correction.override
    said = {
        "merge": f"is the same as {correction.becomes!r}",
        "rename": f"is called {correction.becomes!r}",
        "reject": f"is no {override.type}",
    }[override.action]
    where = f"in article {override.article}" if override.article else f"{correction.articles} articles"
    return f"correction {correction.number}: {override.type} {correction.name!r} {said} ({where})"
