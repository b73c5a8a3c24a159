"""Redirects to another host: it is asked in its turn, by its own rules, and what it answers counts for it."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from scraper.article import Article
from scraper.crawl import pacing
from scraper.crawl.archive import Archive, read_pages
from scraper.crawl.crawler import Crawler, Handle, Pace
from scraper.crawl.frontier import Frontier
from scraper.crawl.schedule import RETRIES
from scraper.crawl.work import HostState
from scraper.discover.found import Link
from scraper.http.client import Client
from scraper.http.guard import PRIVATE, Guard
from scraper.page import Page

OTHER = "127.0.0.2"


def crawl(
    folder: Path,
    urls: Sequence[str],
    told: list[str],
    *,
    delay: float = 0.0,
    patience: float = 1.5,
    handle: Handle | None = None,
) -> tuple[int, dict[str, HostState]]:
    async def run() -> tuple[int, dict[str, HostState]]:
        with Frontier(folder / "frontier.sqlite") as frontier, Archive(folder / "warc", sync=False) as archive:
            frontier.add_many(Link(url=url, kind="article") for url in urls)
            async with Client(guard=Guard(PRIVATE)) as client:
                pace = Pace(delay=delay, patience=patience)
                progress = await Crawler(frontier, client, archive, handle, pace, told.append).run(asyncio.Event())
            hosts = {url.split("/")[2] for url in urls}
            return progress.pages, {host: frontier.host(host) for host in hosts}

    return asyncio.run(run())


def away(http_answer: Any, target: str) -> bytes:
    answer: bytes = http_answer(b"", "302 Found", Location=target)
    return answer


def test_another_host_is_asked_in_its_turn_be_it_by_its_own_pages_or_by_redirects(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    times: list[tuple[float, float]] = []

    async def talk(_request: Any, writer: asyncio.StreamWriter) -> None:
        began = time.monotonic()
        await asyncio.sleep(0.02)
        times.append((began, time.monotonic()))
        writer.write(http_answer(b"banjir"))

    other = serve({"*": talk, "/robots.txt": http_answer(b"")}, OTHER)
    sites = [
        serve({"*": away(http_answer, f"{other.url}/{place}"), "/robots.txt": http_answer(b"")}) for place in "abc"
    ]
    urls = [f"{site.url}/1" for site in sites] + [f"{other.url}/{number}" for number in range(2)]
    pages, _ = crawl(tmp_path, urls, [], delay=0.2)
    assert (pages, len(times)) == (5, 5)
    assert all(later - ended >= 0.19 for (_, ended), (later, _) in pairwise(times))


def test_two_hosts_that_redirect_to_each_other_do_not_wait_for_each_other(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    one = serve({"/b": http_answer(b"banjir"), "/robots.txt": http_answer(b"")})
    other = serve({"/b": http_answer(b"banjir"), "/robots.txt": http_answer(b"")}, OTHER)
    one.routes["/a"], other.routes["/a"] = (away(http_answer, f"{site.url}/b") for site in (other, one))
    pages, _ = crawl(tmp_path, [f"{one.url}/a", f"{other.url}/a"], [], delay=0.1)
    assert pages == 2


def test_trouble_at_the_end_of_a_redirect_is_that_hosts_and_the_first_goes_on(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    other = serve({"*": http_answer(b"", "503 Busy", Retry_After="600"), "/robots.txt": http_answer(b"")}, OTHER)
    routes = {"*": http_answer(b"banjir"), "/robots.txt": http_answer(b"")}
    site = serve(routes | {f"/{n}": away(http_answer, f"{other.url}/{n}") for n in range(3)})
    began, told = time.time(), list[str]()
    urls = [f"{site.url}/{number}" for number in range(8)] + [f"{other.url}/9"]
    pages, hosts = crawl(tmp_path, urls, told, delay=0.05)
    assert pages == 5  # what is not redirected
    assert len(other.requests) <= 2  # robots.txt, and the page that told that it is busy
    mine, theirs = hosts[site.url[7:]], hosts[other.url[7:]]
    assert mine.not_before < began + 60
    assert theirs.not_before >= began + 600
    assert (mine.dead, mine.done) == (0, 5)  # the others come when the other host may be asked
    assert all(f"it redirects to {other.url[7:]}" in line for line in told if line.startswith(site.url))


def test_a_host_that_is_always_busy_is_waited_for_by_its_own_pages_and_by_no_others_without_end(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    other = serve({"*": http_answer(b"", "503 Busy", Retry_After="600"), "/robots.txt": http_answer(b"")}, OTHER)
    site = serve({"*": away(http_answer, f"{other.url}/a"), "/robots.txt": http_answer(b"")})
    for tries in range(1, len(RETRIES) + 2):
        _, hosts = crawl(tmp_path, [f"{site.url}/a", f"{other.url}/9"], [], patience=0.0)
        mine, theirs = hosts[site.url[7:]], hosts[other.url[7:]]
        assert (mine.dead, theirs.dead) == (tries > len(RETRIES), 0)
        with contextlib.closing(sqlite3.connect(tmp_path / "frontier.sqlite", isolation_level=None)) as db:
            db.execute("UPDATE urls SET due = 0 WHERE state = 1")
            db.execute("UPDATE hosts SET not_before = 0")


def test_standing_in_line_for_too_long_costs_no_try(
    serve: Any, http_answer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacing, "LONGEST", 0.05)

    async def slowly(_request: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)
        writer.write(http_answer(b"banjir"))

    other = serve({"*": slowly, "/robots.txt": http_answer(b"")}, OTHER)
    sites = [serve({"*": away(http_answer, f"{other.url}/a"), "/robots.txt": http_answer(b"")}) for _ in range(3)]
    told: list[str] = []
    pages, _ = crawl(tmp_path, [f"{site.url}/{n}" for site in sites for n in range(3)], told, patience=0.0)
    assert pages
    assert any("standing in line" in line for line in told)
    with contextlib.closing(sqlite3.connect(tmp_path / "frontier.sqlite")) as db:
        assert db.execute("SELECT max(attempts) FROM urls WHERE state = 1").fetchone() == (1,)


def test_trouble_over_further_pages_is_that_of_the_host_where_they_are(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    pager = b'<p>Satu.</p><div class="paging"><a href="/banjir-surut/2">2</a></div>'
    other = serve({"/banjir-surut": http_answer(pager), "/robots.txt": http_answer(b"")}, OTHER)
    other.routes["/banjir-surut/2"] = http_answer(b"", "429 Slow down", Retry_After="600")
    site = serve({"/a": away(http_answer, f"{other.url}/banjir-surut"), "/robots.txt": http_answer(b"")})

    async def read(page: Page, _parts: tuple[Page, ...]) -> Article:
        return Article(id="a", text=page.body.decode())

    began = time.time()
    pages, hosts = crawl(tmp_path, [f"{site.url}/a", f"{other.url}/9"], [], delay=0.05, handle=read)
    assert (pages, other.asked("/banjir-surut/2")) == (1, 1)
    assert hosts[site.url[7:]].not_before < began + 60
    assert hosts[other.url[7:]].not_before >= began + 600


def test_what_robots_txt_forbids_at_the_other_host_is_not_asked_and_both_answers_are_archived(
    serve: Any, http_answer: Any, tmp_path: Path
) -> None:
    rules = http_answer(b"User-agent: *\nDisallow: /shut\nCrawl-delay: 7")
    other = serve({"*": http_answer(b"banjir", Content_Type="text/html"), "/robots.txt": rules}, OTHER)
    site = serve({"/robots.txt": http_answer(b"")})
    site.routes |= {f"/{name}": away(http_answer, f"{other.url}/{name}") for name in ("open", "shut")}
    told: list[str] = []
    urls = [f"{site.url}/shut", f"{site.url}/open", f"{other.url}/later"]
    began = time.time()
    pages, hosts = crawl(tmp_path, urls[:2], told)
    assert (pages, other.asked("/shut"), other.asked("/open")) == (1, 0, 1)
    assert "robots.txt forbids it (it redirects to" in told[0]
    assert hosts[site.url[7:]].not_before < began + 5
    (archive,) = (tmp_path / "warc").glob("*.warc.gz")
    (page,) = read_pages(archive)
    assert page.url == f"{other.url}/open"
    crawl(tmp_path, urls[2:], told, patience=0.0)  # its own delay holds from then on
    assert other.asked("/later") == 0
