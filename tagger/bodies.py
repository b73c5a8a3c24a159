"""Finds the mentions of bodies by rule: a head word and what its kind lets follow, or a name that is known.

"Dinas Perumahan dan Kawasan Permukiman Kota Metro" is a head (Dinas), a portfolio (words of government, joined by dan,
commas, strokes) and a region; "Polres Way Kanan" a head and a region; "PT Danantara Sumberdaya Indonesia" a head and
a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.acronyms import abbreviates
from tagger.body import Body
from tagger.body_names import READERS, past_persero
from tagger.body_portfolios import read_portfolio
from tagger.body_reach import before_person, read_enumeration, widened
from tagger.body_tails import Tail, past_numeral, read_tail
from tagger.heads import (
    LAST_OF_OTHERS,
    SMALL_HEADS,
    SUMMIT,
    Head,
    common_words,
    fold,
    generics,
    heads,
    is_acronym,
    of_country_alone,
    small_heads,
    unlisted_heads,
    vocabulary,
)
from tagger.meaning import Meant
from tagger.services import service, small_agency
from tagger.sieve import TEAMS
from tagger.word_places import LOCAL
from tagger.words import CLOSE, OPEN, SPACE

if TYPE_CHECKING:
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_KEYED = frozenset({"portfolio", "name", "school", "place", "country", "known"})
_OF_PLACES = frozenset({"region", "place"})
_MANY = frozenset({"sejumlah", "seluruh", "semua", "tiap", "setiap", "beberapa", "antar", "para"})
_RANKS = frozenset({"jajaran", "sejajaran"})
_NAMED_BY_PLACE = frozenset({"region", "suffix", "branch"})
_REACH = 8  # words from a name's end by rule to its acronym
_LOCALS = frozenset((word,) for word in LOCAL)
_WITH_HALLS = LOCAL | {"rt", "rw", "kota"}  # whose halls are buildings, "Balai Desa Sukamaju"
_LEVELS = frozenset({("provinsi",), ("kabupaten",), ("kota",)})
_HEADED_BY = frozenset({"kepala", "sekretaris", "ketua"})
_WHOLE = frozenset({"ministry", "agency"})  # whose known names no word of government goes on
_FIRMS = frozenset({"company", "state-company"})
_NEEDS_NAME = frozenset({"portfolio", "name", "school", "country"})
_NAMED_AFTER_NOBODY = frozenset(
    {"company", "state-company", "bank", "task-force", "association", "party", "agency", "sports"}
)


def find_bodies(words: Words, places: WordPlaces, title_words: int = 0) -> list[Body]:
    """The mentions of bodies in a text, in order, none inside another.

    Args:
        words: the text.
        places: its regions and countries.
        title_words: how many of the words are the title's, where every word may have a capital.
    """
    table, found, index = heads(), [], 0
    meant = Meant(words, places)
    while index < len(words):
        match = None if places.inside(index) or _is_country(places, index) else table.match(words, index)
        body = None
        if match is None and words.folded[index] in SMALL_HEADS:
            match = _lower_head(words, index)
            body = small_agency(words, places, index)
        if match is None and body is None:
            body = service(words, places, index)
        if match and meant(index, *match):
            body = read_body(words, places, index, match, title=index < title_words)
        if body and not (index < title_words and _is_term_below(words, body, title_words)):
            found.append(body)
            index = body.last
        else:
            index += 1
    return found


def _is_country(places: WordPlaces, index: int) -> bool:
    """Whether a country's name of several words starts at a word, "Federasi Rusia"."""
    place = places.country(index)
    return place is not None and place.last > index + 1


def _is_term_below(words: Words, body: Body, title_words: int) -> bool:
    """Whether the text has a title's words in small letters, and so as no name: "Bank Sistemik" in a headline."""
    name, size = words.folded[body.first : body.last], body.last - body.first
    if size == 1 or name[0] in SMALL_HEADS:
        return False
    starts = (at for at in range(title_words, len(words) - size + 1) if words.forms[at] == name[0])
    return any(words.forms[at : at + size] == name for at in starts)


def _lower_head(words: Words, index: int) -> tuple[int, Head] | None:
    """A head in small letters ("pemerintah Kabupaten Pesisir Barat"): only where a capital follows."""
    match = small_heads().match(words, index)
    if (
        match is None
        or match[0] >= len(words)
        or not words.forms[match[0]][0].isupper()
        or words.joint(match[0]) != SPACE
    ):
        return None
    return match if match[1].reads != "portfolio" or words.folded[match[0]] in vocabulary() else None


def _is_one_of_many(words: Words, index: int, end: int) -> bool:
    """Whether a bare head stands for all bodies of its kind: "31 Polres", "Polsek jajaran"."""
    before = words.folded[index - 1] if index and words.joint(index) == SPACE else ""
    after = words.folded[end] if end < len(words) and words.joint(end) == SPACE else ""
    return before.isdigit() or before in _MANY or after in _RANKS


