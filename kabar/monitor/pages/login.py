"""Where a monitor that asks for a token takes it."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.guard import sign_in
from kabar.monitor.rendering import by_htmx, render
from kabar.monitor.security import access_of, checked_form, csrf_token

WRONG_SECONDS = 1.0
"""How long a wrong token is thought about."""


def ask(request: Request) -> Response:
    """The page that asks for the token; `?next=` is where it leads."""
    there = _local(request.query_params.get("next", "/"))
    if by_htmx(request):  # the page that is open shall ask, not a part of it
        return Response(headers={"HX-Refresh": "true"})
    if access_of(request).token is None:
        return RedirectResponse(there, status_code=303)
    return render(request, "login.html", there=there, wrong=False, csrf=csrf_token(request))


async def take(request: Request) -> Response:
    """Lets a browser in that shows the token."""
    fields = await checked_form(request)
    there = _local(fields.get("next", "/"))
    if not access_of(request).opens(fields.get("token", "").strip()):
        await asyncio.sleep(WRONG_SECONDS)
        return render(request, "login.html", status=403, there=there, wrong=True, csrf=csrf_token(request))
    sign_in(request)
    return RedirectResponse(there, status_code=303)


def _local(address: str) -> str:
    """The address if it is one of ours, else that of the first page.

    >>> _local("/search?q=banjir"), _local("//evil.example"), _local("https://evil.example")
    ('/search?q=banjir', '/', '/')
    """
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if ours else "/"


ROUTES: list[BaseRoute] = [Route("/login", ask), Route("/login", take, methods=["POST"])]
