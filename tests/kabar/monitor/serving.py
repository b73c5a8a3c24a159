"""A monitor on a loopback port, for tests of what only a real connection shows."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from starlette.applications import Starlette

from kabar.monitor.server import Server, listening
from tests.timing import PATIENCE


@contextlib.contextmanager
def served(app: Starlette) -> Iterator[tuple[str, int]]:
    """The address of the application, while it is served."""
    ready = threading.Event()
    sock = listening("127.0.0.1", 0)
    server = Server(app, started=ready.set)
    thread = threading.Thread(target=server.run, args=([sock],))
    thread.start()
    try:
        assert ready.wait(PATIENCE)
        yield sock.getsockname()
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
