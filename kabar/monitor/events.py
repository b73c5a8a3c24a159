"""New articles as Server-Sent Events."""

from __future__ import annotations

import asyncio

MOST_STREAMS = 32


class Streams:
    """The open streams of one application; to be used from its event loop only."""

    def __init__(self, most: int = MOST_STREAMS) -> None:
        self.most = most
        self.open = 0
        self.closing = asyncio.Event()

    def close(self) -> None:
        """Lets every stream end."""
        self.closing.set()
