"""Reads one response body in a stream, and stops at the first cap that it goes over."""

from __future__ import annotations

import time

import httpx

from scraper.errors import DeadlineExceeded, TooLarge
from scraper.http.decoding import Stack
from scraper.http.limits import Limits

RATIO_FROM = 2**20  # bytes; below this a high ratio does no harm


async def read_body(response: httpx.Response, limits: Limits) -> tuple[bytes, bytes]:
    """Reads a whole body.

    Returns:
        The bytes as sent, and the bytes after content decoding.

    Raises:
        TooLarge: over a cap of `limits`.
        DeadlineExceeded: slower than the minimum rate.
        NetworkError: unknown or damaged content coding.
        httpx.TransportError: the connection failed.
    """
    told = response.headers.get("content-length", "")
    if told.isdigit() and int(told[:15]) > limits.wire_bytes:
        raise TooLarge(f"the body of {int(told[:15]):,} bytes is over the cap of {limits.wire_bytes:,}")
    stack = Stack(_content_encoding(response))
    sizes = _Sizes(limits)
    wire: list[bytes] = []
    body: list[bytes] = []
    async for chunk in response.aiter_raw():
        sizes.sent(len(chunk))
        wire.append(chunk)
        for piece in stack.feed(chunk):
            sizes.inflated(len(piece))
            body.append(piece)
    stack.close()
    return b"".join(wire), b"".join(body)


async def read_start(response: httpx.Response, limits: Limits, size: int) -> tuple[bytes, bytes]:
    """Reads no more than the first `size` bytes of a body; what comes after them does not matter.

    Returns:
        The bytes as sent, and the bytes after content decoding, either at most `size` long.

    Raises:
        DeadlineExceeded: slower than the minimum rate.
        NetworkError: unknown or damaged content coding.
        httpx.TransportError: the connection failed.
    """
    stack = Stack(_content_encoding(response))
    sizes = _Sizes(limits)
    wire, body = bytearray(), bytearray()
    async for chunk in response.aiter_raw():
        sizes.sent(len(chunk))
        wire += chunk
        for piece in stack.feed(chunk):
            body += piece
            if len(body) >= size:
                break
        if len(body) >= size or len(wire) >= size:
            break
    return bytes(wire[:size]), bytes(body[:size])


class _Sizes:
    """Counts, and raises at the first cap."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._started = time.monotonic()
        self._wire = 0
        self._body = 0

    def sent(self, size: int) -> None:
        limits = self._limits
        self._wire += size
        if self._wire > limits.wire_bytes:
            raise TooLarge(f"the body is over the cap of {limits.wire_bytes:,} bytes")
        elapsed = time.monotonic() - self._started
        if elapsed > limits.grace and self._wire < limits.min_rate * elapsed:
            raise DeadlineExceeded(f"the body comes slower than {limits.min_rate:g} bytes a second")

    def inflated(self, size: int) -> None:
        limits = self._limits
        self._body += size
        if self._body > limits.body_bytes:
            raise TooLarge(f"the body unpacks to over {limits.body_bytes:,} bytes")
        if self._body > RATIO_FROM and self._body > limits.ratio * self._wire:
            raise TooLarge(f"the body unpacks to over {limits.ratio} times its size")


def _content_encoding(response: httpx.Response) -> str:
    return ",".join(response.headers.get_list("content-encoding"))
