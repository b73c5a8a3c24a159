"""`kabar demo`: the whole way on the sample site, on this machine alone."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli.crawl import RulesOnly
from kabar.cli.talk import FAILED, OK, say, with_this_pip

if TYPE_CHECKING:
    from kabar.demo.run import Result

DASHBOARD_PORT = 8765
WIDTH = 120  # columns where there is no terminal
DASHBOARD = ("uvicorn", "starlette", "jinja2")


def demo(
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="DIR", help="Where everything goes. [default: a new folder]", show_default=False
        ),
    ] = None,
    rules_only: RulesOnly = False,
    dashboard: Annotated[
        bool,
        typer.Option("--serve/--no-serve", help="End with the dashboard open, where there is a terminal."),
    ] = True,
) -> None:
    """Crawls a small made-up news site, tags it, shows what came out, and opens the dashboard on it.

    The site is served by this very command over real HTTP, on loopback; one story of it is edited and found again.

        kabar demo

        kabar demo --data demo --no-serve && kabar search --store demo/news.db kota:15
    """
    from kabar.demo.site import site_folder
    from kabar.store.errors import StoreError
    from scraper.errors import ScraperError
    from tagger.errors import TaggerError

    if not site_folder().is_dir():
        say(f"{site_folder()}: the sample site is missing; run this in a clone of the repository")
        raise typer.Exit(FAILED)
    serving = dashboard and sys.stdout.isatty() and _has_dashboard()
    with _folder(data, kept=not serving) as folder:
        try:
            result = _run(folder, rules_only)
        except OSError as error:
            say(f"{error.filename or folder}: {(error.strerror or str(error)).lower()}")
            raise typer.Exit(FAILED) from None
        except (ScraperError, StoreError, TaggerError) as error:
            say(str(error))
            raise typer.Exit(FAILED) from None
        if serving:
            _serve(result.store)
        else:
            say(f"to open the dashboard on these articles: kabar serve {result.store}")
    if not _has_dashboard():
        say(with_this_pip("the dashboard needs Starlette: pip install 'kabar[monitor]'"))
    raise typer.Exit(FAILED if result.progress.failed else OK)


@contextlib.contextmanager
def _folder(data: Path | None, *, kept: bool) -> Iterator[Path]:
    """The folder asked for, or a new one, which goes once the dashboard is closed."""
    if data is not None:
        yield data
    elif kept:
        yield Path(tempfile.mkdtemp(prefix="kabar-demo-"))
    else:
        with tempfile.TemporaryDirectory(prefix="kabar-demo-") as name:
            yield Path(name)


def _run(folder: Path, rules_only: bool) -> Result:
    """Runs the demo and prints what it brought."""
    from kabar.cli.watching import watching
    from kabar.console import PlainConsole
    from kabar.demo.run import run
    from kabar.demo.show import brought, edit
    from kabar.store import open_store

    with watching() as watch:
        result = run(folder, say, watch, rules_only=rules_only)
    console = PlainConsole(width=None if sys.stdout.isatty() else WIDTH)
    with open_store(result.store) as store:
        console.print(brought(store, console.width))
        shown = edit(store, result.edited) if result.edited else None
        if shown is not None:
            console.print()
            console.print(shown)
    console.print()
    return result


def _has_dashboard() -> bool:
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in DASHBOARD)


def _serve(store: Path) -> None:
    """Serves the dashboard until Ctrl-C, and shows it in the browser where there is one."""
    import os
    import threading
    import webbrowser

    from kabar.cli.serve import serve

    port = _free_port(DASHBOARD_PORT)
    if sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        opening = threading.Timer(1.0, webbrowser.open, (f"http://127.0.0.1:{port}/",))
        opening.daemon = True
        opening.start()
    with contextlib.suppress(KeyboardInterrupt, typer.Exit):
        serve(store, port)


def _free_port(wanted: int) -> int:
    import socket

    for port in (wanted, 0):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)) as bound:
            return int(bound.getsockname()[1])
    return wanted
