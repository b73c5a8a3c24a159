"""Time in tests, on a machine that may be slow and busy.

A bound on a time is ten times what is usual, and more: it tells a wrong order of growth, or a loop without end. Where a
process only must not hang, it may take `PATIENCE`; what it must not wait for takes longer than that.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

PATIENCE = 300.0
"""Seconds after which something hangs; usually it takes a few at most."""
SOON = 45.0
"""Seconds for what comes at once; else it waits for a page as long as one may take (`scraper.http.limits`), or more."""
FOREVER = 600.0
"""Seconds that whatever nobody may wait for takes."""

T = TypeVar("T")


@contextmanager
def others_left_alone() -> Iterator[None]:
    """A collection of garbage in this block does not walk what all the tests before it left in memory."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def least(action: Callable[[], object], clock: Callable[[], float] = time.thread_time, runs: int = 3) -> float:
    """The least seconds that some runs of `action` took; by default those that this thread itself worked."""

    def seconds() -> float:
        began = clock()
        action()
        return clock() - began

    with others_left_alone():
        return min(seconds() for _ in range(runs))


@contextmanager
def at_most(seconds: float, clock: Callable[[], float] = time.thread_time) -> Iterator[None]:
    """What the block does takes no more, however it ends; by default of the time that this thread itself works."""
    began = clock()
    try:
        yield
    finally:
        took = clock() - began
        assert took < seconds, f"took {took:.2f} s"


def wait_for(what: Callable[[], T]) -> T:
    """What the call gives, once that is true."""
    until = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < until, "nothing came"
        time.sleep(0.02)
    return found
