"""The words that head the names of bodies, known names, and terms that are no body: what the tables say of them.

Heads are `gazetteer/bodies.tsv`, known names `gazetteer/organizations.tsv`, terms against
`gazetteer/non_organizations.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tagger.gazetteer.tables import read_table, read_words
from tagger.phrases import Phrases

# Heads that news also writes in small letters, where a capital follows: "pemerintah Kabupaten Pesisir Barat".
SMALL_HEADS = frozenset(
    {"pemerintah", "pemkab", "pemkot", "pemprov", "pemda", "polres", "polsek", "polda", "dinas", "badan", "kementerian"}
)


_SHORT = 3
# Short names of local services, Disbunnak and Dinpermades; not Diskusi, Distrik, Dingin.
SERVICE = re.compile(r"Dis(?!trik|trib|kusi|ko(?!p))[a-z]{3,}|Din(?!as|d|g|i|amo|ar|asti)[a-z]{4,}")
SERVICE_IN_PARTS = re.compile(  # one whose parts tell it, without a place or an office: Diskopdag, Disperindag
    r"Dis(?:kop|um|dag|perin|prin|hub|kes|dik|bud|par|pora|sos|nak|kan|tan|bun|hut|perkim|perum|kominfo|naker|trans|pmd)"
    r"{1,3}"
)
SUMMIT = "ktt"  # a meeting, which no body is named after

# Last words of names of buildings, awards and competitions, which no body has.
LAST_OF_OTHERS = frozenset(
    {
        "programme", "program", "project", "award", "awards", "act", "policy", "tower", "arena", "stadium", "hall",
        "mall", "plaza", "resort", "cup", "open", "masters", "championship", "league", "series", "expo", "festival",
        "index", "rate", "journal", "system", "carnival", "concourse", "composite",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """A word that heads the names of bodies, or a known name.

    Attributes:
        key: what it stands for, folded; the mentions of one body have one key.
        kind: e.g. police, company.
        reads: what may follow: portfolio, region, suffix, name, school, place, branch, country, or nothing (`known`).
        alone: it is a body's name without anything after it.
        name: full name of a known body.
        against: folded phrases whose presence in the text says that something else is meant.
        needs: folded phrases of which the text must hold one, where there are any.
    """

    key: str
    kind: str
    reads: str
    alone: bool
    name: str | None = None
    against: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def of_country_alone(head: Head, name: tuple[str, ...]) -> bool:
    """Whether an association has no name but the country's, "Forum Indonesia"."""
    return head.kind == "association" and name == ("indonesia",)


@cache
def heads() -> Phrases[Head]:
    """All heads and known names."""
    phrases: Phrases[Head] = Phrases()
    for row in read_table("organizations.tsv"):
        against, needs = (tuple(filter(None, row[column].split(";"))) for column in ("against", "needs"))
        head = Head(fold(row["name"]), row["kind"], "known", alone=True, name=row["name"], against=against, needs=needs)
        for form in (row["name"], *row["forms"].split(";")):
            phrases.add(form, head)
    for row in read_table("bodies.tsv"):
        phrases.add(row["head"], Head(row["stands_for"], row["kind"], row["reads"], alone=row["alone"] == "yes"))
    return phrases


@cache
def glued_words() -> frozenset[str]:
    """Folded words that news glues to the word before: heads ("JugaKepala Dinas"), clubs in tables of results by one
    word or their first two ("Bali United", as "RadarBali" is none), and words that begin a sentence.
    """
    firsts = {row["head"].split()[0].lower() for row in read_table("bodies.tsv")}
    firsts |= {
        " ".join(row["name"].lower().split()[:2]) for row in read_table("organizations.tsv") if row["kind"] == "club"
    }
    rows = read_table("glued_words.tsv")
    never = {row["word"] for row in rows if row["glued"] == "no"}  # "Maybank"
    more = {row["word"] for row in rows if row["glued"] == "yes"}
    return frozenset(firsts - never | more | {word for word in read_words("name_stops.txt") if len(word) > _SHORT})


@cache
def reporting_verbs() -> frozenset[str]:
    """Verbs of speech that stand behind who speaks, folded."""
    return frozenset(row["verb"] for row in read_table("speech_verbs.tsv") if row["kind"] == "report")


@cache
def vocabulary() -> frozenset[str]:
    """Words of which the names of government bodies are made, folded."""
    return read_words("body_words.txt")


@cache
def generics() -> frozenset[str]:
    """Folded terms that are no body, or none with a name of its own."""
    return _terms("")


@cache
def unlisted_heads() -> frozenset[str]:
    """Folded first words of names of units within a body, of facilities and of other things, which are not listed."""
    return _terms("head")


@cache
def cues_against() -> frozenset[str]:
    """Folded words after which a name is a brand's, a ship's, a suspect's, and no body's."""
    return _terms("before")


def _terms(suffix: str) -> frozenset[str]:
    """The terms of one use, told by the end of what they are ("unit-head"); no end for whole names."""
    rows = read_table("non_organizations.tsv")
    return frozenset(fold(row["term"]) for row in rows if row["what"].partition("-")[2] == suffix)


def fold(text: str) -> str:
    """Lower case, one blank between words, no signs.

    >>> fold("Kementerian Agraria dan Tata Ruang/BPN")
    'kementerian agraria dan tata ruang bpn'
    """
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.lower()).split())


@cache
def small_heads() -> Phrases[Head]:
    """The heads that also stand in small letters; none is a name alone then."""
    phrases: Phrases[Head] = Phrases()
    for row in read_table("bodies.tsv"):
        if row["head"].split()[0].lower() in SMALL_HEADS:
            phrases.add(row["head"].lower(), Head(row["stands_for"], row["kind"], row["reads"], alone=False))
    return phrases


@cache
def office_words() -> frozenset[str]:
    """Folded offices of one word, which stand in parentheses after an office that ends in a body's name (Kapolri)."""
    forms = (form for row in read_table("offices.tsv") for form in row["forms"].split(";"))
    return frozenset(form.lower() for form in forms if " " not in form)


@cache
def titles() -> frozenset[str]:
    """Ranks and degrees, which begin or follow a person's name."""
    return frozenset(row["form"] for row in read_table("honorifics.tsv"))


@cache
def name_ends() -> frozenset[str]:
    """Folded words at which no name goes on, though they may have a capital."""
    return read_words("name_stops.txt") - vocabulary()


@cache
def common_words() -> frozenset[str]:
    """Folded words that are no names where every word has a capital."""
    return read_words("common_words.txt")


def is_acronym(form: str) -> bool:
    """Whether a word looks like an acronym or a short name ("DPUPR", "Dishub", "KemenPU"): no blank, a capital, 2 to
    16 letters.
    """
    return (
        2 <= len(form) <= 16 and form[0].isupper() and form.lower() not in ("persero", "perseroda", "tbk", "red", "alm")
    )
