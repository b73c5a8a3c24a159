"""What words that a model takes for a body may be instead: a term, an office, a place, an address, another thing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tagger.body_names import NUMBERED
from tagger.gazetteer.regions import regions
from tagger.heads import (
    LAST_OF_OTHERS,
    SUMMIT,
    common_words,
    cues_against,
    fold,
    generics,
    heads,
    name_ends,
    of_country_alone,
    office_words,
    titles,
    unlisted_heads,
    vocabulary,
)
from tagger.honorifics import ranks
from tagger.word_places import LOCAL
from tagger.words import AMPERSAND, CLOSE, COMMA, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.word_places import WordPlaces
    from tagger.words import Words

_OFFICE = re.compile(
    r"(?:wa)?ka(?:dis|bid|ban|bag|sub|sud|nit|sat|pol)[a-z]{2,}|permen[a-z]{3,}|(?:wa)?men(?:ko|dag|lu|han|ag|kes|pora)[a-z]*"
)
_MODEL = re.compile(  # Reno16, FB63, RS-GP26, Mi-8, RX-V
    r"(?=[^\W\d]*\d)(?=\d*[^\W\d])\w+|(?!U-)[A-Z]{1,3}-[A-Z]*\d+[A-Z]*|[A-Z][a-z]-\d+[A-Z]*|[A-Z]{2}-[A-Z]"
)
_YOUTH = re.compile(r"U-?\d\d")
_MODEL_AFTER = re.compile(r"[A-Z]{1,3}-?\d{1,4}[A-Za-z]*|[a-z]\d{1,3}|[A-Z]{2}-[A-Z]")  # "Nusa X2", "Nusa RX-V"
_SIDE_OR_TIME = re.compile(r"U-?\d\d\w*|[QHS][1-4]")  # a team's youth, a company's quarter
_GLUED = re.compile(r"([A-Z][a-z]{3,})([A-Z][a-z]+)")
_GLUED_SMALL = re.compile(  # "MotoGPdengan", signs read wrongly, regulations ("PerBPOM")
    r"\w{4,}(?:dengan|untuk|dalam)|\w+[âÂ]|(?:Per|Kep|Permen)[A-Z]{3,}"
)
_SMALL_NUMBER = re.compile(r"[1-9]\d?")
_STATUSES = frozenset({"plt", "pj", "plh", "pjs"})
_LAST_OF_MODELS = frozenset({"ultra", "pro", "lite", "max", "edition"})
_LAST_OF_PRODUCTS = frozenset(  # and of services, games and papers
    {
        "mobile", "web", "plus", "voucher", "toolkit", "hybrid", "turbo", "browser", "app", "apps", "chip", "engine",
        "token", "handbook", "guidelines", "framework", "protocol", "regulation", "infrastructure", "bond", "bonds",
        "list", "milk", "soya", "powder", "scooters",
    }
)  # fmt: skip
_RIDERS = frozenset({"pebalap", "pembalap", "rider", "pabrikan", "klub"})
_LINKS = frozenset({"dan", "of", "the", "and"})
_IN_LISTS = frozenset({"dan", "atau", "hingga", "serta", "seperti", "yakni", "yaitu", "berbagai", "sejumlah", "asal"})
_LISTED = frozenset({"merek", "merk", "brand", "kartu", "lini", "koleksi", "tipe", "varietas"})
_THINGS = frozenset(
    {
        "produk", "merek", "upaya", "wujud", "cara", "metode", "konsep", "istilah", "layanan", "aplikasi", "fitur",
        "gim", "game", "teknologi", "sistem", "program", "sirkuit", "fenomena", "penyakit", "varietas", "spesies",
    }
)  # fmt: skip
_BEFORE_NEW = "all"  # "Nusa All New Kilat"
_INDEFINITE = frozenset({"sebuah", "suatu"})
_LONGEST_LIST = 24  # words
TEAMS = frozenset({"team", "racing", "fc", "club", "united", "esports"})  # ends of names that may hold a number
_LONGEST_DOMAIN = 4
_DOMAINS = frozenset({"COM", "CO", "ID", "NET", "ORG"})
_ROMAN = frozenset("IVX")
_ARTICLES = frozenset({"the", "los", "las", "gli"})  # of clubs' nicknames, of papers and films
_SHORT_NICKNAME = 3  # words
_REACH = 4  # words
_SHORTEST = 3  # letters; initials of suspects have two


def names_body(words: Words, places: WordPlaces, first: int, last: int) -> bool:
    """Whether the words may be a body's name: no term, office, place, address, suspect or other thing."""
    if _of_rider(words, first):
        return not (_is_office(words, first, last) or _names_place(words, places, first, last))
    return not (
        _is_term(words, first, last)
        or _is_office(words, first, last)
        or _is_other_thing(words, first, last)
        or _begins_other(words, first, last)
        or _names_place(words, places, first, last)
        or _in_address(words, first, last)
    )


