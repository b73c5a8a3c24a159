"""The whole tagger: words a second, start, memory, scores on the gold articles, and places beside id-location-ner.

    pytest tests/benchmarks/bench_tagger.py -s
    KABAR_PEER=PYTHON pytest tests/benchmarks/bench_tagger.py -s    id-location-ner too, from the Python that has it

Needs the gold articles in ../shared.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from scraper.article import Article
from tagger import load, tag_many
from tagger.gazetteer.regions import districts, regions

if TYPE_CHECKING:
    from spacy.language import Language

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
PEER = os.environ.get("KABAR_PEER", "")

# What the tagger must not fall below on the dev half, by rules alone.
FLOORS = {"cities": 0.95, "countries": 0.97}
WORDS_A_SECOND = 8_000  # by rules alone, on a shared machine
ROUNDS = 5

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.timeout(0),
    pytest.mark.skipif(not GOLD.is_dir(), reason="the gold articles (../shared) are not here"),
]

START = """
import re, time
from pathlib import Path
start = time.perf_counter()
from tagger import load, tag
tag("Bupati Tebo tiba.", load(rules_only={rules}))
peak = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(time.perf_counter() - start, int(peak[1]) / 1024)
"""


def gold() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / "dev.jsonl").read_text(encoding="utf-8").splitlines()]


def articles() -> list[Article]:
    return [Article(id=item["id"], title=item["title"], text=item["text"]) for item in gold()]


def words_a_second(nlp: Language) -> float:
    """The median over `ROUNDS`, after one round to warm up."""
    source = articles()
    count = sum(len(article.text.split()) for article in source)
    speeds = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        for _tagged in tag_many(source, nlp):
            pass
        speeds.append(count / (time.perf_counter() - start))
    return sorted(speeds[1:])[ROUNDS // 2]


@pytest.fixture(scope="module")
def rules() -> Language:
    return load(rules_only=True)


def test_scores_on_the_gold_articles(rules: Language, tmp_path: Path) -> None:
    tagged = tmp_path / "tagged.jsonl"
    tagged.write_bytes(b"".join(msgspec.json.encode(item) + b"\n" for item in tag_many(articles(), rules)))
    command = [sys.executable, str(GOLD / "score.py"), str(GOLD / "dev.jsonl"), str(tagged)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print("\n" + out)
    f1 = {line.split()[0]: float(line.split()[6]) for line in out.splitlines() if " F1 " in line}
    assert all(f1[kind] >= floor for kind, floor in FLOORS.items())


def test_words_a_second(rules: Language) -> None:
    by_rules, with_model = words_a_second(rules), words_a_second(load())
    print(f"\nwords a second: {by_rules:,.0f} by rules alone, {with_model:,.0f} with the model")
    assert by_rules > WORDS_A_SECOND


@pytest.mark.parametrize("rules_only", [True, False])
def test_start_and_memory(rules_only: bool) -> None:
    command = [sys.executable, "-c", START.format(rules=rules_only)]
    seconds, megabytes = map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    print(f"\nstart to first document {seconds:.2f} s, resident {megabytes:.0f} MB, rules only: {rules_only}")
    assert megabytes < 700


PEER_SCRIPT = """
import json, sys, time
from location_ner import LocationExtractor
start = time.perf_counter()
extractor = LocationExtractor.from_csv(sys.argv[1], max_level="city")
began = time.perf_counter()
words = 0
for line in open(sys.argv[2], encoding="utf-8"):
    article = json.loads(line)
    text = (article["title"] or "") + "\\n\\n" + article["text"]
    words += len(text.split())
    cities = {}
    for mention in extractor.extract(text):
        for candidate in mention.candidates[:1]:
            code = candidate.get("city_code") or candidate.get("province_code")
            entry = cities.setdefault(code, {"name": mention.matched_text, "code": code, "mentions": []})
            entry["mentions"].append(mention.matched_text)
    print(json.dumps({"id": article["id"], "cities": list(cities.values())}))
now = time.perf_counter()
print(f"start {began - start:.1f} s, {words / (now - began):,.0f} words a second", file=sys.stderr)
"""


@pytest.mark.skipif(not PEER, reason="KABAR_PEER does not name a Python with id-location-ner")
def test_places_beside_id_location_ner(tmp_path: Path) -> None:
    """Its first candidate a mention, down to the level that is scored, with our own names and codes as its list."""
    table = tmp_path / "regions.csv"
    levels = ("province", "city", "district", "subdistrict")
    lines = [",".join(f"{level}_code,{level}_name" for level in levels)]
    for code in (code for found in districts().values() for code in found):
        city, province = regions()[code[:5]], regions()[code[:2]]
        lines.append(f"{province.code},{province.short},{city.code},{city.name},{code},{code},{code}.1,{code}.1")
    table.write_text("\n".join(lines), encoding="utf-8")
    command = [PEER, "-c", PEER_SCRIPT, str(table), str(GOLD / "dev.jsonl")]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    tagged = tmp_path / "peer.jsonl"
    tagged.write_text(run.stdout, encoding="utf-8")
    command = [sys.executable, str(GOLD / "score.py"), str(GOLD / "dev.jsonl"), str(tagged)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(f"\nid-location-ner: {out.splitlines()[0]}; {run.stderr.strip().splitlines()[-1]}")
