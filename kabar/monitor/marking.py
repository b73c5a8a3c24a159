"""Texts in pieces with marks: what a search found, what the tagger tagged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kabar.monitor.links import entity_link
from kabar.store.entities import identity
from kabar.store.overrides import FIELDS
from kabar.store.snippet import Snippet
from tagger.document import Entity, TaggedArticle


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text.

    Attributes:
        mark: how it is marked: a type of entity, "hit" for a word found, "" for none.
        about: why.
        href: the entity's page.
    """

    text: str
    mark: str = ""
    about: str = ""
    href: str = ""


def snippet_parts(snippet: Snippet) -> tuple[Part, ...]:
    """A passage, with the words found marked."""
    parts, at = [], 0
    for start, end in snippet.marks:
        parts += [Part(snippet.text[at:start]), Part(snippet.text[start:end], "hit")]
        at = end
    return tuple(part for part in [*parts, Part(snippet.text[at:])] if part.text)


def marked(article: TaggedArticle, why: Callable[[Entity], str]) -> tuple[tuple[Part, ...], ...]:
    """The text's paragraphs, their entities marked with why; of two that overlap, the longer one."""
    hrefs = addresses(article)
    spans = _apart(e for e in article.entities if e.field == "text" and e.ref and e.type != "quote")
    paragraphs, at, place = [], 0, 0
    for paragraph in article.text.split("\n\n"):
        end = at + len(paragraph)
        inside = []
        while place < len(spans) and spans[place].start < end:
            inside += [spans[place]] if at <= spans[place].start and spans[place].end <= end else []
            place += 1
        paragraphs.append(tuple(_cut(article.text, at, end, inside, hrefs, why)))
        at = end + 2
    return tuple(paragraphs)


def addresses(article: TaggedArticle) -> dict[str, str]:
    """Pages of the article's entities, by their refs ("cities/0")."""
    return {
        f"{field}/{place}": entity_link(*identity(entry))
        for field in FIELDS.values()
        for place, entry in enumerate(getattr(article, field))
    }


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    taken: list[Entity] = []
    last = -1
    for entity in sorted(entities, key=lambda entity: (entity.start, entity.start - entity.end)):
        if entity.start >= last:
            taken.append(entity)
            last = entity.end
    return taken


def _cut(
    text: str, start: int, end: int, entities: list[Entity], hrefs: dict[str, str], why: Callable[[Entity], str]
) -> Iterator[Part]:
    at = start
    for entity in entities:
        if entity.start > at:
            yield Part(text[at : entity.start])
        yield Part(entity.text, entity.type, why(entity), hrefs.get(entity.ref or "", ""))
        at = entity.end
    if end > at:
        yield Part(text[at:end])
