"""One source to its raw documents; a problem stands in the place of what cannot be read."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import cast

from kabar.documents import MAX_BYTES, Problem, Raw, Read, too_large
from kabar.inputs.formats import GZIP_MAGIC, SNIFFED, Format, by_content, by_name
from kabar.inputs.jsonl import read_jsonl
from kabar.inputs.mhtml import read_mhtml
from kabar.inputs.refused import is_list_of_addresses, refusal
from kabar.inputs.sources import Source
from kabar.inputs.text import decoded
from kabar.inputs.warc import read_warc
from scraper.errors import NotText
from scraper.page import Page

Reader = Callable[[io.BufferedReader, str], Iterator[Read]]


def read(source: Source, format_: Format | None = None) -> Iterator[Read]:
    """Yields what stands in one file or in standard input; addresses are `kabar.fetching`'s.

    Args:
        source: a file or standard input.
        format_: its format; by name, else by first bytes, when left out.
    """
    try:
        with _opened(source) as stream:
            yield from _read_stream(stream, source, format_)
    except EOFError:
        yield Problem(source.name, "the compressed data is cut short")
    except (gzip.BadGzipFile, zlib.error):
        yield Problem(source.name, "the compressed data is damaged")
    except OSError as error:
        yield Problem(source.name, "cannot be read: " + (error.strerror or str(error)).lower())


def _opened(source: Source) -> AbstractContextManager[io.BufferedReader]:
    if source.kind == "stdin":
        return nullcontext(cast("io.BufferedReader", sys.stdin.buffer))
    return Path(source.name).open("rb")


def _read_stream(stream: io.BufferedReader, source: Source, format_: Format | None) -> Iterator[Read]:
    head = stream.peek(SNIFFED)[:SNIFFED]
    if format_ is None and (reason := refusal(source.name, head)):
        yield Problem(source.name, reason)
        return
    format_ = format_ or by_name(source.name) or by_content(head)
    if format_ != "warc" and head.startswith(GZIP_MAGIC):  # a WARC is compressed record by record: warcio's own work
        stream = io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=stream)))
    yield from READERS[format_](stream, source.name)


def _read_html(stream: io.BufferedReader, name: str) -> Iterator[Read]:
    body = stream.read(MAX_BYTES + 1)
    yield too_large(name) if len(body) > MAX_BYTES else Raw(name, Page(body=body), file=name)


def _read_text(stream: io.BufferedReader, name: str) -> Iterator[Read]:
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield too_large(name)
        return
    try:
        text, warnings = decoded(data)
    except NotText as error:
        yield Problem(name, error.reason)
        return
    if is_list_of_addresses(text):
        yield Problem(name, "a list of addresses, not a text; to read what stands there: --files-from " + name)
        return
    yield Raw(name, text, file=name, warnings=warnings)


def _read_mhtml(stream: io.BufferedReader, name: str) -> Iterator[Read]:
    data = stream.read(MAX_BYTES + 1)
    yield too_large(name) if len(data) > MAX_BYTES else read_mhtml(data, name)


READERS: dict[Format, Reader] = {
    "html": _read_html,
    "text": _read_text,
    "jsonl": read_jsonl,
    "warc": read_warc,
    "mhtml": _read_mhtml,
}
