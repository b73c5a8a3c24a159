"""Words into the pieces of a SentencePiece unigram vocabulary (Kudo 2018, arXiv:1804.10959), remembered word by word.

News repeats its words, so the best segmentation of a word is found once and kept. The tokenizer's own rules
(spaCy's at run time, a corpus' in training) decide what a word is; each word is segmented alone, with the mark of
a word's start before it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

START = "▁"
LONGEST_WORD = 40  # code points read of a word: longer ones are addresses and noise
MOST_PIECES = 8  # pieces kept of a word; names need six at most
UNKNOWN_COST = 10.0  # what an unknown character costs more than the rarest piece, as in SentencePiece


class Pieces:
    """A vocabulary of pieces with their log probabilities.

    Args:
        pieces: the text of each piece; its index is its id.
        scores: log probability of each piece.
        special: how many pieces at the head are marks (padding, start, ...), never found in text.
        unknown: id of the piece for what is not in the vocabulary.
        remember: number of words whose pieces are kept.
    """

    def __init__(
        self, pieces: Sequence[str], scores: Sequence[float], *, special: int, unknown: int, remember: int = 100_000
    ) -> None:
        known = range(special, len(pieces))
        self._ids = {pieces[i]: i for i in known}
        self._scores = {pieces[i]: scores[i] for i in known}
        self._longest = max(len(pieces[i]) for i in known)
        self._unknown = unknown
        self._unknown_score = min(scores[i] for i in known) - UNKNOWN_COST
        self.of: Callable[[str], tuple[int, ...]] = lru_cache(remember)(self._segment)

    def _segment(self, word: str) -> tuple[int, ...]:
        """Ids of the likeliest pieces of a word: at least one, at most `MOST_PIECES`."""
        text = START + "".join(unicodedata.normalize("NFKC", word[:LONGEST_WORD]).split())
        return tuple(self._ids.get(piece, self._unknown) for piece in self._best(text))[:MOST_PIECES]

    def _best(self, text: str) -> list[str]:
        """Viterbi over all ways to cut `text`; a character that no piece covers stands alone."""
        best = [0.0] + [float("-inf")] * len(text)
        cut = [0] * (len(text) + 1)
        for end in range(1, len(text) + 1):
            for start in range(max(0, end - self._longest), end):
                score = self._scores.get(text[start:end])
                if score is None:
                    if end - start > 1:
                        continue
                    score = self._unknown_score
                if best[start] + score > best[end]:
                    best[end], cut[end] = best[start] + score, start
        pieces = []
        end = len(text)
        while end:
            pieces.append(text[cut[end] : end])
            end = cut[end]
        return pieces[::-1]
