"""What the monitor shows, as `kabar serve` was asked; every handler reads it from its request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from kabar.store import Store, open_store


@dataclass(frozen=True, slots=True)
class Settings:
    """One monitor.

    Attributes:
        store: the store's file; each request opens it anew, so a re-tagged store shows at once.
        crawl: the folder of a crawl, whose progress is shown; None for none.
        polygons: SVG paths by region code for the map, in the place of our own outlines.
    """

    store: Path
    crawl: Path | None = None
    polygons: Mapping[str, str] = field(default_factory=dict)


def settings(request: Request) -> Settings:
    """The settings of the application that a request came to."""
    found = request.app.state.settings
    assert isinstance(found, Settings)
    return found


def store_of(request: Request) -> Store:
    """The store, opened for a `with` block."""
    return open_store(settings(request).store)
