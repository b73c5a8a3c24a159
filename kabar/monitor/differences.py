"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

LONGEST = 600
"""Words of a changed passage beyond which it is told as a whole: comparing takes the square of this."""

How = Literal["same", "out", "in"]


class Piece(NamedTuple):
    """A run of text that is in both ("same"), only in the older ("out") or only in the newer ("in")."""

    how: How
    text: str


def differences(old: str, new: str) -> list[list[Piece]]:
    """Paragraphs of both texts, each in pieces; first whole paragraphs are compared, then the words of the changed.

    >>> differences("Air surut.", "Air belum surut.")
    [[Piece(how='same', text='Air '), Piece(how='in', text='belum '), Piece(how='same', text='surut.')]]
    """
    before, after = old.split("\n\n"), new.split("\n\n")
    out: list[list[Piece]] = []
    for tag, a, b, c, d in _blocks(before, after):
        if tag == "equal":
            out += ([Piece("same", paragraph)] for paragraph in before[a:b])
        else:
            pairs = min(b - a, d - c)
            out += (_words(x, y) for x, y in zip(before[a : a + pairs], after[c : c + pairs], strict=True))
            out += ([Piece("out", paragraph)] for paragraph in before[a + pairs : b])
            out += ([Piece("in", paragraph)] for paragraph in after[c + pairs : d])
    return out


def _blocks(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if max(len(before), len(after)) > LONGEST:
        return [("equal" if before == after else "replace", 0, len(before), 0, len(after))]
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def _words(old: str, new: str) -> list[Piece]:
    before, after = (re.findall(r"\S+\s*", text) for text in (old, new))
    return [piece for piece in _pieces(before, after) if piece.text]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for tag, a, b, c, d in _blocks(before, after):
        if tag == "equal":
            yield Piece("same", "".join(before[a:b]))
        else:
            yield Piece("out", "".join(before[a:b]))
            yield Piece("in", "".join(after[c:d]))
