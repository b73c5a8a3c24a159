"""Tells known names of bodies from the same words inside something else: a code, a place, a person, a rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.honorifics import front
from tagger.titles import begins_rank
from tagger.word_places import LOCAL
from tagger.words import DASH, DOT, SLASH, SPACE

if TYPE_CHECKING:
    from tagger.heads import Head
    from tagger.word_places import WordPlaces
    from tagger.words import Words


_BUILDINGS = frozenset({"halte", "menara", "pasar", "terminal", "permen", "kepmen"})
_AT_TOWNS = frozenset({"di", "asal", "kota", "bandara", "pelabuhan", "stadion", "warga"})
_NAMED_LIKE_TOWNS = frozenset({"perumahan", "apartemen", "hotel", "kafe", "cafe", "restoran", "katolik", "bernama"})
_LOCAL_HEADS = frozenset({"kadis", "kabid", "kasi", "kabag", "kasubag"})


class Meant:
    """Tells whether a known name stands for its body, and not for something else, or inside a code or a place's
    name.
    """

    def __init__(self, words: Words, places: WordPlaces) -> None:
        self._words = words
        self._places = places
        self._text = f" {' '.join(words.folded)} "
        self._known: dict[Head, bool] = {}

    def __call__(self, index: int, end: int, head: Head) -> bool:
        """Whether the head that was matched from one word to another is meant there."""
        if head.against or head.needs:
            if head not in self._known:
                self._known[head] = self._in_text(head)
            if not self._known[head] and not self._is_chaired(index, head):
                return False
        if head.key == "pemerintah" and index and self._words.folded[index - 1] == "peraturan":  # a regulation
            return False
        if head.reads != "known":
            return True
        if head.kind == "ministry" and index and self._words.folded[index - 1] in _LOCAL_HEADS:
            return False  # "Kadis Kominfo" heads a regency's service
        if head.kind == "club" and head.needs and self._is_place(index):
            return False
        inside = self._in_country(index, end) or self._in_code(index, end) or self._in_person(index, end)
        return not (inside or self._in_village(index, end) or in_rank(self._words, index) or self._of_building(index))

    def _is_chaired(self, index: int, head: Head) -> bool:
        """ "Ketua PMI", whatever the initials mean elsewhere; who chairs PBB chairs the party."""
        return head.kind != "international" and index > 0 and self._words.folded[index - 1] == "ketua"

    def _is_place(self, index: int) -> bool:
        """The town that a club is named like, "di Bologna", or what is called by its name too, "Perumahan Valencia"."""
        before = self._words.folded[index - 1 : index]
        return self._words.joint(index) == SPACE and not (_AT_TOWNS | _NAMED_LIKE_TOWNS).isdisjoint(before)

    def _of_building(self, index: int) -> bool:
        """ "Perumnas" of "Pasar Perumnas", and a portfolio of a decree, "Permen ESDM"."""
        before = self._words.folded[index - 1] if index and self._words.joint(index) == SPACE else ""
        return before in _BUILDINGS and self._words.forms[index - 1][0].isupper()

    def _in_text(self, head: Head) -> bool:
        against = any(f" {phrase} " in self._text for phrase in head.against)
        return not against and (not head.needs or any(f" {phrase} " in self._text for phrase in head.needs))

    def _in_country(self, index: int, end: int) -> bool:
        """ "Liga Arab" of "Liga Arab Saudi"."""
        return any((place := self._places.country(at)) is not None and place.last > end for at in range(index + 1, end))

    def _in_person(self, index: int, end: int) -> bool:
        """ "Wika" of "Wika Lestari" or of "Sari Wika", but not what is all capitals, nor several words."""
        if end > index + 1 or self._words.slice(index, end).isupper():
            return False
        return self._places.person_end(index) > end or self._places.ends_person(index, end)

    def _in_village(self, index: int, end: int) -> bool:
        """ "Astra" of "Kampung Astra Ksetra"."""
        words = self._words
        local = index > 0 and words.folded[index - 1] in LOCAL and words.joint(index) == SPACE
        return local and not words.slice(index, end).isupper()

    def _in_code(self, index: int, end: int) -> bool:
        """ "MK" of "S-247/MK.07/2020"."""
        words = self._words
        return any(
            words.joint(joint) in (SLASH, DOT, DASH) and 0 <= at < len(words) and words.forms[at][0].isdigit()
            for joint, at in ((index, index - 1), (end, end))
        )


def in_rank(words: Words, index: int) -> bool:
    """Whether a word is the corps of a rank before a name, "TNI" of "Mayjen TNI Achmad"."""
    if not index or words.joint(index) != SPACE or not begins_rank(words, index - 1):
        return False
    corps = front().match(words, index)
    return corps is not None and corps[0] < len(words) and words.forms[corps[0]][0].isupper()
