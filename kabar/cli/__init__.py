"""The command line: one module a command.

Commands import what is heavy when they run, not when they are registered: `kabar --help` loads none of it.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kabar import __version__
from kabar.cli.alert import app as alert
from kabar.cli.clean import clean
from kabar.cli.crawl import crawl
from kabar.cli.demo import demo
from kabar.cli.digest import digest
from kabar.cli.evaluate import app as evaluate
from kabar.cli.explain import explain
from kabar.cli.export import export
from kabar.cli.fetch import fetch
from kabar.cli.help import Group
from kabar.cli.proof import proof
from kabar.cli.schema import schema
from kabar.cli.search import search
from kabar.cli.serve import serve
from kabar.cli.sites import app as sites
from kabar.cli.status import status
from kabar.cli.store import app as store
from kabar.cli.tag import tag
from kabar.cli.talk import ends_cleanly, prepare_streams


class Commands(Group):
    """All commands, with one way to end."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that was asked for."""
        with ends_cleanly():
            return super().invoke(ctx)


app = typer.Typer(
    name="kabar",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"kabar {__version__}")
        raise typer.Exit


@app.callback()
def kabar(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Reads Indonesian regional news by machine: pages in, tagged JSON out.

    Data goes to standard output, messages to standard error.
    Exit codes: 0 all well, 1 some inputs failed, 2 wrong usage, 3 nothing found, 130 interrupted.
    """


app.command()(tag)
app.command()(clean)
app.command()(fetch)
app.command()(crawl)
app.command()(status)
app.command()(demo)
app.command()(search)
app.command()(export)
app.command()(digest)
app.command()(proof)
app.command()(serve)
app.command()(explain)
app.command()(schema)
app.add_typer(store, name="store")
app.add_typer(alert, name="alert")
app.add_typer(sites, name="sites")
app.add_typer(evaluate, name="evaluate")


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    prepare_streams()
    with ends_cleanly():  # also what comes before a command begins: Ctrl-C, help into a full disk
        app()
