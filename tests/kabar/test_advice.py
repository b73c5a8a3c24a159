"""What a crawl that gets nothing tells a newcomer to do, tried on real answers."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import pytest

from kabar.advice import advice
from scraper.crawl.work import HostState
from tests.timing import at_most

PEM = Path(__file__).parents[1] / "data" / "loopback.pem"
CHALLENGE = {"cf_mitigated": "challenge", "Server": "cloudflare"}


def answers(http_answer: Any) -> dict[str, tuple[dict[str, bytes], str]]:
    home = http_answer(b"<html><title>Warta</title><div id=root></div>")
    return {
        "robots forbids": ({"/": home, "/robots.txt": http_answer(b"User-agent: *\nDisallow: /")}, "--ignore-robots"),
        "robots fails": ({"/": home, "/robots.txt": http_answer(b"", "503 Busy")}, "tries again later"),
        "nothing there": ({}, "name that address"),
        "forbidden": ({"/": http_answer(b"x", "403 Forbidden")}, "ask the publisher"),
        "challenge": ({"/": http_answer(b"x", "403 Forbidden", **CHALLENGE)}, "evades no challenge"),
        "login": ({"/": http_answer(b"x", "401 Unauthorized")}, "`kabar tag`"),
        "to a login": ({"/": http_answer(b"", "302 Found", Location="/login"), "/login": home}, "`kabar tag`"),
        "blocked": ({"/": http_answer(b"x", "451 Legal")}, "blocked by law"),
        "busy": ({"/": http_answer(b"x", "429 Slow", Retry_After="900")}, "left alone for a while"),
        "in trouble": ({"/": http_answer(b"x", "500 Oops")}, "tries again later"),
        "a page for every address": ({"/": home, "*": home, "/robots.txt": home}, "name a section, feed or sitemap"),
        "no articles": ({"/": home}, "name a section, feed or sitemap"),
    }


@pytest.mark.parametrize("case", answers(lambda *_, **__: b""))
def test_a_crawl_that_gets_nothing_tells_what_to_do(kabar, serve, http_answer, tmp_path, case):
    routes, said = answers(http_answer)[case]
    server = serve({"*": http_answer(b"", "404 Not Found"), "/robots.txt": http_answer(b"User-agent: *"), **routes})
    ran = kabar("crawl", server.url + "/", "--data", tmp_path, "--allow-private", "--delay", "0", "--rules-only")
    host = server.url.removeprefix("http://")
    assert f"{host}: " in ran.err
    assert said in ran.err
    assert said in kabar("status", "--data", tmp_path).out
    assert ran.err.count("\n") <= 3  # what fails, what helps, the counts


@pytest.mark.parametrize(("case", "said"), [("certificate", "the clock of this machine"), ("down", "in a browser")])
def test_a_host_that_cannot_be_talked_to_is_told_with_what_to_look_at(kabar, serve, tmp_path, case, said):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    url = serve({}, tls=context).url if case == "certificate" else "http://127.0.0.1:29"
    ran = kabar("crawl", url + "/", "--data", tmp_path, "--allow-private", "--delay", "0", "--rules-only")
    assert (ran.code, said in ran.err) == (1, True), ran.err


def test_feeds_that_were_only_looked_for_are_no_errors_of_a_site(kabar, serve, http_answer, tmp_path, page):
    paths = [f"/berita/{number}/banjir-merendam-desa" for number in range(1000, 1003)]
    home = '<link rel="https://api.w.org/" href="/wp-json/"><meta name="generator" content="WordPress 6.5">'
    home += "".join(f'<a href="{path}">Banjir merendam tiga desa</a>' for path in paths)
    routes = {path: http_answer(page(path[8:12]).encode(), Content_Type="text/html") for path in paths}
    routes["/robots.txt"] = http_answer(b"User-agent: *\nDisallow: /feed/")
    routes["/wp-json/wp/v2/posts?per_page=100&_fields=link,title,date_gmt,modified_gmt"] = http_answer(b"", "401 No")
    server = serve({"*": http_answer(b"", "404 Not Found"), "/": http_answer(home.encode()), **routes})
    ran = kabar("crawl", server.url + "/", "--data", tmp_path, "--allow-private", "--delay", "0", "--rules-only")
    assert (ran.code, len(ran.messages)) == (0, 1), ran.err
    told = kabar("status", "--data", tmp_path).out
    row = told.splitlines()[1].split()
    assert row[3:6] == ["4", "3", "0"]  # pages, articles, errors
    assert "status 404" not in told
    assert "crawl it often" in told


def test_a_host_whose_articles_stand_elsewhere_is_left_alone():
    hosts = [HostState(host="warta.example", fetched=1), HostState(host="www.warta.example", fetched=9, articles=8),
             HostState(host="tebo.warta.example", fetched=2), HostState(host="lain.example", fetched=3),
             HostState(host="baru.example", ready=5, fetched=3)]  # fmt: skip
    told = [host.host for host, _ in advice(hosts, {"www.warta.example": {"feed": 1}})]
    assert told == ["lain.example"]


def test_hosts_by_the_thousands_are_told_in_time():
    hosts = [HostState(host=f"kabar{number}.example", fetched=9, articles=number % 2) for number in range(20_000)]
    with at_most(5):
        assert len(list(advice(hosts, {}))) == 10_000
