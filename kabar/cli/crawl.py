"""`kabar crawl`: sites and addresses into a folder, politely, resumable at any time."""

from __future__ import annotations

import signal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kabar.cli.spans import seconds
from kabar.cli.talk import FAILED, INTERRUPTED, NOTHING, OK, end_as_terminated, usage_error
from kabar.cli.watching import tell, watching

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.crawl.crawler import Progress
    from scraper.discover.found import Link

QUEUE = "frontier.sqlite"
MOST_ADVICE = 10  # sites

DataFolder = Annotated[Path, typer.Option("--data", metavar="DIR", help="Where everything goes.", show_default=False)]
RulesOnly = Annotated[bool, typer.Option("--rules-only", help="Tag without the NER model.")]


def crawl(  # noqa: PLR0913 - each is an option of the command line
    data: DataFolder,
    starts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SITE|URL|FILE.toml",
            help="Hosts or names as `kabar sites list` prints them; addresses of sites, sections, feeds, sitemaps; "
            "files that list or define sites.",
        ),
    ] = None,
    urls: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also fetch these addresses, one a line; home pages are crawled as sites."),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="24h", help="Leave out older articles: 90m, 24h, 7d, 4w. Lists by date go back so far; else a week."
        ),
    ] = None,
    max_pages: Annotated[int | None, typer.Option(min=1, metavar="N", help="End after so many pages.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, metavar="N", help="Pages in work at once.")] = 16,
    per_host: Annotated[int, typer.Option(min=1, metavar="N", help="The same for one host, where --delay is 0.")] = 2,
    delay: Annotated[float, typer.Option(min=0, metavar="SECONDS", help="Between two requests to one host.")] = 1.0,
    no_archive: Annotated[bool, typer.Option("--no-archive", help="Keep no WARC files.")] = False,
    fetch_only: Annotated[bool, typer.Option("--fetch-only", help="Only archive; do not clean and tag.")] = False,
    ignore_robots: Annotated[
        bool, typer.Option("--ignore-robots", help="Fetch whatever robots.txt says; for your own sites only.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from private and loopback addresses.")
    ] = False,
    rules_only: RulesOnly = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, metavar="N", help="Processes that clean and tag; 0 decides.")
    ] = 0,
    store: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Put articles into this store. [default: DIR/news.db]")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="One round, then end; the default.")] = False,
    every: Annotated[
        str | None, typer.Option(metavar="15m", help="Go on for ever, with so long a pause between two rounds.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be asked first.")] = False,
    metrics: Annotated[
        int | None, typer.Option(min=1, max=65535, metavar="PORT", help="Counts for Prometheus on this loopback port.")
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(metavar="URL|EMAIL", envvar="KABAR_CONTACT", help="Where a site reaches you, for the User-Agent."),
    ] = None,
) -> None:
    """Crawls sites: finds articles, fetches, archives, cleans and tags them into a folder.

    Stop it any time with Ctrl-C or SIGTERM; the same command goes on where it stopped.
    DIR/news.db holds the tagged articles, DIR/articles.jsonl the same as lines, DIR/warc every page as it came.
    Where standard error is no terminal, messages are JSON, one a line. `kabar status --data DIR` tells where each site
    stands, and what helps where nothing is found.

        kabar crawl jambi.antaranews.com --data data --since 24h

        kabar crawl https://example.org/feed/ --data data --max-pages 100

        kabar crawl jambi.antaranews.com --data data --every 15m --metrics 9101

        kabar crawl sites.toml --data data

    sites.toml is a list, `sites = ["jambi.antaranews.com", "https://example.org/daerah"]`, or defines publishers of
    your own, each in a table `[[site]]` with `name`, `domains` and whatever helps: `feeds`, `sitemaps`, `zone`,
    `region`, `article_pattern`, `family`, selectors (`kabar sites show HOST` prints one).

    """
    from kabar.crawling import Plan, crawl
    from kabar.starts import read_list, read_starts
    from kabar.store.errors import StoreError
    from kabar.worker import WorkerError
    from scraper.crawl.crawler import Pace
    from scraper.errors import RefusedURL, ScraperError
    from scraper.sites import DefinitionError
    from tagger.errors import TaggerError

    if not starts and urls is None and not (data / QUEUE).exists():
        raise usage_error("nothing to crawl: name a site or an address, or --urls FILE (see --help)")
    if once and every is not None:
        raise usage_error("--once and --every exclude each other")
    span = seconds("--since", since) if since else None
    pause = seconds("--every", every) if every else None
    try:
        links, sites = read_starts(starts or ())
        if urls is not None:
            urls.open().close()  # what cannot be read is told before the crawl begins
        if dry_run:
            raise typer.Exit(_listed(chain(links, read_list(urls, sites, tell) if urls else ())))
        pace = Pace(concurrency, per_host, delay, max_pages, span, again=pause is not None)
        plan = Plan(
            data, links, pace, urls=urls, allow_private=allow_private, ignore_robots=ignore_robots,
            archive=not no_archive, tag=not fetch_only, rules_only=rules_only, jobs=jobs, store=store,
            every=pause, metrics=metrics, contact=contact, sites=sites,
        )  # fmt: skip
        if not contact and not allow_private:
            tell("sites cannot reach you: set KABAR_CONTACT or --contact to a web or e-mail address")
        with watching() as watch:
            progress = crawl(plan, tell, watch)
        if not progress.ended_by and not fetch_only:
            _advise(data)
    except (DefinitionError, RefusedURL) as error:
        raise usage_error(str(error)) from None
    except OSError as error:
        tell(f"{error.filename or data}: {(error.strerror or str(error)).lower()}")
        raise typer.Exit(FAILED) from None
    except (ScraperError, StoreError, TaggerError, WorkerError) as error:
        tell(f"{data}: {error}")
        raise typer.Exit(FAILED) from None
    raise typer.Exit(_told(progress, data))


def _advise(data: Path) -> None:
    """Tells what helps at hosts that have given no article yet."""
    from kabar.advice import advice
    from scraper.crawl.frontier import read_stats
    from scraper.crawl.ways import read_ways

    path = data / QUEUE
    told = [(host, help_) for host, help_ in advice(read_stats(path).hosts, read_ways(path)) if not host.articles]
    for host, help_ in told[:MOST_ADVICE]:
        tell(f"{host.host}: {help_}")
    if len(told) > MOST_ADVICE:
        tell(f"{len(told) - MOST_ADVICE} more sites have given no article: `kabar status --data {data}`")


def _told(progress: Progress, data: Path) -> int:
    tell(f"{data}: {progress.pages} pages, {progress.articles} articles, {progress.failed} failed")
    if progress.ended_by == signal.SIGTERM:
        end_as_terminated()
    if progress.ended_by is not None:
        return INTERRUPTED
    if progress.failed:
        return FAILED
    return OK if progress.pages else NOTHING


def _listed(links: Iterable[Link]) -> int:
    code = NOTHING
    for link in links:
        typer.echo(f"{link.kind}\t{link.url}")
        code = OK
    return code
