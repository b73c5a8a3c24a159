"""Learning by trial: which URL shapes of a publisher turned out to be articles."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scraper.discover.urls import split_url

ENOUGH = 5  # fetched pages of one shape before it counts
MOSTLY, HARDLY = 0.8, 0.1
MAX_SHAPES = 20_000

_WORD = re.compile(r"[a-z]{1,20}(?:\.(?:html?|php|aspx?))?")
_NUMBER = re.compile(r"\d+")


def shape(url: str) -> str:
    """What the addresses of one kind of page have in common: short words stay, numbers and slugs become signs.

    >>> shape("https://contoh.example/daerah/2024/01/02/banjir-surut-di-jambi?id=7")
    'contoh.example/daerah/9/9/9/-?id'
    """
    host, path, query = split_url(url)
    parts = []
    for segment in path.split("/")[1:7]:
        if not segment or _WORD.fullmatch(segment):
            parts.append(segment)
        else:
            parts.append("9" if _NUMBER.fullmatch(segment) else "-")
    names = sorted({part.partition("=")[0] for part in query.split("&")}) if query else []
    return f"{host}/{'/'.join(parts)}" + ("?" + "&".join(names) if names else "")


class Trial:
    """Counts, for each URL shape, how many fetched pages were articles and how many were not."""

    def __init__(self, counts: Mapping[str, tuple[int, int]] | None = None) -> None:
        """Args: counts: of an earlier run (`Frontier.load_trial`)."""
        self._counts = dict(counts or {})
        self._changed: set[str] = set()

    def record(self, url: str, article: bool) -> None:
        """Counts one fetched page."""
        key = shape(url)
        if key not in self._counts and len(self._counts) >= MAX_SHAPES:
            return
        articles, others = self._counts.get(key, (0, 0))
        self._counts[key] = (articles + article, others + (not article))
        self._changed.add(key)

    def verdict(self, url: str) -> bool | None:
        """True or False once pages of this shape were mostly, or hardly ever, articles; None before."""
        articles, others = self._counts.get(shape(url), (0, 0))
        if articles + others < ENOUGH:
            return None
        share = articles / (articles + others)
        return True if share >= MOSTLY else False if share <= HARDLY else None

    def take_changes(self) -> dict[str, tuple[int, int]]:
        """The counts that changed since the last call, for `Frontier.save_trial`."""
        changes = {key: self._counts[key] for key in self._changed}
        self._changed.clear()
        return changes
