"""Templates to answers, in the language that was asked for."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kabar.monitor import views
from kabar.monitor.words import LANGUAGES, words

YEAR = 31_536_000


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page from a template, which gets `values`, the words `t`, `lang`, `request` and `link`."""
    language = language_of(request)
    html = (
        _templates()
        .get_template(template)
        .render(t=words(language), lang=language, request=request, link=views.link, **values)
    )
    answer = HTMLResponse(html, status_code=status)
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


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("kabar.monitor"), autoescape=True, trim_blocks=True)
