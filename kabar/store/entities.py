"""What is tagged in an article, as rows: which entity it is, and what is said of it there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from kabar.store.fold import fold
from tagger.document import City, Country, Event, Official, Organization, TaggedArticle

Tagged = City | Official | Organization | Country | Event


def entries(article: TaggedArticle) -> Iterator[Tagged]:
    """Everything tagged, kind by kind."""
    return chain(article.cities, article.officials, article.organizations, article.countries, article.events)


def identity(tagged: Tagged) -> tuple[str, str]:
    """Type and key: two entries with the same are the same entity, in whatever article."""
    match tagged:
        case City(code=code, name=name):
            return "city", code or fold(name)
        case Official(name=name):
            return "official", fold(name)
        case Organization(name=name):
            return "organization", fold(name)
        case Country(alpha2=code):
            return "country", code
        case Event(name=name):
            return "event", fold(name)


def columns(tagged: Tagged) -> tuple[str | None, str | None, str | None, str | None, str | None, str | None]:
    """Role, office, class of office, jurisdiction, organization, status: what the article says of the entity."""
    match tagged:
        case City(role=role):
            return role, None, None, None, None, None
        case Official() as o:
            return None, o.office, o.office_class, o.jurisdiction, o.organization, o.status
        case Organization(jurisdiction=jurisdiction):
            return None, None, None, jurisdiction, None, None
        case _:
            return None, None, None, None, None, None


def description(tagged: Tagged) -> dict[str, Any]:
    """What is known of the entity itself, whatever the article."""
    row: dict[str, Any] = {"name": tagged.name, "folded": fold(tagged.name)}
    match tagged:
        case City(code=code, level=level, province=province):
            row |= {"code": code, "level": level, "province": province}
        case Country(alpha2=code):
            row |= {"code": code}
        case Organization(acronym=acronym, kind=kind):
            row |= {"acronym": acronym, "kind": kind}
        case _:
            pass
    return row


def quotes(article: TaggedArticle, key: int, officials: list[int]) -> Iterator[tuple[Any, ...]]:
    """Rows of the table `quote`.

    Args:
        article: whose quotes.
        key: its key.
        officials: numbers of the entities of `article.officials`, in their order.
    """
    for number, quote in enumerate(article.quotes):
        speaker_key = fold(quote.speaker) if quote.speaker else None
        official = officials[quote.official] if quote.official is not None else None
        yield key, number, quote.speaker, speaker_key, official, quote.verb, int(quote.direct), quote.text
