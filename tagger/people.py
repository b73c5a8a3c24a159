"""The persons that offices are said of: pairs of one person joined, and every mention by a part of the name or a
nickname.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tagger.acronyms import abbreviates
from tagger.mentions import Where
from tagger.offices import begins_office, cues
from tagger.pairing import AWAY
from tagger.words import DASH, DOT, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Literal

    from tagger.pairing import Pair
    from tagger.persons import Name
    from tagger.words import Words

_SHORTEST_FORM = 4  # letters of a short form
_SHORTEST = 3  # letters of a name's part that stands for the person
_MOST_ALIKE = 20  # persons who share a word of their names and are looked at


@dataclass(slots=True, eq=False)
class Person:
    """One person while mentions are gathered.

    Attributes:
        name: folded words of the fullest form.
        shown: that form as it stands in the text.
        pairs: the offices said of the person.
        aliases: folded words of nicknames.
        mentions: by their start.
    """

    name: tuple[str, ...]
    shown: str
    pairs: list[Pair] = field(default_factory=list)
    aliases: set[tuple[str, ...]] = field(default_factory=set)
    mentions: dict[int, Where] = field(default_factory=dict)
    named_at: int = -1

    def mention(self, words: Words, first: int, last: int, cue: str, by: Literal["rule", "model"]) -> None:
        """Adds one mention; the first that starts at a place is kept."""
        start = words.starts[first]
        self.mentions.setdefault(start, Where(start, words.ends[last - 1], cue, by))


def find_people(words: Words, pairs: Iterable[Pair], singles: Iterable[int] = ()) -> list[Person]:
    """The persons of the pairs, with all their mentions.

    Args:
        words: the text.
        pairs: offices, with the names beside them.
        singles: words that are a whole person's name to the model, among which short forms of names are ("Sandi").
    """
    people, index = _joined(words, pairs)
    _add_short_forms(words, people, index, singles)
    _add_mentions(words, people, index)
    return people


class _Index:
    """Persons by the words of their names and nicknames."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[Person]] = {}

    def add(self, person: Person, names: Iterable[tuple[str, ...]]) -> None:
        for word in {word for name in names for word in name}:
            listed = self._by_word.setdefault(word, [])
            if person not in listed[-1:]:
                listed.append(person)

    def sharing(self, word: str) -> list[Person]:
        return self._by_word.get(word, [])[:_MOST_ALIKE]


def _joined(words: Words, pairs: Iterable[Pair]) -> tuple[list[Person], _Index]:
    """Joins the pairs whose names are one person's, the longest names first."""
    people: list[Person] = []
    index = _Index()
    named = [(pair.name, pair) for pair in pairs if pair.name]
    for name, pair in sorted(named, key=lambda item: item[0].first - item[0].last):
        folded = words.folded[name.first : name.last]
        alike = index.sharing(folded[0]) or people[:_MOST_ALIKE]
        person = next((person for person in alike if _is_name_of(folded, pair, person)), None)
        if person is None:
            person = Person(folded, words.slice(name.first, name.last))
            people.append(person)
            index.add(person, (folded,))
        person.pairs.append(pair)
        nicknames = [words.folded[name.alias[0] : name.alias[1]]] if name.alias else []
        nicknames += [folded] if not set(folded) <= set(person.name) else []
        person.aliases.update(nicknames)
        index.add(person, nicknames)
    for person in people:
        person.pairs.sort(key=lambda pair: pair.office.first)
    return people, index


def _add_short_forms(words: Words, people: list[Person], index: _Index, singles: Iterable[int]) -> None:
    """Short forms that one person alone can have: "Sandi" for Sandiaga, "Jokowi" for Joko Widodo."""
    for word in dict.fromkeys(words.folded[at] for at in singles):
        if index.sharing(word):
            continue
        fits = [person for person in people[:_MOST_ALIKE] if _is_short_form(word, person)]
        if len(fits) == 1:
            fits[0].aliases.add((word,))
            index.add(fits[0], [(word,)])


