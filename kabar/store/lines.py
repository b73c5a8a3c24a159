"""Tagged articles from JSON Lines files, for putting them into a store."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path, PurePath
from typing import cast

import msgspec

from kabar.documents import Problem
from kabar.inputs.refused import refusal
from tagger.document import TaggedArticle

HEAD = 512  # bytes that tell what a file is


class TaggedLines:
    """Articles of several files, in order; what cannot be read is passed over and told in `problems`:
    a line, or a file that holds no lines at all.

    Args:
        paths: files, or `-` for standard input.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = tuple(paths)
        self.problems: list[Problem] = []

    def __iter__(self) -> Iterator[TaggedArticle]:
        for path in self._paths:
            try:
                if path == "-":
                    yield from self._read(cast("BufferedReader", sys.stdin.buffer), path)
                else:
                    with Path(path).open("rb") as stream:
                        yield from self._read(stream, path)
            except OSError as error:
                self.problems.append(Problem(path, "cannot be read: " + (error.strerror or str(error)).lower()))

    def _read(self, stream: BufferedReader, name: str) -> Iterator[TaggedArticle]:
        if reason := refusal(PurePath(name).stem, stream.peek(HEAD)[:HEAD]):  # by what it holds, whatever its name
            self.problems.append(Problem(name, reason))
            return
        decoder = msgspec.json.Decoder(TaggedArticle)
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield decoder.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                    self.problems.append(Problem(f"{name}:{number}", f"no tagged article: {error}{_way_out(line)}"))


def _way_out(line: bytes) -> str:
    """What to do with a line that `kabar tag` has not written yet."""
    return "; `kabar tag` makes one of it" if b'"text"' in line or b'"html"' in line else ""
