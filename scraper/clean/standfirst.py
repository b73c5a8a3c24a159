"""The standfirst: a lead that stands between the headline and the element that holds the rest of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from scraper.clean.blocks import Block
from scraper.clean.decode import fold
from scraper.clean.density import own_names, stands_apart
from scraper.clean.phrases import rule_for
from scraper.clean.structure import is_inline, names

_MAX_ELEMENTS = 60
_SHORTEST = 60
_LONGEST = 700
_SAME = 0.75
_LINKED = 0.3
_COMPARED = 3

_PICTURES = frozenset(("img", "amp-img", "picture", "figure", "video", "amp-video", "iframe"))
_HOLDERS = frozenset(("p", "div", "h2", "h3", "h4", "blockquote", "section"))
_SENTENCE_END = re.compile(r"(?<![.…])[.!?][\"”’')\]]*$")
_WORD = re.compile(r"\w+")


def standfirst(
    headline: etree._Element | None, nodes: Sequence[etree._Element], blocks: Sequence[Block]
) -> Block | None:
    """The lead above the body, None where there is none or where the body says the same again.

    An element counts that a template names so (`classes.toml`), or that stands above any picture: what stands below
    one without a name is a caption.

    Args:
        headline: the element that shows the headline.
        nodes: the elements that hold the body.
        blocks: what was read from them.
    """
    if headline is None or not nodes:
        return None
    pictured = False
    for element in _between(headline, nodes[0]):
        if element.tag in _PICTURES:
            pictured = True
        elif (text := _lead_text(element)) and (_is_named(element) or not pictured):
            return None if _is_told(text, blocks) else Block(text)
    return None


def _between(headline: etree._Element, end: etree._Element) -> Iterator[etree._Element]:
    """What stands between headline and body, outermost first, without what stands apart; nothing if that is far."""
    passed: list[etree._Element] = []
    above = set(end.iterancestors())
    node = _next(headline)
    while node is not None and node is not end and len(passed) < _MAX_ELEMENTS:
        passed.append(node)
        enters = node in above or (len(node) and node.tag not in _PICTURES and not stands_apart(node))
        node = node[0] if enters else _next(node)
    return iter(passed if node is end else ())


def _next(node: etree._Element | None) -> etree._Element | None:
    """The element after a node and all that is in it."""
    while node is not None:
        following = node.getnext()
        if following is not None:
            return following
        node = node.getparent()
    return None


def _lead_text(element: etree._Element) -> str | None:
    """The text of an element that holds nothing but one lead."""
    if element.tag not in _HOLDERS or not all(is_inline(child.tag) for child in element):
        return None
    text = fold("".join(map(str, element.itertext())))
    if not _SHORTEST <= len(text) <= _LONGEST or not _SENTENCE_END.search(text):
        return None
    known, own = names(), own_names(element)
    linked = sum(len("".join(map(str, link.itertext()))) for link in element.iter("a"))
    apart = (
        stands_apart(element) or known.caption.search(own) or known.byline.search(own) or linked > _LINKED * len(text)
    )
    return None if apart or rule_for(text, top=True) else text


def _is_named(element: etree._Element) -> bool:
    parent = element.getparent()
    own = f"{own_names(element)} {own_names(parent) if parent is not None else ''}"
    return names().standfirst.search(own) is not None


def _is_told(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the body's opening says nearly the same: then the line above is a summary of it."""
    said = set(_WORD.findall(" ".join(block.text for block in blocks[:_COMPARED]).lower()))
    own = set(_WORD.findall(text.lower()))
    return len(own & said) >= _SAME * len(own)
