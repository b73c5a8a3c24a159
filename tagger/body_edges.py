"""Moves the ends of what the model alone sees to where the text shows the name to begin and end."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagger.body_names import NAME_LINKS, ordinary
from tagger.heads import fold, heads, name_ends, titles, vocabulary
from tagger.seen_edges import HEADING
from tagger.words import AMPERSAND, DASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.body import Body
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_MOST = 3  # words that a name is lengthened by; a longer run is a headline, or an event's name
_SHORTEST_VERB = 6  # letters
_NUMBER = re.compile(r"\d{1,3}|[IVX]+")
_ORDINAL = re.compile(r"\d+(?:th|st|nd|rd|[A-Z]{2,})")  # "12th Air Regiment", "20FIT Shop"
_BEFORE_NUMBERS = frozenset({"wilayah", "koridor", "regional", "zona", "squadron", "asset", "aset", "tech"})
_SMALL_ENDS = frozenset({"airways", "airlines", "air", "mart", "cafe", "kafe"})
_SMALL_STARTS = frozenset({"universitas", "bea", "politeknik", "pesantren"})
_ROLES = HEADING | {"pengurus", "rider", "pebalap", "direktur"}


def edged(words: Words, places: WordPlaces, bodies: Sequence[Body], taken: set[int], title_words: int) -> list[Body]:
    """The model's bodies with their names whole, without what does not belong to them.

    Args:
        words: the text.
        places: its places, and what the model sees.
        bodies: what the model sees, in order.
        taken: words of the bodies that rules have found.
        title_words: how many of the words are a title's in which every word has a capital.
    """
    out: list[Body] = []
    alone = {
        words.folded[body.first] for body in bodies if body.last == body.first + 1 and not _goes_on(words, body.last)
    }
    held = taken | {at for body in bodies for at in range(body.first, body.last)}
    for body in bodies:
        if out and body.first < out[-1].last:
            continue
        first, last = _trimmed(words, body.first, body.last)
        first = max(_begin(words, first, held), out[-1].last if out else 0)
        plain = last == first + 1 and words.folded[first] in alone  # "Asus" + "ExpertBook"
        last = _end(words, places, last, held, spaced=first >= title_words and not plain)
        if (first, last) != (body.first, body.last):
            body = replace(body, first=first, last=last, core=last, key=fold(words.slice(first, last)))
        out.append(body)
    return out


def _trimmed(words: Words, first: int, last: int) -> tuple[int, int]:
    """Without a role before the name, and the same name again after it."""
    size = last - first
    if size > 1 and words.folded[first] in _ROLES:
        return first + 1, last
    half = size // 2
    if half and size == 2 * half and words.folded[first : first + half] == words.folded[first + half : last]:
        return first, first + half
    return first, last


def _begin(words: Words, first: int, held: set[int]) -> int:
    """Where a name begins that hangs on the words before by "&" or a hyphen, or whose first word is small."""
    before = first - 1
    if not first or before in held:
        return first
    joint, form = words.joints[first], words.forms[before]
    if joint == SPACE and (form in _SMALL_STARTS or _ORDINAL.fullmatch(form)):
        return before
    hyphen = joint == DASH and words.starts[first] == words.ends[before] + 1
    if not (hyphen or (joint == AMPERSAND and form[0].isupper())):
        return first
    if not form[0].isupper():
        return before
    start = before
    while (
        start
        and first - start < _MOST
        and words.joints[start] == SPACE
        and start - 1 not in held
        and _may_belong(words, start - 1)
    ):
        start -= 1
    return start


def _end(words: Words, places: WordPlaces, last: int, held: set[int], *, spaced: bool) -> int:
    """Where a name ends that goes on by "&", a hyphen, a number or more words with a capital."""
    if last >= len(words) or last in held:
        return last
    joint, form = words.joints[last], words.forms[last]
    if joint == SPACE and form in _SMALL_ENDS:
        return last + 1
    if joint == SPACE and _NUMBER.fullmatch(form) and words.folded[last - 1] in _BEFORE_NUMBERS:
        return last + 1
    hyphen = joint == DASH and words.starts[last] == words.ends[last - 1] + 1
    if not (joint == AMPERSAND or hyphen or (joint == SPACE and spaced)):
        return last
    end = last
    while (
        end < len(words)
        and end - last < _MOST
        and end not in held
        and (end == last or words.joints[end] == SPACE)
        and not places.starts(end)
        and not places.person(end)
        and _may_belong(words, end)
    ):
        end += 1
    return last if end - last == _MOST and _goes_on(words, end) else end


def _goes_on(words: Words, at: int) -> bool:
    """Whether one more word with a capital follows."""
    return words.joint(at) == SPACE and at < len(words) and words.forms[at][0].isupper()


def _may_belong(words: Words, at: int) -> bool:
    """Whether a word with a capital may be of a name, and begins no other."""
    form, folded = words.forms[at], words.folded[at]
    if not form[0].isupper() or form in titles() or folded in name_ends() or folded in ordinary():
        return False
    if any(sign.isdigit() for sign in form):  # a season's, a quarter's, a model's
        return False
    if folded.endswith("kan") and len(folded) >= _SHORTEST_VERB:  # a headline's "Gagalkan"
        return False
    return folded not in vocabulary() and folded not in NAME_LINKS and heads().match(words, at) is None
