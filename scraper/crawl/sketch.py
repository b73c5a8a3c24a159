"""Fingerprints of text: one that tells an edit, and one that finds near copies."""

from __future__ import annotations


def content_digest(text: str | bytes) -> bytes:
    """16 bytes that change with the content; white space apart."""
    raise NotImplementedError


def simhash(text: str) -> int:
    """64-bit simhash over word pairs, as a signed integer."""
    raise NotImplementedError


def distance(one: int, other: int) -> int:
    """Bits in which two sketches differ."""
    raise NotImplementedError
