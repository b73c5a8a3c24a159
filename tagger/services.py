"""Local services by names that no table holds: in small letters, in pieces ("Distamhut"), by their initials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.body import Body
from tagger.heads import SERVICE, SERVICE_IN_PARTS, common_words, generics, vocabulary
from tagger.words import SPACE

if TYPE_CHECKING:
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_HEADED_BY = frozenset({"kepala", "sekretaris", "ketua"})
_LEAST_INITIALS, _MOST_INITIALS = 3, 7


def small_agency(words: Words, places: WordPlaces, index: int) -> Body | None:
    """A dinas all in small letters, which only the region after it makes a name: "dinas pariwisata Pesibar"."""
    if words.forms[index] != "dinas":
        return None
    last = index + 1
    while (
        words.joint(last) == SPACE and last < len(words) and (words.forms[last] in vocabulary() or _joins(words, last))
    ):
        last += 1
    place = places.region(last)
    if last == index + 1 or place is None or words.joint(last) != SPACE or _joins(words, last - 1):
        return None
    key = " ".join(words.folded[index:last])
    return Body(index, place.last, last, key, "local-agency", place.code, cue="dinas")


def service(words: Words, places: WordPlaces, index: int) -> Body | None:
    """A local service by a short name that no table holds, which its region or its office shows: "Distamhut Sleman"."""
    form = words.forms[index]
    if not (form[0] == "D" and SERVICE.fullmatch(form)) or words.folded[index] in common_words():
        return _headed_acronym(words, places, index)
    last = index + 1
    place = places.tail(last) if words.joint(last) == SPACE else None
    headed = index > 0 and words.joint(index) == SPACE and words.folded[index - 1] in _HEADED_BY
    if place is None and not headed and not SERVICE_IN_PARTS.fullmatch(form):
        return None
    key, code = words.folded[index], place.code if place else None
    return Body(index, place.last if place else last, last, key, "local-agency", code, cue=form)


def _headed_acronym(words: Words, places: WordPlaces, index: int) -> Body | None:
    """A local service by initials that no table holds, between its head's office and its region: "Kepala" + "DTPH
    Lambar".
    """
    form, last = words.forms[index], index + 1
    headed = index > 0 and words.folded[index - 1] == "kepala" and words.joint(index) == words.joint(last) == SPACE
    if not (headed and form.isupper() and form.isalpha() and _LEAST_INITIALS <= len(form) <= _MOST_INITIALS):
        return None
    place = places.tail(last)
    if place is None or words.folded[index] in generics() or words.folded[index] in common_words():
        return None
    return Body(index, place.last, last, words.folded[index], "local-agency", place.code, cue="Kepala")


def _joins(words: Words, at: int) -> bool:
    return words.forms[at] == "dan"
