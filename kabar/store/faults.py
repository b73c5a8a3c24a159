"""What SQLite's errors are to who uses a store: damage, a hindrance, or nothing of theirs but a fault of ours."""

from __future__ import annotations

import sqlite3

WAY_OUT = "put a copy in its place, or make it anew with `kabar store add`"
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT})
_HINDRANCES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_SCHEMA,  # another process brings the store up to date
    }
)
_NO_UTF8 = "Could not decode to UTF-8"
"""Begins what Python says, without a code, of a text that was damaged."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file no longer holds what was written into it."""
    return _code(error) in _DAMAGE or str(error).startswith(_NO_UTF8)


def is_hindrance(error: sqlite3.Error) -> bool:
    """Whether something is in the way: a full disk, a lock, a limit of time, another kind of file.

    A wrong statement and a broken constraint are neither damage nor hindrance, though SQLite calls them by the same
    class of error: they are faults of ours, which nobody should be told as theirs.
    """
    return _code(error) in _HINDRANCES


def is_interrupt(error: sqlite3.Error) -> bool:
    """Whether a progress handler has ended it, as it took too long."""
    return _code(error) == sqlite3.SQLITE_INTERRUPT


def _code(error: sqlite3.Error) -> int:
    """The primary code; 0 where Python raised the error without one."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
