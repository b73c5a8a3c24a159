"""The passage of a text that a search found, with what was found marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kabar.store.fold import APOSTROPHES
from kabar.store.query import Words

LENGTH = 180
BEFORE = 60
_SPACE = re.compile(r"\s")
_LETTER = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage, with … where the text goes on, and the places in it that were found: code points, half-open."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def snippet(text: str, words: Sequence[Words]) -> Snippet:
    """The passage around the first place found, else the text's beginning."""
    pattern = _pattern([word for word in words if not word.in_title])
    first = pattern.search(text) if pattern else None
    start = _word_start(text, max(0, first.start() - BEFORE)) if first else 0
    end = _word_end(text, start + LENGTH)
    passage = re.sub(r"\s+", " ", text[start:end]).strip()
    passage = ("… " if start else "") + passage + (" …" if _LETTER.search(text, end) else "")
    marks = tuple(found.span() for found in pattern.finditer(passage)) if pattern else ()
    return Snippet(passage, marks)


def _pattern(words: Sequence[Words]) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile("|".join(_one(word) for word in words), re.IGNORECASE)


def _one(word: Words) -> str:
    letters = f"[{APOSTROPHES}]?"
    parts = (letters.join(map(re.escape, part)) for part in word.text.split())
    # letters and digits make words, and nothing else does, as in the index
    return r"(?<![^\W_])" + r"[\W_]+".join(parts) + (r"[^\W_]*" if word.prefix else r"(?![^\W_])")


def _word_start(text: str, at: int) -> int:
    space = _SPACE.search(text, at, at + BEFORE)
    return space.end() if at and space else at


def _word_end(text: str, at: int) -> int:
    space = _SPACE.search(text, at, at + BEFORE)
    return space.start() if space else len(text) if len(text) <= at + BEFORE else at
