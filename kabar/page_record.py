"""A fetched page as JSON: one line, or a file beside its body."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from kabar.output import replacing
from scraper.errors import CleanError
from scraper.page import Page

SUFFIXES = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/json": ".json"}


class PageRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A fetched page as one JSON line; `kabar clean -` and `kabar tag -` read it.

    Attributes:
        url: the address asked for.
        final_url: the address that answered, after redirects.
        status: HTTP status.
        fetched_at: ISO 8601 in UTC.
        encoding: charset told by the HTTP header.
        headers: response headers, in order, names in lower case.
        sha256: of the body's bytes, in hex.
        html: the page's text, decoded by header, meta and bytes; left out if it is none.
        body: the bytes in base64, where `html` is left out.
        file: the name under which the body was saved, with `--save`; then `html` and `body` are left out.
    """

    url: str | None
    final_url: str | None
    status: int
    fetched_at: str | None
    encoding: str | None
    headers: tuple[tuple[str, str], ...]
    sha256: str
    html: str | None = None
    body: bytes | None = None
    file: str | None = None


def record(page: Page) -> PageRecord:
    """The JSON record of a page, with its text or bytes in it."""
    from scraper.clean.decode import decode

    try:
        return _record(page, html=decode(page.body, page.encoding).text)
    except CleanError:
        return _record(page, body=page.body)


def save(page: Page, folder: Path) -> PageRecord:
    """Writes the body and its record beside each other, named after the address's hash.

    Raises:
        OSError: the folder cannot be written.
    """
    stem = hashlib.sha256((page.url or "").encode()).hexdigest()[:20]
    media_type = dict(page.headers).get("content-type", "").partition(";")[0].strip().lower()
    name = stem + _suffix(media_type)
    kept = _record(page, file=name)
    for path, content in (
        (folder / name, page.body),
        (folder / f"{name}.json", msgspec.json.format(msgspec.json.encode(kept)) + b"\n"),
    ):
        with replacing(path) as stream:
            stream.write(content)
    return kept


def _suffix(media_type: str) -> str:
    if media_type in SUFFIXES:
        return SUFFIXES[media_type]
    return ".xml" if media_type.endswith("xml") else ".bin" if media_type else ".html"


def _record(page: Page, html: str | None = None, body: bytes | None = None, file: str | None = None) -> PageRecord:
    return PageRecord(
        url=page.url,
        final_url=page.final_url,
        status=page.status,
        fetched_at=page.fetched_at,
        encoding=page.encoding,
        headers=page.headers,
        sha256=hashlib.sha256(page.body).hexdigest(),
        html=html,
        body=body,
        file=file,
    )
