"""New articles as they come, over a real connection; slow and many readers."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncIterator

import pytest

from kabar.store import open_store

pytest.importorskip("uvicorn")
import httpx
from starlette.applications import Starlette
from starlette.responses import StreamingResponse
from starlette.routing import Route

from kabar.monitor.app import create_app
from kabar.monitor.events import Streams
from kabar.monitor.server import PatientProtocol
from tagger.document import TaggedArticle, Tool
from tests.kabar.monitor.serving import served
from tests.timing import PATIENCE, wait_for


def article(name: str, text: str = "Banjir surut.") -> TaggedArticle:
    return TaggedArticle(id=name, text=text, title=name, kind="news", tool=Tool(version="0", gazetteer="x"))


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.add([article("lama")])
    return path


@pytest.fixture
def address(path):
    app = create_app(path)
    app.state.streams = Streams(most=3, poll=0.05)
    with served(app) as (host, port):
        yield f"http://{host}:{port}"


def put(path, *articles: TaggedArticle) -> None:
    with open_store(path) as store:
        store.add(articles)


def read(lines, count: int) -> list[tuple[str, dict]]:
    """The next events: (id, article)."""
    found, id_ = [], ""
    for line in lines:
        if line.startswith("id: "):
            id_ = line[4:]
        if line.startswith("data: "):
            found.append((id_, json.loads(line[6:])))
            if len(found) == count:
                break
    return found


def test_new_articles_of_the_search_come_and_no_others(address, path):
    with httpx.stream("GET", f"{address}/stream", params={"q": "banjir"}, timeout=PATIENCE) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines) == "retry: 5000"
        put(path, article("satu"), article("lain", "Panen raya."))
        put(path, article("dua"), article("lama", "Banjir lagi."))
        assert [found["id"] for _, found in read(lines, 2)] == ["satu", "dua"]


def test_a_reader_that_comes_back_misses_nothing(address, path):
    with httpx.stream("GET", f"{address}/stream", timeout=PATIENCE) as answer:
        lines = answer.iter_lines()
        next(lines)
        put(path, article("satu"))
        ((last, _),) = read(lines, 1)
    put(path, article("dua"))
    with httpx.stream("GET", f"{address}/stream", headers={"Last-Event-ID": last}, timeout=PATIENCE) as answer:
        lines = answer.iter_lines()
        found = set()
        while "dua" not in found:
            found |= {one["id"] for _, one in read(lines, 1)}


def test_a_reader_begins_after_a_moment_that_it_names(address, path):
    with open_store(path) as store:
        (first,) = store.connection.execute("SELECT seen FROM article").fetchone()
    time.sleep(1.1)
    put(path, article("satu"))
    with httpx.stream("GET", f"{address}/stream", params={"after": first}, timeout=PATIENCE) as answer:
        assert [found["id"] for _, found in read(answer.iter_lines(), 1)] == ["satu"]


@pytest.mark.parametrize("moment", ["", "kemarin", "9999-12-31T23:59:59+00:00", "2026-13-41T00:00:00+00:00"])
def test_a_moment_that_is_none_begins_now(address, path, moment):
    with httpx.stream("GET", f"{address}/stream", params={"after": moment}, timeout=PATIENCE) as answer:
        lines = answer.iter_lines()
        next(lines)
        put(path, article("satu"))
        assert [found["id"] for _, found in read(lines, 1)] == ["satu"]


def test_there_is_a_limit_on_readers_and_a_place_is_free_again(address):
    streams = [httpx.stream("GET", f"{address}/stream", timeout=PATIENCE) for _ in range(3)]
    kept = [stream.__enter__().iter_lines() for stream in streams]
    assert [next(lines) for lines in kept] == ["retry: 5000"] * 3
    refused = httpx.get(f"{address}/stream", timeout=PATIENCE)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    for stream in streams:
        stream.__exit__(None, None, None)

    def let_in() -> bool:
        with httpx.stream("GET", f"{address}/stream", timeout=PATIENCE) as again:
            return again.status_code == 200

    assert wait_for(let_in)


def test_a_query_that_cannot_be_read_is_told(address):
    assert httpx.get(f"{address}/stream", params={"q": '"banjir'}, timeout=PATIENCE).status_code == 400


def test_a_server_ends_at_once_with_streams_open(path):
    app = create_app(path)
    with served(app) as (host, port):
        stream = httpx.stream("GET", f"http://{host}:{port}/stream", timeout=PATIENCE)
        lines = stream.__enter__().iter_lines()
        next(lines)
    assert list(lines) == [""]  # it ended, and was not cut off
    stream.__exit__(None, None, None)


def test_a_client_that_drips_its_request_is_left(path, monkeypatch):
    monkeypatch.setattr(PatientProtocol, "request_seconds", 0.3)
    with served(create_app(path)) as place, socket.create_connection(place, timeout=PATIENCE) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        assert slow.recv(100) == b""


def test_a_client_that_reads_nothing_is_left(monkeypatch):
    monkeypatch.setattr(PatientProtocol, "stalled_seconds", 0.3)
    left = threading.Event()

    async def endless() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x" * 100_000
                await asyncio.sleep(0)
        finally:
            left.set()

    app = Starlette(routes=[Route("/", lambda request: StreamingResponse(endless()))])
    app.state.streams = Streams()
    with served(app) as place, socket.create_connection(place, timeout=PATIENCE) as stalled:
        stalled.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert left.wait(PATIENCE)
