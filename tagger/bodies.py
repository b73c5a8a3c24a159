"""Finds the mentions of bodies by rule: a head word and what its kind lets follow, or a name that is known.

"Dinas Perumahan dan Kawasan Permukiman Kota Metro" is a head (Dinas), a portfolio (words of government, joined by dan, commas,
strokes) and a region; "Polres Way Kanan" a head and a region; "PT Danantara Sumberdaya Indonesia" a head and a name.
The heads, with what they stand for and what may follow, are `gazetteer/bodies.tsv`; known names `gazetteer/organizations.tsv`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tagger.gazetteer.tables import read_table, read_words
from tagger.phrases import Phrases
from tagger.word_places import LOCAL
from tagger.words import AMPERSAND, CLOSE, COMMA, DASH, DOT, OPEN, SLASH, SPACE

if TYPE_CHECKING:
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_CIRCUMFIX = re.compile(r"(?:ke|pe)[a-z]{4,}an")  # what portfolios are made of: kemaritiman, pemberdayaan
_LINKS = frozenset({"dan", "serta"})
_SUFFIXES = ("republik indonesia", "ri", "pusat", "indonesia")
_BRANCHES = frozenset({"cabang", "unit", "wilayah", "kc", "kcp"})
_NAME_LINKS = frozenset({"dan", "of", "for", "and", "the", "on", "de", "untuk"})
_SCHOOL_WORDS = frozenset(["negeri", "swasta", "islam", "terpadu", "kristen", "katolik", "muhammadiyah", "al", "ma'arif", "maarif", "plus", "it", "unggulan"])
_LOWER_HEADS = frozenset(["pemerintah", "pemkab", "pemkot", "pemprov", "pemda", "polres", "polsek", "polda", "dinas", "badan", "kementerian"])
_DOTTED = frozenset("pt cv ud dr drs ir kh h hj hm prof st dra mayjend mayjen jend letjen moh muh m abd rs dr".split())
_NO_PORTFOLIO = frozenset({"ri", "ii", "iii", "iv", "vi", "vii", "dki"})
_MAX_NAME = 8
_MAX_PORTFOLIO = 16


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


@dataclass(frozen=True, slots=True)
class Body:
    """One mention of a body, in words `first` up to `last`.

    Attributes:
        core: word after the end of the name, before acronym and region.
        key: what the mention stands for without its region.
        code: Kemendagri code of the region in its name.
        acronym: index of the word in parentheses after it that abbreviates it, or None.
        known_as: full name of a known body.
        bare: it has no name of its own ("Pemkab"), and counts only where the article names the body elsewhere.
        by: rule or model.
    """

    first: int
    last: int
    core: int
    key: str
    kind: str
    code: str | None = None
    acronym: int | None = None
    known_as: str | None = None
    bare: bool = False
    by: str = "rule"
    cue: str = ""


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


def find_bodies(words: Words, places: WordPlaces, title_words: int = 0) -> list[Body]:
    """The mentions of bodies in a text, in order, none inside another.

    Args:
        words: the text.
        places: its regions and countries.
        title_words: how many of the words are the title's, where every word may have a capital.
    """
    table, found = heads(), []
    folded = " " + " ".join(words.folded) + " " if len(words) else ""
    index = 0
    while index < len(words):
        match = None if places.inside(index) else table.match(words, index)
        if match is None and words.folded[index] in _LOWER_HEADS:
            match = _lower_head(words, index)
        body = None
        if match and _meant(words, places, index, match, folded):
            body = read_body(words, places, index, match, title=index < title_words)
        if body:
            found.append(body)
            index = body.last
        else:
            index += 1
    return found


def _meant(words: Words, places: WordPlaces, index: int, match: tuple[int, Head], folded: str) -> bool:
    """Whether a name that is known stands for its body here, and not for something else or inside a code or a place's name."""
    end, head = match
    if any(f" {phrase} " in folded for phrase in head.against):
        return False
    if head.needs and not any(f" {phrase} " in folded for phrase in head.needs):
        return False
    if head.reads != "known":
        return True
    if any((place := places.country(at)) and place.last > end for at in range(index + 1, end)):  # "Liga Arab" of "Liga Arab Saudi"
        return False
    beside = ((index, index - 1), (end, end))
    return not any(
        words.joint(joint) in (SLASH, DOT, DASH) and 0 <= at < len(words) and words.forms[at][0].isdigit() for joint, at in beside
    )


