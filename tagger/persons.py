"""Reads the names of persons: capitalised words that no rule takes for anything else, or what the model takes for a
person.

The titles and degrees around a name (`tagger.titles`) do not belong to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from tagger.gazetteer.tables import read_words
from tagger.heads import common_words, generics, heads, reporting_verbs
from tagger.honorifics import degrees
from tagger.offices import begins_office, cues, office_firsts
from tagger.person_spans import CUT_SHORT
from tagger.seen_persons import SeenPersons
from tagger.titles import (
    before_degrees,
    begins_degree,
    begins_rank,
    begins_title,
    past_title,
    skip_degrees,
    skip_titles,
)
from tagger.word_places import DIRECTIONS
from tagger.words import CLOSE, COMMA, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tagger.offices import OrgSpan
    from tagger.word_places import WordPlaces
    from tagger.words import Words

_PARTICLES = frozenset({"bin", "binti", "al", "el", "van", "von", "de", "der", "den", "da", "dos", "ibn", "of"})
_GLUED = re.compile("[A-Z][a-z]{3,}[A-Z][a-z]{3}")
_LONGEST = 6  # words of a name
_OF_DEGREE = 2  # words into which points cut a degree
_WHOLE = 3  # letters of a short name
_VOWELS = frozenset("aeiou")
_VERBS = "kan"  # the end of a headline's verbs
_SHORT_VERB = 5  # letters; Irkan is a name


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in words `first` up to `last`.

    Attributes:
        begin: first word of the honorifics before it.
        alias: words of a nickname right after it, (first, last), or None.
        end: word after degrees and nickname.
        by: rule or model.
    """

    first: int
    last: int
    begin: int
    end: int
    alias: tuple[int, int] | None = None
    by: Literal["rule", "model"] = "rule"


@cache
def _never() -> frozenset[str]:
    """Words that are no part of a name anywhere."""
    return read_words("name_stops.txt")


def _is_cut_short(form: str) -> bool:
    """Whether a word with a dot behind it is an initial or a first name cut short, and no last name (Uno)."""
    return len(form) < _WHOLE or form.lower() in CUT_SHORT or (len(form) == _WHOLE and _VOWELS.isdisjoint(form.lower()))


def _capital_pairs(words: Words, title_words: int) -> frozenset[tuple[str, str]]:
    """Capitalised words of the text, each with the capitalised word before it and with none."""
    pairs = set()
    for index in range(title_words, len(words)):
        if words.forms[index][0].isupper():
            pairs.add(("", words.folded[index]))
            if index > title_words and words.forms[index - 1][0].isupper() and words.joints[index] in (SPACE, DOT):
                pairs.add((words.folded[index - 1], words.folded[index]))
    return frozenset(pairs)


