"""Arguments to sources: folders are walked, globs expanded, lists read; nothing is opened yet."""

from __future__ import annotations

import glob
import io
import os
import re
import select
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast
from urllib.parse import unquote

from kabar.documents import Idle, Noted, NothingFound, Problem
from kabar.inputs.formats import SUFFIXES, by_name

STDIN = "-"
SILENCE = 0.2  # seconds without a line after which what was read of a list goes on
_WEB = ("http://", "https://")
_FOLDER_HINT = (
    f"the folder holds no pages (looked for {', '.join(SUFFIXES)}, each also as .gz; --input-format takes all)"
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/.*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, an address, or standard input."""

    kind: Literal["file", "url", "stdin"]
    name: str


def expand(
    arguments: Iterable[str | Idle], *, without: Path | None = None, any_name: bool = False
) -> Iterator[Source | Problem | Idle]:
    """Turns arguments into sources, in the order given; inside a folder in the order of names.

    Args:
        arguments: paths, glob patterns, http(s) addresses, `-` for standard input.
        without: a file that is left out of folders and globs (the output of this very run).
        any_name: take all files of a folder, as their format was told; else those whose names tell one.
    """
    for argument in arguments:
        if isinstance(argument, Idle):
            yield argument
        elif argument == STDIN:
            yield Source("stdin", STDIN)
        elif argument.lower().startswith(_WEB):
            yield Source("url", argument)
        else:
            yield from _expand_path(argument, without, any_name)


def listed(path: str) -> Iterator[str | Idle]:
    """The arguments in a list, one a line; blank lines are passed over, and a pipe that keeps silent is told.

    Args:
        path: a text file, or `-` for standard input.

    Raises:
        OSError: it cannot be read.
    """
    if path == STDIN:
        yield from _lines(_arriving(cast("io.BufferedReader", sys.stdin.buffer)))
        return
    with Path(path).open("rb") as lines:
        yield from _lines(lines)


def _arriving(stream: io.BufferedReader) -> Iterator[bytes | Idle]:
    """Lines as they come; `Idle` whenever a pipe keeps silent (`tail -f urls | kabar tag --files-from -`)."""
    rest = b""
    while True:
        if _is_silent(stream):
            yield Idle()
        block = stream.read1()
        if not block:
            break
        *lines, rest = (rest + block).split(b"\n")
        yield from lines
    yield rest


def _is_silent(stream: io.BufferedReader) -> bool:
    """Whether nothing can be read for a moment; False where that cannot be told (no pipe, or Windows)."""
    try:
        return not select.select([stream], [], [], SILENCE)[0]
    except (OSError, ValueError):
        return False


def _lines(lines: Iterable[bytes | Idle]) -> Iterator[str | Idle]:
    for line in lines:
        if isinstance(line, Idle):
            yield line
            continue
        name = os.fsdecode(line.rstrip(b"\r\n"))
        if name.strip():
            yield name


def _expand_path(argument: str, without: Path | None, any_name: bool) -> Iterator[Source | Problem]:
    if os.path.isdir(argument):  # noqa: PTH112 - Path would fold "a//b" and "./a", and `file` holds the path as given
        yield from _walk(argument, without, any_name)
    elif os.path.lexists(argument):
        yield Source("file", argument)
    elif argument.lower().startswith("file://"):
        yield Problem(argument, f"give the path of a file as it is: {unquote(argument[7:])}")
    elif "://" in argument:
        yield Problem(argument, "only http and https addresses can be fetched")
    elif glob.has_magic(argument):
        yield from _glob(argument, without, any_name)
    else:
        may_be_host = _HOST.fullmatch(argument) and not by_name(argument)
        hint = f"; a web address is written https://{argument}" if may_be_host else ""
        yield Problem(argument, "there is no such file or folder" + hint)


def _walk(folder: str, without: Path | None, any_name: bool) -> Iterator[Source | Problem]:
    """Files of a known format below a folder; hidden ones and links to folders are passed over.

    Pages that were saved under their bare addresses have no ending: that some were passed over is told.
    """
    found = False
    bare = 0
    unreadable: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(parent, name)  # noqa: PTH118 - see above
            if name.startswith(".") or _same(path, without):
                continue
            if any_name or by_name(name):
                found = True
                yield Source("file", path)
            else:
                bare += "." not in name
    for error in unreadable:
        yield Problem(str(error.filename), "the folder cannot be opened: " + (error.strerror or str(error)).lower())
    if not found and not unreadable:
        yield NothingFound(folder, _FOLDER_HINT)
    elif bare:
        yield Noted(folder, f"{bare} files without an ending are passed over; `--input-format html` takes all files")


def _glob(pattern: str, without: Path | None, any_name: bool) -> Iterator[Source | Problem]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - see above
    if not matches:
        yield NothingFound(pattern, "no file matches the pattern")
    for path in matches:
        if not _same(path, without):
            yield from _expand_path(path, without, any_name)


def _same(path: str, other: Path | None) -> bool:
    return other is not None and Path(path).absolute() == other.absolute()
