"""How much prose stands where: one pass over a page's text nodes, summed up along their ancestors.

Scores decay from a paragraph to its ancestors, after Arc90's Readability; links, teasers and what stands apart by its
class names count for little or nothing. Work is linear in the text nodes times their depth, which the parser caps.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeAlias

from lxml import etree

from scraper.clean.decode import SILENT
from scraper.clean.structure import APART_TAGS, is_apart, is_inline, may_hold

Element = etree._Element
_Chains: TypeAlias = dict[Element, tuple[Element, ...] | None]

MIN_PROSE = 60
"""Characters below which a block reads like a label."""

_MIN_TEXT = 20
_LONG_TEXT = 400
_LONG_HEAD = 80
_CARD_DEPTH = 4
_CARD_UNITS = 4
_CARD_LINKS = 0.25
_TEASER_WEIGHT = 0.2
_DECAY = 0.55

_TEXTS = etree.XPath(f"/descendant::body/descendant::text()[string-length(normalize-space()) > {_MIN_TEXT}]")
_UNREAD = frozenset((*SILENT, "option", "button", "title", "head"))
_tag = attrgetter("tag")
_SENTENCE_END = re.compile(r"[.!?…。！？।](?:(?<=[。！？।])|[\"'”’)\]]*(?:\s|$))")
_CUT_OFF = ("…", "...", "[…]", "[...]")


@dataclass(slots=True)
class Unit:
    """The text that stands directly in one block.

    Attributes:
        chain: the block and its ancestors, innermost first.
        length: characters of text.
        links: characters of link text among them.
        ends: ends of sentences outside of links, not counted beyond two.
        cut_off: its last text ends with an ellipsis.
        card: it stands in a link that holds whole blocks: `<a><div><h3>headline</h3></div></a>`.
    """

    chain: tuple[Element, ...]
    length: int = 0
    links: int = 0
    ends: int = 0
    cut_off: bool = False
    card: bool = False

    @property
    def block(self) -> Element:
        """The element that holds the text."""
        return self.chain[0]

    @property
    def prose(self) -> float:
        """Characters of running text; less where no sentence ends."""
        own = self.length - self.links
        if own < MIN_PROSE and not (own > MIN_PROSE // 2 and self.ends):
            return 0.0
        # Bare text with <br> may share its element with a list of links.
        if self.links > 0.5 * self.length and not (own > 150 and self.ends > 1):
            return 0.0
        return own if self.ends else 0.4 * own


def read_units(tree: Element) -> tuple[Unit, ...]:
    """The page's text by block, without scripts, buttons and texts of a word or two."""
    units: dict[Element, Unit] = {}
    chains: _Chains = {}
    found = _TEXTS(tree)
    for text in found if isinstance(found, list) else ():
        if not isinstance(text, etree._ElementUnicodeResult) or (parent := text.getparent()) is None:
            continue
        owner = parent.getparent() if text.is_tail else parent
        if owner is None or owner.tag in _UNREAD:
            continue
        block, linked = _block_of(owner)
        unit = units.get(block)
        if unit is None:
            chain = _chain(block, chains)
            if chain is None:
                continue
            unit = units[block] = Unit(chain, card="a" in map(_tag, chain[1 : 1 + _CARD_DEPTH]))
        _count(unit, text, linked or unit.card)
    return tuple(units.values())


def _chain(block: Element, known: _Chains) -> tuple[Element, ...] | None:
    """An element and its ancestors, innermost first, each looked up once a page; None inside what nobody reads."""
    fresh: list[Element] = []
    node: Element | None = block
    while node is not None and node not in known:
        fresh.append(node)
        node = node.getparent()
    chain = () if node is None else known[node]
    for element in reversed(fresh):
        chain = known[element] = None if chain is None or element.tag in _UNREAD else (element, *chain)
    return chain


def _count(unit: Unit, text: str, linked: bool) -> None:
    if len(text) > _LONG_TEXT:
        text = " ".join(text.split())
    unit.length += len(text)
    if linked:
        unit.links += len(text)
    else:
        unit.cut_off = text.rstrip().endswith(_CUT_OFF)
        if unit.ends < 2 and (end := _SENTENCE_END.search(text)):
            unit.ends += 2 if _SENTENCE_END.search(text, end.end()) else 1


def _block_of(owner: Element) -> tuple[Element, bool]:
    """The block around an inline element, and whether a link stands between."""
    linked = False
    while is_inline(owner.tag):
        linked = linked or owner.tag == "a"
        parent = owner.getparent()
        if parent is None:
            break
        owner = parent
    return owner, linked


def holders(units: Iterable[Unit]) -> list[Element]:
    """The elements that hold the units, each once, outer ones before what is in them."""
    return list(dict.fromkeys(itertools.chain.from_iterable(reversed(unit.chain) for unit in units)))


