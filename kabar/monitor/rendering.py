"""Templates to answers, in the language that was asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kabar.monitor import catalog, links, saying
from kabar.monitor.words import LANGUAGES, words

YEAR = 31_536_000


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page from a template, which gets `values` and what `_helpers` lists.

    A template that extends `frame` is a whole page to a browser, and to htmx what changes in the page that is open.
    """
    language = language_of(request)
    html = _templates().get_template(template).render(**_helpers(request, language), **values)
    answer = HTMLResponse(html, status_code=status, headers={"Vary": "Cookie, HX-Request"})
    if request.query_params.get("lang") == language:
        answer.set_cookie("lang", language, max_age=YEAR, samesite="strict", httponly=True)
    return answer


def missing(request: Request, reason: str = "") -> Response:
    """A page that says that there is no such thing, with status 404."""
    return render(request, "missing.html", status=404, reason=reason)


def language_of(request: Request) -> str:
    """The language asked for by `?lang=`, else the one chosen before, else Indonesian."""
    asked = request.query_params.get("lang") or request.cookies.get("lang") or "id"
    return asked if asked in LANGUAGES else "id"


def by_htmx(request: Request) -> bool:
    """Whether a page that is open asks, to change a part of itself."""
    return request.headers.get("hx-request") == "true"


def _helpers(request: Request, language: str) -> dict[str, Any]:
    """What every template may use: words, numbers and days of the language, and addresses."""
    return {
        "t": words(language),
        "lang": language,
        "frame": "fragment.html" if by_htmx(request) else "base.html",
        "path": request.url.path,
        "now": datetime.now(UTC).isoformat(timespec="seconds"),
        "num": partial(saying.number, language=language),
        "day": partial(saying.day, language=language),
        "moment": partial(saying.moment, language=language),
        "clock": partial(saying.clock, language=language),
        "published": partial(saying.published, language=language),
        "change": partial(saying.change, language=language),
        "told": partial(catalog.told, language=language),
        "in_words": partial(catalog.in_words, language=language),
        "marked": catalog.marked,
        "search_link": links.search_link,
        "entity_link": links.entity_link,
        "saved_link": links.saved_link,
        "article_link": links.article_link,
        "term": partial(links.term, language=language),
        "here": partial(links.changed, request.url.path, dict(request.query_params)),
    }


@cache
def _templates() -> Environment:
    found = Environment(loader=PackageLoader("kabar.monitor"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    found.tests["web"] = lambda url: isinstance(url, str) and url.startswith(("https://", "http://"))
    return found
