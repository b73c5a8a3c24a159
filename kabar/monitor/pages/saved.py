"""Searches kept under names, and the alerts that are set on them."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.rendering import language_of, render
from kabar.monitor.saying import refusal
from kabar.monitor.security import checked_form, csrf_token
from kabar.monitor.settings import store_of
from kabar.store import QueryError, SavedSearch, Store, StoreError, parse


def saved(request: Request) -> Response:
    """All saved searches."""
    return _page(request)


async def save(request: Request) -> Response:
    """Keeps a search."""
    fields = await checked_form(request)
    return await run_in_threadpool(_save, request, fields.get("name", ""), fields.get("query", ""))


async def delete(request: Request) -> Response:
    """Drops a saved search."""
    fields = await checked_form(request)
    return await run_in_threadpool(_delete, request, fields.get("name", ""))


def _save(request: Request, name: str, query: str) -> Response:
    try:
        with store_of(request) as store:
            store.save_search(name, query)
    except QueryError as error:
        told = refusal(error, language_of(request))
        return _page(request, error=told, name=name, query=query, status=400)
    except StoreError as error:
        return _page(request, error=str(error), name=name, query=query, status=400)
    return RedirectResponse("/saved", 303)


def _delete(request: Request, name: str) -> Response:
    try:
        with store_of(request) as store:
            store.forget_search(name)
    except StoreError as error:
        return _page(request, error=str(error), status=400)
    return RedirectResponse("/saved", 303)


def _page(request: Request, *, error: str = "", name: str = "", query: str = "", status: int = 200) -> Response:
    with store_of(request) as store:
        channels = _channels(store)
        found = [(one, _total(store, one), channels.get(one.name, [])) for one in store.saved_searches()]
    return render(
        request, "saved.html", status=status, found=found, error=error, name=name, query=query,
        csrf=csrf_token(request),
    )  # fmt: skip


def _channels(store: Store) -> dict[str, list[str]]:
    """Channels of the alerts of each saved search."""
    out: dict[str, list[str]] = {}
    for search, channel in store.connection.execute("SELECT search, channel FROM alerts WHERE search IS NOT NULL"):
        out.setdefault(search, []).append(channel)
    return out


def _total(store: Store, one: SavedSearch) -> int | None:
    """Articles that a saved search finds; None for one that is no longer read."""
    try:
        return store.search(parse(one.query), limit=0).total
    except QueryError:
        return None


ROUTES: list[BaseRoute] = [
    Route("/saved", saved, methods=["GET"]),
    Route("/saved", save, methods=["POST"]),
    Route("/saved/delete", delete, methods=["POST"]),
]
