"""What the durable queue and the archive cost, as figures.

    python tests/benchmarks/bench_frontier.py [--urls N ...] [--hosts N] [--pages N] [--folder DIR]

For each N: adds N URLs over the hosts, then claims and completes 20,000 as a crawl does (links in batches, one commit
for 256 changes, fsync on), each with ETag, content hash, near-duplicate sketch and archive place. Times are CPU for the
cost of a URL, and wall clock for a single claim (what an event loop waits). Each N runs in a process of its own, so
that its resident memory is its own. Then the archive: pages of 73 KB, gzipped, 20 at once, fsync on.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

WORKED = 20_000
BATCH = 500


def resident() -> float:
    """Resident memory, MB; NaN where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20 if statm.exists() else float("nan")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def bench_queue(count: int, hosts: int, folder: Path) -> None:
    from scraper.crawl.frontier import Frontier
    from scraper.crawl.work import Done
    from scraper.discover.found import Link
    from scraper.page import Archived

    chance = random.Random(1)
    before = resident()

    def links() -> Iterator[list[Link]]:
        for start in range(0, count, BATCH):
            yield [
                Link(
                    url=f"https://h{n % hosts}.example/read/{n}/banjir-rendam-tiga-desa-di-batanghari",
                    kind="article",
                    published=1.75e9 + chance.random() * 1e7,
                )
                for n in range(start, min(start + BATCH, count))
            ]

    path = folder / f"frontier-{count}.sqlite"
    with Frontier(path) as frontier:
        spent = 0.0
        for batch in links():
            started = time.process_time()
            frontier.add_many(batch)
            spent += time.process_time() - started
        frontier.commit()
        added = spent / count * 1e6
        done = claimed = 0
        claims: list[float] = []
        started = time.process_time()
        while done < min(WORKED, count // 2):
            begun = time.perf_counter()
            leases = frontier.claim(16, per_host=2)
            claims.append(time.perf_counter() - begun)
            for lease in leases:
                done += 1
                frontier.complete(
                    lease,
                    Done(
                        article=True, etag='"5f3a"', digest=bytes(16), sketch=chance.getrandbits(63), size=73_000,
                        payload="sha1:" + "A" * 32, archived=Archived(path="kabar.warc.gz", offset=done),
                    ),
                )  # fmt: skip
        frontier.commit()
        worked = (time.process_time() - started) / done * 1e6
        singles: list[float] = []
        for _ in range(min(2_000, count // 4)):
            begun = time.perf_counter()
            leases = frontier.claim(1, per_host=2)
            singles.append(time.perf_counter() - begun)
            claimed += len(leases)
            for lease in leases:
                frontier.complete(lease, Done())
        print(
            f"{count:>9,} URLs, {hosts} hosts: add {added:5.1f} µs, claim + complete {worked:5.1f} µs CPU a URL; "
            f"claim of 1: median {percentile(singles, 0.5) * 1e3:.3f}, 99% {percentile(singles, 0.99) * 1e3:.3f} ms; "
            f"of 16: median {percentile(claims, 0.5) * 1e3:.3f}, 99% {percentile(claims, 0.99) * 1e3:.3f} ms; "
            f"resident {resident():.0f} MB (start {before:.0f}); file {path.stat().st_size / 2**20:.0f} MB",
            flush=True,
        )
    begun = time.perf_counter()
    Frontier(path).close()
    print(f"{'':>9}  opened again in {(time.perf_counter() - begun) * 1e3:.0f} ms")


def bench_archive(pages: int, folder: Path) -> None:
    from scraper.crawl.archive import Archive, read_pages
    from scraper.http.exchange import Exchange, Fetched
    from scraper.page import Page

    words = [f"kata{n}" for n in range(4_000)]
    chance = random.Random(1)
    html = " ".join(chance.choice(words) for _ in range(10_500)).encode()[:73_000]

    def fetched(number: int, wire: bytes, coded: bool) -> Fetched:
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(wire)))]
        if coded:
            headers.append(("Content-Encoding", "gzip"))
        url = f"https://contoh.example/read/{number}/banjir"
        exchange = Exchange(
            url=url, request_headers=(("User-Agent", "kabar"),), http_version="HTTP/1.1", status=200, reason="OK",
            headers=tuple(headers), wire=wire, sent_at="2026-06-01T01:10:00Z",
        )  # fmt: skip
        return Fetched(page=Page(body=html, url=url, final_url=url), exchanges=(exchange,), seconds=0.1)

    async def write(archive: Archive, wire: bytes, coded: bool) -> None:
        for start in range(0, pages, 20):
            await asyncio.gather(*(archive.write(fetched(start + n, wire, coded)) for n in range(20)))

    for name, wire, coded in (("gzipped body", gzip.compress(html, 6), True), ("plain body", html, False)):
        place = folder / name.split()[0]
        with Archive(place) as archive:
            started = time.process_time()
            asyncio.run(write(archive, wire, coded))
            written = (time.process_time() - started) / pages * 1e3
        size = sum(path.stat().st_size for path in place.iterdir()) / pages
        started = time.process_time()
        count = sum(1 for path in place.iterdir() for _ in read_pages(path))
        read = (time.process_time() - started) / count * 1e3
        print(
            f"archive, {name} ({len(wire):,} bytes): {written:.2f} ms CPU a page, {size:,.0f} bytes; read {read:.2f} ms"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--urls", type=int, nargs="*", default=[2_000, 200_000, 1_000_000])
    parser.add_argument("--hosts", type=int, default=40)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        if len(options.urls) == 1 and options.pages == 0:
            bench_queue(options.urls[0], options.hosts, Path(name))
            return
        for count in options.urls:
            one = [sys.executable, __file__, "--urls", str(count), "--hosts", str(options.hosts), "--pages", "0"]
            subprocess.run(one + (["--folder", str(options.folder)] if options.folder else []), check=True)
        bench_archive(options.pages, Path(name))


if __name__ == "__main__":
    main()
