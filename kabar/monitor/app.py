"""The web application over one store. It binds to loopback, answers its own host names only, and loads nothing from
elsewhere; every page is drawn on the server and works without scripts.
"""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kabar.export import FORMATS, find, writer
from kabar.monitor import views
from kabar.monitor.words import LANGUAGES, words
from kabar.store import QueryError, open_store, parse

HOSTS = ["127.0.0.1", "localhost"]
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


class Pages:
    """The pages over one store; each request opens it anew, so a re-tagged store shows at once."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._templates = Environment(loader=PackageLoader("kabar.monitor"), autoescape=True, trim_blocks=True)

    def overview(self, request: Request) -> Response:
        """Counts, the timeline, the map, and what is in the news."""
        with open_store(self._store) as store:
            view = views.overview(store, words(_language(request))["timeline"])
        return self._page(request, "overview.html", view=view)

    def search(self, request: Request) -> Response:
        """A page of hits and facets; a query that cannot be read is told with status 400."""
        asked = request.query_params.get("q", "")
        page = max(int(number) if (number := request.query_params.get("page", "1")).isdecimal() else 1, 1)
        try:
            query = parse(asked)
        except QueryError as error:
            return self._page(request, "search.html", status=400, q=asked, error=str(error), found=None)
        with open_store(self._store) as store:
            found = store.search(query, limit=views.PAGE, offset=(page - 1) * views.PAGE)
            facets = store.facets(query)
        return self._page(
            request, "search.html", q=asked, error="", found=found, facets=facets, page=page, size=views.PAGE,
            formats=FORMATS, parts=views.snippet_parts,
        )  # fmt: skip

    def article(self, request: Request) -> Response:
        """One article, its entities marked, and why each was tagged."""
        with open_store(self._store) as store:
            article = store.get(request.path_params["id"])
            if article is None:
                return self._page(request, "missing.html", status=404)
            versions, story = store.versions(article.id), store.story(article.id)
        return self._page(
            request, "article.html", article=article, paragraphs=views.marked(article), versions=versions, story=story
        )

    def export(self, request: Request) -> Response:
        """The articles of a query, all of them, in a format."""
        try:
            form, query = find(request.path_params["format"]), parse(request.query_params.get("q", ""))
        except (KeyError, QueryError) as error:
            return self._page(request, "missing.html", status=404, reason=str(error))
        out = io.BytesIO()
        with open_store(self._store) as store:
            writer(form.name)(store.articles(query), out)
        name = f'attachment; filename="kabar{form.suffix}"'
        return Response(out.getvalue(), media_type=form.media_type, headers={"Content-Disposition": name})

    def api_search(self, request: Request) -> Response:
        """The hits of a query as JSON."""
        try:
            query = parse(request.query_params.get("q", ""))
        except QueryError as error:
            return _json({"error": str(error)}, status=400)
        with open_store(self._store) as store:
            return _json(store.search(query, limit=100))

    def api_article(self, request: Request) -> Response:
        """One tagged article as JSON."""
        with open_store(self._store) as store:
            article = store.get(request.path_params["id"])
        return _json(article) if article else _json({"error": "no such article"}, status=404)

    def _page(self, request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
        language = _language(request)
        html = self._templates.get_template(template).render(
            t=words(language), lang=language, request=request, link=views.link, **values
        )
        answer = HTMLResponse(html, status_code=status)
        if request.query_params.get("lang") == language:
            answer.set_cookie("lang", language, max_age=31_536_000, samesite="strict", httponly=True)
        return answer


def create_app(store: Path) -> Starlette:
    """The application over the store in a file, which must exist."""
    pages = Pages(store)
    return Starlette(
        routes=[
            Route("/", pages.overview),
            Route("/search", pages.search),
            Route("/article/{id}", pages.article),
            Route("/export/{format}", pages.export),
            Route("/api/search", pages.api_search),
            Route("/api/article/{id}", pages.api_article),
            Mount("/static", StaticFiles(packages=[("kabar.monitor", "static")])),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(BaseHTTPMiddleware, _guarded)],
    )


async def _guarded(request: Request, following: Callable[[Request], Awaitable[Response]]) -> Response:
    answer = await following(request)
    answer.headers.update(HEADERS)
    return answer


def _language(request: Request) -> str:
    asked = request.query_params.get("lang") or request.cookies.get("lang") or "id"
    return asked if asked in LANGUAGES else "id"


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json")
