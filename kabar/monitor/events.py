"""New articles as Server-Sent Events (WHATWG HTML, section 9.2): /stream?q=...&after=2026-05-01T08:00:00+00:00

    id: 1203
    event: article
    data: {"id": ..., "title": ..., ...}

`after` begins with what came later than that second, or than the article of that id; left out, with what comes from now
on. After a connection was lost, a reader that tells the last id (`Last-Event-ID`) goes on there.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from kabar.monitor.api_answers import hit_of
from kabar.monitor.api_model import LONGEST_QUERY
from kabar.monitor.freshness import state
from kabar.monitor.settings import reading, settings
from kabar.store import QueryError, StoreError, parse
from kabar.store.arrivals import Arrivals, arrival_at, arrivals, newest_arrival
from kabar.store.faults import is_damage, is_hindrance
from kabar.store.query import Query

MOST_STREAMS = 32
MOST_AT_ONCE = 100
POLL_SECONDS = 2.0
QUIET_POLLS = 8
"""Polls without an article after which a sign of life is sent, so that proxies keep the connection."""
MOST_POLLS = 1_800
"""After which a stream ends; its reader comes back by itself."""
RETRY_MS = 5_000
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00")
_NUMBER = re.compile(r"[0-9]{1,15}")


class Streams:
    """The open streams of one application; to be used from its event loop only."""

    def __init__(self, most: int = MOST_STREAMS, poll: float = POLL_SECONDS) -> None:
        self.most = most
        self.poll = poll
        self.open = 0
        self.closing = asyncio.Event()

    def close(self) -> None:
        """Lets every stream end."""
        self.closing.set()

    async def pause(self) -> bool:
        """Waits for the next look at the store; False if the stream is to end."""
        try:
            await asyncio.wait_for(self.closing.wait(), self.poll)
        except TimeoutError:
            return True
        return False


async def stream(request: Request) -> Response:
    """Opens a stream of the new articles of a search."""
    streams: Streams = request.app.state.streams
    asked = request.query_params.get("q", "")
    if len(asked) > LONGEST_QUERY:
        raise HTTPException(400, f"a search has at most {LONGEST_QUERY} characters")
    try:
        query = parse(asked)
    except QueryError as error:
        raise HTTPException(400, str(error)) from None
    if streams.open >= streams.most:
        raise HTTPException(503, f"there are {streams.most} readers already", {"Retry-After": "60"})
    place = await run_in_threadpool(_place, request)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        _told(request, streams, query, place), media_type="text/event-stream; charset=utf-8", headers=headers
    )


async def _told(request: Request, streams: Streams, query: Query, place: int) -> AsyncIterator[bytes]:
    streams.open += 1
    known, quiet, more = "", 0, False
    try:
        yield f"retry: {RETRY_MS}\n\n".encode()
        for _ in range(MOST_POLLS):
            mark = state(settings(request).store).mark
            if mark != known or more:
                known = mark
                try:
                    came = await run_in_threadpool(_look, request, query, place)
                except StoreError:
                    return  # its reader comes back, and is told why
                except sqlite3.DatabaseError as error:
                    if is_damage(error) or is_hindrance(error):
                        return
                    raise
                place, more = came.until, came.more
                for arrival in came.found:
                    data = msgspec.json.encode(hit_of(arrival.hit))
                    yield b"id: %d\nevent: article\ndata: %s\n\n" % (arrival.number, data)
                quiet = 0 if came.found else quiet
            if not more:
                quiet += 1
                if quiet % QUIET_POLLS == 0:
                    yield b":\n\n"
                if not await streams.pause():
                    return
    finally:
        streams.open -= 1


def _place(request: Request) -> int:
    """The number of the last article that the reader has been told, or wants not to be."""
    with reading(request) as store:
        newest = newest_arrival(store.connection)
        for told in (request.headers.get("last-event-id", ""), request.query_params.get("after", "")):
            if _NUMBER.fullmatch(told):
                return min(int(told), newest)
            if _is_moment(told):
                return arrival_at(store.connection, told)
    return newest


def _is_moment(told: str) -> bool:
    """
    >>> _is_moment("2026-05-01T08:00:59+00:00"), _is_moment("2026-13-41T00:00:00+00:00"), _is_moment("yesterday")
    (True, False, False)
    """
    try:
        return bool(_MOMENT.fullmatch(told) and datetime.fromisoformat(told))
    except ValueError:
        return False


def _look(request: Request, query: Query, place: int) -> Arrivals:
    with reading(request) as store:
        return arrivals(store.connection, query, place, MOST_AT_ONCE)


ROUTES: list[BaseRoute] = [Route("/stream", stream)]