def _is_short_form(word: str, person: Person) -> bool:
    """Whether a word is the begin of a longer part of a name, or made of the begins of its parts."""
    if len(word) < _SHORTEST_FORM:
        return False
    return any(part.startswith(word) for part in person.name) or _of_begins(word, person.name)


def _of_begins(word: str, name: tuple[str, ...]) -> bool:
    """Whether a word is a name's first part and the begin of its next ("Jokowi")."""
    return len(name) > 1 and any(word == name[0] + name[1][:size] for size in (1, 2, 3))


def _is_name_of(folded: tuple[str, ...], pair: Pair, person: Person) -> bool:
    """Whether a name is a person's: the same, a nickname, its beginning, one word of it, or any part beside the same
    office.
    """
    if folded == person.name or folded in person.aliases:
        return True
    offices = {other.office.head.office for other in person.pairs}
    if not set(folded) <= set(person.name):  # "Presiden Jokowi" beside "Presiden Joko Widodo"
        if pair.cue == AWAY and len(folded) == 1 and _is_short_form(folded[0], person):
            return True
        same = len(folded) == 1 and pair.office.head.office in offices
        return same and abbreviates(folded[0], person.name)
    begins, same = folded[0] == person.name[0], pair.office.head.office in offices
    if len(folded) == 1 < len(person.name) - 1 and folded[0] == person.name[-1] and pair.cue != AWAY:
        return same  # "Presiden Prabowo" is not "Kapolri Listyo Sigit Prabowo"
    return len(folded) == 1 or begins or same or folded == person.name[-len(folded) :]


def _add_mentions(words: Words, people: list[Person], index: _Index) -> None:
    """All mentions: beside an office, in full, in part, by nickname."""
    claimed: dict[int, tuple[Person, Name]] = {}
    for person in people:
        for pair in person.pairs:
            if pair.name:
                person.mention(words, pair.name.first, pair.name.last, pair.cue, pair.name.by)
                claimed[pair.name.first] = (person, pair.name)
    at = 0
    while at < len(words):
        if at in claimed:
            person, name = claimed[at]
            person.named_at, at = at, name.last
            continue
        match = _part(words, index.sharing(words.folded[at]), at) if words.forms[at][0].isupper() else None
        if match is None:
            at += 1
            continue
        person, last = match
        person.mention(words, at, last, "part of a name known from its office", "rule")
        person.named_at, at = at, last


def _part(words: Words, people: list[Person], at: int) -> tuple[Person, int] | None:
    """Whose name the words from one on are part of, and where it ends: the longest, then whoever was named last."""
    fits = [(last, person.named_at, person) for person in people if (last := _along(words, person, at)) > at]
    fits = [fit for fit in fits if not _goes_on(words, fit[2], at, fit[0])]
    best = max(fits, key=lambda fit: fit[:2], default=None)
    return (best[2], best[0]) if best else None


def _along(words: Words, person: Person, first: int) -> int:
    """Where a run of the person's name or nickname that starts at a word ends; the word itself where none does."""
    for alias in person.aliases:
        if words.folded[first : first + len(alias)] == alias:
            return first + len(alias)
    word = words.folded[first]
    if word not in person.name or len(word) < _SHORTEST:
        return first
    at, position = first + 1, person.name.index(word) + 1
    while at < len(words) and words.joints[at] in (SPACE, DOT) and words.folded[at] in person.name[position:]:
        position = person.name.index(words.folded[at], position) + 1
        at += 1
    return at


def _goes_on(words: Words, person: Person, first: int, last: int) -> bool:
    """Whether the words belong to a longer run of capitals that names something else ("Jalan Sudirman", "Budi
    Luhur").
    """
    if first and words.joints[first] in (SPACE, DOT) and (words.folded[first - 1],) in cues("no name follows"):
        return True
    partial = last - first < len(person.name)
    if partial and words.joint(last) in (SPACE, DASH) and last < len(words) and words.forms[last][0].isupper():
        return not (begins_office(words, last) or words.forms[last].isupper())
    return False
