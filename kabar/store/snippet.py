"""The passage of a text that a search found, with what was found marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kabar.store.fold import APOSTROPHES
from kabar.store.query import Words

LENGTH = 180
BEFORE = 60


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage, and the places in it that were found: code points, half-open."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


def snippet(text: str, words: Sequence[Words]) -> Snippet:
    """The passage around the first place found, else the text's beginning."""
    pattern = _pattern([word for word in words if not word.in_title])
    first = pattern.search(text) if pattern else None
    start = _word_start(text, max(0, first.start() - BEFORE)) if first else 0
    end = start + LENGTH if start + LENGTH >= len(text) else _word_start(text, start + LENGTH)
    passage = re.sub(r"\s", " ", text[start:end])
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
    space = text.find(" ", at)
    return at if at == 0 or space < 0 or space - at > BEFORE else space + 1
