"""Raw news as the tagger will read it: its own tokens and sentences, joined into windows."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tagger.tokens import sentence_starts, split
from tagger.training.corpora import Sentence
from tagger.training.vocabulary import raw_texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tagger.model.pieces import Pieces


def sentences(text: str) -> Iterator[list[str]]:
    """Words of each sentence, white space left out."""
    words, spaces = split(text)
    starts = sentence_starts(words, spaces)
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        kept = [word for word in words[start:end] if not word.isspace()]
        if kept:
            yield kept


def windows(text: str, pieces: Pieces, most: int) -> Iterator[tuple[str, ...]]:
    """Neighbouring sentences joined up to `most` pieces; a sentence without a capital letter is passed over."""
    window: list[str] = []
    size = 0
    for sentence in sentences(text):
        if all(word == word.lower() for word in sentence):
            continue
        length = sum(len(pieces.of(word)) for word in sentence)
        if window and size + length > most:
            yield tuple(window)
            window, size = [], 0
        window.extend(sentence)
        size += length
    if window:
        yield tuple(window)


def sample(path: Path, shares: Mapping[str, float], pieces: Pieces, most: int, seed: int) -> list[Sentence]:
    """Windows of that share of each source's articles; `shares["other"]` is for sources not named."""
    rng = random.Random(seed)  # noqa: S311
    out: list[Sentence] = []
    for source, text in raw_texts(path):
        if rng.random() < shares.get(source, shares["other"]):
            out.extend(Sentence(words) for words in windows(text, pieces, most))
    return out
