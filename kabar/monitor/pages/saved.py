"""Searches kept under names, and the alerts that are set on them: the page, and what is done with searches."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import get_args

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kabar.alerts.showing import shown_target
from kabar.monitor.catalog import told
from kabar.monitor.links import saved_link
from kabar.monitor.rendering import language_of, render
from kabar.monitor.saying import refusal
from kabar.monitor.security import checked_form, csrf_token
from kabar.monitor.settings import reading, store_of
from kabar.store import QueryError, SavedSearch, Store, StoreError, parse
from kabar.store.faults import is_interrupt
from kabar.store.outbox import Alert, Channel

LONGEST_REST = timedelta(days=1)
"""Between two looks of `kabar alert run`, after which the page says that nobody looks."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says above its tables.

    Attributes:
        error: what could not be done, and why.
        note: what was done.
    """

    error: str | Markup = ""
    note: str | Markup = ""


def saved(request: Request) -> Response:
    """All saved searches and alerts; `?search=` offers to set an alert on one."""
    return page(request)


async def save(request: Request) -> Response:
    """Keeps a search."""
    fields = await checked_form(request)
    return await run_in_threadpool(_save, request, fields)


async def delete(request: Request) -> Response:
    """Drops a saved search."""
    fields = await checked_form(request)
    return await run_in_threadpool(_delete, request, fields.get("name", ""))


def _save(request: Request, fields: Mapping[str, str]) -> Response:
    try:
        with store_of(request) as store:
            kept = store.save_search(fields.get("name", ""), fields.get("query", ""))
    except QueryError as error:
        return page(request, Told(error=refusal(error, language_of(request))), fields, status=400)
    except StoreError as error:
        return page(request, Told(error=told(str(error), language_of(request))), fields, status=400)
    return RedirectResponse(saved_link(kept.name), 303)


def _delete(request: Request, name: str) -> Response:
    try:
        with store_of(request) as store:
            store.forget_search(name)
    except StoreError as error:
        return page(request, Told(error=told(str(error), language_of(request))), status=400)
    return RedirectResponse("/saved", 303)


def page(
    request: Request, said: Told | None = None, fields: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """The page.

    Args:
        request: that it answers.
        said: what came of what was asked.
        fields: of a form that was refused, to be filled in again.
        status: of the answer.
    """
    with reading(request) as store:
        alerts = store.outbox().alerts()
        watched = {alert.search for alert in alerts}
        found = [(one, one.name in watched) for one in store.saved_searches()]
        totals = {one.name: _total(store, one) for one, _ in found}
    return render(
        request, "saved.html", status=status, found=found, totals=totals, alerts=alerts, target=shown_target,
        unlooked=_unlooked(alerts), said=said or Told(), fields=fields or {}, channels=get_args(Channel),
        chosen=(fields or request.query_params).get("search", ""), csrf=csrf_token(request),
    )  # fmt: skip


def _unlooked(alerts: list[Alert]) -> bool:
    """Whether an alert waits for `kabar alert run`, which does not seem to be running."""
    now = datetime.now(UTC)
    earliest, latest = ((now + rest).isoformat(timespec="seconds") for rest in (-LONGEST_REST, LONGEST_REST))
    looked = max((alert.looked or "" for alert in alerts), default="")  # a run looks after all of them; one may be new
    return not earliest <= looked <= latest and any(alert.paused is None for alert in alerts)


def _total(store: Store, one: SavedSearch) -> int | None:
    """Articles that a saved search finds; None for one that is no longer read, or takes too long."""
    try:
        return store.search(parse(one.query), limit=0).total
    except QueryError:
        return None
    except sqlite3.OperationalError as error:
        if is_interrupt(error):
            return None
        raise


ROUTES: list[BaseRoute] = [
    Route("/saved", saved, methods=["GET"]),
    Route("/saved", save, methods=["POST"]),
    Route("/saved/delete", delete, methods=["POST"]),
]
