"""Worker processes that keep order, read little ahead, and may die without taking the batch with them.

Each worker has a pipe of its own, so it is always known which documents a dead one held. These are then tried again
one by one; only the one that kills its worker twice, or has no end, is given up, with a problem in its place.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from kabar.documents import Outcome, Problem, Raw, Read
from kabar.worker import Worker, WorkerDied, WorkerError

if TYPE_CHECKING:
    from kabar.pipeline import Task

AHEAD = 3
"""Batches a worker that may be under way or wait for their turn."""
MOST_DEATHS = 6
"""Deaths in a row, with no answer between them, after which the fault is not the documents'."""

LONGEST = 120.0
"""Seconds that a worker may be at one part; the slowest real page takes a few."""
SLOWEST = 10_000.0
"""Bytes a second by which a large part is given more time; two processors tag six times as many."""

DIED = "the worker process died on it (killed, or out of memory)"


@dataclass(slots=True)
class _Job:
    """One batch under way; after a death its documents go out one by one."""

    batch: Sequence[Read]
    outcomes: list[Outcome] = field(default_factory=list)
    one_by_one: bool = False
    reason: str = DIED

    def next_part(self) -> Sequence[Read]:
        done = len(self.outcomes)
        return self.batch[done : done + 1] if self.one_by_one else self.batch

    def give_up_or_split(self) -> None:
        """Takes note that a worker died on the part that it was given."""
        if self.one_by_one:
            self.outcomes.append(Problem(self.batch[len(self.outcomes)].name, self.reason))
        self.one_by_one, self.reason = True, DIED

    @property
    def finished(self) -> bool:
        return len(self.outcomes) == len(self.batch)


@dataclass(slots=True)
class _Post:
    """A worker, what it is at, and by when (on the monotonic clock) it must answer."""

    worker: Worker
    job: _Job | None = None
    until: float = inf

    def give(self, job: _Job) -> None:
        part = job.next_part()
        seconds = LONGEST + sum(read.size for read in part if isinstance(read, Raw)) / SLOWEST
        self.job, self.until = job, time.monotonic() + seconds
        self.worker.send(part)

    @property
    def answers_until(self) -> float:
        """When it must have answered, or be ready to."""
        return self.until if self.worker.ready else self.worker.opens_until

    def end_if_late(self) -> None:
        """Ends a worker that does not answer; that it is dead shows when its answer is received."""
        if self.answers_until > time.monotonic():
            return
        if self.job is not None:
            self.job.reason = f"it takes longer than {LONGEST:.0f} s"
        self.until = self.worker.opens_until = inf
        self.worker.kill()


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_in_workers(task: Task, batches: Iterator[list[Read]], count: int) -> Iterator[Outcome]:
    """Yields the outcomes of all batches, in order.

    Args:
        task: opened once in each worker.
        batches: read lazily, at most `AHEAD` a worker before their turn; see `kabar.pipeline.batches` on empty ones.
        count: worker processes.

    Raises:
        TaggerError: what the task needs cannot be loaded.
        WorkerError: a worker dies before it is ready, or workers die on everything.
    """
    posts = [_Post(Worker(task)) for _ in range(count)]
    try:
        yield from _in_order(task, batches, posts)
    finally:
        for post in posts:
            post.worker.end()


def _in_order(task: Task, batches: Iterator[list[Read]], posts: list[_Post]) -> Iterator[Outcome]:
    under_way: deque[_Job] = deque()
    to_do: deque[_Job] = deque()
    deaths = 0
    while True:
        for post in posts:
            if post.worker.ready and post.job is None:
                _hand_out(post, batches, under_way, to_do, AHEAD * len(posts))
        yield from _finished(under_way)
        if not under_way:
            first = next(filter(None, batches), None)
            if first is None:
                return
            under_way.append(_Job(first))
            to_do.append(under_way[0])
            continue
        for post in _answering(posts):
            had_work = post.job is not None
            if _receive(post, to_do):
                deaths = 0 if had_work else deaths
            elif (deaths := deaths + 1) < MOST_DEATHS:
                post.worker = Worker(task)
            else:
                raise WorkerError(f"{deaths} worker processes died one after the other")
        yield from _finished(under_way)


def _finished(under_way: deque[_Job]) -> Iterator[Outcome]:
    """Takes out what is done; an empty batch is so as soon as it is read, and no worker will answer it."""
    while under_way and under_way[0].finished:
        yield from under_way.popleft().outcomes


def _hand_out(
    post: _Post, batches: Iterator[list[Read]], under_way: deque[_Job], to_do: deque[_Job], most: int
) -> None:
    if not to_do:
        holds = bool(under_way) and not under_way[-1].batch  # all before an empty batch comes out before more is read
        batch = None if holds or len(under_way) >= most else next(batches, None)
        if not batch:
            under_way.extend([] if batch is None else [_Job(batch)])
            return
        to_do.append(_Job(batch))
        under_way.append(to_do[0])
    post.give(to_do.popleft())


def _answering(posts: list[_Post]) -> list[_Post]:
    waited_for = [post for post in posts if post.job is not None or not post.worker.ready]
    until = min((post.answers_until for post in waited_for), default=inf)
    left = None if until == inf else max(0.0, until - time.monotonic())
    answering = wait([post.worker.pipe for post in waited_for], left)
    for post in waited_for:
        if post.worker.pipe not in answering:
            post.end_if_late()
    return [post for post in posts if post.worker.pipe in answering]


def _receive(post: _Post, to_do: deque[_Job]) -> bool:
    """Takes one message from a worker; False if the worker is dead."""
    job, post.job = post.job, None
    try:
        outcomes = post.worker.receive()
    except WorkerDied:
        if job is not None:
            job.give_up_or_split()
    else:
        if job is not None:
            job.outcomes.extend(outcomes)
    if job is not None and not job.finished:
        to_do.appendleft(job)
    return not post.worker.pipe.closed
