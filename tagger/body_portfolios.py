"""Reads a portfolio, the words of government after a head: "Perumahan dan Kawasan Permukiman"."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from tagger.heads import heads, titles, vocabulary
from tagger.words import AMPERSAND, CLOSE, COMMA, DOT, SLASH, SPACE

if TYPE_CHECKING:
    from tagger.word_places import WordPlaces
    from tagger.words import Words


_DERIVED = re.compile(
    r"(?:ke|pe)[a-z]{4,}an|[a-z]{4,}isasi|[a-z]{5,}itas"
)  # of what portfolios are made: kemaritiman, digitalisasi
_CLASSES = frozenset({("kelas",), ("klas",)})
_CLASS = re.compile(r"[IVX\d]+[ABC]?|Khusus|Utama")
_SHORT_PORTFOLIO = re.compile(r"[A-Z]+(?:\d[A-Z]+)*")  # PUPR, P3AP2KB
PORTFOLIO_LINKS = frozenset({"dan", "serta"})
_NO_PORTFOLIO = frozenset({"ri", "ii", "iii", "iv", "vi", "vii", "dki", "uu", "ruu"})
_STREETS = frozenset({"jalan", "jl", "jln"})
_MAX_PORTFOLIO = 16
_LONG = 7  # letters of a word that is told by all but one of them


def read_portfolio(words: Words, places: WordPlaces, end: int) -> int:
    """Where a portfolio that starts at a word ends; `end` itself where none does.

    Words of government after the head, joined by blanks, dan, strokes, and commas of an enumeration that ends in dan.
    """
    last, at, vocab = end, end, vocabulary()
    while at < len(words) and at - end < _MAX_PORTFOLIO:
        joint, form, folded = words.joints[at], words.forms[at], words.folded[at]
        if past_class(words, at) > at or is_street(words, at):
            break
        if joint not in ((SPACE, CLOSE) if at == end else (SPACE, SLASH, AMPERSAND, COMMA)):
            break
        if folded in PORTFOLIO_LINKS and joint in (SPACE, COMMA):
            at += 1
            continue
        if joint == COMMA and not _enumerates(words, at):
            break
        fits = _is_portfolio_word(form, folded, vocab, first=at == end) or (
            at > end and form[0].isupper() and _between(words, at)
        )
        if not fits or (folded not in vocab and (places.starts(at) or (at > end and heads().match(words, at)))):
            break
        at += 1
        last = at
    return last


@lru_cache(maxsize=1024)
def _misspelt(folded: str) -> bool:
    """Whether a long word is one sign away from a word of government: "kontruksi", "perdangangan"."""
    size = len(folded)
    return size >= _LONG and any(
        word[0] == folded[0] and abs(len(word) - size) <= 1 and _one_edit(word, folded)
        for word in vocabulary()
        if len(word) >= _LONG
    )


def _one_edit(left: str, right: str) -> bool:
    """Whether one sign more, less or other, or two changed over, makes one word of the other."""
    begin = _same(left, right)
    left, right = left[begin:], right[begin:]
    end = _same(left[::-1], right[::-1])
    left, right = left[: len(left) - end], right[: len(right) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == len(right) == 2 and left == right[::-1])


def _same(left: str, right: str) -> int:
    """How many signs two words have alike from their begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _between(words: Words, at: int) -> bool:
    """Whether an unknown word stands inside a portfolio ("Informasi Gempabumi dan Peringatan"): dan and a known word
    follow it.
    """
    return (
        at + 2 < len(words)
        and words.folded[at + 1] in PORTFOLIO_LINKS
        and words.joints[at + 1] == SPACE
        and words.folded[at + 2] in vocabulary()
        and words.forms[at + 2][0].isupper()
        and heads().match(words, at + 2) is None
    )


def _is_portfolio_word(form: str, folded: str, vocab: frozenset[str], *, first: bool) -> bool:
    if folded in vocab or _DERIVED.fullmatch(folded):
        return form[0].isupper() or (first and folded in vocab and folded != "dalam")  # "PLN dalam siaran persnya"
    if form[0].isupper() and _misspelt(folded):
        return True
    return (
        form.isupper()
        and 2 <= len(form) <= 8
        and _SHORT_PORTFOLIO.fullmatch(form) is not None
        and folded not in _NO_PORTFOLIO
        and form not in titles()
    )


def _enumerates(words: Words, at: int) -> bool:
    """Whether the comma before a word stands in an enumeration of government words: a dan follows soon, only such
    words before it.
    """
    vocab = vocabulary()
    for i in range(at, min(at + 7, len(words))):
        if words.joint(i) == AMPERSAND and i > at:
            return words.folded[i] in vocab
        if words.folded[i] in PORTFOLIO_LINKS:
            return i > at or (i + 1 < len(words) and words.folded[i + 1] in vocab)
        if (
            not (words.folded[i] in vocab or _DERIVED.fullmatch(words.folded[i]))
            or not words.forms[i][0].isupper()
            or words.joint(i) not in (SPACE, COMMA)
        ):
            return False
    return False


def is_street(words: Words, at: int) -> bool:
    """Whether an address begins at a word, "Jalan Kenanga", and not "Jalan Nasional"."""
    if words.folded[at] not in _STREETS or words.joint(at + 1) not in (SPACE, DOT) or at + 1 >= len(words):
        return False
    return words.forms[at + 1][0].isupper() and words.folded[at + 1] not in vocabulary()


def past_class(words: Words, at: int) -> int:
    """Where the class of an office ends that starts at a word, "Kelas IIB"; the word itself where none does."""
    if words.folded[at : at + 1] not in _CLASSES or words.joint(at) not in (SPACE, CLOSE):
        return at
    if words.joint(at + 1) != SPACE or not _CLASS.fullmatch(words.forms[at + 1]):
        return at
    lettered = words.joint(at + 2) == SPACE and at + 2 < len(words) and words.forms[at + 2] in ("A", "B", "C")
    return at + 3 if lettered else at + 2
