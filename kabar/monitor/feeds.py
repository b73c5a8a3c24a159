"""Feeds of any search: /feed.atom?q=... (RFC 4287) and /feed.json?q=... (JSON Feed 1.1)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlencode

import msgspec
from lxml import etree
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.export import atom, jsonfeed
from kabar.export.rows import CONTROL
from kabar.monitor.api_model import LONGEST_QUERY
from kabar.monitor.freshness import State, fresh, not_modified, state, unchanged
from kabar.monitor.settings import reading, settings
from kabar.store import QueryError, parse
from tagger.document import TaggedArticle

MOST_ENTRIES = 50

Maker = Callable[[Request, str, list[TaggedArticle], State], Response]


def _feed(make: Maker) -> Callable[[Request], Response]:
    def answered(request: Request) -> Response:
        asked = " ".join(request.query_params.get("q", "").split())
        now = state(settings(request).store)
        try:
            if len(asked) > LONGEST_QUERY:
                raise QueryError("long_query", most=LONGEST_QUERY)
            query = parse(asked)
        except QueryError as error:
            raise HTTPException(400, str(error)) from None
        if unchanged(request, now):
            return not_modified(now)
        with reading(request) as store:
            articles = list(islice(store.editions(query), MOST_ENTRIES))
        return fresh(make(request, asked, articles, now), now)

    return answered


def as_atom(request: Request, asked: str, articles: list[TaggedArticle], now: State) -> Response:
    """The articles as an Atom feed."""
    feed = etree.Element(f"{{{atom.ATOM}}}feed", nsmap=atom.NAMES)
    own, page = _addresses(request, asked)
    for tag, text in (
        ("id", uuid.uuid5(uuid.NAMESPACE_URL, own).urn),
        ("title", _title(asked)),
        ("updated", datetime.fromtimestamp(int(now.modified), UTC).isoformat()),
    ):
        etree.SubElement(feed, f"{{{atom.ATOM}}}{tag}").text = text
    for rel, href in (("self", own), ("alternate", page)):
        etree.SubElement(feed, f"{{{atom.ATOM}}}link", rel=rel, href=href)
    feed.extend(atom.entry(article) for article in articles)
    body = etree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/atom+xml; charset=utf-8")


def as_json(request: Request, asked: str, articles: list[TaggedArticle], _: State) -> Response:
    """The articles as a JSON Feed."""
    own, page = _addresses(request, asked)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(asked),
        "home_page_url": page,
        "feed_url": own,
        "items": [jsonfeed.item(article) for article in articles],
    }
    return Response(msgspec.json.encode(feed), media_type="application/feed+json")


def _title(asked: str) -> str:
    return CONTROL.sub("", f"kabar: {asked}" if asked else "kabar")


def _addresses(request: Request, asked: str) -> tuple[str, str]:
    """The addresses of the feed, and of the page that shows the same."""
    tail = f"?{urlencode({'q': asked})}" if asked else ""
    return f"{request.base_url}{request.url.path.lstrip('/')}{tail}", f"{request.base_url}search{tail}"


ROUTES: list[BaseRoute] = [Route("/feed.atom", _feed(as_atom)), Route("/feed.json", _feed(as_json))]
