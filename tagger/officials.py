"""Persons in public office: each with name, fullest office, jurisdiction, status, and all mentions.

Offices are paired with the names beside them (`tagger.pairing`); pairs of one person are joined, later mentions by a part of
the name or a nickname resolved, and the office that the text supports best chosen.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.language import Language

import tagger.extensions  # noqa: F401  (registers the attributes)
from tagger.bodies import heads
from tagger.mentions import OfficialFound, Where
from tagger.offices import OrgSpan, local_offices, office_firsts
from tagger.pairing import Pair, find_pairs
from tagger.persons import Name, Names
from tagger.word_places import WordPlaces
from tagger.words import DASH, SPACE, Words, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from tagger.mentions import OrganizationFound, RegionFound

LISTED = frozenset({"public", "party", "state-company", "school", "sports", "association"})
_LEVEL_OF = {"Gubernur": "province", "Wakil Gubernur": "province", "Bupati": "regency", "Wakil Bupati": "regency",
             "Wali Kota": "city", "Wakil Wali Kota": "city"}  # fmt: skip
_AGENCIES = frozenset({"local-agency", "agency", "ministry"})
_WITHIN_AGENCY = frozenset({"Kepala Bidang", "Kepala Seksi", "Kepala Subbagian", "Kepala Subbidang", "Sekretaris Dinas", "Kepala UPT"})
_NEAR = 45  # words


@dataclass(slots=True)
class _Person:
    """One person while mentions are gathered; `name` is folded words of the fullest form."""

    name: tuple[str, ...]
    shown: str
    pairs: list[Pair] = field(default_factory=list)
    aliases: set[tuple[str, ...]] = field(default_factory=set)
    mentions: list[Where] = field(default_factory=list)


@Language.component("kabar_officials")
def tag_officials(doc: Doc) -> Doc:
    """Sets `doc._.officials`."""
    words = read_words(doc.text, heads().firsts() | office_firsts())
    places = WordPlaces(words, doc._.regions, doc._.countries)
    bodies = _body_spans(words, doc._.organizations)
    title = doc._.title_length
    title_words = sum(start < title for start in words.starts) if title else 0
    names = Names(words, places, bodies, _model_spans(words, doc), title_words)
    doc._.officials = find_officials(words, places, bodies, names, doc._.regions, title_words)
    return doc


def _model_spans(words: Words, doc: Doc) -> list[tuple[int, int]]:
    spans = [span for span in doc.spans.get("ner", ()) if span.label_ == "PER"]
    return [found for span in spans if (found := words.span(span.start_char, span.end_char))]


def _body_spans(words: Words, organizations: Iterable[OrganizationFound]) -> dict[int, OrgSpan]:
    """The bodies' mentions by first word; the longest where several start at one."""
    spans: dict[int, OrgSpan] = {}
    for body in organizations:
        for mention in body.mentions:
            found = words.span(mention.start, mention.end)
            if found and (found[0] not in spans or spans[found[0]].last < found[1]):
                spans[found[0]] = OrgSpan(found[1], body.kind, body.name, body.jurisdiction)
    return spans


def find_officials(
    words: Words,
    places: WordPlaces,
    bodies: dict[int, OrgSpan],
    names: Names,
    regions: Iterable[RegionFound] = (),
    title_words: int = 0,
) -> tuple[OfficialFound, ...]:
    """The officials of a text, in the order of their first mention.

    Args:
        words: the text.
        places: its regions and countries by word.
        bodies: the bodies it names, by first word.
        names: its persons.
        regions: its regions, for offices that stand without one.
        title_words: how many of the words are the title's.
    """
    pairs = find_pairs(words, places, bodies, names, title_words)
    people = _people(words, [pair for pair in pairs if pair.name])
    _add_mentions(words, names, people)
    home = _Home(words, pairs, regions, bodies)
    found = [official for person in people if (official := _official(words, person, home))]
    return tuple(sorted(found, key=lambda official: official.mentions[0]))


