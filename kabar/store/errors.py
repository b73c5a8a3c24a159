"""What can go wrong with a store."""

from __future__ import annotations


class StoreError(Exception):
    """The file is no store, is newer than this program, or cannot be opened; the message names it and the way out."""


class QueryError(ValueError):
    """A search that cannot be read; the message names the part that is wrong."""
