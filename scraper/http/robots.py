"""robots.txt by RFC 9309: protego reads the rules, this module decides when they hold.

A file that is not there (4xx, too many redirects) allows everything; one that cannot be read (5xx, 429, network)
forbids everything for a while. Rules hold for 24 hours; only the first 500 KiB count.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import msgspec
from protego import Protego

from scraper.errors import FetchError, HTTPStatus, NetworkError, RefusedURL, RobotsDisallowed
from scraper.http.guard import Target

AGENT = "kabar"  # the product token that robots.txt files may name
FRESH = 24 * 3600.0  # seconds
RETRY = 600.0  # seconds until a file that could not be read is asked for again
RETRY_NETWORK = 60.0
MAX_BYTES = 500 * 2**10
MAX_REDIRECTS = 5
MAX_DELAY = 30.0  # seconds; a longer crawl-delay is cut to this
MAX_ORIGINS = 10_000

TERMS = re.compile(r"^\s*(content-signal|content-usage|tdm-reservation)\s*:.*$", re.IGNORECASE | re.MULTILINE)


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What one origin's robots.txt says.

    Attributes:
        parsed: the rules; None where everything is allowed or forbidden.
        failure: why the file could not be read, if so; then everything is forbidden.
        until: monotonic time until which this holds.
        delay: seconds between requests that the file asks for, capped.
        sitemaps: addresses of the sitemaps that it names.
        terms: its lines on use by machines (`Content-Signal: ai-train=no`), as they stand.
    """

    until: float
    parsed: Protego | None = None
    failure: FetchError | None = None
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


class Robots:
    """The rules of all origins met, each file fetched once a day however many ask for it."""

    def __init__(
        self,
        read: Callable[[str], Awaitable[bytes]],
        *,
        agent: str = AGENT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Args:
        read: fetches an address and gives the first `MAX_BYTES` of its body, or raises FetchError.
        agent: product token to look for in the rules.
        clock: monotonic seconds; a jump of the wall clock must not age the rules.
        """
        self._read = read
        self._agent = agent
        self._clock = clock
        self._known: OrderedDict[str, Rules] = OrderedDict()
        self._asking: dict[str, asyncio.Task[Rules]] = {}

    async def check(self, target: Target) -> None:
        """Raises RobotsDisallowed; NetworkError or RefusedURL if that is why the file could not be read."""
        rules = self._known.get(target.origin)
        if rules is None or rules.until <= self._clock():
            rules = await self._ask(target.origin)
        if rules.failure is not None:
            raise self._refusal(rules, rules.failure, target.url)
        if rules.parsed is not None and not rules.parsed.can_fetch(target.url, self._agent):
            raise RobotsDisallowed("robots.txt forbids it", target.url)

    async def rules(self, origin: str) -> Rules:
        """The rules of an origin such as `https://example.org`."""
        rules = self._known.get(origin)
        return rules if rules is not None and rules.until > self._clock() else await self._ask(origin)

    def known(self, origin: str) -> Rules | None:
        """The rules of an origin if they have been read already."""
        return self._known.get(origin)

    def _refusal(self, rules: Rules, failure: FetchError, url: str) -> FetchError:
        if isinstance(failure, NetworkError | RefusedURL):
            return type(failure)(failure.reason, url)
        wait = max(0.0, rules.until - self._clock())
        return RobotsDisallowed(f"robots.txt cannot be read, and so forbids it for now ({failure.reason})", url, wait)

    async def _ask(self, origin: str) -> Rules:
        task = self._asking.get(origin)
        if task is None:
            task = asyncio.create_task(self._fetch(origin))
            self._asking[origin] = task
            task.add_done_callback(lambda _: self._asking.pop(origin, None))
        return await asyncio.shield(task)  # one waiter's deadline is not the others'

    async def _fetch(self, origin: str) -> Rules:
        rules = await self._read_rules(origin)
        self._known[origin] = rules
        self._known.move_to_end(origin)
        if len(self._known) > MAX_ORIGINS:
            self._known.popitem(last=False)
        return rules

    async def _read_rules(self, origin: str) -> Rules:
        try:
            body = await self._read(f"{origin}/robots.txt")
        except FetchError as error:
            wait = _wait(error)
            if wait is None:
                return Rules(until=self._clock() + FRESH)
            return Rules(until=self._clock() + wait, failure=error)
        return self._parse(body)

    def _parse(self, body: bytes) -> Rules:
        text = body[:MAX_BYTES].decode("utf-8-sig", "replace")
        parsed = Protego.parse(text)
        delay = parsed.crawl_delay(self._agent)
        return Rules(
            until=self._clock() + FRESH,
            parsed=parsed,
            delay=None if delay is None else max(0.0, min(float(delay), MAX_DELAY)),
            sitemaps=tuple(parsed.sitemaps),
            terms=tuple(match.group().strip() for match in TERMS.finditer(text)),
        )


def _wait(error: FetchError) -> float | None:
    """Seconds until a file that could not be read is asked for again; None if it is as good as not there."""
    if isinstance(error, HTTPStatus):
        if error.status != 429 and error.status < 500:
            return None
        return min(max(RETRY, error.retry_after or 0.0), FRESH)
    return RETRY_NETWORK if isinstance(error, NetworkError) else RETRY
