"""Alerts: set, tested, paused and removed from the page of saved searches.

A target is checked as the command checks it, and an address by the guard that tests go by. Keys, tokens and passwords
stay in the environment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast, get_args

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kabar.alerts.errors import SettingsError, Undelivered
from kabar.monitor.catalog import told
from kabar.monitor.pages.saved import Told, page
from kabar.monitor.rendering import language_of, missing
from kabar.monitor.security import checked_form
from kabar.monitor.settings import settings, store_of
from kabar.monitor.words import words
from kabar.store import StoreError
from kabar.store.outbox import Alert, Channel, Outbox

HOURS = range(1, 8_759)
"""For which a site may be asked to be silent."""
LONGEST_TARGET = 2_000

Change = Callable[[Outbox, int], bool]


def _form(handled: Callable[[Request, Mapping[str, str]], Response]) -> Callable[..., object]:
    """A handler of the fields of a form that one of our own pages sent."""

    async def handler(request: Request) -> Response:
        fields = await checked_form(request)
        return await run_in_threadpool(handled, request, fields)

    return handler


def make(request: Request, fields: Mapping[str, str]) -> Response:
    """Sets an alert on a saved search, or on sites that fall silent where none is named."""
    t, language = words(language_of(request)), language_of(request)
    channel, target = fields.get("channel", ""), fields.get("target", "").strip()
    search, hours = fields.get("search") or None, _number(fields.get("hours", ""))
    if channel not in get_args(Channel) or not 0 < len(target) <= LONGEST_TARGET:
        return page(request, Told(error=t["no_target"]), fields, status=400)
    if search is None and hours not in HOURS:
        return page(request, Told(error=t["no_hours"]), fields, status=400)
    silent = None if search is not None else hours * 3600
    try:
        unready = _unready(request, cast("Channel", channel), target)
        with store_of(request) as store:
            alert = store.outbox().add(
                cast("Channel", channel), target, search=search, silent=silent, once="once" in fields
            )
    except (Undelivered, StoreError) as error:
        return page(request, Told(error=told(str(error), language)), fields, status=400)
    if unready is None:
        return RedirectResponse(f"/saved#alert-{alert.number}", 303)
    return page(request, Told(note=t["alert_unready"], error=told(unready, language)))


def test(request: Request, fields: Mapping[str, str]) -> Response:
    """Sends a message that says that it is a test."""
    from kabar.alerts.running import deliver, sample

    alert, language = _alert(request, fields), language_of(request)
    if alert is None:
        return missing(request)
    asked = settings(request)
    try:
        deliver(alert, sample(alert), asked.sending, asked.guard)
    except (Undelivered, SettingsError) as error:
        return page(request, Told(error=told(str(error), language)), status=400)
    return page(request, Told(note=words(language)["alert_tested"].format(alert.number)))


def change(how: Change, request: Request, fields: Mapping[str, str]) -> Response:
    """Pauses, resumes or removes an alert."""
    number = _number(fields.get("number", ""))
    try:
        with store_of(request) as store:
            known = how(store.outbox(), number)
    except StoreError as error:
        return page(request, Told(error=told(str(error), language_of(request))), status=400)
    return RedirectResponse("/saved", 303) if known else missing(request)


def _unready(request: Request, channel: Channel, target: str) -> str | None:
    """What a channel lacks yet. Raises Undelivered for a target that can be none."""
    from kabar.alerts.running import check

    asked = settings(request)
    try:
        check(channel, target, asked.sending, asked.guard)
    except SettingsError as error:
        return str(error)
    return None


def _alert(request: Request, fields: Mapping[str, str]) -> Alert | None:
    number = _number(fields.get("number", ""))
    with store_of(request) as store:
        return next((alert for alert in store.outbox().alerts() if alert.number == number), None)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else 0


ROUTES: list[BaseRoute] = [
    Route("/alerts", _form(make), methods=["POST"]),
    Route("/alerts/test", _form(test), methods=["POST"]),
    *(
        Route(f"/alerts/{name}", _form(partial(change, how)), methods=["POST"])
        for name, how in (("pause", Outbox.pause), ("resume", Outbox.resume), ("delete", Outbox.remove))
    ),
]
