"""The web application over one store. It binds to loopback, answers its own host names only, and loads nothing from
elsewhere; every page is drawn on the server and works without scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from kabar.monitor import api, events, feeds, measures
from kabar.monitor.events import Streams
from kabar.monitor.failures import HANDLERS
from kabar.monitor.guard import guards
from kabar.monitor.measures import Measured, Measures
from kabar.monitor.pages import (
    alerts,
    article,
    clippings,
    corrections,
    entities,
    health,
    login,
    overview,
    rankings,
    saved,
    search,
)
from kabar.monitor.security import Access
from kabar.monitor.settings import Settings
from scraper.http.guard import Guard


def create_app(
    store: Path,
    *,
    crawl: Path | None = None,
    access: Access | None = None,
    polygons: Mapping[str, str] | None = None,
    guard: Guard | None = None,
) -> Starlette:
    """The application over the store in a file, which must exist.

    Args:
        store: the file.
        crawl: folder of a crawl whose progress is shown.
        access: who may read; whoever is on this machine when left out.
        polygons: SVG paths by region code for the map (see `kabar.monitor.boundaries`); our outlines when left out.
        guard: which addresses tests of alerts may go to; public ones when left out.
    """
    app = Starlette(
        routes=[
            *overview.ROUTES,
            *search.ROUTES,
            *article.ROUTES,
            *clippings.ROUTES,
            *corrections.ROUTES,
            *entities.ROUTES,
            *rankings.ROUTES,
            *health.ROUTES,
            *saved.ROUTES,
            *alerts.ROUTES,
            *login.ROUTES,
            *api.ROUTES,
            *feeds.ROUTES,
            *events.ROUTES,
            *measures.ROUTES,
            Mount("/static", StaticFiles(packages=[("kabar.monitor", "static")])),
        ],
        middleware=[Middleware(Measured), *guards()],
        exception_handlers=HANDLERS,
    )
    app.state.settings = Settings(store, crawl, polygons or {}, guard=guard or Guard())
    app.state.access = access or Access()
    app.state.streams = Streams()
    app.state.measures = Measures(app.routes)
    return app
