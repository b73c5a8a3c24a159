"""Measures the read API, the feeds and the pages over a store of made articles, through the whole application.

    python tests/benchmarks/bench_monitor.py STORE [--times 15]

`python tests/benchmarks/bench_store.py --articles 100000 --keep STORE` makes the store. Addresses take turns, so that
none profits from the one before. Milliseconds of processor time, which other work on the machine does not lengthen, and
by the clock.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.store import open_store
from kabar.store.query import Query

TARGETS = {"articles": 20.0, "facets": 50.0}
"""Medians that are to be kept, by the last part of the address."""


def addresses(store: Path) -> list[str]:
    """What is asked: searches by frequent and rare words and by filters, and all of the rest."""
    with open_store(store) as opened:
        hit = opened.search(Query(), limit=1).hits[0]
        article = opened.get(hit.id)
        assert article is not None
        city, person, words = article.cities[0], article.officials[0], article.text.split()
    common, rare = min(words, key=len), max(words, key=len)
    queries = (
        "", common, rare, f"{common} {rare}", f"{common[:3]}*", f"kota:{city.code}", f"kota:{(city.code or '11')[:2]}",
        f'{common} kota:{city.code}', f'pejabat:"{person.name}"', f"situs:{article.site.domain} -{common}",
        f"{common} sejak:2026-09",
    )  # fmt: skip
    return [
        *(f"/api/v1/{name}?q={query}" for name in ("articles", "facets", "clusters", "timeline") for query in queries),
        *(f"/api/v1/articles/{hit.id}{tail}" for tail in ("", "/versions", "/story")),
        *(f"/api/v1/{name}" for name in ("cities", "officials", "organizations", "countries", "sites", "health")),
        "/api/v1/corrections", "/feed.atom?q=" + common, "/feed.json", "/metrics", "/", "/search?q=" + common, "/sites",
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--times", type=int, default=15)
    args = parser.parse_args()
    client = TestClient(create_app(args.store), base_url="http://127.0.0.1")
    spent: dict[str, list[tuple[float, float]]] = {address: [] for address in addresses(args.store)}
    for _ in range(args.times + 1):
        for address, times in spent.items():
            processor, clock = time.process_time(), time.perf_counter()
            answer = client.get(address)
            times.append(((time.process_time() - processor) * 1000, (time.perf_counter() - clock) * 1000))
            assert answer.status_code == 200, (address, answer.text)
    print(f"{'address':50} {'p50':>8} {'p95':>8} {'clock p50':>10} {'clock p95':>10}")
    medians: dict[str, list[float]] = {}
    for address, times in spent.items():
        processor, clock = (sorted(kind) for kind in zip(*times[1:], strict=True))  # the first fills the disk's cache
        high = int(len(clock) * 0.95)
        medians.setdefault(address.partition("?")[0].rsplit("/")[-1], []).append(statistics.median(processor))
        print(
            f"{address:50} {statistics.median(processor):8.1f} {processor[high]:8.1f} "
            f"{statistics.median(clock):10.1f} {clock[high]:10.1f}"
        )
    for name, target in TARGETS.items():
        print(f"{name}: median {statistics.median(medians[name]):.1f} ms, to be under {target:.0f} ms")


if __name__ == "__main__":
    main()
