"""One article: its entities marked, why each was tagged, its versions, and the copies of its story."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor import views
from kabar.monitor.rendering import missing, render
from kabar.monitor.settings import store_of


def article(request: Request) -> Response:
    """One article."""
    with store_of(request) as store:
        found = store.get(request.path_params["id"])
        if found is None:
            return missing(request)
        versions, story = store.versions(found.id), store.story(found.id)
    return render(
        request, "article.html", article=found, paragraphs=views.marked(found), versions=versions, story=story
    )


ROUTES: list[BaseRoute] = [Route("/article/{id}", article)]
