"""Bodies whose kind stands last, as English has it: "Florida State University", "Nusa Raya Sekuritas"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tagger.body import Body
from tagger.gazetteer.tables import read_table
from tagger.heads import common_words, fold, heads, name_ends, titles
from tagger.words import AMPERSAND, SPACE

if TYPE_CHECKING:
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_SECOND = frozenset({"center", "centre", "school", "press", "hospital", "indonesia"})
_MOST_SECOND = 3  # words from the end of one to that of the other
_OF = (("of",), ("for",))
_MOST = 5  # words before the last


@cache
def _ends() -> dict[str, str]:
    """Folded last words of names, and the kind of body they tell; `gazetteer/body_ends.tsv`."""
    return {row["word"].lower(): row["kind"] for row in read_table("body_ends.tsv")}


def named_by_end(words: Words, places: WordPlaces, taken: set[int]) -> list[Body]:
    """The bodies of a text whose kind stands last, or first before "of" ("University of Leeds").

    Args:
        words: the text.
        places: its places, and what the model sees.
        taken: words of the bodies found so far.
    """
    ends, found = _ends(), []
    for at, folded in enumerate(words.folded):
        if folded not in ends or at in taken or not words.forms[at][0].isupper():
            continue
        last = _last(words, places, at)
        seen = places.body_start(last)
        first = _first(words, places, at) if seen is None else seen
        if last - first > 1 and taken.isdisjoint(range(first, last)):
            key, cue = fold(words.slice(first, last)), words.forms[at]
            found.append(Body(first, last, last, key, ends[folded], cue=cue))
    return found


def _first(words: Words, places: WordPlaces, at: int) -> int:
    """Where the words with a capital before the last one begin."""
    first = at
    while first and at - first < _MOST and words.joints[first] in (SPACE, AMPERSAND) and _names(words, first - 1):
        first -= 1
        if places.person(first):
            return at
    return first


def _names(words: Words, at: int) -> bool:
    """Whether a word may be of a name: a capital, and no word of every day, no title, no head."""
    form, folded = words.forms[at], words.folded[at]
    if not form[0].isupper() or form in titles() or folded in name_ends() or folded in common_words():
        return False
    return heads().match(words, at) is None


def _last(words: Words, places: WordPlaces, at: int) -> int:
    """Past "of" or "for" and what it names; just past the word itself where neither stands there."""
    last = at + 1
    if words.joint(last) != SPACE:
        return last
    if words.folded[last : last + 1] not in _OF:
        return _past_second(words, last)
    end = last + 1
    while end < len(words) and words.joints[end] == SPACE and words.forms[end][0].isupper():
        if end > last + 1 and (places.person(end) or words.folded[end] in common_words()):
            break
        end += 1
    return end if end > last + 1 else last


def _past_second(words: Words, at: int) -> int:
    """Past a second end of a name: "Leeds University" + "Medical Center", "Nusa Raya Sekuritas" + "Indonesia"; the
    word itself where none stands there.
    """
    for end in range(at, min(at + _MOST_SECOND, len(words))):
        if words.joints[end] != SPACE or not words.forms[end][0].isupper():
            return at
        if words.folded[end] in _SECOND:
            return end + 1
    return at
