"""Finds who is moved into an office, as town halls and the police list it.

"1. Tri Wahyono, S.STP., M.M., dari Camat Gemolong menjadi Kepala Dinas Perhubungan" tells a name, the office left and
the office taken up; "Camat Metro Barat: Hendra Nugraha" stands in a list; "posisinya diisi AKP Mujiono" tells who
follows in an office named before.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tagger.gazetteer.tables import read_table
from tagger.titles import before_degrees, begins_title
from tagger.words import CLOSE, CLOSE_COMMA, COMMA, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from tagger.offices import Office
    from tagger.persons import Name, Names
    from tagger.words import Words

APPOINTED = "appointed to office"
SUCCEEDS = "successor in office"

SUCCEEDED = frozenset({"dijabat", "diisi", "digantikan", "ditempati", "diemban", "dipercayakan"})
_HANDED = frozenset({"oleh", "kepada", "sementara"})
_BEHIND_NAME = frozenset({SPACE, COMMA, CLOSE, CLOSE_COMMA})
_CLAUSE = 8  # words from a name to the office taken up
_POST = 8  # words from a post to who follows in it
_PLACE = 3  # words of a village's or district's name


@cache
def _uses() -> dict[str, str]:
    return {row["word"]: row["what"] for row in read_table("appointing_words.tsv")}


def appointed(
    words: Words, names: Names, office: Office, left: tuple[Office, Name | None] | None
) -> tuple[Name, str] | None:
    """Who takes up an office, and by which cue; None where no such words stand before it.

    Args:
        words: the text.
        names: its persons.
        office: the office taken up.
        left: the office read before it, with its holder.
    """
    at, uses = _clause(words, office.first)
    if "into" not in uses and not ("post" in uses and uses & {"verb", "new"}):
        return None
    if left and left[0].last == at and words.joint(at) in _BEHIND_NAME:
        holder = left[1] or _who_left(words, names, left[0].first)
        return (holder, APPOINTED) if holder else None
    if "verb" not in uses or words.joint(at) not in _BEHIND_NAME:
        return None
    name = names.read_back(at) if names.seen.ends_before(before_degrees(words, at)) else None
    return (name, "name, verb and office") if name else None


def _clause(words: Words, before: int) -> tuple[int, set[str]]:
    """The words of appointing right before a word: where they begin, and of which uses they are."""
    at, uses = before, set[str]()
    while at > 0 and before - at < _CLAUSE and words.joint(at) == SPACE and (use := _uses().get(words.forms[at - 1])):
        uses.add(use)
        at -= 1
    return at, uses


def _who_left(words: Words, names: Names, first: int) -> Name | None:
    """The person before the office left: "Tri Wahyono, S.STP., dari", "Retno Handayani sebelumnya"."""
    at, uses = _clause(words, first)
    degree = words.joint(at) == DOT and before_degrees(words, at) < at
    if not uses & {"from", "verb"} or not (degree or words.joint(at) in _BEHIND_NAME | {OPEN}):
        return None
    return names.read_back(at)


def successor(words: Words, names: Names, at: int) -> Name | None:
    """Who follows in a post, at the verb that tells it: "jabatannya diisi AKBP Anindita Sari"."""
    before = words.folded[max(0, at - _POST) : at]
    told = words.folded[at] == "dijabat" or any(_uses().get(word) == "post" for word in before)
    at += 1
    while at < len(words) and words.folded[at] in _HANDED:
        at += 1
    if not told or at >= len(words) or words.joint(at) != SPACE:
        return None
    return names.read_seen(at) or (names.read(at) if begins_title(words, at) else None)


def follower(words: Words, names: Names, left: int) -> Name | None:
    """Who replaces the holder told from a word on: "Rahmaniah Noor menggantikan" + "Isnaini sebagai Kepala Biro"."""
    if not left or words.folded[left - 1] != "menggantikan" or words.joint(left) != SPACE:
        return None
    at, _ = _clause(words, left - 1)
    return names.read_back(at) if names.seen.ends_before(at) and words.joint(at) in _BEHIND_NAME else None


def in_list(words: Words, names: Names, office: Office) -> tuple[Office, Name] | None:
    """An office at the begin of a line, up to a colon, and the name that fills the line: "Lurah Iringmulyo: Deni
    Sanjaya, S.H.".
    """
    at = office.last
    if office.after != at or not _begins_line(words, office.first):
        return None
    while at < len(words) and at - office.last < _PLACE and words.joint(at) == SPACE and words.forms[at][0].isupper():
        at += 1
    if at >= len(words) or ":" not in _gap(words, at) or "\n" in _gap(words, at):
        return None
    name = names.read(at)
    if name is None or not (name.end == len(words) or "\n" in _gap(words, name.end)):
        return None
    return replace(office, last=at, after=at), name


def _gap(words: Words, at: int) -> str:
    """What stands before a word."""
    return words.text[words.ends[at - 1] if at else 0 : words.starts[at]]


def _begins_line(words: Words, at: int) -> bool:
    """Whether a word is its line's first, behind its number or not."""
    if at and words.forms[at - 1].isdigit() and words.joint(at) == DOT:
        at -= 1
    return at == 0 or "\n" in _gap(words, at)
