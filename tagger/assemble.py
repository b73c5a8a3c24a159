"""A processed `Doc` to a `TaggedArticle`: offsets per field, entries in order of first mention, every mention told."""

from __future__ import annotations

import sys
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, TypeVar

from tagger.document import (
    Alternative,
    City,
    Country,
    Entity,
    Event,
    Evidence,
    Mention,
    Official,
    Organization,
    Quote,
    TaggedArticle,
    Tool,
)
from tagger.gazetteer import edition
from tagger.gazetteer.countries import countries
from tagger.gazetteer.regions import UNCODED, regions
from tagger.mentions import Where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Span

    from scraper.article import Article
    from tagger.document import CityRole, EntityType
    from tagger.mentions import CountryFound, EventFound, OfficialFound, OrganizationFound, QuoteFound, RegionFound

T = TypeVar("T")
_Listed = tuple["EntityType", str | None, Where, float]  # type, ref, where, score
_Many = TypeVar("_Many", "OfficialFound", "OrganizationFound", "EventFound")

GAP = "\n\n"  # between title and text in the `Doc`
_ROLES: tuple[CityRole, ...] = ("jurisdiction", "dateline", "mention")
_NER: dict[str, EntityType] = {"PER": "person", "LOC": "place", "ORG": "organization"}
_LAST = (sys.maxsize, sys.maxsize)
_LOOK_BACK = 40  # entries; nested mentions are never deeper


@dataclass(frozen=True, slots=True)
class Fields:
    """Turns offsets in the `Doc` (title, blank line, text) into offsets in the article's fields."""

    title: str
    text: str
    shift: int

    def mention(self, where: Where) -> Mention | None:
        """The mention, or None where the span is empty or lies across the fields."""
        if where.start < 0 or where.start >= where.end:
            return None
        if self.shift and where.end <= len(self.title):
            return Mention(text=self.title[where.start : where.end], field="title", start=where.start, end=where.end)
        start, end = where.start - self.shift, where.end - self.shift
        if start < 0 or end > len(self.text):
            return None
        return Mention(text=self.text[start:end], field="text", start=start, end=end)

    def mentions(self, wheres: Iterable[Where]) -> tuple[Mention, ...]:
        """The mentions in order, each span once."""
        spans = sorted({(where.start, where.end) for where in wheres})
        found = (self.mention(Where(start, end)) for start, end in spans)
        return tuple(mention for mention in found if mention is not None)


def assemble(doc: Doc, article: Article, model: str | None = None) -> TaggedArticle:
    """What the components found on `doc`, as a document.

    Args:
        doc: the processed title and text.
        article: the article that `doc` was made of.
        model: name of the NER model, or None with rules only.
    """
    shift = doc._.title_length + len(GAP) if doc._.title_length else 0
    fields = Fields(article.title or "", article.text, shift)
    cities = _grouped(doc._.regions, lambda found: found.code or UNCODED)
    lands = _grouped(doc._.countries, lambda found: found.alpha2)
    datelined = frozenset(code for code, _ in doc._.dateline)
    officials = _in_order(doc._.officials)
    organizations = _in_order(doc._.organizations)
    events = _in_order(doc._.events)
    place = {id(found): index for index, found in enumerate(officials)}
    new_index = {old: place[id(found)] for old, found in enumerate(doc._.officials)}
    quotes = sorted(doc._.quotes, key=lambda found: found.where)
    listed: list[_Listed] = [
        *(("city", f"cities/{i}", f.where, f.score) for i, group in enumerate(cities) for f in group),
        *(("country", f"countries/{i}", f.where, f.score) for i, group in enumerate(lands) for f in group),
        *_wheres("official", "officials", officials),
        *_wheres("organization", "organizations", organizations),
        *_wheres("event", "events", events),
        *(("quote", f"quotes/{i}", f.where, 1.0) for i, f in enumerate(quotes)),
    ]
    given = {name: getattr(article, name) for name in article.__struct_fields__}
    return TaggedArticle(
        **given,
        cities=(*(_city(group, fields, datelined) for group in cities), *_dateline_cities(doc, cities)),
        officials=tuple(_official(found, fields) for found in officials),
        organizations=tuple(_organization(found, fields) for found in organizations),
        countries=tuple(_country(group, fields) for group in lands),
        events=tuple(Event(name=f.name, score=f.score, mentions=fields.mentions(f.mentions)) for f in events),
        quotes=tuple(_quotes(quotes, fields, new_index)),
        entities=tuple(_entities(listed, doc, fields)),
        tool=tool(model),
    )


@cache
def tool(model: str | None) -> Tool:
    """What is needed to get the same answer again."""
    try:
        own = version("kabar")
    except PackageNotFoundError:
        own = "0+unknown"
    return Tool(version=own, gazetteer=edition(), model=model)


