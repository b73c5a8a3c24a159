"""The read API in JSON."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.settings import store_of
from kabar.store import QueryError, parse


def search(request: Request) -> Response:
    """The hits of a query as JSON."""
    try:
        query = parse(request.query_params.get("q", ""))
    except QueryError as error:
        return _json({"error": str(error)}, status=400)
    with store_of(request) as store:
        return _json(store.search(query, limit=100))


def article(request: Request) -> Response:
    """One tagged article as JSON."""
    with store_of(request) as store:
        found = store.get(request.path_params["id"])
    return _json(found) if found else _json({"error": "no such article"}, status=404)


ROUTES: list[BaseRoute] = [Route("/api/search", search), Route("/api/article/{id}", article)]


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json")
