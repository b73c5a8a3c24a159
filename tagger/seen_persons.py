"""The persons whom the model sees in a text, by their words."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.words import Words

_MOST = 200  # persons of a text, among whom a part of a name is looked up


class SeenPersons:
    """Where the model sees persons.

    Args:
        words: the text.
        persons: first word and word after of each; none inside another.
        title_words: how many of the words are the title's.
    """

    def __init__(self, words: Words, persons: Iterable[tuple[int, int]], title_words: int) -> None:
        self._words = words
        self._title = title_words
        self._persons = dict(persons)
        self._inside = {index: first for first, last in self._persons.items() for index in range(first, last)}

    def __len__(self) -> int:
        return len(self._persons)

    def __contains__(self, first: int) -> bool:
        """Whether a person starts at a word."""
        return first in self._persons

    def start(self, at: int) -> int | None:
        """Where the person begins to whom a word belongs, or None."""
        return self._inside.get(at)

    def end(self, at: int) -> int:
        """Where the person ends to whom a word belongs; the word itself where it is nobody's."""
        return self._persons[self._inside[at]] if at in self._inside else at

    def ends_before(self, index: int) -> bool:
        """Whether a person ends right before a word."""
        return self.end(index - 1) == index

    def between(self, lowest: int, before: int) -> list[tuple[int, int]]:
        """The persons between two words of the text, the last first: (first word, word after)."""
        found = (self._inside[at] for at in range(before - 1, max(lowest, self._title) - 1, -1) if at in self._inside)
        return [(first, self._persons[first]) for first in dict.fromkeys(found)]

    def fullest(self, first: int, last: int) -> int:
        """The word after the longest name that the text has given until then to the person of these words."""
        parts = set(self._words.folded[first:last])
        known = [at for at in islice(self._persons, _MOST) if self._title <= at <= first]
        same = [at for at in known if parts <= set(self._words.folded[at : self._persons[at]])] or [first]
        return self._persons[max(same, key=lambda at: (self._persons[at] - at, -at))]

    def singles(self) -> list[int]:
        """Words that are a whole name each."""
        return [first for first, last in self._persons.items() if last == first + 1]

    def joins(self, at: int) -> bool:
        """Whether a word and the one after it are of one name ("Hakim" + "Ziyech")."""
        return at in self._inside and self._inside.get(at + 1) == self._inside[at]
