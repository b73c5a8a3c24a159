"""What a crawled page costs, beside Scrapy, in one run over one loopback server.

    python tests/benchmarks/bench_crawl.py [--peer PYTHON] [--hosts 20] [--pages 100] [--rounds 3] [--queued 200000]

The server gives each of 20 hosts (127.0.0.1 and on) a robots.txt and 100 pages of 73 KB, gzipped. A crawl is a process
of its own; the figures are its CPU time for a page, start-up included, and its peak resident memory, medians of the
rounds. All obey robots.txt, ask without a delay, eight at once on a host. `--peer` names a Python that has Scrapy;
without it the peer is left out. `--queued` adds a crawl that fetches as many pages from a queue of so many addresses.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PORT = 18_090
PAGE_BYTES = 73 * 2**10

SPIDER = """
import sys
import scrapy
from scrapy.crawler import CrawlerProcess

class Pages(scrapy.Spider):
    name = "pages"
    seen = 0

    async def start(self):
        for url in open(sys.argv[1]).read().split():
            yield scrapy.Request(url)

    def parse(self, response):
        Pages.seen += len(response.body) > 70_000

settings = {"ROBOTSTXT_OBEY": True, "CONCURRENT_REQUESTS": 16, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False}
if len(sys.argv) > 2:
    settings["JOBDIR"] = sys.argv[2]
process = CrawlerProcess(settings)
process.crawl(Pages)
process.start()
print(Pages.seen)
"""


def host(number: int) -> str:
    """A loopback address."""
    return f"127.0.0.{number + 1}"


def addresses(hosts: int, count: int) -> str:
    """So many addresses, one a line, over the hosts in turn."""
    return "".join(f"http://{host(n % hosts)}:{PORT}/berita/{n}/banjir-surut\n" for n in range(count))


def page() -> bytes:
    """Text with the redundancy of a news page: 73 KB that gzip to about 20."""
    chance = random.Random(1)
    words = ["".join(chance.choices("aeioubdgklmnprst", k=chance.randint(3, 9))) for _ in range(1500)]
    text = " ".join(
        chance.choice(words) + ('<div class="item-list">' if chance.random() < 0.2 else "") for _ in range(20_000)
    )
    return f"<html><body>{text}"[:PAGE_BYTES].encode()


async def serve(hosts: int) -> None:
    body = gzip.compress(page(), 6)
    head = 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nETag: "1"\r\n'
    answer = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    rules = b"User-agent: *\nDisallow: /admin/\n"
    robots = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(rules) + rules

    class Talk(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport, self.rest = transport, b""

        def data_received(self, data: bytes) -> None:
            *requests, self.rest = (self.rest + data).split(b"\r\n\r\n")
            for request in requests:
                self.transport.write(robots if request.startswith(b"GET /robots.txt") else answer)

    server = await asyncio.get_running_loop().create_server(Talk, [host(n) for n in range(hosts)], PORT)
    async with server:
        await server.serve_forever()


def measured(command: list[str], pages: int) -> tuple[float, float]:
    """CPU ms a page and peak resident MB of one process."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT)
    assert process.stdout is not None
    talk = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or str(pages).encode() not in talk.split():
        raise SystemExit(f"{command[0]} failed:\n{talk.decode(errors='replace')[-2000:]}")
    return (used.ru_utime + used.ru_stime) * 1000 / pages, used.ru_maxrss / 1024


def crawls(peer: str | None, listed: Path, spider: Path, folder: Path) -> dict[str, list[str]]:
    kabar = [sys.executable, "-m", "kabar", "crawl", "--allow-private", "--delay", "0", "--per-host", "8",
             "--fetch-only", "--urls"]  # fmt: skip
    ours = {
        "kabar, robots and queue, no archive": [*kabar, str(listed), "--data", str(folder / "plain"), "--no-archive"],
        "kabar, robots and queue, WARC": [*kabar, str(listed), "--data", str(folder / "warc")],
    }
    many = listed.with_name("many.txt")
    if many.exists():
        pages = str(listed.read_text().count("\n"))
        ours["kabar, the same from a long queue"] = [
            *kabar, str(many), "--data", str(folder / "many"), "--no-archive", "--max-pages", pages,
        ]  # fmt: skip
    if peer is None:
        return ours
    return {
        "Scrapy, robots": [peer, str(spider), str(listed)],
        "Scrapy, robots and JOBDIR": [peer, str(spider), str(listed), str(folder / "job")],
        **ours,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--peer", default=os.environ.get("KABAR_PEER"), help="a Python that has Scrapy")
    options.add_argument("--hosts", type=int, default=20)
    options.add_argument("--pages", type=int, default=100, help="for each host")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--queued", type=int, help="also crawl from a queue of so many addresses")
    options.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    wanted = options.parse_args()
    if wanted.serve:
        asyncio.run(serve(wanted.hosts))
        return
    if wanted.peer is None:
        print("without --peer PYTHON (one that has Scrapy) only our own figures are taken")
    total = wanted.hosts * wanted.pages
    server = subprocess.Popen([sys.executable, __file__, "--serve", "--hosts", str(wanted.hosts)])
    folder = Path(tempfile.mkdtemp())
    figures: dict[str, list[tuple[float, float]]] = {}
    try:
        time.sleep(1.5)
        listed, spider = folder / "addresses.txt", folder / "spider.py"
        listed.write_text(addresses(wanted.hosts, total))
        if wanted.queued:
            listed.with_name("many.txt").write_text(addresses(wanted.hosts, wanted.queued))
        spider.write_text(SPIDER)
        for number in range(wanted.rounds):
            data = folder / str(number)
            data.mkdir()
            for name, command in crawls(wanted.peer, listed, spider, data).items():
                figures.setdefault(name, []).append(measured(command, total))
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)
    for name, rounds in figures.items():
        cpu, memory = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{name:40}{cpu:6.2f} ms CPU a page {memory:6.0f} MB")


if __name__ == "__main__":
    main()
