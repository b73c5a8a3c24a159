"""Corrections by people: a form for each entity, and the list of all, each of which can be taken back."""

from __future__ import annotations

from typing import cast, get_args

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.catalog import told
from kabar.monitor.links import PATHS, article_link, entity_link
from kabar.monitor.rendering import language_of, missing, render
from kabar.monitor.security import checked_form, csrf_token
from kabar.monitor.settings import reading, store_of
from kabar.store import Override, StoreError
from kabar.store.overrides import Action, EntityType, key_of
from kabar.store.portraits import Entity, entity

TYPES = {path: cast("EntityType", type_) for type_, path in PATHS.items()}


def form(request: Request) -> Response:
    """The form of one entity; `?article=` offers to correct it in that article only."""
    found = _entity(request)
    return missing(request) if found is None else _form(request, found)


async def correct(request: Request) -> Response:
    """Keeps a correction, and leads to what the entity is since, or back to the article."""
    fields = await checked_form(request)
    return await run_in_threadpool(_correct, request, fields)


def listing(request: Request) -> Response:
    """All corrections, newest first."""
    with reading(request) as store:
        found = store.corrections()
    return render(request, "corrections.html", found=found, csrf=csrf_token(request))


async def undo(request: Request) -> Response:
    """Takes a correction back."""
    fields = await checked_form(request)
    number = fields.get("number", "")
    known = number.isascii() and number.isdecimal() and await run_in_threadpool(_undo, request, int(number[:15]))
    return RedirectResponse("/corrections", 303) if known else missing(request)


def _undo(request: Request, number: int) -> bool:
    with store_of(request) as store:
        return store.undo(number)


def _correct(request: Request, fields: dict[str, str]) -> Response:
    found, action = _entity(request), fields.get("action", "")
    if found is None or action not in get_args(Action):
        return missing(request)
    type_, target, article = cast("EntityType", found.type), fields.get("target", "").strip(), fields.get("article")
    try:
        with store_of(request) as store:
            if action == "merge":
                target = store.find_entity(type_, target)
            override = Override(cast("Action", action), type_, found.key, target or None, article or None)
            store.correct(override)
    except StoreError as error:
        return _form(request, found, error=told(str(error), language_of(request)), status=400)
    if article:
        return RedirectResponse(article_link(article), 303)
    if action == "reject":
        return RedirectResponse("/corrections", 303)
    by_code = found.code == found.key
    key = target if action == "merge" else found.key if by_code else key_of(type_, target)
    return RedirectResponse(entity_link(found.type, key), 303)


def _entity(request: Request) -> Entity | None:
    type_ = TYPES[request.url.path.split("/")[1]]
    with reading(request) as store:
        return entity(store.connection, type_, request.path_params["key"])


def _form(request: Request, found: Entity, *, error: str = "", status: int = 200) -> Response:
    return render(
        request, "correct.html", status=status, entity=found, error=error, csrf=csrf_token(request),
        article=request.query_params.get("article", ""),
    )  # fmt: skip


ROUTES: list[BaseRoute] = [
    *(Route(f"/{path}/{{key}}/correct", form, methods=["GET"]) for path in TYPES),
    *(Route(f"/{path}/{{key}}/correct", correct, methods=["POST"]) for path in TYPES),
    Route("/corrections", listing),
    Route("/corrections/undo", undo, methods=["POST"]),
]
