"""The turns at hosts in a crawl, kept in the frontier: they hold over restarts, and claims go by them."""

from __future__ import annotations

from scraper.crawl.frontier import Frontier
from scraper.http.robots import Robots
from scraper.http.turns import Turns

LONGEST = 60.0  # seconds that a page waits for a host, in line or while it rests; later it is tried anew


class KeptTurns(Turns):
    """The frontier claims in turn what is a host's own; what is redirected to it comes between."""

    def __init__(self, frontier: Frontier, delay: float, robots: Robots | None, at_once: int) -> None:
        """Args:
        frontier: keeps until when each host is left alone, and its delay.
        delay: seconds between two requests to one host.
        robots: the rules that were read; None if they are ignored.
        at_once: requests that one host may be asked at once.
        """
        super().__init__(delay, robots, at_once=at_once, longest_rest=LONGEST, longest_line=LONGEST)
        self._frontier = frontier
        self._delayed: set[str] = set()
        self._met: set[str] = set()

    def _keep(self, host: str, seconds: float, delay: float) -> None:
        if delay:
            self._delayed.add(host)
            self._frontier.set_host(host, delay=delay, rest=seconds)
        elif host not in self._met or host in self._delayed:  # an earlier run may have left a delay
            self._delayed.discard(host)
            self._frontier.set_host(host, delay=0.0)
        self._met.add(host)

    def _told_rest(self, host: str) -> float:
        return self._frontier.rest(host)
