"""What a reader is told when something goes wrong: programs as problem+json (RFC 9457), people as a page."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kabar.monitor.api_model import Problem
from kabar.monitor.rendering import language_of, render
from kabar.monitor.security import HEADERS
from kabar.store import StoreError
from kabar.store.errors import DamagedStore
from kabar.store.faults import WAY_OUT, is_damage, is_hindrance, is_interrupt

_UNREAD = "the store cannot be read now: {}"
PROGRAMS = ("/api/", "/export/", "/feed.", "/stream", "/metrics")
"""What programs read: they get problem+json, and are not taken to a page where the token is missing."""


def failure(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """An answer that tells what went wrong, in the form and the language that its reader takes."""
    phrase = HTTPStatus(status).phrase
    if request.url.path.startswith(PROGRAMS):
        body = msgspec.json.encode(Problem(title=phrase, status=status, detail=detail))
        return Response(body, status, headers, media_type="application/problem+json")
    title, way_out = _told().get(str(status), {}).get(language_of(request), (phrase, ""))
    more = detail if detail != phrase else ""
    answer = render(request, "failure.html", status=status, title=title, way_out=way_out, detail=more)
    answer.headers.update(headers or {})
    return answer


@cache
def _told() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """By status and language: what happened, and the way out."""
    return tomllib.loads(files("kabar.monitor").joinpath("failures.toml").read_text("utf-8"))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    allowed = (error.headers or {}).get("Allow")
    detail = f"this address takes {allowed} alone" if allowed else error.detail
    return failure(request, error.status_code, detail, error.headers)


def _unreadable(request: Request, error: Exception) -> Response:
    return failure(request, 503, str(error), {"Retry-After": "10"})


def _damaged(request: Request, error: Exception) -> Response:
    return failure(request, 500, str(error))


def _unread(request: Request, error: Exception) -> Response:
    assert isinstance(error, sqlite3.Error)
    if is_damage(error):
        return failure(request, 500, f"the store is damaged ({error}); {WAY_OUT}")
    if not is_hindrance(error):
        raise error
    detail = "this takes too long; narrow the search" if is_interrupt(error) else _UNREAD.format(error)
    return failure(request, 503, detail, {"Retry-After": "10"})


def _fault(request: Request, _: Exception) -> Response:
    """The answer to what this program did wrong; the server logs where. No middleware stands before it."""
    return failure(request, 500, HTTPStatus.INTERNAL_SERVER_ERROR.phrase, HEADERS)


HANDLERS: Mapping[Any, Callable[[Request, Exception], Response]] = {
    HTTPException: _refused,
    StoreError: _unreadable,
    DamagedStore: _damaged,
    sqlite3.DatabaseError: _unread,
    Exception: _fault,
}
