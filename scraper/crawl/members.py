"""Gzip members of a file, one after the other: how far they are whole, and where to go on after a damaged one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

MAGIC = b"\x1f\x8b\x08"
BLOCK = 2**18
TAIL = 16 * 2**20
MAX_MEMBER = 64 * 2**20  # bytes; a longer record is passed over


class Member(NamedTuple):
    """One member, or the reason why it cannot be had.

    Attributes:
        offset: where it begins in the file.
        data: decompressed; None if damaged or too large.
        problem: what is wrong; None if nothing is.
        whole: whether its end was reached.
    """

    offset: int
    data: bytes | None
    problem: str | None = None
    whole: bool = True


class _Source:
    """Bytes of a stream with their offset; some may be given back."""

    def __init__(self, stream: IO[bytes], offset: int = 0) -> None:
        self._stream = stream
        self._back = b""
        self.offset = offset  # of the next byte that `take` gives

    def take(self) -> bytes:
        data, self._back = self._back or self._stream.read(BLOCK), b""
        self.offset += len(data)
        return data

    def give_back(self, data: bytes) -> None:
        self._back = data + self._back
        self.offset -= len(data)


def members(stream: IO[bytes]) -> Iterator[Member]:
    """Decompresses a file member by member; after a damaged one it goes on at the next that can be read."""
    source = _Source(stream)
    while (member := _next_member(source)) is not None:
        yield member
        if not member.whole and not _to_next_magic(source, member.offset):
            return


def whole_length(path: Path, tail: int = TAIL) -> int:
    """Where the last whole WARC record of a file ends, in bytes; 0 if there is none.

    Args:
        path: the file.
        tail: bytes at its end that are looked at first; a gigabyte takes seconds.
    """
    start = max(0, path.stat().st_size - tail)
    with path.open("rb") as stream:
        stream.seek(start)
        source = _Source(stream, start)
        whole = 0
        while (member := _next_member(source)) is not None:
            if member.whole and (member.data is None or member.data.startswith(b"WARC/")):
                whole = source.offset
            elif not member.whole and not _to_next_magic(source, member.offset):
                break
    return whole if whole or not start else whole_length(path, path.stat().st_size)


def _next_member(source: _Source) -> Member | None:
    start = source.offset
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)
    parts: list[bytes] = []
    size = 0
    while not inflate.eof:
        data = source.take()
        if not data:
            return None if source.offset == start else Member(start, None, "the file ends within a record", whole=False)
        try:
            while data and not inflate.eof:
                piece = inflate.decompress(data, BLOCK)
                data = inflate.unconsumed_tail
                size += len(piece)
                if size <= MAX_MEMBER:
                    parts.append(piece)
        except zlib.error:
            source.give_back(data)
            return Member(start, None, "a record is damaged", whole=False)
    source.give_back(inflate.unused_data)
    if size > MAX_MEMBER:
        return Member(start, None, f"a record of {size:,} bytes is over the cap of {MAX_MEMBER:,}")
    return Member(start, b"".join(parts))


def _to_next_magic(source: _Source, start: int) -> bool:
    """Moves to the next place after `start` that looks like a member's beginning."""
    tail = b""
    while data := source.take():
        block = tail + data
        place = block.find(MAGIC, max(0, start + 1 - (source.offset - len(block))))
        if place >= 0:
            source.give_back(block[place:])
            return True
        tail = block[-2:]
    return False
