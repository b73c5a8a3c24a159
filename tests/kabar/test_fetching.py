"""`kabar fetch`, and addresses as inputs: politely, in order, several hosts side by side, nothing lost."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import signal
import subprocess
import sys
import time
from itertools import pairwise
from typing import Any

import pytest

from kabar import fetching
from kabar.documents import Problem
from kabar.fetching import Fetcher
from tests.timing import PATIENCE, SOON

HOME = "<html><head><meta charset='utf-8'></head><body>Banjir “surut”</body></html>".encode()


@pytest.fixture(autouse=True)
def without_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAUSE", 0.0)


@pytest.fixture
def server(serve: Any, http_answer: Any) -> Any:
    pages = {f"/{name}": http_answer(HOME, Content_Type="text/html; charset=utf-8") for name in "abc"}
    picture = http_answer(b"\x89PNG\0", Content_Type="image/png")
    return serve({**pages, "/p": picture, "/robots.txt": http_answer(b"User-agent: *\nDisallow: /rahasia")})


def slow(answer: bytes, seconds: float) -> Any:
    async def talk(request: Any, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        writer.write(answer)

    return talk


async def endless(_request: Any, writer: asyncio.StreamWriter) -> None:
    """A page without an end, that comes fast enough to be waited for."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n<html>")
    while True:
        writer.write(b"banjir " * 200)
        await writer.drain()
        await asyncio.sleep(0.2)


def test_records_come_in_the_order_of_the_addresses(server, kabar):
    urls = [f"{server.url}/{name}" for name in "cap"]
    ran = kabar("fetch", "--allow-private", *urls)
    assert ran.code == 0
    assert ran.err == ""
    assert [line["url"] for line in ran.lines] == urls
    assert ran.lines[0]["html"] == HOME.decode()
    assert ran.lines[0]["sha256"] == hashlib.sha256(HOME).hexdigest()
    assert (ran.lines[0]["status"], ran.lines[0]["encoding"]) == (200, "utf-8")
    assert base64.b64decode(ran.lines[2]["body"]) == b"\x89PNG\0"
    assert "html" not in ran.lines[2]


def test_what_cannot_be_had_is_told_and_the_rest_comes(server, kabar):
    urls = [f"{server.url}/none", f"{server.url}/rahasia", "ftp://contoh.example/", f"{server.url}/a"]
    ran = kabar("fetch", "--allow-private", *urls)
    assert ran.code == 1
    assert [line["url"] for line in ran.lines] == [f"{server.url}/a"]
    assert [message.split(": ", 2)[1] for message in ran.messages] == urls[:3]
    assert "404" in ran.messages[0]
    assert "robots.txt" in ran.messages[1]


def test_without_leave_no_private_address_is_asked(server, kabar):
    ran = kabar("fetch", f"{server.url}/a", "-q")
    assert (ran.code, server.requests) == (1, [])


@pytest.mark.parametrize("from_stdin", [True, False])
def test_a_list_of_addresses(server, kabar, tmp_path, from_stdin):
    text = f"# dua halaman\n\n{server.url}/a\r\n  {server.url}/b\n"
    (tmp_path / "list.txt").write_text(text)
    given = "-" if from_stdin else tmp_path / "list.txt"
    ran = kabar("fetch", "--allow-private", f"{server.url}/c", "--files-from", given, stdin=text.encode())
    assert [line["url"][-1] for line in ran.lines] == ["c", "a", "b"]


