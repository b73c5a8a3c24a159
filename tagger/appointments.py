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
from tagger.titles import before_degrees, before_titles, begins_title
from tagger.words import CLOSE, CLOSE_COMMA, COMMA, DASH, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from tagger.offices import Office
    from tagger.persons import Name, Names
    from tagger.words import Words

APPOINTED = "appointed to office"
SUCCEEDS = "successor in office"

SUCCEEDED = frozenset({"dijabat", "diisi", "digantikan", "ditempati", "diemban", "dipercayakan"})
_TAKING = frozenset({"verb", "move", "new"})
_ROOMS = frozenset({"rumah", "dinas", "ruang", "ruangan", "kamar", "kantor", "gedung", "kediaman", "pendopo"})
_HANDED = frozenset({"oleh", "kepada", "sementara"})
_BEHIND_NAME = frozenset({SPACE, COMMA, CLOSE, CLOSE_COMMA})
_BEFORE_OFFICE = frozenset(":-–—")  # "M.M. - Kepala Dinas Sosial"
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
    told = "into" in uses or ("post" in uses and uses & _TAKING)
    if left and left[0].last == at and (told or "to" in uses) and _follows(words, at):
        holder = (left[1] if told else None) or _who_left(words, names, left[0].first)
        return (holder, APPOINTED) if holder else None
    if not told or not uses & {"verb", "move"} or words.joint(at) not in _BEHIND_NAME:
        return None
    name = names.read_back(at) if names.seen.ends_before(before_degrees(words, at)) else None
    return (name, APPOINTED if "move" in uses else "name, verb and office") if name else None


def _clause(words: Words, before: int) -> tuple[int, set[str]]:
    """The words of appointing right before a word: where they begin, and of which uses they are."""
    at, uses = before, set[str]()
    while at > 0 and before - at < _CLAUSE and _on(words, at, before) and (use := _uses().get(words.forms[at - 1])):
        uses.add(use)
        at -= 1
    return at, uses


def _on(words: Words, at: int, before: int) -> bool:
    """Whether a word goes on the clause of the one before it; the office itself also after a colon."""
    return words.joint(at) == SPACE or (at == before and _gap(words, at).strip(" ") == ":")


def _follows(words: Words, at: int) -> bool:
    """Whether what tells of the office taken up follows the one left."""
    return words.joint(at) in _BEHIND_NAME or _gap(words, at).strip(" ") == ";"


def _who_left(words: Words, names: Names, first: int) -> Name | None:
    """The person before the office left: "Tri Wahyono, S.STP., dari", "Retno Handayani sebelumnya"."""
    at, uses = _clause(words, first)
    degree = words.joint(at) == DOT and before_degrees(words, at) < at
    if not uses & {"from", "verb", "move"} or not (degree or words.joint(at) in _BEHIND_NAME | {OPEN}):
        return None
    return names.read_back(at)


def successor(words: Words, names: Names, at: int, vacant: int | None) -> Name | None:
    """Who follows in a post, at the verb that tells it: "jabatannya diisi AKBP Anindita Sari".

    Args:
        words: the text.
        names: its persons.
        at: the verb.
        vacant: word after the office read last, where nobody is named beside it.
    """
    before = words.folded[max(0, at - _POST) : at]
    told = words.folded[at] == "dijabat" or any(_uses().get(word) == "post" for word in before)
    told = told or vacant == _clause(words, at)[0]
    at += 1
    while at < len(words) and words.folded[at] in _HANDED:
        at += 1
    if not told or at >= len(words) or words.joint(at) != SPACE:
        return None
    return names.read_seen(at) or (names.read(at) if begins_title(words, at) else None)


def is_vacant(words: Words, office: Office) -> bool:
    """Whether an office beside which nobody is named may be filled; of "rumah dinas Bupati" a house is."""
    return not (words.joint(office.first) == SPACE and words.folded[office.first - 1] in _ROOMS)


def handed_over(words: Words, names: Names, office: Office) -> tuple[Name, Name] | None:
    """The old and the new holder: "jabatan Komandan Kodim 0410 dari Kolonel Tri Arto kepada Letkol Roni Hermawan"."""
    at = office.after
    if at + 1 >= len(words) or words.folded[at] != "dari" or words.joint(at) != SPACE:
        return None
    old = names.read(at + 1)
    end = old.end if old else at
    if old is None or end + 1 >= len(words) or words.folded[end] not in ("kepada", "ke"):
        return None
    new = names.read(end + 1)
    return (old, new) if new else None


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
    if office.after != office.last or not _begins_line(words, office.first):
        return None
    at = past_place(words, office)
    if at >= len(words) or ":" not in _gap(words, at) or "\n" in _gap(words, at):
        return None
    name = names.read(at)
    if name is None or not (name.end == len(words) or "\n" in _gap(words, name.end)):
        return None
    return replace(office, last=at, after=at), name


def in_parentheses(words: Words, names: Names, office: Office) -> tuple[Office, Name] | None:
    """An office that parentheses close in behind a name, over a village's name: "Marwan (Pj Kades Wangi Ratu)"."""
    opened = _gap(words, office.first).rstrip(" ").endswith("(")
    if not opened or not names.seen.ends_before(before_degrees(words, office.first)):
        return None
    last = past_place(words, office)
    closed = words.text[words.ends[last - 1] : words.ends[last - 1] + 1] == ")"
    name = names.read_back(office.first) if closed else None
    return (replace(office, last=last, after=last), name) if name else None


def past_place(words: Words, office: Office) -> int:
    """Where an office ends with the capitalised words behind it, as far as a village's name goes."""
    at = office.last
    while at < len(words) and at - office.last < _PLACE and words.joint(at) == SPACE and words.forms[at][0].isupper():
        at += 1
    return at


def both_before(words: Words, names: Names, first: int) -> tuple[Name, Name] | None:
    """Two persons who take up two offices at once: "Rahma dan Felix Tingan sebagai" + "Bupati dan Wakil Bupati"."""
    at, uses = _clause(words, first)
    if "into" not in uses or words.joint(at) != SPACE or not names.seen.ends_before(at):
        return None
    second = names.read_back(at)
    end = second.first if second else 0
    if end > 1 and words.folded[end - 1] == "dan":
        end -= 1
    elif words.joint(end) != DASH:
        return None
    one = names.read_back(end) if names.seen.ends_before(end) else None
    return (one, second) if one and second else None


def before_colon(words: Words, names: Names, office: Office) -> Name | None:
    """The name that begins the line an office ends: "2. Drs. Arsyad, M.M - Kepala Dinas Sosial"."""
    at, end = office.first, office.last
    parted = words.joint(at) == DASH or _gap(words, at).strip(" .") in _BEFORE_OFFICE
    if not parted or not (end == len(words) or "\n" in _gap(words, end)):
        return None
    name = names.read_back(at)
    return name if name and _begins_line(words, before_titles(words, name.first)) else None


def _gap(words: Words, at: int) -> str:
    """What stands before a word."""
    return words.text[words.ends[at - 1] if at else 0 : words.starts[at]]


def _begins_line(words: Words, at: int) -> bool:
    """Whether a word is its line's first, behind its number or not."""
    if at and words.forms[at - 1].isdigit() and words.joint(at) == DOT:
        at -= 1
    return at == 0 or "\n" in _gap(words, at)
