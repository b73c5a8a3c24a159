"""What can go wrong when a message is sent."""

from __future__ import annotations


class SettingsError(Exception):
    """An environment variable that a channel needs is missing or wrong; the message names it and the way out."""


class Undelivered(Exception):
    """A message was not taken.

    Attributes:
        reason: one lower-case sentence for a person, without secrets.
        retry_after: seconds that the receiver asked to wait, or None.
        final: whether trying again is of no use.
        unsure: whether it may have been taken all the same: it was sent, and no answer came.
    """

    def __init__(
        self, reason: str, *, retry_after: float | None = None, final: bool = False, unsure: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        self.final = final
        self.unsure = unsure
