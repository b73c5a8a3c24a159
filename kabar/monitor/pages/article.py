"""One article: its entities marked, why each was tagged, its versions, and the copies of its story."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.charts import share
from kabar.monitor.differences import Piece, differences
from kabar.monitor.marking import addresses, marked
from kabar.monitor.rendering import language_of, missing, render
from kabar.monitor.saying import evidence
from kabar.monitor.settings import reading
from kabar.store import Store
from kabar.store.clusters import Telling
from tagger.document import Entity, TaggedArticle

MOST_EVIDENCE = 300
MOST_VERSIONS = 10
MOST_CHARACTERS = 200_000
"""Of a text, beyond which the page says that it is cut; an article of a newspaper has some 3,000."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed when a version ended: since when, and the paragraphs of title and text in pieces."""

    until: str
    title: list[list[Piece]]
    text: list[list[Piece]]


def article(request: Request) -> Response:
    """One article."""
    with reading(request) as store:
        found = store.get(request.path_params["id"])
        if found is None:
            return missing(request)
        edits, story = _edits(store, found), store.story(found.id)
        corrections = store.corrections(found.id)
    cut, why = len(found.text) > MOST_CHARACTERS, partial(evidence, language=language_of(request))
    return render(
        request, "article.html", article=found, paragraphs=marked(found, why), cut=cut, edits=edits,
        copies=_copies(story, found.id), first=story[0] if story else None, share=share, hrefs=addresses(found),
        evidence=_evidence(found), corrections=corrections,
    )  # fmt: skip


def compare(request: Request) -> Response:
    """What one article says and another does not, word by word."""
    with reading(request) as store:
        one, other = (store.get(request.path_params[name]) for name in ("id", "other"))
    if one is None or other is None:
        return missing(request)
    return render(
        request, "compare.html", one=one, other=other, title=differences(one.title or "", other.title or ""),
        text=differences(one.text[:MOST_CHARACTERS], other.text[:MOST_CHARACTERS]),
    )  # fmt: skip


def _copies(story: list[Telling], id_: str) -> list[Telling]:
    return [telling for telling in story if telling.id != id_]


def _edits(store: Store, found: TaggedArticle) -> list[Edit]:
    """The newest edits first."""
    versions = store.versions(found.id)[-MOST_VERSIONS:]
    now = (found.title or "", found.text)
    edits = []
    for version in reversed(versions):
        edits.append(Edit(version.until, differences(version.title, now[0]), differences(version.text, now[1])))
        now = (version.title, version.text)
    return edits


def _evidence(found: TaggedArticle) -> list[Entity]:
    """Each reading of each entity once."""
    seen: dict[tuple[str, str, str], Entity] = {}
    for entity in found.entities:
        if entity.ref and entity.type != "quote":
            seen.setdefault((entity.ref, entity.text, entity.evidence.cue), entity)
    return list(seen.values())[:MOST_EVIDENCE]


ROUTES: list[BaseRoute] = [Route("/article/{id}", article), Route("/compare/{id}/{other}", compare)]
