"""A flat view of a text: its words, their offsets, and what stands between them.

The rules for bodies, offices and persons read this view and not the pipeline's tokens, so that they work alike under
any tokenizer. Offsets are code points, half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

# A hyphen joins ("anak-anak", "TP-PKK", "ke-6"), but not two names ("Prabowo-Gibran").
_WORD = re.compile(
    r"[^\W_]+(?:['’‘`´][^\W_]+|-(?![A-Z]|(?:nya|lah|kah|pun)\b)[^\W_]+|(?<=[A-Z0-9])(?!(?<=[A-Z]{5})-[A-Z][a-z]{3})-(?!(?:nya|lah|kah|pun)\b)[^\W_]+)*"
)
_GLUED = re.compile(r"[a-z]{2}(?=[A-Z][a-z]{2})")
_LONGEST_GLUED = 40  # letters
_LEAST_NAME, _LEAST_VERB, _LONGEST_VERB = 3, 7, 16  # letters of a name and of the verb of speech glued to it
_NUMBER_GLUED = re.compile(r"\d{2,}(?=[A-Z][^\W\d_]{2})")
_BLANK = re.compile(r"[^\S\n\r]+|[​-‏⁠﻿]")

SPACE, COMMA, OPEN, SLASH, DASH, DOT, AMPERSAND, BREAK = " ", ",", "(", "/", "-", ".", "&", "\n"
CLOSE, CLOSE_COMMA, CLOSE_BREAK = ")", "),", ")\n"
_JOINTS = {
    "": BREAK, ",": COMMA, ".,": COMMA, "(": OPEN, ",(": OPEN, ")": CLOSE, "),": CLOSE_COMMA, "/": SLASH, "-": DASH,
    "–": DASH, "—": DASH, ".": DOT, "&": AMPERSAND,
}  # fmt: skip


@lru_cache(maxsize=4096)
def joint_of(gap: str) -> str:
    """Classes what stands between two words: blanks are dropped, a line's end is a `BREAK`.

    >>> joint_of(" "), joint_of(" , "), joint_of(" ("), joint_of('," ')
    (' ', ',', '(', '\\n')
    """
    bare = _BLANK.sub("", gap)
    if not bare:
        return SPACE if gap else BREAK
    return _JOINTS.get(bare) or (CLOSE_BREAK if bare[0] == CLOSE else BREAK)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text.

    Attributes:
        text: the text itself.
        forms: the words as they stand.
        folded: the same in lower case.
        starts, ends: offsets of each word.
        joints: joints[i] tells what stands before word i (`BREAK` for the first).
    """

    text: str
    forms: tuple[str, ...]
    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    joints: tuple[str, ...]
    at: dict[int, int] = field(repr=False)

    def __len__(self) -> int:
        return len(self.forms)

    def joint(self, index: int) -> str:
        """What stands before a word; a `BREAK` past either end."""
        return self.joints[index] if 0 <= index < len(self.joints) else BREAK

    def before(self, offset: int) -> int:
        """How many words start before a code point."""
        return bisect_left(self.starts, offset)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The words from one that starts at code point `start` to the last that ends by `end`; None where none
        starts there.
        """
        first = self.at.get(start)
        if first is None:
            return None
        last = first + 1
        while last < len(self.ends) and self.ends[last] <= end:
            last += 1
        return first, last

    def slice(self, first: int, last: int) -> str:
        """The text from word `first` up to, not including, word `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def read_words(text: str, heads: frozenset[str] = frozenset(), verbs: frozenset[str] = frozenset()) -> Words:
    """Splits a text into words.

    Args:
        text: any text; one pass, linear in its length.
        heads: folded words, or two with a blank, that start a new word even when glued to the one before ("JugaKepala
            Dinas").
        verbs: folded verbs of speech, that start a new word even when glued to a name ("Salehmengatakan").
    """
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if cut := _cut(match, heads, verbs):
            spans.append((start, start + cut))
            start += cut
        spans.append((start, end))
    forms = [text[start:end] for start, end in spans]
    joints = [BREAK, *(joint_of(text[left[1] : right[0]]) for left, right in pairwise(spans))]
    return Words(
        text=text,
        forms=tuple(forms),
        folded=tuple(form.lower() for form in forms),
        starts=tuple(start for start, _ in spans),
        ends=tuple(end for _, end in spans),
        joints=tuple(joints),
        at={start: index for index, (start, _) in enumerate(spans)},
    )


def _cut(match: re.Match[str], heads: frozenset[str], verbs: frozenset[str]) -> int:
    """Where a word was glued to a number ("21/10/23Persija"), a verb of speech to a name ("Saleh" + "mengatakan"), or a
    head word to the end of another word; or 0.
    """
    word = match.group()
    if word[0].isdigit():
        number = _NUMBER_GLUED.match(word)
        dated = match.string[match.start() - 1 : match.start()] in ("/", "-")  # not the plate "B 1234KPK"
        return number.end() if number and (dated or not word[number.end() :].isupper()) else 0
    if len(word) >= _LEAST_NAME + _LEAST_VERB and word.istitle():
        ends = range(max(_LEAST_NAME, len(word) - _LONGEST_VERB), len(word) - _LEAST_VERB + 1)
        return next((at for at in ends if word[at:] in verbs), 0)
    return 0 if word.islower() or word.istitle() or word.isupper() else _glue(match, heads)


def _glue(match: re.Match[str], heads: frozenset[str]) -> int:
    """Where a head word, or the first of two, was glued to the end of another word; or 0."""
    word, after = match.group(), match.end() + 1
    for glued in _GLUED.finditer(word, max(0, len(word) - _LONGEST_GLUED)):
        last = word[glued.end() :].lower()
        more = _WORD.match(match.string, after, after + _LONGEST_GLUED)
        if last in heads or (more and f"{last} {more[0].lower()}" in heads):
            return glued.end()
    return 0
