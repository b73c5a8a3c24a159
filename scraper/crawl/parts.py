"""Further pages of an article that stands on several, fetched while its first page is still in work."""

from __future__ import annotations

from scraper.clean.paging import MAX_PARTS, part_addresses
from scraper.errors import CleanError
from scraper.page import Page

LONGEST = 120.0  # seconds that the further pages of one article may take, pauses included; a lease runs for 300

_SIGNS = (b"page", b"halaman", b'rel="next"', b"rel='next'", b"rel=next")


def further_addresses(page: Page, delay: float) -> tuple[str, ...]:
    """Addresses of an article's further pages, as many as can be had in `LONGEST` seconds.

    Args:
        page: the first page, as fetched.
        delay: seconds between two requests to the host.
    """
    if not any(sign in page.body for sign in _SIGNS):  # spares most pages the parsing
        return ()
    try:
        addresses = part_addresses(page)
    except CleanError:  # who takes the page will say what is wrong with it
        return ()
    return addresses[: int(LONGEST / delay) if delay else MAX_PARTS]
