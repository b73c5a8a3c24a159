"""Reads JSON-LD as publishers really write it, and takes the article out of it.

Met on real pages: arrays, `@graph` with references, several values in one block, comments, CDATA marks, trailing
commas, raw newlines and unescaped quotes inside strings, HTML entities, empty blocks.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from scraper.clean.decode import without_strays

Node: TypeAlias = Mapping[str, Any]

MAX_BLOCK_CHARS = 400_000
_MAX_NODES = 500

_WRAPPING = re.compile(r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[\s*(?:\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>\s*(?:\*/)?)\s*$")
_MARKS = ("<!--", "<![CDATA[", "-->", "]]>")
_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|/\*.*?\*/|//[^\n]*', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|description|@type)"\s*:\s*"(.{0,600}?)"(?=\s*(?:,\s*"|,?\s*[}\]]))',
    re.DOTALL,
)
_PERSON = re.compile(r'"author"\s*:\s*[\[{].{0,200}?"name"\s*:\s*"([^"]{1,100})"', re.DOTALL)

_RELATED = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """What one JSON-LD node says about an article; strings as they stand, entities decoded."""

    type: str
    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    people: tuple[tuple[str, str], ...] = ()
    section: str | None = None
    keywords: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    description: str | None = None
    body: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None

    @property
    def is_article(self) -> bool:
        """Whether it is an article, not merely the web page around one."""
        return self.type.endswith(("Article", "Posting"))


def linked_articles(blocks: Iterable[str]) -> tuple[LinkedArticle, ...]:
    """The articles and web pages that the JSON-LD blocks of a page tell, articles first.

    >>> linked_articles(['{"@type": "NewsArticle", "headline": "Banjir surut", }'])[0].headline
    'Banjir surut'
    """
    nodes: list[Node] = []
    for block in blocks:
        if len(block) <= MAX_BLOCK_CHARS and ("headline" in block or "datePublished" in block or "Article" in block):
            nodes.extend(_nodes(read_json(block)))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    found = [_article(node, by_id) for node in nodes if _type(node).endswith(("Article", "Posting", "WebPage"))]
    return tuple(sorted(found, key=lambda article: not article.is_article))


def read_json(text: str) -> list[Any]:
    """The JSON values of one block, mended where it is broken; at last only the fields that can be told apart."""
    wrapped = any(mark in text for mark in _MARKS)
    text = (_WRAPPING.sub("", text) if wrapped else text).strip().rstrip(";")
    return _decode(text) or _decode(_mend(text)) or _decode(_mend(html.unescape(text))) or _salvage(text)


def _decode(text: str) -> list[Any]:
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    start = 0
    try:
        while start < len(text):
            value, end = decoder.raw_decode(text, start)
            values.append(value)
            start = _skip(text, end)
    except (ValueError, RecursionError):
        return []
    return values


def _skip(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t\r\n;,":
        start += 1
    return start


def _mend(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _COMMENT.sub(r"\1", text)).strip()


def _salvage(text: str) -> list[Any]:
    """The plain fields of a block whose quoting is beyond mending."""
    node: dict[str, Any] = {}
    for name, value in _FIELD.findall(text):
        node.setdefault(name, value.replace('\\"', '"').replace("\\/", "/"))
    person = _PERSON.search(text)
    if person:
        node["author"] = person[1]
    if "headline" in node and not str(node.get("@type", "")).endswith(("Article", "Posting")):
        node["@type"] = "NewsArticle"
    return [node] if node else []


def _nodes(values: Iterable[Any]) -> Iterator[Node]:
    """The objects at the top, in arrays, in `@graph` and `mainEntity`; list items of other articles are not entered."""
    stack = list(values)[::-1]
    for _ in range(_MAX_NODES):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(value[:_MAX_NODES][::-1])
        elif isinstance(value, dict):
            yield value
            stack.extend(value[key] for key in _RELATED if isinstance(value.get(key), (dict, list)))


def _article(node: Node, by_id: Mapping[str, Node]) -> LinkedArticle:
    return LinkedArticle(
        type=_type(node),
        headline=_text(node.get("headline")) or _text(node.get("name")),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        people=tuple(_people(node, by_id)),
        section=_text(_first(node.get("articleSection"))),
        keywords=_keywords(node.get("keywords")),
        images=tuple(_images(node.get("image"), by_id)),
        description=_text(node.get("description")),
        body=_text(node.get("articleBody")),
        url=_text(node.get("url")) or _link(node.get("mainEntityOfPage")),
        publisher=_name(node.get("publisher"), by_id),
        language=_text(_first(node.get("inLanguage"))),
    )


def _type(node: Node) -> str:
    kinds = node.get("@type")
    names = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
    articles = [name for name in names if name.endswith(("Article", "Posting"))]
    return next(iter(articles or names), "").rpartition("/")[2]


def _people(node: Node, by_id: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    for key, role in (
        ("author", "author"),
        ("creator", "author"),
        ("editor", "editor"),
        ("contributor", "contributor"),
    ):
        values = node.get(key)
        for value in (values if isinstance(values, list) else [values])[:20]:
            value = _resolved(value, by_id)
            if isinstance(value, dict) and _type(value) not in ("", "Person"):
                continue
            name = _name(value, by_id)
            if name:
                yield name, role


def _resolved(value: Any, by_id: Mapping[str, Node]) -> Any:
    """The node that an `{"@id": ...}` points to."""
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(value["@id"], value)
    return value


def _name(value: Any, by_id: Mapping[str, Node]) -> str | None:
    value = _resolved(value, by_id)
    return _text(_first(value.get("name")) if isinstance(value, dict) else value)


def _images(value: Any, by_id: Mapping[str, Node]) -> Iterator[str]:
    for item in (value if isinstance(value, list) else [value])[:10]:
        item = _resolved(item, by_id)
        url = _text(item.get("url") or item.get("contentUrl")) if isinstance(item, dict) else _text(item)
        if url:
            yield url


def _keywords(value: Any) -> tuple[str, ...]:
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(word for item in items if (word := _text(item)))


def _link(value: Any) -> str | None:
    return _text(value.get("@id") or value.get("url")) if isinstance(value, dict) else _text(value)


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    return without_strays(html.unescape(value)).strip() or None
