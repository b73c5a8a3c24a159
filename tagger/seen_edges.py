"""Where the bodies that the model sees begin and end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.heads import vocabulary
from tagger.words import CLOSE, COMMA, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.word_places import WordPlaces
    from tagger.words import Words

    Range = tuple[int, int]  # words, half-open

_SHORTEST_VERB = 6  # letters
HEADING = frozenset({"bos", "chairman", "ceo"})  # who heads a body, before its name
_PREFIXES = frozenset({"al", "el", "e"})
_UNENDED = frozenset({"team", "cabang", "divisi", "universitas", "regional"})


def trimmed(words: Words, places: WordPlaces, first: int, last: int) -> Range:
    """Without small words at either end, and the part before a full stop, a line's end or a bracket that closes what
    it did not open.
    """
    opened = False
    for at in range(first + 1, last):
        joint = words.joints[at]
        other = joint not in (SPACE, "&", "/", "-", COMMA, OPEN, CLOSE, DOT) or (joint == CLOSE and not opened)
        spaced = joint == "-" and words.starts[at] > words.ends[at - 1] + 1  # "Nusa Racing - Elang", its maker
        if other or spaced or _is_verb(words, at):
            last = at
            break
        opened = opened or joint == OPEN
    while last > first and not words.forms[last - 1][0].isupper() and not words.forms[last - 1].isdigit():
        last -= 1
    while first < last and not words.forms[first][0].isupper():
        first += 1
    return (_begin(words, places, first, last), _end(words, places, last)) if first < last else (first, last)


def _begin(words: Words, places: WordPlaces, first: int, last: int) -> int:
    """Behind who heads a body ("Bos Nusa Arta") and the country of a club; before "al-" and "e-"."""
    while first + 1 < last and words.folded[first] in HEADING:
        first += 1
    if not first:
        return first
    country = places.country(first)
    if words.folded[first - 1] == "klub" and country and country.last < last:
        return country.last
    bound = words.text[words.ends[first - 1] : words.starts[first]] == "-" and words.folded[first - 1] in _PREFIXES
    return first - 1 if bound else first


def _end(words: Words, places: WordPlaces, last: int) -> int:
    """Behind the word with a capital after one that no name ends in, "Nusa Team" + "Asia"."""
    unended = words.folded[last - 1] in _UNENDED and last < len(words) and words.joint(last) == SPACE
    return last + 1 if unended and words.forms[last][0].isupper() and not places.person(last) else last


def _is_verb(words: Words, at: int) -> bool:
    """Whether a word has a headline's ending of verbs, "Kucurkan", and no name of government bodies holds it."""
    form = words.forms[at]
    return len(form) >= _SHORTEST_VERB and form.endswith("kan") and words.folded[at] not in vocabulary()


def joined(words: Words, ranges: Iterable[Range]) -> list[Range]:
    """Spans with nothing but a blank between them as one, "Gulf" + "Yamaha"; not two acronyms."""
    out: list[Range] = []
    for first, last in ranges:
        beside = out and out[-1][1] == first and first < last and words.joint(first) == SPACE
        if beside and not (words.forms[first].isupper() and words.forms[first - 1].isupper()):
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return out
