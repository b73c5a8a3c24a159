"""Stretches an office up to the person whom the model sees after it, over words that no table knows.

"Kepala Satuan Polisi Pamong Praja dan Pemadam Kebakaran (Satpol-PP Damkar) Haris Rinaldi": what stands between the head
and the name in one run of capitals belongs to the office.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tagger.heads import common_words, name_ends, vocabulary
from tagger.office_tails import PUBLIC_KINDS, is_public_unit, office_words, parenthesis
from tagger.offices import ALSO_NAMES, begins_office, cues
from tagger.person_spans import CUT_SHORT
from tagger.titles import begins_rank, begins_title
from tagger.words import AMPERSAND, CLOSE, CLOSE_COMMA, COMMA, DASH, DOT, OPEN, SLASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagger.offices import Office, OrgSpan
    from tagger.persons import Name, Names
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_LINKS = frozenset({"dan", "pada", "di", "dari", "untuk"})
_JOINTS = frozenset({SPACE, OPEN, CLOSE, SLASH, AMPERSAND, DASH, DOT})
_BEFORE_NAME = _JOINTS - {OPEN, DASH} | {COMMA, CLOSE_COMMA}
_BEHIND_BODY = frozenset({SPACE, CLOSE, COMMA, CLOSE_COMMA})
_MINISTRY = "ministry"
_VERB = re.compile("(?!pe|ke)[a-z]{3,}kan|(?:mem[bpf]|men[cdj]|meng[aeiouhk]|meny[aeiou])[a-z]{3,}")
_FIELDS = 6  # words of an enumeration
_AND = frozenset({"dan", "serta"})
_TERMS = frozenset({"masa", "periode"})
_LONGEST = 16  # words
_MOST_LOOKED_AT = 20  # places in a text where a word stands
_ABBREVIATION = 3  # letters
_INSIDE = frozenset({SPACE, SLASH, DOT})
_INITIAL = 2  # letters
_UNIT = 7  # words of a unit's or a base's name


def stretched(
    words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], names: Names, office: Office
) -> tuple[Office, Name] | None:
    """The office with all words up to a person seen by the model, and that person; None where another thing stands
    between them.

    Args:
        words: the text.
        places: its regions and countries.
        bodies: the bodies it names, by first word.
        names: its persons.
        office: what the tables read.
    """
    at = office.last
    while office.last == office.after and at < len(words) and at - office.after < _LONGEST:
        name = _person(words, names, at, titled=office.head.tail == "place")
        if name:
            whole = _with_lord(words, name, office.last)
            if whole is not name and whole.begin == office.last:
                return office, whole
            name = whole
            return _joined(words, places, bodies, office, name) if _ends_office(words, office, name) else None
        if name := _over_body(words, places, bodies, names, office, at):
            return _joined(words, places, bodies, office, name)
        if enumerated := _past_fields(words, bodies, names, office, at):
            at = enumerated
            continue
        if begins_rank(words, at) or not _goes_on(words, at) or _is_verb(words, places, names, office, at):
            return None
        at += 1
    return None


def _past_fields(words: Words, bodies: Mapping[int, OrgSpan], names: Names, office: Office, at: int) -> int:
    """Where fields end that an office enumerates over commas: "Direktur Jenderal Energi Baru" + "Terbarukan, dan
    Konservasi"; 0 where a comma begins no such list.
    """
    start = at
    if words.joint(at) != COMMA or office.head.tail != "body" or at == office.headed:
        return 0
    while at + 1 < len(words) and at - start < _FIELDS and words.joint(at) in (SPACE, COMMA):
        ends = at > start and words.folded[at] in _AND and words.joint(at + 1) == SPACE
        field = at + 1 if ends else at
        other = field in bodies or names.seen.start(field) is not None or begins_office(words, field)
        if other or not words.forms[field][0].isupper():
            return 0
        if ends:
            return field + 1
        at += 1
    return 0


def _is_verb(words: Words, places: WordPlaces, names: Names, office: Office, at: int) -> bool:
    """Whether a word with a capital ends an office as a headline's verb does: "Wali Kota Metro Letakkan Batu Pertama";
    in a title any word of every day does that is in no body's name.
    """
    folded = words.folded[at]
    if folded in vocabulary() or folded in office_words() or folded in _LINKS or places.starts(at):
        return False
    if at == office.headed and office.head.tail == "place":  # "Kades Bulakan"
        return False
    return _VERB.fullmatch(folded) is not None or (names.in_title(at) and folded in name_ends() | common_words())


def _over_body(
    words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], names: Names, office: Office, at: int
) -> Name | None:
    """The person behind a government body that commas part from an office in it: "Direktur Pembinaan SMA, Kementerian
    Pendidikan (Kemdik), Rina Dewi".
    """
    body = bodies.get(at)
    if body is None or words.joint(at) != COMMA or office.head.tail != "body" or at == office.headed:
        return None
    if body.kind not in PUBLIC_KINDS or (office.organization and body.kind != _MINISTRY):
        return None
    end = parenthesis(words, body.last)
    region = places.region(end) if words.joint(end) in (SPACE, COMMA) else None
    end = region.last if region else end
    return names.read_seen(end) if words.joint(end) in _BEHIND_BODY else None


def before_rank(
    words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], names: Names, office: Office
) -> tuple[Office, Name] | None:
    """The office up to a rank, over a unit's, a base's or a hero's name, and the name behind the rank: "Danlanud J.A.
    Dimara" + "Kolonel Pnb Onesmus Rai"; None where no rank follows or nothing stands between.
    """
    at = office.last
    while office.after == office.last and at - office.last < _UNIT and at < len(words) and not begins_rank(words, at):
        apart = words.joint(at) == DOT and len(words.forms[at - 1]) > _INITIAL
        if apart or words.joint(at) not in _INSIDE or not words.forms[at][0].isupper() or begins_office(words, at):
            return None
        at += 1
    ranked = office.last < at < len(words) and begins_rank(words, at) and words.joint(at) in (SPACE, CLOSE)
    name = names.read(at) if ranked else None
    return _joined(words, places, bodies, office, replace(name, begin=at)) if name else None


def completed(words: Words, names: Names, office: Office) -> Office:
    """An office behind its name, with all capitalised words that go on: no name is to come. One that names its region
    is complete.
    """
    if office.code:
        return office
    at = office.last
    while office.last == office.after and at < len(words) and at - office.last < _LONGEST:
        if not _belongs(words, at) or not _goes_on(words, at) or names.seen.joins(at):
            break
        at += 1
    while at > office.last and words.folded[at - 1] in _LINKS:
        at -= 1
    return replace(office, last=at, after=at)


def is_school_name(words: Words, office: Office, name: Name) -> bool:
    """Whether a school is named after the person behind it: its name stands elsewhere in the text without an office."""
    if office.sector != "school" or name.begin != name.first or office.last != name.first:
        return False
    begin, inside = office.last - 1, office.last - 1 - office.first
    school, whole = words.folded[begin : name.last], words.folded[office.first : name.last]
    for at in range(inside, len(words) - len(school) + 1):
        same = words.folded[at] == school[0] and words.folded[at : at + len(school)] == school
        if same and words.joint(at + 1) == SPACE and words.folded[at - inside : at + len(school)] != whole:
            return True
    return False


def _belongs(words: Words, at: int) -> bool:
    """Whether a word behind an office may be the office's: a link, or a capital that begins no other thing."""
    folded = words.folded[at]
    return folded in _LINKS or (words.forms[at][0].isupper() and folded not in name_ends() and folded not in _TERMS)


