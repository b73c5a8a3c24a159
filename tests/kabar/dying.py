"""Tasks for the tests of the workers; in a module of their own, so that a worker process can import them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kabar.documents import Done, Outcome, Problem, Raw, Read
from kabar.pipeline import Step
from tagger.document import TaggedArticle, Tool
from tagger.errors import ModelError

FOREVER = 600.0
TOOL = Tool(version="0", gazetteer="0")


@dataclass(frozen=True)
class Echo:
    """Gives each name back; `die` kills the worker, `once` only the first time, `slow` and `endless` take time."""

    scratch: str = ""

    def open(self) -> Step:
        return self.step

    def step(self, batch: Sequence[Read]) -> list[Outcome]:
        return [self.outcome(read) for read in batch]

    def outcome(self, read: Read) -> Outcome:
        if isinstance(read, Problem):
            return read
        if read.name in ("slow", "endless"):
            time.sleep(0.5 if read.name == "slow" else FOREVER)
        if read.name == "die" or (read.name == "once" and not Path(self.scratch, "died").exists()):
            Path(self.scratch, "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return Done(read.name, str(os.getpid()).encode())


@dataclass(frozen=True)
class Tagged:
    """Makes an article of each page's path; paths do what the names of `Echo` do, `sleep` for long, `none` has none."""

    scratch: str

    def open(self) -> Step:
        return self.step

    def step(self, batch: Sequence[Read]) -> list[Outcome]:
        return [self.outcome(read.name) for read in batch]

    def outcome(self, url: str) -> Outcome:
        name = url.rsplit("/", 1)[-1]
        if name == "none":
            return Problem(url, "no article here")
        if name == "sleep":
            time.sleep(FOREVER)
        Echo(self.scratch).outcome(Raw(name, ""))
        return Done(url, msgspec.json.encode(TaggedArticle(id=name, url=url, text="Isi.", tool=TOOL)))


@dataclass(frozen=True)
class NeverOpens:
    """Takes for ever to be ready."""

    def open(self) -> Step:
        time.sleep(FOREVER)
        raise AssertionError


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
