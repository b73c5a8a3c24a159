"""Reads public offices off the words: status, head, and what tells of which body or place.

"Penjabat (Pj) Gubernur DKI Jakarta" is a status, a head and a region; "Kabid Pemerintahan Pekon pada Dinas Pemberdayaan
Masyarakat Pekon" a head, a portfolio and a body. Heads are `gazetteer/offices.tsv`, statuses `gazetteer/statuses.tsv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tagger.body_names import read_portfolio
from tagger.gazetteer.tables import read_table
from tagger.heads import fold, vocabulary
from tagger.phrases import Phrases
from tagger.word_places import LOCAL
from tagger.words import CLOSE, COMMA, DASH, OPEN, SLASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagger.document import Status
    from tagger.word_places import WordPlaces
    from tagger.words import Words

PUBLIC_KINDS = frozenset(
    [
        "ministry",
        "agency",
        "local-agency",
        "local-government",
        "government",
        "legislature",
        "police",
        "military",
        "prosecution",
        "judiciary",
        "election",
        "audit",
        "task-force",
        "hospital",
        "mission",
    ]
)
_TAIL_WORDS = frozenset(
    [
        "komisi",
        "fraksi",
        "divisi",
        "bagian",
        "bidang",
        "seksi",
        "tim",
        "satuan",
        "unit",
        "staf",
        "ahli",
        "khusus",
        "umum",
        "pansus",
        "panja",
        "baleg",
        "banggar",
        "urusan",
        "biro",
        "direktorat",
        "subdit",
        "subdirektorat",
        "subbagian",
        "subbidang",
        "upt",
        "uptd",
        "uptb",
        "cabang",
        "wilayah",
        "reskrim",
        "intelkam",
        "resnarkoba",
        "narkoba",
        "lantas",
        "samapta",
        "binmas",
        "propam",
        "reskrimum",
        "reskrimsus",
        "humas",
        "ops",
        "sdm",
        "penmas",
        "penkum",
        "pidsus",
        "pidum",
        "intel",
        "datun",
        "dpp",
        "dpd",
        "dpw",
        "dpc",
        "pac",
        "besar",
        "pusat",
        "daerah",
        "kelas",
        "pemerintahan",
        "pembangunan",
        "kesra",
        "dewan",
        "pimpinan",
        "pengurus",
        "angket",
        "hak",
        "tingkat",
        "polhut",
        "polairud",
        "tahti",
        "tipidkor",
        "tipiter",
        "wilayah",
        "pers",
    ]
)
_LINKS = frozenset({"pada", "di", "dari", "fraksi", "bidang", "urusan", "untuk", "unit", "cabang", "dapil"})
_ABBREVIATION = 5  # letters; a head no longer than this must stand as it is written
_MAX_TAIL = 24


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
class Office:
    """An office in words `first` up to `last`.

    Attributes:
        head: canonical office and sector.
        status: in office, acting, former, elect, candidate.
        after: word from which the name may follow; later than `last` where "setempat" stands between.
        code: Kemendagri code of the place in its tail.
        country: code of the country in its tail.
        sector: public, party, school, state-company, association, foreign or private.
        organization: name of the body in its tail.
        headed: word after the head.
        shared_tail: words of the tail that it shares with the office after it ("Bupati dan Wakil Bupati Way Kanan"), or None.
    """

    first: int
    last: int
    head: OfficeHead
    status: Status
    after: int
    headed: int
    code: str | None = None
    country: str | None = None
    sector: str = "public"
    organization: str | None = None
    shared_tail: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Tail:
    last: int
    code: str | None = None
    country: str | None = None
    kinds: tuple[str, ...] = ()
    organization: str | None = None


@cache
def office_heads() -> Phrases[OfficeHead]:
    """All heads; those of a few letters keep their case, the others match in any."""
    phrases: Phrases[OfficeHead] = Phrases()
    for row in read_table("offices.tsv"):
        head = OfficeHead(row["office"], row["sector"], row["tail"])
        for form in row["forms"].split(";"):
            phrases.add(
                form if len(form) <= _ABBREVIATION and form not in ("Bupati", "Camat", "Lurah") else form.lower(), head
            )
    return phrases


@cache
def local_offices() -> frozenset[str]:
    """Offices of a province, regency or city, whichever of them it is."""
    return frozenset(
        row["office"] for row in read_table("offices.tsv") if row["jurisdiction"].startswith("province/regency")
    )


@cache
def statuses() -> Phrases[tuple[str, str]]:
    """Status words, as (status, office that the word holds itself or nothing)."""
    phrases: Phrases[tuple[str, str]] = Phrases()
    for row in read_table("statuses.tsv"):
        form = row["form"]
        phrases.add(
            form if len(form) <= _ABBREVIATION and form[0].isupper() else form.lower(), (row["status"], row["office"])
        )
    return phrases


@cache
def office_firsts() -> frozenset[str]:
    """Folded words that an office can start with."""
    return office_heads().firsts() | statuses().firsts()


def plain_office(words: Words, index: int) -> bool:
    """Whether an office or a status starts at a word, whatever follows."""
    return office_heads().match(words, index) is not None or statuses().match(words, index) is not None


def read_office(words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], index: int) -> Office | None:
    """The office that starts at a word, or None.

    Args:
        words: the text.
        places: its regions and countries.
        bodies: the bodies it names, by first word.
        index: the word.
    """
    if words.folded[index] not in office_firsts():
        return None
    at, status, head = _status(words, index)
    if head is None:
        match = office_heads().match(words, at) if at < len(words) else None
        if match is None:
            return None
        at, head = match
    headed = at
    at = _parenthesis(words, at)
    at, status = _after_head(words, at, status)
    tail = _read_tail(words, places, bodies, at, head)
    last = tail.last
    sector = _sector(words, head, tail, headed)
    after = _after_tail(words, last)
    body = next((bodies[at] for at in range(index + 1, headed) if at in bodies), None)  # "Kepala Dinas" + "Kesehatan"
    organization, code = (body.name, body.code) if body else (tail.organization, tail.code)
    return Office(index, last, head, status, after, headed, code or tail.code, tail.country, sector, organization)


def _after_tail(words: Words, last: int) -> int:
    """The word after "setempat" or "periode 2019-2024", which belong to no name."""
    if last >= len(words) or words.joint(last) not in (SPACE, CLOSE):
        return last
    if words.folded[last] == "setempat":
        return last + 1
    at = last + 1 if words.folded[last] == "periode" else last
    while at < len(words) and words.forms[at][:4].isdigit() and words.joint(at) in (SPACE, DASH):
        at += 1
    return at


def _status(words: Words, index: int) -> tuple[int, Status, OfficeHead | None]:
    at, status, head = index, "in_office", None
    while at < len(words) and head is None and (at == index or words.joint(at) in (SPACE, ".", CLOSE)):
        match = statuses().match(words, at)
        if match is None:
            break
        at, (status, office) = match
        head = _head_of(office) if office else None
        at = _parenthesis(words, at)
    return at, status, head  # type: ignore[return-value]


@cache
def _head_of(office: str) -> OfficeHead | None:
    return next(
        (
            OfficeHead(row["office"], row["sector"], row["tail"])
            for row in read_table("offices.tsv")
            if row["office"] == office
        ),
        None,
    )


def _parenthesis(words: Words, at: int) -> int:
    """The word after an abbreviation in parentheses, which may follow any part of an office ("Kepala Bagian (Kabag)")."""
    last = at
    if words.joint(at) == OPEN:
        while last < len(words) and last - at < 3 and (last == at or words.joint(last) in (SPACE, SLASH)):
            last += 1
        if words.joint(last)[:1] == CLOSE and words.forms[at][0].isupper():
            return last
    return at


def _after_head(words: Words, at: int, status: Status) -> tuple[int, Status]:
    """terpilih, nonaktif, ke-6 belong to the head."""
    if at < len(words) and words.joint(at) in (SPACE, CLOSE):
        folded = words.folded[at]
        if folded == "terpilih":
            return at + 1, "elect"
        if folded in ("nonaktif", "non-aktif"):
            return at + 1, "former"
        if folded in ("petahana", "definitif"):
            return at + 1, status
        if folded.startswith("ke-") and folded[3:].isdigit():
            return at + 1, status
    return at, status


def _read_tail(words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], at: int, head: OfficeHead) -> _Tail:
    """What follows the head and belongs to the office: bodies, portfolio, places, numbers, abbreviations in parentheses."""
    tail, end = _Tail(at), min(len(words), at + _MAX_TAIL)
    if head.tail == "place":
        tail = _place_tail(words, places, bodies, at)
    while tail.last < end:
        step = _step(words, places, bodies, tail, at)
        if step is None:
            break
        tail = step
    return tail


def _step(words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], tail: _Tail, start: int) -> _Tail | None:
    at = tail.last
    joint = words.joint(at)
    if joint == OPEN:
        closed = _parenthesis(words, at)
        return _moved(tail, closed) if closed > at and (at > start or tail.kinds) else None
    if joint == COMMA:
        place = places.region(at)
        if (
            place and place.code and tail.code and tail.code.startswith(f"{place.code}.")
        ):  # "Wali Kota Tangerang, Banten"
            return _moved(tail, place.last)
        return _moved(tail, at + 1) if at > start and _enumerates(words, at) else None
    if joint not in (SPACE, CLOSE, SLASH):
        return None
    if body := bodies.get(at):
        return _Tail(
            body.last,
            body.code or tail.code,
            tail.country,
            (*tail.kinds, body.kind or ""),
            tail.organization or body.name,
        )
    if place := places.tail(at):
        if (
            tail.code and place.code and not tail.code.startswith(place.code)
        ):  # "BPBD Lambar Padang Priyo": a name begins
            return None
        return _Tail(place.last, tail.code or place.code, tail.country, tail.kinds, tail.organization)
    if country := places.country(at):
        return _Tail(country.last, tail.code, tail.country or country.country, tail.kinds, tail.organization)
    form, folded = words.forms[at], words.folded[at]
    if form in ("RI", "NKRI") or (folded == "republik" and words.folded[at + 1 : at + 2] == ("indonesia",)):
        return _moved(tail, at + (1 if form in ("RI", "NKRI") else 2))
    if (
        folded in LOCAL
        and words.joint(at + 1) == SPACE
        and (last := places.local(at)) > at + 1
        and words.folded[at + 1] not in vocabulary()
    ):
        return _moved(tail, last)
    if (last := read_portfolio(words, places, at)) > at:
        return _moved(tail, last)
    if (folded in _TAIL_WORDS and form[0].isupper()) or _is_number(form):
        return _moved(tail, at + 1)
    if folded in _LINKS and _link_holds(words, places, bodies, at):
        return _moved(tail, at + 1)
    led = _before_body(words, bodies, at)
    return _moved(tail, led) if led > at else None


def _moved(tail: _Tail, last: int) -> _Tail:
    return _Tail(last, tail.code, tail.country, tail.kinds, tail.organization)


def _enumerates(words: Words, at: int) -> bool:
    """Whether a comma before a word goes on an enumeration of portfolios ("Hukum, HAM, Imigrasi, dan Pemasyarakatan")."""
    vocab = vocabulary()
    return (
        words.forms[at][0].isupper()
        and words.folded[at] in vocab
        and "dan" in words.folded[at : at + 6]
        and words.folded[at] not in _TAIL_WORDS
    )


def _before_body(words: Words, bodies: Mapping[int, OrgSpan], at: int) -> int:
    """The body that unknown capitalised words lead to ("Kanit Gakkum Satlantas Polres"), else the word itself."""
    last = at
    while last < len(words) and last - at < 4 and words.joints[last] == SPACE and words.forms[last][0].isupper():
        if last in bodies:
            return last
        last += 1
    return at


def _is_number(form: str) -> bool:
    return (form.isdigit() and len(form) < 5) or form == "l" or (form.isupper() and set(form) <= set("IVX"))


def _link_holds(words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], link: int) -> bool:
    """Whether a small word joins what follows to the office: pada and di a body, untuk a country, bidang a portfolio, unit a place."""
    at, folded = link + 1, words.folded[link]
    if at >= len(words) or words.joint(at) != SPACE or not words.forms[at][0].isupper():
        return False
    if folded in ("pada", "di", "fraksi"):
        return at in bodies
    if folded == "dari":
        return words.folded[at] in ("fraksi", "dapil") or (at in bodies and bodies[at].kind == "party")
    if folded == "untuk":
        return places.country(at) is not None
    return words.folded[at] in vocabulary() or places.tail(at) is not None


def _place_tail(words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], at: int) -> _Tail:
    """A place after camat, lurah, kapolsek and their like: known, or told by what follows it."""
    if at >= len(words) or words.joint(at) not in (SPACE, CLOSE) or at in bodies:
        return _Tail(at)
    if place := places.tail(at):
        return _Tail(place.last, place.code)
    if (last := max(places.district(at), places.named_local(at))) > at:
        return _Tail(last)
    last = at
    while (
        last < len(words) and last - at < 4 and words.forms[last][0].isupper() and words.joints[last] in (SPACE, CLOSE)
    ):
        last += 1
    if (
        last > at
        and words.joint(last) == ","
        and words.folded[last : last + 1] in (("kecamatan",), ("kabupaten",), ("kec",))
    ):
        district = max(places.district(last), places.local(last))
        return _Tail(district if district > last else last)
    return _Tail(at)


def _sector(words: Words, head: OfficeHead, tail: _Tail, headed: int) -> str:
    """Public, or what the body in the tail makes of it."""
    kinds = set(tail.kinds)
    if head.sector == "foreign":
        return "public" if tail.country else "private"
    if head.office in ("Presiden", "Perdana Menteri") and kinds:  # "Presiden PKS"
        return "party" if "party" in kinds else "private"
    if head.office in ("Menteri", "Wakil Menteri", "Menteri Koordinator") and tail.last == headed:
        return "private"
    if head.sector != "by-body":
        return head.sector
    if kinds & PUBLIC_KINDS:
        return "public"
    if kinds:
        return _other_sector(kinds, fold(tail.organization or ""), head.office)
    inside = set(words.folded[headed : tail.last])
    if head.office in ("Kepala", "Wakil Kepala", "Sekretaris") and inside & (
        vocabulary() | {"upt", "uptd", "bagian", "bidang"}
    ):
        return "public"
    return (
        "public"
        if head.office == "Ketua DPD" or inside & {"komisi", "fraksi", "pansus", "panja", "baleg", "banggar", "dprd"}
        else "private"
    )


def _other_sector(kinds: set[str], name: str, office: str) -> str:
    """Parties, schools, heads of state firms, of associations of business, sports and local government; all others are private."""
    for kind in ("party", "school", "university", "sports"):
        if kind in kinds:
            return "school" if kind == "university" else kind
    if "state-company" in kinds and office in _FIRM_HEADS:
        return "state-company"
    return "association" if "association" in kinds and _LISTED_ASSOCIATIONS.intersection(name.split()) else "private"


_FIRM_HEADS = frozenset({"Direktur Utama", "Komisaris Utama", "Chief Executive Officer", "Kepala"})
_LISTED_ASSOCIATIONS = frozenset(
    [
        "pengusaha",
        "pemerintah",
        "dagang",
        "industri",
        "pkk",
        "olahraga",
        "hotel",
        "hipmi",
        "apindo",
        "kadin",
        "apkasi",
        "apeksi",
    ]
)
