"""The demo's crawl: the sample site served and read over real HTTP, one story edited, and that story read again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kabar.crawling import QUEUE, STORE, Plan, Watch, crawl
from kabar.demo.server import serve
from kabar.demo.site import site_folder
from kabar.starts import read_starts
from kabar.store import Query, open_store
from scraper.crawl.crawler import Pace, Progress
from scraper.crawl.frontier import Frontier
from scraper.discover.found import Link

PORT = 8741  # the same at every run where it is free, so that a second run into a folder finds what it knows


@dataclass(frozen=True, slots=True)
class Result:
    """What a demo brought.

    Attributes:
        store: the store's file.
        progress: of the crawl of the whole site.
        seconds: that it took.
        edited: the id of the story that was edited; None if it is not in the store.
    """

    store: Path
    progress: Progress
    seconds: float
    edited: str | None


def run(folder: Path, told: Callable[[str], None], watch: Watch | None = None, *, rules_only: bool = False) -> Result:
    """Runs the demo.

    Args:
        folder: where the crawl goes.
        told: hears of what happens, one line each.
        watch: is shown the counts once a second.
        rules_only: tag without the model.

    Raises:
        CrawlError, StoreError: the folder cannot be used.
        TaggerError: the tagger cannot be loaded.
    """
    with serve(site_folder(), PORT) as site:
        first = read_starts(portal.base + "/" for portal in site.portals).links
        told(f"a made-up news site is served on {' and '.join(portal.base for portal in site.portals)}; crawling it")
        began = time.monotonic()
        progress = crawl(_plan(folder, first, rules_only), told, watch)
        seconds = time.monotonic() - began
        told(f"{progress.pages} pages fetched, {progress.articles} articles tagged in {seconds:.1f} s")
        told("the site edits one story; crawling again")
        site.desk.edit()
        _ask_again(folder, site.edited_url)
        crawl(_plan(folder, (), rules_only), told, watch)
    return Result(folder / STORE, progress, seconds, _id_of(folder / STORE, site.edited_url))


def _plan(folder: Path, links: tuple[Link, ...], rules_only: bool) -> Plan:
    return Plan(folder, links, Pace(delay=0.0), allow_private=True, rules_only=rules_only)


def _ask_again(folder: Path, url: str) -> None:
    """Queues a story now; a crawl that goes on would look at it when a sitemap or its age says so."""
    with Frontier(folder / QUEUE) as frontier:
        frontier.revisit([Link(url=url, kind="article")])


def _id_of(store: Path, url: str) -> str | None:
    with open_store(store) as source:
        return next((article.id for article in source.articles(Query()) if article.url == url), None)
