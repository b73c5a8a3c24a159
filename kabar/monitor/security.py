"""Who may read, and forms that only our own pages can send.

A form that changes something carries a token, and its handler reads it with `checked_form`:

    <form method="post" action="/saved"><input type="hidden" name="csrf" value="{{ csrf }}"> ... </form>

    def page(request: Request) -> Response:
        return render(request, "saved.html", csrf=csrf_token(request))

    async def save(request: Request) -> Response:
        fields = await checked_form(request)
        await run_in_threadpool(keep, fields["name"], fields["query"])
        return RedirectResponse("/saved", status_code=303)

The token is bound to a session, which stands in a sealed cookie that no script and no other site can send (HttpOnly,
SameSite=Strict). Beside it, what a browser tells of the origin of a request (`Origin`, `Sec-Fetch-Site`) must be us.
After OWASP's Cross-Site Request Forgery Prevention Cheat Sheet, "signed double submit".
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request

LEAST_TOKEN = 16
"""Characters of the shortest token that is taken."""
DAYS_SIGNED_IN = 30
MOST_FORM_BYTES = 64 * 1024
MOST_FIELDS = 100
FORM_SECONDS = 15.0
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
FORM = "application/x-www-form-urlencoded"
SESSION, KEPT = "kabar.session", "kabar.session.kept"  # where a request's scope holds them
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer, which makes browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read the monitor.

    Attributes:
        hosts: names that it answers to; a page elsewhere whose name is made to resolve to us (DNS rebinding) has
            another.
        any_address: whether it also answers to a bare IP address, which cannot be rebound; for one that is exposed.
        token: what a reader must show; None where being on this machine is enough.
        key: seals the sessions. One made from the token holds over restarts, and ends with the token.
    """

    hosts: frozenset[str] = LOOPBACK
    any_address: bool = False
    token: str | None = field(default=None, repr=False)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @classmethod
    def with_token(cls, token: str, names: frozenset[str] = frozenset()) -> Access:
        """Access for those who know a token, by an IP address or by one of some host names.

        Raises:
            ValueError: the token is too short to be safe, or cannot be typed.
        """
        if len(token) < LEAST_TOKEN or not (token.isascii() and token.isprintable()):
            raise ValueError(f"a token has at least {LEAST_TOKEN} printable ASCII characters")
        key = hmac.digest(token.encode(), b"kabar session", "sha256")
        return cls(LOOPBACK | {name.lower() for name in names}, any_address=True, token=token, key=key)

    def opens(self, shown: str) -> bool:
        """Whether this is the token; takes the same time for every wrong one."""
        return self.token is not None and hmac.compare_digest(shown.encode(), self.token.encode())


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that came before; `signed_in` if it showed the token."""

    name: str
    expires: int
    signed_in: bool = False

    @classmethod
    def new(cls, *, signed_in: bool = False) -> Session:
        """One that nobody can guess."""
        return cls(secrets.token_urlsafe(18), int(time.time()) + DAYS_SIGNED_IN * 86_400, signed_in)


def sealed(access: Access, session: Session) -> str:
    """A session as a cookie's value."""
    open_part = f"{session.name}.{session.expires}.{int(session.signed_in)}"
    return f"{open_part}.{_mac(access, 'session', open_part)}"


def unsealed(access: Access, cookie: str) -> Session | None:
    """The session in a cookie's value; None where we did not seal it, or it is over."""
    open_part, _, seal = cookie.rpartition(".")
    if not hmac.compare_digest(seal.encode(), _mac(access, "session", open_part).encode()):
        return None
    name, expires, signed_in = open_part.split(".")
    session = Session(name, int(expires), signed_in == "1")
    left = session.expires - time.time()
    return session if 0 < left <= (DAYS_SIGNED_IN + 1) * 86_400 else None  # none was given for longer by a right clock


def access_of(request: Request) -> Access:
    """Who may read the application that a request came to."""
    found = request.app.state.access
    assert isinstance(found, Access)
    return found


def cookie_name(request: Request) -> str:
    """The name of the session's cookie: one a port, as cookies do not tell the ports of a machine apart."""
    server = request.scope.get("server")
    return f"kabar_{server[1]}" if server else "kabar"


def trusted(request: Request) -> bool:
    """Whether a request may read: no token is asked for, the browser signed in, or the request shows the token.

    A program shows it as `Authorization: Bearer TOKEN`; a feed reader that cannot, as the password of Basic.
    """
    access = access_of(request)
    if access.token is None or request.scope[SESSION].signed_in:
        return True
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            shown = base64.b64decode(shown, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    return scheme.lower() in ("bearer", "basic") and access.opens(shown.strip())


def csrf_token(request: Request) -> str:
    """The token for the forms of this page, to be sent as the field `csrf`; the browser then gets a session."""
    request.scope[KEPT] = True
    return _mac(access_of(request), "form", request.scope[SESSION].name)


async def checked_form(request: Request) -> dict[str, str]:
    """The fields of a form that one of our own pages sent; of a field that comes twice, the last.

    Raises:
        HTTPException: 403 for a form that may come from elsewhere, 408 for one that takes too long, 413 for one too
            large, 415 for anything but a plain form, 400 for one that cannot be read.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HTTPException(415, f"a form is sent as {FORM}")
    if not _from_here(request):
        raise HTTPException(403, "this form was not sent by a page of this monitor")
    fields = _fields(await _body(request))
    expected = _mac(access_of(request), "form", request.scope[SESSION].name)
    if not hmac.compare_digest(fields.pop("csrf", "").encode(), expected.encode()):
        raise HTTPException(403, "this form is out of date: go back, load the page anew, and send it again")
    return fields


def _from_here(request: Request) -> bool:
    """Whether nothing that the browser tells speaks against one of our own pages."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()


async def _body(request: Request) -> bytes:
    body = b""
    try:
        async with asyncio.timeout(FORM_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MOST_FORM_BYTES:
                    raise HTTPException(413, f"a form has at most {MOST_FORM_BYTES} bytes")
    except TimeoutError:
        raise HTTPException(408, f"the form did not come within {FORM_SECONDS:.0f} seconds") from None
    return body


def _fields(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"))
    except ValueError:
        raise HTTPException(400, f"a form has at most {MOST_FIELDS} fields, in UTF-8") from None


def _mac(access: Access, purpose: str, text: str) -> str:
    digest = hmac.digest(access.key, f"{purpose}\0{text}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