@dataclass(slots=True)
class Densities:
    """Sums over the text at or below an element.

    Attributes:
        length: characters.
        links: characters of link text.
        units: how many blocks hold text.
        prose: characters of prose.
        score: prose with decay from the paragraphs upwards; the highest marks the body.
        own: characters of prose directly in an element, not in a block below it.
    """

    length: dict[Element, int] = field(default_factory=lambda: defaultdict(int))
    links: dict[Element, int] = field(default_factory=lambda: defaultdict(int))
    units: dict[Element, int] = field(default_factory=lambda: defaultdict(int))
    prose: dict[Element, float] = field(default_factory=lambda: defaultdict(float))
    score: dict[Element, float] = field(default_factory=lambda: defaultdict(float))
    own: dict[Element, float] = field(default_factory=dict)

    @property
    def most(self) -> float:
        """The prose of the whole page."""
        return max(self.prose.values(), default=0.0)


def densities(units: Sequence[Unit], *, strict: bool, boxes: frozenset[Element] = frozenset()) -> Densities:
    """Sums the units up along their ancestors.

    Args:
        units: from `read_units`.
        strict: leave out teasers, navigation, asides and nodes whose class names tell that they stand apart.
        boxes: further nodes to leave out, from `comment_boxes`.
    """
    sums = Densities()
    _sum_up(units, sums)
    apart = boxes | _apart(sums, sum(unit.length for unit in units)) if strict else boxes
    for unit in units:
        if (prose := unit.prose) and apart.isdisjoint(unit.chain):
            if not _is_teaser(unit, sums):
                _add(sums, unit, prose)
            elif not strict:
                _add(sums, unit, prose * _TEASER_WEIGHT)
    return sums


def _sum_up(units: Sequence[Unit], sums: Densities) -> None:
    """Counts characters, link text and units at or below every element, from the innermost to the root."""
    outer_first = dict.fromkeys(holders(units), 0)
    length, links, count = sums.length, sums.links, sums.units
    for counter in (length, links, count):
        counter.update(outer_first)
    for unit in units:
        block = unit.block
        length[block], links[block], count[block] = unit.length, unit.links, 1
    for node in reversed(outer_first):
        parent = node.getparent()
        if parent is not None:
            length[parent] += length[node]
            links[parent] += links[node]
            count[parent] += count[node]


def _add(sums: Densities, unit: Unit, prose: float) -> None:
    sums.own[unit.block] = prose
    total, score, share = sums.prose, sums.score, prose
    for node in unit.chain:
        total[node] += prose
        score[node] += share
        share *= _DECAY


def _is_teaser(unit: Unit, sums: Densities) -> bool:
    """Whether the text is cut off, or stands in a small card beside a linked headline."""
    return unit.cut_off or any(
        sums.units[node] <= _CARD_UNITS and sums.links[node] > _CARD_LINKS * sums.length[node]
        for node in unit.chain[1:3]
    )


def _apart(sums: Densities, total: int) -> frozenset[Element]:
    """Nodes that stand apart by tag or names, unless they hold too much of the page's text."""
    return frozenset(
        node
        for node, length in sums.length.items()
        if stands_apart(node) and length <= may_hold(f"{node.tag} {own_names(node)}") * total
    )


_COMMENTS = re.compile(
    r"\W*(?:(?:\d+|semua|tulis|kirim|tinggalkan|kolom|daftar|ada \d+) )?(?:komentar|comments?|tanggapan|responses?)"
    r"(?: (?:pembaca|facebook|terbaru|anda))?\W{0,3}\d*\W*",
    re.IGNORECASE,
)


def comment_boxes(headings: Iterable[tuple[Element, str]]) -> frozenset[Element]:
    """The boxes that a heading over comments ("24 Komentar") opens, with nothing to read before it.

    Args:
        headings: elements with their text.
    """
    told = (head for head, text in headings if len(text) < _LONG_HEAD and _COMMENTS.fullmatch(text))
    boxes = ((head, head.getparent()) for head in told)
    return frozenset(box for head, box in boxes if box is not None and box.tag != "body" and _opens(head))


def _opens(head: Element) -> bool:
    lengths = (len("".join(map(str, before.itertext()))) for before in head.itersiblings(preceding=True))
    return all(length < MIN_PROSE for length in itertools.accumulate(lengths))


def own_names(node: Element) -> str:
    """An element's `class` and `id`."""
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def stands_apart(node: Element) -> bool:
    """Whether an element's tag or names say that it is not part of the article."""
    tag = node.tag
    if tag in APART_TAGS:
        return True
    own = own_names(node)
    return len(own) > 1 and tag not in ("body", "html") and is_apart(own)
