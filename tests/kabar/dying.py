"""Tasks for the tests of the workers; in a module of their own, so that a worker process can import them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kabar.documents import Done, Outcome, Problem, Read
from kabar.pipeline import Step
from tagger.errors import ModelError


@dataclass(frozen=True)
class Echo:
    """Gives each name back; the name `die` kills the worker, `once` only the first time, `slow` takes a while."""

    scratch: str = ""

    def open(self) -> Step:
        return self.step

    def step(self, batch: Sequence[Read]) -> list[Outcome]:
        return [self.outcome(read) for read in batch]

    def outcome(self, read: Read) -> Outcome:
        if isinstance(read, Problem):
            return read
        if read.name == "slow":
            time.sleep(0.5)
        if read.name == "die" or (read.name == "once" and not Path(self.scratch, "died").exists()):
            Path(self.scratch, "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Done(read.name, str(os.getpid()).encode())


@dataclass(frozen=True)
class NoModel:
    """Cannot be opened."""

    def open(self) -> Step:
        raise ModelError("no weights here")


@dataclass(frozen=True)
class AlwaysDies:
    """Kills its worker on the way to being ready, or on everything after."""

    when: str

    def open(self) -> Step:
        if self.when == "opening":
            os.kill(os.getpid(), signal.SIGKILL)
        return self.step

    def step(self, batch: Sequence[Read]) -> list[Outcome]:
        os.kill(os.getpid(), signal.SIGKILL)
        return []
