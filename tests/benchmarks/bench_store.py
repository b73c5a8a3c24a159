"""Measures the store on made articles: putting them in, searching, facets, near-duplicates.

    python tests/benchmarks/bench_store.py [--articles 100000] [--keep FILE]

The articles are made up from syllables, with the frequencies of real text: words and names by Zipf's law, about 220
words, 12 tags and 2 quotes an article, 40 sites, one year, every eighth a changed copy of an earlier one.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from kabar.store import Store, open_store, parse
from kabar.store.sketch import similarity, sketch
from scraper.article import Site, Timestamp
from tagger.document import City, Country, Mention, Official, Organization, Quote, TaggedArticle, Tool

LETTERS = (
    "ba",
    "ca",
    "da",
    "ga",
    "ka",
    "la",
    "ma",
    "na",
    "pa",
    "ra",
    "sa",
    "ta",
    "wa",
    "bi",
    "di",
    "ki",
    "ri",
    "ku",
    "tu",
)
START = datetime(2025, 11, 1, tzinfo=UTC)
TOOL = Tool(version="0", gazetteer="made")


class Maker:
    """Makes articles, the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        self.words = self.names(20_000, 2, 4)
        self.cities = [f"Kota {name.title()}" for name in self.names(514, 2, 4)]
        self.people = [
            " ".join(pair).title() for pair in zip(self.names(5000, 2, 3), self.names(5000, 2, 4), strict=True)
        ]
        self.bodies = [f"Dinas {name.title()}" for name in self.names(8000, 2, 5)]
        self.countries = [
            (name.title(), chr(65 + n // 26) + chr(65 + n % 26)) for n, name in enumerate(self.names(60, 3, 4))
        ]
        self.weights = {len(x): list(accumulate(1 / (n + 2) for n in range(len(x)))) for x in self.lists()}
        self.recent: list[str] = []

    def lists(self) -> tuple[list[object], ...]:
        return self.words, self.cities, self.people, self.bodies, self.countries  # type: ignore[return-value]

    def names(self, count: int, least: int, most: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found["".join(self.random.choices(LETTERS, k=self.random.randint(least, most)))] = None
        return list(found)

    def some(self, names: list, count: int) -> list:  # type: ignore[type-arg]
        return self.random.choices(names, cum_weights=self.weights[len(names)], k=count)

    def text(self, names: list[str]) -> str:
        if self.recent and self.random.random() < 1 / 8:
            return copied(self.random.choice(self.recent), self.some(self.words, 60), self.random)
        words = self.some(self.words, self.random.randint(120, 280))
        for name in names:
            words.insert(self.random.randrange(len(words)), name)
        text = " ".join(words)
        self.recent = [*self.recent[-200:], text]
        return text

    def article(self, number: int, total: int) -> TaggedArticle:
        cities, people = self.some(self.cities, 3), self.some(self.people, 2)
        bodies, countries = self.some(self.bodies, 5), self.some(self.countries, 2)
        title = " ".join(self.some(self.words, 8)).capitalize()
        text = self.text([*cities, *people, *bodies, *(name for name, _ in countries)])
        time_ = START + timedelta(days=365) * (number / total)
        return TaggedArticle(
            id=f"{number:016x}",
            url=f"https://warta{number % 40}.example/{number}",
            title=title,
            text=text,
            kind="news",
            site=Site(domain=f"warta{number % 40}.example"),
            tool=TOOL,
            published=Timestamp(value=time_.isoformat(timespec="seconds"), precision="second"),
            cities=tuple(
                City(name=name, level="city", code=code(self.cities.index(name)), mentions=mentions(text, name))
                for name in dict.fromkeys(cities)
            ),
            officials=tuple(
                Official(name=name, office=f"Bupati {cities[0]}", mentions=mentions(text, name))
                for name in dict.fromkeys(people)
            ),
            organizations=tuple(
                Organization(name=name, mentions=mentions(text, name)) for name in dict.fromkeys(bodies)
            ),
            countries=tuple(
                Country(name=name, alpha2=alpha2, alpha3=alpha2 + "X", mentions=mentions(text, name))
                for name, alpha2 in dict.fromkeys(countries)
            ),
            quotes=tuple(
                Quote(text=text[:80], span=Mention(text=text[:80], start=0, end=80), speaker=name, official=index)
                for index, name in enumerate(dict.fromkeys(people))
            ),
        )

    def articles(self, total: int) -> Iterator[TaggedArticle]:
        return (self.article(number, total) for number in range(total))


def code(number: int) -> str:
    return f"{11 + number // 20}.{number % 20 + 1:02}"


def mentions(text: str, name: str) -> tuple[Mention, ...]:
    at = text.find(name)
    return (Mention(text=name, start=at, end=at + len(name)),) if at >= 0 else ()


def copied(text: str, others: list[str], chance: random.Random) -> str:
    """What another desk makes of a story: some words changed, the end cut, a paragraph of its own."""
    words = text.split()
    words = words[: len(words) - chance.randrange(len(words) // 4)]
    for _ in range(len(words) // 40):
        words[chance.randrange(len(words))] = chance.choice(others)
    return " ".join(words + others[: chance.randrange(40)])


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    """Median processor time, which does not depend on what else the machine does; SQLite works in this process."""
    spent = []
    for _ in range(times):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent) * 1000


def measure_threshold(maker: Maker) -> None:
    """Similarity of made pairs: of a story and its changed copy, and of two stories with the same frequent words."""
    chance = random.Random(5)
    copies, strangers = [], []
    for _ in range(2000):
        text, other = (" ".join(maker.some(maker.words, 220)) for _ in range(2))
        own = sketch(text)
        copies.append(similarity(own, sketch(copied(text, maker.some(maker.words, 60), chance))))
        strangers.append(similarity(own, sketch(other)))
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        kept, wrong = (sum(x >= least for x in pairs) / len(pairs) for pairs in (copies, strangers))
        print(f"threshold {least:.1f}: copies found {kept:6.1%}, strangers taken {wrong:6.2%}")


class Timed:
    """Passes articles on, and keeps the time that making them took out of the measure."""

    def __init__(self, articles: Iterator[TaggedArticle]) -> None:
        self.articles = articles
        self.making = 0.0

    def __iter__(self) -> Iterator[TaggedArticle]:
        while True:
            began = time.perf_counter()
            article = next(self.articles, None)
            self.making += time.perf_counter() - began
            if article is None:
                return
            yield article


def fill(store: Store, maker: Maker, count: int) -> None:
    timed = Timed(maker.articles(count))
    began, cpu = time.perf_counter(), time.process_time()
    store.add(timed)
    wall = time.perf_counter() - began - timed.making
    cpu = time.process_time() - cpu - timed.making
    print(f"put: {count / wall:.0f} articles/s by the clock, {count / cpu:.0f} by processor time")


def report(store: Store, maker: Maker) -> None:
    common, usual, rare = maker.words[0], maker.words[300], maker.words[15_000]
    city, person, body = maker.cities[20], maker.people[3], maker.bodies[10]
    queries = [
        "",
        common,
        usual,
        rare,
        f"{usual} {maker.words[301]}",
        f'"{common} {maker.words[1]}"',
        f"{usual[:4]}*",
        f'kota:"{city}"',
        "kota:12",
        f'{usual} kota:"{city}"',
        f'{common} kota:"{city}"',
        f'pejabat:"{person}"',
        f'lembaga:"{body}" sejak:2026-05',
        f"{usual} situs:warta7.example",
        "sejak:2026-09",
        f'kutipan:"{person}"',
        f"{usual} -{common}",
        f"{common} sejak:2026-10-20",
    ]
    pages, counts = [], []
    print(f"{'query':42} {'found':>8} {'page ms':>8} {'facets ms':>10}")
    for text in queries:
        query = parse(text)
        pages.append(milliseconds(lambda query=query: store.search(query)))
        counts.append(milliseconds(lambda query=query: store.facets(query), 3))
        print(f"{text:42} {store.search(query).total:8} {pages[-1]:8.1f} {counts[-1]:10.1f}")
    print(f"median: page {statistics.median(pages):.1f} ms, facets {statistics.median(counts):.1f} ms")
    print(f"relevance, {usual}: {milliseconds(lambda: store.search(parse(usual), order='relevance')):.1f} ms")
    print(f"day by day, all: {milliseconds(lambda: store.daily(parse(''))):.1f} ms")
    print(f"day by day, one city: {milliseconds(lambda: store.daily(parse(queries[7]))):.1f} ms")
    print("; ".join(f"{name}: {value}" for name, value in store.stats().items()))
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="where the store is made, or stands from before")
    args = parser.parse_args()
    maker = Maker()
    measure_threshold(maker)
    with tempfile.TemporaryDirectory() as folder:
        path = args.keep or Path(folder) / "store.db"
        made_before = path.exists()
        with open_store(path) as store:
            if not made_before:
                fill(store, maker, args.articles)
            report(store, maker)


if __name__ == "__main__":
    main()
