"""Search, whose address is its state, and the export of what it found."""

from __future__ import annotations

import io

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.export import FORMATS, find, writer
from kabar.monitor import views
from kabar.monitor.rendering import missing, render
from kabar.monitor.settings import store_of
from kabar.store import QueryError, parse


def search(request: Request) -> Response:
    """A page of hits and facets; a query that cannot be read is told with status 400."""
    asked = request.query_params.get("q", "")
    page = max(int(number) if (number := request.query_params.get("page", "1")).isdecimal() else 1, 1)
    try:
        query = parse(asked)
    except QueryError as error:
        return render(request, "search.html", status=400, q=asked, error=str(error), found=None)
    with store_of(request) as store:
        found = store.search(query, limit=views.PAGE, offset=(page - 1) * views.PAGE)
        facets = store.facets(query)
    return render(
        request, "search.html", q=asked, error="", found=found, facets=facets, page=page, size=views.PAGE,
        formats=FORMATS, parts=views.snippet_parts,
    )  # fmt: skip


def export(request: Request) -> Response:
    """The articles of a query, all of them, in a format."""
    try:
        form, query = find(request.path_params["format"]), parse(request.query_params.get("q", ""))
    except (KeyError, QueryError) as error:
        return missing(request, str(error))
    out = io.BytesIO()
    with store_of(request) as store:
        writer(form.name)(store.articles(query), out)
    name = f'attachment; filename="kabar{form.suffix}"'
    return Response(out.getvalue(), media_type=form.media_type, headers={"Content-Disposition": name})


ROUTES: list[BaseRoute] = [Route("/search", search), Route("/export/{format}", export)]
