"""Bodies that only the model sees: its spans, trimmed, without what is no body or has no name of its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagger.acronyms import definitions, spelt_out
from tagger.bodies import Body
from tagger.heads import (
    common_words,
    cues_against,
    fold,
    generics,
    heads,
    office_words,
    titles,
    unlisted_heads,
    vocabulary,
)
from tagger.word_places import LOCAL
from tagger.words import COMMA, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tagger.word_places import WordPlaces
    from tagger.words import Words

_OFFICE = re.compile(
    r"(?:wa)?ka(?:dis|bid|ban|bag|sub|nit|sat|pol)[a-z]{2,}|(?:wa)?men(?:ko|dag|lu|han|ag|kes|pora)[a-z]*"
)
_MODEL = re.compile(r"(?=[^\W\d]*\d)(?=\d*[^\W\d])\w+")  # letters and digits: Reno16, FB63
_LINKS = frozenset({"dan", "of", "the", "and"})
_LAST_OF_OTHERS = frozenset(
    {
        "programme", "program", "project", "award", "awards", "act", "policy", "tower", "arena", "stadium", "hall",
        "mall", "plaza", "resort", "cup", "open", "masters", "championship", "league", "series", "expo", "festival",
        "games",
    }
)  # fmt: skip
_TEAMS = frozenset({"team", "racing", "fc", "club", "united", "esports"})  # ends of names that may hold a number
_LONGEST_DOMAIN = 4
_DOMAINS = frozenset({"COM", "CO", "ID", "NET", "ORG"})
_SHORTEST = 3  # letters; initials of suspects have two


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees in a text, (start, end) in code points."""

    bodies: Sequence[tuple[int, int]] = ()
    persons: Sequence[tuple[int, int]] = ()
    places: Sequence[tuple[int, int]] = ()


def seen_bodies(words: Words, places: WordPlaces, taken: set[int], seen: Seen) -> list[Body]:
    """The model's bodies that no rule has found.

    Args:
        words: the text.
        places: its regions and countries.
        taken: words of the bodies that rules have found.
        seen: what the model sees.
    """
    elsewhere, people = _elsewhere(words, seen), _ranges(words, seen.persons)
    surnames = {words.folded[first] for first, last in people if last == first + 1}
    kept = []
    for first, last in _joined([_trimmed(words, *span) for span in _ranges(words, seen.bodies)], words):
        if first >= last or taken.intersection(range(first, last)):
            continue
        if _has_surname(words, first, last, surnames):
            people.append((first, last))
        elif elsewhere[words.folded[first:last]] <= 0 and _names_body(words, places, first, last):
            kept.append((first, last))
    of_people = {at for span in people for at in range(*span)}
    kept = [(first, last) for first, last in kept if not _goes_on(words, first, last, taken, of_people)]
    named = taken.union(*(range(first, last) for first, last in kept))
    others = _other_acronyms(words, named)
    return [
        Body(first, last, last, fold(words.slice(first, last)), "", by="model", cue="model")
        for first, last in kept
        if words.slice(first, last) not in others and not _abbreviates_other(words, first, last, named)
    ]


