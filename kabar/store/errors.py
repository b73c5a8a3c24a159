"""What can go wrong with a store."""

from __future__ import annotations


class StoreError(Exception):
    """The file is no store, is newer than this program, or cannot be opened; the message names it and the way out."""


class DamagedStore(StoreError):
    """The file no longer holds what was written into it."""


_REASONS = {
    "open_quotation": 'a quotation mark (") is open',
    "many_parts": "a search has at most {most} different words and filters",
    "long_query": "a search has at most {most} characters",
    "no_filter": "there is no filter {value!r}; there are {known}",
    "no_kind": "there is no kind {value!r}; there are {known}",
    "no_date": "{value!r} is no date; write 2026-05-31, 2026-05, 2026, 7d, 2minggu, kemarin or hari-ini",
    "no_day": "{value} is no day",
    "name_length": "the name of a saved search has 1 to {most} letters, not {value}",
}


class QueryError(ValueError):
    """A search that cannot be read; the message names the part that is wrong.

    Attributes:
        reason: one of `open_quotation`, `many_parts`, `long_query`, `no_filter`, `no_kind`, `no_date`, `no_day` and
            `name_length`, for who tells it in another language.
        values: what the message names.
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(_REASONS[reason].format(**values))
        self.reason, self.values = reason, values
