"""How much of one text stands in another.

Containment of word shingles (Broder, "On the resemblance and containment of documents", 1997): the share of the
release's runs of `SHINGLE` words that the article has too. Word order inside a run counts, case, punctuation and
apostrophes do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from kabar.store.fold import without_apostrophes

SHINGLE = 4
LEAST = 0.15
"""Least share of a release in an article that ran it; tests/benchmarks/bench_proof.py has the figures."""
LEAST_WORDS = 20
"""A release with fewer words is too short to be told from chance."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What an article has of a release.

    Attributes:
        share: of the release's shingles that stand in the article, 0 to 1.
        of_article: of the article's shingles that stand in the release, 0 to 1.
        longest: words of the longest run that both have.
        paragraphs: of the release, of which the article has more than half.
    """

    share: float
    of_article: float
    longest: int
    paragraphs: int


class Release:
    """A press release, ready to be compared with many articles."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words(text)
        self.paragraphs = [part for part in re.split(r"\n\s*\n", text) if words(part)]
        self._shingles = shingles(self.words)
        self._of_paragraphs = [shingles(words(part)) for part in self.paragraphs]

    def share(self, text: str) -> float:
        """The share of the release that stands in a text; quick."""
        return _share(self._shingles, shingles(words(text)))

    def overlap(self, text: str) -> Overlap:
        """All of the measures."""
        theirs = words(text)
        found = shingles(theirs)
        match = SequenceMatcher(None, self.words, theirs, autojunk=False).find_longest_match()
        return Overlap(
            share=_share(self._shingles, found),
            of_article=_share(found, self._shingles),
            longest=match.size,
            paragraphs=sum(_share(own, found) > 0.5 for own in self._of_paragraphs),
        )


def overlap(release: str, text: str) -> Overlap:
    """What a text has of a release.

    >>> release = "Pasar Angso Duo dibuka kembali pada Senin pagi."
    >>> overlap(release, "PASAR Angso Duo dibuka kembali, kata warga.").longest
    5
    """
    return Release(release).overlap(text)


def words(text: str) -> list[str]:
    """The words of a text, folded."""
    return re.findall(r"\w+", without_apostrophes(text).casefold())


def shingles(of: list[str]) -> frozenset[tuple[str, ...]]:
    """All runs of `SHINGLE` words; a text with fewer is one run."""
    if 0 < len(of) < SHINGLE:
        return frozenset((tuple(of),))
    return frozenset(zip(*(of[at:] for at in range(SHINGLE)), strict=False))


def _share(own: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    return len(own & other) / len(own) if own else 0.0