def _people(words: Words, pairs: list[Pair]) -> list[_Person]:
    """Joins the pairs whose names are one: equal, or all words of the one in the other."""
    people: list[_Person] = []
    ordered = sorted(pairs, key=lambda pair: -(_size(pair.name)))
    for pair in ordered:
        name = pair.name
        if name is None:
            continue
        folded = words.folded[name.first : name.last]
        person = next((person for person in people if _same_person(folded, pair, person)), None)
        if person is None:
            person = _Person(folded, words.slice(name.first, name.last))
            people.append(person)
        person.pairs.append(pair)
        if name.alias:
            person.aliases.add(words.folded[name.alias[0] : name.alias[1]])
    for person in people:
        person.pairs.sort(key=lambda pair: pair.office.first)
    return people


def _same_person(folded: tuple[str, ...], pair: Pair, person: _Person) -> bool:
    """Whether a name is a person's: the same, a nickname, its beginning, one word of it, or any part beside the same office."""
    if folded == person.name or folded in person.aliases:
        return True
    if not set(folded) <= set(person.name):
        return False
    offices = {other.office.head.office for other in person.pairs}
    return len(folded) == 1 or folded[0] == person.name[0] or pair.office.head.office in offices


def _size(name: Name | None) -> int:
    return name.last - name.first if name else 0


def _add_mentions(words: Words, names: Names, people: list[_Person]) -> None:
    """All mentions: beside an office, full, in part, by nickname."""
    taken: dict[int, _Person] = {}
    for person in people:
        for pair in person.pairs:
            if pair.name is None:
                continue
            _mention(words, person, pair.name.first, pair.name.last, pair.cue, pair.name.by)
            taken.update(dict.fromkeys(range(pair.name.first, pair.name.last), person))
    by_word: dict[str, list[_Person]] = {}
    for person in people:
        for word in {*person.name, *(alias[0] for alias in person.aliases)}:
            by_word.setdefault(word, []).append(person)
    last_seen: dict[int, int] = {}
    index = 0
    while index < len(words):
        here = taken.get(index)
        if here is not None:
            last_seen[id(here)] = index
            index += 1
            continue
        listed = by_word.get(words.folded[index])
        match = _part(words, listed, index, last_seen) if listed and words.forms[index][0].isupper() else None
        if match is None:
            index += 1
            continue
        person, last = match
        _mention(words, person, index, last, "part of a name known from its office", "rule")
        last_seen[id(person)] = index
        index = last


def _part(words: Words, people: list[_Person], index: int, last_seen: dict[int, int]) -> tuple[_Person, int] | None:
    """Whose name the words from an index on are part of, and where it ends: the longest, then whoever was named last."""
    best: tuple[int, int, _Person] | None = None
    for person in people:
        last = _along(words, person, index)
        if last > index and not _goes_on(words, person, index, last):
            rank = (last, last_seen.get(id(person), -1))
            if best is None or rank > best[:2]:
                best = (*rank, person)
    return (best[2], best[0]) if best else None


def _along(words: Words, person: _Person, index: int) -> int:
    """Where a run of the person's name or nickname that starts at a word ends."""
    for alias in person.aliases:
        if words.folded[index : index + len(alias)] == alias:
            return index + len(alias)
    if words.folded[index] not in person.name or len(words.folded[index]) < 3:
        return index
    at, position = index + 1, person.name.index(words.folded[index]) + 1
    while at < len(words) and words.joint(at) in (SPACE, ".") and position < len(person.name):
        if words.folded[at] not in person.name[position:]:
            break
        position = person.name.index(words.folded[at], position) + 1
        at += 1
    return at


def _goes_on(words: Words, person: _Person, first: int, last: int) -> bool:
    """Whether the words are part of a longer run of capitals that names something else ("Jalan Sudirman", "Budi Luhur")."""
    if last < len(words) and words.joint(last) in (SPACE, DASH) and words.forms[last][0].isupper() and last - first < len(person.name):
        return not (words.folded[last] in office_firsts() or words.forms[last].isupper())
    before = first - 1
    if before >= 0 and words.joint(first) == SPACE and words.forms[before][0].isupper():
        return words.folded[before] in _OF_OTHER_THINGS
    return False


_OF_OTHER_THINGS = frozenset("jalan jl jln gang masjid gedung stadion bandara universitas rsud rs taman sma smk smp sd pt cv toko".split())


