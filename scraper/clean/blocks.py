"""The chosen nodes read as blocks: paragraphs, list items, headings, captions, with their links.

Here BeautifulSoup does what it is best at: rules over a small tree that a person can read.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from lxml import etree

from scraper.clean.decode import SILENT, fold
from scraper.sites.selectors import compiled

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark o q s samp small span strike strong "
    "sub sup tt u var time wbr".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_DROPPED = (*SILENT, "video", "audio", "canvas", "button", "input", "form", "nav", "dialog", "title", "ins")

_APART = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menus?|side-?bars?|footers?|comments?|komentar|disqus|respond|related\w*|terkait|populer|"
    r"popular|terpopuler|trending|recommend\w*|rekomendasi|shar(?:e|es|ing)\w*|sosmed|socials?|social\w+|bread-?crumbs?|newsletter\w*|"
    r"subscri\w+|login|modal|popup|banner\w*|sponsor\w*|widgets?|promo\w*|baca-?juga|baca|read-?also|also-?read|other-?news|"
    r"berita-?lain\w*|infinite-?related|ticker|taboola|outbrain|mgid|dable|jp-relatedposts|author-?(?:box|bio|info)|about-?author|toolbar|"
    r"inline_related\w*|bs-irp\w*|irp|sangia-baca|others|inner-link-baca-juga|sharedaddy|sd-\w+|addtoany\w*|a2a_kit|essb_\w+|"
    r"heateor\w*|apss\w*|addthis\w*|jeg_share\w*|jeg_ad|gmr-banner\w*|gmr-related\w*|td-a-rec|td-adspot\w*|ads?|adv|advert\w*|iklan|"
    r"gpt-ad|article-ad|adsbygoogle|seamless-ads|google-auto-placed|code-block|page-?links|paging(?!-content)\w*|pagination|page-?nav|"
    r"prevnextpost\w*|jeg_pagination|tags?|tagging|tag-?list|tagcloud\w*|post-?tags|body-tag|tags-links|cat-links|entry-terms|"
    r"post-?views\w*|pvc_\w+|tptn_counter|view-single|min-read|reading-?time\w*|load-more|skip-link|screen-reader-text|"
    r"kcm-\w*related|link-?(?:terkait|related)|block-?(?:terkait|related)|artikel-?terkait|news-?related|video-?(?:related|terkait))(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:\w*captions?|wp-caption-text|ket_gambar|keterangan|ket-?foto|tr-caption|photo__caption|img-?(?:caption|copyright|credit)|"
    r"image-?(?:caption|credit|desc\w*)|photo-?(?:credit|caption|desc\w*|text|title)|deskripsi|pic-?(?:caption|credit|title)|copyright|credits?|detail-img-\w+|"
    r"tagline-top|foto-?(?:caption|ket\w*|credit))(?:$|[\s_-])",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:^|[\s_-])(?:gmr-cf-metacontent|by-?lines?|authors?(?!\w)|penulis|editor(?!-?content)|reporter|credit-title-\w+|meta-?info|"
    r"post-meta|entry-meta|date-reporter|journalist|jurnalis|namerep|datehour|block-tanggal|published|publish-?date|post-?date|entry-date|date(?:time)?|properties)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_EMBEDS = frozenset(("twitter-tweet", "instagram-media", "tiktok-embed", "fb-post", "twitter-video", "reddit-card"))
_KEEP_SHARE = 0.3
_CELLS = ("td", "th")
_ROW_LENGTH = 300

_RUN_IN = re.compile(
    r"^[\s\W]*(?:baca|lihat|simak|tonton|read|see)\s*(?:juga|pula|selengkapnya|also|more|berita(?: lainnya)?)?\s*[:»]|^\s*baca ?juga\b", re.I
)
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
        caption: it describes a picture.
    """

    text: str
    tag: str = "p"
    link_chars: int = 0
    links: int = 0
    bold: bool = False
    caption: bool = False

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
    dropped: tuple[tuple[str, str], ...]
    credits: tuple[str, ...]


