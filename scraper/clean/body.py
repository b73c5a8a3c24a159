"""Finds the nodes that hold an article's body, by a cascade; each step only if the last fell short.

1. `site`: the publisher's own selectors.
2. `container`: containers that templates name (itemprop=articleBody, entry-content, td-post-content, ...).
3. `density`: one pass over the text nodes, decaying scores towards the root (after Arc90's Readability), then the
   siblings that look alike are merged and the node grows while its parents add prose of the same kind.
4. `rescue`: the same without excluding nodes by their class names.

JSON-LD `articleBody` stands last and is the business of `scraper.clean.cleaner`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from scraper.article import Method
from scraper.clean.decode import SILENT
from scraper.clean.structure import APART_TAGS, KEEP_SHARE, is_inline, names
from scraper.sites.definition import SiteDefinition
from scraper.sites.selectors import compiled, elements

Element = etree._Element

MIN_BODY = 140
"""Characters of prose below which a step fell short."""

_MIN_TEXT = 20
_LONG_TEXT = 400
_MIN_PROSE = 60
_SURE_SHARE = 0.6
_CARD_DEPTH = 4
_SHORT_SHARE = 0.6
_FEED_SHARE = 0.4

_TEXTS = etree.XPath(f"//body//text()[string-length(normalize-space()) > {_MIN_TEXT}]")
_NO_TEXT_TAGS = frozenset((*SILENT, "option", "button", "title", "head"))
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)|[。！？।]")


@dataclass(frozen=True, slots=True)
class Found:
    """Where the body stands.

    Attributes:
        nodes: the elements that hold it, in document order, none inside another.
        method: the step of the cascade that found them.
        prose: characters of prose in them.
        confidence: 0 to 1.
    """

    nodes: tuple[Element, ...]
    method: Method
    prose: int
    confidence: float


@dataclass(slots=True)
class Densities:
    """What one pass over the text nodes tells about their ancestors.

    Attributes:
        prose: characters of prose at or below an element.
        score: prose with decay from the paragraphs upwards; the highest marks the body.
        links: characters of link text at or below an element.
        own: characters of prose directly in an element, not in a block below it.
    """

    prose: dict[Element, float] = field(default_factory=lambda: defaultdict(float))
    score: dict[Element, float] = field(default_factory=lambda: defaultdict(float))
    links: dict[Element, float] = field(default_factory=lambda: defaultdict(float))
    own: dict[Element, float] = field(default_factory=dict)


def find_body(tree: Element, site: SiteDefinition | None = None) -> Found | None:
    """Runs the cascade on a parsed page.

    Args:
        tree: root of the page; it is not changed.
        site: the publisher's definition, where known.

    Returns:
        The body's nodes, or None if nothing on the page reads like prose.
    """
    units = tuple(_units(tree))
    seen = densities(units, exclude=True)
    generic = _by_container(seen) or _by_density(seen, "density") or _rescue(units)
    named = _by_site(tree, site, units, seen) if site else None
    if named is None or (generic is not None and named.prose < _SHORT_SHARE * generic.prose):
        return generic
    return named


# Units: runs of text inside one block.


@dataclass(slots=True)
class _Unit:
    block: Element
    chain: tuple[Element, ...]
    length: int = 0
    links: int = 0
    ends: int = 0  # of sentences; not counted beyond two


def _units(tree: Element) -> Iterator[_Unit]:
    units: dict[Element, _Unit] = {}
    found = _TEXTS(tree)
    for text in found if isinstance(found, list) else ():
        if not isinstance(text, etree._ElementUnicodeResult) or (parent := text.getparent()) is None:
            continue
        owner = parent.getparent() if text.is_tail else parent
        if owner is None or owner.tag in _NO_TEXT_TAGS:
            continue
        block, linked = _block_of(owner)
        unit = units.get(block)
        if unit is None:
            unit = units[block] = _Unit(block, (block, *block.iterancestors()))
        _count(unit, text, linked)
    return (unit for unit in units.values() if not any(node.tag in _NO_TEXT_TAGS for node in unit.chain))


def _count(unit: _Unit, text: str, linked: bool) -> None:
    length = len(text) if len(text) < _LONG_TEXT else len(" ".join(text.split()))
    unit.length += length
    if linked:
        unit.links += length
    elif unit.ends < 2 and (end := _SENTENCE_END.search(text)):
        unit.ends += 2 if _SENTENCE_END.search(text, end.end()) else 1


def _block_of(owner: Element) -> tuple[Element, bool]:
    linked = False
    while is_inline(owner.tag):
        linked = linked or owner.tag == "a"
        parent = owner.getparent()
        if parent is None:
            break
        owner = parent
    return owner, linked or _inside_link(owner)


def _inside_link(block: Element) -> bool:
    """Whether a whole card is one link: `<a><div><h3>headline</h3></div></a>`."""
    up = block.getparent()
    for _ in range(_CARD_DEPTH):
        if up is None:
            return False
        if up.tag == "a":
            return True
        up = up.getparent()
    return False


def densities(units: Iterable[_Unit], *, exclude: bool) -> Densities:
    """Adds every unit's prose to its ancestors.

    Args:
        units: the page's text, by block.
        exclude: leave out what stands in navigation, asides and nodes whose class names tell that they stand apart.
    """
    units = list(units)
    total = sum(unit.length for unit in units) or 1
    result = Densities()
    apart = _apart(units, total) if exclude else frozenset()
    for unit in units:
        chain = unit.chain
        if not apart.isdisjoint(chain):
            continue
        for node in chain:
            result.links[node] += unit.links
        weight = _prose(unit)
        if not weight:
            continue
        result.own[unit.block] = weight
        share = 1.0
        for node in chain:
            result.prose[node] += weight
            result.score[node] += weight * share
            share *= 0.55
    return result


def _prose(unit: _Unit) -> float:
    own = unit.length - unit.links
    if own < _MIN_PROSE and not (own > 30 and unit.ends):
        return 0.0
    # Bare text with <br> may share its element with a list of links.
    if unit.links > 0.5 * unit.length and not (own > 150 and unit.ends > 1):
        return 0.0
    return own if unit.ends else 0.4 * own


def _apart(units: Sequence[_Unit], total: int) -> frozenset[Element]:
    """Nodes that stand apart by tag or class name, unless they hold too much of the page's text."""
    held: dict[Element, int] = defaultdict(int)
    for unit in units:
        for node in unit.chain:
            held[node] += unit.length
    return frozenset(
        node
        for node, length in held.items()
        if length <= _SURE_SHARE * total
        and stands_apart(node)
        and (length <= KEEP_SHARE * total or names().surely_apart.search(_names(node)))
    )


