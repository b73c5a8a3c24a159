"""How much entities are in the news against their usual: a window of days beside the weeks before it.

What is usual is told as a share: an entity that stood in 2 of 100 articles is expected in 2 of the next 100, so that a
day on which more sites were crawled is no news about anything. How far a count stands out is the Pearson residual of a
Poisson count, (now - expected) / sqrt(expected + 1); the 1 keeps names that were never seen from standing out at once.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kabar.store.keys import first_key_of_day
from kabar.store.writer import ALL

USUAL_DAYS = 28
SPIKE = 3.0
LEAST_ARTICLES = 3
_CANDIDATES = 1_500


@dataclass(frozen=True, slots=True)
class Change:
    """An entity in a window.

    Attributes:
        now: articles in the window.
        usual: articles that it would have at its share of the weeks before; None where there were none at all.
    """

    type: str
    key: str
    name: str
    code: str | None
    level: str | None
    province: str | None
    now: int
    usual: float | None

    @property
    def stands_out(self) -> float:
        """How far `now` is above `usual`, in standard deviations of a Poisson count."""
        return 0.0 if self.usual is None else (self.now - self.usual) / math.sqrt(self.usual + 1)


def window(until: str, days: int) -> list[str]:
    """The `days` days that end with `until`, oldest first.

    >>> window("2026-03-01", 2)
    ['2026-02-28', '2026-03-01']
    """
    last = date.fromisoformat(until)
    return [(last - timedelta(days=back)).isoformat() for back in range(days - 1, -1, -1)]


def last_day(db: sqlite3.Connection) -> str | None:
    """The newest day that has articles."""
    row = db.execute("SELECT max(period) FROM tally WHERE entity = ? AND length(period) = 10", (ALL,)).fetchone()
    return None if row is None else row[0]


def changes(db: sqlite3.Connection, until: str, days: int, types: Sequence[str]) -> list[Change]:
    """Entities of the `days` days that end with `until`, most articles first, with what is usual for each."""
    now = _sums(db, window(until, days), None)
    total = now.pop(ALL, 0)
    numbers = [entity for entity, _ in now.most_common(_CANDIDATES)]
    rows = db.execute(
        "SELECT e.entity, e.type, e.key, e.name, e.code, e.level, e.province FROM json_each(?) n "
        "CROSS JOIN entity e ON e.entity = n.value",
        (json.dumps(numbers),),
    )
    named = [row for row in rows if row[1] in types]
    before = _before(until, days)
    usual = _sums(db, before, [ALL, *(number for number, *_ in named)])
    share = total / usual[ALL] if usual[ALL] else None
    return [
        Change(*row, now[number], None if share is None else usual[number] * share)  # type: ignore[call-arg]
        for number, *row in named
    ]


def spikes(found: Iterable[Change], most: int = 10) -> list[Change]:
    """Those that stand out, furthest first."""
    out = [change for change in found if change.now >= LEAST_ARTICLES and change.stands_out >= SPIKE]
    return sorted(out, key=lambda change: -change.stands_out)[:most]


def usual_day(db: sqlite3.Connection, day: str) -> float | None:
    """Articles a day over the weeks before a day, days without any counted; None where there are none."""
    sums = _sums(db, _before(day, 1), [ALL])
    first = db.execute("SELECT min(period) FROM tally WHERE entity = ? AND length(period) = 10", (ALL,)).fetchone()[0]
    counted = sum(1 for earlier in _before(day, 1) if earlier >= first)
    return sums[ALL] / counted if counted else None


def regions(db: sqlite3.Connection, until: str, days: int) -> tuple[dict[str, int], dict[str, int]]:
    """Articles of each region code, and of each province with all that lies in it, an article counted once."""
    codes = dict(db.execute("SELECT entity, code FROM entity WHERE type = 'city' AND code IS NOT NULL").fetchall())
    first, last = window(until, days)[0], (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    rows = db.execute(
        "SELECT t.entity, t.article FROM json_each(?) e CROSS JOIN tag t ON t.entity = e.value "
        "WHERE t.article >= ? AND t.article < ?",
        (json.dumps(list(codes)), first_key_of_day(first), first_key_of_day(last)),
    ).fetchall()
    own = Counter(codes[entity] for entity, _ in rows)
    provinces = Counter(province for province, _ in {(codes[entity][:2], article) for entity, article in rows})
    return dict(own), dict(provinces)


def region_counts(db: sqlite3.Connection, codes: Sequence[str], until: str, days: int) -> dict[str, int]:
    """Articles of some regions by code in the `days` days that end with `until`; from the tallies, so quickly."""
    numbers = dict(
        db.execute(
            "SELECT e.entity, e.code FROM json_each(?) n CROSS JOIN entity e ON e.type = 'city' AND e.key = n.value",
            (json.dumps(codes),),
        ).fetchall()
    )
    return {numbers[number]: count for number, count in _sums(db, window(until, days), list(numbers)).items()}


def _before(until: str, days: int) -> list[str]:
    return window((date.fromisoformat(until) - timedelta(days=days)).isoformat(), USUAL_DAYS)


def _sums(db: sqlite3.Connection, periods: Sequence[str], only: Sequence[int] | None) -> Counter[int]:
    """Articles of each entity over some days; of all entities, or of some, which reads far less."""
    if only is None:
        sql = "FROM json_each(?1) p CROSS JOIN tally t ON t.period = p.value WHERE ?2 IS NULL GROUP BY t.entity"
        values: tuple[object, ...] = (json.dumps(periods), None)
    else:
        sql = (
            "FROM json_each(?1) e CROSS JOIN tally t INDEXED BY tally_entity ON t.entity = e.value "
            "AND t.period BETWEEN ?2 AND ?3 AND length(t.period) = 10 GROUP BY t.entity"
        )
        values = (json.dumps(only), periods[0], periods[-1])
    return Counter(dict(db.execute(f"SELECT t.entity, sum(t.articles) {sql}", values).fetchall()))
