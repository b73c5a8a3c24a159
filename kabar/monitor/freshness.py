"""Answers that are not sent again while the store is the same (RFC 9110, conditional requests)."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from kabar import __version__
from kabar.store.keys import WIB

SETTLED_SECONDS = 2
"""After which a second can bring no further change that its number would hide."""


@dataclass(frozen=True, slots=True)
class State:
    """What a store was when it was looked at: a mark that changes with it, and when it was last written."""

    mark: str
    modified: float


def state(store: Path) -> State:
    """The state of the store in a file, told by the sizes and times of the file and of its log."""
    told: list[int] = []
    modified = 0.0
    for path in (store, store.with_name(store.name + "-wal")):
        with suppress(FileNotFoundError):
            found = path.stat()
            told += [found.st_ino, found.st_size, found.st_mtime_ns]
            modified = max(modified, found.st_mtime)
    # the day in Jakarta, since searches count days back from it
    text = repr((__version__, datetime.now(WIB).date().isoformat(), told))
    return State(hashlib.blake2b(text.encode(), digest_size=9).hexdigest(), modified)


def unchanged(request: Request, now: State) -> bool:
    """Whether the reader has this state's answer."""
    asked = request.headers.get("if-none-match")
    if asked is not None:
        return asked.strip() == "*" or _tag(now) in (tag.strip() for tag in asked.split(","))
    with suppress(ValueError):
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return _settled(now) and int(now.modified) == since.timestamp()  # a clock that was set back makes the new old
    return False


def not_modified(now: State) -> Response:
    """The answer to a reader who has it."""
    return fresh(Response(status_code=304), now)


def fresh(answer: Response, now: State) -> Response:
    """Marks an answer with the state that it was made from."""
    answer.headers["ETag"] = _tag(now)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Accept-Language, Cookie"
    if _settled(now):
        answer.headers["Last-Modified"] = formatdate(int(now.modified), usegmt=True)
    return answer


def _tag(now: State) -> str:
    return f'W/"{now.mark}"'


def _settled(now: State) -> bool:
    return int(now.modified) + SETTLED_SECONDS <= time.time()
