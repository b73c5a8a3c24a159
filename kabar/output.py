"""Where documents go: JSON Lines, one JSON array, or a table for people; to standard output or to a file."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Protocol, cast

import msgspec

from kabar.documents import Done

if TYPE_CHECKING:
    from rich.console import Console

Layout = Literal["jsonl", "json", "table"]
PART = ".part"


class Writer(Protocol):
    """Takes documents one after the other."""

    def write(self, done: Done) -> None:
        """Writes one document."""
        ...

    def close(self) -> None:
        """Writes what ends the output."""
        ...


class JsonLines:
    """One document a line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, done: Done) -> None:
        """Writes one line, and hands it on at once, so that a reader at the other end of a pipe is not kept waiting."""
        self._stream.write(done.json + b"\n")
        self._stream.flush()

    def close(self) -> None:
        """Nothing ends JSON Lines."""


class JsonArray:
    """One array of all documents, indented for people."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._before = b"[\n"

    def write(self, done: Done) -> None:
        """Writes one element."""
        self._stream.write(self._before + msgspec.json.format(done.json, indent=2))
        self._before = b",\n"

    def close(self) -> None:
        """Closes the array."""
        self._stream.write(b"[]\n" if self._before == b"[\n" else b"\n]\n")
        self._stream.flush()


class Table:
    """A few lines a document: what a person wants to see of it."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def write(self, done: Done) -> None:
        """Prints one document."""
        from kabar.table import rows

        self._console.print(rows(done))

    def close(self) -> None:
        """Nothing ends a table."""


def layout_for(asked: Layout | None, path: Path | None) -> Layout:
    """The layout asked for, else a table on a terminal and JSON Lines everywhere else."""
    if asked is not None:
        return asked
    return "table" if path is None and sys.stdout.isatty() else "jsonl"


@contextlib.contextmanager
def opened(layout: Layout, path: Path | None) -> Iterator[Writer]:
    """Opens the output. A file appears under its name only when it is complete; until then it is `<name>.part`.

    Args:
        layout: how documents are written.
        path: a file; standard output when left out.

    Raises:
        OSError: the file cannot be written. What was written before an interrupt stays in `<name>.part`.
    """
    if path is None:
        yield from _closing(_writer(layout, sys.stdout.buffer))
    else:
        with replacing(path) as stream:
            yield from _closing(_writer(layout, stream))


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Opens a file that takes its name, and the place of what stood there, only when it is complete.

    Raises:
        OSError: it cannot be written. What was written before stays in `<name>.part`.
    """
    if path.exists() and not path.is_file():  # a pipe or a device: nothing to rename
        with path.open("wb") as stream:
            yield stream
        return
    part = path.with_name(path.name + PART)
    with part.open("wb") as stream:
        yield stream
    part.replace(path)


def _closing(writer: Writer) -> Iterator[Writer]:
    yield writer
    writer.close()


def _writer(layout: Layout, stream: BinaryIO) -> Writer:
    match layout:
        case "jsonl":
            return JsonLines(stream)
        case "json":
            return JsonArray(stream)
        case "table":
            from kabar.console import PlainConsole

            text = sys.stdout if stream is sys.stdout.buffer else _TextInto(stream)
            return Table(PlainConsole(file=text))


class _TextInto(io.TextIOWrapper):
    """Text into a binary stream that stays open when this wrapper goes."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(cast("io.BufferedWriter", stream), "utf-8", write_through=True)

    def __del__(self) -> None:
        with contextlib.suppress(ValueError):
            self.detach()
