"""How far back the pages of a list are worth following, where the addresses of articles tell no dates.

Only the articles themselves tell then. A list's pages from the third on stand behind its articles in the queue
(`intake.freshness`), so that by the time one of them is read, those of the page before have told their dates.
"""

from __future__ import annotations

from collections.abc import Iterable

from scraper.article import Timestamp
from scraper.discover.found import Link
from scraper.discover.links import list_stem
from scraper.discover.told_dates import seconds

DAY = 86_400.0
ENOUGH = 3  # articles of one page that must be too old, and none new enough
MAX_WAITED_FOR = 50_000

_Place = tuple[str, int]  # a list without its page numbers, and the depth of one of its pages


class ListAges:
    """What the articles of a run's lists told of their age."""

    def __init__(self, since: float) -> None:
        """Args: since: seconds since 1970; what is older was not asked for."""
        self._since = since
        self._waited_for: dict[str, _Place] = {}
        self._old: dict[_Place, int] = {}
        self._new: set[_Place] = set()

    def told(self, page: str, depth: int, links: Iterable[Link]) -> None:
        """Takes note of the articles without a date that a list's page tells of."""
        if len(self._waited_for) > MAX_WAITED_FOR:
            self._waited_for.clear()
        place = (list_stem(page), depth)
        undated = (link.url for link in links if link.kind == "article" and link.published is None)
        self._waited_for.update(dict.fromkeys(undated, place))

    def read(self, url: str, published: Timestamp | None) -> None:
        """Takes note of an article's date."""
        place = self._waited_for.pop(url, None)
        moment = seconds(published.value) if published is not None else None
        if place is None or moment is None or published is None:
            return
        if moment + (0.0 if published.precision in ("minute", "second") else DAY) < self._since:
            self._old[place] = self._old.get(place, 0) + 1
        else:
            self._new.add(place)

    def too_old(self, page: str, depth: int) -> bool:
        """Whether the articles of the page before this one turned out too old."""
        before = (list_stem(page), depth - 1)
        return self._old.get(before, 0) >= ENOUGH and before not in self._new
