"""CSS selectors over lxml trees.

Selectors of tags and classes, which definitions are made of, are matched here: one look at a page serves all of them,
where XPath goes through the page for each. What says more than that is compiled to XPath, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cssselect import HTMLTranslator
from lxml import etree

_TRANSLATOR = HTMLTranslator()
_STEP = re.compile(r"([a-z][a-z0-9]*)?((?:\.[A-Za-z_][\w-]*)*)")


class Step(NamedTuple):
    """One element of a selector: its tag, where told, and its classes."""

    tag: str | None
    classes: frozenset[str]

    def fits(self, node: etree._Element) -> bool:
        """Whether the element has this tag and these classes."""
        if self.tag is not None and node.tag != self.tag:
            return False
        own = node.get("class") if self.classes else ""
        return own is not None and self.classes.issubset(own.split())


@lru_cache(maxsize=2048)
def steps(selector: str) -> tuple[Step, ...] | None:
    """The elements of a selector of tags, classes and descendants, innermost first; None for one that says more."""
    found = [_STEP.fullmatch(part) for part in reversed(selector.split())]
    told = [Step(part[1], frozenset(part[2].split(".")[1:])) for part in found if part]
    return tuple(told) if told and len(told) == len(found) else None


def matching(path: Sequence[Step], nodes: Iterable[etree._Element]) -> list[etree._Element]:
    """Those of the elements that a selector's steps lead to."""
    own, *outer = path
    return [node for node in nodes if own.fits(node) and _stands_in(node, outer)]


def _stands_in(node: etree._Element, outer: Sequence[Step]) -> bool:
    ups = node.iterancestors()
    return all(any(step.fits(up) for up in ups) for step in outer)


@lru_cache(maxsize=2048)
def compiled(selector: str) -> etree.XPath:
    """The XPath of a CSS selector.

    Raises:
        cssselect.SelectorError: it is no selector.
    """
    return etree.XPath(_TRANSLATOR.css_to_xpath(selector))


def select(tree: etree._Element, selectors: Sequence[str]) -> list[etree._Element]:
    """All elements of the first selector that matches any, in document order."""
    return select_each(tree, tuple(selectors))[0]


def select_each(tree: etree._Element, *lists: tuple[str, ...]) -> list[list[etree._Element]]:
    """For each list of selectors, all elements of the first that matches any, in document order."""
    near = _near(tree, lists)
    return [next(filter(None, (_found(s, tree, near) for s in selectors)), []) for selectors in lists]


def select_all(tree: etree._Element, selectors: tuple[str, ...]) -> list[etree._Element]:
    """All elements that one of the selectors matches, by selector."""
    near = _near(tree, (selectors,))
    return [node for selector in selectors for node in _found(selector, tree, near)]


def select_among(
    nodes: Iterable[etree._Element], tree: etree._Element, selectors: tuple[str, ...]
) -> Iterator[list[etree._Element]]:
    """What each selector leads to, in turn; tags and classes are looked for among these nodes of the tree alone."""
    screen = _screen((selectors,))
    near = screen.passed(nodes) if screen else []
    return (_found(selector, tree, near) for selector in selectors)


def _near(tree: etree._Element, lists: tuple[tuple[str, ...], ...]) -> list[etree._Element]:
    screen = _screen(lists)
    return screen.passed(tree.iter(*screen.tags)) if screen else []


def _found(selector: str, tree: etree._Element, near: Sequence[etree._Element]) -> list[etree._Element]:
    path = steps(selector)
    return matching(path, near) if path else elements(compiled(selector), tree)


class _Screen(NamedTuple):
    """What the elements have that selectors may lead to: one of the tags (any if there is none), a class or no need."""

    tags: frozenset[str]
    bare: frozenset[str]
    words: frozenset[str]

    def passed(self, nodes: Iterable[etree._Element]) -> list[etree._Element]:
        """Those of the elements that have such a class or need none."""
        _, bare, words = self
        return [
            node
            for node in nodes
            if ((own := node.get("class")) and not words.isdisjoint(own.split())) or (bare and node.tag in bare)
        ]


@lru_cache(maxsize=256)
def _screen(lists: tuple[tuple[str, ...], ...]) -> _Screen | None:
    own = [path[0] for selectors in lists for selector in selectors if (path := steps(selector))]
    tags = frozenset(step.tag or "" for step in own)
    bare = frozenset(step.tag or "" for step in own if not step.classes)
    words = frozenset(next(iter(step.classes)) for step in own if step.classes)
    return _Screen(frozenset() if "" in tags else tags, bare, words) if own else None


def elements(path: etree.XPath, tree: etree._Element, **variables: str) -> list[etree._Element]:
    """The elements that a path finds; its other results are left out."""
    found = path(tree, **variables)
    return [node for node in found if isinstance(node, etree._Element)] if isinstance(found, list) else []
