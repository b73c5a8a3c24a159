"""Reads the pages of WARC (and ARC) files, ours or others'; a torn or damaged part costs only itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from scraper.crawl.members import MAGIC, members
from scraper.errors import CrawlError, NetworkError
from scraper.http.decoding import Stack
from scraper.page import Archived, Page

MAX_BODY = 20 * 2**20  # bytes, decoded
TEXT = ("text/html", "application/xhtml+xml", "text/plain")
UNREADABLE = (
    ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, NetworkError,
    AttributeError, OverflowError,  # warcio, on a record without an address, and on a length of twenty digits
)  # fmt: skip

Report = Callable[[str], None]


def read_pages(source: Path | BufferedReader, problem: Report | None = None) -> Iterator[Page]:
    """Reads the pages of a WARC file, compressed or not; a torn or damaged part costs only itself.

    Args:
        source: a file, or an open binary stream, be it a pipe.
        problem: told one sentence for each part that could not be read; logged as a warning by default.

    Yields:
        One `Page` for each response with an HTML or plain text body and status 200 or 203, in the file's order.
        Revisits (the same page again), redirects and errors are left out.

    Raises:
        CrawlError: it is no WARC file at all, or cannot be opened.
    """
    name = str(source) if isinstance(source, Path) else str(getattr(source, "name", "archive"))
    report = problem or logging.getLogger(__name__).warning
    try:
        with source.open("rb") if isinstance(source, Path) else nullcontext(source) as stream:
            start = stream.peek(16)[:16]
            if not start.startswith((MAGIC, b"WARC/", b"filedesc:")):
                raise CrawlError("this is no WARC file" if start else "the file is empty", name)
            read = _compressed if start.startswith(MAGIC) else _plain
            yield from read(stream, Path(name).name, lambda text: report(f"{name}: {text}"))
    except OSError as error:
        raise CrawlError((error.strerror or str(error)).lower(), name) from error


def _compressed(stream: IO[bytes], name: str, report: Report) -> Iterator[Page]:
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=True)
    for member in members(stream):
        if member.data is None:
            report(f"{member.problem} (at byte {member.offset:,}); what is whole was read")
        elif member.data.startswith((b"WARC/", b"http://", b"https://")):
            yield from _page_of(loader, member.data, Archived(path=name, offset=member.offset), report)


def _page_of(loader: ArcWarcRecordLoader, data: bytes, place: Archived, report: Report) -> Iterator[Page]:
    block = BytesIO(data)
    try:
        record = loader.parse_record_stream(block)
        page = _page(record, place)
        if record.raw_stream.read() is not None and block.read(64).strip():
            report(f"several records share one gzip member (at byte {place.offset:,}); `warcio recompress` mends that")
    except UNREADABLE as error:
        report(f"a record cannot be read (at byte {place.offset:,}): {_sentence(error)}")
        return
    if page is not None:
        yield page


def _plain(stream: IO[bytes], name: str, report: Report) -> Iterator[Page]:
    records = ArchiveIterator(stream, arc2warc=True)
    offset = 0
    try:
        for record in records:
            offset = records.offset
            try:
                page = _page(record, Archived(path=name, offset=offset))
            except NetworkError as error:
                report(f"a record cannot be read (at byte {offset:,}): {_sentence(error)}")
                continue
            if page is not None:
                yield page
    except UNREADABLE as error:
        report(f"the rest cannot be read (after byte {offset:,}): {_sentence(error)}")


def _page(record: ArcWarcRecord, place: Archived) -> Page | None:
    """The record's page; None for a record that is none.

    Raises:
        EOFError: the record is cut short.
        ValueError: its body is over the cap.
        NetworkError: its content coding is unknown or damaged.
    """
    url = record.rec_headers.get_header("WARC-Target-URI")
    if url is None or record.rec_type not in ("response", "resource"):
        return None
    headers: tuple[tuple[str, str], ...] = (("content-type", record.content_type or ""),)  # of a resource
    if record.http_headers:
        headers = tuple((name.lower(), value) for name, value in record.http_headers.headers)
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    content_type = _field(headers, "content-type") or ""
    if status not in ("200", "203") or not content_type.lower().startswith(TEXT):
        return None
    return Page(
        body=_body(record, headers),
        url=url,
        final_url=url,
        status=int(status),
        headers=headers,
        fetched_at=record.rec_headers.get_header("WARC-Date"),
        encoding=_charset(content_type),
        archived=place,
    )


def _body(record: ArcWarcRecord, headers: tuple[tuple[str, str], ...]) -> bytes:
    wire = record.raw_stream.read(MAX_BODY + 1)
    if len(wire) > MAX_BODY:
        raise ValueError(f"the body is over the cap of {MAX_BODY:,} bytes")
    if 0 <= record.payload_length != len(wire):
        raise EOFError("the record is cut short")
    if "chunked" in (_field(headers, "transfer-encoding") or "").lower():
        wire = ChunkedDataReader(BytesIO(wire)).read(MAX_BODY)
    stack = Stack(_field(headers, "content-encoding") or "")
    parts: list[bytes] = []
    size = 0
    for piece in stack.feed(wire):
        size += len(piece)
        if size > MAX_BODY:
            raise ValueError(f"the decoded body is over the cap of {MAX_BODY:,} bytes")
        parts.append(piece)
    return b"".join(parts)


def _field(headers: tuple[tuple[str, str], ...], wanted: str) -> str | None:
    return next((value for name, value in headers if name == wanted), None)


def _charset(content_type: str) -> str | None:
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \t\"'").lower() or None
    return None


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
