"""One POST over the guarded transport: the address is checked when it is dialled, nothing is followed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from kabar.alerts.errors import Undelivered
from scraper.errors import FetchError
from scraper.http.body import read_start
from scraper.http.client import user_agent
from scraper.http.explain import explain
from scraper.http.guard import Guard, parse_target
from scraper.http.limits import Limits
from scraper.http.politeness import retry_after
from scraper.http.via_httpcore import HttpcoreTransport

LIMITS = Limits(total=30, connect=10, read=20)
ANSWER_BYTES = 16 * 2**10
GONE = frozenset({400, 401, 403, 404, 405, 410, 413})
"""Answers that another try will not change."""
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)
"""Errors before the first byte of a request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said; `body` is its beginning."""

    status: int
    wait: float | None
    body: bytes


def post(url: str, headers: Mapping[str, str], body: bytes, guard: Guard, limits: Limits = LIMITS) -> Answer:
    """Posts JSON.

    Raises:
        Undelivered: the address is none, is refused, or does not answer; the reason does not name it, as it may be
            secret.
    """
    try:
        return asyncio.run(_post(url, headers, body, guard, limits))
    except TimeoutError:
        raise Undelivered(f"no answer within {limits.total:g} s", unsure=True) from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Undelivered(explain(error, "", limits).reason, unsure=not isinstance(error, NEVER_SENT)) from None
    except FetchError as error:
        raise Undelivered(error.reason) from None


def judge(answer: Answer) -> None:
    """Raises Undelivered unless the receiver took it (a status of 200 to 299)."""
    if not 200 <= answer.status < 300:
        told = " ".join(answer.body[:200].decode("utf-8", "replace").split())
        reason = f"the receiver answers with status {answer.status}" + (f" ({told})" if told else "")
        raise Undelivered(reason, retry_after=answer.wait, final=answer.status in GONE)


async def _post(url: str, headers: Mapping[str, str], body: bytes, guard: Guard, limits: Limits) -> Answer:
    target = parse_target(url)
    guard.check_literal(target.host)
    own = {"User-Agent": user_agent(), "Content-Type": "application/json", "Accept-Encoding": "identity", **headers}
    if target.authorization is not None:
        own["Authorization"] = target.authorization
    timeout = httpx.Timeout(limits.read, connect=limits.connect, pool=None).as_dict()
    request = httpx.Request("POST", target.url, headers=own, content=body, extensions={"timeout": timeout})
    transport = HttpcoreTransport(guard, connections=1)
    try:
        async with asyncio.timeout(limits.total):
            response = await transport.handle_async_request(request)
            try:
                _, start = await read_start(response, limits, ANSWER_BYTES)
            finally:
                await response.aclose()
            wait = retry_after(response.headers.get("retry-after"), response.headers.get("date"))
            return Answer(response.status_code, wait, start)
    finally:
        await transport.aclose()
