"""Reads public offices off the words: status, head, and what tells of which body or place.

"Penjabat (Pj) Gubernur DKI Jakarta" is a status, a head and a region. Heads are `gazetteer/offices.tsv`, statuses
`gazetteer/statuses.tsv`; what may follow a head is `tagger.office_tails`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tagger.gazetteer.tables import read_table
from tagger.office_tails import OfficeHead, OrgSpan, after_tail, parenthesis, read_tail, sector_of
from tagger.phrases import Phrases
from tagger.words import CLOSE, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from tagger.document import Status
    from tagger.office_tails import Tail
    from tagger.word_places import WordPlaces
    from tagger.words import Words

    Joins = Literal[
        "name and office",
        "name, verb and office",
        "not the holder",
        "office and name",
        "name and nickname",
        "no office follows",
        "no name follows",
    ]

__all__ = ["Office", "OfficeHead", "OrgSpan", "begins_office", "cues", "local_offices", "office_firsts", "read_office"]

_ABBREVIATION = 5  # letters; a head no longer than this must stand as it is written
_LONGEST_STATUS = 6  # words
_SHORT_NOUNS = frozenset({"Bupati", "Camat", "Lurah", "Hakim", "Jaksa", "Raja", "Ratu"})
ALSO_NAMES = frozenset({"hakim", "raja", "ratu", "sultan", "emir", "putra"})
_STATUS_AFTER: dict[str, Status] = {"terpilih": "elect", "nonaktif": "former", "non-aktif": "former"}


@dataclass(frozen=True, slots=True)
class Office:
    """An office in words `first` up to `last`.

    Attributes:
        head: canonical office and sector.
        status: in office, acting, former, elect, candidate.
        after: word from which the name may follow; later than `last` where "setempat" stands between.
        headed: word after the head.
        code: Kemendagri code of the place in its tail.
        country: code of the country in its tail.
        sector: public, party, school, state-company, association, sports, foreign or private.
        organization: name of the body in its tail.
        shared_tail: words of the tail that it shares with the office after it ("Bupati dan Wakil Bupati X"), or None.
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


def _as_written(form: str) -> str:
    """A short abbreviation keeps its case; all else is in small letters, which match in any case."""
    return form if len(form) <= _ABBREVIATION and form[:1].isupper() and form not in _SHORT_NOUNS else form.lower()


@cache
def office_heads() -> Phrases[OfficeHead]:
    """All heads."""
    phrases: Phrases[OfficeHead] = Phrases()
    for row in read_table("offices.tsv"):
        head = OfficeHead(row["office"], row["sector"], row["tail"])
        for form in row["forms"].split(";"):
            phrases.add(_as_written(form), head)
    return phrases


@cache
def _prefixed() -> tuple[re.Pattern[str], tuple[OfficeHead, ...]]:
    """Heads that hold their field in one word ("Kadisbunnak", "Wadirtipikor"): a pattern with a group for each."""
    rows = read_table("office_prefixes.tsv")
    heads = tuple(OfficeHead(row["office"], row["sector"], "body") for row in rows)
    initials = "".join(sorted({row["prefix"][0] for row in rows}))  # looked at first, as most words have others
    return re.compile(f"(?=[{initials}])(?:{'|'.join(f'({_prefix(row)})' for row in rows)})"), heads


def _prefix(row: dict[str, str]) -> str:
    begins, never = row["rest"].replace(";", "|"), row["not"].replace(";", "|")
    begins, never = begins and f"(?={begins})", never and f"(?!{never})"
    return f"{row['prefix']}{begins}{never}[a-z]{{{row['letters']},}}"


@cache
def statuses() -> Phrases[tuple[Status, str]]:
    """Status words, as (status, office that the word holds itself or nothing)."""
    phrases: Phrases[tuple[Status, str]] = Phrases()
    for row in read_table("statuses.tsv"):
        status: Status = row["status"]  # type: ignore[assignment]
        phrases.add(_as_written(row["form"]), (status, row["office"]))
    return phrases


@cache
def local_offices() -> frozenset[str]:
    """Offices of a province, regency or city, whichever of them it is."""
    return frozenset(
        row["office"] for row in read_table("offices.tsv") if row["jurisdiction"].startswith("province/regency")
    )


@cache
def office_firsts() -> frozenset[str]:
    """Folded words that an office can start with."""
    return office_heads().firsts() | statuses().firsts()