def without_seat(words: Words, office: Office, name: Name) -> tuple[Office, Name]:
    """The name without a first word that elsewhere in the text stands behind the same word of the office, and so tells
    the body's seat: "Kepala Bulog Liwa Rahman" beside "Bulog Liwa buka".
    """
    first, folded = name.first, words.folded
    beside_body = office.last == first > office.headed and words.joint(first) == SPACE
    if not beside_body or name.begin != first or name.last - first < 2 or begins_office(words, first - 1):
        return office, name
    at = -1
    for _ in range(_MOST_LOOKED_AT):
        try:
            at = folded.index(folded[first], at + 1)
        except ValueError:
            break
        beside = at > 1 and folded[at - 1] == folded[first - 1] and words.joint(at) == SPACE
        if beside and folded[at - 2] != folded[first - 2] and folded[at + 1 : at + 2] != folded[first + 1 : first + 2]:
            seat = replace(office, last=first + 1, after=first + 1)
            return seat, replace(name, begin=first + 1, first=first + 1)
    return office, name


def _person(words: Words, names: Names, at: int, *, titled: bool) -> Name | None:
    """The person at a word: one whom the model sees, or any behind a rank, or behind a title if that ends a place."""
    if words.joint(at) not in _BEFORE_NAME:
        return None
    behind = begins_rank(words, at) or (titled and begins_title(words, at))
    return names.read_seen(at) or (names.read(at) if behind else None)


def _with_lord(words: Words, name: Name, lowest: int) -> Name:
    """The name with Raja or Putra before it, which is a part of names too, or with a first name cut short ("Moch.")."""
    before = name.begin - 1
    if words.joint(name.begin) not in (SPACE, DOT):
        return name
    part = before >= lowest and words.folded[before] in (ALSO_NAMES if words.joint(name.begin) != DOT else CUT_SHORT)
    lord = part and words.forms[before][0].isupper()
    return replace(name, begin=before, first=before) if lord and name.begin == name.first else name


def _ends_office(words: Words, office: Office, name: Name) -> bool:
    """Whether the word before a name may be an office's last, and the name no street's or park's."""
    before, first = words.folded[name.begin - 1], words.folded[name.first]
    named_after = {(before,), (first,)} & cues("no name follows")
    return name.begin > office.after and before not in _LINKS and not named_after


def _goes_on(words: Words, at: int) -> bool:
    """Whether a word may stand inside an office whose words no table knows."""
    joint, folded = words.joint(at), words.folded[at]
    if joint not in _JOINTS or (joint == DOT and len(words.forms[at - 1]) > _ABBREVIATION) or begins_office(words, at):
        return False
    return words.forms[at][0].isupper() or words.forms[at].isdigit() or folded in _LINKS | vocabulary() | office_words()


def _joined(
    words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], office: Office, name: Name
) -> tuple[Office, Name]:
    """The office up to the name, with the body and region that it now holds."""
    inside = range(office.last, name.begin)
    held = [bodies[at] for at in inside if at in bodies]
    regions = [place.code for at in inside if (place := places.region(at)) and place.code]
    public = any(body.kind in PUBLIC_KINDS for body in held) or is_public_unit(
        office.head, words.forms[office.headed : name.begin]
    )
    code = next((body.code for body in held if body.code), None) or (regions[-1] if regions else None)
    return replace(
        office,
        last=name.begin,
        after=name.begin,
        code=code or office.code,
        organization=office.organization or next((body.name for body in held), None),
        sector="public" if public and office.head.sector == "by-body" else office.sector,
    ), name
