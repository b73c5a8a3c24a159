"""Measures every page of the monitor over a store of made articles: processor time, time by the clock, and size.

    python tests/benchmarks/bench_pages.py [--articles 100000] [--keep FILE]

The articles are those of `bench_store.py`; with --keep its store is used again. Pages are asked in the process, without
a network, as times of a loopback are the machine's.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from bench_store import Maker, fill
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.store import open_store

MOST_MS = 200


def pages(maker: Maker) -> dict[str, str]:
    """What is asked: the heaviest of each kind, as the most frequent names come first."""
    common, usual = maker.words[0], maker.words[300]
    return {
        "overview": "/",
        "overview, 30 days": "/?days=30",
        "search, everything": "/search",
        "search, a frequent word": f"/search?q={common}",
        "search, a usual word": f"/search?q={usual}",
        "search, relevance": f"/search?q={usual}&order=relevance",
        "search, a prefix": f"/search?q={usual[:4]}*",
        "search, a province": "/search?q=kota:11",
        "search, page 500": "/search?q=&from=10000",
        "search, with a filter": f"/search?q={common}+kota:12",
        "article": f"/article/{99_000:016x}",
        "place, most frequent": "/place/11.01",
        "place, province": "/place/11",
        "official, most frequent": f"/official/{quote(maker.people[0].lower())}",
        "organization, most frequent": f"/organization/{quote(maker.bodies[0].lower())}",
        "country, most frequent": "/country/AA",
        "site": "/site/warta7.example",
        "places": "/places?days=30",
        "officials": "/officials?days=30",
        "organizations": "/organizations?days=30",
        "countries": "/countries",
        "sites": "/sites",
        "saved": "/saved",
        "corrections": "/corrections",
        "correct": "/place/11.01/correct",
    }


def report(path: Path, maker: Maker, times: int) -> None:
    client = TestClient(create_app(path), base_url="http://127.0.0.1")
    medians = []
    print(f"{'page':30} {'cpu ms':>8} {'clock ms':>9} {'KB':>5}")
    for name, address in pages(maker).items():
        clock, cpu = [], []
        for _ in range(times):
            began, worked = time.perf_counter(), time.process_time()
            answer = client.get(address)
            clock.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - worked) * 1000)
        medians.append(statistics.median(cpu))
        slow = f"  over {MOST_MS} ms" if medians[-1] > MOST_MS else ""
        status = "" if answer.status_code == 200 else f"  status {answer.status_code}"
        size = len(answer.content) // 1024
        print(f"{name:30} {medians[-1]:8.1f} {statistics.median(clock):9.1f} {size:5}{slow}{status}")
    print(
        f"processor time: median of all pages {statistics.median(medians):.1f} ms, slowest page {max(medians):.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="where the store is made, or stands from before")
    parser.add_argument("--times", type=int, default=7)
    args = parser.parse_args()
    maker = Maker()
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "store.db"
        if not path.exists():
            with open_store(path) as store:
                fill(store, maker, args.articles)
        report(path, maker, args.times)


if __name__ == "__main__":
    main()