def read_body(
    words: Words, places: WordPlaces, index: int, match: tuple[int, Head], *, title: bool = False
) -> Body | None:
    """The mention whose head or known name was matched at a word, or None where nothing with a name stands there."""
    end, head = match
    core = _core(words, places, index, match, title=title)
    told = _told(words, places, index, core, match, title=title)
    by_place = told > core and head.reads in _NAMED_BY_PLACE
    unnamed = head.reads in _NEEDS_NAME and told == end
    if unnamed and not (head.kind == "hospital" and places.region(end)):  # "Bank" alone, but "RSUD Kota Metro"
        return None
    if told > end and _names_no_body(words, places, index, told, match):
        return None
    key = _key(words, head, core if head.reads == "known" else end, core if by_place else told)
    tail = read_tail(words, places, told, head)
    place = places.region(told)
    if tail.last == told and place and place.last == places.body_end(index):  # "PLN Jatim", as the model sees it
        tail = Tail(place.last, place.code)
    tail = tail._replace(last=past_numeral(words, tail.last, head))
    if tail.code is None and not _has_name(words, index, end, told, head, key):
        return None
    if tail.last == end and head.reads in _OF_PLACES and _is_one_of_many(words, index, end):
        return None
    bare = tail.last == end and not head.alone and tail.code is None
    if bare and end - index > 1 and heads().match(words, index + 1):  # "Kantor Kementerian Agama" of no region
        return None
    acronym = told if tail.acronym is None and _is_doubled(words, index, told) else tail.acronym
    return Body(
        index,
        tail.last,
        told,
        key,
        head.kind,
        tail.code,
        " ".join(words.folded[core:told]) if by_place else tail.country,
        acronym,
        head.name,
        bare=bare,
        cue=words.slice(index, end),
    )


def _names_no_body(words: Words, places: WordPlaces, index: int, told: int, match: tuple[int, Head]) -> bool:
    """Whether what follows a head makes it no body: a building ("Bank Arena", "Balai Desa Sukamaju"), a term with its
    first word ("Majelis Hakim Pengadilan Negeri"), a summit, the country alone ("Forum Indonesia"), all schools of a
    region ("SD Sleman").
    """
    end, head = match
    if head.kind == "party" and (known := heads().match(words, end)) and known[1].kind == "club":
        return True  # "Partai Brighton vs Porto"
    if words.folded[told - 1] in LAST_OF_OTHERS or (head.key == "balai" and words.folded[end] in _WITH_HALLS):
        return True
    if head.reads not in ("name", "school"):
        return False
    if head.reads == "school":
        place = places.region(end)
        return "negeri" not in head.key and place is not None and place.last == told
    if fold(words.slice(index, min(told, end + 1))) in generics() or SUMMIT in words.folded[end:told]:
        return True
    return of_country_alone(head, words.folded[end:told])


def _core(words: Words, places: WordPlaces, index: int, match: tuple[int, Head], *, title: bool) -> int:
    """Where the name ends by what its head lets follow."""
    end, head = match
    defined = head.reads in ("name", "place", "portfolio") and _defines(words, end)
    if defined and words.folded[end][0] not in (words.folded[end - 1][0], head.key[0]):
        return end  # "Industri Keuangan Non Bank (IKNB)"
    start = end + 1 if defined else end  # "Rumah Sakit Umum Daerah (RSUD) Abdul Moeloek"
    core = READERS[head.reads](words, places, start, title)
    if head.reads == "known" and _names_level(words, core):
        return core + 1
    if core == start:
        core = _past_known(words, end) if head.key == "kantor wilayah" else end
    if head.reads in ("portfolio", "name"):
        core = read_enumeration(words, places, core)
        core = next(
            (at for at in range(end + 2, core - 1) if _doubles(words, head, end, at)), core
        )  # "PT A B AB" + Budi
    if head.reads in ("portfolio", "name") and core - 1 > end + 1 and _doubles(words, head, end, core - 1):
        core -= 1  # "Balai Riset Ikan Hias BRIH"
    if head.kind in _NAMED_AFTER_NOBODY:  # "Satgas Polusi Udara" + "Lina Marlina"
        first = _past_heads(words, end, core)
        core = next((at for at in range(first + 1, core) if places.person(at) and not words.forms[at].isupper()), core)
    return before_person(words, places, index, end, core) if head.reads == "name" else core


def _past_known(words: Words, at: int) -> int:
    """Past the known body whose regional office this is, "Kantor Wilayah" + "Direktorat Jenderal Pajak"; else `at`."""
    known = heads().match(words, at) if words.joint(at) == SPACE and at < len(words) else None
    return known[0] if known and known[1].reads == "known" else at


def _past_heads(words: Words, end: int, core: int) -> int:
    """The word after a second head that a name begins with, "Perumda" + "PDAM", so that a name is still to come."""
    second = heads().match(words, end) if core > end + 1 else None
    return second[0] if second and second[1].reads == "name" else end


