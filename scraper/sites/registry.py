"""Finds the definition of a page's publisher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from scraper.sites.definition import SiteDefinition


@dataclass(frozen=True, slots=True)
class Registry:
    """Definitions by host; an empty one (`NO_SITES`) is the generic way, without any definition."""

    by_host: Mapping[str, SiteDefinition] = field(default_factory=dict)

    def match(self, url: str | None, tree: etree._Element | None = None) -> SiteDefinition | None:
        """The definition for this page, or None."""
        return None


NO_SITES = Registry()


@lru_cache(maxsize=1)
def default_registry() -> Registry:
    """The definitions that the package ships."""
    return Registry()
