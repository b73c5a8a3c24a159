"""Serves the sample site on loopback: two hosts, one process, nothing beyond 127.0.0.0/8."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import blake2b
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

from kabar.demo.site import EDITED, Answer, Portal, answer, copies, read_stories, read_templates

HOSTS = (("127.0.0.1", "Kabar Nusantara"), ("127.0.0.2", "Warta Salinan"))
WIB = timezone(timedelta(hours=7))


class Desk:
    """What the portals' editors do while the site runs."""

    def __init__(self) -> None:
        self.edited_at: str | None = None

    def edit(self) -> None:
        """Publishes the edit of one story on the first host, now."""
        self.edited_at = datetime.now(WIB).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class SampleSite:
    """The running sample site.

    Attributes:
        portals: the two hosts; the second repeats every tenth story of the first.
        desk: its `edit` changes one story.
        requests: every path asked for, with its host and the status of the answer.
    """

    portals: tuple[Portal, Portal]
    desk: Desk = field(default_factory=Desk)
    requests: list[tuple[str, str, int]] = field(default_factory=list)

    @property
    def edited_url(self) -> str:
        """The address of the story that changes."""
        return next(self.portals[0].base + story.path for story in self.portals[0].stories if story.slug == EDITED)


@contextmanager
def serve(folder: Path, port: int = 0) -> Iterator[SampleSite]:
    """Serves the site in `folder` on two loopback addresses until the block ends.

    Args:
        folder: of the sample site.
        port: to be used on both, so that a second run finds the same addresses; any free one if it is taken, or 0.
    """
    stories, templates = read_stories(folder), read_templates(folder)
    servers = [_bound(host, port) for host, _ in HOSTS]
    portals = [
        Portal(f"http://{server.server_name}:{server.server_port}", name, carried, templates)
        for server, (_, name), carried in zip(servers, HOSTS, (stories, copies(stories)), strict=True)
    ]
    site = SampleSite((portals[0], portals[1]))
    try:
        for server, portal in zip(servers, portals, strict=True):
            server.RequestHandlerClass = _handler(portal, site)
            threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    def server_bind(self) -> None:
        """Binds without looking the address up, as the base class does: that would ask a name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.socket.getsockname()[:2]


def _bound(host: str, port: int) -> _Server:
    """A server on the address and port wanted, else on any free port; macOS has no 127.0.0.2."""
    for address in ((host, port), (host, 0)):
        with suppress(OSError):
            return _Server(address, BaseHTTPRequestHandler)
    return _Server(("127.0.0.1", 0), BaseHTTPRequestHandler)


def _handler(portal: Portal, site: SampleSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = answer(replace(portal, edited_at=site.desk.edited_at), self.path.split("?", 1)[0])
            tag = f'"{blake2b(reply.body, digest_size=8).hexdigest()}"'
            same = reply.status == 200 and _is_known(reply, tag, self.headers)
            status, body = (304, b"") if same else (reply.status, reply.body)
            site.requests.append((portal.base, self.path, status))
            self.send_response(status)
            self.send_header("ETag", tag)
            if reply.modified is not None:
                self.send_header("Last-Modified", format_datetime(reply.modified, usegmt=True))
            if not same:
                self.send_header("Content-Type", reply.content_type)
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """The crawler tells what was fetched; the server stays silent."""

    return Handler


def _is_known(reply: Answer, tag: str, asked: Message) -> bool:
    """Whether a conditional request (RFC 9110, 13.1) asks for what it has already."""
    known = asked.get("If-None-Match")
    if known is not None:
        return tag in known
    since = asked.get("If-Modified-Since")
    return since is not None and reply.modified is not None and reply.modified <= parsedate_to_datetime(since)
