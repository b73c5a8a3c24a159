"""Pairs offices with the persons named beside them, in all the orders that news uses.

Office first: "Bupati Lampung Barat Parosil Mabsus", "Wali Kota Jambi, Syarif Fasha", "Ketua DPRD (Edi Novial)".
Name first: "Fasha, Wali Kota Jambi", "Rina selaku Kepala Dinas", "Tono yang menjabat Ketua Fraksi".
Two heads at once: "Bupati dan Wakil Bupati Way Kanan Adipati dan Edward".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tagger.appointments import (
    APPOINTED,
    SUCCEEDED,
    SUCCEEDS,
    appointed,
    before_colon,
    both_before,
    follower,
    handed_over,
    in_list,
    in_parentheses,
    is_vacant,
    past_place,
    successor,
)
from tagger.office_back import AT_ONCE, is_pointed_at, speaks, told_ahead, told_back
from tagger.office_lists import of_chair, others_headed, others_named
from tagger.office_reach import before_rank, completed, is_school_name, stretched, without_seat
from tagger.offices import ALSO_NAMES, begins_office, cues, read_office
from tagger.titles import begins_rank
from tagger.words import CLOSE, CLOSE_COMMA, COMMA, DASH, DOT, OPEN, SLASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagger.offices import Office, OrgSpan
    from tagger.persons import Name, Names
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_BETWEEN = frozenset({SPACE, CLOSE, COMMA, CLOSE_COMMA})
_ALSO = frozenset({"juga", "merupakan", "menjabat", "selaku"})
AWAY = "office away from name"
MINISTERS = frozenset({"Menteri", "Wakil Menteri", "Menteri Koordinator"})
_TWINS = "two offices, two names"
_TAKEN_UP = frozenset({APPOINTED, "name, verb and office"})
_LOOK_BACK = 4  # offices
_NEAR = 40  # words from an office to who follows in it


_STREETS_CUT = frozenset({"jl", "jln"})
_STREET = _STREETS_CUT | {"jalan"}  # "rumah dinas Wapres jalan Diponegoro"


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
    return _Pairing(words, places, bodies, names, title_words).run()


class _Pairing:
    """One pass over a text; `_claimed` is the word after the last name that has an office."""

    def __init__(
        self, words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], names: Names, title_words: int
    ) -> None:
        self._words = words
        self._places = places
        self._bodies = bodies
        self._names = names
        self._title = title_words
        self._claimed = title_words
        self._pairs: list[Pair] = []

    def run(self) -> list[Pair]:
        index = 0
        while index < len(self._words):
            office = self._office(index)
            if office is None:
                if self._words.folded[index] in SUCCEEDED:
                    self._pairs += self._succession(index)
                index += 1
                continue
            pairs = self._twins(office) or self._handed(office) or [self._pair(self._whole(office))]
            self._share_name(office, pairs[0].name)
            pairs += self._more(pairs[0]) if len(pairs) == 1 else []
            self._pairs += pairs
            ends = [pair.name.end for pair in pairs if pair.name]
            self._claimed = max([self._claimed, *ends])
            index = max([office.headed, *(ends or [office.after])])
        return self._pairs

    def _handed(self, office: Office) -> list[Pair]:
        """An office that one person hands to another."""
        both = handed_over(self._words, self._names, office)
        return [Pair(office, name, SUCCEEDS) for name in both] if both else []

    def _whole(self, office: Office) -> Office:
        """The office with what was told of it before."""
        return of_chair(self._with_previous(office), [pair.office for pair in self._pairs[-_LOOK_BACK:]])

    def _more(self, pair: Pair) -> list[Pair]:
        """The other persons of whom an office is told, and the offices of its like that follow without a head."""
        office, name, words = pair.office, pair.name, self._words
        if name is None:
            return []
        found = [Pair(office, other, "office of several") for other in others_named(words, self._names, office, name)]
        more = others_headed(words, self._bodies, self._names, office, name)
        found += [Pair(*like, "office without its head") for like in more]
        after = follower(words, self._names, min(office.first, name.begin))
        return [*found, Pair(office, after, SUCCEEDS)] if after else found

    def _share_name(self, office: Office, name: Name | None) -> None:
        """Gives the name to an office before it as well: "Ketua DPR RI yang juga Ketua DPP PDIP Puan Maharani"."""
        previous = self._pairs[-1] if self._pairs else None
        if name is None or previous is None or previous.name:
            return
        if self._words.folded[previous.office.after : office.first] in AT_ONCE:
            self._pairs[-1] = Pair(previous.office, name, "two offices, one name")

    def _succession(self, index: int) -> list[Pair]:
        """The post named before, with who follows in it."""
        near = self._pairs and index - self._pairs[-1].office.last <= _NEAR
        if not near:
            return []
        last = self._pairs[-1]
        vacant = last.name is None and is_vacant(self._words, last.office)
        name = successor(self._words, self._names, index, last.office.last if vacant else None)
        return [Pair(self._left_by(last), name, SUCCEEDS)] if name else []

    def _left_by(self, last: Pair) -> Office:
        """The office that a person held at first, where the text then tells of a new one."""
        if last.name is None or last.cue not in _TAKEN_UP:
            return last.office
        name = set(self._words.folded[last.name.first : last.name.last])
        same = (pair for pair in self._pairs if pair.name and self._words.folded[pair.name.first] in name)
        return next(same, last).office

    def _office(self, index: int) -> Office | None:
        before, joint = self._words.folded[index - 1], self._words.joint(index)
        beside = joint == SPACE or (joint == DOT and before in _STREETS_CUT)
        after = beside and (before,) in cues("no office follows")
        if after or begins_rank(self._words, index) or self._is_name(index):
            return None
        return read_office(self._words, self._places, self._bodies, index)

    def _is_name(self, index: int) -> bool:
        """Whether an office's word is a name here, as the model sees it ("Hakim Ziyech")."""
        return self._words.folded[index] in ALSO_NAMES and self._names.seen.joins(index)

    def _with_previous(self, office: Office) -> Office:
        """Joins an office to one without a name right before it: "Menteri Investasi/Kepala BKPM", "Menteri Hukum
        Menkum".
        """
        previous = self._pairs[-1] if self._pairs else None
        if previous is None or previous.name or previous.office.last != office.first:
            return office
        if self._words.joint(office.first) not in (SPACE, SLASH):
            return office
        before = self._pairs.pop().office
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

    def _pair(self, office: Office) -> Pair:
        pair = self._appointed(office) or self._before_name(office) or self._behind_name(office)
        named_after = pair.name and is_school_name(self._words, pair.office, pair.name)
        return Pair(office, None, "office alone") if named_after else pair

    def _appointed(self, office: Office) -> Pair | None:
        """An office in a list of such, or one that somebody is told to take up."""
        if office.first >= self._title and (line := in_list(self._words, self._names, office)):
            return Pair(*line, "office before name")
        if office.first >= self._title and (name := before_colon(self._words, self._names, office)):
            return Pair(office, name, "office after name")
        if enclosed := in_parentheses(self._words, self._names, office):
            return Pair(*enclosed, "office after name")
        left = (self._pairs[-1].office, self._pairs[-1].name) if self._pairs else None
        moved = appointed(self._words, self._names, office, left)
        if moved is None:
            return None
        unknown = moved[1] == APPOINTED and left and left[0].sector == "public" and office.head.sector == "by-body"
        return Pair(replace(self._completed(office), sector="public" if unknown else office.sector), *moved)

    def _before_name(self, office: Office) -> Pair | None:
        """An office with the name behind it, unless a cue tells of the one before: "Rina selaku Kabag Umum, Tono"."""
        free = office.last == office.after and self._names.seen.start(office.last) is None
        local = office.head.tail == "place" and free
        end = past_place(self._words, office) if local else office.after  # "Hendri Pj Kades Sukawangi, Marwan"
        told = self._words.joint(office.first) == SPACE and self._words.joint(end) == COMMA
        name = self._name_before(office) if told else None
        if name and (name.by == "model" or self._names.read_seen(end) is None):
            return Pair(replace(office, last=end, after=end) if local else office, name, "office after name")
        if ranked := before_rank(self._words, self._places, self._bodies, self._names, office):
            return Pair(*ranked, "office before name")
        name = self._name_after(office)
        if name and name.by == "rule" and (back := self._told_by_cue(office)):
            return Pair(self._completed(office), back, "office after name")
        doubtful = name is None or name.by == "rule" or name.begin > office.after
        if doubtful and (further := self._further(office, name)):
            return Pair(*without_seat(self._words, *further), "office before name")
        if name is None:
            return None
        return Pair(*without_seat(self._words, self._of_state(office, name), name), "office before name")

    def _behind_name(self, office: Office) -> Pair:
        """An office with the name before it or away from it, or with none."""
        if name := self._name_before(office):
            held = office if office.first < self._title else self._completed(office)
            return Pair(held, name, "office after name")
        name = told_back(self._words, self._names, office) or told_ahead(self._words, self._names, office)
        return Pair(office, name, AWAY if name else "office alone")

    def _completed(self, office: Office) -> Office:
        return completed(self._words, self._names, office)

    def _name_after(self, office: Office) -> Name | None:
        words, at = self._words, office.after
        joint = words.joint(at)
        if joint != SPACE and (self._of_relative(office) or self._is_guest(office)):
            return None
        if joint == OPEN:
            name = self._names.read(at)
            return name if name and name.last - name.first > 1 and words.joint(name.end)[:1] == CLOSE else None
        if joint not in _BETWEEN or at >= len(words):
            return None
        if (words.folded[at],) in cues("office and name") and words.joint(at + 1) in (SPACE, COMMA):
            at += 1
        if at >= len(words) or begins_office(words, at) or words.folded[at - 1] in _STREET:
            return None
        name = self._names.read(at) or self._names.read_over_comma(at) or self._speaker(office, at)
        if name and name.begin == name.first and words.joint(name.last) == COMMA and begins_rank(words, name.last):
            return self._names.read(name.last)  # "Danlanud Pangeran Diponegoro, Letkol Pnb Rahman"
        return None if name and joint in (COMMA, CLOSE_COMMA) and self._lists(name) else name

    def _speaker(self, office: Office, at: int) -> Name | None:
        """A name of one word behind the office of who speaks: "kata Kepala Dinas Sosial Sleman" + "Sukri, Jumat"."""
        told = office.last > office.headed and speaks(self._words, office.first) and self._words.joint(at) == COMMA
        return self._names.read_single(at) if told else None

    def _of_relative(self, office: Office) -> bool:
        """Whether a person around the holder is told of: "istri Bupati Sleman, Rina Dewi"."""
        words, first = self._words, office.first
        sizes = range(1, min(3, first) + 1)
        return words.joint(first) == SPACE and any(
            words.folded[first - size : first] in cues("not the holder") for size in sizes
        )

    def _is_guest(self, office: Office) -> bool:
        """Whether a bare office in small letters stands in a list: "para camat, kades, Budi Jaya, dan warga"."""
        first = office.first
        bare = office.last == first + 1 and self._words.forms[first].islower()
        listed = self._words.joint(first) == COMMA or self._words.folded[first - 1 : first] in (("dan",), ("para",))
        return bare and listed

    def _of_state(self, office: Office, name: Name) -> Office:
        """A minister without a portfolio is one where the model sees the name in the text: "Menteri Amran"; a king of
        no country by the number behind the name, "Raja Charles III", or by one name in a text about a monarchy.
        """
        bare = office.head.office in MINISTERS and self._words.forms[office.headed - 1][0].isupper()
        seen = name.by == "model" and name.first >= self._title
        throne = office.sector == "private" and office.head.sector == "foreign"
        single = name.by == "model" and name.last - name.first == 1
        reigns = throne and (_is_ordinal(self._words, name.last - 1) or (single and self._places.monarchy()))
        return replace(office, sector="public") if (bare and seen) or reigns else office

    def _further(self, office: Office, name: Name | None) -> tuple[Office, Name] | None:
        """The office stretched to the person whom the model sees behind it; not into the words of a name that the
        rules read whole.
        """
        if self._of_relative(office):
            return None
        found = stretched(self._words, self._places, self._bodies, self._names, office)
        inside = found and name and name.first < found[1].first < name.last and office.head.tail != "place"
        whole = office.code is not None or (found and found[1].last - found[1].first == 1)
        return None if inside and whole else found

    def _lists(self, name: Name) -> bool:
        """Whether a single word after a comma stands in a list, not for a person ("Ketua DPRD, Forkopimda, dan
        camat").
        """
        follows = self._words.folded[name.last : name.last + 1]
        single = name.by == "rule" and name.last - name.first == 1
        return single and follows in (("dan",), ("serta",)) and self._words.joint(name.last) == COMMA

    def _name_before(self, office: Office) -> Name | None:
        """The name to the left: over a comma or parenthesis, or over selaku, sebagai, yang menjabat."""
        words, first, name = self._words, office.first, None
        joint = words.joint(first)
        listed = self._in_list(office) or is_pointed_at(words, office)
        if joint == OPEN or (joint == COMMA and not listed):
            name = self._names.read_back(first)
        elif joint == SPACE:
            sizes = (size for size in range(5, 0, -1) if size <= first)
            size = next((size for size in sizes if words.folded[first - size : first] in cues("name and office")), 0)
            if size and words.joint(first - size) in (SPACE, COMMA, CLOSE, DOT):
                name = self._names.read_back(first - size)
            elif size == 0 and self._names.seen.ends_before(first):  # "ujar Tukiman Kepala Dinas Pertanian"
                name = self._names.read_back(first)
        taken = self._pairs[-1].office.last if self._pairs else 0  # "Wakil Menteri Dalam Negeri" + "(Wamendagri)"
        claimed = 0 if joint == SPACE and words.folded[first - 1] in _ALSO else self._claimed
        return name if name and name.first >= max(claimed, taken) else None

    def _told_by_cue(self, office: Office) -> Name | None:
        """The person whom the model sees before "yang menjabat" and its like, which are no accident."""
        before = self._words.folded[office.first - 1 : office.first]
        name = self._name_before(office) if before in (("menjabat",), ("selaku",)) else None
        return name if name and name.by == "model" else None

    def _in_list(self, office: Office) -> bool:
        """Whether an office after a comma is one of a list: a bare "camat", or one before another office."""
        words, at = self._words, office.after
        if office.last == office.first + 1:
            return True
        joined = words.folded[at : at + 1] == ("dan",) and not self._names.seen.ends_before(office.first)
        after = at + 1 if joined else at
        return words.joint(at) == COMMA and after < len(words) and begins_office(words, after)

    def _twins(self, office: Office) -> list[Pair]:
        """Bupati dan Wakil Bupati X, A dan B: two heads, one tail, two names."""
        words, at = self._words, office.last
        if at != office.headed or words.folded[at : at + 1] != ("dan",) or words.joint(at) != SPACE:
            return []
        other = read_office(words, self._places, self._bodies, at + 1) if at + 1 < len(words) else None
        both = (self._two_after(other) or both_before(words, self._names, office.first)) if other else None
        if other is None or both is None:
            return []
        shared = replace(
            office,
            code=other.code,
            organization=other.organization,
            sector=other.sector,
            shared_tail=(other.headed, other.last),
        )
        status = office.status if other.status == "in_office" else other.status
        return [
            Pair(replace(shared, status=status), both[0], _TWINS),
            Pair(replace(other, status=status), both[1], _TWINS),
        ]

    def _two_after(self, office: Office) -> tuple[Name, Name] | None:
        """The two names behind the second of two offices."""
        name = self._names.read(office.after) if self._words.joint(office.after) in _BETWEEN else None
        second = self._second(name) if name else None
        return (name, second) if name and second else None

    def _second(self, name: Name) -> Name | None:
        """The name after dan or a dash."""
        words, at = self._words, name.end
        if words.folded[at : at + 1] == ("dan",):
            return self._names.read(at + 1)
        return self._names.read(at) if words.joint(at) == DASH else None


def _is_ordinal(words: Words, at: int) -> bool:
    """Whether a word is a number as monarchs have it."""
    return set(words.forms[at]) <= set("IVX")
