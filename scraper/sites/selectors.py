"""CSS selectors over lxml trees, compiled once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from cssselect import HTMLTranslator
from lxml import etree

_TRANSLATOR = HTMLTranslator()
_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")


@lru_cache(maxsize=2048)
def compiled(selector: str) -> etree.XPath:
    """The XPath of a CSS selector.

    Raises:
        cssselect.SelectorError: it is no selector.
    """
    simple = _CLASS.fullmatch(selector)
    if simple is None:
        return etree.XPath(_TRANSLATOR.css_to_xpath(selector))
    # Asking the attributes instead of the elements takes libxml2 half the time.
    whole = f"[contains(concat(' ', normalize-space(.), ' '), ' {simple[1]} ')]"
    return etree.XPath(f"descendant-or-self::*/@class[contains(., '{simple[1]}')]{whole}/..")


def select(tree: etree._Element, selectors: Sequence[str]) -> list[etree._Element]:
    """All elements of the first selector that matches any, in document order."""
    return next(filter(None, (elements(compiled(selector), tree) for selector in selectors)), [])


def elements(path: etree.XPath, tree: etree._Element, **variables: str) -> list[etree._Element]:
    """The elements that a path finds; its other results are left out."""
    found = path(tree, **variables)
    return [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []
