"""Follows a body's name past what its head lets follow: over an enumeration to its acronym, or as far as the model sees
it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.acronyms import abbreviates
from tagger.body_names import NAME_LINKS, NUMBERED, hyphened, ordinary
from tagger.body_portfolios import PORTFOLIO_LINKS, is_street, past_class
from tagger.heads import common_words, heads, name_ends, titles, unlisted_heads, vocabulary
from tagger.word_places import LEVELS, LOCAL
from tagger.words import AMPERSAND, COMMA, OPEN, SPACE

if TYPE_CHECKING:
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_SEASON = re.compile(r"[12]\d{3}|U-?\d\d")  # years, and ages of youth teams
_CLOSERS = frozenset({"center", "centre", "observatory", "foundation", "institute"})  # of bodies' names
_GROUPS = frozenset({"group", "grup"})
_MAX_ENUMERATION = 16


def read_enumeration(words: Words, places: WordPlaces, core: int) -> int:
    """Where a name ends that goes on over commas and a dan to its acronym in brackets, "Persatuan Artis, Penyanyi, dan
    Pemusik Nusantara (PAPN)"; `core` itself where it does not.
    """
    at, linked = core, False
    while at < len(words) and at - core < _MAX_ENUMERATION and words.joint(at) in (SPACE, COMMA):
        if words.folded[at] in PORTFOLIO_LINKS:
            linked = True
        elif (
            not words.forms[at][0].isupper()
            or places.person(at)
            or places.region(at)
            or ((words.joint(at) == COMMA or words.folded[at - 1] in PORTFOLIO_LINKS) and _heads_another(words, at))
        ):
            return core
        at += 1
    listed = linked and at > core and COMMA in words.joints[core:at]
    return at if listed and words.joint(at) == OPEN and at < len(words) and words.forms[at][0].isupper() else core


def before_person(words: Words, places: WordPlaces, first: int, end: int, core: int) -> int:
    """Where the name of a body ends that the model sees end right before a person, "Universitas Raya" + "Budi Waluyo";
    `core` where it sees none.

    Args:
        words: the text.
        places: its places, and what the model sees.
        first: where the body starts.
        end: where its head ends.
        core: where its name ends by rule.
    """
    last = places.body_end(first)
    if not end < last < core or words.forms[last - 1] in titles():
        return core
    at = last
    while at < core and (words.forms[at] in titles() or words.folded[at] == "profesor"):
        at += 1
    if at > last or places.person(at):
        return last if places.person(at) else core
    if not places.person(at + 1) or at + 1 >= core:
        return core
    return at + 1 if places.person_end(at + 1) > at + 2 else last  # "Budi" + "Waluyo", who has another name


def _heads_another(words: Words, at: int) -> bool:
    """Whether a body or a unit begins at a word of an enumeration."""
    folded = words.folded[at]
    return heads().match(words, at) is not None or (folded in unlisted_heads() and folded not in vocabulary())


def widened(words: Words, places: WordPlaces, first: int, core: int, *, plain: bool) -> int:
    """Where the name of a body ends that starts at word `first`, where the model sees it go on past what rules read.

    "Kejari" + "Menggala", "Badan Penerapan" + "Standar Instrumen Pertanian": words with a capital that begin neither a
    place, a person nor another body.

    Args:
        words: the text.
        places: its places, and what the model sees.
        first: where the body starts.
        core: where it ends by rule.
        plain: whether common words may belong to it too.
    """
    last, at, end = core, core, places.body_end(first)
    while at < end:
        folded = words.folded[at]
        joined = words.joints[at] in (SPACE, AMPERSAND) or hyphened(words, at)
        if not joined or places.starts(at) or places.person(at):
            break
        if folded in NAME_LINKS and (at > core or (at + 1 < end and words.folded[at + 1] in vocabulary())):
            at += 1
            continue
        if not (_may_go_on(words, at, plain=plain) or _is_inside(words, at, end, plain=plain)) or _sums_up(
            words, first, at
        ):
            break
        at += 1
        last = at
    last = _past_closer(words, last) if last > core else last
    if last > core and words.joint(last) == SPACE and NUMBERED.fullmatch(words.forms[last]):
        return last + 1  # "Pertamina Enduro" + "VR46"
    doubled = last - first > 2 and words.forms[last - 1].isupper()
    if doubled and last > core and abbreviates(words.forms[last - 1], words.forms[first : last - 1]):
        return last - 1  # "Jamaah Tani Islam JTI"
    return last


def _is_inside(words: Words, at: int, end: int, *, plain: bool) -> bool:
    """Whether a common word may be of a name that the model sees go on up to `end`: "PT Jaya Bersama Indo", or one in
    small letters, "Badan Pengelola Keuangan dan aset daerah", "Asosiasi Batu bara Indonesia".
    """
    form, folded = words.forms[at], words.folded[at]
    if folded in LOCAL or past_class(words, at) > at:
        return False
    inside = at + 1 < end and words.joints[at + 1] == SPACE and words.forms[at + 1][0].isupper()
    if form.islower():
        return folded in vocabulary() or (inside and folded not in name_ends())
    return inside and plain and form.istitle() and folded in common_words()


def _past_closer(words: Words, at: int) -> int:
    """Past a word that ends names, "Nusa Climate" + "Center"; `at` itself where none stands there."""
    closed = at < len(words) and words.joint(at) == SPACE and words.folded[at] in _CLOSERS
    return at + 1 if closed and words.forms[at][0].isupper() else at


def _sums_up(words: Words, first: int, at: int) -> bool:
    """Whether a word is the acronym of the name before it, with its head or without: "PT Nusa Timah Raya" + "NTR"."""
    form = words.forms[at]
    short = form.isupper() and len(form) > 2 and at - first > 2
    return short and any(abbreviates(form, words.forms[start:at]) for start in (first, first + 1))


def _may_go_on(words: Words, at: int, *, plain: bool) -> bool:
    """Whether a word may belong to a name that the model sees there."""
    form, folded = words.forms[at], words.folded[at]
    if not (form[0].isupper() or form[0].isdigit()) or form in titles() or _SEASON.fullmatch(form):
        return False
    if (
        past_class(words, at) > at
        or is_street(words, at)
        or folded in LOCAL
        or folded in LEVELS
        or folded in name_ends()
        or folded in _GROUPS
    ):
        return False
    return heads().match(words, at) is None and (plain or folded not in ordinary())
