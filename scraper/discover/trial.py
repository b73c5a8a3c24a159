"""Learning by trial: which URL shapes of a publisher turned out to be articles."""

from __future__ import annotations

from collections.abc import Mapping


class Trial:
    """Counts, for each URL shape, how many fetched pages were articles and how many were not."""

    def __init__(self, counts: Mapping[str, tuple[int, int]] | None = None) -> None:
        raise NotImplementedError

    def record(self, url: str, article: bool) -> None:
        """Counts one fetched page."""
        raise NotImplementedError

    def verdict(self, url: str) -> bool | None:
        """True or False once this shape is known well enough, None before."""
        raise NotImplementedError

    def take_changes(self) -> dict[str, tuple[int, int]]:
        """The counts that changed since the last call, for `Frontier.save_trial`."""
        raise NotImplementedError
