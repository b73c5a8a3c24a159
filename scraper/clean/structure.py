"""What an element's class names and ids tell, and what of the chosen nodes goes by them (`classes.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Literal

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from scraper.clean.decode import fold

INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
     "label", "mark", "o", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
     "var", "wbr")
)  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
APART_TAGS = frozenset(("nav", "aside", "footer", "form", "dialog", "menu"))

KEEP_SHARE = 0.3
"""A node that holds more of the text than this does not go by its names, but for those that `may_hold` more."""

_CAPTION_LENGTH = 600
_LONGEST_NAMES = 300

Rule = Literal["apart", "caption", "byline", "embed", "hidden"]


@dataclass(frozen=True, slots=True)
class Names:
    """Patterns over `class` and `id`, compiled from `classes.toml`."""

    apart: re.Pattern[str]
    surely_apart: re.Pattern[str]
    outweighing: re.Pattern[str]
    caption: re.Pattern[str]
    byline: re.Pattern[str]
    standfirst: re.Pattern[str]
    hidden: re.Pattern[str]
    embed: re.Pattern[str]
    slugs: re.Pattern[str]
    likely: re.Pattern[str]
    containers: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def names() -> Names:
    """The patterns that the package ships."""
    data = tomllib.loads(resources.files("scraper.clean").joinpath("classes.toml").read_text("utf-8"))
    parts = {key: _words(data[key]) for key in ("apart", "surely_apart", "caption", "byline", "standfirst")}
    whole = {key: _whole_words(data[key]) for key in ("outweighing", "hidden", "embed", "slugs")}
    likely = re.compile("|".join(data["likely"]), re.IGNORECASE)
    return Names(**parts, **whole, likely=likely, containers=tuple(map(_whole_words, data["containers"])))


def is_apart(own: str) -> bool:
    """Whether an element's `class` and `id` say that it is not part of the article."""
    return _is_apart(own[:_LONGEST_NAMES])


def may_hold(own: str) -> float:
    """The largest share of the text that an element may hold and still go by its names."""
    return _may_hold(own[:_LONGEST_NAMES])


@lru_cache(maxsize=4096)
def _may_hold(own: str) -> float:
    known = names()
    if known.outweighing.search(own):
        return 0.85
    return 0.6 if known.surely_apart.search(own) else KEEP_SHARE


@lru_cache(maxsize=4096)
def _is_apart(own: str) -> bool:
    known = names()
    if known.apart.search(own) is None or any(pattern.search(own) for pattern in known.containers):
        return False
    return known.apart.search(known.slugs.sub(" ", own)) is not None


def _words(entries: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(entries)})(?:$|[\s_-])", re.IGNORECASE)


def _whole_words(entries: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=\s))(?:{'|'.join(entries)})(?=$|\s)", re.IGNORECASE)


def is_inline(tag: str) -> bool:
    """Whether an element stands inside a line; word processors' tags ("o:p", "st1:place") do."""
    return tag in INLINE or ":" in tag


@dataclass(slots=True)
class Taken:
    """What went: (rule, text) pairs, and of these the lines of byline elements."""

    dropped: list[tuple[str, str]] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)

    def take(self, tag: Tag, rule: str) -> None:
        """Takes an element out of its tree and notes its text."""
        text = fold(tag.get_text(" "))
        if rule == "byline" and text:
            self.credits.append(text)
        if text:
            self.dropped.append((rule, text))
        tag.extract()


def drop_apart(soup: BeautifulSoup, taken: Taken) -> None:
    """Takes out what stands apart by its names, and renames captions to `figcaption`."""
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


_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _rule_of(tag: Tag) -> Rule | None:
    if tag.name == "figcaption":
        return "caption"
    if tag.name in APART_TAGS:
        return "apart"
    if not tag.attrs:
        return None
    own = _own_names(tag)
    if len(own) > 1 and (rule := _rule_by_names(own[:_LONGEST_NAMES])):
        return rule
    hidden = "hidden" in tag.attrs or _HIDDEN_STYLE.search(str(tag.attrs.get("style") or ""))
    return "hidden" if hidden else None


