"""Discovery in a running crawl, over a real server: what robots.txt, canonical links and trial teach, and what ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from scraper.crawl import extraction
from scraper.crawl.crawler import Crawler, Pace
from scraper.crawl.frontier import Frontier
from scraper.discover.found import Link
from scraper.http.client import Client
from scraper.http.guard import PRIVATE, Guard
from scraper.sites import Registry, SiteDefinition
from tests.timing import others_left_alone

STORY = "<html><head>{head}</head><body><article>banjir {name}</article></body></html>"


@pytest.fixture
def site(serve: Any, http_answer: Any) -> Callable[..., Any]:
    """A server of HTML pages by path; a page without its own body is a story."""

    def site(pages: dict[str, str], robots: str = "") -> Any:
        bodies = {path: body or STORY.format(head="", name=path) for path, body in pages.items()}
        routes = {path: answer(body) for path, body in bodies.items()}
        return serve({**routes, "/robots.txt": http_answer(robots.encode())})

    return site


def anchors(*paths: str) -> str:
    return "<html>" + "".join(f'<a href="{path}">Banjir merendam tiga desa</a>' for path in paths)


def answer(body: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def urlset(server: Any, *paths: str) -> bytes:
    urls = "".join(f"<url><loc>{server.url}{path}</loc></url>" for path in paths)
    return answer(f"<urlset>{urls}</urlset>")


def test_robots_txt_gives_sitemaps_and_its_terms_are_told_once(site, crawl):
    robots = "User-agent: *\nAllow: /\nSitemap: /peta/berita.xml\nContent-Signal: search=yes, ai-train=no\n"
    server = site({"/": anchors("/read/1/banjir-satu"), "/read/1/banjir-satu": "", "/read/2/banjir-dua": ""}, robots)
    server.routes["/peta/berita.xml"] = urlset(server, "/read/2/banjir-dua")
    ran = crawl(server)
    assert ran.articles == 2
    assert not [path for path in ran.asked if "sitemap" in path]  # nothing is guessed where it is told
    terms = "Content-Signal: search=yes, ai-train=no"
    assert ran.host.terms == terms
    assert ran.told == [f"127.0.0.1:{server.port}: its robots.txt sets terms on use by machines: {terms}"]


def test_an_article_marks_the_address_that_it_calls_its_own(site, crawl):
    own = '<link rel="canonical" href="/read/1/banjir-satu"><link rel="amphtml" href="/amp">'
    server = site({
        "/": anchors("/read/1/banjir-satu?dari=beranda", "/read/2/longsor?utm_source=x"),
        "/read/1/banjir-satu?dari=beranda": STORY.format(head=own, name="1"),
        "/read/1/banjir-satu": "", "/read/2/longsor": "", "/read/2/longsor/amp": "",
    })  # fmt: skip
    later = tuple(
        Link(url=server.url + path, kind="article")
        for path in ("/read/1/banjir-satu", "/read/2/longsor?fbclid=1", "/read/2/longsor/", "/read/2/longsor?amp=1")
    )
    assert crawl(server).articles == 2
    assert not [path for path in crawl_added(server, crawl, later) if "/read/" in path]


def crawl_added(server: Any, crawl: Callable[..., Any], links: tuple[Link, ...]) -> list[str]:
    """What is fetched when a list tells of these links."""
    server.routes["/daerah"] = answer(anchors(*(link.url for link in links)))
    return crawl(server, links=(Link(url=server.url + "/daerah", kind="index"),)).asked


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ('<link rel="canonical" href="https://sumber.example/read/9/asal">', "/read/1/banjir-satu"),
        ('<link rel="canonical" href="/read/9/asal">', "/read/1/banjir-satu?page=2"),
        ('<link rel="canonical" href="/">', "/read/1/banjir-satu"),
        ('<link rel="canonical" href="javascript:0">', "/read/1/banjir-satu"),
    ],
    ids=["a source elsewhere", "a further part", "the home page", "no address"],
)
def test_a_canonical_link_that_is_no_twin_marks_nothing(site, crawl, head, part):
    server = site({"/": anchors(part), part: STORY.format(head=head, name="1"), "/read/9/asal": ""})
    assert crawl(server).articles == 1
    assert "/read/9/asal" in crawl_added(server, crawl, (Link(url=server.url + "/read/9/asal", kind="article"),))


def test_forms_that_are_hardly_ever_articles_are_passed_over_in_later_runs(site, crawl):
    """A sitemap lists pages of products beside the news; no pattern tells them apart."""
    stories = [f"/k/{number}a{number}" for number in range(12)]
    products = [f"/produk-{number}x" for number in range(12)]
    server = site(dict.fromkeys(["/", *products], "<html>harga") | dict.fromkeys(stories, ""))
    server.routes["/sitemap.xml"] = urlset(server, *stories, *products)
    first = crawl(server)
    assert set(products) < set(first.asked)
    more = [f"/produk-{number}y" for number in range(40)] + [f"/k/{number}b" for number in range(40)]
    server.routes["/sitemap.xml"] = urlset(server, *more)
    second = crawl(server, links=(Link(url=server.url + "/sitemap.xml", kind="sitemap"),))
    assert sum(path.startswith("/k/") for path in second.asked) == 40
    assert sum(path.startswith("/produk") for path in second.asked) < 10  # one in twenty is tried again


def test_queued_articles_of_a_form_that_was_learnt_to_be_none_are_passed_over_and_told_ones_are_not(site, crawl):
    products, fed = [f"/produk-{number}x" for number in range(60)], [f"/produk-{number}y" for number in range(20)]
    named = tuple(f"/produk-{number}z" for number in range(5))
    server = site(dict.fromkeys(["/", *products, *fed, *named], "<html>harga"))
    maps = f"<sitemapindex><sitemap><loc>{server.url}/peta.xml</loc></sitemap></sitemapindex>"
    server.routes["/sitemap.xml"], server.routes["/peta.xml"] = answer(maps), urlset(server, *products)
    day = "<pubDate>Mon, 01 Jun 2026 01:00:00 GMT</pubDate>"
    items = "".join(f"<item><title>Harga</title><link>{server.url}{path}</link>{day}</item>" for path in fed)
    server.routes["/feed/"] = answer(f'<rss version="2.0"><channel>{items}</channel></rss>')
    links = (Link(url=server.url + "/sitemap.xml", kind="sitemap"), Link(url=server.url + "/feed/", kind="feed"))
    first = crawl(server, links=links)
    assert sum(path in products for path in first.asked) < 40
    assert set(fed) < set(first.asked)
    assert first.host.errors == 0
    second = crawl(server, links=tuple(Link(url=server.url + path, kind="article") for path in named))
    assert set(named) <= set(second.asked)


def test_a_list_that_was_taken_for_an_article_is_read_as_a_list(site, crawl):
    section = "/kabar-terkini-dari-kota-jambi/"
    server = site({"/": anchors(section), section: anchors("/read/1/banjir-satu"), "/read/1/banjir-satu": ""})
    assert crawl(server).articles == 1


def test_a_list_is_followed_back_to_the_moment_asked_for_where_only_articles_tell_dates(serve, http_answer, crawl):
    """Ten stories a page, the first two pages of this week, without a date in any address."""
    now = time.time()

    async def talk(request: Any, writer: asyncio.StreamWriter) -> None:
        path, _, query = request.target.partition("?page=")
        if path == "/daerah":
            page = int(query or 1)
            numbers = range(10 * page - 10, 10 * page)
            more = f'<a rel="next" href="/daerah?page={page + 1}">Selanjutnya</a>'
            body = anchors(*(f"/berita/{number + 1000}/banjir-merendam-desa" for number in numbers)) + more
        else:
            age = (int(path.split("/")[2]) - 1000) // 20 * 30 * 86_400
            body = f"<article>{path}</article><time>{time.strftime('%Y-%m-%d', time.gmtime(now - age))}</time>"
        writer.write(http_answer(body.encode(), Content_Type="text/html"))

    server = serve({"*": talk, "/robots.txt": http_answer(b"")})
    ran = crawl(server, since=now - 7 * 86_400, links=(Link(url=server.url + "/daerah", kind="index"),))
    lists = [path for path in ran.asked if path.startswith("/daerah")]
    assert 3 <= len(lists) <= 6
    assert ran.articles >= 20


def test_lists_without_end_end(serve, http_answer, crawl, monkeypatch):
    """Each page of this calendar has the same days under new session numbers, and a next page."""
    monkeypatch.setattr(extraction, "MAX_LISTS", 40)
    days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() - day * 86_400)) for day in range(20)]
    count = iter(range(10**9))

    async def calendar(request: Any, writer: asyncio.StreamWriter) -> None:
        links = anchors(*(f"/arsip?tanggal={day}&sesi={next(count)}" for day in days))
        body = links + f'<a rel="next" href="/arsip?page={next(count)}">Selanjutnya</a>'
        writer.write(http_answer(body.encode(), Content_Type="text/html"))

    server = serve({"*": calendar, "/robots.txt": http_answer(b""), "/feed/": http_answer(b"", "404 Not Found")})
    ran = crawl(server, since=time.time() - 30 * 86_400, links=(Link(url=server.url + "/arsip", kind="index"),))
    assert len(ran.asked) < 60
    assert [line for line in ran.told if "new lists and sitemaps in a day" in line]


def test_session_numbers_do_not_make_new_articles_for_ever(serve, http_answer, crawl):
    """Each visit of this list shows the same five stories under new addresses, and they tell no canonical one."""
    count = iter(range(10**9))
    stories = [f"Banjir merendam {n} desa di kecamatan {n * 7} sejak {n + 3} hari lalu, kata camat." for n in range(5)]

    async def talk(request: Any, writer: asyncio.StreamWriter) -> None:
        number = request.target.partition("?")[0].rpartition("/")[2]
        body = f"<article>{stories[int(number)]}</article>" if number.isdigit() else None
        listed = anchors(*(f"/read/berita-daerah-hari-ini/{n}?sesi={next(count)}" for n in range(5)))
        writer.write(http_answer((body or listed).encode(), Content_Type="text/html"))

    server = serve({"*": talk, "/robots.txt": http_answer(b""), "/feed/": http_answer(b"", "404 Not Found")})
    link = (Link(url=server.url + "/daerah", kind="index"),)
    asked = [len(crawl(server, links=link).asked) for _ in range(30)]
    assert asked[0] == 1 + 1 + 5  # robots.txt, the list, its stories
    assert sum(asked[25:]) < 5 * (2 + 3)


def test_sitemaps_whose_names_change_and_that_are_never_there_are_given_up(site, crawl):
    server = site({"/": anchors("/read/1/banjir-satu"), "/read/1/banjir-satu": ""})
    asked = []
    for visit in range(4):
        maps = "".join(f"<sitemap><loc>{server.url}/peta/{visit}{n}z.xml</loc></sitemap>" for n in range(10, 40))
        server.routes["/sitemap.xml"] = answer(f"<sitemapindex>{maps}</sitemapindex>")
        ran = crawl(server, links=(Link(url=server.url + "/sitemap.xml", kind="sitemap"),))
        asked.append(sum(path.startswith("/peta/") for path in ran.asked))
    assert 10 <= asked[0] < 20  # what was queued before ten have failed is passed over
    assert max(asked[1:]) < 10


def test_a_definitions_pattern_and_feeds_are_gone_by(site, crawl):
    sites = Registry().beside([
        SiteDefinition(domains=("127.0.0.1",), name="Uji", feeds=("/umpan",), article_pattern="/k/")
    ])  # fmt: skip
    server = site({"/": '<html><a href="/k/1">x</a><a href="/z/1">x</a>', "/k/1": "", "/z/1": ""})
    ran = crawl(server, sites=sites)
    assert ran.articles == 1
    assert not [path for path in ran.asked if "feed" in path or "rss" in path]


def test_a_feed_that_is_malformed_is_told_once(site, crawl):
    feed = '<?xml version="1.0"?><rss version="2.0"><channel><item><link>/read/1/a-b</link></item></channel>'
    server = site({"/feed/": feed, "/read/1/a-b": ""})
    link = (Link(url=server.url + "/feed/", kind="feed"),)
    assert len(crawl(server, links=link).told) == 1


def test_a_sitemap_of_thousands_is_queued_whole_and_keeps_nobody_waiting(site, tmp_path):
    server = site({})
    server.routes["/sitemap.xml"] = urlset(server, *(f"/read/{n}/banjir-merendam-tiga-desa" for n in range(20_000)))
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            began = time.thread_time()
            await asyncio.sleep(0.01)
            longest = max(longest, time.thread_time() - began)

    async def run() -> int:
        with Frontier(tmp_path / "frontier.sqlite") as frontier:
            frontier.add_many([Link(url=server.url + "/sitemap.xml", kind="sitemap")])
            async with Client(guard=Guard(PRIVATE)) as client:
                pace = Pace(delay=0.0, patience=0.0, max_pages=1)
                watching = asyncio.create_task(watch())
                await Crawler(frontier, client, None, None, pace, print).run(asyncio.Event())
                watching.cancel()
            return frontier.stats().total("ready")

    with others_left_alone():
        began = time.thread_time()
        assert asyncio.run(run()) == 20_000
        assert longest < (time.thread_time() - began) / 3
