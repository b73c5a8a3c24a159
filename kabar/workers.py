"""Worker processes that keep order, read little ahead, and may die without taking the batch with them.

Each worker has a pipe of its own, so it is always known which documents a dead one held. These are then tried again
one by one; only the one that kills its worker twice is given up, with a problem in its place.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING

from kabar.documents import Outcome, Problem, Read

if TYPE_CHECKING:
    from kabar.pipeline import Task

AHEAD = 3
"""Batches a worker that may be under way or wait for their turn."""
MOST_DEATHS = 6
"""Deaths in a row, with no answer between them, after which the fault is not the documents'."""

_DIED = "the worker process died on it (killed, or out of memory)"


class WorkerError(Exception):
    """Worker processes cannot be started, or die whatever they are given."""


@dataclass(slots=True)
class _Job:
    """One batch under way; after a death its documents go out one by one."""

    batch: Sequence[Read]
    outcomes: list[Outcome] = field(default_factory=list)
    one_by_one: bool = False

    def next_part(self) -> Sequence[Read]:
        done = len(self.outcomes)
        return self.batch[done : done + 1] if self.one_by_one else self.batch

    def give_up_or_split(self) -> None:
        """Takes note that a worker died on the part that it was given."""
        if self.one_by_one:
            self.outcomes.append(Problem(self.batch[len(self.outcomes)].name, _DIED))
        self.one_by_one = True

    @property
    def finished(self) -> bool:
        return len(self.outcomes) == len(self.batch)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    job: _Job | None = None


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_in_workers(task: Task, batches: Iterator[list[Read]], count: int) -> Iterator[Outcome]:
    """Yields the outcomes of all batches, in order.

    Args:
        task: opened once in each worker.
        batches: read lazily, at most `AHEAD` a worker before their turn.
        count: worker processes.

    Raises:
        TaggerError: what the task needs cannot be loaded.
        WorkerError: a worker dies before it is ready, or workers die on everything.
    """
    context = multiprocessing.get_context("spawn")
    workers = [_start(context, task) for _ in range(count)]
    try:
        yield from _in_order(context, task, batches, workers)
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join()


def _in_order(
    context: SpawnContext, task: Task, batches: Iterator[list[Read]], workers: list[_Worker]
) -> Iterator[Outcome]:
    under_way: deque[_Job] = deque()
    to_do: deque[_Job] = deque()
    deaths = 0
    while True:
        for worker in workers:
            if worker.ready and worker.job is None:
                _hand_out(worker, batches, under_way, to_do, AHEAD * len(workers))
        if not under_way:
            first = next(batches, None)
            if first is None:
                return
            under_way.append(_Job(first))
            to_do.append(under_way[0])
            continue
        for index in _answering(workers):
            had_work = workers[index].job is not None
            if _receive(workers[index], to_do):
                deaths = 0 if had_work else deaths
            elif (deaths := deaths + 1) < MOST_DEATHS:
                workers[index] = _start(context, task)
            else:
                raise WorkerError(f"{deaths} worker processes died one after the other; `-j 1` shows why")
        while under_way and under_way[0].finished:
            yield from under_way.popleft().outcomes


def _hand_out(
    worker: _Worker, batches: Iterator[list[Read]], under_way: deque[_Job], to_do: deque[_Job], most: int
) -> None:
    if not to_do:
        batch = next(batches, None) if len(under_way) < most else None
        if batch is None:
            return
        to_do.append(_Job(batch))
        under_way.append(to_do[0])
    worker.job = to_do.popleft()
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it died while idle: `_receive` finds that
        worker.pipe.send(worker.job.next_part())


def _answering(workers: list[_Worker]) -> list[int]:
    waited = [worker.pipe for worker in workers if worker.job is not None or not worker.ready]
    answering = wait(waited)
    return [index for index, worker in enumerate(workers) if worker.pipe in answering]


def _receive(worker: _Worker, to_do: deque[_Job]) -> bool:
    """Takes one message from a worker; False if the worker is dead."""
    try:
        message = worker.pipe.recv()
    except (EOFError, ConnectionResetError):
        _bury(worker, to_do)
        return False
    if isinstance(message, Exception):
        raise message
    worker.ready = True
    job, worker.job = worker.job, None
    if job is not None:
        job.outcomes.extend(message)
        if not job.finished:
            to_do.appendleft(job)
    return True


def _bury(worker: _Worker, to_do: deque[_Job]) -> None:
    worker.pipe.close()
    worker.process.join()
    if not worker.ready:
        raise WorkerError(f"a worker process cannot be started (exit code {worker.process.exitcode})")
    if worker.job is not None:
        worker.job.give_up_or_split()
        if not worker.job.finished:
            to_do.appendleft(worker.job)


def _start(context: SpawnContext, task: Task) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(task, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(task: Task, pipe: Connection) -> None:
    """The life of a worker: open the task, say so, then answer batches until the pipe closes."""
    from tagger.errors import TaggerError

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to handle; it ends the workers
    try:
        step = task.open()
    except TaggerError as error:
        pipe.send(error)
        return
    try:
        pipe.send([])
        while True:
            pipe.send(step(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