class Names:
    """The names of one text.

    Args:
        words: the text.
        places: its regions and countries.
        bodies: the bodies it names, by first word.
        persons: where the model sees persons, (first word, word after).
        title_words: how many of the words are the title's, where every word may have a capital.
    """

    def __init__(
        self,
        words: Words,
        places: WordPlaces,
        bodies: Mapping[int, OrgSpan],
        persons: Iterable[tuple[int, int]] = (),
        title_words: int = 0,
    ) -> None:
        self._words = words
        self._places = places
        self._bodies = {index for first, body in bodies.items() for index in range(first, body.last)}
        self._title = title_words
        self._pairs = _capital_pairs(words, title_words) if title_words else frozenset()
        self._persons = SeenPersons(words, (person for person in persons if self._may_be(*person)), title_words)

    @property
    def seen(self) -> SeenPersons:
        """The persons whom the model sees, without those that rules take for something else."""
        return self._persons

    def in_title(self, at: int) -> bool:
        """Whether a word is the title's."""
        return at < self._title

    def _may_be(self, first: int, last: int) -> bool:
        """Whether what the model takes for a person is no body, no place and no office."""
        return (
            self._bodies.isdisjoint(range(first, last))
            and not self._is_place(first, last)
            and not (last == first + 1 and begins_office(self._words, first))
        )

    def read(self, at: int) -> Name | None:
        """The name that starts at a word, honorifics before it or not."""
        first = skip_titles(self._words, at)
        if first >= len(self._words):
            return None
        if self._persons.start(first) is not None or (first > at and self._is_initials(first)):
            return self._finish(at, first, self._seen_end(first), "model")
        last = self._run(first)
        if begins_degree(self._words, first) and last - first <= _OF_DEGREE:  # "Peratin Samsu Kandar, S.Hut"
            return None
        beside = last > first and self._words.joint(last) == SPACE
        if beside and begins_rank(self._words, last):  # "Deputi Kajian Strategik Marsda TNI X"
            first = skip_titles(self._words, last)
            last = self._run(first) if first < len(self._words) else first
        if self._is_place(first, last) or self._is_body_of(first, last):
            return None
        alone = last == first + 1 and self._words.joint(first) == COMMA
        if alone and self._persons and not self._reports(last):  # one word that the model passes over
            return None
        return self._finish(at, first, self._confirmed(first, last), "rule")

    def read_single(self, at: int) -> Name | None:
        """The one word between commas that may be a name, seen by the model or not: "kata Camat Depok" + "Sukri,"."""
        single = self._run(at) == at + 1 if at < len(self._words) else False
        if not single or self._words.joint(at + 1) != COMMA or self._is_place(at, at + 1):
            return None
        return self._finish(at, at, at + 1, "rule")

    def _reports(self, at: int) -> bool:
        """Whether a verb stands at a word that tells what somebody says ("Kepala Bidang Destinasi, Gema mencatat")."""
        verbs = reporting_verbs().intersection(self._words.folded[at : at + 1])
        return self._words.joint(at) in (SPACE, COMMA) and bool(verbs)

    def read_seen(self, at: int) -> Name | None:
        """The name of a person whom the model sees start at a word, or after the honorifics there."""
        first = skip_titles(self._words, at)
        return self._finish(at, first, self._seen_end(first), "model") if first in self._persons else None

    def read_over_comma(self, at: int) -> Name | None:
        """The person whom the model sees after capitalised words and a comma: "Ketua Gapoktan" + "Tani Makmur,
        Sugiman".
        """
        last = self._run(at) if at < len(self._words) else at
        return self.read(last) if self._is_body_of(at, last) else None

    def _is_body_of(self, first: int, last: int) -> bool:
        """Whether the model sees the person after a comma, and so not here ("Ketua Gapoktan Tani Makmur,
        Sugiman").
        """
        return last > first and self._words.joint(last) == COMMA and skip_titles(self._words, last) in self._persons

    def _seen_end(self, first: int) -> int:
        last = self._trim(first, self._persons.end(first + 1 if self._is_initials(first) else first))
        return last if first < self._title else max(last, self._run(first))  # "Rudi" + "Hartono Wijaya"

    def _is_initials(self, at: int) -> bool:
        """Whether initials without their points stand before a person whom the model sees ("Letkol TNI AM Wira")."""
        form = self._words.forms[at]
        initials = 1 < len(form) <= _WHOLE and form.isalpha() and form.isupper() and form not in degrees()
        return initials and self._words.joint(at + 1) in (SPACE, DOT) and at + 1 in self._persons

    def _finish(self, begin: int, first: int, last: int, by: Literal["rule", "model"]) -> Name | None:
        if last <= first or (last == first + 1 and not self._fit_alone(first, by)):
            return None
        first_word = self._words.folded[first]
        if (first_word,) in cues("no name follows") or first_word == "indonesia":  # "Taman Ismail Marzuki"
            return None
        return self._name(begin, first, last, by)

    def _confirmed(self, first: int, last: int) -> int:
        """The end of a name in the title, where verbs have capitals too: as far as the text repeats its words side
        by side.
        """
        if first >= self._title or self._title == len(self._words) or first >= last:
            return last
        folded, at = self._words.folded, first + 1
        if ("", folded[first]) not in self._pairs:
            return first
        while at < last and (folded[at - 1], folded[at]) in self._pairs:
            at += 1
        return at

    def read_back(self, before: int) -> Name | None:
        """The name that ends right before a word, degrees between them or not."""
        words = self._words
        if words.joint(before)[:1] == CLOSE and words.joint(before - 1) == OPEN:  # an age: "Sukri (45) selaku"
            before -= 1
        last = before_degrees(words, before)
        first = last
        while (
            first > 0
            and last - first < _LONGEST
            and self._is_part(first - 1)
            and (first == last or self._joined(first))
        ):
            first -= 1
        first = min(skip_titles(words, past_title(words, first)), last)
        seen = self._persons.start(last - 1) if last else None
        if seen is not None:
            first = skip_titles(words, seen)
        if last <= self._title and seen is None:
            while first < last and self._confirmed(first, last) < last:
                first += 1
        if seen is None and (self._is_place(first, last) or self._named_after(first)):
            return None
        if (
            first >= last
            or not words.forms[first][0].isupper()
            or (last == first + 1 and not self._fit_alone(first, "rule" if seen is None else "model"))
        ):
            return None
        return Name(first, last, first, last, None, "model" if seen is not None else "rule")

    def _name(self, begin: int, first: int, last: int, by: Literal["rule", "model"]) -> Name:
        alias = self._alias(last)
        end = skip_degrees(self._words, alias[1] if alias else last)
        if alias is None and end > last:
            alias = self._alias(end)
            end = alias[1] if alias else end
        return Name(first, last, begin, end, alias, by)

    def _run(self, first: int) -> int:
        last = first
        while last < len(self._words) and last - first < _LONGEST and (last == first or self._joined(last)):
            if not self._is_part(last) or (last > first and (self._cuts(last) or begins_degree(self._words, last))):
                break
            last += 1
        while last > first and self._words.folded[last - 1] in _PARTICLES:
            last -= 1
        common = sum(folded in common_words() for folded in self._words.folded[first:last])
        return first if common * 2 > last - first else last  # a linked headline, not a name

    def _is_place(self, first: int, last: int) -> bool:
        """Whether the words are a place's name, or begin with a longer one."""
        place = self._places.region(first) or self._places.country(first)
        return last > first and ((place is not None and place.last >= last) or self._places.district(first) >= last)

    def _named_after(self, first: int) -> bool:
        """Whether the word before a name makes it a place's or a building's ("Masjid" + "Agung Raya")."""
        return (
            first > 0
            and self._words.joint(first) == SPACE
            and (self._words.folded[first - 1],) in cues("no name follows")
        )

    def _joined(self, at: int) -> bool:
        """Whether a word goes on the name of the word before it: a blank, or the dot of an initial or abbreviation."""
        joint, before = self._words.joint(at), self._words.forms[at - 1]
        return joint == SPACE or (joint == DOT and before[0].isupper() and _is_cut_short(before))

    def _is_part(self, at: int) -> bool:
        form, folded = self._words.forms[at], self._words.folded[at]
        if folded in _PARTICLES:
            return True
        if not self._may_be_part(at) or begins_title(self._words, at):
            return False
        if form.isupper() and len(form) > 1:
            return len(form) > 3 and folded not in generics() and heads().match(self._words, at) is None
        return at not in self._bodies and not (folded in office_firsts() and begins_office(self._words, at))

    def _may_be_part(self, at: int) -> bool:
        """Whether a word has a capital and is none of those that names never have; in a title no verb either."""
        form, folded = self._words.forms[at], self._words.folded[at]
        if not form[0].isupper() or any(sign.isdigit() for sign in form) or folded.endswith("nya"):
            return False
        if self._is_verb(at) or (folded in _never() and not self._is_title_of_birth(at)):
            return False
        return not (folded in common_words() and (at < self._title or self._words.joint(at) not in (SPACE, CLOSE)))

    def _is_verb(self, at: int) -> bool:
        """Whether a title's word is a verb ("Hasan Beberkan"), and of no name that the text has ("Hasan Sulkan")."""
        folded = self._words.folded[at]
        told = at > 0 and (self._words.folded[at - 1], folded) in self._pairs
        return at < self._title and folded.endswith(_VERBS) and len(folded) > _SHORT_VERB and not told

    def _is_title_of_birth(self, at: int) -> bool:
        """ "Lalu" of Lombok's names, which is a word of every day at the begin of a sentence."""
        words = self._words
        inside = at + 1 < len(words) and words.joint(at) == SPACE and words.joint(at + 1) == SPACE
        return words.forms[at] == "Lalu" and inside and words.forms[at + 1][0].isupper()

    def _cuts(self, at: int) -> bool:
        """Whether something else starts at a word inside a run: a place, a rank."""
        return at in self._bodies or (self._places.starts(at) and self._persons.start(at) is None)

    def _trim(self, first: int, last: int) -> int:
        """The end of a model's span, cut where it runs into a degree or over a comma."""
        for at in range(first + 1, last):
            if self._ends_sentence(at) or (at < self._title and not self._may_be_part(at)):
                return at
            if self._words.joint(at) not in (SPACE, DOT, "-") or (
                self._words.forms[at].isupper() and self._words.forms[at] in degrees()
            ):
                return at
        return last

    def _ends_sentence(self, at: int) -> bool:
        """Whether a sentence ends inside what the model takes for one name: "Sandi Uno. Hasan Mabrur"."""
        before = self._words.forms[at - 1]
        return self._words.joint(at) == DOT and before[0].isupper() and not _is_cut_short(before)

    def _fit_alone(self, at: int, by: str) -> bool:
        """Whether one word is a name by itself."""
        form, folded = self._words.forms[at], self._words.folded[at]
        if (
            folded in _PARTICLES
            or _GLUED.match(form)  # "PrabowoGibran"
            or len(form) < (2 if by == "model" else 3)
            or form in degrees()
            or folded in common_words()
            or folded in DIRECTIONS
        ):
            return False
        if by == "rule" and self._words.joint(at + 1) == SPACE and self._words.forms[at + 1][0].isupper():
            return begins_office(self._words, at + 1) or self._words.forms[at + 1] in degrees()
        return by == "model" or not (
            self._places.starts(at) or self._places.district(at) > at or folded in generics() or form.isupper()
        )

    def _alias(self, at: int) -> tuple[int, int] | None:
        """A nickname: (Jokowi), atau Ibas, yang akrab disapa Bamsoet."""
        words = self._words
        if words.joint(at) == OPEN:
            last = at
            while (
                last < len(words)
                and last - at < 3
                and words.forms[last][0].isupper()
                and (last == at or words.joint(last) == SPACE)
            ):
                last += 1
            long = last > at and len(words.forms[at]) > 1  # not "Sp.OG (K)"
            plain = long and words.joint(last)[:1] == CLOSE and not any(sign.isdigit() for sign in words.forms[at])
            return (at, last) if plain and words.folded[at] not in generics() and at not in self._bodies else None
        for cue in cues("name and nickname"):
            first = at + len(cue)
            if (
                words.folded[at:first] == cue
                and words.joint(at) in (SPACE, COMMA)
                and first < len(words)
                and words.joint(first) == SPACE
            ):
                first = skip_titles(self._words, first)
                last = self._run(first)
                return (first, last) if last > first else None
        return None
