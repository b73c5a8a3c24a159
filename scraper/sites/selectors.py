"""CSS selectors over lxml trees, compiled once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cssselect import HTMLTranslator
from lxml import etree

_TRANSLATOR = HTMLTranslator()


@lru_cache(maxsize=2048)
def compiled(selector: str) -> etree.XPath:
    """The XPath of a CSS selector.

    Raises:
        cssselect.SelectorError: it is no selector.
    """
    return etree.XPath(_TRANSLATOR.css_to_xpath(selector))


def select(tree: etree._Element, selectors: Sequence[str]) -> list[etree._Element]:
    """All elements of the first selector that matches any, in document order."""
    for selector in selectors:
        found: list[etree._Element] = compiled(selector)(tree)
        if found:
            return found
    return []