def _ranges(words: Words, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [span for start, end in spans if (span := words.span(start, end))]


def _joined(ranges: list[tuple[int, int]], words: Words) -> list[tuple[int, int]]:
    """Spans with nothing but a blank between them as one, "Gulf" + "Yamaha"; not two acronyms."""
    out: list[tuple[int, int]] = []
    for first, last in ranges:
        beside = out and out[-1][1] == first and first < last and words.joint(first) == SPACE
        if beside and not (words.forms[first].isupper() and words.forms[first - 1].isupper()):
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return out


def _elsewhere(words: Words, seen: Seen) -> Counter[tuple[str, ...]]:
    """How much oftener the model sees a person or a place than a body in the same words."""
    counts: Counter[tuple[str, ...]] = Counter()
    counts.update(words.folded[first:last] for first, last in _ranges(words, (*seen.places, *seen.persons)))
    counts.subtract(Counter(words.folded[first:last] for first, last in _ranges(words, seen.bodies)))
    return counts


def _has_surname(words: Words, first: int, last: int, surnames: set[str]) -> bool:
    """Whether the second of two words, none of them another word, is a person's that the text names by it alone."""
    return (
        last == first + 2
        and words.folded[last - 1] in surnames
        and not (words.forms[first].isupper() or words.forms[last - 1].isupper())
        and (vocabulary() | common_words()).isdisjoint(words.folded[first:last])
    )


def _goes_on(words: Words, first: int, last: int, taken: set[int], of_people: set[int]) -> bool:
    """Whether the words are a part of a person's name that the model has cut, or the degrees after one."""
    if _is_degree(words, first, of_people):
        return True
    if last > first + 1:
        return False
    cut = first - 1 in of_people and words.joint(first) == SPACE and not words.forms[first].isupper()
    return cut or words.folded[first] in {words.folded[at] for at in of_people} or _follows_body(words, first, taken)


def _other_acronyms(words: Words, named: set[int]) -> set[str]:
    """Acronyms that the text explains by words which name no body."""
    return {
        words.forms[definition.acronym]
        for definition in (*definitions(words), *spelt_out(words))
        if named.isdisjoint(range(definition.first, definition.last)) and heads().match(words, definition.first) is None
    }


def _follows_body(words: Words, at: int, taken: set[int]) -> bool:
    """Whether a word stands right after a body and is no acronym: the begin of a person's name after an office."""
    return at - 1 in taken and words.joint(at) == SPACE and not words.forms[at].isupper()


def _is_degree(words: Words, at: int, people: set[int]) -> bool:
    """Whether a word is one of the degrees after a person's name ("dr Gusti Darma, SpDVE, FINSDV")."""
    while at and words.joint(at) == COMMA and sum(sign.isupper() for sign in words.forms[at]) > 1:
        if at - 1 in people:
            return True
        at -= 1
    return False


def _abbreviates_other(words: Words, first: int, last: int, named: set[int]) -> bool:
    """Whether capitals stand in parentheses after a name that is no body's ("Bagian Anggaran ... (BA BUN)")."""
    before = first - 1
    if last > first + 1 and not words.slice(first, last).isupper():  # the team after a rider's name
        return False
    if before < 0 or words.joint(first) != OPEN or words.text[words.ends[last - 1] : words.ends[last - 1] + 1] != ")":
        return False
    return words.forms[before][0].isupper() and before not in named


def _trimmed(words: Words, first: int, last: int) -> tuple[int, int]:
    """Without small words at either end, and the part before a full stop or line's end."""
    for at in range(first + 1, last):
        if words.joints[at] not in (SPACE, "&", "/", "-", ",", "(", ")", DOT):
            last = at
            break
    while last > first and not words.forms[last - 1][0].isupper() and not words.forms[last - 1].isdigit():
        last -= 1
    while first < last and not words.forms[first][0].isupper():
        first += 1
    return first, last


def _names_body(words: Words, places: WordPlaces, first: int, last: int) -> bool:
    """Whether the words may be a body's name: no term, office, place, address, suspect or other thing."""
    return not (
        _is_term(words, first, last)
        or _is_office(words, first, last)
        or _is_other_thing(words, first, last)
        or _names_place(words, places, first, last)
        or _in_address(words, first, last)
    )


def _is_term(words: Words, first: int, last: int) -> bool:
    """Whether the words are a term, or words of every day and of government without a name among them."""
    name = fold(words.slice(first, last))
    if (
        len(name) < _SHORTEST
        or {name, name.removesuffix("nya")} & generics()
        or words.folded[first] in unlisted_heads()
        or words.folded[last - 1] in _LAST_OF_OTHERS
    ):
        return True
    known = heads().match(words, first)
    if known and known[0] == last:  # rules have read it, and taken it for something else
        return True
    inside = words.folded[first:last]
    plain = all(word in vocabulary() or word in common_words() or word in _LINKS for word in inside)
    return plain or all(word in generics() for word in inside)


def _is_office(words: Words, first: int, last: int) -> bool:
    """Whether the words are an office in one word, or ranks and degrees."""
    office = words.folded[first] in office_words() or _OFFICE.match(words.folded[first])
    return bool(office) or all(words.forms[at] in titles() for at in range(first, last))


def _is_other_thing(words: Words, first: int, last: int) -> bool:
    """Whether the word before tells a brand, a ship, a suspect; or a model's number or an age is beside them."""
    if first and words.folded[first - 1] in cues_against() and words.joint(first) == SPACE:
        return True
    team = last > first + 1 and words.folded[last - 1] in _TEAMS
    if not team and any(_MODEL.fullmatch(words.forms[at]) for at in range(first, last)):
        return True
    if any(_pairs(words.forms[at]) for at in range(first, last)) or (
        words.joint(first + 1) == COMMA and last > first + 1
    ):
        return True
    aged = words.joint(last) == OPEN and last < len(words) and words.forms[last].isdigit()
    return aged and words.forms[first].isupper()


def _pairs(form: str) -> bool:
    """Whether a word is two acronyms side by side, "PKB-PBNU"."""
    left, dash, right = form.partition("-")
    return bool(dash) and left.isupper() and right.isupper() and min(len(left), len(right)) > 1


def _names_place(words: Words, places: WordPlaces, first: int, last: int) -> bool:
    """Whether the words are a region's, a country's, a district's or a village's name."""
    place = places.region(first) or places.country(first)
    if (place and place.last >= last) or max(places.district(first), places.named_local(first)) >= last:
        return True
    return first > 0 and words.folded[first - 1] in LOCAL and words.joint(first) == SPACE


def _in_address(words: Words, first: int, last: int) -> bool:
    """Whether the words are a part of a web address, an account or a tag."""
    start = words.starts[first]
    if start and words.text[start - 1] in "/@#":
        return True
    return any(_domain(words, at) for at in range(first + 1, min(last + 1, len(words))))


def _domain(words: Words, at: int) -> bool:
    """Whether a full stop glues a word in small letters to the one before ("Pasarinfo.me", "Kabarnusa.com")."""
    dotted = words.joint(at) == DOT and words.starts[at] == words.ends[at - 1] + 1
    form = words.forms[at]
    return dotted and ((form.islower() and len(form) <= _LONGEST_DOMAIN) or form in _DOMAINS)
