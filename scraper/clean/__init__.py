"""The cleaner: one page or text in, one `Article` out.

Only the two faces stand here; what they need is imported when they are called, so that `import scraper` stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.article import Article
    from scraper.page import Page

__all__ = ["clean", "clean_text"]


def clean(source: bytes | str | Page, url: str | None = None) -> Article:
    """Takes the article from one HTML page.

    Args:
        source: the page's bytes (character set found by header, meta and bytes), its text, or a `Page`.
        url: where it comes from; finds the site definition and resolves links. Ignored for a `Page` that knows its own.

    Raises:
        CleanError: empty, binary or too large input, or a page that holds no article (see `scraper.errors`).

    >>> text = "Banjir di Muara Bulian, Batang Hari, mulai surut sejak Minggu pagi."
    >>> clean(f"<h1>Banjir surut</h1><article><p>{text}</p></article>").text == text
    True
    """
    from scraper.clean.cleaner import clean_page

    return clean_page(source, url)


def clean_text(text: str, *, title: str | None = None, url: str | None = None) -> Article:
    r"""Takes the article from plain text with boilerplate in it, by the same phrase rules.

    Args:
        text: paragraphs, one a line or parted by blank lines.
        title: its headline, where known; it is not looked for in the text.
        url: where it comes from, where known.

    Raises:
        CleanError: empty, binary or too large input.

    >>> clean_text("iklan\n\nBanjir surut.\n\nBerita Terkait").text
    'Banjir surut.'
    """
    from scraper.clean.cleaner import clean_plain

    return clean_plain(text, title=title, url=url)
