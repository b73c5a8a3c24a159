"""Measures from which share of a press release an article counts as having run it.

    python tests/benchmarks/bench_proof.py [--texts 4000]

Made pairs: a release of 150 to 500 words and what a desk makes of it (whole, head changed; the first third; two
paragraphs among own ones; every seventh word changed), against strangers: articles of their own about the same
matter, which share its names and offices (each of 2 to 6 words, every fifteenth word on average) and one
quotation of 12 words. Where ../shared is, also the articles of its raw corpus against each other: strangers but for
those that took from one another.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import random
import statistics
import time
from collections import Counter, defaultdict
from pathlib import Path

from kabar.proof.overlap import Release, shingles, words

LETTERS = ("ba", "ca", "da", "ga", "ka", "la", "ma", "na", "pa", "ra", "sa", "ta", "wa", "bi", "di", "ki", "ri", "ku")
LEVELS = (0.05, 0.10, 0.15, 0.20, 0.30)
CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "raw" / "news.jsonl.xz"
PAIRS = 600


class Desk:
    """Makes texts: words by Zipf's law, names of one matter strewn in."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.vocabulary = [self.word() for _ in range(20_000)]
        self.weights = list(itertools.accumulate(1 / (n + 2) for n in range(20_000)))

    def word(self) -> str:
        return "".join(self.random.choices(LETTERS, k=self.random.randint(2, 4)))

    def names(self) -> list[list[str]]:
        return [[self.word() for _ in range(self.random.randint(2, 6))] for _ in range(8)]

    def sentence_words(self, count: int, names: list[list[str]]) -> list[str]:
        out: list[str] = []
        while len(out) < count:
            if names and self.random.random() < 1 / 15:
                out += self.random.choice(names)
            else:
                out += self.random.choices(self.vocabulary, cum_weights=self.weights)
        return out

    def release(self) -> tuple[list[list[str]], list[list[str]]]:
        """Names, and paragraphs of about 45 words."""
        names = self.names()
        return names, [self.sentence_words(45, names) for _ in range(self.random.randint(3, 11))]

    def uses(self, paragraphs: list[list[str]], names: list[list[str]]) -> dict[str, list[str]]:
        """What desks make of a release."""
        flat = [word for paragraph in paragraphs for word in paragraph]
        changed = [self.word() if n % 7 == 3 else word for n, word in enumerate(flat)]
        two = self.random.sample(paragraphs, 2)
        own = self.sentence_words(150, names)
        return {
            "whole, head changed": self.sentence_words(20, names) + flat[20:],
            "first third": flat[: max(len(flat) // 3, 1)],
            "two paragraphs, own ones": own[:75] + two[0] + own[75:] + two[1],
            "every seventh word changed": changed,
        }

    def stranger(self, paragraphs: list[list[str]], names: list[list[str]]) -> list[str]:
        quoted = self.random.choice(paragraphs)[:12]
        return self.sentence_words(self.random.randint(120, 280), names) + quoted


def made(seed: int) -> None:
    desk = Desk(seed)
    shares: dict[str, list[float]] = {}
    for _ in range(PAIRS):
        names, paragraphs = desk.release()
        release = Release("\n\n".join(" ".join(paragraph) for paragraph in paragraphs))
        for kind, text in {**desk.uses(paragraphs, names), "strangers": desk.stranger(paragraphs, names)}.items():
            shares.setdefault(kind, []).append(release.share(" ".join(text)))
    print(f"{'share of pairs at or over':28}" + "".join(f"{level:>8.0%}" for level in LEVELS) + "  median")
    for kind, found in shares.items():
        over = "".join(f"{sum(x >= level for x in found) / len(found):8.1%}" for level in LEVELS)
        print(f"{kind:28}{over}{statistics.median(found):8.1%}")


def real(file: Path, count: int) -> None:
    """Shares between articles of a corpus, nearly all of which are strangers."""
    if not file.exists():
        print(f"{file} is not here: no real pairs")
        return
    with lzma.open(file, "rt", encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    chosen = random.Random(1).sample([text for text in texts if len(text) > 800], count)
    sets = [shingles(words(text)) for text in chosen]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, found in enumerate(sets):
        for shingle in found:
            where[shingle].append(number)
    over: Counter[float] = Counter()
    for number, found in enumerate(sets):
        common = Counter(other for shingle in found for other in where[shingle] if other != number)
        over.update(level for shared in common.values() for level in LEVELS if shared / len(found) >= level)
    pairs = count * (count - 1)
    print(f"of {pairs:,} real pairs at or over: " + ", ".join(f"{level:.0%}: {over[level]}" for level in LEVELS))


def speed(seed: int) -> None:
    desk = Desk(seed)
    names, paragraphs = desk.release()
    release = Release("\n\n".join(" ".join(paragraph) for paragraph in paragraphs))
    texts = [" ".join(desk.sentence_words(220, names)) for _ in range(500)]
    began = time.process_time()
    for text in texts:
        release.share(text)
    print(f"{len(texts) / (time.process_time() - began):.0f} articles/s compared")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=4000, help="how many of the corpus are compared")
    args = parser.parse_args()
    made(1)
    speed(2)
    real(CORPUS, args.texts)


if __name__ == "__main__":
    main()
