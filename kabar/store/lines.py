"""Tagged articles from JSON Lines files, for putting them into a store."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

import msgspec

from kabar.documents import Problem
from kabar.inputs.formats import GZIP_MAGIC
from kabar.inputs.refused import refusal
from tagger.document import TaggedArticle

HEAD = 512  # bytes that tell what a file is
MARK = b"\xef\xbb\xbf"  # with which editors begin UTF-8


class TaggedLines:
    """Articles of several files, in order; what cannot be read is passed over and told in `problems`:
    a line, or a file that holds no lines at all. Files may be compressed by gzip.

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
            except (EOFError, zlib.error):
                self.problems.append(Problem(path, "the compressed data is damaged or cut short"))
            except OSError as error:
                self.problems.append(Problem(path, "cannot be read: " + (error.strerror or str(error)).lower()))

    def _read(self, stream: BufferedReader, name: str) -> Iterator[TaggedArticle]:
        if stream.peek(HEAD).startswith(GZIP_MAGIC):
            stream = BufferedReader(cast("RawIOBase", gzip.GzipFile(fileobj=stream)))
        if reason := refusal("", stream.peek(HEAD)[:HEAD]):  # by what it holds, whatever its name
            self.problems.append(Problem(name, reason))
            return
        decoder = msgspec.json.Decoder(TaggedArticle)
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield decoder.decode(line.removeprefix(MARK))
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                    self.problems.append(Problem(f"{name}:{number}", f"no tagged article: {error}{_way_out(line)}"))


def _way_out(line: bytes) -> str:
    """What to do with a line that `kabar tag` has not written yet."""
    return "; `kabar tag` makes one of it" if b'"text"' in line or b'"html"' in line else ""
