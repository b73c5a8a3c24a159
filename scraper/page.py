"""`Page`: one fetched or saved web page, as bytes, before anything is read from it."""

from __future__ import annotations

import msgspec


class Archived(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page's bytes rest: a WARC file and the offset of its response record."""

    path: str
    offset: int


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One web page.

    Attributes:
        body: the bytes after content decoding (gzip, br, zstd removed), before character decoding.
        url: the address asked for; None for a saved file of unknown origin.
        final_url: the address that answered, after redirects.
        status: HTTP status; 200 for a saved file.
        headers: response headers, in order, names in lower case.
        fetched_at: ISO 8601 in UTC, or None for a saved file.
        encoding: charset told by the HTTP header, in lower case; the cleaner weighs it with meta and bytes.
        archived: where the bytes rest, if anywhere.
    """

    body: bytes
    url: str | None = None
    final_url: str | None = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    fetched_at: str | None = None
    encoding: str | None = None
    archived: Archived | None = None
