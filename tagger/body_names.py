"""Reads how far the name of a body goes on after its head, by what the head lets follow.

Each reader takes the words, their places, the word after the head, and whether that stands in the title, where every
word may have a capital; it gives the word after the name's end, which is the same word where no name follows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tagger.body_portfolios import read_portfolio
from tagger.heads import common_words, heads, name_ends, titles, unlisted_heads, vocabulary
from tagger.word_places import LOCAL
from tagger.words import AMPERSAND, CLOSE, COMMA, DASH, DOT, OPEN, SLASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagger.word_places import WordPlaces
    from tagger.words import Words

    Reader = Callable[[Words, WordPlaces, int, bool], int]

NUMBERED = re.compile(r"[A-Z][A-Za-z]*\d+")  # of teams' names: Tech3, VR46
_NUMBER = re.compile(r"\d+(?:-\d+)?|[IVX]+")  # of military districts: 0422, 410-05
_ROMAN = re.compile(r"[IVX]+|l")  # also as "Puskesmas Sukamaju l" has it
_SUM = re.compile(r"rp\d*")  # "PT Nusa Rp57,1 juta"
_VERB = re.compile(r"(?:di|me)[a-z]{3,}kan")  # a headline's "Diresmikan", "Meresmikan"
_BRANCHES = frozenset({"cabang", "unit", "wilayah", "kc", "kcp", "perwakilan", "kanwil"})
NAME_LINKS = frozenset({"dan", "of", "for", "and", "the", "on", "de", "untuk"})
_SCHOOL_WORDS = frozenset(
    {"negeri", "swasta", "islam", "terpadu", "kristen", "katolik", "al", "ma'arif", "plus", "it", "unggulan"}
)
_DOTTED = frozenset(
    {
        "pt", "cv", "ud", "dr", "drs", "ir", "kh", "h", "hj", "hm", "prof", "st", "mayjend", "mayjen", "jend", "letjen",
        "moh", "muh", "m", "abd", "rs",
    }
)  # fmt: skip
_PURPOSES = frozenset({"penanganan", "percepatan", "pencegahan", "pengendalian", "penanggulangan", "pemberantasan"})
_AMOUNTS = frozenset(
    {"ribu", "juta", "miliar", "triliun", "persen", "ton", "kilogram", "kg", "hektare", "ha", "unit", "orang"}
)
_BEFORE_TIMES = frozenset({"sepuluh", "pasar"})  # "Institut Sepuluh November", "Pedagang Pasar Minggu"
_OF_KOTA = frozenset({"ibu", "hutan", "taman"})  # "Ibu Kota" begins no region
_MAX_NAME = 8


def _nothing(_words: Words, _places: WordPlaces, end: int, _title: bool) -> int:
    return end


def _portfolio(words: Words, places: WordPlaces, end: int, title: bool) -> int:
    last = read_portfolio(words, places, end)
    if title:  # "Kementerian Sosial Kenalkan Program": no known word of government, but a verb
        unknown = (at for at in range(end, last) if words.folded[at] not in vocabulary() and _is_verb(words, at))
        return next(unknown, last)
    return last


def _is_verb(words: Words, at: int) -> bool:
    """Whether a word has a headline's ending of verbs, "kenalkan", "resmikan"."""
    return words.folded[at].endswith("kan") and words.forms[at].istitle()


def _region(words: Words, _places: WordPlaces, end: int, _title: bool) -> int:
    return _suffix(words, _places, end, _title)


def _suffix(words: Words, _places: WordPlaces, end: int, _title: bool) -> int:
    """RI, Republik Indonesia, which no name needs."""
    if words.joint(end) == SPACE and end < len(words):
        if words.forms[end] == "RI":
            return end + 1
        if words.folded[end : end + 2] == ("republik", "indonesia") and words.joint(end + 1) == SPACE:
            return end + 2
    return end


