"""The chosen nodes read as blocks: paragraphs, list items, headings, captions, with their links.

Here BeautifulSoup does what it is best at: rules over a small tree that a person can read.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple, cast

from bs4 import BeautifulSoup
from bs4.builder import TreeBuilder
from bs4.element import AttributeDict, NavigableString, PageElement, Tag
from lxml import etree

from scraper.clean.body import outermost
from scraper.clean.decode import SILENT, fold
from scraper.clean.density import comment_boxes
from scraper.clean.structure import HEADINGS, Taken, cut_run_in, drop_apart, is_inline
from scraper.sites.selectors import select_all

_DROPPED = (*SILENT, "video", "audio", "canvas", "button", "input", "title")
_CELLS = ("td", "th")
_ROW_LENGTH = 300
_HEAD_LENGTH = 80
_CAPTION_LENGTH = 300
_CARD_DEPTH = 4
_MANY = 9
_BOLD = frozenset(("b", "strong"))
_SLANTED = frozenset(("i", "em", "small"))
_SPACES = BeautifulSoup.ASCII_SPACES

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row.

    Attributes:
        text: folded text.
        tag: name of the block-level element that holds it; "br" parts keep their element's.
        link_chars: how many characters of it are link text.
        links: how many links it has.
        bold: all of it is bold.
        bold_head: the bold words that it begins with.
        caption: it describes a picture.
        card: it stands in a link that holds whole blocks.
    """

    text: str
    tag: str = "p"
    link_chars: int = 0
    links: int = 0
    bold: bool = False
    bold_head: str = ""
    caption: bool = False
    card: bool = False

    @property
    def link_share(self) -> float:
        """Share of the text that is link text, 0 to 1."""
        return self.link_chars / len(self.text) if self.text else 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks of the chosen nodes.

    Attributes:
        blocks: what may be text, in document order.
        dropped: (rule, text) of what structure alone took out.
        credits: lines that stood in byline elements.
    """

    blocks: tuple[Block, ...]
    dropped: tuple[tuple[str, str], ...] = ()
    credits: tuple[str, ...] = ()


def read_blocks(nodes: Sequence[etree._Element], drop: Iterable[str] = ()) -> Reading:
    """Reads the chosen nodes.

    Args:
        nodes: from `scraper.clean.body.find_body`; they are not changed.
        drop: CSS selectors of what the site definition takes out.
    """
    taken = Taken()
    soup = BeautifulSoup("", builder=_Planter([_pruned(node, drop, taken) for node in nodes]))
    drop_apart(soup, taken)
    cut_run_in(soup, taken)
    blocks = _Walk().read(soup)
    return Reading(tuple(blocks), tuple(taken.dropped), tuple(taken.credits))


class _Planter(TreeBuilder):
    """Plants parsed elements in BeautifulSoup as they are: its own building asks of each what a parser has settled."""

    def __init__(self, nodes: Sequence[etree._Element]) -> None:
        super().__init__(multi_valued_attributes={}, attribute_dict_class=AttributeDict)
        self._nodes = nodes

    def feed(self, markup: object) -> None:  # noqa: ARG002 - there is none
        parent: Tag = cast(BeautifulSoup, self.soup)
        last: PageElement = parent
        for node in self._nodes:
            for event, element in etree.iterwalk(node, events=("start", "end")):
                if event == "start":
                    tag = Tag(None, self, element.tag, attrs=dict(element.items()), parent=parent, previous=last)
                    parent.contents.append(tag)
                    parent = last = tag
                    text = element.text
                else:
                    parent = cast(Tag, parent.parent)
                    text = element.tail if element is not node else "\n"
                if text:
                    # White space alone is one character, as from its own parsers.
                    string = NavigableString(text if text.strip(_SPACES) else "\n" if "\n" in text else " ")
                    string.setup(parent, last)
                    parent.contents.append(string)
                    last = string


def _pruned(node: etree._Element, drop: Iterable[str], taken: Taken) -> etree._Element:
    """A copy of a node without what is never text and what the site definition drops."""
    node = copy.copy(node)
    etree.strip_elements(node, *_DROPPED, with_tail=False)
    headings = ((head, fold(" ".join(map(str, head.itertext())))) for head in node.iter("h2", "h3", "h4", "h5"))
    threads = ((box, "comments") for box in comment_boxes(headings) if box is not node)
    selected = ((found, "site") for found in outermost(select_all(node, tuple(drop))))
    for found, rule in (*threads, *selected):
        taken.dropped.append((rule, fold(" ".join(map(str, found.itertext())))))
        found.text = None
        for child in list(found):
            found.remove(child)
    return node


class _Home(NamedTuple):
    """A block-level element, and whether it stands in a link that holds whole blocks, or in a caption."""

    tag: Tag
    card: bool
    caption: bool


class _Style(NamedTuple):
    """Where a string stands: its block, and whether it is a link, bold, slanted or small."""

    home: _Home
    linked: bool
    bold: bool
    slanted: bool


class _Part(NamedTuple):
    text: str
    linked: bool = False
    bold: bool = True
    slanted: bool = True


class _Walk:
    """One pass over the strings of a small tree, without recursion."""

    def __init__(self) -> None:
        self._styles: dict[int, _Style] = {}
        self._homes: dict[int, _Home] = {}
        self._rows: dict[int, bool] = {}
        self._blocks: list[Block] = []
        self._parts: list[_Part] = []
        self._home: _Home | None = None
        self._last_home: _Home | None = None
        self._breaks = 0
        self._pictured = False

    def read(self, soup: BeautifulSoup) -> list[Block]:
        for node in soup.descendants:
            if isinstance(node, Tag):
                self._enter(node)
            elif type(node) is NavigableString and isinstance(node.parent, Tag):
                self._add(str(node), node.parent)
        self._flush()
        return self._blocks

    def _enter(self, tag: Tag) -> None:
        if tag.name == "br":
            self._flush()
            self._breaks += 1
        elif tag.name in _CELLS and self._in_row(tag):
            self._parts.append(_Part(" | "))
        elif not is_inline(tag.name) and not (tag.name == "img" and "emoji" in str(tag.attrs)):
            self._flush()
            self._breaks = _MANY
            self._pictured = self._pictured or tag.name in ("img", "amp-img")

    def _add(self, text: str, parent: Tag) -> None:
        style = self._styles.get(id(parent)) or self._style_of(parent)
        if style.home is not self._home:
            self._flush()
            self._home = style.home
        self._parts.append(_Part(text, style.linked, style.bold, style.slanted))

    def _style_of(self, parent: Tag) -> _Style:
        home, around = parent, set()
        while home.parent is not None and (is_inline(home.name) or (home.name in _CELLS and self._is_row(home.parent))):
            around.add(home.name)
            home = home.parent
        block = self._homes.get(id(home)) or self._home_at(home)
        linked = "a" in around or block.card
        style = _Style(block, linked, not around.isdisjoint(_BOLD), not around.isdisjoint(_SLANTED))
        self._styles[id(parent)] = style
        return style

    def _home_at(self, tag: Tag) -> _Home:
        above = [up.name for up in tag.parents]
        home = _Home(tag, "a" in above[:_CARD_DEPTH], tag.name == "figcaption" or "figcaption" in above)
        self._homes[id(tag)] = home
        return home

    def _in_row(self, cell: Tag) -> bool:
        """Whether a table cell goes on in the line of its row."""
        row = self._home.tag if self._parts and self._home else None
        return row is not None and row is cell.parent and self._is_row(row)

    def _is_row(self, row: Tag | None) -> bool:
        """Whether a table row holds short cells of data, not parts of a layout."""
        if row is None or row.name != "tr":
            return False
        known = self._rows.get(id(row))
        if known is None:
            cells = row.find_all(_CELLS, recursive=False)
            plain = row.find(("p", "div", "br", "ul", "table", "img")) is None
            known = self._rows[id(row)] = len(cells) > 1 and plain and len(row.get_text()) < _ROW_LENGTH
        return known

    def _flush(self) -> None:
        if not self._parts or self._home is None:
            return
        parts, self._parts = self._parts, []
        text = fold("".join([part.text for part in parts]))
        if not text:
            return
        block = self._block(text, parts, self._home)
        last = self._blocks[-1] if self._blocks else None
        if last and self._home is self._last_home and self._breaks == 1 and _reads_on(last, block):
            self._blocks[-1] = _joined(last, block)
        else:
            self._blocks.append(block)
        self._last_home, self._breaks, self._pictured = self._home, 0, False

    def _block(self, text: str, parts: Sequence[_Part], home: _Home) -> Block:
        linked = [fold(part.text) for part in parts if part.linked]
        shown = [part for part in parts if part.text.strip()]
        opening = takewhile(lambda part: part.bold or not part.text.strip(), parts) if shown[0].bold else ()
        head = fold("".join(part.text for part in opening))
        under_picture = self._pictured and len(text) < _CAPTION_LENGTH and all(part.slanted for part in shown)
        return Block(
            text=text,
            tag=_kind(home.tag),
            link_chars=sum(map(len, linked)),
            links=sum(map(bool, linked)),
            bold=all(part.bold for part in shown),
            bold_head=head if len(head) < _HEAD_LENGTH else "",
            card=home.card,
            caption=home.caption or under_picture,
        )


def _joined(last: Block, block: Block) -> Block:
    return replace(
        last,
        text=f"{last.text} {block.text}",
        link_chars=last.link_chars + block.link_chars,
        links=last.links + block.links,
        bold=last.bold and block.bold,
    )


def _reads_on(last: Block, block: Block) -> bool:
    """Whether a line break stands inside a sentence."""
    return not _SENTENCE_END.search(last.text) and block.text[0].islower() and last.bold == block.bold


def _kind(home: Tag) -> str:
    name = home.name
    if name in ("p", "div", "section", "article"):
        up = home.parent
        if isinstance(up, Tag) and up.name in ("li", "blockquote", *HEADINGS):
            return up.name
    return name