@lru_cache(maxsize=4096)
def _rule_by_names(own: str) -> Rule | None:
    known = names()
    if known.embed.search(own):
        return "embed"
    if is_apart(own):
        return "apart"
    patterns: tuple[tuple[Rule, re.Pattern[str]], ...] = (
        ("caption", known.caption),
        ("byline", known.byline),
        ("hidden", known.hidden),
    )
    return next((rule for rule, pattern in patterns if pattern.search(own)), None)


def _may_go(tag: Tag, rule: Rule, total: int) -> bool:
    """Whether a rule may take a tag: not the body itself, no word of a sentence, no subheading, no prose."""
    if tag.name in ("html", "body") or (is_inline(tag.name) and _in_sentence(tag)):
        return False
    length = len(tag.get_text())
    share = may_hold(_own_names(tag)) if rule == "apart" else KEEP_SHARE
    if length > share * total or (rule == "apart" and tag.name in HEADINGS):
        return False
    if rule == "caption":
        return length <= _CAPTION_LENGTH
    return rule == "embed" or share > KEEP_SHARE or not _is_prose(tag, at_least=60 if tag.name == "p" else 200)


def _own_names(tag: Tag) -> str:
    return f"{tag.attrs.get('class') or ''} {tag.attrs.get('id') or ''}"


def _in_sentence(tag: Tag) -> bool:
    """Whether text stands beside an inline element in the same parent."""
    near = (*tag.next_siblings, *tag.previous_siblings)
    return any(isinstance(node, NavigableString) and len(node.strip()) > 1 for node in near)


_SENTENCE_END = re.compile(r"[.!?][\"”’')]*(?:\s|$)")


def _is_prose(tag: Tag, at_least: int) -> bool:
    text = tag.get_text(" ")
    if len(text) < at_least or len(_SENTENCE_END.findall(text)) < (1 if tag.name == "p" else 2):
        return False
    return sum(len(a.get_text()) for a in tag.find_all("a")) < KEEP_SHARE * len(text)


_RUN_IN = re.compile(
    r"[\s\W]*(?:baca|lihat|simak|tonton|read|see)\s*(?:juga|pula|selengkapnya|also|more|berita(?: lainnya)?)?\s*[:»]"
    r"|\s*baca ?juga\b",
    re.IGNORECASE,
)


def cut_run_in(soup: BeautifulSoup, taken: Taken) -> None:
    """Takes "Baca juga: headline" out of a paragraph that it was run into."""
    strings = [node for node in soup.descendants if isinstance(node, NavigableString)]
    for string in filter(_RUN_IN.match, strings):
        if string.parent is None:
            continue
        top = _whole_inline(string)
        if top.previous_sibling is None and not _text_follows(top):
            continue  # the whole block is the link line; the phrase rules take it
        line = _line_from(top)
        if any(isinstance(node, Tag) and (node.name == "a" or node.find("a")) for node in line):
            text = fold(" ".join(node.get_text() if isinstance(node, Tag) else str(node) for node in line))
            taken.dropped.append(("related", text))
            for node in line:
                node.extract()


def _whole_inline(string: NavigableString) -> Tag | NavigableString:
    """The outermost inline element that begins with the string."""
    top: Tag | NavigableString = string
    while isinstance(top.parent, Tag) and is_inline(top.parent.name) and _begins_parent(top):
        top = top.parent
    return top


def _begins_parent(node: Tag | NavigableString) -> bool:
    before = node.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before is None


def _text_follows(node: Tag | NavigableString) -> bool:
    return any(isinstance(after, NavigableString) and len(after.strip()) > 40 for after in node.next_siblings)


def _line_from(top: Tag | NavigableString) -> list[Tag | NavigableString]:
    """The node and the inline elements after it, up to a line break or running text."""
    line: list[Tag | NavigableString] = [top]
    for after in top.next_siblings:
        if isinstance(after, Tag) and (after.name == "br" or not is_inline(after.name)):
            break
        if isinstance(after, NavigableString) and len(after.strip()) > 2:
            break
        if isinstance(after, Tag | NavigableString):
            line.append(after)
    return line
