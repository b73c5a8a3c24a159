"""Acronyms that a text defines itself: "Badan Gizi Nasional (BGN)", "ICLEI (International Council for ...)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagger.words import AMPERSAND, CLOSE, COMMA, OPEN, SLASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagger.words import Words

_LINKS = frozenset({"dan", "atau", "untuk", "of", "the", "and", "for", "on", "in", "di", "ke", "serta", "yang", "de"})
_LONGEST = 14
_REPEATED = re.compile(r"([A-Z])([2-4])")  # P3A: pemberdayaan perempuan, perlindungan anak
_HEADS = frozenset({"kepala", "ketua", "direktur", "sekretaris", "komandan"})


@dataclass(frozen=True, slots=True)
class Definition:
    """A name in words `first` up to `last`, and the word that abbreviates it."""

    first: int
    last: int
    acronym: int


def definitions(words: Words) -> Iterator[Definition]:
    """The definitions of a text, in both orders, whose letters agree."""
    for at in _opened(words):
        found = _after_name(words, at) or _before_name(words, at)
        if found:
            yield found


def _opened(words: Words) -> list[int]:
    """The words after an opening bracket, but for the text's first."""
    return [at for at, joint in enumerate(words.joints) if joint == OPEN and at]


def spelt_out(words: Words) -> Iterator[Definition]:
    """The words in small letters whose initials an acronym right after them has, "pemulihan ekonomi nasional (PEN)" or
    "purchasing manager index/PMI".
    """
    for at, joint in enumerate(words.joints):
        if joint not in (OPEN, SLASH) or (joint == OPEN and words.joint(at + 1)[:1] != CLOSE):
            continue
        form = words.forms[at]
        if not form.isupper():
            continue
        first, left = at, len(form)
        while left and first and (first == at or words.joints[first] == SPACE):
            first -= 1
            if words.folded[first] in _LINKS:
                continue
            if words.folded[first][0] != form[left - 1].lower():
                break
            left -= 1
        if left:
            first = _compound(words, at)
        if len(form) > len("AS") and first < at and not words.forms[first][0].isupper():
            yield Definition(first, at, at)


def _compound(words: Words, at: int) -> int:
    """Where the words in small letters begin whose letters an acronym has, one or more for each word, "perjanjian
    kerjasama (PKS)"; `at` itself where there are none.
    """
    letters, first = words.forms[at].lower(), at - 1
    while at - first < len(letters) and first > 0 and words.joints[first] == SPACE and words.forms[first].islower():
        if first < at - 1 and words.folded[first][0] == letters[0]:
            break
        first -= 1
    inside = words.folded[first:at]
    small = first < at - 1 and all(form.islower() for form in words.forms[first:at])
    initials = [word[0] for word in inside]
    fits = small and inside[0][0] == letters[0] and _subsequence(initials, letters)
    return first if fits and _subsequence(letters, "".join(inside)) else at


def _after_name(words: Words, at: int) -> Definition | None:
    """Full Name (ACR)."""
    if words.joint(at + 1)[:1] not in (CLOSE, "\n") or not _acronym_like(words.forms[at]):
        return None
    best = None
    for first in range(at - 1, max(-1, at - 1 - _LONGEST), -1):
        if first < at - 1 and words.joints[first + 1] not in (SPACE, COMMA, SLASH, AMPERSAND):
            break
        if best and words.folded[first] in _HEADS:  # "Kepala Kejaksaan Negeri (Kejari)"
            break
        if words.forms[first][0].isupper() and abbreviates(words.forms[at], words.forms[first:at]):
            best = Definition(first, at, at)
    return best


def _before_name(words: Words, at: int) -> Definition | None:
    """ACR (Full Name), the acronym of one word or two ("UCLG ASPAC")."""
    if not _acronym_like(words.forms[at - 1]):
        return None
    last = at + 1
    while last < len(words) and last - at < _LONGEST and words.joints[last] in (SPACE, COMMA, SLASH, AMPERSAND):
        last += 1
    if words.joint(last)[:1] not in (CLOSE, "\n") or last - at < 2:
        return None
    return Definition(at, last, at - 1) if abbreviates(words.forms[at - 1], words.forms[at:last]) else None


def _acronym_like(form: str) -> bool:
    capitals = sum(sign.isupper() for sign in form)
    return 2 <= len(form) <= 16 and form[0].isupper() and (capitals > 1 or len(form) > 3)


def abbreviates(acronym: str, name: Sequence[str]) -> bool:
    """Whether an acronym may stand for a name.

    Its letters occur in the name in their order, the first of each first; an acronym in capitals takes initials of at
    least two thirds of the name's words, one with small letters (Kemendag, Dishub) is made of pieces.

    >>> abbreviates("BGN", ["Badan", "Gizi", "Nasional"]), abbreviates("Kemendag", ["Kementerian", "Perdagangan"])
    (True, True)
    >>> abbreviates("TP2DD", ["Tim", "Percepatan", "dan", "Perluasan", "Digitalisasi", "Daerah"])
    True
    >>> abbreviates("Jokowi", ["Gubernur", "Jakarta"])
    False
    """
    spelt = _REPEATED.sub(lambda match: match[1] * int(match[2]), acronym)
    letters = [sign.lower() for sign in spelt if sign.isalnum()]
    significant = [
        word for at, word in enumerate(name) if at == 0 or word.lower() not in _LINKS
    ]  # "On the Job Training"
    if len(significant) < 2 or not letters or significant[0][0].lower() != letters[0]:
        return False
    if not _subsequence(letters, "".join(name).lower()):
        return False
    if not acronym.isupper():
        return len(letters) >= len(significant)
    initials = [part[0].lower() for word in significant for part in word.split("-") if part]
    return _common_length(letters, initials) * 3 >= 2 * max(len(initials), min(len(letters), 4))


def _subsequence(letters: Sequence[str], text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _common_length(left: Sequence[str], right: Sequence[str]) -> int:
    """Length of the longest common subsequence; both are short."""
    row = [0] * (len(right) + 1)
    for a in left:
        previous = 0
        for i, b in enumerate(right, start=1):
            previous, row[i] = row[i], previous + 1 if a == b else max(row[i], row[i - 1])
    return row[-1]
