"""Tells what kind of page it is: news, advertorial, release, opinion, gallery, listicle, video, live or index."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast
from urllib.parse import urlsplit

from scraper.article import Kind, Removed
from scraper.clean.metadata import Metadata

_SAMPLE_CHARS = 300


@dataclass(frozen=True, slots=True)
class _Marks:
    """What tells one kind; see `kinds.toml`."""

    kind: Kind
    types: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]


def tell_kind(meta: Metadata, paragraphs: Sequence[str], removed: Sequence[Removed], url: str | None) -> Kind:
    """The kind of the page, `news` where nothing tells otherwise, `unknown` without a body.

    Args:
        meta: what the page tells.
        paragraphs: the body.
        removed: what the cleaner took out; its samples are read as closing lines.
        url: the page's address, where known.
    """
    if not paragraphs:
        return "unknown"
    samples = tuple(entry.sample for entry in removed if len(entry.sample) < _SAMPLE_CHARS)
    texts = {
        "title": (meta.title or "",),
        "path": (_path(meta.canonical_url or url),),
        "section": (meta.section or "", *meta.tags),
        "opening": tuple(text[:_SAMPLE_CHARS] for text in (*paragraphs[:2], *samples)),
        "closing": tuple(text[-_SAMPLE_CHARS:] for text in (*paragraphs[-2:], *samples)),
    }
    for marks in _kinds():
        if marks.kind == "index" and meta.published is not None:
            continue
        if marks.types.intersection(meta.types) or _marked(marks, texts):
            return marks.kind
    return "news"


def _marked(marks: _Marks, texts: Mapping[str, Sequence[str]]) -> bool:
    for place, pattern in marks.patterns.items():
        find = pattern.fullmatch if place == "section" else pattern.search
        if any(find(text) for text in texts[place] if text):
            return True
    return False


@lru_cache(maxsize=1)
def _kinds() -> tuple[_Marks, ...]:
    table = tomllib.loads(files("scraper.clean").joinpath("kinds.toml").read_text("utf-8"))
    return tuple(
        _Marks(
            kind=cast(Kind, kind),
            types=frozenset(marks.get("types", ())),
            patterns={place: re.compile(text, re.IGNORECASE) for place, text in marks.items() if place != "types"},
        )
        for kind, marks in table.items()
    )


def _path(url: str | None) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.") + parts.path
