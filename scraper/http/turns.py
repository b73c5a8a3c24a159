"""Whose turn it is at a host, and how long that is left alone after what it answered.

A page is at one host at a time: at its own, then at those that it is redirected to. At each it waits for its turn like
whatever else is asked there, and what it meets counts for the host that it met it at:

    async with turns.visit(origin) as visit:
        fetched = await client.fetch(url, arrive=visit.arrive)
    turns.answered(fetched)
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from math import inf
from types import TracebackType

from scraper.errors import HostBusy, InLine
from scraper.http.exchange import Fetched
from scraper.http.guard import Target
from scraper.http.politeness import HostPace
from scraper.http.robots import Robots


@dataclass(slots=True)
class _Place:
    """One host.

    Attributes:
        slots: requests that it may be asked at once.
        pace: how fast it is asked.
        free_at: seconds, on the steady clock, before which nothing more is asked of it.
        rests_until: the same after trouble; no answer that was under way already makes it sooner.
    """

    slots: asyncio.Semaphore
    pace: HostPace
    free_at: float = -inf
    rests_until: float = -inf


class Turns:
    """The turns at all hosts; of one event loop."""

    def __init__(
        self,
        delay: float,
        robots: Robots | None,
        *,
        at_once: int = 1,
        longest_rest: float = 60.0,
        longest_line: float | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Args:
        delay: seconds between two requests to one host.
        robots: the rules that were read, which may ask for longer delays; None if they are ignored.
        at_once: requests that one host may be asked at once.
        longest_rest: seconds for which a host is waited for; one that needs longer is busy.
        longest_line: seconds that a page stands in line at a host at most; None for no end.
        steady: seconds that never jump.
        """
        self._delay, self._robots, self._at_once = delay, robots, at_once
        self._longest_rest, self._longest_line = longest_rest, longest_line
        self._steady = steady
        self._places: dict[str, _Place] = {}

    def visit(self, origin: str) -> Visit:
        """A page on its way, to be entered when it is to be asked for at `origin` (`https://example.org`)."""
        return Visit(self, origin)

    def delay(self, host: str) -> float:
        """Seconds between two requests to a host."""
        return self._place(host).pace.delay

    def answered(self, fetched: Fetched) -> None:
        """Sets the pace of each host on a page's way: by its time, and by the delay that its robots.txt asks for."""
        for origin, exchanges in groupby(fetched.exchanges, lambda exchange: _origin(exchange.url)):
            host = _host(origin)
            place = self._place(host)
            place.pace = place.pace.answered(sum(exchange.seconds for exchange in exchanges), self._asked(origin))
            self._put_off(host, place)

    def _asked(self, origin: str) -> float:
        rules = self._robots.known(origin) if self._robots is not None else None
        return (rules.delay or 0.0) if rules is not None else 0.0

    def troubled(self, host: str, rest: float) -> float:
        """Leaves a host in trouble alone for so many seconds at least, longer with each failure; gives how long."""
        place = self._place(host)
        place.pace = place.pace.troubled()
        rest = max(rest, place.pace.rest())
        place.rests_until = max(place.rests_until, self._steady() + rest)
        self._put_off(host, place)
        return rest

    def _place(self, host: str) -> _Place:
        place = self._places.get(host)
        if place is None:
            place = self._places[host] = _Place(asyncio.Semaphore(self._at_once), HostPace(self._delay))
        return place

    def _put_off(self, host: str, place: _Place) -> None:
        now = self._steady()
        place.free_at = max(now + place.pace.delay, place.rests_until)
        self._keep(host, place.free_at - now, place.pace.delay)

    def _keep(self, host: str, seconds: float, delay: float) -> None:
        """Hears for how long a host is left alone, and the delay between two requests; for those who keep it."""

    def _told_rest(self, host: str) -> float:  # noqa: ARG002 - for those who keep it
        """Seconds for which a host is still to be left alone by what was kept."""
        return 0.0

    async def take(self, host: str, *, redirected: bool) -> None:
        """Waits for a turn at a host.

        Args:
            host: authority.
            redirected: whether nobody else has seen to it that it is the host's turn.

        Raises:
            HostBusy: it would take too long.
        """
        place = self._place(host)
        if place.slots.locked():
            await self._stand_in_line(place)
        else:
            await place.slots.acquire()
        try:
            wait = self._left(host, place.free_at)
            if redirected:
                wait = self._left(host, self._steady() + max(wait, self._told_rest(host)))
                if place.pace.delay:
                    self._keep(host, max(wait, 0.0) + place.pace.delay, place.pace.delay)
            while wait > 0:
                await asyncio.sleep(wait)
                wait = self._left(host, place.free_at)  # later, if another request met trouble meanwhile
        except BaseException:
            place.slots.release()
            raise

    def _left(self, host: str, until: float) -> float:
        """Seconds until a moment on the steady clock. Raises HostBusy if they are too many to be waited for."""
        wait = until - self._steady()
        if wait > self._longest_rest:
            raise HostBusy(f"the host is busy, and to be left alone for {wait:.0f} s more", host, wait)
        return wait

    async def _stand_in_line(self, place: _Place) -> None:
        try:
            async with asyncio.timeout(self._longest_line):
                await place.slots.acquire()
        except TimeoutError:
            wait = self._longest_line or 0.0
            raise InLine("others have been standing in line at the host for too long", None, wait) from None

    def leave(self, origin: str) -> None:
        """Ends a turn, however it went; the next one comes after the delay that the host asks for."""
        host = _host(origin)
        place = self._place(host)
        place.pace = replace(place.pace, asked=self._asked(origin))
        if place.pace.delay:
            self._put_off(host, place)
        place.slots.release()


class Visit:
    """One page on its way over hosts."""

    def __init__(self, turns: Turns, origin: str) -> None:
        self._turns, self._origin = turns, origin
        self._inside = False

    @property
    def host(self) -> str:
        """Authority at which it is, or was last."""
        return _host(self._origin)

    async def __aenter__(self) -> Visit:
        await self._enter(redirected=False)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    async def arrive(self, target: Target) -> None:
        """Goes to where a redirect leads; at another host it waits for its turn. For `Client.fetch`.

        Raises:
            HostBusy: that would take too long.
        """
        stays = target.authority == self.host
        if not stays:
            self._leave()
        self._origin = target.origin
        if not stays:
            await self._enter(redirected=True)

    async def _enter(self, *, redirected: bool) -> None:
        await self._turns.take(self.host, redirected=redirected)
        self._inside = True

    def _leave(self) -> None:
        if self._inside:
            self._inside = False
            self._turns.leave(self._origin)


def _host(origin: str) -> str:
    return origin.partition("://")[2]


def _origin(url: str) -> str:
    """Scheme and authority of an address as it was asked."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
