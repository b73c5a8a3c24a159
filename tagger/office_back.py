"""Finds the person of an office that stands away from the name.

"Rina Dewi sudah lama ingin mundur dari jabatannya sebagai Sekda Sleman" tells the office behind the verb; "Anggota
Komisi C DPRD Sleman itu menilai ..." takes up the person named last.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tagger.gazetteer.tables import read_table
from tagger.offices import begins_office, cues
from tagger.words import BREAK, CLOSE, CLOSE_COMMA, COMMA, DOT, SPACE

if TYPE_CHECKING:
    from tagger.offices import Office
    from tagger.persons import Name, Names
    from tagger.words import Words

AT_ONCE = frozenset({("sekaligus",), ("yang", "juga"), ("merangkap",), ("juga",), ("yang", "sekaligus")})
_HELD = frozenset({"menjabat", "sebagai", "merupakan", "adalah"})
_WITHIN = frozenset({"dan", "di", "pada"})
_CLAUSE = 12  # words of the other office
_POINTING = frozenset({"itu", "ini", "tersebut"})
_SENTENCE = 10  # words between a name and what is told of it
_PARAGRAPH = 45  # words back to the person whom "itu" takes up
_TEXT = 4  # words of the longest phrase


def told_back(words: Words, names: Names, office: Office) -> Name | None:
    """The person before an office whom its words point to, or None."""
    return _behind_verb(words, names, office.first) or _taken_up(words, names, office)


def told_ahead(words: Words, names: Names, office: Office) -> Name | None:
    """The person behind another office that no table knows: "Menag yang juga Imam Besar Masjid Raya, Umar Hasan"."""
    at = office.last
    size = next((size for size in (2, 1) if words.folded[at : at + size] in AT_ONCE), 0)
    if not size or words.joint(at) not in (SPACE, CLOSE):
        return None
    start = at = at + size
    while at < len(words) and at - start < _CLAUSE and not begins_office(words, at):
        joint = words.joint(at)
        name = names.read_seen(at) if at > start and joint in (SPACE, CLOSE, COMMA, CLOSE_COMMA) else None
        if name:
            return name
        small = words.folded[at] in (_HELD | _WITHIN)
        if joint not in (SPACE, CLOSE) or not (small or words.forms[at][0].isupper()):
            return None
        at += 1
    return None


def is_pointed_at(words: Words, office: Office) -> bool:
    """Whether itu, ini or tersebut stands behind an office, which is no apposition then."""
    at = office.last
    return at < len(words) and words.folded[at] in _POINTING and words.joint(at) in (SPACE, CLOSE)


def _behind_verb(words: Words, names: Names, first: int) -> Name | None:
    """The person in the same clause: "... dilantik sebagai", "... dari jabatannya sebagai"."""
    if words.joint(first) != SPACE:
        return None
    sizes = range(min(_TEXT, first), 0, -1)
    size = next((size for size in sizes if words.folded[first - size : first] in cues("name, verb and office")), 0)
    at = first - size
    if size == 0:
        return None
    lowest = max(0, at - _SENTENCE)
    while at > lowest and words.joint(at) in (SPACE, CLOSE):
        if names.seen.ends_before(at):
            return names.read_back(at)
        at -= 1
    return None


def _taken_up(words: Words, names: Names, office: Office) -> Name | None:
    """The person named last, for "Mantan Bupati Sleman itu" at the begin of a sentence or as the speaker."""
    if not is_pointed_at(words, office):
        return None
    told = office.last > office.headed or office.status == "former"
    if not told or not (words.joint(office.first) in (BREAK, DOT) or speaks(words, office.first)):
        return None
    persons = names.seen.between(office.first - _PARAGRAPH, office.first)
    if not persons:
        return None
    nearest = persons[0]
    together = [person for person in persons if not _parted(words, person[1], nearest[0])]
    holder = next((person for person in together if _has_said(words, *person)), nearest)
    return names.read_back(names.seen.fullest(*holder))


def _parted(words: Words, first: int, last: int) -> bool:
    """Whether a sentence ends between two words."""
    return any(words.joint(at) in (DOT, BREAK) for at in range(first, last + 1))


def _has_said(words: Words, first: int, last: int) -> bool:
    """Whether a person speaks or acts: a verb of speech before the name, or one in me- right behind it."""
    behind = words.folded[last : last + 1]
    return speaks(words, first) or any(word in _speech() or word.startswith("me") for word in behind)


def speaks(words: Words, first: int) -> bool:
    """Whether a verb of speech or "menurut" stands right before a word."""
    return words.joint(first) == SPACE and words.folded[first - 1] in _speech()


@cache
def _speech() -> frozenset[str]:
    return frozenset(row["verb"] for row in read_table("speech_verbs.tsv")) | {"menurut"}
