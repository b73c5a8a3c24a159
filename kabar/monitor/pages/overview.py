"""The first page: counts, the timeline, the map, and what is in the news."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor import views
from kabar.monitor.rendering import language_of, render
from kabar.monitor.settings import store_of
from kabar.monitor.words import words


def overview(request: Request) -> Response:
    """The first page."""
    with store_of(request) as store:
        view = views.overview(store, words(language_of(request))["timeline"])
    return render(request, "overview.html", view=view)


ROUTES: list[BaseRoute] = [Route("/", overview)]
