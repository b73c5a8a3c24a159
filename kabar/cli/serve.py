"""`kabar serve`: the monitor's web page over a store."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli import options
from kabar.cli.alert import guard_of
from kabar.cli.store import opened
from kabar.cli.talk import FAILED, OK, missing_extra, say, unreadable, usage_error

if TYPE_CHECKING:
    from kabar.monitor.security import Access

TOKEN = "KABAR_TOKEN"  # noqa: S105 - the variable's name
HOW_TO_MAKE_ONE = "python -c 'import secrets; print(secrets.token_urlsafe(24))'"


def serve(  # noqa: PLR0913 - one argument an option
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The store's file.", show_default=False)],
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0: any free one.")] = 8765,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 for all of this machine's, which needs a token.")
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", show_default=False, help="A host name that readers use for this machine."),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", show_default=False, help=f"Holds the token that readers show. [default: ${TOKEN}]"
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", show_default=False, help="Of a crawl, whose progress the page of sites shows."),
    ] = None,
    boundaries: Annotated[
        Path | None,
        typer.Option(metavar="GEOJSON", show_default=False, help="Polygons of provinces or regencies for the map."),
    ] = None,
    code_field: Annotated[
        str, typer.Option(metavar="NAME", help="The property of the polygons that holds the Kemendagri code.")
    ] = "kode",
    allow_private: options.AllowPrivate = False,
    open_: Annotated[bool, typer.Option("--open", help="Show it in the browser.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell every request.")] = False,
) -> None:
    """Serves the monitor on this machine alone: overview, map, search, articles, alerts, exports, feeds, the API.

        kabar tag samples/ --store news.db -o tagged.jsonl && kabar serve news.db --open

        kabar serve news.db --data data --boundaries kabupaten.geojson --code-field kode

        kabar serve news.db --host 0.0.0.0 --name media.kota.example --token-file token.txt

    It needs kabar[monitor]. The store may be read-only, and may be written meanwhile. Ctrl-C ends it. Alerts that are
    set on its pages are sent by `kabar alert run --every 15m`; to test them, it needs their secrets, see `kabar alert`.
    """
    from kabar.store import StoreError

    try:
        from kabar.monitor.app import create_app
        from kabar.monitor.server import Server, listening
    except ModuleNotFoundError:
        raise missing_extra("kabar serve needs Starlette: pip install 'kabar[monitor]'") from None
    access = _access(host, frozenset(name or ()), token_file)
    polygons = _polygons(boundaries, code_field) if boundaries else None
    if data is not None and not (data / "frontier.sqlite").exists():
        say(f"{data}: no crawl has been here yet; the page of sites shows it once there is one")
    with opened(store) as source, contextlib.suppress(StoreError):  # what cannot be read is told before it is served
        source.settle()
    try:
        sock = listening(host, port)
    except OSError as error:
        say(error.strerror or str(error))
        raise typer.Exit(FAILED) from None
    _log(verbose)
    address = f"http://{_reachable(host)}:{sock.getsockname()[1]}/"
    app = create_app(store, crawl=data, access=access, polygons=polygons, guard=guard_of(allow_private))
    server = Server(app, started=_announce(address, store, browser=open_))
    if access.any_address:
        say("readers' traffic is not encrypted: beyond a network that you trust, put a proxy with TLS before it")
    with contextlib.suppress(KeyboardInterrupt):  # the way to end it
        server.run([sock])
    raise typer.Exit(OK)


def _access(host: str, names: frozenset[str], token_file: Path | None) -> Access:
    from kabar.monitor.security import LOOPBACK, Access

    try:
        token = token_file.read_text("utf-8").strip() if token_file else os.environ.get(TOKEN, "").strip()
        if token:
            return Access.with_token(token, names)
    except OSError as error:
        raise usage_error(unreadable(token_file or TOKEN, error)) from None
    except ValueError as error:
        raise usage_error(f"{token_file or '$' + TOKEN}: {error}") from None
    if token_file or not _is_loopback(host):
        reason = f"{token_file} is empty" if token_file else f"{host} can be reached from other machines"
        raise usage_error(f"{reason}: give a token in --token-file or ${TOKEN}; {HOW_TO_MAKE_ONE} makes one")
    return Access(LOOPBACK | names | {_reachable(host)})


def _polygons(path: Path, code_field: str) -> dict[str, str]:
    from kabar.monitor.boundaries import BoundaryError, read_boundaries

    try:
        return read_boundaries(path, code_field)
    except BoundaryError as error:
        raise usage_error(str(error)) from None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _reachable(host: str) -> str:
    """The host as an address on this machine names it."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host) or (f"[{host}]" if ":" in host else host)  # noqa: S104


def _announce(address: str, store: Path, *, browser: bool) -> Callable[[], None]:
    """What is done when connections are taken."""

    def announce() -> None:
        import webbrowser

        say(f"{address} shows {store}; Ctrl-C ends it")
        if browser and not webbrowser.open(address):
            say("no browser could be started; open the address above by hand")

    return announce


class _Lines(logging.Formatter):
    """One plain line, as everything on standard error is; tracebacks after it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        from kabar.printable import printable

        return printable(super().format(record))


def _log(verbose: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Lines("kabar: %(message)s"))
    for logger, level in (("uvicorn.error", logging.WARNING), ("uvicorn.access", logging.INFO)):
        logging.getLogger(logger).setLevel(level if verbose or level > logging.INFO else logging.WARNING)
        logging.getLogger(logger).addHandler(handler)
        logging.getLogger(logger).propagate = False
