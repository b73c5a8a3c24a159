"""A server on loopback that takes what alerts post."""

from __future__ import annotations

import base64
import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()


@dataclass
class Posted:
    """One request that came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def titles(self) -> list[str]:
        return [story["title"] for story in self.json["data"]["stories"]]


@dataclass
class Receiver:
    """A server that answers with `answers` one after the other, the last of them for ever."""

    url: str = ""
    posts: list[Posted] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=lambda: [(204, {}, b"")])


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver, while it listens."""
    received = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            received.posts.append(Posted(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status, headers, content = received.answers[0]
            received.answers = received.answers[1:] or received.answers
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # nobody reads an answer of 10 MB to its end
                self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    received.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield received
    server.shutdown()
    server.server_close()
