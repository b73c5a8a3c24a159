"""Which pieces of the big vocabulary Indonesian news uses, so that the embedding shrinks from 96M to 9M parameters."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagger.model.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORD = re.compile(r"\w+|[^\w\s]")
SPECIAL = 4  # <s> <pad> </s> <unk>
UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces kept: their ids in the big vocabulary, their text and scores. The four marks come first."""

    ids: tuple[int, ...]
    pieces: tuple[str, ...]
    scores: tuple[float, ...]

    def segmenter(self) -> Pieces:
        """Cuts words into these pieces."""
        return Pieces(self.pieces, self.scores, special=SPECIAL, unknown=UNKNOWN)


def raw_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Source and text of each article of `raw/news.jsonl.xz`."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["source"], f"{row['title']}\n\n{row['text']}" if row["title"] else row["text"]


def count_words(raw: Path) -> Counter[str]:
    """How often each word stands in the raw news."""
    counts: Counter[str] = Counter()
    for _, text in raw_texts(raw):
        counts.update(WORD.findall(text))
    return counts


def choose(words: Counter[str], pieces: list[str], scores: list[float], size: int) -> Vocabulary:
    """The `size` most used pieces, and every single character in use, so that little is unknown.

    Args:
        words: counts of words, from the raw news and the training corpora.
        pieces: the big vocabulary, its marks first and `<mask>` last.
        scores: its log probabilities.
        size: pieces to keep, marks included.
    """
    whole = Pieces(pieces[:-1], scores[:-1], special=SPECIAL, unknown=UNKNOWN)
    used: Counter[int] = Counter()
    for word, count in words.items():
        for piece in whole.of(word):
            used[piece] += count
    letters = Counter[str]()
    for word, count in words.items():
        for letter in word:
            letters[letter] += count
    common = {letter for letter, count in letters.items() if count >= 20}
    needed = {
        i
        for i, piece in enumerate(pieces[:-1])
        if i >= SPECIAL and len(piece.lstrip("▁")) <= 1 and piece.strip("▁") in common | {""}
    }
    ranked = [i for i, _ in used.most_common() if i >= SPECIAL and i not in needed]
    kept = [*range(SPECIAL), *sorted([*needed, *ranked[: size - SPECIAL - len(needed)]])]
    return Vocabulary(tuple(kept), tuple(pieces[i] for i in kept), tuple(scores[i] for i in kept))