def _lower_head(words: Words, index: int) -> tuple[int, Head] | None:
    """A head in small letters ("pemerintah Kabupaten Pesisir Barat"): only where a capital follows."""
    match = _small_heads().match(words, index)
    if match is None or match[0] >= len(words) or not words.forms[match[0]][0].isupper() or words.joint(match[0]) != SPACE:
        return None
    return match if match[1].reads != "portfolio" or words.folded[match[0]] in vocabulary() else None


@cache
def _small_heads() -> Phrases[Head]:
    phrases: Phrases[Head] = Phrases()
    for row in read_table("bodies.tsv"):
        if row["head"].split()[0].lower() in _LOWER_HEADS:
            phrases.add(row["head"].lower(), Head(row["stands_for"], row["kind"], row["reads"], alone=False))
    return phrases


def read_body(words: Words, places: WordPlaces, index: int, match: tuple[int, Head], *, title: bool = False) -> Body | None:
    """The mention whose head or known name was matched at a word, or None where nothing with a name stands there."""
    end, head = match
    start = end + 1 if head.reads in ("name", "place") and _defines(words, end) else end  # "Rumah Sakit Umum Daerah (RSUD) Abdul Moeloek"
    core = _READERS[head.reads](words, places, start, title)
    if core == start:
        core = end
    named = core > end
    if head.reads in ("portfolio", "name", "school", "country") and not named:
        return None
    key = " ".join([head.key, *words.folded[end:core]]) if named and head.reads in _KEYED else head.key
    if head.reads == "name" and fold(words.slice(index, min(core, end + 1))) in generics():  # "Majelis Hakim Pengadilan Negeri"
        return None
    last, code, acronym = _tail(words, places, core, head)
    if code is None and (head.reads in _KEYED or not named) and {key, fold(words.slice(index, core))} & generics():
        return None
    bare = not (named or head.alone or code)
    return Body(index, last, core, key, head.kind, code, acronym, head.name, bare=bare, cue=words.slice(index, end))


def _defines(words: Words, at: int) -> bool:
    """Whether an acronym in parentheses stands at a word and the text goes on after it."""
    return words.joint(at) == OPEN and words.joint(at + 1) == CLOSE and is_acronym(words.forms[at])


def _tail(words: Words, places: WordPlaces, core: int, head: Head) -> tuple[int, str | None, int | None]:
    """What may follow any name: an acronym in parentheses, a region. Gives (end, code, word of the acronym)."""
    last, code, acronym = core, None, None
    closing = words.joint(core + 1)
    if words.joint(core) == OPEN and closing[:1] == CLOSE and _may_abbreviate(words, places, core, head):
        acronym = core
    after = core + 1 if acronym is not None and closing == CLOSE else core
    if after > core and head.reads == "portfolio":  # "Badan Penyelenggara Jaminan Sosial (BPJS) Kesehatan"
        last = after = max(read_portfolio(words, places, after), after)
        last = core if last == core + 1 else last
    if head.kind in (_KNOWN_WITH_REGION if head.reads == "known" else _WITH_REGION) and words.joint(after) in (SPACE, CLOSE):
        place = places.tail(after) or (places.country(after) if head.reads == "portfolio" else None)
        if place:
            return place.last, place.code, acronym
        branch = _branch(words, places, after)
        if branch > after:
            return branch, None, acronym
    return last, code, acronym


def _may_abbreviate(words: Words, places: WordPlaces, at: int, head: Head) -> bool:
    """Whether the word in parentheses after a name may abbreviate it: it begins like it, or is a known name and the name is not."""
    form = words.forms[at]
    if not is_acronym(form) or places.starts(at) or words.folded[at] in office_words():
        return False
    known = heads().match(words, at)
    if known and known[1].reads == "known":
        return head.reads != "known" or head.key == known[1].key
    initials = {word[0] for word in (*head.key.split(), *words.folded[max(0, at - 4) : at])}
    return words.folded[at][0] in initials if head.reads == "portfolio" else words.folded[at][0] == head.key[0] or form.isupper()


@cache
def office_words() -> frozenset[str]:
    """Folded offices of one word, which stand in parentheses after an office that ends in a body's name (Kapolri)."""
    forms = (form for row in read_table("offices.tsv") for form in row["forms"].split(";"))
    return frozenset(form.lower() for form in forms if " " not in form)


