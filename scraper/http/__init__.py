"""The one place where bytes come in: client, address guard, robots and politeness.

Only the face stands here; what it needs is imported when it is called, so that `import scraper` stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.page import Page

__all__ = ["fetch"]


def fetch(url: str, *, allow_private: bool = False) -> Page:
    """Fetches one page politely: robots.txt respected, each hop checked, time and size capped.

    Args:
        url: http or https address.
        allow_private: also fetch from private and loopback addresses (for tests and own servers).

    Raises:
        FetchError: see the tree in `scraper.errors`.

    >>> page = fetch("https://example.org/")  # doctest: +SKIP
    >>> page.status  # doctest: +SKIP
    200
    """
    from scraper.http.client import fetch_one

    return fetch_one(url, allow_private=allow_private)
