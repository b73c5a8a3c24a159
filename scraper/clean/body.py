"""Finds the nodes that hold an article's body, by a cascade; each step only if the last fell short.

1. `site`: the publisher's own selectors.
2. `container`: containers that templates name (itemprop=articleBody, entry-content, td-post-content, ...).
3. `density`: one pass over the text nodes, decaying scores towards the root (after Arc90's Readability), then the
   siblings that look alike are merged and the node grows while its parents add prose of the same kind.
4. `rescue`: the same without excluding nodes by their class names.

JSON-LD `articleBody` stands last and is the business of `scraper.clean.cleaner`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from lxml import etree

from scraper.article import Method
from scraper.clean.density import (
    MIN_PROSE,
    Densities,
    Element,
    Unit,
    comment_boxes,
    densities,
    holders,
    own_names,
    read_units,
    stands_apart,
)
from scraper.clean.structure import names
from scraper.sites.definition import SiteDefinition
from scraper.sites.selectors import select_among

MIN_BODY = 140
"""Characters of prose below which a step fell short."""

_SHORT_SHARE = 0.6
_FEED_SHARE = 0.4
_PURE = 0.75
_SECTION_SHARE = 0.2


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


def find_body(
    tree: Element, site: SiteDefinition | None = None, headings: Iterable[tuple[Element, str]] = ()
) -> Found | None:
    """Runs the cascade on a parsed page.

    Args:
        tree: root of the page; it is not changed.
        site: the publisher's definition, where known.
        headings: the page's headings with their text, where read already; one over comments sets their box apart.

    Returns:
        The body's nodes, or None if nothing on the page reads like prose.
    """
    units = read_units(tree)
    named = _by_site(tree, site, units) if site else None
    # Where it holds most of the page's prose, no other step can find so much more.
    if named and len(named.nodes) == 1 and named.prose > _SHORT_SHARE * (1 + sum(unit.prose for unit in units)):
        return named
    boxes = comment_boxes(headings)
    seen = densities(units, strict=True, boxes=boxes)
    generic = _by_container(seen) or _by_density(seen, "density") or _rescue(units, boxes)
    if named is None or (generic is not None and named.prose < _SHORT_SHARE * generic.prose):
        return generic
    return replace(named, nodes=_joined(named.nodes, seen))


# The cascade's steps.


def _by_site(tree: Element, site: SiteDefinition, units: Sequence[Unit]) -> Found | None:
    # Tags and classes are looked up among the elements that hold text.
    for selected in select_among(holders(units), tree, site.body):
        nodes = outermost(selected)
        inside = frozenset(nodes)
        prose = sum(unit.prose for unit in units if not inside.isdisjoint(unit.chain)) if nodes else 0
        if prose >= MIN_PROSE:
            return Found(nodes, "site", round(prose), 0.98)
    return None


def _joined(nodes: tuple[Element, ...], seen: Densities) -> tuple[Element, ...]:
    """Sections of one article, with the headings that stand between their containers."""
    if len(nodes) < 2:
        return nodes
    shared = set(nodes[0].iterancestors()).intersection(*(set(node.iterancestors()) for node in nodes[1:]))
    parent = next((up for up in nodes[0].iterancestors() if up in shared), None)
    if parent is None:
        return nodes
    holding = {up for node in nodes for up in (node, *node.iterancestors())}
    kin = [child for child in parent if child in holding]
    if parent.tag not in ("body", "html"):
        return _range(parent, kin, seen)
    # Nothing that stands in the page itself belongs to the article but the sections, up to the next one's headline.
    own = {kin[0], *takewhile(lambda child: not _opens_article(child), kin[1:])}
    return tuple(node for node in nodes if not own.isdisjoint((node, *node.iterancestors())))


def _by_container(seen: Densities) -> Found | None:
    best = seen.most
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
    seed = max(seen.score, key=lambda node: seen.score[node] * _bonus(node) * _purity(node, seen))
    nodes = _grown(_first_alike(seed, seen), seen)
    prose = sum(seen.prose[node] for node in nodes)
    if prose < MIN_PROSE or (method == "density" and prose < MIN_BODY):
        return None
    share = prose / (seen.most or 1)
    return Found(nodes, method, round(prose), round(min(0.85, 0.4 + 0.45 * share), 2))


def _first_alike(seed: Element, seen: Densities) -> Element:
    make = seed.get("class")
    if not make:
        return seed
    alike = [n for n in seen.prose if n.get("class") == make and n.tag == seed.tag]
    return _first_rich(outermost(alike), seen) if len(alike) > 1 else seed


def _rescue(units: Sequence[Unit], boxes: frozenset[Element]) -> Found | None:
    return _by_density(densities(units, strict=False, boxes=boxes), "rescue")


def _purity(node: Element, seen: Densities) -> float:
    """How much of the text is prose; the root softens it, since bodies hold captions and links too."""
    return float((seen.prose[node] / max(1, seen.length[node])) ** 0.5)


def _bonus(node: Element) -> float:
    if node.tag in ("body", "html"):
        return 0.6
    own = own_names(node)
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
                held = sum(seen.length[child] for child in kin)
                whole = seen.length[parent] - held < 0.2 * held and not any(map(_opens_article, kin[1:]))
                nodes = (parent,) if whole else _range(parent, kin, seen)
            elif node.tag == "p" and _is_outweighed(node, parent, seen):
                nodes = (parent,)
        node = parent
    return nodes


def _is_outweighed(node: Element, parent: Element, seen: Densities) -> bool:
    """Whether a parent of prose holds more of it beside a paragraph than in it: entries of a live report."""
    if seen.prose[parent] < 2 * seen.prose[node] or _purity(parent, seen) <= _PURE:
        return False
    return not any(_opens_article(child) for child in parent if child is not node)


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
    " | descendant-or-self::article | descendant::*[contains(@class, 'time') or contains(@class, 'date')"
    " or contains(@class, 'tanggal') or contains(@class, 'waktu') or contains(@class, 'author')"
    " or contains(@class, 'penulis')]))"
)


def _reads_on(child: Element, node: Element, seen: Densities, *, first: bool) -> bool:
    """Whether a sibling continues the article: a paragraph, or a section of the same make."""
    prose = seen.prose.get(child, 0)
    if prose < MIN_PROSE or seen.links.get(child, 0) > 0.3 * prose or child.tag != node.tag:
        beside_list = node.tag in _LISTS and child.tag == "div" and not child.get("class")
        return first and prose > 0 and (child.tag == "p" or beside_list)
    if child.get("class") or node.get("class"):
        return _same_make(child, node)
    return first or (_purity(child, seen) > _PURE and prose > _SECTION_SHARE * seen.prose[node])


_LISTS = frozenset(("ul", "ol", "dl", "table", "blockquote"))
_COMMON = frozenset(
    ("clearfix", "row", "container", "wrapper", "wrap", "section", "box", "block", "item", "inner", "content")
)


def _same_make(one: Element, other: Element) -> bool:
    """Whether two elements share a class name that is not everybody's."""
    shared = set((one.get("class") or "").split()).intersection((other.get("class") or "").split()) - _COMMON
    return bool(shared)


def outermost(nodes: Iterable[Element]) -> tuple[Element, ...]:
    """Drops the nodes that stand inside another of them; document order is kept."""
    listed = list(nodes)
    inside = set(listed)
    return tuple(node for node in listed if not any(up in inside for up in node.iterancestors()))
