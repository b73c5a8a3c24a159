"""Tagged articles from JSON Lines files, for putting them into a store."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from kabar.documents import Problem
from tagger.document import TaggedArticle


class TaggedLines:
    """Articles of several files, in order; what cannot be read is passed over and told in `problems`.

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
                    yield from self._read(sys.stdin.buffer, path)
                else:
                    with Path(path).open("rb") as stream:
                        yield from self._read(stream, path)
            except OSError as error:
                self.problems.append(Problem(path, "cannot be read: " + (error.strerror or str(error)).lower()))

    def _read(self, stream: BinaryIO, name: str) -> Iterator[TaggedArticle]:
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
