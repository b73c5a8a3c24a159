"""From the errors of the transports to one lower-case reason that tells a person what went wrong."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator

import httpx

from scraper.errors import DeadlineExceeded, FetchError, NetworkError
from scraper.http.limits import Limits

_BROKEN_OFF = re.compile("closed|disconnected", re.IGNORECASE)


def explain(error: httpx.HTTPError | httpx.InvalidURL | ValueError, url: str, limits: Limits) -> FetchError:
    """Tells why a request failed, from the innermost cause that says something."""
    for cause in _causes(error):
        reason = _of_cause(cause)
        if reason is not None:
            return NetworkError(reason, url)
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return NetworkError(f"no connection within {limits.connect:g} s", url)
    if isinstance(error, httpx.TimeoutException):
        return DeadlineExceeded(f"the server was silent for {limits.read:g} s", url)
    if isinstance(error, ValueError) or (isinstance(error, httpx.ProtocolError) and not _BROKEN_OFF.search(str(error))):
        return NetworkError(f"the answer is not valid HTTP ({_one_line(error)})", url)
    if isinstance(error, httpx.ConnectError):
        return NetworkError(f"no connection could be made ({_one_line(error)})", url)
    return NetworkError(f"the answer broke off ({_one_line(error)})", url)


def _of_cause(cause: BaseException) -> str | None:
    match cause:
        case socket.gaierror():
            return "the name does not resolve"
        case ConnectionRefusedError():
            return "the connection was refused"
        case ssl.SSLCertVerificationError():
            return f"the TLS certificate does not hold ({cause.verify_message.rstrip('.')})"
        case ssl.SSLError() if not isinstance(cause, ssl.SSLWantReadError):  # it wanted more, and its time was over
            return f"no TLS connection could be made ({(cause.reason or 'failed').lower().replace('_', ' ')})"
        case ConnectionResetError() | BrokenPipeError() if cause.errno is not None:
            return "the connection was reset"
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error's causes, innermost first, and the error itself last."""
    chain: list[BaseException] = []
    seen: BaseException | None = error
    while seen is not None and len(chain) < 20:
        chain.append(seen)
        seen = seen.__cause__ or seen.__context__
    return reversed(chain)


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 120 else text[:119] + "…"
