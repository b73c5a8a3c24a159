"""Lists of all that is in the news of one type, with change: places, officials, organizations, countries, events."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.pages.overview import WINDOWS, draw_map, window_of
from kabar.monitor.rendering import language_of, render
from kabar.monitor.settings import reading, settings
from kabar.store.changes import Change, changes, last_day

MOST = 100
LISTS = {
    "/places": "city",
    "/officials": "official",
    "/organizations": "organization",
    "/countries": "country",
    "/events": "event",
}


def ranking(request: Request) -> Response:
    """One list; `?sort=change` brings what stands out to the top."""
    type_ = LISTS[request.url.path]
    by_change = request.query_params.get("sort") == "change"
    days, language = window_of(request), language_of(request)
    picture, found = None, []
    with reading(request) as store:
        day = last_day(store.connection)
        if day is not None:
            found = changes(store.connection, day, days, (type_,))
            picture = draw_map(store, day, days, language, settings(request)) if type_ == "city" else None
    if by_change:
        found = sorted(found, key=lambda change: -change.stands_out)
    return render(
        request, "ranking.html", found=_parted(found, type_), map=picture, type=type_, days=days, windows=WINDOWS,
        sort="change" if by_change else "",
    )  # fmt: skip


def _parted(found: list[Change], type_: str) -> list[Change]:
    """Provinces have the map's table; the list is of regencies and cities."""
    return [change for change in found if type_ != "city" or change.level != "province"][:MOST]


ROUTES: list[BaseRoute] = [Route(path, ranking) for path in LISTS]
