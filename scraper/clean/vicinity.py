"""The visible lines around an element, in document order: where headlines keep their dates and bylines.

A date or a name counts only near the headline or the body, so nothing here looks over the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

MAX_LINES = 60
LINE_KEY = 40
"""Characters of a paragraph by which its place is found."""
_MAX_ELEMENTS = 1_500
_LARGE = 40
_PROSE = 200
_MAX_NAMES = 200

_BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav",
     "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "time", "tr", "ul")
)  # fmt: skip
_AGES = (" lalu", " ago")
_STAMP = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|1\d{9}")
_PARTS = frozenset(("span", "a", "b", "strong"))
_STAMPED = frozenset(("time", "abbr"))
_SILENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "select",
        "textarea",
        "head",
        "object",
        "video",
        "button",
    )
)
_MARKED = re.compile(
    r"author|byline|penulis|reporter|editor|writer|jurnalis|journalis|namerep|wartawan|pewarta|kontributor|fotografer"
    r"|photograph|credit|redaktur|vcard|date|time|tanggal|publish|posted|categor|cat-links|rubrik|kanal|view|social|share"
)
_AUTHOR_LINK = re.compile(r"/(?:author|penulis|reporter|jurnalis|wartawan|kontributor|redaktur)s?/", re.IGNORECASE)


class Line(NamedTuple):
    """One visible line; a page has a hundred of them, so it is a tuple.

    Attributes:
        text: with white space folded.
        mark: class and id of the innermost block around it and of that one's parent, in lower case.
        stamp: a machine-readable date that stands in it (`datetime`, or `title` of an `abbr`).
    """

    text: str
    mark: str = ""
    stamp: str | None = None


def lines_after(start: etree._Element, limit: int = MAX_LINES, prose: int = 1_000) -> list[Line]:
    """Up to `limit` lines that follow the end of `start`, no further than `prose` lines of running text."""
    builder = _Builder(limit, prose)
    node: etree._Element | None = start
    budget = _MAX_ELEMENTS
    while node is not None and budget > 0 and not builder.full:
        builder.text(node.tail)
        following = node.getnext()
        if following is None:
            node = node.getparent()
            if node is not None:
                builder.flush(node)
            continue
        budget -= builder.walk(following, budget)
        node = following
    builder.flush(None)
    return builder.lines[:limit]


def lines_before(start: etree._Element, limit: int = 8) -> list[Line]:
    """Up to `limit` lines that precede the start of `start`, the nearest first."""
    lines: list[Line] = []
    for element in islice(_preceding(start), _MAX_ELEMENTS):
        tail = " ".join(element.tail.split()) if element.tail else ""
        if tail:
            lines.append(Line(tail))
        lines.extend(reversed(lines_within(element)))
        if len(lines) >= limit:
            break
    return lines[:limit]


def lines_within(element: etree._Element, limit: int = MAX_LINES) -> list[Line]:
    """Up to `limit` lines inside the element."""
    builder = _Builder(limit)
    builder.walk(element, _MAX_ELEMENTS)
    builder.flush(element)
    return builder.lines[:limit]


def mark_of(element: etree._Element | None) -> str:
    """Class and id of the element and of its parent, in lower case; "author" for a link to an author's page."""
    if element is None:
        return ""
    parent = element.getparent()
    names = [element.get("class"), element.get("id"), "author" if _leads_to_author(element) else None]
    if parent is not None and parent.tag != "body":
        names += [parent.get("class"), parent.get("id")]
    return " ".join([name[:_MAX_NAMES] for name in names if name]).lower()


def _preceding(start: etree._Element) -> Iterator[etree._Element]:
    """Small elements before `start`, nearest first; large ones are entered from their end."""
    node: etree._Element | None = start
    while node is not None:
        pending = [node.getprevious()]
        while pending:
            element = pending.pop()
            if element is None or element.tag in _SILENT:
                if element is not None:
                    pending.append(element.getprevious())
                continue
            if len(element) and len(list(islice(element.iter(), _LARGE))) == _LARGE:
                pending += [element.getprevious(), element[-1]]
                continue
            yield element
            pending.append(element.getprevious())
        node = node.getparent()


