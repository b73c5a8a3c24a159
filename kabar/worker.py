"""One worker process and the pipe to it: it opens a task once, then answers batches until the pipe closes.

A worker ignores the signals that ask a run to end (a terminal and systemd send them to every process of a group):
ending is the parent's to order, and a parent that is killed closes the pipe.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections.abc import Sequence
from multiprocessing import util
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from kabar.documents import Outcome, Read

if TYPE_CHECKING:
    from kabar.pipeline import Task

MEMORY = 2 * 2**30
"""Bytes of data that one worker may hold; one that wants more dies, and the machine does not."""

OPENING = 600.0
"""Seconds in which a worker must have opened its task; a minute on a machine that is busy."""


class WorkerError(Exception):
    """Worker processes cannot be started, or die whatever they are given."""


class WorkerDied(Exception):
    """The process ended, or was ended, before it answered."""


class Worker:
    """A process of its own for a task.

    Attributes:
        pipe: to wait on; something can be received once it is readable.
        ready: whether the task is open.
        opens_until: when it must be, on the monotonic clock.
    """

    def __init__(self, task: Task) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(task, theirs), daemon=True)
        self._process.start()
        self.opens_until = time.monotonic() + OPENING
        theirs.close()
        self.ready = False
        # it obeys no signal: a parent that is interrupted while it ends its workers would wait for the others for ever
        util.Finalize(self, self._process.kill, exitpriority=0)

    def send(self, batch: Sequence[Read]) -> None:
        """Hands out a batch; that the worker is dead shows when its answer is received."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send(batch)

    def receive(self) -> list[Outcome]:
        """The next message, waited for; the first, empty, tells that the task is open.

        Raises:
            TaggerError: what the task needs cannot be loaded.
            WorkerDied: the process ended meanwhile.
            WorkerError: it ended before it was ready.
        """
        try:
            message = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            self.end()
            if not self.ready:
                code = self._process.exitcode
                raise WorkerError(f"a worker process cannot be started (exit code {code})") from None
            raise WorkerDied from None
        if isinstance(message, Exception):
            raise message
        self.ready = True
        outcomes: list[Outcome] = message
        return outcomes

    def kill(self) -> None:
        """Ends the process, whatever it is doing; who waits to receive sees it die."""
        self._process.kill()

    def end(self) -> None:
        """Ends the process and closes the pipe; nobody may be waiting for it."""
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _work(task: Task, pipe: Connection) -> None:
    """The life of a worker."""
    from tagger.errors import TaggerError

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    _cap_memory()
    try:
        step = task.open()
    except TaggerError as error:
        pipe.send(error)
        return
    try:
        pipe.send([])
        while True:
            pipe.send(step(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError, MemoryError):
        return


def _cap_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
