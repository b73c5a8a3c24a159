"""Who may ask what: host names, headers, and forms that only our own pages can send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response

HOSTS = ["127.0.0.1", "localhost"]
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


def guards() -> list[Middleware]:
    """What stands before every handler."""
    return [Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS), Middleware(BaseHTTPMiddleware, _guarded)]


async def _guarded(request: Request, following: Callable[[Request], Awaitable[Response]]) -> Response:
    answer = await following(request)
    answer.headers.update(HEADERS)
    return answer
