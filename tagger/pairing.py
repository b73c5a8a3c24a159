"""Pairs offices with the persons named beside them, in all the orders that news uses.

Office first: "Bupati Lampung Barat Parosil Mabsus", "Wali Kota Jambi, Syarif Fasha", "Ketua DPRD (Edi Novial)".
Name first: "Fasha, Wali Kota Jambi", "Farida selaku Kepala Dinas", "Gembong yang menjabat Ketua Fraksi".
Two heads at once: "Bupati dan Wakil Bupati Way Kanan Adipati dan Edward".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tagger.offices import office_firsts, plain_office, read_office
from tagger.words import CLOSE, CLOSE_COMMA, COMMA, DASH, OPEN, SLASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagger.offices import Office, OrgSpan
    from tagger.persons import Name, Names
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_BETWEEN = frozenset({SPACE, CLOSE, COMMA, CLOSE_COMMA})
_INTRODUCE = frozenset(
    {"yakni", "yaitu", "bernama", "dijabat", "ibu", "bapak", "pak", "bu", "saudara", "saudari", "adalah"}
)
_AS = (("selaku",), ("sebagai",), ("yang", "menjabat"), ("yang", "menjabat", "sebagai"), ("yang", "kini", "menjabat"), ("yang", "juga",),
       ("yang", "kini", "menjabat", "sebagai"), ("yang", "juga", "menjabat"), ("yang", "juga", "menjabat", "sebagai"), ("juga", "selaku"),
       ("yang", "juga", "merupakan"), ("yang", "juga", "adalah"), ("yang", "merupakan"), ("menjabat", "sebagai"), ("menjabat",), ("merupakan",),
       ("yang", "saat", "ini", "menjabat"), ("yang", "saat", "itu", "menjabat"), ("jadi",), ("menjadi",), ("dilantik", "sebagai"),
       ("yang", "notabene"), ("yang", "baru", "dilantik", "sebagai"), ("ditunjuk", "sebagai"), ("adalah",))  # fmt: skip
_NOT_OFFICES = frozenset(
    {
        "jalan",
        "jl",
        "jln",
        "gedung",
        "masjid",
        "stadion",
        "bandara",
        "peraturan",
        "keputusan",
        "rsud",
        "piala",
        "universitas",
        "taman",
        "sekretariat",
        "istana",
    }
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A person and an office beside it; the name is None where the office stands alone."""

    office: Office
    name: Name | None
    cue: str


def find_pairs(
    words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], names: Names, title_words: int = 0
) -> list[Pair]:
    """The offices of a text in order, each with the person that it is said of.

    Args:
        words: the text.
        places: its regions and countries.
        bodies: the bodies it names, by first word.
        names: its persons.
        title_words: how many of the words are the title's; "X, Ketua DPR: Jangan ..." names two persons there.
    """
    pairs: list[Pair] = []
    firsts, index, claimed = office_firsts(), 0, -1
    while index < len(words):
        office = None
        if (
            words.folded[index] in firsts
            and not (index and words.folded[index - 1] in _NOT_OFFICES)
            and not names.ranked(index)
        ):
            office = read_office(words, places, bodies, index)
        if office is None:
            index += 1
            continue
        office = _with_previous(words, pairs, office)
        twins = _twins(words, places, bodies, names, office)
        if twins:
            pairs += twins
            index = claimed = max(pair.name.end for pair in twins if pair.name)
            continue
        name, cue = _name_after(words, names, office), "office before name"
        if name is None:
            name, cue = _name_before(words, names, office, max(claimed, title_words)), "office after name"
        pairs.append(Pair(office, name, cue))
        index = max(office.headed, name.end if name else office.after)
        if name:
            claimed = max(claimed, name.end)
    return pairs


def _with_previous(words: Words, pairs: list[Pair], office: Office) -> Office:
    """Joins an office to one right before it that has no name: "Menteri Investasi/Kepala BKPM", "Menteri Hukum Menkum"."""
    if (
        not pairs
        or pairs[-1].name
        or pairs[-1].office.last != office.first
        or words.joint(office.first) not in (SPACE, SLASH)
    ):
        return office
    before = pairs.pop().office
    return replace(
        office,
        first=before.first,
        head=before.head,
        status=before.status if before.status != "in_office" else office.status,
        code=office.code or before.code,
        country=office.country or before.country,
        sector="public" if "public" in (before.sector, office.sector) else office.sector,
        organization=before.organization or office.organization,
    )


def _name_after(words: Words, names: Names, office: Office) -> Name | None:
    at = office.after
    joint = words.joint(at)
    if joint == OPEN:
        name = names.read(at)
        return name if name and words.joint(name.end)[:1] == CLOSE and name.last - name.first > 1 else None
    if joint not in _BETWEEN or at >= len(words):
        return None
    if words.folded[at] in _INTRODUCE and words.joint(at + 1) in (SPACE, COMMA):
        at += 1
    if at >= len(words) or (words.folded[at] in office_firsts() and plain_office(words, at)):
        return None
    name = names.read(at)
    if (
        name
        and joint in (COMMA, CLOSE_COMMA)
        and name.by == "rule"
        and name.last - name.first == 1
        and _lists(words, name)
    ):
        return None
    return name


def _lists(words: Words, name: Name) -> bool:
    """Whether a single word between commas stands in a list rather than for a person ("Ketua DPRD, Forkopimda, camat")."""
    return words.folded[name.last : name.last + 1] in (("dan",), ("serta",)) and words.joint(name.last) == COMMA


def _name_before(words: Words, names: Names, office: Office, claimed: int) -> Name | None:
    """The name to the left: over a comma or parenthesis, or over selaku, sebagai, yang menjabat."""
    first = office.first
    joint = words.joint(first)
    name = None
    if joint == OPEN or (joint == COMMA and office.last > first + 1):  # a bare "camat" after a comma is one of a list
        name = names.read_back(first)
    elif joint == SPACE:
        cue = max((len(cue) for cue in _AS if words.folded[max(0, first - len(cue)) : first] == cue), default=0)
        if cue and words.joint(first - cue) in (SPACE, COMMA, CLOSE):
            name = names.read_back(first - cue)
    return name if name and name.first >= claimed else None


def _twins(words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], names: Names, office: Office) -> list[Pair]:
    """Bupati dan Wakil Bupati X, A dan B: two heads, one tail, two names."""
    at = office.last
    if at != office.headed or at + 1 >= len(words) or words.folded[at] not in ("dan",) or words.joint(at) != SPACE:
        return []
    other = read_office(words, places, bodies, at + 1)
    if other is None:
        return []
    name = names.read(other.after) if words.joint(other.after) in _BETWEEN else None
    if name is None or name.end >= len(words):
        return []
    link = name.end + 1 if words.folded[name.end] in ("dan",) else name.end
    if link == name.end and words.joint(link) != DASH:
        return []
    second = names.read(link)
    if second is None:
        return []
    first = replace(
        office,
        code=other.code,
        organization=other.organization,
        sector=other.sector,
        shared_tail=(other.headed, other.last),
    )
    status = office.status if other.status == "in_office" else other.status
    return [
        Pair(first, name, "two offices, two names"),
        Pair(replace(other, status=status), second, "two offices, two names"),
    ]