def _known(words: Words, _places: WordPlaces, end: int, title: bool) -> int:
    """What a known name takes: RI, as an office; Tbk or Group, as a firm."""
    if words.joint(end) == SPACE and words.forms[end : end + 1] == ("Group",):
        return end + 1
    listed = past_persero(words, end)
    return listed if listed > end and words.folded[listed - 1] == "tbk" else _suffix(words, _places, end, title)


def _name(words: Words, places: WordPlaces, end: int, title: bool) -> int:
    """Capitalised words, numbers among them, and small link words between two of them."""
    at, last = end, end
    while at < len(words) and at - end < _MAX_NAME:
        joint, form = words.joints[at], words.forms[at]
        after_abbreviation = joint == DOT and len(words.forms[at - 1]) <= 7 and words.folded[at - 1] in _DOTTED
        joined = joint in (SPACE, AMPERSAND) or after_abbreviation or (joint == CLOSE and at == end)
        if not (joined or _strokes(words, at, end) or hyphened(words, at)):
            break
        if at == end and form in _PURPOSES and joint == SPACE:  # "Satgas penanganan Covid-19"
            at += 1
        elif form[0].isupper():
            if _ends_name(words, at, plain=not (title or joint == DOT)):
                break
            at += 1
            last = at
        elif form.isdigit() and at > end and len(form) < 5 and not _is_measure(words, at):
            at += 1
            last = at
        elif form in ("dr", "drg") and at + 1 < len(words) and words.forms[at + 1][0].isupper():
            at += 1
        elif words.folded[at] in NAME_LINKS and at > end and at + 1 < len(words) and words.forms[at + 1][0].isupper():
            if words.folded[at] == "dan" and _parts(words, places, at):
                break
            at += 1
        else:
            break
    return past_persero(words, last)


def _parts(words: Words, places: WordPlaces, at: int) -> bool:
    """Whether dan parts a body from another, or from a person."""
    after = at + 1
    if heads().match(words, after) or words.forms[after].isupper() or places.person(after):
        return True
    if words.folded[after] in unlisted_heads() and words.joint(after + 1) == SPACE:  # "RSUD Budi dan Stadion Merdeka"
        named = words.forms[after + 1][0].isupper() and words.folded[after + 1] not in vocabulary()
        return named and words.folded[after + 1] != "indonesia"
    return places.body_start(at) is not None and places.body_end(after) > after + 1


def _strokes(words: Words, at: int, end: int) -> bool:
    """Whether a stroke stands inside a name between two acronyms, and the name goes on: "Asosiasi VR/AR Indonesia"."""
    inside = words.joint(at) == SLASH and at > end and words.joint(at + 1) == SPACE and at + 1 < len(words)
    return inside and words.forms[at - 1].isupper() and words.forms[at].isupper() and words.forms[at + 1][0].isupper()


def hyphened(words: Words, at: int) -> bool:
    """Whether a word hangs on the one before by a hyphen and goes on its name: "Yayasan Al-Huda", "Capres-Cawapres";
    no acronyms, no bodies, not "Indonesia-Afrika".
    """
    if (
        words.joint(at) != DASH
        or not at
        or words.starts[at] != words.ends[at - 1] + 1
        or words.folded[at - 1] == "indonesia"
    ):
        return False
    return words.forms[at - 1].istitle() and words.forms[at].istitle() and heads().match(words, at) is None


def _is_measure(words: Words, at: int) -> bool:
    """Whether a number is no name's but a time's, a share's or an amount's: "18.00", "30,5%", "1 juta ton"."""
    after = at + 1
    if words.text[words.ends[at] : words.ends[at] + 1] == "%":
        return True
    if after >= len(words) or words.joints[after] not in (DOT, COMMA, SPACE):
        return False
    if words.joints[after] == SPACE:
        return words.forms[after] in _AMOUNTS
    return words.forms[after].isdigit() and words.starts[after] == words.ends[at] + 1


