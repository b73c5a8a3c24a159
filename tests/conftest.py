"""`serve`: a real HTTP server on loopback whose answers a test writes byte for byte. `kabar`: the command line."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import ssl
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from kabar.cli import main
from tests.timing import PATIENCE

# The same examples on every run, however long the machine takes over one; `--hypothesis-profile=search` tries others.
settings.register_profile("search", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("search"), derandomize=True, database=None)
settings.load_profile("same")

COLOURS = ("FORCE_COLOR", "GITHUB_ACTIONS", "NO_COLOR", "PY_COLORS")  # what makes rich and typer colour a pipe, or not


def pytest_configure() -> None:
    """Makes the tests and the processes that they start see no proxy, terminal or setting of whoever runs them."""
    for name in list(os.environ):
        if name in COLOURS or name.startswith("KABAR_") or name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ["COLUMNS"] = "80"


@dataclass
class Request:
    """One request as it came in."""

    target: str
    headers: dict[str, str]


Handler = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]
Routes = dict[str, "bytes | Handler"]


@dataclass
class Server:
    """A running server: where it is, and what it was asked."""

    url: str
    port: int
    routes: Routes
    requests: list[Request] = field(default_factory=list)

    def asked(self, target: str) -> int:
        return sum(request.target == target for request in self.requests)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode("latin-1").rstrip().split("\r\n")
                fields = (line.partition(":") for line in lines)
                request = Request(first.split()[1], {name.lower(): value.strip() for name, _, value in fields})
                self.requests.append(request)
                answer = self.routes.get(request.target, self.routes.get("*", NOT_FOUND))
                if isinstance(answer, bytes):
                    writer.write(answer)
                else:
                    await answer(request, writer)
                await writer.drain()
                if writer.is_closing():
                    return
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()


def answer(body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """A whole HTTP/1.1 answer; header names are given with `_` for `-`."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


NOT_FOUND = answer(b"not here", "404 Not Found")


@pytest.fixture
def http_answer() -> Callable[..., bytes]:
    return answer


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """`serve(routes, host="127.0.0.1", tls=None) -> Server`; `"*"` answers what no other route does."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    running: list[asyncio.Server] = []

    def start(routes: Routes, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, port: int = 0) -> Server:
        served = Server("", 0, routes)
        listening = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(served.talk, host, port, ssl=tls, limit=2**20), loop
        ).result(PATIENCE)
        running.append(listening)
        served.port = listening.sockets[0].getsockname()[1]
        served.url = f"{'https' if tls else 'http'}://{host}:{served.port}"
        return served

    async def stop() -> None:
        for listening in running:
            listening.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    yield start
    asyncio.run_coroutine_threadsafe(stop(), loop).result(PATIENCE)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(PATIENCE)
    loop.close()


@dataclass(frozen=True)
class Ran:
    """What one run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def rivers(self) -> list[str]:
        """The last word of each title, which tells the pages of these tests apart."""
        return [line["title"].split()[-1] for line in self.lines]

    @property
    def messages(self) -> list[str]:
        return self.err.splitlines()


@pytest.fixture
def kabar(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """`kabar("clean", path, stdin=b"...")` runs a command to its end."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        given = io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)))
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        monkeypatch.setattr(sys, "argv", ["kabar", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", given)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as end:
            main()
        told = [stream.buffer.getvalue().decode() for stream in (out, err)]
        return Ran(end.value.code or 0, *told)

    return run
