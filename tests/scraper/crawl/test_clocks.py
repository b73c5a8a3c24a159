"""A wall clock that is set, at every single reading of it: nothing waits longer than told, nor comes too early."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.crawl.frontier import Frontier
from scraper.crawl.work import Done, Lease
from scraper.discover.found import Link

NOON = 1_780_000_000.0
DAY = 86_400.0
YEAR = 365 * DAY
JUMPS = {"a day back": -DAY, "a day on": DAY, "a year back": -YEAR, "a year on": YEAR, "to 1970": -NOON + 9.0}
# at last: a machine without a battery, which begins in 1970 and is told the time later
SET = [*((NOON, jump) for jump in JUMPS.values()), (9.0, NOON)]


class Clock:
    """A wall clock that is set by `jump` seconds after so many readings, and a steady one that a test moves."""

    def __init__(self, begins: float = NOON, jump: float = 0.0, after: int = 10**9) -> None:
        self.begins, self.jump, self.after = begins, jump, after
        self.steady, self.readings = 0.0, 0

    def wall(self) -> float:
        self.readings += 1
        return self.begins + self.steady + (self.jump if self.readings > self.after else 0.0)

    def open(self, folder: Path) -> Frontier:
        return Frontier(folder / "frontier.sqlite", clock=self.wall, steady=lambda: self.steady, sync=False)


def work(frontier: Frontier, clock: Clock) -> list[tuple[str, float]]:
    """A short run: what was claimed, and after how many steady seconds."""
    told: list[tuple[str, float]] = []

    def claim() -> Lease | None:
        leases = frontier.claim(1)
        told.extend((lease.url.rpartition("/")[2], clock.steady) for lease in leases)
        return leases[0] if leases else None

    frontier.add_many(Link(url=f"https://satu.example/{name}", kind="article") for name in ("busy", "late"))
    frontier.add_many([Link(url="https://dua.example/feed", kind="feed")])
    frontier.visit_within(600.0)
    for _ in range(2):
        lease = claim()
        assert lease is not None
        if lease.kind == "feed":
            frontier.complete(lease, Done(revisit_after=300.0))
        else:
            frontier.fail(lease, "status 503", retry_in=90.0)
            frontier.set_host(lease.host, delay=2.0, rest=90.0)
    assert frontier.rest("satu.example") <= 90.0
    while (wait := frontier.due_in()) is not None and clock.steady < 1_000:
        clock.steady += max(wait, 0.001)
        if lease := claim():
            frontier.complete(lease, Done())
    assert frontier.stats().total("dead") == 0
    return told


EXPECTED = [("busy", 90.0), ("feed", 300.0), ("late", 92.0)]


def times(told: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """When each was claimed last, the delay of 2 s between the host's two pages in either order."""
    last = dict(told)
    first, second = sorted((last["busy"], last["late"]))
    return [("busy", round(first)), ("feed", round(last["feed"])), ("late", round(second))]


def readings(folder: Path) -> int:
    clock = Clock()
    with clock.open(folder) as frontier:
        assert times(work(frontier, clock)) == EXPECTED
    return clock.readings


@pytest.mark.parametrize(("begins", "jump"), SET, ids=[*JUMPS, "from 1970"])
def test_a_clock_set_at_any_moment_changes_no_wait(begins: float, jump: float, tmp_path: Path) -> None:
    for after in range(1, readings(tmp_path) + 1):
        folder = tmp_path / str(after)
        folder.mkdir()
        clock = Clock(begins, jump, after)
        with clock.open(folder) as frontier:
            found = dict(times(work(frontier, clock)))
        if jump == DAY:  # a machine that slept for a day does not wait for another one
            found["feed"] = max(found["feed"], 300)
            found |= {"busy": max(found["busy"], 90), "late": max(found["late"], 92)}
        assert list(found.items()) == EXPECTED, after


@pytest.mark.parametrize(("begins", "jump"), [(NOON, jump) for jump in JUMPS.values()], ids=JUMPS)
def test_a_clock_set_between_two_runs_keeps_the_next_one_no_longer(begins: float, jump: float, tmp_path: Path) -> None:
    clock = Clock(begins)
    with clock.open(tmp_path) as frontier:
        frontier.add_many(Link(url=f"https://satu.example/{name}", kind="article") for name in "ab")
        frontier.fail(frontier.claim(1)[0], "x", retry_in=60.0)
        frontier.set_host("satu.example", rest=60.0)
    clock.begins += jump
    with clock.open(tmp_path) as frontier:
        clock.steady += 61.0
        assert len(frontier.claim(5, per_host=5)) == 2


def test_what_a_clock_that_was_ahead_noted_hides_no_update(tmp_path: Path) -> None:
    clock = Clock(NOON + YEAR)
    page = Link(url="https://satu.example/a", kind="article")
    with clock.open(tmp_path) as frontier:
        frontier.add_many([page])
        frontier.complete(frontier.claim(1)[0], Done())
    clock.begins = NOON
    with clock.open(tmp_path) as frontier:
        frontier.add_many([Link(url=page.url, kind="article", updated=NOON)])
        assert len(frontier.claim(1)) == 1


def test_pages_that_a_clock_that_was_ahead_counted_are_none_of_the_last_hour(tmp_path: Path) -> None:
    clock = Clock(NOON + YEAR)
    with clock.open(tmp_path) as frontier:
        frontier.add_many([Link(url="https://satu.example/a", kind="article")])
        frontier.complete(frontier.claim(1)[0], Done())
        assert frontier.stats().pages_last_hour == 1
    clock.begins = NOON
    with clock.open(tmp_path) as frontier:
        assert frontier.stats().pages_last_hour == 0
