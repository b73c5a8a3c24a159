"""What the place rules read: the words of a `Doc` without its white space, with where lines and sentences begin."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tagger.gazetteer.regions import regions

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOSTLY = 0.7
_JOIN = re.compile("[a-z](?=[A-Z][a-z])")  # where one word may be glued to the next
_NEVER = sys.maxsize


@dataclass(frozen=True, slots=True)
class View:
    """Words of a document.

    Attributes:
        words, folded: as they stand, and in lower case.
        starts, ends: code points in `doc.text`.
        breaks: whether a line's end stands before the word.
        firsts: whether the word begins a sentence.
        title: how many words belong to the title.
        shouted: whether the word stands in a line written mostly in capitals.
        hushed: the whole document has hardly any capitals.
    """

    words: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[bool]
    firsts: list[bool]
    title: int
    shouted: list[bool]
    hushed: bool

    def __len__(self) -> int:
        return len(self.words)

    def capital(self, at: int) -> bool:
        """Whether the word begins with a capital letter."""
        return self.words[at][0].isupper()


def read(doc: Doc) -> View:
    """The view of a document; one pass."""
    words: list[str] = []
    starts: list[int] = []
    breaks: list[bool] = []
    firsts: list[bool] = []
    newline, first = True, False
    joins = (match.start() for match in _JOIN.finditer(doc.text))
    join, glued = next(joins, _NEVER), False
    for token in doc:
        text = token.text
        first = first or token.is_sent_start is True
        if text.isspace():
            newline = newline or "\n" in text
            continue
        if glued and not newline and (second := _second(text)) and (cut := _glued(words[-1], second)):
            words[-1:] = [words[-1][:cut], words[-1][cut:]]
            starts.append(starts[-1] + cut)
            breaks.append(True)
            firsts.append(True)
        words.append(text)
        starts.append(token.idx)
        breaks.append(newline)
        firsts.append(first)
        newline = first = False
        glued = join < token.idx + len(text)
        if not glued:
            continue
        while join < token.idx + len(text):
            join = next(joins, _NEVER)
        if len(words) > 1 and (cut := _run_on(words[-2], text)):
            words[-1:] = [text[:cut], text[cut:]]
            starts.append(token.idx + cut)
            breaks.append(True)
            firsts.append(True)
    title_end = doc._.title_length
    return View(
        words=words,
        folded=[word.lower() for word in words],
        starts=starts,
        ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
        breaks=breaks,
        firsts=firsts,
        title=sum(1 for start in starts if start < title_end) if title_end else 0,
        shouted=_shouted(words, breaks),
        hushed=_hushed(words),
    )


@cache
def _pairs() -> dict[str, frozenset[str]]:
    """The second words of regions' names, each with the first words it may follow ("Utara": "Jakarta" ...)."""
    pairs: dict[str, set[str]] = {}
    for region in regions().values():
        first, _, rest = region.short.partition(" ")
        if rest:
            pairs.setdefault(rest.split()[0], set()).add(first)
    return {second: frozenset(first) for second, first in pairs.items()}


def _second(word: str) -> str:
    """The second word of a region's name that a word is, or begins with before another capital; "" if it is none."""
    if word in _pairs() or word.istitle() or not word[0].isupper() or word.isupper():
        return word if word in _pairs() else ""
    return max((second for second in _pairs() if _begins_with(word, second)), key=len, default="")


def _begins_with(word: str, name: str) -> bool:
    return word.startswith(name) and word[len(name) : len(name) + 1].isupper()


def _run_on(first: str, word: str) -> int:
    """Where the next sentence is glued to the second word of a region's name, "Jakarta" before "BaratPagi"; else 0."""
    second = _second(word)
    return len(second) if second and second != word and first in _pairs()[second] else 0


def _glued(word: str, second: str) -> int:
    """Where the begin of a region's name is glued to the end of a word, "KalibataJakarta" before "Utara"; else 0."""
    longest = max((len(first) for first in _pairs()[second] if _ends_in(word, first)), default=0)
    return len(word) - longest if longest else 0


def _ends_in(word: str, name: str) -> bool:
    return len(word) > len(name) + 1 and word.endswith(name) and word[-len(name) - 1].islower()


def _shouted(words: list[str], breaks: list[bool]) -> list[bool]:
    """Per word: whether its line is mostly capitals; the capitals then tell nothing."""
    out: list[bool] = []
    at = 0
    while at < len(words):
        end = at + 1
        while end < len(words) and not breaks[end]:
            end += 1
        letters = [word for word in words[at:end] if word.isalpha() and len(word) > 1]
        loud = len(letters) > 2 and sum(map(str.isupper, letters)) > MOSTLY * len(letters)
        out.extend([loud] * (end - at))
        at = end
    return out


def _hushed(words: list[str]) -> bool:
    letters = [word for word in words if word.isalpha()]
    return len(letters) > 5 and not sum(1 for word in letters if word[0].isupper()) > 0.02 * len(letters)