def read_blocks(nodes: Sequence[etree._Element], drop: Iterable[str] = ()) -> Reading:
    """Reads the chosen nodes.

    Args:
        nodes: from `scraper.clean.body.find_body`; they are not changed.
        drop: CSS selectors of what the site definition takes out.
    """
    taken = _Taken()
    markup = "\n".join(_markup(node, drop, taken) for node in nodes)
    soup = BeautifulSoup(markup, "lxml", multi_valued_attributes=None)
    _drop_apart(soup, taken)
    _cut_run_in(soup, taken)
    blocks = _Walk().read(soup)
    return Reading(tuple(blocks), tuple(taken.dropped), tuple(taken.credits))


def _markup(node: etree._Element, drop: Iterable[str], taken: _Taken) -> str:
    """A node's markup without what is never text and what the site definition drops; the node stays as it is."""
    node = copy.copy(node)
    node.tail = None
    etree.strip_elements(node, *_DROPPED, with_tail=False)
    for selector in drop:
        for found in compiled(selector)(node):
            taken.dropped.append(("site", fold(" ".join(found.itertext()))))
            found.text = None
            for child in list(found):
                found.remove(child)
    return etree.tostring(node, encoding="unicode", method="html")


@dataclass(slots=True)
class _Taken:
    dropped: list[tuple[str, str]] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)

    def take(self, tag: Tag, rule: str) -> None:
        text = fold(tag.get_text(" "))
        if rule == "byline" and text:
            self.credits.append(text)
        if text:
            self.dropped.append((rule, text))
        tag.extract()


def _drop_apart(soup: BeautifulSoup, taken: _Taken) -> None:
    tags = [node for node in soup.descendants if isinstance(node, Tag)]
    total = len(soup.get_text()) or 1
    gone: set[int] = set()
    for tag in tags:
        if id(tag.parent) in gone:
            gone.add(id(tag))
        elif (rule := _rule_of(tag)) and _may_go(tag, rule, total):
            if rule == "caption":
                tag.name = "figcaption"
            else:
                taken.take(tag, rule)
                gone.add(id(tag))


def _may_go(tag: Tag, rule: str, total: int) -> bool:
    """Whether a rule may take a tag: not the body itself, no word of a sentence, no subheading, no prose."""
    if tag.name in ("html", "body") or (tag.name in INLINE and _in_sentence(tag)):
        return False
    if rule == "apart" and tag.name in HEADINGS:
        return False
    if len(tag.get_text()) > _KEEP_SHARE * total:
        return False
    return rule in ("caption", "embed") or not _is_prose(tag)


def _rule_of(tag: Tag) -> str | None:
    if tag.name == "figcaption":
        return "caption"
    if tag.name in ("aside", "footer"):
        return "apart"
    attributes = tag.attrs
    if not attributes:
        return None
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if not _EMBEDS.isdisjoint(names.split()):
        return "embed"
    if len(names) > 1:
        if _APART.search(names):
            return "apart"
        if _CAPTION.search(names):
            return "caption"
        if _CREDIT.search(names):
            return "byline"
    if "style" in attributes and _HIDDEN.search(str(attributes["style"])):
        return "hidden"
    return None


def _in_sentence(tag: Tag) -> bool:
    """Whether text stands beside an inline element in the same parent."""
    return any(isinstance(near, NavigableString) and len(near.strip()) > 1 for near in (*tag.next_siblings, *tag.previous_siblings))


def _is_prose(tag: Tag) -> bool:
    text = tag.get_text(" ")
    linked = sum(len(a.get_text()) for a in tag.find_all("a"))
    return len(text) > 200 and linked < 0.3 * len(text) and len(re.findall(r"[.!?][\"”]?\s", text)) > 1


