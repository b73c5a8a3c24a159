"""What a store has of a press release."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from kabar.proof.overlap import LEAST_WORDS, Overlap, Release
from kabar.sources import outlet, web_link
from kabar.store import Query, Store
from scraper.article import Timestamp
from tagger.document import TaggedArticle


class NoRelease(ValueError):
    """The release is empty, or too short to be told from chance."""


@dataclass(frozen=True, slots=True)
class Run:
    """An article that ran the release.

    Attributes:
        link: http(s) address, or None.
        day: of publication in Jakarta, `YYYY-MM-DD`.
        kind: `advertorial` where the page marks it so.
        digest: SHA-256 of title, a line end, and text, in UTF-8, hexadecimal.
    """

    id: str
    title: str | None
    outlet: str
    domain: str | None
    link: str | None
    published: Timestamp | None
    day: str
    kind: str
    digest: str
    overlap: Overlap


@dataclass(frozen=True, slots=True)
class Evidence:
    """All articles of a time that ran a release, first published first.

    Attributes:
        words: of the release.
        paragraphs: of the release.
        digest: SHA-256 of the release, in UTF-8, hexadecimal.
        compared: articles that it was compared with.
        least: the share from which an article counts.
    """

    title: str
    words: int
    paragraphs: int
    digest: str
    since: str | None
    until: str | None
    compared: int
    least: float
    runs: tuple[Run, ...]


def prove(store: Store, text: str, query: Query, least: float) -> Evidence:
    """Compares every article that a query finds with a release: none is passed over for the sake of speed.

    Args:
        store: what is compared.
        text: the release.
        query: the days, and what else narrows it.
        least: share of the release, 0 to 1, from which an article counts.

    Raises:
        NoRelease: the text is too short.
    """
    release = Release(text)
    if len(release.words) < LEAST_WORDS:
        raise NoRelease(f"the release has {len(release.words)} words; {LEAST_WORDS} are needed to tell it from chance")
    compared, near = 0, []
    for compared, (id_, day, title, body) in enumerate(store.texts(query), 1):
        if release.share(f"{title}\n\n{body}") >= least:
            near.append((id_, day))
    names = store.site_names()
    runs = [_run(article, day, release, names) for id_, day in near if (article := store.get(id_)) is not None]
    runs.sort(key=lambda run: (run.day, run.published.value if run.published else "", run.outlet))
    return Evidence(
        title=text.strip().partition("\n")[0].strip()[:200],
        words=len(release.words),
        paragraphs=len(release.paragraphs),
        digest=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        since=query.since,
        until=query.until,
        compared=compared,
        least=least,
        runs=tuple(runs),
    )


def _run(article: TaggedArticle, day: str, release: Release, names: Mapping[str, str]) -> Run:
    content = f"{article.title or ''}\n{article.text}"
    return Run(
        id=article.id,
        title=article.title,
        outlet=outlet(article, names),
        domain=article.site.domain,
        link=web_link(article),
        published=article.published,
        day=day,
        kind=article.kind,
        digest=hashlib.sha256(content.encode("utf-8", "replace")).hexdigest(),
        overlap=release.overlap(f"{article.title or ''}\n\n{article.text}"),
    )
