"""What the pages show, taken from a store: plain values that templates only have to place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from urllib.parse import urlencode

from kabar.monitor.charts import province_map, timeline
from kabar.store.facets import Count
from kabar.store.query import Query
from kabar.store.snippet import Snippet
from kabar.store.store import Store
from tagger.document import Entity, TaggedArticle
from tagger.gazetteer.regions import regions

DAYS = 60
PAGE = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text and how it is marked: a type of entity, "hit" for a word found, "" for none."""

    text: str
    mark: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page.

    Attributes:
        total: articles in the store.
        last: articles of the newest day that has any.
        usual: articles a day on average over the days before it.
        days: (ISO date, articles) of the last `DAYS` days, none left out.
        timeline: SVG of `days`.
        map: SVG of the provinces.
        provinces: (code, name, articles), most first.
        facets: the most frequent of each kind, by facet.
    """

    total: int
    last: int
    usual: float
    days: tuple[tuple[str, int], ...]
    timeline: str
    map: str
    provinces: tuple[tuple[str, str, int], ...]
    facets: Mapping[str, tuple[Count, ...]]


@cache
def province_names() -> Mapping[str, str]:
    """Province names by Kemendagri code."""
    return {code: region.short for code, region in regions().items() if region.level == "province"}


def link(query: str) -> str:
    """The address of a search; its URL is its state."""
    return f"/search?{urlencode({'q': query})}"


def overview(store: Store, title: str) -> Overview:
    """Everything on the first page; `title` names the timeline."""
    everything = Query()
    counts = store.daily(everything)
    days = tuple(_filled(counts))
    facets = store.facets(everything, most=600).counts
    of_province: dict[str, int] = {}
    for count in facets:
        if count.facet == "city" and count.code:
            of_province[count.code[:2]] = of_province.get(count.code[:2], 0) + count.articles
    names = province_names()
    before = [value for _, value in days[:-1]]
    return Overview(
        total=sum(counts.values()),
        last=days[-1][1] if days else 0,
        usual=round(sum(before) / len(before), 1) if before else 0.0,
        days=days,
        timeline=timeline(days, title, lambda day: link(f"sejak:{day} sampai:{day}")),
        map=province_map(of_province, names, lambda code: link(f"kota:{code}")),
        provinces=tuple(
            (code, names.get(code, code), value)
            for code, value in sorted(of_province.items(), key=lambda item: (-item[1], item[0]))
        ),
        facets={
            name: tuple(c for c in facets if c.facet == name)[:10] for name in dict.fromkeys(c.facet for c in facets)
        },
    )


def _filled(counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    if not counts:
        return
    last = date.fromisoformat(max(counts))
    for back in range(DAYS - 1, -1, -1):
        day = (last - timedelta(days=back)).isoformat()
        yield day, counts.get(day, 0)


def snippet_parts(snippet: Snippet) -> tuple[Part, ...]:
    """A passage, with the words found marked."""
    parts, at = [], 0
    for start, end in snippet.marks:
        parts += [Part(snippet.text[at:start]), Part(snippet.text[start:end], "hit")]
        at = end
    return tuple(part for part in [*parts, Part(snippet.text[at:])] if part.text)


def marked(article: TaggedArticle) -> tuple[tuple[Part, ...], ...]:
    """The text's paragraphs, their entities marked; of two that overlap, the longer one."""
    spans = _apart(
        [entity for entity in article.entities if entity.field == "text" and entity.ref and entity.type != "quote"]
    )
    paragraphs, at = [], 0
    for paragraph in article.text.split("\n\n"):
        end = at + len(paragraph)
        inside = [entity for entity in spans if at <= entity.start and entity.end <= end]
        paragraphs.append(tuple(_cut(article.text, at, end, inside)))
        at = end + 2
    return tuple(paragraphs)


def _apart(entities: list[Entity]) -> list[Entity]:
    taken: list[Entity] = []
    last = -1
    for entity in sorted(entities, key=lambda entity: (entity.start, entity.start - entity.end)):
        if entity.start >= last:
            taken.append(entity)
            last = entity.end
    return taken


def _cut(text: str, start: int, end: int, entities: list[Entity]) -> Iterator[Part]:
    at = start
    for entity in entities:
        if entity.start > at:
            yield Part(text[at : entity.start])
        yield Part(entity.text, entity.type, f"{entity.type} · {entity.evidence.by}: {entity.evidence.cue}")
        at = entity.end
    if end > at:
        yield Part(text[at:end])