def unfinished(words: Words, places: WordPlaces, names: Iterable[tuple[int, int]], apart: set[int]) -> set[str]:
    """The folded names that go on wherever the text has them, to a model's name or to another thing: "Nusa" of "Nusa
    Elang", "Nusa Kilat" of "Nusa Kilat Wide Lens".

    Args:
        words: the text.
        places: its regions and countries.
        names: the names, (first word, word after).
        apart: words of other bodies and of persons, which no name goes on to.
    """
    on: set[str] = set()
    ended: set[str] = set()
    for first, last in names:
        (on if _goes_on(words, places, first, last, apart) else ended).add(fold(words.slice(first, last)))
    return on - ended


def defined_as_thing(words: Words, last: int) -> bool:
    """Whether the text says after a name that it is a thing or a nickname: "Nusa Kilat adalah sebuah produk"."""
    if words.joint(last) == COMMA and words.folded[last] == "julukannya":
        return True
    after = [word for word in words.folded[last : last + 3] if word not in _INDEFINITE]
    is_said = words.joint(last) in (SPACE, COMMA) and after[:1] in (["adalah"], ["ialah"])
    return is_said and not _THINGS.isdisjoint(after[1:2])


def _goes_on(words: Words, places: WordPlaces, first: int, last: int, apart: set[int]) -> bool:
    """Whether a word with a capital follows that is no place, no person, no verb and no word of every day."""
    if last >= len(words) or last in apart or words.joint(last) != SPACE or words.forms[first].isupper():
        return False
    form, folded = words.forms[last], words.folded[last]
    if not form[0].isupper() or form in titles() or places.starts(last) or folded.endswith("kan"):
        return False
    if _SIDE_OR_TIME.fullmatch(form):
        return False
    ordinary = folded in common_words() and folded != _BEFORE_NEW
    return not (ordinary or folded in vocabulary() or folded in TEAMS)


def _of_rider(words: Words, first: int) -> bool:
    """Whether the word before tells that an acronym is a team's, whatever it means elsewhere: "pebalap KTM"."""
    return (
        first > 0
        and words.folded[first - 1] in _RIDERS
        and words.joint(first) == SPACE
        and words.forms[first].isupper()
    )


def _begins_other(words: Words, first: int, last: int) -> bool:
    """Whether the name goes on to something else: "Nusa" of "Nusa Esports Nations Cup", of "Nusa X2", "Formula" of
    "Formula E".
    """
    at = last
    beside = last < len(words) and words.joint(last) == SPACE
    if beside and fold(words.slice(first, last + 1)) in generics():
        return True
    if beside and _MODEL_AFTER.fullmatch(words.forms[last]) and not _SIDE_OR_TIME.fullmatch(words.forms[last]):
        return True
    while at < len(words) and at - last < _REACH and words.joints[at] == SPACE and words.forms[at][0].isupper():
        if words.folded[at] in LAST_OF_OTHERS:
            return True
        if words.folded[at] in common_words():
            return False
        at += 1
    return False