def is_acronym(form: str) -> bool:
    """Whether a word looks like an acronym or a short name ("DPUPR", "Dishub", "KemenPU"): no blank, a capital, 2 to 16 letters."""
    return 2 <= len(form) <= 16 and form[0].isupper() and form.lower() not in ("persero", "perseroda", "tbk", "red", "alm")


def _nothing(_words: Words, _places: WordPlaces, end: int, _title: bool) -> int:
    return end


def _portfolio(words: Words, places: WordPlaces, end: int, _title: bool) -> int:
    return read_portfolio(words, places, end)


def read_portfolio(words: Words, places: WordPlaces, end: int) -> int:
    """Where a portfolio that starts at a word ends; `end` itself where none does.

    Words of government after the head, joined by blanks, dan, strokes, and commas of an enumeration that ends in dan.
    """
    last, at, vocab = end, end, vocabulary()
    while at < len(words) and at - end < _MAX_PORTFOLIO:
        joint, form, folded = words.joints[at], words.forms[at], words.folded[at]
        if joint not in ((SPACE, CLOSE) if at == end else (SPACE, SLASH, AMPERSAND, COMMA)):
            break
        if folded in _LINKS and joint in (SPACE, COMMA):
            at += 1
            continue
        if joint == COMMA and not _enumerates(words, at):
            break
        fits = _is_portfolio_word(form, folded, vocab, first=at == end) or (at > end and form[0].isupper() and _between(words, at))
        if not fits or (folded not in vocab and (places.starts(at) or (at > end and heads().match(words, at)))):
            break
        at += 1
        last = at
    return last


def _between(words: Words, at: int) -> bool:
    """Whether an unknown word stands inside a portfolio ("Informasi Gempabumi dan Peringatan"): dan and a known word follow it."""
    return (
        at + 2 < len(words)
        and words.folded[at + 1] in _LINKS
        and words.joints[at + 1] == SPACE
        and words.folded[at + 2] in vocabulary()
        and words.forms[at + 2][0].isupper()
        and heads().match(words, at + 2) is None
    )


def _is_portfolio_word(form: str, folded: str, vocab: frozenset[str], *, first: bool) -> bool:
    if folded in vocab or _CIRCUMFIX.fullmatch(folded):
        return form[0].isupper() or (first and folded in vocab)
    return form.isupper() and 2 <= len(form) <= 8 and form.isalpha() and folded not in _NO_PORTFOLIO and form not in _titles()


@cache
def _titles() -> frozenset[str]:
    """Ranks and degrees, which begin or follow a person's name."""
    return frozenset(row["form"] for row in read_table("honorifics.tsv"))


def _enumerates(words: Words, at: int) -> bool:
    """Whether the comma before a word stands in an enumeration of government words: a dan follows soon, only such words before it."""
    vocab = vocabulary()
    for i in range(at, min(at + 7, len(words))):
        if words.folded[i] in _LINKS:
            return i > at or (i + 1 < len(words) and words.folded[i + 1] in vocab)
        if words.folded[i] not in vocab or not words.forms[i][0].isupper() or words.joint(i) not in (SPACE, COMMA):
            return False
    return False


def _region(words: Words, _places: WordPlaces, end: int, _title: bool) -> int:
    return _suffix(words, _places, end, _title)


def _suffix(words: Words, _places: WordPlaces, end: int, _title: bool) -> int:
    """RI, Republik Indonesia."""
    if words.joint(end) == SPACE and end < len(words):
        if words.forms[end] == "RI":
            return end + 1
        if words.folded[end : end + 2] == ("republik", "indonesia") and words.joint(end + 1) == SPACE:
            return end + 2
    return end


def _name(words: Words, _places: WordPlaces, end: int, title: bool) -> int:
    """Capitalised words, numbers among them, and small link words between two of them."""
    at, last = end, end
    common = read_words("common_words.txt")
    while at < len(words) and at - end < _MAX_NAME:
        joint, form = words.joints[at], words.forms[at]
        after_abbreviation = joint == DOT and len(words.forms[at - 1]) <= 7 and words.folded[at - 1] in _DOTTED
        if not (joint in (SPACE, AMPERSAND) or after_abbreviation or (joint == CLOSE and at == end)):
            break
        if form[0].isupper():
            if (title or joint == DOT) and words.folded[at] in common and words.folded[at] not in vocabulary():
                break
            if words.folded[at] in LOCAL or words.folded[at] in _name_ends():
                break
            at += 1
            last = at
        elif form.isdigit() and at > end and len(form) < 5:
            at += 1
            last = at
        elif form in ("dr", "drg") and at + 1 < len(words) and words.forms[at + 1][0].isupper():
            at += 1
        elif words.folded[at] in _NAME_LINKS and at > end and at + 1 < len(words) and words.forms[at + 1][0].isupper():
            if heads().match(words, at + 1):
                break
            at += 1
        else:
            break
    return _persero(words, last)


