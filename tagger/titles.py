"""Finds the titles, ranks and degrees that stand around a person's name in a text.

What they are is `gazetteer/honorifics.tsv`; none of them belongs to the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.honorifics import degrees, front
from tagger.words import CLOSE, COMMA, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from tagger.words import Words

_CUTTING = frozenset({"rank", "academic", "address"})
_MOST = 10  # words of the titles on one side of a name
_LONGEST_STATE = 5  # letters in parentheses after a rank, "Mayjen TNI (Purn)"


def skip_titles(words: Words, at: int) -> int:
    """The word after the titles that start at a word; the same word where none does."""
    ranked, end = False, min(len(words), at + _MOST)
    while at < end:
        match = front().match(words, at)
        if match is None or match[0] >= len(words) or words.joint(match[0]) not in (SPACE, DOT, CLOSE, OPEN):
            break
        if match[1] == "corps" and not ranked:
            break
        ranked = ranked or match[1] == "rank"
        at = match[0]
        if words.joint(at) == OPEN and len(words.forms[at]) <= _LONGEST_STATE and words.joint(at + 1) in (CLOSE, DOT):
            at += 1
    return at


def past_title(words: Words, first: int) -> int:
    """The end of a title of several words that a name begins inside ("Laksamana Muda" + "Dedi Rusli")."""
    fronts = (front().match(words, first - back) for back in (2, 1) if back <= first)
    return next((title[0] for title in fronts if title and title[0] > first), first)


def before_titles(words: Words, first: int) -> int:
    """The word with which the titles begin that end right before a name; the name's first word where none do."""
    backs = range(min(_MOST, first), 0, -1)
    return next((first - back for back in backs if skip_titles(words, first - back) == first), first)


def begins_title(words: Words, at: int) -> bool:
    """Whether a title starts at a word that no name goes on with: a rank, a degree before a name, an address."""
    match = front().match(words, at) if at < len(words) else None
    return match is not None and (match[1] in _CUTTING or words.forms[at] in ("H", "Hj", "KH", "Hi"))


def begins_rank(words: Words, at: int) -> bool:
    """Whether a rank of police or military starts at a word."""
    match = front().match(words, at) if at < len(words) else None
    return match is not None and match[1] == "rank"


def skip_degrees(words: Words, start: int) -> int:
    """The word after the degrees that start at a word; the same word where none does."""
    at, end = start, min(len(words), start + _MOST)
    while at < end and words.forms[at] in degrees() and words.joint(at) in (COMMA, DOT, SPACE):
        undotted = words.joint(at) == SPACE and not words.forms[at].isupper() and words.joint(at + 1) != DOT
        if at == start and undotted:
            break
        at += 1
    return at


def before_degrees(words: Words, before: int) -> int:
    """The word with which the degrees begin that end right before a word; the same word where none do."""
    last = before
    while (
        last > max(0, before - _MOST)
        and words.forms[last - 1] in degrees()
        and words.joint(last - 1) in (COMMA, DOT, SPACE)
    ):
        last -= 1
    return last


def begins_degree(words: Words, at: int) -> bool:
    """Whether a degree that points cut into words starts at one: "S.T", "M.Si"."""
    after = at + 1 < len(words) and words.joint(at + 1) == DOT and words.starts[at + 1] == words.ends[at] + 1
    return after and words.forms[at] in degrees() and words.forms[at + 1] in degrees()
