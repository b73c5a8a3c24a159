"""NER beside spaCy's small CNN trained on the same data: strict F1 on the dev splits, words a second, size.

    pytest tests/benchmarks/bench_ner.py -s                 ours alone
    KABAR_CNN_STEPS=2500 pytest tests/benchmarks/bench_ner.py -s    the CNN too, trained first: minutes a corpus

Needs the corpora in ../shared.
"""

from __future__ import annotations

import json
import lzma
import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.training import Example

from tagger.evaluate import STYLES, Score, bio, ner_scores, read_sentences, strict
from tagger.model.decode import spans
from tagger.model.encoder import SHIPPED
from tagger.ner import ModelNer
from tagger.tokens import NewsTokenizer, mark_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language

SHARED = Path(__file__).resolve().parents[3] / "shared"
NER = SHARED / "corpora" / "ner"
NEWS = SHARED / "corpora" / "raw" / "news.jsonl.xz"
CNN_STEPS = int(os.environ.get("KABAR_CNN_STEPS", "0"))

# What is shipped must not fall below these on the dev splits.
FLOORS = {"idner": 0.915, "nerui": 0.915, "nergrit": 0.82}

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.timeout(0),
    pytest.mark.skipif(not NER.is_dir(), reason="the corpora (../shared) are not here"),
]


def line(name: str, style: str, scores: Mapping[str, Score]) -> str:
    return f"{name:<10} {style:<8} " + "  ".join(f"{kind} {score.f1:.3f}" for kind, score in scores.items())


@pytest.mark.parametrize("style", STYLES)
def test_f1_on_the_dev_split(style: str) -> None:
    scores = ner_scores(NER / style / "dev.tsv", style)
    print("\n" + line("kabar", style, scores))
    assert scores["all"].f1 >= FLOORS[style]


def docs(count: int) -> list[Doc]:
    """The first articles of the raw news, cut into tokens and sentences."""
    tokenizer = NewsTokenizer(spacy.blank("xx").vocab)
    with lzma.open(NEWS, "rt", encoding="utf-8") as lines:
        return [mark_sentences(tokenizer(json.loads(next(lines))["text"])) for _ in range(count)]


@pytest.mark.parametrize("threads", [1, 2])
def test_words_a_second(threads: int) -> None:
    component = ModelNer(threads=threads)
    texts = docs(120)
    component.annotate(texts[:2])
    begun, used = time.perf_counter(), time.process_time()
    for _ in component.pipe(texts):
        pass
    wall, cpu = time.perf_counter() - begun, time.process_time() - used
    words = sum(not token.is_space and not token.is_punct for doc in texts for token in doc)
    print(f"\nkabar_ner, {threads} threads: {words / wall:,.0f} words/s, {words / cpu:,.0f} a second of processor time")


def test_size() -> None:
    size = sum(file.stat().st_size for file in SHIPPED.iterdir() if file.suffix in {".onnx", ".json"})
    print(f"\nshipped weights: {size / 1e6:.1f} MB")
    assert size <= 25_000_000


@pytest.mark.skipif(not CNN_STEPS, reason="set KABAR_CNN_STEPS (2500) to train spaCy's CNN: minutes a corpus")
@pytest.mark.parametrize("style", STYLES)
def test_the_cnn_of_spacy_on_the_same_data(style: str) -> None:
    nlp = spacy.blank("xx")
    train = [example(nlp, sentence) for sentence in read_sentences(NER / style / "train.tsv")]
    nlp.add_pipe("ner")
    rng = random.Random(1)
    optimizer = nlp.initialize(lambda: train)
    for _ in range(CNN_STEPS):
        nlp.update(rng.sample(train, 32), drop=0.1, sgd=optimizer)
    pairs = []
    begun, words = time.perf_counter(), 0
    for sentence in read_sentences(NER / style / "dev.tsv"):
        doc = nlp.get_pipe("ner")(Doc(nlp.vocab, [word for word, _ in sentence]))
        words += len(doc)
        found = [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in doc]
        pairs.append((bio(tag for _, tag in sentence), found))
    speed = words / (time.perf_counter() - begun)
    print("\n" + line("spaCy CNN", style, strict(pairs)) + f"  {speed:,.0f} words/s")


def example(nlp: Language, sentence: list[tuple[str, str]]) -> Example:
    words = [word for word, _ in sentence]
    gold = Doc(nlp.vocab, words)
    gold.ents = [Span(gold, start, end, label=kind) for start, end, kind in spans(bio(tag for _, tag in sentence))]
    return Example(Doc(nlp.vocab, words), gold)
