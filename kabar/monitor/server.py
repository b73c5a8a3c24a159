"""The web server, on uvicorn: it waits for no slow client for long, and ends at once with streams open."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from kabar.monitor.guard import MOST_HEADER_BYTES, MOST_QUERY_BYTES

MOST_CONNECTIONS = 256
REQUEST_SECONDS = 15.0
"""In which a connection must bring a whole request head, counted from when it was opened or last answered."""
STALLED_SECONDS = 30.0
"""For which a client may take nothing of what is sent to it."""
END_SECONDS = 3


class PatientProtocol(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it, which gives slow clients no end of time; this does."""

    request_seconds = REQUEST_SECONDS
    stalled_seconds = STALLED_SECONDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def on_response_complete(self) -> None:
        """Begins to wait for the next request."""
        super().on_response_complete()
        self._wait()

    def pause_writing(self) -> None:
        """Begins to wait for the client to take something."""
        super().pause_writing()
        self._stalled = self.loop.call_later(self.stalled_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Ends that wait."""
        super().resume_writing()
        _cancel(self._stalled)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends all waits."""
        _cancel(self._waiting)
        _cancel(self._stalled)
        super().connection_lost(exc)

    def _wait(self) -> None:
        _cancel(self._waiting)
        self._waiting = self.loop.call_later(self.request_seconds, self._give_up)

    def _give_up(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()


class Server(uvicorn.Server):
    """Serves one application until it is interrupted.

    Args:
        app: with `app.state.streams`, which are closed when the server ends.
        started: called when connections are taken.
    """

    def __init__(self, app: Starlette, started: Callable[[], None] = lambda: None) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=PatientProtocol,
                ws="none",
                lifespan="off",
                log_config=None,
                server_header=False,
                limit_concurrency=MOST_CONNECTIONS,
                h11_max_incomplete_event_size=MOST_HEADER_BYTES + MOST_QUERY_BYTES,
                timeout_graceful_shutdown=END_SECONDS,
            )
        )
        self._application = app
        self._when_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes connections."""
        await super().startup(sockets)
        self._when_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the streams, which would never end by themselves, and then the connections."""
        self._application.state.streams.close()
        await super().shutdown(sockets)


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections there.

    Raises:
        OSError: it cannot; the message says why, and what to do.
    """
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reasons = {
            errno.EADDRINUSE: f"port {port} is taken; name another with --port, or 0 for any free one",
            errno.EACCES: f"port {port} may not be used by you; name one above 1023 with --port",
            errno.EADDRNOTAVAIL: f"{host} is no address of this machine; see --host",
        }
        raise OSError(error.errno, reasons.get(error.errno or 0, f"cannot listen on {host}: {error}")) from None