@pytest.mark.parametrize("arguments", [(), ("--files-from", "none.txt"), ("--files-from", "empty.txt")])
def test_no_address_is_wrong_usage(kabar, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").write_text("# nothing\n")
    ran = kabar("fetch", *arguments)
    assert (ran.code, len(ran.messages)) == (2, 1)


def test_saved_pages_are_named_by_hash_and_replace_earlier_ones(server, kabar, tmp_path):
    folder = tmp_path / "pages" / "new"
    url = f"{server.url}/a"
    stem = hashlib.sha256(url.encode()).hexdigest()[:20]
    for body in (HOME, HOME + b"<!-- lagi -->"):
        server.routes["/a"] = (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )
        ran = kabar("fetch", "--allow-private", "--save", folder, url, f"{server.url}/p")
        assert ran.code == 0, ran.err
        assert (folder / f"{stem}.html").read_bytes() == body
        beside = json.loads((folder / f"{stem}.html.json").read_text())
        assert beside == ran.lines[0]
        assert (beside["file"], beside["url"]) == (f"{stem}.html", url)
        assert not {"html", "body"} & beside.keys()
    assert len(list(folder.iterdir())) == 4
    assert ran.lines[1]["file"].endswith(".bin")


def test_a_hostile_address_cannot_choose_a_file(server, kabar, tmp_path):
    path = "/..%2f..%2fetc/passwd?a=/../../x"
    server.routes[path] = server.routes["/a"]
    ran = kabar("fetch", "--allow-private", "--save", tmp_path / "pages", server.url + path)
    assert ran.code == 0, ran.err
    assert [found.parent.name for found in tmp_path.rglob("*.*")] == ["pages", "pages"]


def test_a_folder_that_cannot_be_written_is_told(server, kabar, tmp_path):
    (tmp_path / "file").write_text("")
    ran = kabar("fetch", "--allow-private", "--save", tmp_path / "file" / "x", f"{server.url}/a")
    assert (ran.code, "file" in ran.err, "Traceback" in ran.err) == (2, True, False)


def test_its_lines_are_inputs(serve, http_answer, kabar, page):
    server = serve({"/a": http_answer(page("Tebo").encode(), Content_Type="text/html"), "/robots.txt": http_answer()})
    fetched = kabar("fetch", "--allow-private", f"{server.url}/a").out
    [article] = kabar("clean", "-", stdin=fetched.encode()).lines
    assert article["url"] == f"{server.url}/a"


def test_ctrl_c_ends_it_at_once(serve, http_answer):
    server = serve({"/a": http_answer(HOME), "/b": endless, "/robots.txt": http_answer()})
    command = [sys.executable, "-m", "kabar", "fetch", "--allow-private", f"{server.url}/a", f"{server.url}/b"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert json.loads(running.stdout.readline())["url"] == f"{server.url}/a"
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=SOON)
    assert running.returncode == 130
    assert err == "kabar: interrupted\n"


def test_addresses_as_inputs_keep_their_place_among_files(serve, http_answer, kabar, page, tmp_path):
    """The first host is slow: the second one's page is there before, and comes out after."""
    answers = {name: http_answer(page(name).encode(), Content_Type="text/html") for name in ("Tebo", "Bungo")}
    first = serve({"/a": slow(answers["Tebo"], 0.3), "/robots.txt": http_answer()})
    second = serve({"/b": answers["Bungo"], "/robots.txt": http_answer()}, "127.0.0.2")
    (tmp_path / "c.html").write_text(page("Kerinci"), "utf-8")
    urls = (f"{first.url}/a", f"{second.url}/b", f"{second.url}/none")
    ran = kabar("clean", "--allow-private", *urls, tmp_path / "c.html", f"{second.url}/b", tmp_path / "c.html")
    assert ran.rivers == ["Tebo", "Bungo", "Kerinci", "Bungo", "Kerinci"]
    assert ran.code == 1
    assert ran.messages[0].startswith(f"kabar: {second.url}/none: ")
    assert second.asked("/robots.txt") == 1


def test_one_host_is_asked_one_at_a_time_with_a_pause(serve, http_answer, monkeypatch):
    monkeypatch.setattr(fetching, "PAUSE", 0.1)
    times: list[tuple[float, float]] = []

    async def talk(request: Any, writer: asyncio.StreamWriter) -> None:
        began = time.monotonic()
        await asyncio.sleep(0.02)
        times.append((began, time.monotonic()))
        writer.write(http_answer(HOME))

    server = serve({"*": talk, "/robots.txt": http_answer(b"")})
    with Fetcher(allow_private=True) as fetcher:
        assert len(list(fetcher.pages(f"{server.url}/{number}" for number in range(4)))) == 4
    assert all(later - ended >= 0.1 for (_, ended), (later, _) in pairwise(times))


def test_a_caller_that_stops_leaves_nothing_behind(serve, http_answer):
    server = serve({"/a": http_answer(HOME), "/b": endless, "/robots.txt": http_answer()})
    began = time.monotonic()
    with Fetcher(allow_private=True) as fetcher:
        outcomes = fetcher.pages([f"{server.url}/a", f"{server.url}/b"])
        assert not isinstance(next(outcomes), Problem)
        outcomes.close()
    assert time.monotonic() - began < SOON


def test_a_busy_host_is_asked_once_more_after_the_rest_that_it_asks_for(serve, http_answer):
    async def talk(request: Any, writer: asyncio.StreamWriter) -> None:
        first = server.asked("/a") == 1
        writer.write(http_answer(b"", "429 Slow down", Retry_After="1") if first else http_answer(HOME))

    server = serve({"/a": talk, "/robots.txt": http_answer(b"")})
    began = time.monotonic()
    with Fetcher(allow_private=True) as fetcher:
        [page] = fetcher.pages([f"{server.url}/a"])
    assert not isinstance(page, Problem)
    assert time.monotonic() - began >= 1


def test_a_host_that_asks_for_a_long_rest_is_left_alone_and_the_others_come(serve, http_answer):
    busy = serve({"*": http_answer(b"", "503 Busy", Retry_After="600"), "/robots.txt": http_answer(b"")}, "127.0.0.2")
    calm = serve({"*": http_answer(HOME), "/robots.txt": http_answer(b"")})
    urls = [f"{server.url}/{number}" for number in range(3) for server in (busy, calm)]
    began = time.monotonic()
    with Fetcher(allow_private=True) as fetcher:
        outcomes = list(fetcher.pages(urls))
    assert time.monotonic() - began < PATIENCE
    assert [isinstance(outcome, Problem) for outcome in outcomes] == [True, False] * 3
    assert "left alone for" in outcomes[2].reason
    assert len(busy.requests) == 2  # robots.txt and the first page


@pytest.mark.parametrize("address", ["http://[", "http://a]b/", "https://a..b.example/", "warta.example"])
def test_what_is_no_address_is_told_and_the_rest_comes(kabar, server, address):
    ran = kabar("fetch", address, f"{server.url}/a", "--allow-private", "-q")
    assert (ran.code, len(ran.lines), len(ran.messages)) == (1, 1, 1)
    assert ran.messages[0].startswith(f"kabar: {address}: ")
