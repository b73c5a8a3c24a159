"""Tells the names of persons from what else stands in a byline: accounts, desks, companies, dates, counts.

The words are in `credits.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from scraper.clean.dates import parse_moment

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.`´-])*")
_CUT = re.compile(
    r"\s*(?:[|•·—]|\s[-–]\s|\s-|-\s|\(|\[|@|\b(?:pada|on|update|dibaca|copyright|diposting|dipublikasikan|diterbitkan|tayang|terbit|posted"
    r"|published)\b|©).*$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"[\s|•·–-]*\b(?:\d[\d.]*\s*(?:komentar|comments?|views?|kali)|(?:komentar|comments?|dibaca)\s*:?\s*\d+)\b.*$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[,;/+]\s*")
_JOINED = re.compile(r"\s*&\s*|\s+(?:dan|and|bersama)\s+", re.IGNORECASE)
_ACCOUNT = re.compile(r"redaksi|admin|humas|berita|media|kabar|news|portal|kominfo|radio|official")
_WEEKDAY = re.compile(
    r"(?i)(?:\b|(?-i:(?<=[a-z])(?=[A-Z])))(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[\s,|/]*|\b(?:sen|sel|rab|kam|jum|sab|min)\b(?=[\s,.]*\|)"
)
_LEAST_BEFORE_DEGREE = 1
_HOST = re.compile(r"\.(?:com|id|co|net|org)\b")


def names_in(text: str, publisher: frozenset[str]) -> list[str]:
    """The persons named in a byline's value, without degrees, roles, places and initials.

    >>> names_in("Kontributor Lhokseumawe, Siti Aminah dan Budi Karya, S.Pd", frozenset())
    ['Siti Aminah', 'Budi Karya']
    """
    text = _CUT.sub("", without_count(without_date(text)).strip(" :-–|.,"))
    parts = (name for part in _PARTS.split(text) if not _is_office(part) for name in _JOINED.split(part) if name)
    names = [_without_degrees(part.strip(" .:*-–\"'").split()) for part in parts]
    return [name for name in dict.fromkeys(names) if is_person(name, publisher)]


def is_person(name: str, publisher: frozenset[str] = frozenset()) -> bool:
    """Whether a byline's value can be a person's name.

    >>> [is_person(name) for name in ("Siti Aminah", "Monalisa", "Redaksi", "vyp", "contoh.com")]
    [True, True, False, False, False]
    """
    tokens = name.split()
    lower = [token.lower().strip(".") for token in tokens]
    if not 1 <= len(tokens) <= 6 or not 3 <= len(name) <= 50 or not all(map(_WORD.fullmatch, tokens)):
        return False
    if any(token in words_of("not_person") or _HOST.search(token) for token in lower):
        return False
    if is_publisher(squash(name), publisher) or squash(name) in words_of("degrees"):
        return False
    return _is_single_name(name) if len(tokens) == 1 else any(len(token) > 2 for token in lower) and _cased(tokens)


def _is_office(part: str) -> bool:
    """Whether an office's name begins here, whose "dan" joins no persons: "Dinas Komunikasi dan Informatika"."""
    return part.strip(" .:*-–\"'(").partition(" ")[0].lower() in words_of("offices")


def _without_degrees(tokens: list[str]) -> str:
    """The name without degrees that no comma parts from it: "Siti Aminah S.Sos"."""
    while len(tokens) > _LEAST_BEFORE_DEGREE and "." in tokens[-1][:-1] and squash(tokens[-1]) in words_of("degrees"):
        tokens = tokens[:-1]
    return " ".join(tokens)


def squash(name: str) -> str:
    """Letters and digits only, in lower case: the form in which publishers' names are compared."""
    return re.sub(r"[\W_]+", "", name.lower())


def is_publisher(squashed: str, publisher: frozenset[str]) -> bool:
    """Whether a squashed name is the publisher's, or holds it."""
    return any(squashed == known or (len(known) > 5 and known in squashed) for known in publisher)


def is_section(name: str) -> bool:
    """Whether a word of section names stands in it."""
    return any(token in words_of("section") for token in name.lower().split())


def without_count(text: str) -> str:
    """The text up to the number of views or comments."""
    return _COUNT.sub("", text)


def without_date(text: str) -> str:
    """The text with its date, weekday and clock cut out."""
    moment = parse_moment(text)
    if moment is not None:
        folded = " ".join(text.split())
        text = f"{folded[: moment.span[0]]} | {folded[moment.span[1] :]}"
    return _WEEKDAY.sub(" | ", text).strip(" |,-–·(")


@lru_cache(maxsize=1)
def credit_words() -> dict[str, Any]:
    """The tables of `credits.toml`."""
    return tomllib.loads(files("scraper.clean").joinpath("credits.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def words_of(table: str) -> frozenset[str]:
    """The words of one table."""
    return frozenset(credit_words()[table]["words"])


def _is_single_name(name: str) -> bool:
    """One word is a name if it is no initials and no account: "Monalisa", not "vyp", "ANT", "FotoContoh", "lpmnews"."""
    if name.islower() and _ACCOUNT.search(name):
        return False
    shortest = 6 if name.islower() else 5 if name.isupper() else 3
    return len(name) >= shortest and not re.search(r"[a-z][A-Z]", name)


def _cased(tokens: Sequence[str]) -> bool:
    """Names begin and end with a capital ("Nur binti Abdullah"), unless a careless CMS has none at all."""
    if tokens[0][0].islower():
        return len(tokens) <= 3 and all(token.islower() for token in tokens) and sum(map(len, tokens)) > 7
    return not tokens[-1][0].islower()
