"""Persons in public office: each with name, fullest office, jurisdiction, status, and all mentions.

Offices are paired with the names beside them (`tagger.pairing`); pairs of one person are joined, later mentions by a
part of the name or a nickname resolved, and the office that the text supports best chosen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from spacy.language import Language

from tagger.appointments import APPOINTED
from tagger.heads import heads, reporting_verbs
from tagger.mentions import OfficialFound
from tagger.offices import OrgSpan, local_offices, office_firsts
from tagger.pairing import MINISTERS, Pair, find_pairs
from tagger.people import Person, find_people
from tagger.persons import Names
from tagger.word_places import WordPlaces
from tagger.words import Words, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from tagger.mentions import OrganizationFound, RegionFound
    from tagger.offices import Office

LISTED = frozenset({"public", "party", "state-company", "school", "sports", "association"})
_LEVEL_OF = {"Gubernur": "province", "Wakil Gubernur": "province", "Bupati": "regency", "Wakil Bupati": "regency",
             "Wali Kota": "city", "Wakil Wali Kota": "city"}  # fmt: skip
_AGENCIES = frozenset({"local-agency", "agency", "ministry"})
_WITHIN_AGENCY = frozenset(
    {"Kepala Bidang", "Kepala Seksi", "Kepala Subbagian", "Kepala Subbidang", "Sekretaris Dinas", "Kepala UPT"}
)
_NEAR = 45  # words
_SHORT = 2  # letters of an acronym that names no service


@Language.component("kabar_officials")
def tag_officials(doc: Doc) -> Doc:
    """Sets `doc._.officials`."""
    words = read_words(doc.text, heads().firsts() | office_firsts(), reporting_verbs())
    seen = [(span.start_char, span.end_char) for span in doc.spans.get("ner", ()) if span.label_ == "PER"]
    places = WordPlaces(words, doc._.regions, doc._.countries, seen)
    bodies = _body_spans(words, doc._.organizations)
    title_words = words.before(doc._.title_length)
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
    home = _Home(words, pairs, regions, bodies)
    found = [
        official
        for person in find_people(words, pairs, names.seen.singles())
        if (official := _official(words, person, home))
    ]
    return tuple(sorted(found, key=lambda official: official.mentions[0]))


class _Home:
    """Which region the offices that stand without one belong to."""

    def __init__(
        self, words: Words, pairs: list[Pair], regions: Iterable[RegionFound], bodies: dict[int, OrgSpan]
    ) -> None:
        self._agencies = sorted(first for first, body in bodies.items() if body.kind in _AGENCIES)
        self._bodies = bodies
        local = {pair.office.code for pair in pairs if pair.office.head.office in _LEVEL_OF}
        local |= {
            body.code for body in bodies.values() if body.kind in ("local-government", "local-agency", "legislature")
        }
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
                shown = shown.split(" ", 1)[1] if shown.startswith(("Kota ", "Kabupaten ", "Provinsi ")) else shown
                if self._names.get(region.code, "A").isupper():  # "JAKARTA" stands in datelines
                    self._names[region.code] = shown

    def only(self) -> str | None:
        """Code of the one region whose government the article names, or None where it names none or several."""
        return self._only

    def agency(self, index: int) -> OrgSpan | None:
        """The service or agency named last before a word, not long before it."""
        place = bisect_left(self._agencies, index) - 1
        near = place >= 0 and index - self._agencies[place] <= _NEAR
        return self._bodies[self._agencies[place]] if near else None

    def of(self, office: str) -> tuple[str, str] | None:
        """Code and name of the one region at the office's level that the article is about, or None where that is not
        certain.
        """
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


def _official(words: Words, person: Person, home: _Home) -> OfficialFound | None:
    listed = [pair for pair in person.pairs if pair.office.sector in LISTED]
    if not listed:
        return None
    public = [pair for pair in listed if pair.office.sector == "public"] or listed
    public = [pair for pair in public if not _is_bare(pair.office)] or public
    public = [pair for pair in public if pair.office.status != "candidate"] or public
    public = [pair for pair in public if pair.cue == APPOINTED] or public
    count = Counter(pair.office.head.office for pair in public)
    first = public[0].office.head.office
    chosen = max(count, key=lambda office: (count[office], office == first))
    same = [pair.office for pair in public if pair.office.head.office == chosen]
    best = max(
        same, key=lambda office: (office.code is not None, office.country is not None, office.last - office.first)
    )
    text = " ".join(words.slice(best.first, best.last).split())
    text += ")" if text.count("(") > text.count(")") else ""
    if best.shared_tail and best.shared_tail[0] < best.shared_tail[1]:
        text = f"{text} {words.slice(*best.shared_tail)}"
    code = next((office.code for office in same if office.code), None)
    organization = next((office.organization for office in same if office.organization), None)
    if code is None and best.country is None and (region := home.of(chosen)):
        code = region[0]
        text = f"{text} {region[1]}".strip()
    within = chosen in _WITHIN_AGENCY and not _names_body(words, best)
    if organization is None and within and (agency := home.agency(best.first)):
        text, organization, code = f"{text} {agency.name}", agency.name, code or agency.code
    if best.last == best.headed and (agency := home.agency(best.first)) and _heads_it(words, best, agency):
        text, organization, code = f"{text} {agency.name.split(' ', 1)[1]}", agency.name, code or agency.code
    if code is None and best.country is None and chosen in local_offices():
        code = home.only()
    return OfficialFound(
        name=person.shown,
        office=text,
        office_class=chosen,
        jurisdiction=code,
        organization=organization,
        status=next((office.status for office in same if office.status != "in_office"), "in_office"),
        mentions=tuple(where for _, where in sorted(person.mentions.items())),
        score=0.95 if len(listed) > 1 else 0.9,
    )


def _heads_it(words: Words, office: Office, agency: OrgSpan) -> bool:
    """Whether an office ends in the first word of a service named before: "Kepala Dinas" after "Dinas Kesehatan"."""
    first, _, rest = agency.name.partition(" ")
    return bool(rest) and words.forms[office.last - 1] == first


def _is_bare(office: Office) -> bool:
    """Whether a minister's portfolio is not told."""
    return office.head.office in MINISTERS and office.last == office.headed


def _names_body(words: Words, office: Office) -> bool:
    """Whether an office ends in a service's acronym, known or not, and a region ("Kabid Bina Marga DPUPR Sleman")."""
    forms = words.forms[office.headed : office.last]
    return office.code is not None and any(form.isupper() and len(form) > _SHORT for form in forms)