def _mention(words: Words, person: _Person, first: int, last: int, cue: str, by: str) -> None:
    where = Where(words.starts[first], words.ends[last - 1], cue, "model" if by == "model" else "rule")
    if not any(where.start == other.start for other in person.mentions):
        person.mentions.append(where)


class _Home:
    """Which region the offices that stand without one belong to."""

    def __init__(self, words: Words, pairs: list[Pair], regions: Iterable[RegionFound], bodies: dict[int, OrgSpan]) -> None:
        self._agencies = sorted((first, body) for first, body in bodies.items() if body.kind in _AGENCIES)
        local = {pair.office.code for pair in pairs if pair.office.head.office in _LEVEL_OF}
        local |= {body.code for body in bodies.values() if body.kind in ("local-government", "local-agency", "legislature")}
        self._only = next(iter(local - {None})) if len(local - {None}) == 1 else None
        self._of_office: dict[str, Counter[str]] = {}
        self._names: dict[str, str] = {}
        for pair in pairs:
            if pair.office.code and pair.office.head.office in _LEVEL_OF:
                level = _LEVEL_OF[pair.office.head.office]
                self._of_office.setdefault(level, Counter())[pair.office.code] += 1
        self._levels: dict[str, Counter[str]] = {}
        for region in regions:
            if region.code:
                self._levels.setdefault(region.level, Counter())[region.code] += 1
                shown = words.text[region.where.start : region.where.end]
                self._names.setdefault(region.code, shown.split(" ", 1)[1] if shown.startswith(("Kota ", "Kabupaten ", "Provinsi ")) else shown)

    def only(self) -> str | None:
        """Code of the one region whose government the article names, or None where it names none or several."""
        return self._only

    def agency(self, index: int) -> OrgSpan | None:
        """The service or agency named last before a word, not long before it."""
        before = [body for first, body in self._agencies if index - _NEAR <= first < index]
        return before[-1] if before else None

    def of(self, office: str) -> tuple[str, str] | None:
        """Code and name of the one region at the office's level that the article is about, or None where that is not certain."""
        level = _LEVEL_OF.get(office)
        if level is None:
            return None
        named = self._of_office.get(level) or self._levels.get(level) or Counter()
        if not named:
            return None
        (code, count), *rest = named.most_common()
        if rest and count < 2 * rest[0][1]:
            return None
        return code, self._names.get(code, "")


def _official(words: Words, person: _Person, home: _Home) -> OfficialFound | None:
    listed = [pair for pair in person.pairs if pair.office.sector in LISTED]
    if not listed:
        return None
    public = [pair for pair in listed if pair.office.sector == "public"] or listed
    count = Counter(pair.office.head.office for pair in public)
    first = public[0].office.head.office
    chosen = max(count, key=lambda office: (count[office], office == first))
    same = [pair.office for pair in public if pair.office.head.office == chosen]
    best = max(same, key=lambda office: (office.code is not None, office.country is not None, office.last - office.first))
    text = " ".join(words.slice(best.first, best.last).split()) + _closing(words, best.last)
    if best.shared_tail and best.shared_tail[0] < best.shared_tail[1]:
        text = f"{text} {words.slice(*best.shared_tail)}"
    code = next((office.code for office in same if office.code), None)
    organization = next((office.organization for office in same if office.organization), None)
    if code is None and best.country is None and (region := home.of(chosen)):
        code = region[0]
        text = f"{text} {region[1]}".strip()
    if organization is None and chosen in _WITHIN_AGENCY and (agency := home.agency(best.first)):
        text, organization, code = f"{text} {agency.name}", agency.name, code or agency.code
    if code is None and best.country is None and chosen in local_offices():
        code = home.only()
    return OfficialFound(
        name=person.shown,
        office=text,
        office_class=chosen,
        jurisdiction=code,
        organization=organization,
        status=next((office.status for office in same if office.status != "in_office"), "in_office"),
        mentions=tuple(sorted(person.mentions)),
        score=0.95 if len(listed) > 1 else 0.9,
    )


def _closing(words: Words, last: int) -> str:
    """The parenthesis that a word closes, where the office ends inside one."""
    return ")" if words.joint(last)[:1] == ")" else ""
