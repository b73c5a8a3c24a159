"""Reads what may follow the name of any body: an acronym in parentheses, a class, a region, a country, a branch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagger.acronyms import abbreviates
from tagger.body_names import READERS, read_branch
from tagger.body_portfolios import past_class, read_portfolio
from tagger.heads import Head, common_words, heads, is_acronym, name_ends, office_words
from tagger.words import CLOSE, DASH, OPEN, SPACE

if TYPE_CHECKING:
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_LONGEST_SECOND = 6  # words of a name after its first acronym, the second acronym with them
_LONGEST_SHORT_NAME = 3  # words in brackets
_NAMED = frozenset({"name", "school", "known"})
_KNOWN_WITH_REGION = frozenset({"agency", "ministry", "election", "association"})
_OF_TOWNS = frozenset({"judiciary", "prosecution"})
_WITH_COUNTRY = frozenset({"ministry", "judiciary", "military"})
_WITH_REGION = _KNOWN_WITH_REGION | {
    "local-agency", "local-government", "legislature", "police", "military", "prosecution", "judiciary", "audit",
    "task-force", "hospital", "sports",
}  # fmt: skip


_NUMBERED_KINDS = frozenset({"agency", "ministry", "local-agency", "state-company", "unit"})
_NUMERAL = re.compile(r"X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2}")


class Tail(NamedTuple):
    """What follows a name: the word after it all, the region's code, the country or town, the word of the acronym."""

    last: int
    code: str | None = None
    country: str | None = None
    acronym: int | None = None


def read_tail(words: Words, places: WordPlaces, core: int, head: Head) -> Tail:
    """What may follow any name: an acronym in parentheses, a region, for some a country or a branch's place."""
    last, acronym = core, None
    closing = words.joint(core + 1)
    if words.joint(core) == OPEN and closing[:1] == CLOSE and _may_abbreviate(words, places, core, head):
        acronym = core
    after = core + 1 if acronym is not None and closing == CLOSE else _after_short_name(words, places, core)
    if acronym is not None and (own := _own_name(words, places, core, after)) > after:
        return Tail(own, None, " ".join(words.folded[after:own]), acronym)
    if after > core and head.reads == "portfolio":  # "Badan Penyelenggara Jaminan Sosial (BPJS) Kesehatan"
        last = after = max(read_portfolio(words, places, after), after)
        last = core if last == core + 1 else last
    classed = past_class(words, after)
    if classed > after and head.reads != "known":  # "Pengadilan Negeri Kelas IA" + "Kotaraya"
        last = after = max(classed, places.local(classed)) if not places.tail(classed) else classed
    regional = head.kind in (_KNOWN_WITH_REGION if head.reads == "known" else _WITH_REGION)
    if (regional or after > core) and words.joint(after) in (SPACE, CLOSE):
        foreign = head.reads == "portfolio" or (head.reads == "known" and head.kind in _WITH_COUNTRY)
        place = places.tail(after) or (places.country(after) if foreign else None)
        if place:
            if acronym is None:
                acronym = _acronym_after(words, places, core, place.last, head)
            return Tail(place.last, place.code, place.country, acronym)
        if (seat := _seat(words, places, after, head)) > after:
            return Tail(seat, None, " ".join(words.folded[after:seat]), acronym)
        branch = read_branch(words, places, after)
        if branch > after:
            return Tail(branch, acronym=acronym)
    return Tail(last, acronym=acronym)


def past_numeral(words: Words, at: int, head: Head) -> int:
    """Past the Roman numeral that tells an office or a firm from its like, "Kanwil DJP Jawa Timur" + "III", "PTPN" +
    "IV Regional 2"; `at` itself where none stands there.
    """
    start = at + 1 if words.joint(at) == OPEN and words.joint(at + 1) == CLOSE else at  # "PTP Nusantara (PTPN)" + "XI"
    if head.kind not in _NUMBERED_KINDS or words.joint(start) not in (SPACE, CLOSE) or start >= len(words):
        return at
    form, after = words.forms[start], start + 1
    if (last := _past_regional(words, after)) > after and _NUMERAL.fullmatch(form):
        return last
    named = words.joint(after) == SPACE and after < len(words) and words.forms[after][0].isupper()
    return after if _NUMERAL.fullmatch(form) and not (form == "I" and named) else at  # "I" begins Balinese names


def _past_regional(words: Words, at: int) -> int:
    """Past the number of a firm's region, "Regional 7"; `at` itself where none stands there."""
    numbered = at + 1 < len(words) and words.forms[at] == "Regional" and words.joint(at) == words.joint(at + 1) == SPACE
    return at + 2 if numbered and (words.forms[at + 1].isdigit() or _NUMERAL.fullmatch(words.forms[at + 1])) else at


