"""`kabar demo`: the whole way on the sample site, on this machine alone."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from kabar.cli.crawl import RulesOnly
from kabar.cli.talk import FAILED, OK, say


def demo(
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Keep what comes out here. [default: nothing is kept]")
    ] = None,
    rules_only: RulesOnly = False,
) -> None:
    """Serves a small made-up news site on loopback, crawls it over real HTTP, tags it, and shows what came out.

    kabar demo

    kabar demo --data demo && kabar serve demo/news.db
    """
    from kabar.demo.site import site_folder

    if not site_folder().is_dir():
        say(f"{site_folder()}: the sample site is missing; run this in a clone of the repository")
        raise typer.Exit(FAILED)
    if data is not None:
        raise typer.Exit(_run(data, rules_only))
    with tempfile.TemporaryDirectory(prefix="kabar-demo-") as folder:
        raise typer.Exit(_run(Path(folder), rules_only))


def _run(data: Path, rules_only: bool) -> int:
    from kabar.crawling import STORE, Plan, crawl
    from kabar.demo.server import serve
    from kabar.demo.site import site_folder
    from kabar.starts import read_starts
    from scraper.crawl.crawler import Pace

    with serve(site_folder()) as site:
        links = read_starts(portal.base + "/" for portal in site.portals).links
        say(f"serving {' and '.join(portal.base for portal in site.portals)}, crawling them")
        plan = Plan(data, links, Pace(delay=0.0), allow_private=True, rules_only=rules_only)
        progress = crawl(plan, say)
    say(f"{progress.pages} pages fetched, {progress.articles} articles tagged")
    _show(data / STORE)
    return OK if progress.articles else FAILED


def _show(store: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    from kabar.store import Query, open_store

    console = Console(highlight=False, emoji=False, markup=False)
    with open_store(store) as source:
        table = Table("day", "title", "cities", "officials", box=None)
        for place, article in enumerate(source.articles(Query())):
            if place % 6 == 0:
                cities = ", ".join(city.name for city in article.cities)
                officials = "; ".join(f"{one.name}, {one.office}" for one in article.officials)
                day = article.published.value[:10] if article.published else ""
                table.add_row(day, article.title or article.id, cities, officials)
        console.print(table)
        for facet in ("city", "official", "organization", "country"):
            counts = [count for count in source.facets(Query(), most=5).counts if count.facet == facet]
            console.print(f"{facet:13}", "; ".join(f"{count.name} ({count.articles})" for count in counts))