def _told(words: Words, places: WordPlaces, index: int, core: int, match: tuple[int, Head], *, title: bool) -> int:
    """Where the name ends that the model sees go on past what its head lets follow; `core` where it sees no more.

    Who heads a body is named right after its portfolio ("Kepala Dinas Pariwisata Ismail"): there only a region or an
    acronym in parentheses shows that the name goes on so far.
    """
    end, head = match
    if head.reads == "known" and head.kind == "party":  # "Partai NasDem" + Satori, its member
        return core
    if head.kind == "club":
        return _team(words, places, index, core)
    if head.reads == "known" and head.kind in _WHOLE and _is_official(words, core):
        return core  # "Badan Gizi Nasional" + "Satuan Pemenuhan Gizi"
    told = widened(words, places, index, core, plain=not title and (head.reads == "portfolio" or head.kind in _FIRMS))
    if head.reads == "portfolio" and told > core and words.folded[told : told + 1] not in _LOCALS:
        told = max(told, read_portfolio(words, places, told))
    if head.kind in _FIRMS and told > core and head.reads == "name":
        told = past_persero(words, told)
    starts = {"portfolio": (index,), "name": (index, end)}.get(head.reads, ())
    if short := next(filter(None, (_acronym_of(words, places, start, told) for start in starts)), 0):
        return short
    headed = index > 0 and words.folded[index - 1] in _HEADED_BY and head.reads == "portfolio" and core > end
    if told > core and headed and not (words.joint(told) == OPEN or places.region(told)):
        return told if all(map(_is_word, words.folded[core:told])) else core
    return told


def _team(words: Words, places: WordPlaces, index: int, core: int) -> int:
    """Where a club's name ends: past "Racing Team" and its like, or one word more that the model sees; more are a
    player's.
    """
    at = core
    while at < len(words) and words.joint(at) == SPACE and words.folded[at] in TEAMS:
        at += 1
    more = widened(words, places, index, core, plain=False)
    return more if at == core and more == core + 1 == places.body_end(index) else at


def _is_official(words: Words, at: int) -> bool:
    """Whether a word is one of government, or heads a unit."""
    return at < len(words) and (words.folded[at] in vocabulary() or words.folded[at] in unlisted_heads())


def _is_word(folded: str) -> bool:
    """Whether a word is one of every day or of government, and so no person's name."""
    return folded in common_words() or folded in vocabulary()


def _names_level(words: Words, at: int) -> bool:
    """Whether a level and the acronym of it all go on a known name: "Badan Narkotika Nasional" + "Provinsi (BNNP)"."""
    if words.joint(at) != SPACE or words.folded[at : at + 1] not in _LEVELS or words.joint(at + 2)[:1] != CLOSE:
        return False
    form = words.forms[at + 1]
    return words.joint(at + 1) == OPEN and form.isupper() and form[-1].lower() == words.folded[at][0]


def _doubles(words: Words, head: Head, end: int, at: int) -> bool:
    """Whether the last word of a name is the acronym of what stands before it, with its head or without."""
    return _is_doubled(words, end - 1, at) or (head.reads == "name" and _is_doubled(words, end, at))


def _is_doubled(words: Words, index: int, at: int) -> bool:
    """Whether the word right after a name is its acronym without brackets, as shortened texts have it."""
    form = words.forms[at] if at < len(words) else ""
    return words.joint(at) == SPACE and form.isupper() and len(form) > 2 and abbreviates(form, words.forms[index:at])


def _acronym_of(words: Words, places: WordPlaces, index: int, core: int) -> int:
    """The word after a name that goes on to it, and that its initials make: "Balai Riset" + "Ikan Hias (BRIH)"; else
    0.
    """
    for at in range(core + 1, min(core + _REACH, len(words))):
        if not words.forms[at - 1][0].isupper() or words.joints[at - 1] != SPACE or places.starts(at - 1):
            return 0
        if words.joints[at] not in (SPACE, OPEN):
            return 0
        form = words.forms[at]
        if form.isupper() and len(form) > 2 and abbreviates(form, words.forms[index:at]):
            return at
    return 0


def _key(words: Words, head: Head, first: int, last: int) -> str:
    """What a mention stands for: its head, and the name after it where the head has one."""
    own = words.folded[first:last] if head.reads in _KEYED else ()
    return " ".join([head.key, *own])


def _has_name(words: Words, index: int, end: int, core: int, head: Head, key: str) -> bool:
    """Whether a mention without a region is more than a term; a bare "Pemkab" may go with one that has its region."""
    if head.reads == "region" and core == end:
        return words.folded[index:end] != ("pemerintah",)
    return not ((head.reads in _KEYED or core == end) and {key, fold(words.slice(index, core))} & generics())


def _defines(words: Words, at: int) -> bool:
    """Whether an acronym in parentheses stands at a word and the text goes on after it."""
    return words.joint(at) == OPEN and words.joint(at + 1) == CLOSE and is_acronym(words.forms[at])