def _is_term(words: Words, first: int, last: int) -> bool:
    """Whether the words are a term, or words of every day and of government without a name among them."""
    name = fold(words.slice(first, last))
    if (
        len(name) < _SHORTEST
        or _YOUTH.fullmatch(words.forms[first])  # "U-21 Spanyol"
        or {name, name.removesuffix("nya")} & generics()
        or {words.folded[first], words.folded[first].removesuffix("nya")} & unlisted_heads()
        or _begins_sentence_only(words, first, last)
        or _glued_stop(words.forms[first])
        or any(_GLUED_SMALL.fullmatch(form) for form in words.forms[first:last])
        or (words.folded[first] in _ARTICLES and last - first <= _SHORT_NICKNAME and words.joint(last) != OPEN)
        or words.folded[last - 1] in LAST_OF_OTHERS
        or (words.folded[last - 1] in _LAST_OF_PRODUCTS and last > first + 1)
        or SUMMIT in words.folded[first:last]
    ):
        return True
    if first and words.folded[first - 1] in office_words() and words.folded[first] in vocabulary():
        return True  # "Kadis" + "Pendidikan Sleman"
    known = heads().match(words, first)
    if known and (known[0] == last or of_country_alone(known[1], words.folded[known[0] : last])):
        return known[1].kind != "club"  # rules have read it, and taken it for something else
    inside = words.folded[first:last]
    if words.forms[first].isupper() and words.folded[first] in generics():
        inside = inside[1:]  # "BUMN Migas"
    plain = all(word in vocabulary() or word in common_words() or word in _LINKS for word in inside)
    return plain or all(word in generics() or word.isdigit() for word in inside)


def _glued_stop(form: str) -> bool:
    """Whether a word that no name has is glued to one with a capital, as page furniture is: "PerbesarAndi"."""
    glued = _GLUED.fullmatch(form)
    return glued is not None and not name_ends().isdisjoint((glued[1].lower(), glued[2].lower()))


def _begins_sentence_only(words: Words, first: int, last: int) -> bool:
    """Whether a single word begins a sentence, and the text has it in small letters too: "Api meluas. Titik api"."""
    begins = words.joint(first) not in (SPACE, COMMA, OPEN, CLOSE)
    return last == first + 1 and begins and words.forms[first].istitle() and words.folded[first] in words.forms


def _is_office(words: Words, first: int, last: int) -> bool:
    """Whether the words are an office in one word, or ranks and degrees."""
    if first + 1 < last and (words.folded[first] in _STATUSES or words.forms[first] in ranks()):
        return True
    office = words.folded[first] in office_words() or _OFFICE.match(words.folded[first])
    return bool(office) or all(words.forms[at] in titles() for at in range(first, last))


def _is_other_thing(words: Words, first: int, last: int) -> bool:
    """Whether the word before tells a brand, a ship, a suspect; or a model's number or an age is beside them."""
    if cued_against(words, first):
        return True
    numbered = words.folded[first - 1 : first] == ("tim",) and NUMBERED.fullmatch(words.forms[last - 1])
    team = last > first + 1 and (words.folded[last - 1] in TEAMS or numbered)
    if not team and any(_MODEL.fullmatch(words.forms[at]) for at in range(first, last)):
        return True
    if set(words.forms[first]) <= _ROMAN or _is_signature(words, first, last) or _is_numbered_model(words, first, last):
        return True
    if any(_pairs(words.forms[at]) for at in range(first, last)) or (
        words.joint(first + 1) == COMMA and last > first + 1
    ):
        return True
    told = words.joint(last) == OPEN and last < len(words) and words.forms[first].isupper()
    return told and (words.forms[last].isdigit() or _domain(words, last + 1))  # an age; a dateline, "BLORA (nusa.com)"


def _is_signature(words: Words, first: int, last: int) -> bool:
    """Whether capitals stand alone behind the text's last sentence, as its reporter's initials do."""
    return last == len(words) == first + 1 and words.forms[first].isupper() and words.joint(first) not in (SPACE, OPEN)