@cache
def cues(joins: Joins) -> frozenset[tuple[str, ...]]:
    """The phrases, as folded words, that join names and offices in one way, or forbid one to follow."""
    rows = read_table("office_cues.tsv")
    return frozenset(tuple(row["phrase"].split()) for row in rows if row["joins"] == joins)


def begins_office(words: Words, index: int) -> bool:
    """Whether an office or a status starts at a word, whatever follows; not at one that is a name as well (Hakim)."""
    if words.folded[index] in ALSO_NAMES:
        return False
    return office_heads().match(words, index) is not None or statuses().match(words, index) is not None


def read_office(words: Words, places: WordPlaces, bodies: Mapping[int, OrgSpan], index: int) -> Office | None:
    """The office that starts at a word, or None.

    Args:
        words: the text.
        places: its regions and countries.
        bodies: the bodies it names, by first word.
        index: the word.
    """
    if words.folded[index] not in office_firsts() and not _prefixed()[0].fullmatch(words.forms[index]):
        return None
    at, status, head = _status(words, index)
    if head is None:
        match = _head(words, at) if at < len(words) else None
        if match is None:
            return None
        at, head = match
    headed = at
    at, status = _after_head(words, _explained(words, parenthesis(words, at)), status)
    body = next((bodies[at] for at in range(index + 1, headed) if at in bodies), None)  # "Kepala Dinas" + "Kesehatan"
    if body and body.last > at:
        at = parenthesis(words, body.last)
    tail = read_tail(words, places, bodies, at, head)
    if tail.last > at:  # "Bupati Sleman terpilih"
        last, status = _after_head(words, tail.last, status)
        tail = replace(tail, last=last)
    if body:  # "Ketua Dewan" + "Dewan Ekonomi Nasional"
        tail = replace(tail, kinds=(body.kind or "", *tail.kinds), organization=body.name)
    return Office(
        index,
        tail.last,
        head,
        status,
        after_tail(words, tail.last),
        headed,
        (body.code if body else None) or tail.code,
        tail.country,
        _sector(words, head, status, tail, headed),
        tail.organization,
    )


def _explained(words: Words, at: int) -> int:
    """The word after another name of the office in parentheses: "Peratin (kepala desa)"."""
    match = office_heads().match(words, at) if at < len(words) and words.joint(at) == OPEN else None
    return match[0] if match and words.joint(match[0]) == CLOSE else at


def _sector(words: Words, head: OfficeHead, status: Status, tail: Tail, headed: int) -> str:
    """Whose office it is; "Plt. Sekretaris" without a body is a government's."""
    if head.sector == "by-body" and status == "acting" and tail.last == headed and not tail.kinds:
        return "public"
    return sector_of(words, head, tail, headed)


def _head(words: Words, at: int) -> tuple[int, OfficeHead] | None:
    """The head at a word, known or with its field in the same word."""
    match = office_heads().match(words, at)
    pattern, prefixed = _prefixed()
    if match or not (found := pattern.fullmatch(words.forms[at])):
        return match
    return at + 1, prefixed[(found.lastindex or 1) - 1]


def _status(words: Words, index: int) -> tuple[int, Status, OfficeHead | None]:
    """The words of status before a head: (word after them, status, the head that the last of them holds itself)."""
    at, status, head = index, "in_office", None
    end = min(len(words), index + _LONGEST_STATUS)
    while at < end and head is None and (at == index or words.joint(at) in (SPACE, DOT, CLOSE)):
        match = statuses().match(words, at)
        if match is None:
            break
        at, (status, office) = match
        head = _head_of(office) if office else None
        at = parenthesis(words, at)
    return at, status, head  # type: ignore[return-value]


@cache
def _head_of(office: str) -> OfficeHead | None:
    rows = read_table("offices.tsv")
    return next((OfficeHead(office, row["sector"], row["tail"]) for row in rows if row["office"] == office), None)


def _after_head(words: Words, at: int, status: Status) -> tuple[int, Status]:
    """terpilih, nonaktif, ke-6 belong to the head."""
    if at >= len(words) or words.joint(at) not in (SPACE, CLOSE):
        return at, status
    folded = words.folded[at]
    if folded in _STATUS_AFTER:
        return at + 1, _STATUS_AFTER[folded]
    if folded in ("petahana", "definitif") or (folded.startswith("ke-") and folded[3:].isdigit()):
        return at + 1, status
    return at, status
