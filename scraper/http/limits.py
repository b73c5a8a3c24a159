"""`Limits`: how much time and space one fetch may take."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Caps of one fetch; the defaults suit news pages over slow regional lines.

    Attributes:
        total: seconds for the whole fetch, redirects included, robots.txt apart.
        connect: seconds until a connection (name, TCP, TLS) stands.
        read: seconds of silence between two reads.
        min_rate: bytes a second below which a body is given up, once `grace` seconds have passed.
        grace: seconds before `min_rate` counts.
        wire_bytes: body bytes as sent, before content decoding.
        body_bytes: body bytes after content decoding.
        ratio: body bytes for one wire byte, once a body is over 1 MiB; news HTML stays under 40.
        headers: response header fields.
        header_bytes: bytes of all response header fields together.
        redirects: hops after the first address.
        error_bytes: bytes read of a page that is no article (redirect, 404, challenge).
    """

    total: float = 60.0
    connect: float = 10.0
    read: float = 20.0
    min_rate: float = 512.0
    grace: float = 10.0
    wire_bytes: int = 10 * 2**20
    body_bytes: int = 20 * 2**20
    ratio: int = 200
    headers: int = 200
    header_bytes: int = 64 * 2**10
    redirects: int = 10
    error_bytes: int = 64 * 2**10