def _own_name(words: Words, places: WordPlaces, acronym: int, after: int) -> int:
    """Where the name ends that goes on after an acronym in brackets; the word after the bracket where none does.

    The acronym heads it too, "Sekolah Tinggi Ilmu Ekonomi (STIE)" + "Nusa", or a second one sums up what follows,
    "Badan Pengelola Riset (BPR)" + "Nusa Raya Sentosa (Nusaras)".
    """
    match = heads().match(words, acronym)
    if match is not None and match[0] == after and match[1].reads in ("name", "place"):
        return READERS[match[1].reads](words, places, after, False)
    if (last := _seen_on(words, places, acronym, after)) > after:
        return last
    at = after
    while at < len(words) and at - after < _LONGEST_SECOND and words.forms[at][0].isupper():
        if words.joint(at) == OPEN:
            return at if abbreviates(words.forms[at], words.forms[after:at]) else after
        if words.joint(at) not in (SPACE, CLOSE):
            break
        at += 1
    return after


def _seen_on(words: Words, places: WordPlaces, acronym: int, after: int) -> int:
    """Past what the model sees with an acronym in brackets, "Badan Pengelola Riset (BPR)" + "Nusa Raya", or past a
    known body right after it, "Yayasan Baitul Raya (YBR)" + "PLN"; `after` itself where there is neither.
    """
    last = places.body_end(acronym)
    if last > after > acronym and all(words.forms[at][0].isupper() for at in range(after, last)):
        return last
    known = heads().match(words, after) if words.joint(after) == CLOSE and after < len(words) else None
    return known[0] if known and known[1].reads == "known" and words.forms[after].isupper() else after


def _seat(words: Words, places: WordPlaces, at: int, head: Head) -> int:
    """Past the town of a court, "Pengadilan Negeri" + "Menggala": a district, or one capitalised word; else `at`.

    Who heads a prosecution is named right after it, and so only a bracket before shows its town to be one.
    """
    last = places.district(at) if head.kind in _OF_TOWNS else at
    if last > at or not (head.kind == "judiciary" or (head.kind == "prosecution" and words.joint(at) == CLOSE)):
        return last
    last = places.local(at)
    if last != at + 1 or words.joint(at) not in (SPACE, CLOSE) or places.person(at) or words.forms[at].isupper():
        return at
    known = words.folded[at] in name_ends() or words.folded[at] in common_words() or heads().match(words, at)
    named_on = words.joint(last) == SPACE and last < len(words) and words.forms[last][0].isupper()
    return at if known or named_on else last


def _after_short_name(words: Words, places: WordPlaces, core: int) -> int:
    """The region after a short name of several words in brackets, "(Satpol-PP Damkar) Sleman"; `core` itself where none
    stands there.
    """
    after = core + 1
    while after - core < _LONGEST_SHORT_NAME and words.joint(after) in (SPACE, DASH):
        after += 1
    inside = words.joint(core) == OPEN and words.joint(after) == CLOSE and after > core + 1
    return after if inside and all(map(is_acronym, words.forms[core:after])) and places.tail(after) else core


def _acronym_after(words: Words, places: WordPlaces, core: int, at: int, head: Head) -> int | None:
    """The word in parentheses after a body's region that abbreviates both ("Dinas Kesehatan Sleman (DKS)"), or None."""
    if words.joint(at) != OPEN or words.joint(at + 1)[:1] != CLOSE or not is_acronym(words.forms[at]):
        return None
    return at if not places.starts(at) and words.folded[at][0] in (words.folded[core - 1][0], head.key[0]) else None


def _may_abbreviate(words: Words, places: WordPlaces, at: int, head: Head) -> bool:
    """Whether the word in parentheses after a name may abbreviate it: it begins like it, or is a known name and the
    name is not.
    """
    form = words.forms[at]
    if head.reads == "known" and any(sign.isdigit() for sign in form):  # "LCR Honda (RC213V)", its motorcycle
        return abbreviates(form, words.forms[max(0, at - 3) : at])
    known = heads().match(words, at)
    if known and known[0] == at + 1 and known[1].key == head.key:  # "Kepolisian Resor (Polres) Way Kanan"
        return True
    if not is_acronym(form) or places.starts(at) or words.folded[at] in office_words():
        return False
    if known and known[1].reads == "known":
        same = head.reads != "known" or head.key == known[1].key
        return same or abbreviates(form, words.forms[max(0, at - len(head.key.split())) : at])
    if abbreviates(form, words.forms[max(0, at - 3) : at]):  # "Pengadilan Tindak Pidana Korupsi (Tipikor)"
        return True
    initials = {word[0] for word in (*head.key.split(), *words.folded[max(0, at - 4) : at])}
    return (
        words.folded[at][0] in initials
        if head.reads == "portfolio"
        else words.folded[at][0] == head.key[0] or (form.isupper() and head.reads in _NAMED)
    )