def _grouped(found: Sequence[T], key: Callable[[T], str]) -> list[list[T]]:
    """Findings of one key together, in the order of the first of each; `found` stands in the order of the text."""
    groups: dict[str, list[T]] = {}
    for item in found:
        groups.setdefault(key(item), []).append(item)
    return list(groups.values())


def _in_order(found: Sequence[_Many]) -> list[_Many]:
    """Entries by their first mention; those without any last."""
    return sorted(found, key=lambda entry: min(((where.start, where.end) for where in entry.mentions), default=_LAST))


def _wheres(kind: EntityType, field: str, entries: Sequence[_Many]) -> Iterator[_Listed]:
    for index, entry in enumerate(entries):
        for where in entry.mentions:
            yield kind, f"{field}/{index}", where, entry.score


def _city(group: Sequence[RegionFound], fields: Fields, datelined: frozenset[str]) -> City:
    best = max(group, key=lambda found: found.score)
    roles: list[CityRole] = [found.role for found in group]
    if best.code in datelined:
        roles.append("dateline")
    role = min(roles, key=_ROLES.index)
    others = dict.fromkeys(code for found in group for code in found.alternatives) if best.alternatives else {}
    return city(best.code or UNCODED, role, tuple(others), best.score, fields.mentions(found.where for found in group))


def city(
    code: str, role: CityRole, others: tuple[str, ...] = (), score: float = 1.0, mentions: tuple[Mention, ...] = ()
) -> City:
    """The entry of one region; `UNCODED` gives a null code."""
    region = regions()[code]
    return City(
        name=region.name,
        level=region.level,
        code=None if code == UNCODED else code,
        province=regions()[region.province].name,
        role=role,
        alternatives=tuple(
            Alternative(name=regions()[other].name, level=regions()[other].level, code=other) for other in others
        ),
        score=score,
        mentions=mentions,
    )


def _dateline_cities(doc: Doc, groups: list[list[RegionFound]]) -> Iterator[City]:
    """Regions of a dateline that the cleaner took out of the text: no mention to slice, but where the news is from."""
    named = {group[0].code or UNCODED for group in groups}
    for code, score in doc._.dateline:
        if code not in named:
            yield city(code, "dateline", score=score)


def _country(group: Sequence[CountryFound], fields: Fields) -> Country:
    land = countries()[group[0].alpha2]
    best = max(group, key=lambda found: found.score)
    return Country(
        name=land.name,
        alpha2=land.alpha2,
        alpha3=land.alpha3,
        via=best.via,
        score=best.score,
        mentions=fields.mentions(found.where for found in group),
    )


def _official(found: OfficialFound, fields: Fields) -> Official:
    return Official(
        name=found.name,
        office=found.office,
        office_class=found.office_class,
        jurisdiction=found.jurisdiction,
        organization=found.organization,
        status=found.status,
        score=found.score,
        mentions=fields.mentions(found.mentions),
    )


def _organization(found: OrganizationFound, fields: Fields) -> Organization:
    return Organization(
        name=found.name,
        acronym=found.acronym,
        kind=found.kind,
        jurisdiction=found.jurisdiction,
        score=found.score,
        mentions=fields.mentions(found.mentions),
    )


def _quotes(found: Sequence[QuoteFound], fields: Fields, new_index: dict[int, int]) -> Iterator[Quote]:
    """Quotations that lie in one field."""
    for quote in found:
        span = fields.mention(quote.where)
        if span is None:
            continue
        official = None if quote.official is None else new_index.get(quote.official)
        yield Quote(
            text=span.text, span=span, speaker=quote.speaker, official=official, verb=quote.verb, direct=quote.direct
        )


def _entities(listed: Iterable[_Listed], doc: Doc, fields: Fields) -> Iterator[Entity]:
    """Every mention in order, and after them the model's spans that no entry took."""
    items = list(listed)
    taken = sorted((where.start, where.end) for kind, _, where, _ in items if kind != "quote")
    items += [(_NER[span.label_], None, where, 0.5) for span, where in _untaken(doc, taken)]
    items.sort(key=lambda item: (item[2].start, item[2].end, item[0], item[1] or ""))
    for kind, ref, where, score in items:
        mention = fields.mention(where)
        if mention is not None:
            yield Entity(
                type=kind,
                text=mention.text,
                field=mention.field,
                start=mention.start,
                end=mention.end,
                ref=ref,
                evidence=Evidence(by=where.by, cue=where.cue),
                score=score,
            )


def _untaken(doc: Doc, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[Span, Where]]:
    """Spans of the model that overlap nothing in `taken` (sorted)."""
    starts = [start for start, _ in taken]
    for span in doc.spans.get("ner", ()):
        at = bisect_left(starts, span.end_char)
        if span.label_ in _NER and not any(end > span.start_char for _, end in taken[max(at - _LOOK_BACK, 0) : at]):
            yield span, Where(span.start_char, span.end_char, f"ner: {span.label_}", "model")