_STOPS = frozenset(
    ["senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "minggu", "ahad", "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember", "yang", "ini", "itu", "akan", "telah", "sudah", "juga", "tbk"]
)


@cache
def _name_ends() -> frozenset[str]:
    return (read_words("name_stops.txt") | _STOPS) - vocabulary()


def _persero(words: Words, last: int) -> int:
    """(Persero) and Tbk after a firm's name belong to it."""
    if words.joint(last) == OPEN and last < len(words) and words.folded[last] in ("persero", "perseroda") and words.joint(last + 1)[:1] == CLOSE:
        last += 1
        if words.joint(last) == CLOSE and last < len(words) and words.folded[last] == "tbk":
            return last + 1
        return last
    if words.joint(last) == SPACE and last < len(words) and words.folded[last] == "tbk":
        return last + 1
    return last


def _school(words: Words, places: WordPlaces, end: int, _title: bool) -> int:
    """Negeri, a number, and the place or name after it; neither alone in small letters."""
    at, named = end, False
    while at < len(words) and words.joints[at] == SPACE and at - end < _MAX_NAME:
        form, folded = words.forms[at], words.folded[at]
        if form.isdigit() and len(form) < 4:
            named = named or words.folded[at - 1].endswith(("n", "negeri"))
        elif any(sign.isdigit() for sign in form):
            break
        elif folded in LOCAL and at > end and at + 1 < len(words) and words.forms[at + 1][0].isupper():
            at += 1
        elif not form[0].isupper() or folded in _STOPS or (heads().match(words, at) and folded not in _SCHOOL_WORDS):
            break
        else:
            named = named or folded not in _SCHOOL_WORDS
        at += 1
    return at if named else end


def _place(words: Words, places: WordPlaces, end: int, _title: bool) -> int:
    """A number ("Kodim 0422/Lampung Barat"), and a place that need not be in the gazetteer."""
    at = end
    if words.joint(at) == SPACE and at < len(words) and (words.forms[at].isdigit() or (words.forms[at].isupper() and set(words.forms[at]) <= set("IVX"))):
        at += 1
        if words.joint(at) in (SLASH, SPACE, "-"):
            return max(at, places.local(at))
        return at
    if words.joint(at) != SPACE or _is_stop(words, at):
        return end
    return max(places.district(at), places.local(at))


def _is_stop(words: Words, at: int) -> bool:
    return at >= len(words) or words.folded[at] in _STOPS or words.folded[at] in read_words("common_words.txt")


def _branch(words: Words, places: WordPlaces, end: int, _title: bool = False) -> int:
    """cabang, unit and the place after it."""
    if words.joint(end) in (SPACE, CLOSE) and end < len(words) and words.folded[end] in _BRANCHES:
        at = end + 1
        if at < len(words) and words.folded[at] in _BRANCHES and words.joint(at) == SPACE:
            at += 1
        if words.joint(at) == SPACE and (last := places.local(at)) > at:
            return last
    return end


def _country(words: Words, places: WordPlaces, end: int, _title: bool) -> int:
    if words.joint(end) != SPACE or end >= len(words):
        return end
    place = places.country(end)
    return place.last if place else _suffix(words, places, end, _title)


_KEYED = frozenset({"portfolio", "name", "school", "place", "country"})
_KNOWN_WITH_REGION = frozenset({"agency", "ministry", "election", "association"})
_WITH_REGION = frozenset(
    ["ministry", "agency", "local-agency", "local-government", "legislature", "police", "military", "prosecution", "judiciary", "election", "audit", "task-force", "association", "hospital", "sports"]
)
_READERS = {
    "known": _nothing,
    "portfolio": _portfolio,
    "region": _region,
    "suffix": _suffix,
    "name": _name,
    "school": _school,
    "place": _place,
    "branch": _nothing,
    "country": _country,
}
