"""The workers over a real server: what fails passes or waits, hosts in trouble rest, edits are found."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Sequence
from email.utils import formatdate
from math import inf
from pathlib import Path
from typing import Any

import pytest

from scraper.article import Article
from scraper.crawl.crawler import Crawler, Pace, Progress
from scraper.crawl.failure import verdict
from scraper.crawl.frontier import Frontier, read_stats
from scraper.crawl.work import HostState
from scraper.discover.found import Link
from scraper.errors import (
    Blocked,
    DeadlineExceeded,
    FetchError,
    HandlingError,
    HostBusy,
    HTTPStatus,
    NetworkError,
    NotOpen,
    RefusedURL,
    RobotsDisallowed,
    TooLarge,
)
from scraper.http.client import Client
from scraper.http.guard import PRIVATE, Guard, system_resolve
from scraper.page import Page
from tests.timing import FOREVER, PATIENCE, wait_for


@pytest.mark.parametrize(
    ("error", "retried", "host_rests"),
    [
        (HTTPStatus("", status=404), False, False),
        (HTTPStatus("", status=410), False, False),
        (HTTPStatus("", status=408), True, False),
        (HTTPStatus("", status=500), True, True),
        (HTTPStatus("", status=502), True, True),
        (HTTPStatus("", status=429), True, True),
        (HTTPStatus("", status=503, retry_after=5.0), True, True),
        (RobotsDisallowed("a rule"), False, False),
        (RobotsDisallowed("cannot be read", retry_after=600.0), True, True),
        (NetworkError("the name does not resolve"), True, True),
        (DeadlineExceeded("slow"), True, True),
        (Blocked("a challenge"), True, True),
        (NotOpen("a paywall"), True, False),
        (HostBusy("busy", retry_after=600.0), True, False),
        (TooLarge("too large"), False, False),
        (RefusedURL("private"), False, False),
        (FetchError("more than 10 redirects"), False, False),
    ],
)
def test_what_passes_is_tried_again_and_hosts_in_trouble_rest(
    error: FetchError, retried: bool, host_rests: bool
) -> None:
    retry_in, rest = verdict(error, 1)
    assert (retry_in is not None) == retried
    assert (rest is not None) == host_rests


def test_tries_end_after_two_days_but_a_busy_host_is_waited_for() -> None:
    assert verdict(NetworkError("down"), 7).retry_in is None
    assert verdict(HTTPStatus("", status=503), 7).retry_in == 60.0


class Desk:
    """Counts the pages that are handed over."""

    def __init__(self) -> None:
        self.pages: list[bytes] = []

    async def handle(self, page: Page, parts: tuple[Page, ...]) -> Article | None:
        self.pages += [page.body, *(part.body for part in parts)]
        return Article(id=page.url or "", text=page.body.decode())


def crawl(
    folder: Path, urls: Sequence[str], desk: Desk | None = None, *, later: float = 0.0, resolve: Any = system_resolve
) -> tuple[Progress, dict[str, HostState]]:
    """One run; `later` seconds have passed since the last one."""

    def clock() -> float:
        return time.time() + later

    async def run() -> tuple[Progress, dict[str, HostState]]:
        guard = Guard(PRIVATE, resolve)
        with Frontier(folder / "frontier.sqlite", clock=clock) as frontier:
            frontier.add_many(Link(url=url, kind="article") for url in urls)
            async with Client(guard=guard) as client:
                handle = desk.handle if desk else None
                pace = Pace(delay=0.0, patience=1.5)
                crawler = Crawler(frontier, client, None, handle, pace, lambda _: None, clock=clock)
                progress = await crawler.run(asyncio.Event())
            return progress, {host.host: host for host in frontier.stats().hosts}

    return asyncio.run(run())


def test_a_dns_outage_loses_no_url(serve: Any, http_answer: Any, tmp_path: Path) -> None:
    server = serve({"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"")})
    urls = [f"http://news.test:{server.port}/{number}" for number in range(30)]

    async def outage(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    async def works(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    progress, hosts = crawl(tmp_path, urls, resolve=outage)
    (state,) = hosts.values()
    assert progress.failed < 10  # the host rests; not every page runs into the outage
    assert (state.dead, state.ready + state.waiting) == (0, 30)
    progress, hosts = crawl(tmp_path, (), resolve=works, later=7200)
    assert progress.pages == 30


def test_a_busy_host_is_left_alone_and_the_others_go_on(serve: Any, http_answer: Any, tmp_path: Path) -> None:
    busy = serve({"*": http_answer(b"", "503 Busy", Retry_After="600"), "/robots.txt": http_answer(b"")}, "127.0.0.2")
    calm = serve({"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"")})
    urls = [f"{server.url}/{number}" for server in (busy, calm) for number in range(20)]
    began = time.time()
    progress, hosts = crawl(tmp_path, urls)
    assert progress.pages == 20
    assert len(busy.requests) <= 1 + 2  # robots.txt, and what was in work at once
    state = hosts[f"127.0.0.2:{busy.port}"]
    assert (state.dead, state.ready + state.waiting) == (0, 20)
    assert began + 600 <= state.not_before <= time.time() + 600


def test_an_answer_under_way_does_not_make_a_busy_hosts_rest_shorter(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    async def slowly(_request: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)
        writer.write(http_answer(b"banjir"))

    robots = http_answer(b"User-agent: *\nCrawl-delay: 1")
    busy = http_answer(b"", "429 Slow down", Retry_After="600")
    server = serve({"/busy": busy, "/slow": slowly, "/robots.txt": robots})
    began = time.time()
    _, hosts = crawl(tmp_path, [f"{server.url}/{name}" for name in ("busy", "slow")])
    assert server.asked("/slow") == 1
    assert next(iter(hosts.values())).not_before >= began + 600


def test_the_delay_that_robots_txt_asks_for_is_kept_between_pages_that_are_not_there_too(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    rules = http_answer(b"User-agent: *\nCrawl-delay: 20")
    server = serve({"*": http_answer(b"", "404 Not Found"), "/robots.txt": rules})
    began = time.time()
    _, hosts = crawl(tmp_path, [f"{server.url}/{number}" for number in range(6)])
    assert len(server.requests) <= 1 + 2  # robots.txt, and what was in work at once
    assert next(iter(hosts.values())).not_before >= began + 20


def test_a_clock_set_back_makes_no_rest_longer(serve: Any, http_answer: Any, tmp_path: Path) -> None:
    back = 0.0

    async def busy_once(_request: Any, writer: asyncio.StreamWriter) -> None:
        nonlocal back
        busy = server.asked("/a") + server.asked("/b") == 1
        back = 86_400.0 if not busy else 0.0
        writer.write(http_answer(b"", "503 Busy", Retry_After="1") if busy else http_answer(b"banjir"))

    server = serve({"*": busy_once, "/robots.txt": http_answer(b"User-agent: *\nCrawl-delay: 1")})

    def clock() -> float:
        return time.time() - back

    async def run() -> float:
        with Frontier(tmp_path / "frontier.sqlite", clock=clock) as frontier:
            frontier.add_many(Link(url=f"{server.url}/{name}", kind="article") for name in "ab")
            async with Client(guard=Guard(PRIVATE)) as client:
                pace = Pace(concurrency=1, delay=0.1, patience=10.0)
                crawler = Crawler(frontier, client, None, None, pace, lambda _: None, clock=clock)
                assert (await crawler.run(asyncio.Event())).pages >= 1
            return frontier.host(server.url[7:]).not_before - clock()

    assert asyncio.run(run()) < 60


@pytest.mark.parametrize("jump", [-86_400.0, 86_400.0], ids=["back", "on"])
@pytest.mark.parametrize("moment", range(1, 40, 2))
def test_a_clock_set_at_any_moment_stops_no_run(
    moment: int, jump: float, serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    server = serve({"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"")})
    readings = 0

    def clock() -> float:
        nonlocal readings
        readings += 1
        return time.time() + (jump if readings > moment else 0.0)

    async def run() -> int:
        with Frontier(tmp_path / "frontier.sqlite", clock=clock, sync=False) as frontier:
            frontier.add_many(Link(url=f"{server.url}/{name}", kind="article") for name in "abc")
            async with Client(guard=Guard(PRIVATE)) as client:
                pace = Pace(concurrency=1, delay=0.05, patience=0.5)
                crawler = Crawler(frontier, client, None, None, pace, lambda _: None, clock=clock)
                return (await asyncio.wait_for(crawler.run(asyncio.Event()), PATIENCE)).pages

    assert asyncio.run(run()) >= 3  # what was due after the clock was set may be visited once more
    assert all(server.asked(f"/{name}") for name in "abc")


def test_what_goes_wrong_after_a_stop_is_told(serve: Any, http_answer: Any, tmp_path: Path) -> None:
    server = serve({"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"")})
    stop = asyncio.Event()

    async def full(_page: Page, _parts: tuple[Page, ...]) -> Article | None:
        stop.set()
        await asyncio.sleep(0.01)
        raise OSError("no space left on device")

    async def run() -> None:
        with Frontier(tmp_path / "frontier.sqlite") as frontier:
            frontier.add_many([Link(url=f"{server.url}/a", kind="article")])
            async with Client(guard=Guard(PRIVATE)) as client:
                await Crawler(frontier, client, None, full, Pace(), lambda _: None).run(stop)

    with pytest.raises(OSError, match="no space left"):
        asyncio.run(run())
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        assert frontier.stats().total("ready") == 1


def test_a_page_that_nothing_can_work_on_is_given_up_and_the_others_go_on(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    class Fragile(Desk):
        async def handle(self, page: Page, parts: tuple[Page, ...]) -> Article | None:
            if page.body == b"bad":
                raise HandlingError("it kills whatever works on it", page.url)
            return await super().handle(page, parts)

    server = serve({"*": http_answer(b"banjir"), "/1": http_answer(b"bad"), "/robots.txt": http_answer(b"")})
    progress, hosts = crawl(tmp_path, [f"{server.url}/{number}" for number in range(5)], Fragile())
    assert (progress.articles, progress.failed) == (4, 1)
    state = next(iter(hosts.values()))
    assert (state.dead, state.last_error) == (1, "it kills whatever works on it")


def test_the_further_pages_of_an_article_are_fetched_with_it_and_only_once(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    first = "/berita/1203/banjir-surut-di-kota"
    pager = f'<p>Satu.</p><div class="paging"><a href="{first}/2">2</a> <a href="{first}/3">3</a></div>'.encode()
    server = serve({"*": http_answer(b"lagi"), first: http_answer(pager), "/robots.txt": http_answer(b"")})
    server.routes[f"{first}/3"] = http_answer(b"", "404 Gone")
    desk = Desk()
    progress, _ = crawl(tmp_path, [server.url + first], desk)
    assert desk.pages == [pager, b"lagi"]
    crawl(tmp_path, [f"{server.url}{first}/2"], desk)
    assert desk.pages == [pager, b"lagi"]
    assert (progress.pages, progress.articles, progress.failed) == (1, 1, 0)


def test_an_unreadable_robots_txt_keeps_the_pages_for_later(serve: Any, http_answer: Any, tmp_path: Path) -> None:
    server = serve({"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"", "500 Broken")})
    _, hosts = crawl(tmp_path, [f"{server.url}/{number}" for number in range(5)])
    (state,) = hosts.values()
    assert (state.dead, state.ready + state.waiting) == (0, 5)
    server.routes["/robots.txt"] = http_answer(b"User-agent: *\nDisallow: /3")
    progress, hosts = crawl(tmp_path, (), later=7200)
    assert progress.pages == 4
    assert next(iter(hosts.values())).dead == 1


def test_an_edit_is_found_and_an_unchanged_page_is_not_handled_again(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    async def talk(request: Any, writer: asyncio.StreamWriter) -> None:
        same = request.headers.get("if-none-match") == '"1"'
        writer.write(http_answer(b"", "304 Not Modified", ETag='"1"') if same else http_answer(b"banjir", ETag='"1"'))

    server, desk = serve({"/a": talk, "/robots.txt": http_answer(b"")}), Desk()
    crawl(tmp_path, [f"{server.url}/a"], desk)
    crawl(tmp_path, (), desk, later=2 * 3600)
    assert desk.pages == [b"banjir"]
    assert server.asked("/a") == 2
    server.routes["/a"] = http_answer(b"banjir surut", ETag='"2"')
    crawl(tmp_path, (), desk, later=8 * 3600)
    assert desk.pages == [b"banjir", b"banjir surut"]


def test_how_far_back_a_crawl_looks_moves_on_with_each_of_its_runs(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    now, day = time.time(), 86_400.0
    stamp = formatdate(now - 1.5 * day, usegmt=True)
    item = "<item><title>Banjir</title><link>{}</link><pubDate>{}</pubDate></item>"
    server = serve({"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"")})
    later = 0.0

    async def run() -> None:
        nonlocal later
        with Frontier(tmp_path / "frontier.sqlite", clock=lambda: time.time() + later) as frontier:
            async with Client(guard=Guard(PRIVATE)) as client:
                pace = Pace(delay=0.0, patience=0.1, max_age=2 * day)
                crawler = Crawler(
                    frontier, client, None, Desk().handle, pace, lambda _: None, clock=lambda: time.time() + later
                )
                for path in ("/read/1/banjir", "/read/2/banjir"):
                    feed = f'<rss version="2.0"><channel>{item.format(server.url + path, stamp)}</channel></rss>'
                    server.routes["/feed"] = http_answer(feed.encode(), Content_Type="application/rss+xml")
                    frontier.revisit([Link(url=f"{server.url}/feed", kind="feed")])
                    await crawler.run(asyncio.Event())
                    later = day

    asyncio.run(run())
    assert server.asked("/read/1/banjir")
    assert not server.asked("/read/2/banjir")


def test_a_host_in_trouble_over_further_pages_rests_and_the_article_is_asked_anew(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    first = "/berita/1203/banjir-surut-di-kota"
    pager = f'<p>Satu.</p><div class="paging"><a href="{first}/2">2</a> <a href="{first}/3">3</a></div>'.encode()
    server = serve({"*": http_answer(b"lagi"), first: http_answer(pager, ETag='"1"'), "/robots.txt": http_answer(b"")})
    server.routes[f"{first}/2"] = http_answer(b"", "429 Slow down", Retry_After="600")
    desk, began = Desk(), time.time()
    _, hosts = crawl(tmp_path, [server.url + first], desk)
    assert desk.pages == [pager]  # what there is comes at once
    assert server.asked(f"{first}/3") == 0
    assert next(iter(hosts.values())).not_before >= began + 600
    server.routes[f"{first}/2"] = http_answer(b"dua")
    crawl(tmp_path, (), desk, later=2 * 3600)
    assert "if-none-match" not in server.requests[-3].headers
    assert desk.pages == [pager, pager, b"dua", b"lagi"]


def test_a_run_ends_although_pages_become_due_again_and_the_next_run_visits_them(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    server = serve({"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"")})
    urls = [f"{server.url}/{number}" for number in range(6)]
    later = 0.0

    class Slow(Desk):
        async def handle(self, page: Page, parts: tuple[Page, ...]) -> Article | None:
            nonlocal later
            later += 1800.0
            return await super().handle(page, parts)

    def clock() -> float:
        return time.time() + later

    async def run(again: bool) -> Progress:
        with Frontier(tmp_path / "frontier.sqlite", clock=clock, steady=clock, lease_seconds=1e6) as frontier:
            frontier.add_many(Link(url=url, kind="article") for url in urls)
            async with Client(guard=Guard(PRIVATE)) as client:
                pace = Pace(concurrency=1, delay=0.0, patience=0.5, again=again, max_pages=20)
                crawler = Crawler(frontier, client, None, Slow().handle, pace, lambda _: None, clock=clock)
                return await crawler.run(asyncio.Event())

    assert asyncio.run(run(again=False)).pages == 6
    assert 1 <= asyncio.run(run(again=False)).pages <= 6
    assert asyncio.run(run(again=True)).pages > 6


@pytest.mark.parametrize("host", ["a..b.example", "a" * 64 + ".example", "xn--a.example"])
def test_an_address_whose_host_is_no_name_ends_nothing_but_itself(
    serve: Any, http_answer: Any, tmp_path: Path, host: str
) -> None:
    away = http_answer(b"", "302 Found", Location=f"https://{host}/banjir")
    server = serve({"*": http_answer(b"banjir"), "/away": away, "/robots.txt": http_answer(b"")})
    progress, _ = crawl(tmp_path, [f"https://{host}/banjir", f"{server.url}/away", f"{server.url}/1"])
    assert (progress.pages, progress.failed) == (1, 2)


def test_what_is_done_can_be_seen_from_outside_while_a_run_waits(serve: Any, http_answer: Any, tmp_path: Path) -> None:
    server = serve({"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"")})
    path = tmp_path / "frontier.sqlite"

    async def run() -> int:
        with Frontier(path) as frontier:
            frontier.add_many(
                [Link(url=f"{server.url}/1", kind="article"), Link(url=f"{server.url}/2", kind="article")]
            )
            frontier.set_host(server.url.partition("://")[2], delay=FOREVER)
            async with Client(guard=Guard(PRIVATE)) as client:
                pace = Pace(delay=FOREVER, patience=inf)
                crawler = Crawler(frontier, client, None, Desk().handle, pace, lambda _: None)
                stop = asyncio.Event()
                running = asyncio.create_task(crawler.run(stop))
                seen = await asyncio.to_thread(wait_for, lambda: fetched(path))
                stop.set()
                await running
                return seen

    assert asyncio.run(run()) == 1


def fetched(path: Path) -> int:
    return sum(host.fetched for host in read_stats(path).hosts)
