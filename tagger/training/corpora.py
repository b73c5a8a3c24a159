"""Readers of the NER corpora: `token TAB tag`, a blank line between sentences; every file into BIO of one kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagger.evaluate import bio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

STYLES = ("idner", "nerui", "nergrit", "mdee", "nerp")
TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
NERP_TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-IND", "I-IND", "B-EVT", "I-EVT", "B-FNB", "I-FNB")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with what is known of them.

    Attributes:
        words: the tokens.
        tags: a BIO tag a word, or none at all where the text is raw.
        style: the corpus whose conventions the tags follow; empty where the text is raw.
        soft: a teacher's log probabilities, (words, tags of all heads), once it has read the sentence.
    """

    words: tuple[str, ...]
    tags: tuple[str, ...] = ()
    style: str = ""
    soft: NDArray[np.float16] | None = None


def tags_of(style: str) -> tuple[str, ...]:
    """The tags of a corpus, in the order of its head's outputs."""
    return NERP_TAGS if style == "nerp" else TAGS


def blocks(lines: Iterable[str]) -> Iterator[list[tuple[str, str]]]:
    """Sentences as lists of (token, tag); a line without a tab, or with an empty tag, counts as O."""
    block: list[tuple[str, str]] = []
    for line in lines:
        if line.strip():
            word, _, tag = line.rstrip("\n").rpartition("\t")
            block.append((word.strip(), tag.strip() or "O"))
        elif block:
            yield block
            block = []
    if block:
        yield block


def read(path: Path, style: str) -> list[Sentence]:
    """All sentences of one file, with tags in BIO and types under our names."""
    with path.open(encoding="utf-8") as lines:
        return [sentence(block, style) for block in blocks(lines)]


def sentence(block: list[tuple[str, str]], style: str) -> Sentence:
    """One sentence; a word with a blank inside ("sementara itu") stays one word, an empty one is dropped."""
    kept = [(word, tag) for word, tag in block if word]
    return Sentence(tuple(word for word, _ in kept), tuple(bio([tag for _, tag in kept])), style)
