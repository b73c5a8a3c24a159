"""The *kliping* of a search: its stories, each once, as a document to print or a table to work with."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Literal, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.digest import digest_report, gather
from kabar.monitor.catalog import told
from kabar.monitor.rendering import language_of, missing, render
from kabar.monitor.saying import number, refusal
from kabar.monitor.settings import reading
from kabar.monitor.words import words
from kabar.report import words as report_words
from kabar.report import writer
from kabar.store import QueryError, parse

MOST_ARTICLES = 1_000
"""Of one document; more are read by nobody, and keep the reader waiting."""
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def clippings(request: Request) -> Response:
    """All articles of a search, or what to do where there are too many."""
    form, language = request.path_params["format"], language_of(request)
    asked = " ".join(request.query_params.get("q", "").split())
    try:
        query = parse(asked)
    except QueryError as error:
        title, reason = words(language)["bad_query"], refusal(error, language)
        return render(request, "missing.html", status=400, title=title, reason=reason)
    if form not in TYPES:
        return missing(request)
    with reading(request) as store:
        days = store.daily(query)
        total = sum(days.values())
        if not days or total > MOST_ARTICLES:
            return _refused(request, total, language)
        found = gather(store, replace(query, since=min(days), until=max(days)), asked, "official")
    out = io.BytesIO()
    try:
        report = digest_report(found, report_words.words(cast("Literal['id', 'en']", language)), "lead")
        writer(cast("Literal['docx', 'xlsx']", form))(report, out)
    except ImportError as error:  # the format needs an extra; the message names it
        return render(request, "missing.html", status=501, reason=told(str(error), language))
    headers = {"Content-Disposition": f'attachment; filename="kliping-{found.until}.{form}"'}
    return Response(out.getvalue(), media_type=TYPES[form], headers=headers)


def _refused(request: Request, total: int, language: str) -> Response:
    t = words(language)
    if total == 0:
        return missing(request, t["nothing_found"])
    reason = t["too_many_clippings"].format(number(total, language), number(MOST_ARTICLES, language))
    return render(request, "missing.html", status=400, title=t["not_done"], reason=reason)


ROUTES: list[BaseRoute] = [Route("/clippings/{format}", clippings)]
