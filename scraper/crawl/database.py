"""The frontier's file: opened by its one writer, and read by anybody."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path
from time import time

from scraper.crawl.hosts import COLUMNS, Host
from scraper.crawl.work import Stats
from scraper.errors import CrawlError

VERSION = 2
UPGRADES = {1: "ALTER TABLE hosts ADD COLUMN terms TEXT"}
"""From each earlier version to the next."""
CACHE_KIB = 16 * 2**10
WAL_PAGES = 4_000  # 16 MB of log before it is written back


def lock(path: Path) -> sqlite3.Connection:
    """Takes the frontier for this process; SQLite's lock on a file beside it ends with the process, however it ends.

    Raises:
        CrawlError: another process has it, or the folder cannot be written.
    """
    beside = path.with_name(path.name + ".lock")
    try:
        held = sqlite3.connect(beside, timeout=0, isolation_level=None, check_same_thread=False)
        held.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise CrawlError(
                "another crawl is running on this folder; stop it, or choose another --data", str(path)
            ) from error
        raise told(error, path) from error
    return held


def open_writer(path: Path, *, sync: bool) -> sqlite3.Connection:
    """Opens or creates the file.

    Raises:
        CrawlError: it is damaged, read-only, no frontier, or from a later version.
    """
    try:
        db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise CrawlError(
                f"the frontier is of version {version}, this program knows {VERSION}: update it", str(path)
            )
        db.execute("PRAGMA journal_mode = WAL")
        db.execute(f"PRAGMA synchronous = {'FULL' if sync else 'NORMAL'}")
        db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        db.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
        db.execute("PRAGMA temp_store = MEMORY")
        if version == 0:
            schema = files("scraper.crawl").joinpath("frontier.sql").read_text(encoding="utf-8")
            db.executescript(f"BEGIN; {schema} COMMIT;")
        for earlier in range(version or VERSION, VERSION):
            db.executescript(f"BEGIN; {UPGRADES[earlier]}; PRAGMA user_version = {earlier + 1}; COMMIT;")
    except sqlite3.Error as error:
        raise told(error, path) from error
    return db


def told(error: sqlite3.Error, path: Path) -> CrawlError:
    """SQLite's error in words with a way out."""
    text = str(error)
    ways = {
        "full": "the disk is full; free some space and start again: nothing committed is lost",
        "readonly": "the file or its folder is read-only",
        "read-only": "the file or its folder is read-only",
        "unable to open": "the file cannot be opened; check that its folder exists and may be written",
        "not a database": "this is no frontier; move it away to start a new one",
        "malformed": "the file is damaged; move it away to start a new one",
        "no such column: terms": "the frontier is of an earlier version; `kabar crawl` brings it up to date",
        "already exists": "this is another program's database; choose another folder",
    }
    return CrawlError(next((way for sign, way in ways.items() if sign in text), text), str(path))


def stats_of(db: sqlite3.Connection, now: float) -> Stats:
    """Reads hosts, rates and what is due next."""
    leased = dict(db.execute("SELECT host, count(*) FROM urls WHERE state = 2 GROUP BY host").fetchall())
    rows = db.execute(f"SELECT {', '.join(COLUMNS)} FROM hosts ORDER BY host").fetchall()  # noqa: S608 - own names
    hosts = [Host(**dict(zip(COLUMNS, row, strict=True))) for row in rows]
    for host in hosts:
        host.leased = leased.get(host.id, 0)
    pages, errors = db.execute(
        "SELECT coalesce(sum(pages), 0), coalesce(sum(errors), 0) FROM minutes WHERE minute > ?1 - 60 AND minute <= ?1",
        (int(now // 60),),
    ).fetchone()
    moments = [max(host.not_before, now) for host in hosts if host.ready]
    moments += [due for (due,) in db.execute("SELECT min(due) FROM urls WHERE state = 1") if due is not None]
    return Stats(
        hosts=tuple(
            host.state() for host in hosts if host.ready or host.waiting or host.leased or host.done or host.dead
        ),
        pages_last_hour=pages,
        errors_last_hour=errors,
        next_due=min(moments, default=None),
    )


def read_stats(path: Path, now: float | None = None) -> Stats:
    """Reads a frontier that another process may be writing, for `kabar status`.

    Args:
        path: its file.
        now: seconds since 1970; the present by default.

    Raises:
        CrawlError: there is none, or it cannot be read.
    """
    if not path.is_file():
        raise CrawlError("there is no frontier here; `kabar crawl` makes one", str(path))
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
        try:
            return stats_of(db, time() if now is None else now)
        finally:
            db.close()
    except sqlite3.Error as error:
        raise told(error, path) from error
