"""Alerts and their messages: what is to be told to whom, what was told, and when to try again.

A message is written down before it is sent, and struck off when it was taken, so that a kill in between sends it once
more, under the same key: at least once, and the receiver can tell a repeat. An alert may rather be told at most once,
for a receiver that cannot tell (`Alert.once`). An article goes into a message of an alert once, and a story once,
whatever its later copies.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from kabar.store.database import transaction
from kabar.store.errors import StoreError
from kabar.store.keys import BITS, first_key
from kabar.store.query import Query
from kabar.store.search import statement

_LAST = "(SELECT coalesce(max(arrival), 0) FROM article)"
Channel = Literal["webhook", "telegram", "email"]
LEASE = 300.0
"""Seconds after which a message whose sending was never ended is tried again."""
LONGEST_WAIT = 6 * 3600.0
"""Seconds between two tries at most; what is due later was put back by a clock that was ahead, and waits no more."""


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told to whom.

    Attributes:
        number: it is named by this.
        search: name of a saved search; None where sites that fall silent are told.
        query: of that search.
        silent: seconds without a new article; None for a search.
        channel: how it is told.
        target: address, chat or mailbox; `env:NAME` stands for the value of that environment variable.
        created: UTC.
        after: number of the last article that had come when it was set, or last went on; what came before is not told.
        paused: UTC; since when it rests, None if it tells.
        looked: UTC; when a run last looked for what it has to tell, None for never.
        once: whether a message that may have arrived is given up rather than sent again.
        told: articles (or silences) told, or waiting to be.
        waiting: messages not yet taken.
        last_sent: UTC; when the last message was taken, or None.
        problem: why the newest message that was not taken was not, or None.
    """

    number: int
    search: str | None
    query: str | None
    silent: int | None
    channel: Channel
    target: str
    created: str
    after: int
    paused: str | None
    looked: str | None
    once: bool
    told: int
    waiting: int
    last_sent: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is being sent; `key` is the same at every try.

    Attributes:
        cut_off: whether the try before this was never ended: the message may have arrived.
    """

    number: int
    alert: Alert
    key: str
    tries: int
    articles: tuple[str, ...]
    cut_off: bool = False


@dataclass(frozen=True, slots=True)
class Pulse:
    """When a site published: Unix times, oldest first, and the id of its newest article."""

    domain: str
    name: str | None
    times: tuple[float, ...]
    last: str


class Outbox:
    """The alerts of one store.

    Args:
        db: the store.
        clock: gives the present time, UTC.
    """

    def __init__(self, db: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    def add(
        self,
        channel: Channel,
        target: str,
        *,
        search: str | None = None,
        silent: int | None = None,
        once: bool = False,
    ) -> Alert:
        """Sets an alert on a saved search, or on sites that are silent for so many seconds.

        Raises:
            StoreError: there is no such search, or the same alert is set already.
        """
        with transaction(self._db):
            if search is not None and not self._db.execute("SELECT 1 FROM saved WHERE name = ?", (search,)).fetchone():
                raise StoreError(f"there is no saved search {search!r}")
            same = self._db.execute(
                "SELECT number FROM alert WHERE search IS ? AND silent IS ? AND channel = ? AND target = ?",
                (search, silent, channel, target),
            ).fetchone()
            if same is not None:
                raise StoreError(f"this is alert {same[0]} already")
            number = self._db.execute(
                "INSERT INTO alert (search, silent, channel, target, created, once, after) "  # noqa: S608 - own text
                f"VALUES (?, ?, ?, ?, ?, ?, {_LAST})",
                (search, silent, channel, target, self._now(), once),
            ).lastrowid
            return next(alert for alert in self.alerts() if alert.number == number)

    def alerts(self) -> list[Alert]:
        """All alerts, in the order in which they were set."""
        rows = self._db.execute(
            "SELECT a.number, a.search, query, a.silent, a.channel, target, a.created, after, "
            "  a.paused, looked, once, v.told, waiting, last_sent, "
            "  (SELECT problem FROM message WHERE alert = a.number AND NOT coalesce(taken, 0) ORDER BY number DESC "
            "   LIMIT 1) "
            "FROM alert a JOIN alerts v USING (number) LEFT JOIN saved ON saved.name = a.search ORDER BY a.number"
        )
        return [Alert(*row) for row in rows]

    def remove(self, number: int) -> bool:
        """Drops an alert and what waits to be sent for it; False if there is none of that number."""
        with transaction(self._db):
            for table in ("message", "told"):
                self._db.execute(f"DELETE FROM {table} WHERE alert = ?", (number,))  # noqa: S608 - our own tables
            return self._db.execute("DELETE FROM alert WHERE number = ?", (number,)).rowcount > 0

    def pause(self, number: int) -> bool:
        """Lets an alert rest: it finds nothing, and what waits is not sent. False if there is none of that number."""
        with transaction(self._db):
            changed = self._db.execute(
                "UPDATE alert SET paused = coalesce(paused, ?) WHERE number = ?", (self._now(), number)
            )
            return changed.rowcount > 0

    def resume(self, number: int) -> bool:
        """Lets it go on: what came while it rested is not told. False if there is none of that number."""
        with transaction(self._db):
            self._db.execute(
                f"UPDATE alert SET paused = NULL, after = {_LAST} WHERE number = ? AND paused IS NOT NULL",  # noqa: S608
                (number,),
            )
            return self._db.execute("SELECT 1 FROM alert WHERE number = ?", (number,)).fetchone() is not None

    def note_look(self) -> None:
        """Notes that all alerts that do not rest have been looked after."""
        with transaction(self._db):
            self._db.execute("UPDATE alert SET looked = ? WHERE paused IS NULL", (self._now(),))

    def fresh(self, alert: Alert, query: Query) -> list[str]:
        """Ids of what a query finds that the alert has not told: of each story the article that came first."""
        found = statement(self._db, query)
        rows = self._db.execute(
            f"SELECT a.id, a.cluster FROM ({found.keys}) CROSS JOIN article a USING (key) WHERE a.arrival > ? "  # noqa: S608
            "AND NOT EXISTS (SELECT 1 FROM told t WHERE t.alert = ? AND t.article = a.id) "
            "AND NOT EXISTS (SELECT 1 FROM told t WHERE t.alert = ? AND t.cluster = a.cluster) ORDER BY key",
            (*found.values, alert.after, alert.number, alert.number),
        )
        first: dict[int, str] = {}
        for id_, cluster in rows:
            first.setdefault(cluster, id_)
        return list(first.values())

    def pulses(self, since: datetime) -> list[Pulse]:
        """When each site published since then, one entry a site."""
        rows = self._db.execute(
            "SELECT domain, name, json_group_array(key), max(key), id FROM "
            "article JOIN site USING (site) WHERE key >= ? GROUP BY domain ORDER BY domain",
            (first_key(since),),
        )
        return [
            Pulse(domain, name, tuple(float(key >> BITS) for key in sorted(msgspec.json.decode(keys))), last)
            for domain, name, keys, _, last in rows
        ]

    def put(self, alert: Alert, articles: Sequence[str], size: int) -> int:
        """Writes messages of at most `size` articles, leaving out those told already; returns how many messages.

        Another run may have written what this one found. None are written for an alert that was removed or paused
        meanwhile.
        """
        count = 0
        with transaction(self._db):
            if not self._db.execute(
                "SELECT 1 FROM alert WHERE number = ? AND paused IS NULL", (alert.number,)
            ).fetchone():
                return 0
            new = self._untold(alert, list(dict.fromkeys(articles)))
            for count, start in enumerate(range(0, len(new), size), 1):
                part = new[start : start + size]
                number = self._db.execute(
                    "INSERT INTO message VALUES (NULL, ?, ?, ?, ?, 0, NULL, NULL, NULL)",
                    (alert.number, _key(alert, part), self._now(), self._clock().timestamp()),
                ).lastrowid
                self._db.executemany(
                    "INSERT INTO told VALUES (?1, ?2, (SELECT cluster FROM article WHERE id = ?2), ?3)",
                    [(alert.number, id_, number) for id_ in part],
                )
        return count

    def _untold(self, alert: Alert, articles: list[str]) -> list[str]:
        """Those that an alert has not told; of a search, whose stories it has not told."""
        rows = self._db.execute(
            "SELECT value FROM json_each(?1) j LEFT JOIN article a ON a.id = value "
            "WHERE NOT EXISTS (SELECT 1 FROM told t WHERE t.alert = ?2 AND t.article = value) AND (?3 OR "
            "NOT EXISTS (SELECT 1 FROM told t WHERE t.alert = ?2 AND t.cluster = a.cluster)) ORDER BY j.key",
            (msgspec.json.encode(articles).decode(), alert.number, alert.silent is not None),
        )
        return [id_ for (id_,) in rows]

    def claim(self, channels: Collection[Channel]) -> Claim | None:
        """Takes the message that is longest due on one of these channels, so that no other process sends it too."""
        now = self._clock().timestamp()
        places = ", ".join("?" * len(channels))
        with transaction(self._db):
            row = self._db.execute(
                "SELECT m.number, alert, key, tries + 1, tries > 0 AND problem IS NULL FROM message m "  # noqa: S608
                "JOIN alert a ON a.number = alert "
                "WHERE ended IS NULL AND paused IS NULL AND (due <= ? OR due > ?) "
                f"AND channel IN ({places}) ORDER BY due, m.number LIMIT 1",
                (now, now + LONGEST_WAIT, *channels),
            ).fetchone()
            if row is None:
                return None
            number, of, key, tries, cut_off = row
            self._db.execute(
                "UPDATE message SET due = ?, tries = ?, problem = NULL WHERE number = ?", (now + LEASE, tries, number)
            )
            articles = self._db.execute(
                "SELECT t.article FROM told t LEFT JOIN article ON id = t.article WHERE message = ? ORDER BY key, 1",
                (number,),
            ).fetchall()
            alert = next(alert for alert in self.alerts() if alert.number == of)
        return Claim(number, alert, key, tries, tuple(id_ for (id_,) in articles), bool(cut_off))

    def taken(self, claim: Claim) -> None:
        """Strikes a message off."""
        with transaction(self._db):
            self._db.execute(
                "UPDATE message SET ended = ?, taken = 1, problem = NULL WHERE number = ?", (self._now(), claim.number)
            )

    def failed(self, claim: Claim, problem: str, again: float | None) -> None:
        """Puts a message back for another try, unless another run has sent it meanwhile.

        Args:
            claim: the message.
            problem: why it was not taken.
            again: seconds until then; None gives it up.
        """
        ended, taken = (None, None) if again is not None else (self._now(), 0)
        with transaction(self._db):
            self._db.execute(
                "UPDATE message SET due = ?, problem = ?, ended = ?, taken = ? WHERE number = ? AND ended IS NULL",
                (self._clock().timestamp() + (again or 0), problem, ended, taken, claim.number),
            )

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def _key(alert: Alert, articles: Sequence[str]) -> str:
    """Made of what is told, so that a message written twice by chance is refused as the same."""
    content = "\0".join((str(alert.number), alert.created, alert.channel, alert.target, *articles))
    return hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=16).hexdigest()
