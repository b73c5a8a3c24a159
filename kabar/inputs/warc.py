"""WARC files, plain or compressed (ISO 28500): each HTML response of status 200 is a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kabar.documents import MAX_BYTES, NothingFound, Problem, Raw, Read, too_large
from scraper.page import Archived, Page

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_HTML = ("text/html", "application/xhtml+xml")


def read_warc(stream: io.BufferedReader, name: str) -> Iterator[Read]:
    """Yields the pages in order of the records; a damaged record ends the file with a problem."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    found = False
    try:
        records = ArchiveIterator(stream)
        for record in records:
            if _is_page(record):
                found = True
                body = record.content_stream().read(MAX_BYTES + 1)
                offset = records.get_record_offset()  # goes to the record's end, so only after its body
                yield _page(record, body, offset, name)
    except ArchiveLoadFailed as error:
        yield Problem(name, "damaged WARC: " + " ".join(str(error).split()))
        return
    if not found:
        yield NothingFound(name, "no HTML page in this WARC file")


def _is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type == "response":
        status = record.http_headers.get_statuscode() if record.http_headers else ""
        return status == "200" and _media_type(record.http_headers.get_header("Content-Type")) in _HTML
    return record.rec_type == "resource" and _media_type(record.content_type) in _HTML


def _page(record: ArcWarcRecord, body: bytes, offset: int, name: str) -> Read:
    url = record.rec_headers.get_header("WARC-Target-URI")
    if len(body) > MAX_BYTES:
        return too_large(f"{name}: {url}")
    headers = record.http_headers.headers if record.http_headers else []
    page = Page(
        body=body,
        url=url,
        final_url=url,
        headers=tuple((key.lower(), value) for key, value in headers),
        fetched_at=record.rec_headers.get_header("WARC-Date"),
        encoding=_charset(record),
        archived=Archived(path=name, offset=offset),
    )
    return Raw(f"{name}: {url}", page, file=name, url=url)


def _media_type(header: str | None) -> str:
    return (header or "").split(";")[0].strip().lower()


def _charset(record: ArcWarcRecord) -> str | None:
    from email.message import Message

    message = Message()
    message["Content-Type"] = (record.http_headers.get_header("Content-Type") if record.http_headers else None) or ""
    return message.get_content_charset()
