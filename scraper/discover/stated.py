"""Articles that a list tells of in its data alone, because scripts draw it in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from scraper.clean.decode import fold
from scraper.clean.states import read_states, state_scripts
from scraper.discover.links import Anchor, belongs, is_article
from scraper.discover.trial import Trial
from scraper.discover.urls import canonical_url
from scraper.sites.definition import SiteDefinition

MAX_OBJECTS = 30_000
MAX_LINKS = 1_000

_ADDRESS_KEYS = ("url", "link", "permalink", "href", "path", "full_url", "fullUrl", "article_url", "slug")
_TITLE_KEYS = ("title", "judul", "headline", "name")


def stated_articles(
    tree: etree._Element, url: str, *, site: SiteDefinition | None = None, trial: Trial | None = None
) -> tuple[Anchor, ...]:
    """The articles whose whole addresses stand in a page's data (`scraper.clean.states`), in its order.

    Args:
        tree: the parsed page, with its scripts.
        url: its address.
        site: the publisher's definition.
        trial: what earlier links turned out to be.
    """
    pattern = site.article_pattern if site is not None else None
    found: dict[str, Anchor] = {}
    for address, title in _stated(read_states(state_scripts(tree.iter("script")))[0]):
        target = canonical_url(address, url)
        if target is not None and belongs(target, url, site) and is_article(target, title, pattern, trial):
            found.setdefault(target, Anchor(target, title))
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def _stated(values: list[Any]) -> Iterator[tuple[str, str]]:
    """Addresses and titles that stand side by side in an object; a bare slug is no address."""
    stack = values[::-1]
    for _ in range(MAX_OBJECTS):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, list):
            stack += [item for item in reversed(value) if isinstance(item, (dict, list))]
        elif isinstance(value, dict):
            address, title = _first(value, _ADDRESS_KEYS, ("/", "http")), _first(value, _TITLE_KEYS, "")
            if address:
                yield address, fold(title)
            stack += [item for item in reversed(value.values()) if isinstance(item, (dict, list))]


def _first(value: dict[str, Any], keys: tuple[str, ...], start: str | tuple[str, ...]) -> str:
    return next((text for key in keys if isinstance(text := value.get(key), str) and text.startswith(start)), "")
