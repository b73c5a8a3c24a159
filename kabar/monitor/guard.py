"""What stands before every handler: host names, sizes, the token, and the headers of every answer."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kabar.monitor.failures import PROGRAMS, failure
from kabar.monitor.security import (
    DAYS_SIGNED_IN,
    HEADERS,
    KEPT,
    SESSION,
    Access,
    Session,
    access_of,
    cookie_name,
    sealed,
    trusted,
    unsealed,
)

MOST_QUERY_BYTES = 8 * 1024
MOST_HEADER_BYTES = 16 * 1024
OPEN = ("/login", "/static/")
"""What is shown without a token."""
_HOST = re.compile(r"(?P<name>[\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?", re.ASCII)


def guards() -> list[Middleware]:
    """The middleware of the application, which has an `Access` in `app.state.access`."""
    return [Middleware(Guard)]


class Guard:
    """ASGI middleware; it answers itself where a request must not reach a handler."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or refuses it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        access = access_of(request)
        answer: ASGIApp = _too_large(request) or _wrong_host(request, access) or self.app
        if answer is self.app:
            cookie = request.cookies.get(cookie_name(request), "")
            scope[SESSION] = unsealed(access, cookie) or Session.new()
            answer = _locked(request) or self.app

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope.get(KEPT):
                    headers.append("Set-Cookie", _cookie(request, access))
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await answer(scope, receive, sending)


def sign_in(request: Request) -> None:
    """Gives the browser a new session, which may read."""
    request.scope.update({SESSION: Session.new(signed_in=True), KEPT: True})


def _too_large(request: Request) -> Response | None:
    if len(request.scope["query_string"]) > MOST_QUERY_BYTES:
        return _refused(request, 414, f"the query of an address has at most {MOST_QUERY_BYTES} bytes")
    if sum(len(name) + len(value) for name, value in request.scope["headers"]) > MOST_HEADER_BYTES:
        return _refused(request, 431, f"headers have at most {MOST_HEADER_BYTES} bytes")
    return None


def _wrong_host(request: Request, access: Access) -> Response | None:
    host = _without_port(request.headers.get("host", "")).lower()
    if host in access.hosts or (access.any_address and _is_address(host)):
        return None
    return _refused(request, 421, "the Host header names another machine; kabar serve --name adds a name")


def _refused(request: Request, status: int, detail: str) -> Response:
    """An answer that tells nothing of a query that is not even read."""
    return failure(Request({**request.scope, "query_string": b""}), status, detail)


def _without_port(host: str) -> str:
    """The name in a Host header, "" for what is none.

    >>> _without_port("localhost:8765"), _without_port("[::1]:8765"), _without_port("[::1].evil.example")
    ('localhost', '[::1]', '')
    """
    found = _HOST.fullmatch(host)
    return found["name"] if found else ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _locked(request: Request) -> Response | None:
    path = request.url.path
    if trusted(request) or path.startswith(OPEN):
        return None
    if path.startswith(PROGRAMS) or request.method not in ("GET", "HEAD"):
        challenge = {"WWW-Authenticate": 'Bearer realm="kabar"'}
        return failure(request, 401, "this monitor asks for its token: Authorization: Bearer TOKEN", challenge)
    there = path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(there, safe='')}", 303)


def _cookie(request: Request, access: Access) -> str:
    parts = [
        f"{cookie_name(request)}={sealed(access, request.scope[SESSION])}",
        f"Max-Age={DAYS_SIGNED_IN * 86_400}; Path=/; HttpOnly; SameSite=Strict",
        *["Secure"] * (request.url.scheme == "https"),
    ]
    return "; ".join(parts)
