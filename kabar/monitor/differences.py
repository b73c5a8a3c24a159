"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

MOST_PARAGRAPHS = 600
MOST_PAIRS = 1_000_000
"""Pairs of words that are compared in all, as comparing takes the product; paragraphs beyond are told as a whole."""

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
    left = MOST_PAIRS
    for tag, a, b, c, d in _blocks(before, after):
        if tag == "equal":
            out += ([Piece("same", paragraph)] for paragraph in before[a:b])
            continue
        pairs = min(b - a, d - c)
        for one, other in zip(before[a : a + pairs], after[c : c + pairs], strict=True):
            words = _words(one), _words(other)
            left -= len(words[0]) * len(words[1])
            out.append(_compared(*words) if left >= 0 else [Piece("out", one), Piece("in", other)])
        out += ([Piece("out", paragraph)] for paragraph in before[a + pairs : b])
        out += ([Piece("in", paragraph)] for paragraph in after[c + pairs : d])
    return out


def _blocks(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    if max(len(before), len(after)) > MOST_PARAGRAPHS:
        return [("equal" if before == after else "replace", 0, len(before), 0, len(after))]
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*", text)


def _compared(before: list[str], after: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
        else:
            pieces += [Piece("out", "".join(before[a:b])), Piece("in", "".join(after[c:d]))]
    return [piece for piece in pieces if piece.text]
