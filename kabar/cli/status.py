"""`kabar status`: where a crawl stands."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kabar.cli.talk import FAILED, OK, say

BESIDE = 80  # columns for all but a host's name
UNBOUND = 1_000  # columns where there is no terminal; a line is as long as it needs to be


def status(
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="The folder of a crawl, as its --data.", show_default=False)
    ],
) -> None:
    """Tells the hosts of a crawl: queue, pages, articles, errors, when an article was last new, and what may help.

    kabar status --data data
    """
    from rich.table import Table

    from kabar.advice import advice
    from kabar.console import PlainConsole
    from kabar.crawling import silent_hosts
    from kabar.printable import printable
    from scraper.crawl.frontier import read_stats
    from scraper.crawl.ways import read_ways
    from scraper.errors import ScraperError

    path = data / "frontier.sqlite"
    if not path.exists():
        say(f"{data}: no crawl has been here")
        raise typer.Exit(FAILED)
    try:
        stats, ways = read_stats(path), read_ways(path)
    except ScraperError as error:
        say(str(error))
        raise typer.Exit(FAILED) from None
    silent = silent_hosts(stats, time.time())
    table = Table("host", "ready", "later", "pages", "articles", "errors", "last article", "last error", box=None)
    for host in sorted(stats.hosts, key=lambda host: host.host):
        last = datetime.fromtimestamp(host.last_article_at).isoformat(" ", "minutes") if host.last_article_at else "-"
        counts = (host.ready, host.waiting, host.fetched, host.articles, host.errors)
        last += " (silent)" if host.host in silent else ""
        table.add_row(printable(host.host), *map(str, counts), last, printable(host.last_error or ""))
    console = PlainConsole()
    least = max((len(host.host) for host in stats.hosts), default=0) + BESIDE
    console.width = max(console.width, least) if console.is_terminal else UNBOUND  # no name is cut
    console.print(table)
    for host in stats.hosts:
        if host.terms:
            console.print(
                f"{printable(host.host)}: robots.txt on use by machines: {printable(host.terms)}", soft_wrap=True
            )
    for host, told in advice(stats.hosts, ways):
        console.print(f"{printable(host.host)}: {told}", soft_wrap=True)
    console.print(f"last hour: {stats.pages_last_hour} pages, {stats.errors_last_hour} errors")
    raise typer.Exit(OK)