class _Builder:
    """Gathers text into lines; a block, or an inline element with a telling class, ends the line."""

    def __init__(self, limit: int, prose: int = 1_000) -> None:
        self.lines: list[Line] = []
        self.full = False
        self._limit = limit
        self._prose = prose
        self._parts: list[str] = []
        self._stamp: str | None = None

    def text(self, text: str | None) -> None:
        # White space between blocks begins no line.
        if text and (self._parts or not text.isspace()):
            self._parts.append(text)

    def flush(self, element: etree._Element | None) -> None:
        if not self._parts and not self._stamp:
            return
        text = " ".join("".join(self._parts).split())
        if text or self._stamp:
            self.lines.append(Line(text, mark_of(element), self._stamp))
            self._prose -= len(text) > _PROSE
            self.full = len(self.lines) >= self._limit or self._prose <= 0
        self._parts.clear()
        self._stamp = None

    def walk(self, root: etree._Element, budget: int) -> int:
        """Adds the text of `root` without its tail; returns how many elements it entered."""
        entered = 0
        above: list[tuple[etree._Element, bool]] = []  # elements that are entered and not left, with whether they break
        node: etree._Element | None = root
        while node is not None and entered < budget and not self.full:
            entered += 1
            tag = node.tag
            if tag in _SILENT:
                node = self._leave(node, False, root, above)
                continue
            breaks = self._enter(node, tag)
            if len(node):
                above.append((node, breaks))
                node = node[0]
            else:
                node = self._leave(node, breaks, root, above)
        return entered

    def _leave(
        self, node: etree._Element, breaks: bool, root: etree._Element, above: list[tuple[etree._Element, bool]]
    ) -> etree._Element | None:
        """Leaves an element, and those that end with it; gives the next one, None behind the root."""
        while True:
            if breaks and (self._parts or self._stamp):
                self.flush(node)
            if node is root:
                return None
            if tail := node.tail:
                self.text(tail)
            following = node.getnext()
            if following is not None:
                return following
            node, breaks = above.pop()

    def _enter(self, element: etree._Element, tag: str) -> bool:
        """Adds what stands before the element's first child; says whether it is a line of its own."""
        breaks = tag in _BLOCKS or _telling((element.get("class") or element.get("id") or "")[:_MAX_NAMES])
        # A link that begins its line; behind a label it belongs to that.
        breaks = breaks or (tag == "a" and not self._parts and _leads_to_author(element))
        if breaks and (self._parts or self._stamp):
            self.flush(element.getparent())
        elif self._parts and tag in _PARTS:
            before = element.getprevious()
            if before is not None and before.tag in _PARTS and not before.tail:
                self._parts.append(" | ")
        if tag in _STAMPED:
            self._stamp = element.get("datetime") or element.get("title") or self._stamp
        elif (told := element.get("content")) and _STAMP.match(told):
            self._stamp = self._stamp or told  # RDFa
        if text := element.text:
            self.text(text)
            if text.rstrip().endswith(_AGES):
                self._stamp = self._stamp or _hidden_stamp(element)
        return breaks


def _hidden_stamp(element: etree._Element) -> str | None:
    """The date that an attribute tells where the reader sees an age: `<span data-date="2026-03-02T10:00:00Z">`."""
    named = ((str(key), str(value)) for key, value in element.items())
    told = (value for key, value in named if key == "title" or key.startswith("data-"))
    return next((value for value in told if _STAMP.match(value)), None)


def _leads_to_author(element: etree._Element) -> bool:
    """Whether an element is a link to an author's page."""
    if element.tag != "a":
        return False
    return element.get("rel") == "author" or _AUTHOR_LINK.search(element.get("href") or "") is not None


@lru_cache(maxsize=4096)
def _telling(names: str) -> bool:
    """Whether an inline element's class or id says that it is a piece of metadata by itself."""
    return bool(names) and _MARKED.search(names.lower()) is not None


_HOLDERS = etree.XPath(
    "descendant::text()[contains(., $start)]"
    "[not(ancestor::head or parent::script or parent::style or parent::noscript or parent::title)]"
)


def holders(tree: etree._Element, text: str) -> Iterator[etree._Element]:
    """The elements right before or around each text node with this beginning."""
    start = text.strip()[:LINE_KEY]
    found = _HOLDERS(tree, start=start) if len(start) > 7 else ()
    for node in found if isinstance(found, list) else ():
        if not isinstance(node, etree._ElementUnicodeResult):
            continue
        parent = node.getparent()
        if parent is not None:
            # Bare text parted by <br>: what follows stands in the same element.
            yield parent if node.is_tail or len(parent) == 0 else parent[0]
