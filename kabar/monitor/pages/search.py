"""Search, whose address is its state, and the export of what it found."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from kabar.export import FORMATS, articles, find, writer
from kabar.monitor.catalog import told
from kabar.monitor.links import chips, search_link, term, with_days, with_part
from kabar.monitor.marking import snippet_parts
from kabar.monitor.rendering import language_of, missing, render
from kabar.monitor.saying import refusal
from kabar.monitor.security import csrf_token
from kabar.monitor.settings import reading, store_of
from kabar.monitor.words import words
from kabar.store import QueryError, parse
from kabar.store.facets import FACETS, Facets
from kabar.store.folded import folded

PAGE = 20
CHUNK = 256 * 1024
SPANS = {"days_7": "7d", "days_30": "30d", "days_365": "365d"}
"""Words of the page for how far back a search looks."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its articles, and the search with it, or without it if it is chosen."""

    name: str
    articles: int
    href: str
    chosen: bool


def search(request: Request) -> Response:
    """A page of stories and facets; a query that cannot be read is told with status 400."""
    asked = " ".join(request.query_params.get("q", "").split())
    language = language_of(request)
    if "since" in request.query_params or "until" in request.query_params:
        since, until = (request.query_params.get(name, "") for name in ("since", "until"))
        return RedirectResponse(search_link(with_days(asked, since, until, language)), 303)
    typing = request.headers.get("hx-trigger-name") == "q"
    if typing and asked.endswith(":"):
        return _not_yet()
    try:
        query = parse(asked)
    except QueryError as error:
        if typing:
            return _not_yet()
        return render(request, "search.html", status=400, q=asked, error=refusal(error, language), chips=chips(asked))
    order: Literal["newest", "relevance"] = (
        "relevance" if request.query_params.get("order") == "relevance" else "newest"
    )
    with reading(request) as store:
        found = folded(store.connection, query, PAGE, _number(request, "from"), order)
        facets = store.facets(query, most=8)
    return render(
        request, "search.html", q=asked, error="", found=found, order=order, by_words=bool(query.words),
        choices=_choices(facets, asked, language), facets=facets, chips=chips(asked), since=query.since or "",
        until=query.until or "", spans=_spans(asked, language), start=_number(request, "from"), formats=FORMATS,
        parts=snippet_parts, csrf=csrf_token(request) if asked else "",
    )  # fmt: skip


def _not_yet() -> Response:
    """The answer to a search that is not written to its end: what is shown stays."""
    return Response(status_code=204)


def _number(request: Request, name: str) -> int:
    text = request.query_params.get(name, "")
    return min(int(text), 10**9) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _spans(asked: str, language: str) -> list[tuple[str, str, bool]]:
    """How far back to look: the page's word, the search, and whether it is the one that is shown."""
    wanted = {name: with_days(asked, since, "", language) for name, since in SPANS.items()}
    return [(name, search_link(query), query == asked) for name, query in wanted.items()]


def _choices(facets: Facets, asked: str, language: str) -> dict[str, list[Choice]]:
    """Values by facet."""
    out: dict[str, list[Choice]] = {facet: [] for facet in FACETS}
    own = [chip.text for chip in chips(asked)]
    for count in facets.counts:
        part = term(count.facet, count.name, count.code, language)
        out[count.facet].append(Choice(count.name, count.articles, search_link(with_part(asked, part)), part in own))
    return out


def export(request: Request) -> Response:
    """The articles of a query, all of them, in a format; made beside the memory, however many they are."""
    try:
        form, query = find(request.path_params["format"]), parse(request.query_params.get("q", ""))
    except KeyError as error:
        return missing(request, told(error.args[0], language_of(request)))
    except QueryError as error:
        language = language_of(request)
        return render(
            request, "missing.html", status=400, title=words(language)["bad_query"], reason=refusal(error, language)
        )
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is sent
    try:
        with store_of(request) as store:
            writer(form.name)(articles(form, store, query), out)
    except ImportError as error:  # the format needs an extra; the message names it
        out.close()
        return render(request, "missing.html", status=501, reason=told(str(error), language_of(request)))
    size = out.tell()
    out.seek(0)
    headers = {"Content-Disposition": f'attachment; filename="kabar{form.suffix}"', "Content-Length": str(size)}
    return StreamingResponse(_sent(out), media_type=form.media_type, headers=headers)


def _sent(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


ROUTES: list[BaseRoute] = [Route("/search", search), Route("/export/{format}", export)]
