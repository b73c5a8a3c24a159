"""Reads what follows the head of an office and belongs to it, and tells whose office it makes: the public's, a
party's, a firm's.

"Kabid Pemerintahan Pekon pada Dinas Pemberdayaan Masyarakat Pekon (DPMP)" goes on with a portfolio, a link, a body
and an abbreviation; "Wali Kota Tangerang, Banten" with a region and the province that holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tagger.body_portfolios import read_portfolio
from tagger.gazetteer.tables import read_words
from tagger.heads import SERVICE, fold, name_ends, vocabulary
from tagger.word_places import LOCAL
from tagger.words import CLOSE, COMMA, DASH, OPEN, SLASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tagger.word_places import WordPlaces
    from tagger.words import Words

PUBLIC_KINDS = frozenset(
    {
        "ministry", "agency", "local-agency", "local-government", "government", "legislature", "police", "military",
        "prosecution", "judiciary", "election", "audit", "task-force", "hospital", "mission",
    }
)  # fmt: skip
_LISTED_ASSOCIATIONS = frozenset(
    {"pengusaha", "pemerintah", "dagang", "industri", "pkk", "olahraga", "hotel", "hipmi", "apindo", "kadin", "apkasi"}
)
_FIRM_HEADS = frozenset({"Direktur Utama", "Komisaris Utama", "Chief Executive Officer", "Kepala"})
_NEVER_BARE = frozenset({"Menteri", "Wakil Menteri", "Menteri Koordinator", "Inspektur", "Asisten Daerah"})
_OF_A_COUNTRY = frozenset({"Presiden", "Perdana Menteri"})
_OF_A_UNIT = frozenset({"Kepala", "Wakil Kepala", "Sekretaris"})
_UNITS = frozenset({"upt", "uptd", "bagian", "bidang"})
_CHAMBERS = frozenset({"komisi", "fraksi", "pansus", "panja", "baleg", "banggar", "dprd"})
_STATE = frozenset(
    {"komando", "militer", "departemen", "kementerian", "kepolisian", "kejaksaan", "sudin", "pemkab", "pemkot"}
)
_LINKS = frozenset({"pada", "di", "dari", "fraksi", "bidang", "urusan", "untuk", "unit", "cabang", "dapil"})
_CONSTITUENCY = frozenset({"dapil", "pemilihan"})
_TERMS = frozenset({"dua", "2", "tiga", "satu"})
_AIDES = frozenset({"Staf Ahli", "Staf Khusus", "Tenaga Ahli"})
_AIDED = frozenset({("bupati",), ("gubernur",), ("walikota",), ("wali", "kota"), ("menteri",), ("presiden",)})
_FIELD_HEADS = frozenset({"Kepala Seksi", "Kepala Bidang", "Kepala Bagian", "Kepala Subbagian", "Kepala Subbidang"})
_FIELD_LINKS = frozenset({"dan", "dalam", "luar"})
_FIELD_WORDS = 8
_SERVICES = frozenset({"local-agency", "agency", "ministry", "local-government"})
_LONGEST = 24  # words
_PLACE_WORDS = 4
_ACRONYM = 3  # letters
_ABOVE = frozenset({"kecamatan", "kec", "kabupaten", "kab", "kota"})  # what a village belongs to
_DISTRICT = re.compile(r"\d{1,4}(?:-\d\d)?")  # "Danramil 410-05"


@dataclass(frozen=True, slots=True)
class OfficeHead:
    """What a head word or phrase stands for.

    Attributes:
        office: canonical office, e.g. Wali Kota; the `office_class` of officials.
        sector: public, party, school, foreign, private, or by-body where what follows decides.
        tail: what may follow: country, region, place (a name that need not be known), body.
    """

    office: str
    sector: str
    tail: str


@dataclass(frozen=True, slots=True)
class OrgSpan:
    """A body's mention as the tail of an office may hold it: word after its end, kind, name, region's code."""

    last: int
    kind: str | None
    name: str
    code: str | None


@dataclass(frozen=True, slots=True)
class Tail:
    """What belongs to an office up to word `last`, and what it names.

    Attributes:
        code: Kemendagri code of the region.
        country: ISO 3166-1 alpha-2 of the country.
        kinds: kinds of the bodies.
        organization: name of the first body.
    """

    last: int
    code: str | None = None
    country: str | None = None
    kinds: tuple[str, ...] = ()
    organization: str | None = None


@cache
def office_words() -> frozenset[str]:
    """Folded words that go on an office behind its head."""
    return read_words("office_words.txt")


def read_tail(words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], start: int, head: OfficeHead) -> Tail:
    """The tail that starts at a word; empty where nothing there belongs to the office."""
    return _TailReader(words, places, bodies, start).read(head)


def parenthesis(words: Words, at: int) -> int:
    """The word after an abbreviation in parentheses at a word ("Kepala Bagian (Kabag)"); the word itself where none
    stands.
    """
    last = at
    if words.joint(at) == OPEN:
        while last < len(words) and last - at < 3 and (last == at or words.joint(last) in (SPACE, SLASH)):
            last += 1
        if words.joint(last)[:1] == CLOSE and words.forms[at][0].isupper():
            return last
    return at


def after_tail(words: Words, last: int) -> int:
    """The word after "setempat", "periode 2019-2024" or "pada 2015", which belong to no name."""
    if last >= len(words) or words.joint(last) not in (SPACE, CLOSE):
        return last
    if words.folded[last] == "setempat":
        return last + 1
    if words.folded[last + 1 : last + 2] == ("periode",) and words.folded[last] in _TERMS:  # "dua periode"
        return last + 2
    at = last + 1 if words.folded[last] in ("periode", "pada") else last
    year = at
    while at < len(words) and words.forms[at][:4].isdigit() and words.joint(at) in (SPACE, DASH):
        at += 1
    return at if at > year else last


class _TailReader:
    """Takes one part after the other: bodies, places, portfolios, units, numbers, links."""

    def __init__(self, words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], start: int) -> None:
        self._words = words
        self._places = places
        self._bodies = bodies
        self._start = start

    def read(self, head: OfficeHead) -> Tail:
        tail = self._place() if head.tail == "place" else Tail(self._small_field(head, self._aided(head)))
        end = min(len(self._words), self._start + _LONGEST)
        while tail.last < end:
            step = self._step(tail)
            if step is None or step.last == tail.last:
                break
            tail = step
        return tail

    def _aided(self, head: OfficeHead) -> int:
        """Past whom an aide serves, "Staf Ahli" + "Bupati" + "Bidang Hukum"."""
        at, folded = self._start, self._words.folded
        if head.office not in _AIDES or self._words.joint(at) != SPACE:
            return at
        return next((at + size for size in (2, 1) if folded[at : at + size] in _AIDED), at)

    def _small_field(self, head: OfficeHead, at: int) -> int:
        """Past a field in small letters up to the service: "kasi" + "ekspor dan impor" before "Dinas Perdagangan"."""
        words, last = self._words, at
        while head.office in _FIELD_HEADS and last - at < _FIELD_WORDS and words.joint(last) == SPACE:
            if (body := self._bodies.get(last)) and body.kind in _SERVICES:
                return last
            word = words.forms[last] if last < len(words) else ""
            if not word.islower() or (word in name_ends() and word not in _FIELD_LINKS):
                return at
            last += 1
        return at

    def _step(self, tail: Tail) -> Tail | None:
        at = tail.last
        joint = self._words.joint(at)
        if joint == OPEN:
            closed = parenthesis(self._words, at)
            return replace(tail, last=closed) if at > self._start or tail.kinds else None
        if joint == COMMA:
            return self._over_comma(tail)
        if joint not in (SPACE, CLOSE, SLASH):
            return None
        numbered = joint == SLASH and _is_number(self._words.forms[at - 1])
        if not numbered and (self._places.person(at) or (tail.code and _is_shouted(self._words.forms[at]))):
            return None
        named = self._named(tail)
        if named is None and numbered:  # "Danrem 0410/BL"
            return replace(tail, last=max(self._places.local(at), at + 1))
        return named if named is not None else replace(tail, last=self._unnamed(at))

    def _over_comma(self, tail: Tail) -> Tail | None:
        """The province of the region before it, or more of an enumeration of portfolios."""
        at = tail.last
        body = self._bodies.get(at)
        if body and not tail.kinds and self._words.joint(body.last) == SPACE and self._places.person(body.last):
            return Tail(body.last, body.code, None, (body.kind or "",), body.name)  # "Kabid Pajak, BPPRD Sleman Budi"
        place = self._places.region(at)
        if (
            place and place.code and tail.code and tail.code.startswith(f"{place.code}.")
        ):  # "Wali Kota Tangerang, Banten"
            return replace(tail, last=place.last)
        word = self._words.folded[at]
        listed = word in vocabulary() and word not in office_words() and "dan" in self._words.folded[at : at + 6]
        inside = at > self._start or self._words.folded[at - 1] in vocabulary()
        may = listed and inside and self._capital(at) and not self._places.person(at)
        return replace(tail, last=at + 1) if may else None

    def _named(self, tail: Tail) -> Tail | None:
        """A body, region or country; no step where another region begins a name ("BPBD Lambar" + "Padang Wiyono")."""
        at = tail.last
        if body := self._bodies.get(at):
            kinds = (*tail.kinds, body.kind or "")
            return Tail(body.last, body.code or tail.code, tail.country, kinds, tail.organization or body.name)
        if at > self._start and self._words.folded[at - 1] in _CONSTITUENCY:
            return replace(tail, last=self._places.local(at))
        if place := self._places.tail(at):
            another = tail.code and place.code and not tail.code.startswith(place.code)
            return tail if another else replace(tail, last=place.last, code=tail.code or place.code)
        if country := self._places.country(at):
            return replace(tail, last=country.last, country=tail.country or country.country)
        return None

    def _unnamed(self, at: int) -> int:
        """Where the suffix, place, portfolio, unit, number or link at a word ends; the word itself where none
        stands.
        """
        words = self._words
        folded = words.folded[at]
        if words.forms[at] in ("RI", "NKRI") or words.folded[at : at + 2] == ("republik", "indonesia"):
            return at + 1 if words.forms[at].isupper() else at + 2
        if folded in LOCAL and words.joint(at + 1) == SPACE and words.folded[at + 1] not in vocabulary():
            return max(self._places.local(at), at + 1)
        if (last := read_portfolio(words, self._places, at)) > at:
            return last
        unit = folded in office_words() and self._capital(at)
        if unit or _is_number(words.forms[at]) or (folded in _LINKS and self._link_holds(at)):
            return at + 1
        return self._before_body(at)

    def _capital(self, at: int) -> bool:
        return at < len(self._words) and self._words.forms[at][0].isupper()

    def _link_holds(self, link: int) -> bool:
        """Whether a small word joins what follows: pada and di a body, untuk a country, dari a party, bidang a
        portfolio.
        """
        at, folded = link + 1, self._words.folded[link]
        if self._words.joint(at) != SPACE or not self._capital(at):
            return False
        if folded in ("pada", "di", "fraksi"):
            return at in self._bodies
        if folded == "dari":
            return self._words.folded[at] in ("fraksi", "dapil", "daerah") or (
                at in self._bodies and self._bodies[at].kind == "party"
            )
        if folded == "untuk":
            return self._places.country(at) is not None
        return self._words.folded[at] in vocabulary() or self._places.tail(at) is not None

    def _before_body(self, at: int) -> int:
        """The body that unknown capitalised words lead to ("Kanit Gakkum Satlantas Polres"), else the word itself."""
        last = at
        while last - at < _PLACE_WORDS and self._words.joint(last) == SPACE and self._capital(last):
            if last in self._bodies:
                return last
            last += 1
        return at

    def _place(self) -> Tail:
        """A place after camat, lurah, kapolsek and their like: known, or told by the text."""
        at, words = self._start, self._words
        if at >= len(words) or words.joint(at) not in (SPACE, CLOSE) or at in self._bodies:
            return Tail(at)
        if place := self._places.tail(at):
            return Tail(place.last, place.code)
        last = known = max(self._places.district(at), self._places.named_local(at))
        if known == at:
            while last - at < _PLACE_WORDS and words.joint(last) in (SPACE, CLOSE) and self._capital(last):
                last += 1
        code = None
        while last > at and words.joint(last) == COMMA and set(words.folded[last : last + 1]) & _ABOVE:
            place = self._places.region(last)
            end = max(self._places.district(last), place.last if place else self._places.local(last))
            if end == last:
                break
            last, known, code = end, end, place.code if place else code
        return Tail(known, code)


def _is_shouted(form: str) -> bool:
    """Whether a word may be a name in capitals ("Bupati Lampung Tengah" + "MUSA AHMAD") rather than an acronym."""
    return form.isupper() and form.isalpha() and len(form) > _ACRONYM


def _is_number(form: str) -> bool:
    return bool(_DISTRICT.fullmatch(form)) or form == "l" or (form.isupper() and set(form) <= set("IVX"))


def sector_of(words: Words, head: OfficeHead, tail: Tail, headed: int) -> str:
    """Public, or what the bodies in the tail make of the office.

    Args:
        words: the text.
        head: the office's head.
        tail: what follows it.
        headed: the word after the head.
    """
    kinds = set(tail.kinds)
    if head.sector == "foreign":
        return "public" if tail.country else "private"
    if head.office in _OF_A_COUNTRY and kinds:  # "Presiden PKS"
        return "party" if "party" in kinds else "private"
    if head.sector != "by-body":
        return "private" if head.office in _NEVER_BARE and tail.last == headed else head.sector
    return _sector_by_body(words, head, tail, headed)


def is_public_unit(head: OfficeHead, forms: Sequence[str]) -> bool:
    """Whether the words behind a head name a part of the state that no table knows: "Kepala Stasiun Geofisika Sleman",
    "Juru Bicara Komando Pusat", "Kepala Distamhut".
    """
    inside = {form.lower() for form in forms}
    service = bool(forms) and SERVICE.fullmatch(forms[0]) is not None
    of_unit = head.office in _OF_A_UNIT and (service or inside & (vocabulary() | _UNITS))
    return bool(of_unit or inside & (_CHAMBERS | _STATE)) or head.office == "Ketua DPD"


def _sector_by_body(words: Words, head: OfficeHead, tail: Tail, headed: int) -> str:
    kinds = set(tail.kinds)
    if kinds:
        return "public" if kinds & PUBLIC_KINDS else _other_sector(kinds, fold(tail.organization or ""), head.office)
    return "public" if is_public_unit(head, words.forms[headed : tail.last]) else "private"


def _other_sector(kinds: set[str], name: str, office: str) -> str:
    """Parties, schools, heads of state firms, of associations of business, sports and local government; all others
    private.
    """
    for kind in ("party", "school", "university", "sports"):
        if kind in kinds:
            return "school" if kind == "university" else kind
    if "state-company" in kinds and office in _FIRM_HEADS:
        return "state-company"
    return "association" if "association" in kinds and _LISTED_ASSOCIATIONS.intersection(name.split()) else "private"
