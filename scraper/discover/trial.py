"""Learning by trial: which URL shapes of a publisher turned out to be what they were taken for.

Of articles: whether the page held one. Of sitemaps and further pages of lists: whether there was one to read. A shape
that has failed is not forgotten for good: one address in twenty of it is still tried, so that the verdict can change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal
from zlib import crc32

from scraper.discover.urls import split_url

ENOUGH = 5  # fetched pages of one shape that must have been articles before it counts as theirs
FAILED = 10  # fetched pages of one shape of which hardly any was one before it is passed over
MOSTLY, HARDLY = 0.8, 0.05
ONE_IN = 20
HEADLINE = 3  # words of a slug from which it is a headline; sections have fewer
MAX_SHAPES = 20_000

Sort = Literal["article", "list"]

_WORD = re.compile(r"[a-z]{1,20}(?:\.(?:html?|php|aspx?))?")
_NUMBER = re.compile(r"\d+")
_EXTENSION = re.compile(r"\.[a-z]{2,5}$")
_SLUG_WORD = re.compile(r"[^\W\d_]{2,}")


def shape(url: str) -> str:
    """What the addresses of one kind of page have in common: words stay, numbers, slugs and headlines become signs.

    >>> shape("https://contoh.example/daerah/2024/01/02/banjir-surut-di-jambi?id=7")
    'contoh.example/daerah/9/9/9/---?id'
    >>> shape("https://contoh.example/kota-jambi/a1b2c3.html")
    'contoh.example/-/-.html'
    """
    host, path, query = split_url(url)
    parts = []
    for segment in path.split("/")[1:7]:
        if not segment or _WORD.fullmatch(segment):
            parts.append(segment)
        elif _NUMBER.fullmatch(segment):
            parts.append("9")
        else:
            extension = _EXTENSION.search(segment)
            words = len(_SLUG_WORD.findall(segment)) - (extension is not None)
            parts.append(("---" if words >= HEADLINE else "-") + (extension[0] if extension else ""))
    names = sorted({part.partition("=")[0] for part in query.split("&")}) if query else []
    return f"{host}/{'/'.join(parts)}" + ("?" + "&".join(names) if names else "")


class Trial:
    """Counts, for each URL shape, how many fetched pages were what they were taken for and how many were not."""

    def __init__(self, counts: Mapping[str, tuple[int, int]] | None = None) -> None:
        """Args: counts: of an earlier run (`Frontier.load_trial`)."""
        self._counts = dict(counts or {})
        self._changed: set[str] = set()

    def record(self, url: str, held: bool, taken_for: Sort = "article") -> None:
        """Counts one fetched page: whether it was what it was taken for."""
        key = _key(url, taken_for)
        if key not in self._counts and len(self._counts) >= MAX_SHAPES:
            return
        right, wrong = self._counts.get(key, (0, 0))
        self._counts[key] = (right + held, wrong + (not held))
        self._changed.add(key)

    def verdict(self, url: str, taken_for: Sort = "article") -> bool | None:
        """True or False once pages of this shape were mostly, or hardly ever, what they were taken for; else None."""
        right, wrong = self._counts.get(_key(url, taken_for), (0, 0))
        if right >= ENOUGH and right >= MOSTLY * (right + wrong):
            return True
        return False if wrong >= FAILED and right <= HARDLY * (right + wrong) and not _sampled(url) else None

    def take_changes(self) -> dict[str, tuple[int, int]]:
        """The counts that changed since the last call, for `Frontier.save_trial`."""
        changes = {key: self._counts[key] for key in self._changed}
        self._changed.clear()
        return changes


def _key(url: str, taken_for: Sort) -> str:
    return shape(url) if taken_for == "article" else f"{taken_for} {shape(url)}"


def _sampled(url: str) -> bool:
    return crc32(url.encode("utf-8", "surrogatepass")) % ONE_IN == 0
