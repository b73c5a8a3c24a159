"""Lists that have no end: behind their last page they show it again, with a link to the next."""

from __future__ import annotations

from collections.abc import Iterable

from scraper.discover.found import Link
from scraper.discover.links import list_stem

MAX_KEPT = 20_000


class Repeats:
    """What the pages of a run's lists have shown."""

    def __init__(self) -> None:
        self._shown: dict[tuple[str, int], int] = {}

    def shows_again(self, page: str, depth: int, links: Iterable[Link]) -> bool:
        """Whether a page of a list tells of the very articles that the page before it told of."""
        articles = hash(frozenset(link.url for link in links if link.kind == "article"))
        if len(self._shown) > MAX_KEPT:
            self._shown.clear()
        stem = list_stem(page)
        self._shown[stem, depth] = articles
        return articles != _NOTHING and self._shown.get((stem, depth - 1)) == articles


_NOTHING = hash(frozenset())
