"""JSON Lines: one object a line, with `text`, `html` or `body` (base64), and what is known beside it.

A line that `kabar clean` wrote (it has `removed`) is an `Article` already and is not cleaned again.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import msgspec

from kabar.documents import MAX_BYTES, NothingFound, Problem, Raw, Read, too_large
from scraper.article import Article, Timestamp
from scraper.page import Page

_WIB = timezone(timedelta(hours=7))


class _Given(msgspec.Struct, frozen=True):
    """The keys that are read; any others are passed over."""

    text: str | None = None
    html: str | None = None
    body: bytes | None = None
    encoding: str | None = None
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    published: str | Timestamp | None = None


def read_jsonl(stream: io.BufferedReader, name: str) -> Iterator[Read]:
    """Yields a raw document a line; a broken line becomes a problem named `path:line`, and the rest goes on."""
    number = 0
    found = False
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            found = True
            yield too_large(f"{name}:{number}")
            _skip_line(stream, line)
        elif line.strip():
            found = True
            yield _document(line.removeprefix(b"\xef\xbb\xbf"), f"{name}:{number}", name)
    if not found:
        yield NothingFound(name, "the list is empty")


def published(value: str | Timestamp | None) -> Timestamp | None:
    """Reads a time given beside the content; a time without a zone is taken as WIB, None where it is no time.

    >>> published("2024-03-01").precision
    'day'
    >>> published("2024-03-01 09:30").value
    '2024-03-01T09:30:00+07:00'
    """
    if value is None or isinstance(value, Timestamp):
        return value
    try:
        if len(value) <= 10:
            return Timestamp(value=date.fromisoformat(value).isoformat(), precision="day", raw=value, source="given")
        time = datetime.fromisoformat(value)
    except ValueError:
        return None
    zone = None if time.tzinfo is None else time.strftime("%z")
    time = time if time.tzinfo else time.replace(tzinfo=_WIB)
    precision = "second" if time.second else "minute"
    return Timestamp(value=time.isoformat(), precision=precision, zone=zone, raw=value, source="given")  # type: ignore[arg-type]


def _document(line: bytes, name: str, file: str) -> Read:
    try:
        fields: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        if "removed" in fields and "text" in fields:
            return Raw(name, msgspec.convert(fields, Article), file=file)
        given = msgspec.convert(fields, _Given)
    except msgspec.ValidationError as error:
        return Problem(name, f"not an object of the expected shape: {error}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Problem(name, f"broken JSON: {error}")
    if given.html is None and given.text is None and given.body is None:
        return Problem(name, "the object has neither `text` nor `html`")
    time = published(given.published)
    return Raw(
        name,
        _content(given),
        file=file,
        id=None if given.id is None else str(given.id),
        title=given.title,
        url=given.url,
        published=time,
        warnings=("`published` is not understood",) if given.published and time is None else (),
    )


def _content(given: _Given) -> Page | str:
    if given.html is not None:
        return Page(body=given.html.encode("utf-8", "replace"), url=given.url, encoding="utf-8")
    if given.body is not None:
        return Page(body=given.body, url=given.url, encoding=given.encoding)
    return given.text or ""


def _skip_line(stream: io.BufferedReader, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(MAX_BYTES)
