"""Content codings come off whole, in small pieces, and damage is told."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from scraper.errors import NetworkError
from scraper.http.decoding import Stack


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def quick_brotli(data: bytes) -> bytes:
    return brotli.compress(data, quality=3)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": quick_brotli,
    "zstd": zstandard.compress,
}
PAGE = b"".join(b"<p>Banjir %d surut di Muara Bulian.</p>" % n for n in range(9_000)) + random.Random(1).randbytes(
    70_000
)


def unpacked(encoding: str, wire: bytes, size: int = 1000) -> bytes:
    stack = Stack(encoding)
    body = b"".join(piece for start in range(0, len(wire), size) for piece in stack.feed(wire[start : start + size]))
    stack.close()
    return body


@pytest.mark.parametrize("name", PACKERS)
@pytest.mark.parametrize("size", [1, 7, 1000, 10**7])
def test_every_coding_comes_off_whatever_the_chunks(name: str, size: int) -> None:
    page = PAGE if size > 7 else PAGE[:3000]
    assert unpacked(name, PACKERS[name](page), size) == page


def test_raw_deflate_members_frames_and_stacks() -> None:
    assert unpacked("deflate", raw_deflate(PAGE)) == PAGE
    assert unpacked("gzip", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0" * 8) == b"one two"
    assert unpacked("zstd", zstandard.compress(b"one ") + zstandard.compress(b"two")) == b"one two"
    assert unpacked("gzip, br", quick_brotli(gzip.compress(PAGE))) == PAGE
    assert unpacked("Identity", PAGE) == PAGE
    assert unpacked("", b"") == b"" == unpacked("gzip", b"")


@pytest.mark.parametrize("zeros", [64 * 2**10 - 1, 64 * 2**10, 64 * 2**10 + 1, 300_001])
def test_output_that_ends_at_a_piece_is_not_lost(zeros: int) -> None:
    for name, pack in PACKERS.items():
        assert len(unpacked(name, pack(bytes(zeros)), 10**7)) == zeros
    assert len(unpacked("deflate", raw_deflate(bytes(zeros)), 10**7)) == zeros


@pytest.mark.parametrize("name", PACKERS)
def test_cut_and_damaged_bodies_are_told(name: str) -> None:
    wire = PACKERS[name](PAGE)
    with pytest.raises(NetworkError, match="too early"):
        unpacked(name, wire[:-200])
    with pytest.raises(NetworkError, match="damaged"):
        unpacked(name, b"<html>" + wire)


@pytest.mark.parametrize(("encoding", "reason"), [("lzma", "'lzma' is unknown"), ("gzip," * 9, "packed 9 times")])
def test_strange_codings_are_refused(encoding: str, reason: str) -> None:
    with pytest.raises(NetworkError, match=reason):
        Stack(encoding)


@pytest.mark.parametrize("name", PACKERS)
def test_a_bomb_comes_in_pieces(name: str) -> None:
    bomb = PACKERS[name](bytes(50 * 2**20))
    first = next(piece for piece in Stack(name).feed(bomb) if piece)
    assert len(first) <= 4 * 2**20
