"""A dictionary of phrases, looked up word by word; the longest wins."""

from __future__ import annotations

from typing import Generic, TypeVar

from tagger.words import AMPERSAND, COMMA, DASH, DOT, SLASH, SPACE, Words, read_words

Value = TypeVar("Value")
_INSIDE = frozenset({SPACE, DASH, SLASH, COMMA, AMPERSAND, DOT})


class Phrases(Generic[Value]):
    """Phrases and what they stand for.

    A phrase matches whatever its case, but for two things: where it starts with a capital the text must too, and a
    short acronym must stand as it is written (`BIN` is not `bin`). A phrase in small letters matches in any case.
    """

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], Value]]] = {}

    def add(self, form: str, value: Value) -> None:
        """Adds a phrase; one added later comes before the same one added earlier."""
        words = read_words(form)
        if not len(words):
            return
        listed = self._by_first.setdefault(words.folded[0], [])
        listed[:] = [entry for entry in listed if entry[1] != words.forms]
        listed.insert(0, (words.folded, words.forms, value))
        listed.sort(key=lambda entry: -len(entry[0]))

    def firsts(self) -> frozenset[str]:
        """The folded words that a phrase can start with."""
        return frozenset(self._by_first)

    def match(self, words: Words, index: int) -> tuple[int, Value] | None:
        """The longest phrase that starts at a word, as (word after its end, value)."""
        listed = self._by_first.get(words.folded[index])
        if listed is None:
            return None
        for folded, forms, value in listed:
            last = index + len(folded)
            if (
                words.folded[index:last] == folded
                and all(words.joints[i] in _INSIDE for i in range(index + 1, last))
                and _case_fits(words.forms[index:last], forms)
            ):
                return last, value
        return None


def _case_fits(text: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return _word_fits(text[0], phrase[0]) and all(
        _word_fits(t, p) or not (p.isupper() and len(p) < 4) for t, p in zip(text[1:], phrase[1:], strict=True)
    )


def _word_fits(text: str, phrase: str) -> bool:
    return (
        text == phrase
        or text == phrase.upper()
        or phrase.islower()
        or (len(phrase) > 3 and text == phrase.capitalize())
    )
