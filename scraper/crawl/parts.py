"""Further pages of an article that stands on several, fetched while its first page is still in work."""

from __future__ import annotations

import re

from scraper.clean.paging import MAX_PARTS, PARAMETERS, base_address, part_addresses
from scraper.errors import CleanError
from scraper.page import Page

LONGEST = 120.0  # seconds that the further pages of one article may take, pauses included; a lease runs for 300

_IN_QUERY = tuple(f"{sign}{name}=".encode() for name in sorted(PARAMETERS) for sign in "?&;")
_RELATIVE = re.compile(rb"""href\s*=\s*["']?(?:\./)?\d{1,2}[/"' >]""")


def further_addresses(page: Page, delay: float) -> tuple[str, ...]:
    """Addresses of an article's further pages, as many as can be had in `LONGEST` seconds.

    Args:
        page: the first page, as fetched.
        delay: seconds between two requests to the host.
    """
    if not _may_have_parts(page):
        return ()
    try:
        addresses = part_addresses(page)
    except CleanError:  # who takes the page will say what is wrong with it
        return ()
    return addresses[: int(LONGEST / delay) if delay else MAX_PARTS]


def _may_have_parts(page: Page) -> bool:
    """Whether its bytes hold what any address of a part holds; spares three of four pages the parsing."""
    url = page.final_url or page.url
    if url is None:
        return False
    body = page.body.lower()
    if any(parameter in body for parameter in _IN_QUERY) or _RELATIVE.search(body):
        return True
    own = base_address(url).rpartition("/")[2].lower().encode()
    return re.search(re.escape(own) + rb"/(?:page/|halaman/)?\d", body) is not None