def _ends_name(words: Words, at: int, *, plain: bool) -> bool:
    """Whether a word with a capital belongs to no name; only "Seluruh" of "Seluruh Indonesia" of its like does."""
    folded = words.folded[at]
    if _SUM.fullmatch(folded) or _VERB.fullmatch(folded):
        return True
    if words.folded[at - 1] in _BEFORE_TIMES and words.joint(at) == SPACE:
        return False
    if folded == "seluruh":
        return words.folded[at + 1 : at + 2] != ("indonesia",)
    if folded == "kota" and words.folded[at - 1] in _OF_KOTA:
        return False
    if folded in LOCAL:  # "Koperasi Maju" + "Desa Sukadana", but "Koperasi Unit Desa"
        named_on = at + 1 < len(words) and words.forms[at + 1][0].isupper()
        return named_on and words.joint(at + 1) in (SPACE, SLASH)
    return folded in name_ends() or (not plain and folded in ordinary())


@cache
def ordinary() -> frozenset[str]:
    """Common words that neither a body's name nor an abbreviation with a dot is made of."""
    return common_words() - vocabulary() - _DOTTED


def past_persero(words: Words, last: int) -> int:
    """(Persero) and Tbk after a firm's name belong to it."""
    if (
        words.joint(last) == OPEN
        and last < len(words)
        and words.folded[last] in ("persero", "perseroda")
        and words.joint(last + 1)[:1] == CLOSE
    ):
        last += 1
        if words.joint(last) == CLOSE and last < len(words) and words.folded[last] == "tbk":
            return last + 1
        return last
    if words.joint(last) == SPACE and last < len(words) and words.folded[last] == "tbk":
        return last + 1
    return last


def _school(words: Words, _places: WordPlaces, end: int, title: bool) -> int:
    """Negeri, a number, and the place or name after it; neither alone in small letters."""
    at, named = end, False
    while at < len(words) and at - end < _MAX_NAME:
        form, folded = words.forms[at], words.folded[at]
        shared = words.joints[at] == SLASH and form.isdigit() and words.forms[at - 1].isdigit()  # "SDN 01/02 Sukamaju"
        if words.joints[at] != SPACE and not shared:
            break
        if form.isdigit() and len(form) < 4:
            named = named or words.folded[at - 1].endswith(("n", "negeri"))
        elif any(sign.isdigit() for sign in form):
            break
        elif folded in LOCAL and at > end and at + 1 < len(words) and words.forms[at + 1][0].isupper():
            at += 1
        elif (
            not form[0].isupper()
            or folded in name_ends()
            or (folded not in _SCHOOL_WORDS and (heads().match(words, at) or (title and folded in ordinary())))
        ):
            break
        else:
            named = named or folded not in _SCHOOL_WORDS
        at += 1
    return at if named else end


def _place(words: Words, places: WordPlaces, end: int, _title: bool) -> int:
    """A number ("Kodim 0422/Lampung Barat"), and a place that need not be in the gazetteer."""
    at = end
    if words.joint(at) in (SPACE, CLOSE) and at < len(words) and _NUMBER.fullmatch(words.forms[at]):
        at += 1
        if words.joint(at) in (SLASH, DASH) or (words.joint(at) == SPACE and not _is_stop(words, at)):
            return max(at, places.local(at))
        return at
    if words.joint(at) not in (SPACE, CLOSE) or (_is_stop(words, at) and words.folded[at : at + 1] != ("kecamatan",)):
        return end
    if words.forms[at] in titles():  # "Lanud" + "Letnan Budi"
        return end
    last = max(places.district(at), places.local(at))
    numbered = last > at and words.joint(last) == SPACE and last < len(words) and _ROMAN.fullmatch(words.forms[last])
    return last + 1 if numbered else last  # "Puskesmas Kotaraya II"


def _is_stop(words: Words, at: int) -> bool:
    return at >= len(words) or words.folded[at] in name_ends() or words.folded[at] in common_words()


def read_branch(words: Words, places: WordPlaces, end: int) -> int:
    """Where cabang, unit and the place after it end; `end` itself where they do not stand there."""
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


READERS: dict[str, Reader] = {
    "known": _known,
    "portfolio": _portfolio,
    "region": _region,
    "suffix": _suffix,
    "name": _name,
    "school": _school,
    "place": _place,
    "branch": _nothing,
    "country": _country,
}
