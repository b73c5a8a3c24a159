"""The read API in JSON: /api/v1, its OpenAPI document and its page."""

from __future__ import annotations

from functools import partial

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.api_answers import ENDPOINTS, Endpoint, NoSuchThing
from kabar.monitor.api_spec import ROOT, openapi, parameters
from kabar.monitor.freshness import fresh, not_modified, state, unchanged
from kabar.monitor.rendering import render
from kabar.monitor.settings import reading, settings
from kabar.store import QueryError


def _answered(endpoint: Endpoint, request: Request) -> Response:
    now = state(settings(request).store)
    try:
        asked = msgspec.convert({**request.query_params, **request.path_params}, endpoint.asks, strict=False)
        if unchanged(request, now):
            return not_modified(now)
        with reading(request) as store:
            body = msgspec.json.encode(endpoint.answer(store, asked))
    except (msgspec.ValidationError, QueryError) as error:
        raise HTTPException(400, str(error)) from None
    except NoSuchThing as error:
        raise HTTPException(404, str(error)) from None
    return fresh(Response(body, media_type="application/json"), now)


def document(_: Request) -> Response:
    """The OpenAPI document."""
    return Response(msgspec.json.encode(openapi()), media_type="application/json")


def page(request: Request) -> Response:
    """The API for people."""
    shown = [(endpoint, parameters(endpoint)) for endpoint in ENDPOINTS]
    return render(request, "api.html", endpoints=shown, root=ROOT)


ROUTES: list[BaseRoute] = [
    Route("/api", page),
    Route("/api/openapi.json", document),
    *(Route(ROOT + endpoint.path, partial(_answered, endpoint)) for endpoint in ENDPOINTS),
]
