"""WARC 1.1 records of one fetch (ISO 28500), as bytes ready to be written.

A response keeps the body as it came, content coding on: no byte of it is touched, and it costs almost nothing to
compress what is compressed. Measured on a page of 73 KB: 0.16 ms CPU for response, request and metadata with a gzipped
body, 0.7 ms with a plain one at gzip level 1; inflating the body and packing it at warcio's level 9 costs 2.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO

from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from scraper.crawl.work import Lease
from scraper.http.exchange import Exchange, Fetched

STORED, FAST = 0, 1  # gzip levels: for a body that is compressed already, for all else
SERVER_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
NAMES = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}  # chunking is removed before it is stored

_BUILDER = RecordBuilder(warc_version="1.1")


def warcinfo(file_name: str, software: str, user_agent: str) -> bytes:
    """The record that each file begins with."""
    info = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "http-header-user-agent": user_agent,
    }
    return _packed(_BUILDER.create_warcinfo_record(file_name, info), FAST)


class Written:
    """The records of one fetch.

    Attributes:
        data: all of them, one gzip member each.
        place: where in `data` the record of the page itself begins.
        payload: what `known` of a later fetch may be: the payload's digest and the date of its response record.
        revisit: whether the page's record is a revisit.
    """

    __slots__ = ("data", "payload", "place", "revisit")

    def __init__(self, fetched: Fetched, lease: Lease | None = None) -> None:
        """Args:
        fetched: the page with its exchanges.
        lease: where it was fetched before; the same payload again is written as a revisit.
        """
        *hops, last = fetched.exchanges
        parts: list[bytes] = []
        for hop in hops:
            answer = _response(hop)
            parts += (_packed(answer, FAST), _packed(_request(hop, answer), FAST))
        self.place = sum(map(len, parts))
        record, self.payload, self.revisit = _page_record(last, lease)
        parts.append(_packed(record, _level(last)))
        parts.append(_packed(_request(last, record), FAST))
        parts.append(_packed(_metadata(last, record, fetched, lease), FAST))
        self.data = b"".join(parts)


def _page_record(last: Exchange, lease: Lease | None) -> tuple[ArcWarcRecord, str, bool]:
    known = lease.payload if lease is not None else None
    digest, _, date = (known or "").partition(" ")
    if last.status == 304 and known:
        return _revisit(last, digest, date), known, True
    record = _response(last)
    payload = record.rec_headers.get_header("WARC-Payload-Digest")
    if digest and payload == digest and last.wire:
        return _revisit(last, digest, date), digest + " " + date, True
    return record, f"{payload} {last.sent_at}", False


def _response(exchange: Exchange) -> ArcWarcRecord:
    headers = {"WARC-Date": exchange.sent_at}
    if exchange.http_version != "HTTP/1.1":
        headers["WARC-Protocol"] = exchange.http_version.lower()
    told = next((value for name, value in exchange.headers if name.lower() == "content-length"), "")
    if told.isdecimal() and int(told[:18]) > len(exchange.wire) and exchange.status != 304:
        headers["WARC-Truncated"] = "length"
    return _BUILDER.create_warc_record(
        _one_line(exchange.url), "response", payload=BytesIO(exchange.wire), length=len(exchange.wire),
        http_headers=_http_headers(exchange), warc_headers_dict=headers,
    )  # fmt: skip


def _revisit(exchange: Exchange, digest: str, date: str) -> ArcWarcRecord:
    """A record that refers to an earlier one.

    That of a 304 has no block: replay takes the headers of the page then, where it would show the 304 itself.
    """
    unchanged = exchange.status == 304
    record = _BUILDER.create_revisit_record(
        _one_line(exchange.url), digest, _one_line(exchange.url), date,
        http_headers=None if unchanged else _http_headers(exchange), warc_headers_dict={"WARC-Date": exchange.sent_at},
    )  # fmt: skip
    if unchanged:
        record.rec_headers.replace_header("WARC-Profile", SERVER_NOT_MODIFIED)
    return record


def _request(exchange: Exchange, response: ArcWarcRecord) -> ArcWarcRecord:
    path = "/" + exchange.url.partition("://")[2].partition("/")[2]
    head = StatusAndHeaders(f"GET {_one_line(path)} HTTP/1.1", _clean(exchange.request_headers), is_http_request=True)
    return _BUILDER.create_warc_record(
        _one_line(exchange.url), "request", payload=BytesIO(), length=0, http_headers=head,
        warc_headers_dict={"WARC-Date": exchange.sent_at, **_beside(response)},
    )  # fmt: skip


def _metadata(exchange: Exchange, response: ArcWarcRecord, fetched: Fetched, lease: Lease | None) -> ArcWarcRecord:
    fields = {"fetchTimeMs": str(round(fetched.seconds * 1000)), "status": str(exchange.status)}
    if len(fetched.exchanges) > 1:
        fields["via"] = _one_line(fetched.exchanges[0].url)
    if lease is not None:
        fields |= {"kind": lease.kind, "depth": str(lease.depth), "attempt": str(lease.attempt)}
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    return _BUILDER.create_warc_record(
        _one_line(exchange.url), "metadata", payload=BytesIO(block), length=len(block),
        warc_headers_dict={"WARC-Date": exchange.sent_at, **_beside(response)},
    )  # fmt: skip


def _beside(response: ArcWarcRecord) -> dict[str, str]:
    return {"WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}


def _http_headers(exchange: Exchange) -> StatusAndHeaders:
    status = f"{exchange.status} {_one_line(exchange.reason)}".rstrip()
    return StatusAndHeaders(status, _clean(exchange.headers), protocol="HTTP/1.1")


def _clean(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(NAMES.get(name.lower(), _one_line(name)), _one_line(value)) for name, value in headers]


def _one_line(text: str) -> str:
    """A header or address that cannot end its line, nor fail to be encoded."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " for char in text)


def _level(exchange: Exchange) -> int:
    coded = any(name.lower() == "content-encoding" and value for name, value in exchange.headers)
    return STORED if coded else FAST


def _packed(record: ArcWarcRecord, level: int) -> bytes:
    """One record as a gzip member of its own, as WARC readers seek by."""
    block = BytesIO()
    WARCWriter(block, gzip=False, warc_version="1.1").write_record(record)
    pack = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return pack.compress(block.getbuffer()) + pack.flush()
