"""The answers of the read API, taken from a store; `ENDPOINTS` lists them all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import msgspec

from kabar import __version__
from kabar.monitor import api_model as model
from kabar.store.changes import changes, last_day, window
from kabar.store.cursor import NEWEST, page_after
from kabar.store.errors import QueryError
from kabar.store.folded import folded
from kabar.store.search import Hit
from kabar.store.sites import site_health
from kabar.store.store import Store
from tagger.document import TaggedArticle

SITE_DAYS = 30


class NoSuchThing(LookupError):
    """What was asked for by its name is not in the store."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of the API.

    Attributes:
        path: below the API's root; `{names}` in it are fields of `asks`.
        about: one line for a person.
        asks: parameters, of the path and of the query.
        gives: the answer.
        answer: makes it.
    """

    path: str
    about: str
    asks: type[model.Asked]
    gives: type[msgspec.Struct]
    answer: Callable[[Store, Any], msgspec.Struct]


def articles(store: Store, asked: model.PageAsked) -> model.Articles:
    """A page of what a search finds."""
    query = asked.query
    page = page_after(store.connection, query, asked.limit, min(int(asked.cursor or NEWEST), NEWEST))
    total = store.search(query, limit=0).total
    return model.Articles(total=total, items=tuple(map(hit_of, page.hits)), next=_text(page.next))


def clusters(store: Store, asked: model.PageAsked) -> model.Stories:
    """A page of stories; its cursor counts the articles before it."""
    start = min(int(asked.cursor or 0), NEWEST)
    page = folded(store.connection, asked.query, asked.limit, start, "newest")
    items = (model.Story(first=hit_of(fold.hit), copies=fold.copies, sites=fold.sites) for fold in page.folds)
    return model.Stories(total=page.total, items=tuple(items), next=_text(page.next))


def article(store: Store, asked: model.ArticleAsked) -> TaggedArticle:
    """One article, corrections applied."""
    found = store.get(asked.id)
    if found is None:
        raise NoSuchThing(f"no article {asked.id!r}")
    return found


def versions(store: Store, asked: model.ArticleAsked) -> model.Versions:
    """What an article was before."""
    article(store, asked)
    return model.Versions(tuple(model.Version(**asdict(version)) for version in store.versions(asked.id)))


def story(store: Store, asked: model.ArticleAsked) -> model.Tellings:
    """The copies of an article's story."""
    article(store, asked)
    return model.Tellings(tuple(model.Telling(**asdict(telling)) for telling in store.story(asked.id)))


def entities(type_: str, store: Store, asked: model.WindowAsked) -> model.Entities:
    """Entities of a type in a window of days."""
    until = asked.until or last_day(store.connection)
    if until is None:
        return model.Entities(since=None, until=None, items=())
    try:
        days = window(until, asked.days)
    except ValueError:
        raise QueryError("no_day", value=until) from None
    found = changes(store.connection, until, asked.days, (type_,))[: asked.limit]
    items = (
        model.Counted(
            key=one.key, name=one.name, code=one.code, level=one.level, province=one.province, articles=one.now,
            usual=one.usual, stands_out=one.stands_out,
        )
        for one in found
    )  # fmt: skip
    return model.Entities(since=days[0], until=until, items=tuple(items))


def facets(store: Store, asked: model.FacetsAsked) -> model.Facets:
    """What the articles of a search are about."""
    found = store.facets(asked.query, most=asked.limit)
    items = tuple(model.Facet(**asdict(count)) for count in found.counts)
    return model.Facets(articles=found.articles, complete=found.complete, items=items)


def timeline(store: Store, asked: model.SearchAsked) -> model.Timeline:
    """Articles a day of a search."""
    return model.Timeline(tuple(model.Day(day, count) for day, count in store.daily(asked.query).items()))


def sites(store: Store, _: model.NothingAsked) -> model.Sites:
    """The sites, and how they do."""
    until = last_day(store.connection)
    found = site_health(store.connection, window(until, SITE_DAYS)) if until else []
    return model.Sites(
        tuple(
            model.Site(
                domain=site.domain, name=site.name, articles=site.articles, first_day=site.first, last_day=site.last,
                days=site.days, silent=site.silent,
            )
            for site in found
        )
    )  # fmt: skip


def corrections(store: Store, asked: model.CorrectionsAsked) -> model.Corrections:
    """Corrections by people."""
    return model.Corrections(
        tuple(
            model.Correction(
                number=one.number, made=one.made, action=one.override.action, type=one.override.type,
                key=one.override.key, name=one.name, becomes=one.becomes, article=one.override.article,
                articles=one.articles,
            )
            for one in store.corrections(asked.article or None)
        )
    )  # fmt: skip


def health(store: Store, _: model.NothingAsked) -> model.Health:
    """Whether the store can be read."""
    until, total = last_day(store.connection), store.search(model.SearchAsked().query, limit=0).total
    (count,) = store.connection.execute("SELECT count(*) FROM site").fetchone()
    return model.Health(status="ok", version=__version__, articles=total, sites=count, last_day=until)


def hit_of(hit: Hit) -> model.Hit:
    """A hit as programs read it."""
    return model.Hit(
        id=hit.id, url=hit.url, title=hit.title, site=hit.site, kind=hit.kind, published=hit.published, day=hit.day,
        cluster=hit.cluster, snippet=hit.snippet.text, marks=tuple(model.Mark(*mark) for mark in hit.snippet.marks),
    )  # fmt: skip


def _text(cursor: int | None) -> str | None:
    return None if cursor is None else str(cursor)


_TYPES = (
    ("cities", "city"), ("officials", "official"), ("organizations", "organization"), ("countries", "country"),
    ("events", "event"),
)  # fmt: skip
ENDPOINTS = (
    Endpoint("/articles", "Articles of a search, newest first", model.PageAsked, model.Articles, articles),
    Endpoint("/articles/{id}", "One article with all its tags", model.ArticleAsked, TaggedArticle, article),
    Endpoint("/articles/{id}/versions", "What it was before it changed", model.ArticleAsked, model.Versions, versions),
    Endpoint("/articles/{id}/story", "The copies of its story", model.ArticleAsked, model.Tellings, story),
    Endpoint("/clusters", "Stories of a search: copies once", model.PageAsked, model.Stories, clusters),
    *(
        Endpoint(f"/{name}", f"{name.title()} in the news, against the usual", model.WindowAsked, model.Entities,
                 partial(entities, type_))
        for name, type_ in _TYPES
    ),
    Endpoint("/facets", "What the articles of a search are about", model.FacetsAsked, model.Facets, facets),
    Endpoint("/timeline", "Articles a day of a search", model.SearchAsked, model.Timeline, timeline),
    Endpoint("/sites", "Sites, and how they do", model.NothingAsked, model.Sites, sites),
    Endpoint("/corrections", "Corrections by people", model.CorrectionsAsked, model.Corrections, corrections),
    Endpoint("/health", "Whether the store can be read", model.NothingAsked, model.Health, health),
)  # fmt: skip
