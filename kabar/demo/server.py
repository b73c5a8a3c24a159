"""Serves the sample site on loopback: two hosts, one process, nothing beyond 127.0.0.0/8."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kabar.demo.site import EDITED, Portal, answer, copies, read_stories, read_templates

HOSTS = (("127.0.0.1", "Kabar Nusantara"), ("127.0.0.2", "Warta Salinan"))


@dataclass(frozen=True, slots=True)
class SampleSite:
    """The running sample site.

    Attributes:
        portals: the two hosts; the second repeats every tenth story of the first.
        edit: call it to publish the edit of one story on the first host.
    """

    portals: tuple[Portal, Portal]
    edit: threading.Event

    @property
    def edited_url(self) -> str:
        """The address of the story that changes."""
        return next(self.portals[0].base + story.path for story in self.portals[0].stories if story.slug == EDITED)


@contextmanager
def serve(folder: Path) -> Iterator[SampleSite]:
    """Serves the site in `folder` on free ports of two loopback addresses until the block ends."""
    stories, templates = read_stories(folder), read_templates(folder)
    edit = threading.Event()
    servers: list[ThreadingHTTPServer] = []
    portals: list[Portal] = []
    try:
        for (host, name), carried in zip(HOSTS, (stories, copies(stories)), strict=True):
            server = ThreadingHTTPServer((host, 0), BaseHTTPRequestHandler)
            portal = Portal(f"http://{host}:{server.server_address[1]}", name, carried, templates)
            server.RequestHandlerClass = _handler(portal, edit)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers.append(server)
            portals.append(portal)
        yield SampleSite((portals[0], portals[1]), edit)
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _handler(portal: Portal, edit: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            reply = answer(replace(portal, edited=edit.is_set()), self.path.split("?", 1)[0])
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
            """The crawler tells what was fetched; the server stays silent."""

    return Handler
