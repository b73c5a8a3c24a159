"""Bounds on time that hold on a slow, busy machine; they are ten times and more of what is usual, to tell growth."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def others_left_alone() -> Iterator[None]:
    """A collection in this block does not walk what all the tests before it left in memory."""
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
    """What the block does takes no more; by default of the time that this thread itself works."""
    with others_left_alone():
        began = clock()
        yield
        took = clock() - began
    assert took < seconds, f"took {took:.2f} s"
