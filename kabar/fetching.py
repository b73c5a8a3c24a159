"""Many addresses to pages: one request at a time to a host, a pause between two, several hosts side by side."""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from kabar.documents import Problem
from scraper.errors import CleanError, FetchError
from scraper.page import Page

if TYPE_CHECKING:
    from scraper.http.client import Client

PAUSE = 1.0  # seconds between two requests to one host, where its robots.txt asks for no longer one
AHEAD = 32  # pages held while an earlier one is waited for
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
    _write(folder / name, page.body)
    _write(folder / f"{name}.json", msgspec.json.format(msgspec.json.encode(kept)) + b"\n")
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


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


async def fetch_in_order(urls: Iterable[str], client: Client) -> AsyncGenerator[Page | Problem]:
    """Fetches every address, and gives the outcomes in the order of the addresses."""
    turns: dict[str, _Turn] = {}
    waiting: deque[asyncio.Task[Page | Problem]] = deque()
    try:
        for url in urls:
            turn = turns.setdefault(_host(url), _Turn())
            waiting.append(asyncio.create_task(_fetch_in_turn(url, client, turn)))
            if len(waiting) >= AHEAD:
                yield await waiting.popleft()
        while waiting:
            yield await waiting.popleft()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def _fetch_in_turn(url: str, client: Client, turn: _Turn) -> Page | Problem:
    loop = asyncio.get_running_loop()
    async with turn.lock:
        await asyncio.sleep(max(0.0, turn.free_at - loop.time()))
        try:
            return await client.get(url)
        except FetchError as error:
            return Problem(url, error.reason)
        finally:
            turn.free_at = loop.time() + _pause(url, client)


def _pause(url: str, client: Client) -> float:
    if client.robots is None:
        return PAUSE
    parts = urlsplit(url)
    rules = client.robots.known(f"{parts.scheme}://{parts.netloc}")
    return max(PAUSE, rules.delay or 0.0) if rules is not None else PAUSE


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # the client says what is wrong with it
        return ""
