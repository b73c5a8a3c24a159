"""The hosts of a frontier in memory: their counts, and the line in which they wait to be asked.

There are few hosts for many URLs, so the one writer keeps them all, and a claim looks at those at the head of the line
only. Counts are written back with each commit, in the same transaction as the URLs that they count.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator

from scraper.crawl.work import HostState

DAY = 86_400.0
NO_LIMIT = 2**31
PAST = ("last_error_at", "last_fetch_at", "last_article_at")


class Host(HostState, kw_only=True, eq=False):
    """One host in the running crawl: a row of the table `hosts`, and what is only held in memory.

    Attributes:
        id: of the row.
        spent_day: the day of `spent`, in days since 1970 (UTC).
        lined: whether it stands in the line.
    """

    id: int = 0
    spent_day: int = 0
    lined: bool = False

    def left(self, now: float) -> int:
        """Fetches left of today's budget; a large number where there is none."""
        if self.spent_day != int(now // DAY):
            self.spent, self.spent_day = 0, int(now // DAY)
        return NO_LIMIT if self.budget is None else max(0, self.budget - self.spent)

    def spend(self, count: int, now: float) -> None:
        """Counts fetches against today's budget, and starts the delay."""
        self.spent += count
        if self.delay:
            self.not_before = now + self.delay

    def move(self, rest: float, past: float) -> None:
        """Moves its moments along with a clock that was set, by so many seconds."""
        self.not_before += rest
        for name in PAST:
            moment = getattr(self, name)
            if moment is not None:
                setattr(self, name, moment + past)

    def state(self) -> HostState:
        """What others may see of it, as it is now."""
        return HostState(**{name: getattr(self, name) for name in HostState.__struct_fields__})


COLUMNS = ("id", *(name for name in Host.__struct_fields__ if name not in ("id", "leased", "lined")))
"""The columns of the table `hosts`; leases are counted in the table `urls`."""


class Line:
    """Hosts with something ready, by the moment from which they may be asked; who waited longest comes first."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Host]] = []
        self._turn = 0

    def join(self, host: Host, now: float) -> None:
        """Lines a host up, unless it stands there or has nothing ready."""
        if host.lined or not host.ready:
            return
        host.lined = True
        self._turn += 1
        heapq.heappush(self._heap, (max(host.not_before, now), self._turn, host))

    def due(self, now: float) -> Iterator[Host]:
        """Takes hosts that may be asked now out of the line, one after the other; the caller joins them again."""
        while self._heap and self._heap[0][0] <= now:
            host = heapq.heappop(self._heap)[2]
            host.lined = False
            if host.not_before > now:  # put off while it stood in line
                self.join(host, now)
            elif host.ready:
                yield host

    def next_moment(self) -> float | None:
        """When the first host in line may be asked."""
        return self._heap[0][0] if self._heap else None

    def move(self, host: Host, now: float) -> None:
        """Moves a host in the line to an earlier moment; a later one is seen when its turn comes."""
        if not host.lined:
            return
        place = next(place for place, entry in enumerate(self._heap) if entry[2] is host)
        if host.not_before < self._heap[place][0]:
            self._heap[place] = (max(host.not_before, now), self._heap[place][1], host)
            heapq.heapify(self._heap)

    def rebuild(self, hosts: Collection[Host], now: float) -> None:
        """Lines all hosts up anew, after a jump of the clock."""
        self._heap.clear()
        for host in hosts:
            host.lined = False
            self.join(host, now)
