"""Bodies that only the model sees: its spans, trimmed, without what is no body or has no name of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagger.bodies import Body
from tagger.heads import common_words, cues_against, fold, generics, office_words, titles, unlisted_heads, vocabulary
from tagger.word_places import LOCAL
from tagger.words import COMMA, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.word_places import LOCAL, WordPlaces
from tagger.words import Words

_OFFICE = re.compile(
    r"(?:wa)?ka(?:dis|bid|ban|bag|sub|nit|sat|pol)[a-z]{2,}|(?:wa)?men(?:ko|dag|lu|han|ag|kes|pora)[a-z]*"
)
_MODEL = re.compile(r"(?=[^\W\d]*\d)(?=\d*[^\W\d])\w+")  # letters and digits: Reno16, FB63
_LINKS = frozenset({"dan", "of", "the", "and"})
_LAST_OF_OTHERS = frozenset({"programme", "program", "project", "award", "awards", "act", "policy"})
_SHORTEST = 3  # letters; initials of suspects have two
_DOMAINS = frozenset({"com", "co", "id", "net", "org", "tv", "news"})


def seen_bodies(
    words: Words,
    places: WordPlaces,
    taken: set[int],
    spans: Iterable[tuple[int, int]],
    persons: Iterable[tuple[int, int]] = (),
) -> list[Body]:
    """The spans that name a body no rule has found.

    Args:
        words: the text.
        places: its regions and countries.
        taken: words of the bodies that rules have found.
        spans: (start, end) of what the model takes for bodies, code points.
        persons: the same for persons.
    """
    ranges = [_trimmed(words, *span) for start, end in spans if (span := words.span(start, end))]
    places_of_people = {at for start, end in persons if (span := words.span(start, end)) for at in range(*span)}
    people = {words.folded[at] for at in places_of_people}
    kept = []
    for first, last in ranges:
        if first >= last or taken.intersection(range(first, last)):
            continue
        if last == first + 1 and (words.folded[first] in people or _follows_body(words, first, taken)):
            continue
        if _is_degree(words, first, places_of_people):
            continue
        if _names_body(words, places, first, last):
            kept.append((first, last))
    named = taken.union(*(range(first, last) for first, last in kept))
    return [
        Body(first, last, last, fold(words.slice(first, last)), "", by="model", cue="model")
        for first, last in kept
        if not _abbreviates_other(words, first, last, named)
    ]


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
    """Whether the words stand in parentheses after a name that is no body's ("Bagian Anggaran ... (BA BUN)")."""
    before = first - 1
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
    if any(_MODEL.fullmatch(words.forms[at]) for at in range(first, last)):
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
    return any(
        words.folded[at] in _DOMAINS and words.joint(at) == DOT for at in range(first, min(last + 1, len(words)))
    )
