"""The progress bar: on standard error, only on a terminal, and only where the documents themselves go elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kabar.cli.talk import Volume

if TYPE_CHECKING:
    from kabar.cli.batch import Tally

Advance = Callable[["Tally"], None]


@contextlib.contextmanager
def progress(volume: Volume, total: int | None = None) -> Iterator[Advance]:
    """Gives a function that shows how far the run is; it does nothing where a bar would disturb."""
    if not volume or not sys.stderr.isatty() or sys.stdout.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        shown = bar.add_task("documents", total=total)

        def advance(tally: Tally) -> None:
            failed = f", {tally.failed} failed" if tally.failed else ""
            bar.update(shown, completed=tally.done + tally.failed, description="documents" + failed)

        yield advance
