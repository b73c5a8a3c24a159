"""Sketches of texts, by which copies of one story are found.

One-permutation MinHash over shingles of three words: Li, Owen, Zhang, "One Permutation Hashing", NIPS 2012; empty bins
borrow from the next one, Shrivastava and Li, UAI 2014. The share of equal bins estimates the Jaccard similarity.
Candidates share one of 16 bands of four bins: at a similarity of .5 that finds 64%, at .6 89%, at .7 99%.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterator

BINS = 64
ROWS = 4
SHINGLE = 3
LEAST_WORDS = 20
SAME_STORY = 0.5
"""Least estimated similarity of two texts of one story; see tests/benchmarks/bench_store.py for the figures."""

_EMPTY = 0xFFFFFFFF


def sketch(text: str) -> bytes | None:
    """The signature of a text, `BINS` unsigned 32-bit numbers; None for one that is too short to be compared."""
    words = _words(text)
    if len(words) < LEAST_WORDS:
        return None
    bins = [_EMPTY] * BINS
    for shingle in _shingles(words):
        hashed = zlib.crc32(shingle.encode("utf-8", "replace"))
        place, value = hashed % BINS, hashed // BINS
        if value < bins[place]:
            bins[place] = value
    return array("I", _filled(bins)).tobytes()


def similarity(a: bytes, b: bytes) -> float:
    """Estimated Jaccard similarity of two texts, by their signatures."""
    return sum(x == y for x, y in zip(array("I", a), array("I", b), strict=True)) / BINS


def share_of_own(text: str, first: str) -> float:
    """How much of a text, 0 to 1, does not stand in the first one: what a desk added to a story.

    >>> share_of_own("warga mengungsi ke balai desa", "warga mengungsi ke balai")
    0.3333333333333333
    """
    own, before = set(_shingles(_words(text))), set(_shingles(_words(first)))
    return len(own - before) / len(own) if own else 0.0


def bands(signature: bytes) -> Iterator[int]:
    """Keys under which texts like this one are found."""
    step = ROWS * 4
    for start in range(0, len(signature), step):
        yield zlib.crc32(signature[start : start + step]) | (start // step) << 32


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _shingles(words: list[str]) -> Iterator[str]:
    return (" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def _filled(bins: list[int]) -> list[int]:
    """Each empty bin takes the value of the next full one, made different by the distance."""
    out = list(bins)
    value, distance = _EMPTY, 0
    for place in range(2 * BINS - 1, -1, -1):
        if bins[place % BINS] != _EMPTY:
            value, distance = bins[place % BINS], 0
        else:
            distance += 1
            out[place % BINS] = (value + distance * 0x9E3779B1) & 0xFFFFFFFF
    return out
