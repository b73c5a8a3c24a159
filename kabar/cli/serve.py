"""`kabar serve`: the monitor's web page over a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kabar.cli.store import opened
from kabar.cli.talk import OK, say, usage_error


def serve(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The store's file.", show_default=False)],
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0: any free one.")] = 8765,
) -> None:
    """Serves the monitor on this machine alone: overview, map, search, articles, export.

        kabar tag samples/ --store news.db -o tagged.jsonl && kabar serve news.db

    It needs kabar[monitor], and listens on 127.0.0.1.
    """
    try:
        import uvicorn

        from kabar.monitor.app import create_app
    except ImportError:
        raise usage_error("kabar serve needs Starlette: pip install 'kabar[monitor]'") from None
    with opened(store):  # a store that cannot be read is told before anything is served
        say(f"http://127.0.0.1:{port}/ shows {store}; Ctrl-C ends it")
    uvicorn.run(create_app(store), host="127.0.0.1", port=port, log_level="warning", server_header=False)
    raise typer.Exit(OK)