def _cut_run_in(soup: BeautifulSoup, taken: _Taken) -> None:
    """Takes "Baca juga: headline" out of a paragraph that it was run into."""
    for string in soup.find_all(string=_RUN_IN):
        if string.parent is None:
            continue
        top = string
        while isinstance(top.parent, Tag) and top.parent.name in INLINE and _starts(top):
            top = top.parent
        before = top.previous_sibling
        if before is None and top.parent is not None and not _starts_late(top):
            continue
        following = [top]
        while (after := following[-1].next_sibling) is not None:
            if isinstance(after, Tag) and (after.name == "br" or after.name not in INLINE):
                break
            if isinstance(after, NavigableString) and len(after.strip()) > 2:
                break
            following.append(after)
        linked = any(isinstance(n, Tag) and (n.name == "a" or n.find("a")) for n in following)
        if not linked:
            continue
        text = fold(" ".join(n.get_text() if isinstance(n, Tag) else str(n) for n in following))
        taken.dropped.append(("related", text))
        for node in following:
            node.extract()


def _starts(node: Tag | NavigableString) -> bool:
    before = node.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before is None


def _starts_late(node: Tag | NavigableString) -> bool:
    """Whether other text follows in the same block, so that the block as a whole is not a link line."""
    after = node.next_sibling
    while after is not None:
        if isinstance(after, NavigableString) and len(after.strip()) > 40:
            return True
        after = after.next_sibling
    return False


class _Walk:
    """One pass over the strings of a small tree, without recursion."""

    def __init__(self) -> None:
        self._homes: dict[int, tuple[Tag, bool, bool]] = {}
        self._rows: dict[int, bool] = {}
        self._blocks: list[Block] = []
        self._parts: list[tuple[str, bool, bool]] = []
        self._home: Tag | None = None
        self._broken = 0
        self._last_home: Tag | None = None

    def read(self, soup: BeautifulSoup) -> list[Block]:
        for node in soup.descendants:
            if isinstance(node, Tag):
                if node.name == "br":
                    self._flush()
                    self._broken += 1
                elif node.name in _CELLS and self._home is node.parent and self._parts and self._is_row(node.parent):
                    self._parts.append((" | ", False, True))
                elif node.name not in INLINE:
                    self._flush()
                    self._broken = 9
            elif type(node) is NavigableString:
                self._add(node)
        self._flush()
        return self._blocks

    def _add(self, string: NavigableString) -> None:
        parent = string.parent
        if parent is None:
            return
        home, linked, bold = self._home_of(parent)
        if home is not self._home:
            self._flush()
            self._home = home
        self._parts.append((str(string), linked, bold))

    def _home_of(self, parent: Tag) -> tuple[Tag, bool, bool]:
        known = self._homes.get(id(parent))
        if known is None:
            home, linked, bold = parent, False, False
            while home.parent is not None and (home.name in INLINE or (home.name in _CELLS and self._is_row(home.parent))):
                linked = linked or home.name == "a"
                bold = bold or home.name in ("b", "strong")
                home = home.parent
            known = self._homes[id(parent)] = (home, linked, bold)
        return known

    def _is_row(self, row: Tag | None) -> bool:
        """Whether a table row holds short cells of data, not parts of a layout."""
        if row is None or row.name != "tr":
            return False
        known = self._rows.get(id(row))
        if known is None:
            cells = row.find_all(_CELLS, recursive=False)
            known = len(cells) > 1 and len(row.get_text()) < _ROW_LENGTH and row.find(("p", "div", "br", "ul", "table")) is None
            self._rows[id(row)] = known
        return known

    def _flush(self) -> None:
        parts, self._parts = self._parts, []
        text = fold("".join(part for part, _, _ in parts))
        if not text or self._home is None:
            return
        home = self._home
        linked = [fold(part) for part, link, _ in parts if link]
        bold = all(is_bold for part, _, is_bold in parts if part.strip())
        block = Block(text, _kind(home), sum(map(len, linked)), sum(map(bool, linked)), bold, _in_caption(home))
        last = self._blocks[-1] if self._blocks else None
        if last is not None and home is self._last_home and self._broken == 1 and _reads_on(last, block):
            self._blocks[-1] = replace(
                last,
                text=f"{last.text} {text}",
                link_chars=last.link_chars + block.link_chars,
                links=last.links + block.links,
                bold=last.bold and bold,
            )
        else:
            self._blocks.append(block)
        self._last_home, self._broken = home, 0


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


def _in_caption(home: Tag) -> bool:
    return home.name == "figcaption" or home.find_parent("figcaption") is not None