def _names(node: Element) -> str:
    return f"{node.tag} {node.get('class') or ''} {node.get('id') or ''}"


def stands_apart(node: Element) -> bool:
    """Whether an element's tag, role or class names say that it is not part of the article."""
    if node.tag in APART_TAGS:
        return True
    own = f"{node.get('class') or ''} {node.get('id') or ''}"
    return len(own) > 1 and names().apart.search(own) is not None and node.tag not in ("body", "html")


# The cascade's steps.


def _by_site(tree: Element, site: SiteDefinition, units: Sequence[_Unit], seen: Densities) -> Found | None:
    for selector in site.body:
        nodes = outermost(elements(compiled(selector), tree))
        inside = frozenset(nodes)
        prose = sum(_prose(unit) for unit in units if not inside.isdisjoint(unit.chain)) if nodes else 0
        if prose >= _MIN_PROSE:
            return Found(_joined(nodes, seen), "site", round(prose), 0.98)
    return None


def _joined(nodes: tuple[Element, ...], seen: Densities) -> tuple[Element, ...]:
    """Sections of one article, with the headings that stand between their containers."""
    if len(nodes) < 2:
        return nodes
    shared = set(nodes[0].iterancestors()).intersection(*(set(node.iterancestors()) for node in nodes[1:]))
    parent = next((up for up in nodes[0].iterancestors() if up in shared), None)
    if parent is None or parent.tag in ("body", "html"):
        return nodes
    holding = {up for node in nodes for up in (node, *node.iterancestors())}
    return _range(parent, [child for child in parent if child in holding], seen)


def _by_container(seen: Densities) -> Found | None:
    best = max(seen.prose.values(), default=0.0)
    named = [(node, _labels(node)) for node, prose in seen.prose.items() if prose > 0]
    for pattern in names().containers:
        nodes = outermost(node for node, labels in named if labels and pattern.search(labels))
        chosen = _alike(nodes, seen)
        prose = sum(seen.prose.get(node, 0) for node in chosen)
        if prose >= MIN_BODY and prose >= 0.35 * best:
            return Found(chosen, "container", round(prose), 0.9)
    return None


def _labels(node: Element) -> str:
    return " ".join(filter(None, (node.get("itemprop"), node.get("class"), node.get("id"))))


