"""What each site brought, and when."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteHealth:
    """A site.

    Attributes:
        articles: in all.
        first, last: days of its first and newest article.
        days: articles of each of the days asked for.
    """

    domain: str
    name: str | None
    articles: int
    first: str
    last: str
    days: tuple[int, ...]

    @property
    def usual(self) -> float:
        """Articles a day over the days asked for, the last apart."""
        return sum(self.days[:-1]) / max(len(self.days) - 1, 1)

    @property
    def quiet(self) -> int:
        """Days without an article at the end of the days asked for."""
        return next((back for back, value in enumerate(reversed(self.days)) if value), len(self.days))

    @property
    def silent(self) -> bool:
        """Whether it is quiet for longer than it uses to be: three days, and three of its usual gaps."""
        before = sum(self.days)
        gap = len(self.days) / before if before else 0.0
        return self.quiet >= 3 and self.quiet >= 3 * gap


def site_names(db: sqlite3.Connection) -> dict[str, str]:
    """The names of sites by domain, where some article told one."""
    return dict(db.execute("SELECT domain, name FROM site WHERE name IS NOT NULL").fetchall())


def site_health(db: sqlite3.Connection, days: Sequence[str]) -> list[SiteHealth]:
    """All sites that have articles, those with the most in the days asked for first."""
    rows = db.execute(
        "SELECT e.key, s.name, t.period, t.articles FROM entity e JOIN tally t USING (entity) "
        "LEFT JOIN site s ON s.domain = e.key WHERE e.type = 'site' AND length(t.period) = 10 ORDER BY e.key, t.period"
    ).fetchall()
    found: dict[str, tuple[str | None, dict[str, int]]] = {}
    for domain, name, day, articles in rows:
        found.setdefault(domain, (name, {}))[1][day] = articles
    health = [
        SiteHealth(
            domain, name, sum(counts.values()), min(counts), max(counts), tuple(counts.get(day, 0) for day in days)
        )
        for domain, (name, counts) in found.items()
    ]
    return sorted(health, key=lambda site: (-sum(site.days), site.domain))