def _is_numbered_model(words: Words, first: int, last: int) -> bool:
    """Whether a name ends as models' names do ("Nusa Ultra", "Nusa Spark 50"), or goes on to one number twice; no
    acronym's, no team's ("MIN 1", "Mainz 05").
    """
    if words.forms[first].isupper():
        return False
    if last > first + 1 and words.folded[last - 1] in _LAST_OF_MODELS:
        return True
    if last > first + 1 and _SMALL_NUMBER.fullmatch(words.forms[last - 1]):
        return True
    goes_on = last < len(words) and words.joint(last) == SPACE and _SMALL_NUMBER.fullmatch(words.forms[last])
    return bool(goes_on) and words.text.count(words.slice(first, last + 1)) > 1


def cued_against(words: Words, first: int) -> bool:
    """Whether the word or the two words before tell that a name is a brand's, a ship's, a suspect's, or the word
    before the list it stands in.
    """
    if not first:
        return False
    if words.joint(first) not in (SPACE, CLOSE):
        return words.joint(first) == COMMA and _listed(words, first)
    before = words.folded[first - 1]
    if before in cues_against() or (first > 1 and f"{words.folded[first - 2]} {before}" in cues_against()):
        return True
    return before in _IN_LISTS and _listed(words, first)


def _listed(words: Words, first: int) -> bool:
    """Whether a name stands in a list of things: "merek seperti Nusa, Kilat dan Elang"."""
    at = first - 1
    lowest = max(at - _LONGEST_LIST, 0)
    while at > lowest and words.joint(at + 1) in (SPACE, COMMA, AMPERSAND):
        if words.folded[at] not in _IN_LISTS and not words.forms[at][0].isupper():
            break
        at -= 1
    return words.folded[at] in _LISTED and words.joint(at + 1) in (SPACE, COMMA)


def _pairs(form: str) -> bool:
    """Whether a word is two names side by side, the first an acronym: "PKB-PBNU", "RK-Suswono"."""
    left, dash, right = form.partition("-")
    return bool(dash) and left.isupper() and right[:1].isupper() and min(len(left), len(right)) > 1


def _names_place(words: Words, places: WordPlaces, first: int, last: int) -> bool:
    """Whether the words are a region's, a country's, a district's or a village's name, or its youth team's."""
    if last == first + 1 and words.folded[first] in _single_regions() and not words.forms[first].isupper():
        return True  # which no rule for regions has read there: "Metro Catat Inflasi"
    if last > first + 1 and _YOUTH.fullmatch(words.forms[last - 1]):
        last -= 1
    place = places.region(first) or places.country(first)
    if (place and place.last >= last) or max(places.district(first), places.named_local(first)) >= last:
        return True
    if first and words.joint(first) == "-" and places.starts(first - 1):  # a route, "Malang-Kroya"
        return True
    return first > 0 and words.folded[first - 1] in LOCAL and words.joint(first) == SPACE


@cache
def _single_regions() -> frozenset[str]:
    """The regions' names of one word, folded."""
    return frozenset(region.short.lower() for region in regions().values() if " " not in region.short)


def _in_address(words: Words, first: int, last: int) -> bool:
    """Whether the words are a part of a web address, an account or a tag."""
    start = words.starts[first]
    if start and words.text[start - 1] in "/@#":
        return True
    if any(_domain(words, at) for at in range(first + 1, last + 1)):
        return True
    return words.joint(last) == SPACE and _domain(words, last + 1)  # "Nusa kini.com"


def _domain(words: Words, at: int) -> bool:
    """Whether a full stop glues a word in small letters to the one before ("Pasarinfo.me", "Kabarnusa.com")."""
    if at >= len(words):
        return False
    dotted = words.joint(at) == DOT and words.starts[at] == words.ends[at - 1] + 1
    form = words.forms[at]
    return dotted and ((form.islower() and len(form) <= _LONGEST_DOMAIN) or form in _DOMAINS)