def _alike(nodes: Sequence[Element], seen: Densities) -> tuple[Element, ...]:
    """Of several containers of one kind: the richest, and those beside it that are sections of the same article."""
    if len(nodes) < 2:
        return tuple(nodes)
    first = _first_rich(nodes, seen)
    kin = [node for node in nodes if node is first or node.getparent() is first.getparent()]
    parent = first.getparent()
    return tuple(kin) if parent is None or len(kin) < 2 else _range(parent, kin, seen)


def _first_rich(nodes: Sequence[Element], seen: Densities) -> Element:
    """The first that holds about as much prose as the richest: endless feeds begin with the page's own article."""
    most = max(seen.prose[node] for node in nodes)
    return next(node for node in nodes if seen.prose[node] >= _FEED_SHARE * most)


def _by_density(seen: Densities, method: Method) -> Found | None:
    if not seen.score:
        return None
    seed = max(seen.score, key=lambda node: seen.score[node] * _bonus(node))
    nodes = _grown(_first_alike(seed, seen), seen)
    prose = sum(seen.prose[node] for node in nodes)
    if prose < _MIN_PROSE or (method == "density" and prose < MIN_BODY):
        return None
    share = prose / (max(seen.prose.values()) or 1)
    return Found(nodes, method, round(prose), round(min(0.85, 0.4 + 0.45 * share), 2))


def _first_alike(seed: Element, seen: Densities) -> Element:
    make = seed.get("class")
    if not make:
        return seed
    alike = [n for n in seen.prose if n.get("class") == make and n.tag == seed.tag]
    return _first_rich(outermost(alike), seen) if len(alike) > 1 else seed


def _rescue(units: Sequence[_Unit]) -> Found | None:
    return _by_density(densities(units, exclude=False), "rescue")


def _bonus(node: Element) -> float:
    if node.tag in ("body", "html"):
        return 0.6
    own = f"{node.get('class') or ''} {node.get('id') or ''}"
    bonus = 1.25 if node.tag in ("article", "main") else 1.0
    return bonus * 1.2 if names().likely.search(own) else bonus


def _grown(seed: Element, seen: Densities) -> tuple[Element, ...]:
    """Merges the siblings that read on, level by level, and takes a parent whole that has text of its own."""
    nodes: tuple[Element, ...] = (seed,)
    node = seed
    level = 0
    while (parent := node.getparent()) is not None and parent.tag not in ("body", "html"):
        level += 1
        if level == 1 and seen.own.get(parent, 0) > 0.1 * seen.prose[seed]:
            nodes = (parent,)
        else:
            kin = [child for child in parent if child is node or _reads_on(child, node, seen, first=level == 1)]
            if len(kin) > 1:
                held = sum(seen.prose[child] for child in kin)
                whole = seen.prose[parent] - held < 0.1 * held and not any(map(_opens_article, kin[1:]))
                nodes = (parent,) if whole else _range(parent, kin, seen)
        node = parent
    return nodes


def _range(parent: Element, kin: Sequence[Element], seen: Densities) -> tuple[Element, ...]:
    """The kin and what stands between them without prose of its own, up to where another article begins."""
    children = list(parent)
    first, last = children.index(kin[0]), children.index(kin[-1])
    chosen = [kin[0]]
    for child in children[first + 1 : last + 1]:
        if _opens_article(child):
            break
        if child in kin or (seen.prose.get(child, 0) == 0 and not stands_apart(child)):
            chosen.append(child)
    return tuple(chosen)


_opens_article = etree.XPath(
    "boolean(descendant-or-self::h1) or (boolean(descendant-or-self::h2) and boolean(descendant::time"
    " | descendant::*[contains(@class, 'time') or contains(@class, 'date')]))"
)


def _reads_on(child: Element, node: Element, seen: Densities, *, first: bool) -> bool:
    """Whether a sibling continues the article: a paragraph, or a section of the same make."""
    prose = seen.prose.get(child, 0)
    if prose < _MIN_PROSE or seen.links.get(child, 0) > 0.3 * prose or child.tag != node.tag:
        return first and child.tag == "p" and prose > 0
    make, own = child.get("class") or "", node.get("class") or ""
    return make == own and (first or bool(own))


def outermost(nodes: Iterable[Element]) -> tuple[Element, ...]:
    """Drops the nodes that stand inside another of them; document order is kept."""
    listed = list(nodes)
    inside = set(listed)
    return tuple(node for node in listed if not any(up in inside for up in node.iterancestors()))
