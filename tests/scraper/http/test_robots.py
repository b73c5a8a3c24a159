"""robots.txt by RFC 9309: what is allowed when, and how often it is asked for."""

from __future__ import annotations

import asyncio

import pytest

from scraper.errors import FetchError, HTTPStatus, NetworkError, RobotsDisallowed
from scraper.http.guard import parse_target
from scraper.http.robots import Robots

PAGE = parse_target("https://example.org/berita/a?b=1")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def robots(answer: bytes | FetchError, clock: Clock | None = None) -> tuple[Robots, list[str]]:
    asked: list[str] = []

    async def read(url: str) -> bytes:
        asked.append(url)
        await asyncio.sleep(0)
        if isinstance(answer, FetchError):
            raise answer
        return answer

    return Robots(read, clock=clock or Clock()), asked


def check(rules: Robots, *paths: str) -> list[bool]:
    async def run() -> list[bool]:
        allowed = []
        for path in paths:
            try:
                await rules.check(parse_target(f"https://example.org{path}"))
                allowed.append(True)
            except RobotsDisallowed:
                allowed.append(False)
        return allowed

    return asyncio.run(run())


def test_longest_rule_wins_groups_merge_and_wildcards_work() -> None:
    text = b"""\xef\xbb\xbfUser-Agent: *
Disallow: /
User-agent: KABAR
Disallow: /private
User-agent: other
User-agent: kabar
Allow: /private/open$
Disallow: /*.pdf
"""
    allowed = check(robots(text)[0], "/", "/private/x", "/private/open", "/private/open/x", "/a.pdf?x=1", "/robots.txt")
    assert allowed == [True, False, True, False, False, True]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_file_that_is_not_there_allows(status: int) -> None:
    assert check(robots(HTTPStatus("", None, status))[0], "/a") == [True]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_file_that_cannot_be_read_forbids_for_now(status: int) -> None:
    clock = Clock()
    rules, asked = robots(HTTPStatus("status", None, status, 1200.0), clock)
    with pytest.raises(RobotsDisallowed, match="for now") as caught:
        asyncio.run(rules.check(PAGE))
    assert caught.value.retry_after == 1200.0
    clock.now = 1199
    assert check(rules, "/a") == [False]
    assert len(asked) == 1
    clock.now = 1201
    check(rules, "/a")
    assert len(asked) == 2


def test_a_network_error_is_told_as_itself_and_asked_again_soon() -> None:
    clock = Clock()
    rules, asked = robots(NetworkError("the name does not resolve"), clock)
    with pytest.raises(NetworkError, match=r"https://example.org/berita/a\?b=1: the name does not resolve"):
        asyncio.run(rules.check(PAGE))
    clock.now = 61
    with pytest.raises(NetworkError):
        asyncio.run(rules.check(PAGE))
    assert len(asked) == 2


def test_rules_hold_for_a_day_and_are_asked_for_once_by_many() -> None:
    clock = Clock()
    rules, asked = robots(b"User-agent: *\nDisallow: /no", clock)

    async def many() -> None:
        await asyncio.gather(*(rules.check(PAGE) for _ in range(50)))

    asyncio.run(many())
    assert asked == ["https://example.org/robots.txt"]
    clock.now = 24 * 3600 - 1
    asyncio.run(rules.check(PAGE))
    assert len(asked) == 1
    clock.now += 2
    asyncio.run(rules.check(PAGE))
    assert len(asked) == 2


def test_one_impatient_waiter_does_not_spoil_the_file_for_others() -> None:
    release = asyncio.Event()

    async def read(url: str) -> bytes:
        await release.wait()
        return b""

    async def run() -> None:
        rules = Robots(read)
        impatient = asyncio.create_task(rules.check(PAGE))
        patient = asyncio.create_task(rules.check(PAGE))
        await asyncio.sleep(0)
        impatient.cancel()
        await asyncio.sleep(0)
        release.set()
        await patient

    asyncio.run(run())


def test_delay_is_capped_and_sitemaps_and_terms_are_read() -> None:
    text = b"""User-agent: *
Crawl-delay: 86400
Content-Signal: search=yes, ai-train=no
Sitemap: https://example.org/news.xml
"""
    rules = asyncio.run(robots(text)[0].rules("https://example.org"))
    assert rules.delay == 30.0
    assert rules.sitemaps == ("https://example.org/news.xml",)
    assert rules.terms == ("Content-Signal: search=yes, ai-train=no",)
