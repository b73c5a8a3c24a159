"""The console that documents are printed on."""

from __future__ import annotations

from typing import Any

from rich.console import Console


class PlainConsole(Console):
    """Prints text as it stands: no markup in it is obeyed.

    A reader that leaves (`kabar ... | head`) is no failure, so it is told upwards rather than ending with exit code 1.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(highlight=False, emoji=False, markup=False, **options)

    def on_broken_pipe(self) -> None:
        """Lets `kabar.cli.talk.ends_cleanly` end the process."""
        raise BrokenPipeError
