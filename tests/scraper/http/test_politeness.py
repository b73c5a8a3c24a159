"""How fast a host is asked: Retry-After in both forms, and a delay that follows its answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from scraper.http.politeness import HostPace, retry_after
from scraper.http.turns import Turns


@pytest.fixture
def jayapura(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose clock is nine hours ahead of UTC."""
    monkeypatch.setenv("TZ", "Asia/Jayapura")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("jayapura")
@pytest.mark.parametrize("zone", [" GMT", "", " -0000"])
def test_a_date_is_of_utc_wherever_the_machine_stands(zone: str) -> None:
    assert retry_after(f"Thu, 01 Jan 1970 12:00:00{zone}", "Thu, 01 Jan 1970 00:01:00 GMT") == 12 * 3600 - 60


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), (" 0 ", 0.0), ("Thu, 01 Jan 1970 00:02:00 GMT", 60.0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
     ("9" * 400, 86_400.0), ("-5", None), ("soon", None), ("", None), (None, None), ("١٢", None),
     ("Thu, 99 Foo 1970", None)],
)  # fmt: skip
def test_retry_after_in_both_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, "Thu, 01 Jan 1970 00:01:00 GMT") == seconds


def test_a_slow_host_is_given_as_long_as_it_needs_and_a_quick_one_the_delay_asked_for() -> None:
    pace = HostPace(1.0)
    assert pace.delay == 1.0
    for _ in range(20):
        pace = pace.answered(5.0)
    assert pace.delay == pytest.approx(5.0)
    for _ in range(40):
        pace = pace.answered(0.1)
    assert pace.delay == 1.0
    assert pace.answered(0.1, asked=10.0).delay == 10.0
    assert HostPace(1.0).answered(500.0).delay == 60.0


def test_trouble_slows_down_and_an_answer_ends_it() -> None:
    pace = HostPace(0.0).answered(0.2)
    assert pace.delay == 0.0
    troubled = pace.troubled().troubled().troubled()
    assert (troubled.delay, troubled.rest()) == (1.0, 8.0)
    assert troubled.answered(0.2).delay == 0.0


def test_a_rest_that_another_request_lengthens_is_kept_by_who_waits_already() -> None:
    async def run() -> float:
        turns = Turns(0.0, None, at_once=2)
        place = turns._place("satu.example")
        began = time.monotonic()
        place.free_at = began + 0.02
        waiting = asyncio.create_task(turns.take("satu.example", redirected=False))
        await asyncio.sleep(0)
        place.free_at = began + 0.2
        await waiting
        return time.monotonic() - began

    assert asyncio.run(run()) >= 0.2
