"""What a long crawl shows: one living line on a terminal, JSON lines everywhere else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kabar.cli.talk import say

if TYPE_CHECKING:
    from scraper.crawl.crawler import Progress
    from scraper.crawl.work import Stats

Watch = Callable[["Progress", "Stats", float], None]
"""Shows how far a crawl is: its counts, the queue, and the seconds it has run."""


def tell(message: str) -> None:
    """Says it to a person on a terminal, or logs it as one JSON object a line."""
    if sys.stderr.isatty():
        say(message)
        return
    import msgspec

    from kabar.printable import printable

    now = datetime.now(UTC).isoformat(timespec="seconds")
    line = msgspec.json.encode({"time": now, "message": printable(message)}).decode()
    with contextlib.suppress(BrokenPipeError):
        print(line, file=sys.stderr, flush=True)


def line(progress: Progress, stats: Stats, seconds: float) -> str:
    """The living line: counts, rate, and how long the queue will take at this rate."""
    left = stats.total("ready") + stats.total("leased")
    rate = progress.pages / seconds if seconds else 0.0
    said = f"{progress.pages:,} pages, {progress.articles:,} articles, {progress.failed:,} failed, {left:,} queued"
    return said + (f", {rate:.1f} a second, about {_span(left / rate)} left" if rate and left else "")


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


@contextlib.contextmanager
def watching() -> Iterator[Watch | None]:
    """Gives what shows the living line; None where there is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("starting") as status:
        yield lambda progress, stats, seconds: status.update(Text(line(progress, stats, seconds)))
