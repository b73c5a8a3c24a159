"""The run that commands share: inputs through a task into an output, problems told, an exit code at the end."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kabar.cli.talk import FAILED, NOTHING, OK, Volume, say, unreadable, unwritable, usage_error
from kabar.documents import Done, Idle, Noted, NothingFound, Outcome, Problem, Read, Skipped
from kabar.inputs import Format, Source, expand, listed, read
from kabar.output import PART, Writer
from kabar.pipeline import Joining, Task, run

if TYPE_CHECKING:
    from kabar.fetching import Fetcher


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked of a batch.

    Attributes:
        inputs: arguments as given.
        files_from: a list with more of them, or None.
        input_format: told format of files and standard input, or None.
        allow_private: whether addresses on private networks may be fetched.
        output: output file, or None for standard output.
        jobs: worker processes; 0 decides by the work.
        volume: how much is said.
        store: the store that the documents go into, if any.
    """

    inputs: tuple[str, ...]
    files_from: str | None
    input_format: Format | None
    allow_private: bool
    output: Path | None
    jobs: int
    volume: Volume
    store: Path | None = None


@dataclass(slots=True)
class Tally:
    """What has come of the inputs so far."""

    done: int = 0
    failed: int = 0
    nothing: int = 0
    skipped: int = 0

    def exit_code(self) -> int:
        """0 all well, 1 some inputs failed, 3 there was nothing to work on."""
        if self.failed or (self.nothing and self.done):
            return FAILED
        return OK if self.done else NOTHING


def run_batch(task: Task, wanted: Wanted, output: AbstractContextManager[Writer]) -> int:
    """Runs a task over all inputs, and tells what cannot be done.

    Args:
        task: what to do with each document.
        wanted: which documents, and how.
        output: opens what the outcomes are written to.

    Returns:
        the exit code.
    """
    return _run(lambda: run(task, arriving(wanted), wanted.jobs), wanted, output)


def run_joined(task: Joining, wanted: Wanted, output: AbstractContextManager[Writer]) -> int:
    """The same for a task that must see all articles before it can give the first."""
    return _run(lambda: task.run(documents(wanted)), wanted, output)


def _run(begin: Callable[[], Generator[Outcome]], wanted: Wanted, output: AbstractContextManager[Writer]) -> int:
    from kabar.store.errors import StoreError
    from kabar.worker import WorkerError
    from tagger.errors import TaggerError

    tally = Tally()
    began = time.monotonic()
    try:
        with output as writer, told_if_interrupted(wanted, tally):
            _drain(begin(), writer, tally, wanted.volume)
    except (TaggerError, WorkerError, StoreError) as error:
        say(str(error))
        return FAILED
    except OSError as error:
        if wanted.output is None or isinstance(error, BrokenPipeError):
            raise
        say(unwritable(wanted.output, error))
        return FAILED
    if wanted.volume and tally.done + tally.failed + tally.nothing > 1:
        say(_summary(tally, time.monotonic() - began))
    return tally.exit_code()


def documents(wanted: Wanted) -> Iterator[Read]:
    """All raw documents of the inputs, read lazily; a usage error where there is no input at all."""
    return (read for read in arriving(wanted) if not isinstance(read, Idle))


def arriving(wanted: Wanted) -> Iterator[Read | Idle]:
    """The same, with a mark wherever a list that is still being written has no more for now."""
    arguments: Iterable[str | Idle] = wanted.inputs
    if wanted.files_from is not None:
        if wanted.files_from == "-" and "-" in wanted.inputs:
            raise usage_error("standard input can be the list or an input, not both")
        arguments = chain(arguments, _listed(wanted.files_from))
    elif not wanted.inputs:
        raise usage_error("no input: name a file, a folder or an address, or `-` for standard input (see --help)")
    from_stdin = "-" in (*wanted.inputs, wanted.files_from)
    if wanted.volume and from_stdin and sys.stdin is not None and sys.stdin.isatty():
        say("reading what is typed or pasted here; Ctrl-D on a new line ends it")
    sources = expand(arguments, without=wanted.output, any_name=wanted.input_format is not None)
    with contextlib.ExitStack() as held:
        fetcher: Fetcher | None = None
        for are_addresses, group in groupby(sources, _is_address):
            if are_addresses:
                fetcher = fetcher or held.enter_context(_fetcher(wanted))
                yield from fetcher.articles(source.name for source in group if isinstance(source, Source))
            else:
                for source in group:
                    yield from read(source, wanted.input_format) if isinstance(source, Source) else [source]


def _is_address(source: Source | Problem | Idle) -> bool:
    return isinstance(source, Source) and source.kind == "url"


def _fetcher(wanted: Wanted) -> Fetcher:
    from kabar.fetching import Fetcher

    return Fetcher(allow_private=wanted.allow_private)


def _listed(path: str) -> Iterator[str | Idle]:
    try:
        yield from listed(path)
    except OSError as error:
        raise usage_error(unreadable(path, error)) from None


def _drain(outcomes: Generator[Outcome], writer: Writer, tally: Tally, volume: Volume) -> None:
    from kabar.cli.progress import progress

    with contextlib.closing(outcomes), progress(volume) as advance:
        for outcome in outcomes:
            match outcome:
                case Done():
                    tally.done += 1
                    writer.write(outcome)
                    if volume is Volume.VERBOSE:
                        _tell_warnings(outcome)
                case Skipped():
                    tally.skipped += 1
                    if volume is Volume.VERBOSE:
                        say(f"{outcome.name}: {outcome.reason}")
                case Noted():
                    if volume:
                        say(f"{outcome.name}: {outcome.reason}")
                case NothingFound():
                    tally.nothing += 1
                    say(f"{outcome.name}: {outcome.reason}")
                case Problem():
                    tally.failed += 1
                    say(f"{outcome.name}: {outcome.reason}")
            advance(tally)


def _tell_warnings(done: Done) -> None:
    import msgspec

    class Warned(msgspec.Struct):
        warnings: tuple[str, ...] = ()

    for warning in msgspec.json.decode(done.json, type=Warned).warnings:
        say(f"{done.name}: note: {warning}")


@contextlib.contextmanager
def told_if_interrupted(wanted: Wanted, tally: Tally) -> Iterator[None]:
    """Tells where the documents that are done so far stand when a run into a file or a store is cut off."""
    try:
        yield
    except KeyboardInterrupt:
        places = [f"{wanted.output}{PART}"] * (wanted.output is not None) + [f"{wanted.store}"] * bool(wanted.store)
        if places:
            say(f"{tally.done} documents that were done stand in {' and '.join(places)}")
        raise


def _summary(tally: Tally, seconds: float) -> str:
    parts = [f"{tally.done} done"]
    if tally.failed:
        parts.append(f"{tally.failed} failed")
    if tally.skipped:
        parts.append(f"{tally.skipped} pages without an article")
    if tally.nothing:
        parts.append(f"{tally.nothing} empty")
    return ", ".join(parts) + f" in {seconds:.1f} s"
