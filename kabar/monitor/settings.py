"""What the monitor shows, as `kabar serve` was asked; every handler reads it from its request."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from kabar.alerts.settings import Settings as Sending
from kabar.store import Store, StoreError, open_store
from kabar.store.database import snapshot
from scraper.http.guard import Guard

MOST_SECONDS = 10.0
STEPS = 100_000
"""Of SQLite's machine, after which the clock is looked at."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One monitor.

    Attributes:
        store: the store's file; each request opens it anew, so a re-tagged store shows at once.
        crawl: the folder of a crawl, whose progress is shown; None for none.
        polygons: SVG paths by region code for the map, in the place of our own outlines.
        sending: what the channels of alerts need, for messages that test them.
        guard: decides which addresses these may go to.
    """

    store: Path
    crawl: Path | None = None
    polygons: Mapping[str, str] = field(default_factory=dict)
    sending: Sending = field(default_factory=lambda: Sending(os.environ))
    guard: Guard = field(default_factory=Guard)


def settings(request: Request) -> Settings:
    """The settings of the application that a request came to."""
    found = request.app.state.settings
    assert isinstance(found, Settings)
    return found


def store_of(request: Request) -> Store:
    """The store, opened for a `with` block, to write.

    Raises:
        StoreError: it cannot be opened, or is gone; no new one is made in its place.
    """
    path = settings(request).store
    if not path.exists():
        raise StoreError(f"{path}: there is no such store")
    return open_store(path)


@contextlib.contextmanager
def reading(request: Request) -> Iterator[Store]:
    """The store as it is at this moment, for one answer, which may take `MOST_SECONDS`; for a `with` block.

    What is written meanwhile, by a crawl for one, is not seen by half.

    Raises:
        sqlite3.OperationalError: it took longer.
    """
    end = time.monotonic() + MOST_SECONDS
    with store_of(request) as store, snapshot(store.connection):
        store.connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        yield store
