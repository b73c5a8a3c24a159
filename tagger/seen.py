"""Bodies that only the model sees: its spans, trimmed or widened, without those that name no body."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagger.acronyms import abbreviates
from tagger.body import Body
from tagger.body_names import NUMBERED
from tagger.heads import common_words, fold, generics, heads, titles, unlisted_heads, vocabulary
from tagger.meaning import in_rank
from tagger.seen_edges import joined, trimmed
from tagger.sieve import TEAMS, cued_against, defined_as_thing, names_body, unfinished
from tagger.words import CLOSE, COMMA, DASH, DOT, OPEN, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tagger.acronyms import Definition
    from tagger.word_places import WordPlaces
    from tagger.words import Words

    Range = tuple[int, int]  # words, half-open

_BEFORE_TEAMS = frozenset({"tim", "klub", "skuad", "pebalap", "pembalap", "rider", "satelit", "pabrikan"})
_BEFORE_CLUBS = frozenset(
    {"kiper", "bek", "gelandang", "striker", "penyerang", "winger", "bomber", "playmaker", "klub"}
)
_ENDS_ALONE = frozenset((word,) for word in TEAMS)
_VERSUS = frozenset({"vs", "versus"})
_DEGREE = re.compile(r"Sp[A-Z]\w*")  # SpKJ
_PERSONAL = frozenset({"Hi", "Hj", "KH", "Drs", "Dra", "Ir"})  # which no body's name is written after
_MOST_BEFORE = 3  # words of a team's name before the one that the model sees
_SHORTEST_ACRONYM = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What the model sees in a text, (start, end) in code points."""

    bodies: Sequence[tuple[int, int]] = ()
    persons: Sequence[tuple[int, int]] = ()
    places: Sequence[tuple[int, int]] = ()


def seen_bodies(
    words: Words, places: WordPlaces, taken: set[int], seen: Seen, explained: Iterable[Definition] = ()
) -> list[Body]:
    """The model's bodies that no rule has found.

    Args:
        words: the text.
        places: its regions and countries.
        taken: words of the bodies that rules have found.
        seen: what the model sees.
        explained: acronyms that the text explains, with their words.
    """
    kept, people = _without_people(words, places, taken, seen)
    of_people = _inside(people)
    claimed = of_people | taken
    introduced = _introduced(words, people)
    names = Counter(words.folded[at] for at in of_people)
    names.subtract(words.folded[at] for at in _inside(_ranges(words, seen.bodies)))
    kept = [span for span in kept if not _of_person(words, *span, of_people, names)]
    kept = [(first, last) for first, last in kept if last > first + 1 or words.forms[first] not in introduced]
    kept = [_whole_team(words, places, *span, claimed) for span in kept]
    kept = [span for span in kept if words.folded[span[0] : span[1]] not in _ENDS_ALONE]
    named = claimed | _inside(kept)
    kept = [span for span in kept if not _after_hyphen(words, span[0], named)]
    kept += _clubs(words, places, seen, taken | _inside(kept))
    others = unfinished(words, places, kept, claimed)
    others |= {fold(words.slice(first, last)) for first, last in kept if defined_as_thing(words, last)}
    kept = [span for span in kept if fold(words.slice(*span)) not in others]
    named = taken | _inside(kept)
    acronyms = _other_acronyms(words, named, explained)
    acronyms |= {words.forms[first] for first, last in _ranges(words, seen.bodies) if _names_thing(words, first, last)}
    acronyms |= _initials(words, people) | _spelt_behind(words, kept)
    small = {words.forms[item.acronym] for item in explained if words.forms[item.first].islower()}
    spelt = _spelt_out(words, seen, explained)
    small -= {words.forms[body.acronym] for body in spelt if body.acronym}
    return spelt + [
        Body(first, last, last, fold(words.slice(first, last)), "", by="model", cue="model")
        for first, last in sorted(set(kept))
        if words.slice(first, last) not in acronyms
        and words.forms[first] not in small
        and not _abbreviates_other(words, first, last, named, of_people)
    ]


def _spelt_out(words: Words, seen: Seen, explained: Iterable[Definition]) -> list[Body]:
    """The model's bodies in small letters that an acronym behind them sums up, "komite kapal nasional (KKN)"."""
    ranges = set(_ranges(words, seen.bodies))
    return [
        Body(item.first, item.last, item.last, fold(words.slice(item.first, item.last)), "", acronym=item.acronym,
             by="model", cue="model")
        for item in explained
        if (item.first, item.last) in ranges and words.forms[item.first].islower()
        and words.folded[item.acronym] not in generics()
    ]  # fmt: skip


def _inside(spans: Iterable[Range]) -> set[int]:
    return {at for span in spans for at in range(*span)}


def _ranges(words: Words, spans: Iterable[tuple[int, int]]) -> list[Range]:
    return [span for start, end in spans if (span := words.span(start, end))]


def _without_people(words: Words, places: WordPlaces, taken: set[int], seen: Seen) -> tuple[list[Range], list[Range]]:
    """The spans that may name bodies, and those of persons, with those that the model has taken for bodies."""
    elsewhere, people = _elsewhere(words, seen), _ranges(words, seen.persons)
    surnames = {words.folded[first] for first, last in people if last == first + 1}
    ends = _ends_of_names(words, people)
    ends.subtract(words.folded[first:last] for first, last in _ranges(words, seen.bodies))
    kept, ranked = [], any(_is_ranked(words, *person) for person in people)
    for first, last in joined(words, [trimmed(words, places, *span) for span in _ranges(words, seen.bodies)]):
        if first >= last or not taken.isdisjoint(range(first, last)) or _follows_body(words, first, last, taken):
            continue
        if last > first + 1 and in_rank(words, first):  # "Mayjen" + "TNI AM Lahar"
            continue
        named = ends.get(words.folded[first:last], -1) >= 0 or _has_surname(words, first, last, surnames)
        if named or _has_title(words, first, last) or (ranked and _is_ranked(words, first, last)):
            people.append((first, last))
        elif elsewhere[words.folded[first:last]] <= 0 and names_body(words, places, first, last):
            kept.append((first, last))
    return kept, people


def _is_ranked(words: Words, first: int, last: int) -> bool:
    """Whether a name has a number before it and a team after it, as in results: "3. Marco Bianchi (Repsol Honda)"."""
    if not first or last >= len(words) or last < first + 2 or words.joint(first) != DOT:
        return False
    return words.forms[first - 1].isdigit() and words.joint(last) in (OPEN, DASH) and words.forms[last][0].isupper()


def _ends_of_names(words: Words, people: Iterable[Range]) -> Counter[tuple[str, ...]]:
    """How often persons' names end in two words or more, "Del Piero" of "Alessandro Del Piero"; no single words."""
    return Counter(words.folded[at:last] for first, last in people for at in range(first, last - 1))


def _introduced(words: Words, people: Iterable[Range]) -> set[str]:
    """The last parts of persons' names of two words or more that the text has nowhere before, "Kemuning" of "Lahar
    Kemuning"; none in capitals.
    """
    lasts = ((words.forms[last - 1], last - 1) for first, last in people if last > first + 1)
    firsts = {form: at for at, form in reversed([*enumerate(words.forms)])}
    return {form for form, at in lasts if not form.isupper() and firsts[form] == at}


def _elsewhere(words: Words, seen: Seen) -> Counter[tuple[str, ...]]:
    """How much oftener the model sees a person or a place than a body in the same words."""
    counts: Counter[tuple[str, ...]] = Counter()
    counts.update(words.folded[first:last] for first, last in _ranges(words, (*seen.places, *seen.persons)))
    counts.subtract(Counter(words.folded[first:last] for first, last in _ranges(words, seen.bodies)))
    return counts


def _has_surname(words: Words, first: int, last: int, surnames: set[str]) -> bool:
    """Whether the second of two words, none of them another word, is a person's that the text names by it alone."""
    if last != first + 2 or words.folded[last - 1] not in surnames:
        return False
    if words.forms[first].isupper() or words.forms[last - 1].isupper():
        return False
    return not any(word in vocabulary() or word in common_words() for word in words.folded[first:last])


def _has_title(words: Words, first: int, last: int) -> bool:
    """Whether a word ends the name of a person with a title ("dr Lahar Kemuning"), or a title stands right before."""
    if first and words.forms[first - 1] in _PERSONAL and words.joint(first) in (SPACE, DOT):
        return not words.forms[first].isupper()
    if last != first + 1 or first < len(("dr", "Lahar")) or words.forms[first].isupper():
        return False
    return words.joint(first) == SPACE and words.forms[first - 1][0].isupper() and words.forms[first - 2] in titles()


def _of_person(words: Words, first: int, last: int, of_people: set[int], names: Counter[str]) -> bool:
    """Whether the words are a part of a person's name that the model has cut, a word that is oftener a person's than a
    body's, or the degrees after a name.
    """
    if _is_degree(words, first, of_people):
        return True
    if last > first + 1:  # a headline's "Lahar Bongkar", or "Lahar dan Rina"
        inside = [word for word in words.folded[first:last] if word != "dan"]
        if len(words.forms[last - 1]) < _SHORTEST_ACRONYM and words.forms[last - 1].isupper():
            inside = inside[:-1]  # "Lahar KB", whom the text calls Lahar
        plain = all(names[word] > 0 or word in common_words() for word in inside)
        return plain and any(names[word] > 0 for word in inside)
    cut = first - 1 in of_people and words.joint(first) == SPACE and not words.forms[first].isupper()
    borne = words.folded[first] in names and names[words.folded[first]] >= 0
    return cut or borne


def _is_degree(words: Words, at: int, people: set[int]) -> bool:
    """Whether a word is one of the degrees after a person's name ("dr Gusti Darma, SpDVE, FINSDV")."""
    if words.joint(at) == COMMA and (_DEGREE.fullmatch(words.forms[at]) or _is_dotted(words, at)):
        return True
    while at and words.joint(at) == COMMA and sum(sign.isupper() for sign in words.forms[at]) > 1:
        if at - 1 in people:
            return True
        at -= 1
    return False


def _is_dotted(words: Words, at: int) -> bool:
    """Whether a word and capitals after it are parted by nothing but a full stop ("Subsp.KM")."""
    after = at + 1
    glued = words.joint(after) == DOT and words.starts[after] == words.ends[at] + 1
    return glued and words.forms[after].isupper() and len(words.forms[after]) < len("KKLP")


def _follows_body(words: Words, first: int, last: int, taken: set[int]) -> bool:
    """Whether a word stands right after a body and is no acronym: the begin of a person's name after an office."""
    alone = last == first + 1 and not words.forms[first].isupper()
    return alone and first - 1 in taken and words.joint(first) == SPACE


def _after_hyphen(words: Words, first: int, named: set[int]) -> bool:
    """Whether a hyphen joins a name to a word that is nobody's name, "Nasi Nusa-Kilat"."""
    if not first or first - 1 in named:
        return False
    return words.text[words.ends[first - 1] : words.starts[first]] == "-"


def _whole_team(words: Words, places: WordPlaces, first: int, last: int, taken: set[int]) -> Range:
    """A team's name as far as it goes after "tim" or "pebalap", with a number's word ("Yamaha Tech3"); else the span
    as it is.
    """
    start = first
    if last == first + 1 and words.folded[first] in TEAMS and first and words.joint(first) == SPACE:
        named = _may_name(words, first - 1, taken) and words.folded[first - 1] not in _BEFORE_CLUBS
        return (first - 1 if named else first), last  # "Pendekar" + "Esports"
    while start and first - start < _MOST_BEFORE and words.joint(start) == SPACE and _may_name(words, start - 1, taken):
        start -= 1
    closed = _closed(words, last)
    if start and start - 1 in taken and words.joint(start) == OPEN and words.joint(closed)[:1] == CLOSE:
        return start, closed  # "Marco Bianchi (Repsol Honda)"
    if not start or words.folded[start - 1] not in _BEFORE_TEAMS or words.joint(start) != SPACE:
        return first, last
    numbered = last < len(words) and bool(NUMBERED.fullmatch(words.forms[last]))
    plain = numbered and words.forms[start - 1].islower()  # no headline, where common words have capitals too
    if any(places.starts(at) or (not plain and words.folded[at] in common_words()) for at in range(start, first)):
        start = first
    while last < len(words) and words.joint(last) == SPACE and last not in taken and _ends_team(words, last):
        last += 1
    return start, last


def _closed(words: Words, last: int) -> int:
    """The end of the words with capitals that follow a name up to a closing bracket; `last` where there is none."""
    at = last
    while at < len(words) and at - last < _MOST_BEFORE and words.joint(at) == SPACE and words.forms[at][0].isupper():
        at += 1
    return at if words.joint(at)[:1] == CLOSE else last


def _may_name(words: Words, at: int, taken: set[int]) -> bool:
    if at in taken or not words.forms[at][0].isupper() or words.forms[at] in titles():
        return False
    folded = words.folded[at]
    return folded not in vocabulary() and folded not in _BEFORE_TEAMS and folded not in unlisted_heads()


def _ends_team(words: Words, at: int) -> bool:
    return bool(NUMBERED.fullmatch(words.forms[at])) or (words.forms[at][0].isupper() and words.folded[at] in TEAMS)


def _clubs(words: Words, places: WordPlaces, seen: Seen, named: set[int]) -> list[Range]:
    """What the model sees as a place and has a player, "kiper Porto", or plays a body, "Barcelona vs Porto"; no region
    and no country.
    """
    out = []
    for first, last in _ranges(words, seen.places):
        if places.starts(first) or not named.isdisjoint(range(first, last)):
            continue
        if first and words.folded[first - 1] in _BEFORE_CLUBS and words.joint(first) == SPACE:
            out.append((first, last))
            continue
        after = words.folded[last : last + 1] and words.folded[last] in _VERSUS and last + 1 in named
        before = first > 1 and words.folded[first - 1] in _VERSUS and first - 2 in named
        if (after and words.joint(last) == SPACE) or (before and words.joint(first) in (SPACE, DOT)):
            out.append((first, last))
    return out


def _names_thing(words: Words, first: int, last: int) -> bool:
    """Whether an acronym is a thing's by the word before, "cabor BMX", and so wherever the text has it."""
    return last == first + 1 and words.forms[first].isupper() and cued_against(words, first)


def _other_acronyms(words: Words, named: set[int], explained: Iterable[Definition]) -> set[str]:
    """Acronyms that the text explains by words which name no body, or puts in brackets after words in small letters."""
    others = {
        words.forms[definition.acronym]
        for definition in explained
        if named.isdisjoint(range(definition.first, definition.last)) and heads().match(words, definition.first) is None
    }
    return others | {
        words.forms[at]
        for at, joint in enumerate(words.joints)
        if joint == OPEN
        and at
        and words.joint(at + 1)[:1] == CLOSE
        and words.forms[at - 1].islower()
        and words.forms[at].isupper()
        and len(words.forms[at]) >= _SHORTEST_ACRONYM
    }


def _spelt_behind(words: Words, names: Iterable[Range]) -> set[str]:
    """Acronyms that the words right behind them spell out, and these head no body: "IUNP Izin Usaha Nusa Pertiwi"."""
    out = set()
    for first, _ in names:
        form, last = words.forms[first], first + 1
        while last < len(words) and last - first <= len(form) and _is_of_name(words, last):
            last += 1
        spelt = last - first > 2 and form.isupper() and abbreviates(form, words.forms[first + 1 : last])
        if spelt and heads().match(words, first + 1) is None:
            out |= {form, words.slice(first, last)}
    return out


def _is_of_name(words: Words, at: int) -> bool:
    return words.joint(at) == SPACE and words.forms[at][0].isupper()


def _initials(words: Words, people: Iterable[Range]) -> set[str]:
    """The initials of the persons whose names have three parts or more, "LKB" of "Lahar Kemuning-Bianchi"."""
    parts = ("-".join(words.forms[first:last]).split("-") for first, last in people)
    return {"".join(part[0] for part in name if part).upper() for name in parts if len(name) >= _SHORTEST_ACRONYM}


def _abbreviates_other(words: Words, first: int, last: int, named: set[int], of_people: set[int]) -> bool:
    """Whether capitals stand in parentheses after a name that is no body's ("Bagian Anggaran ... (BA BUN)")."""
    while words.joint(first) == SPACE and words.forms[first - 1].isupper():  # "(BA" + "BUN)"
        first -= 1
    before = first - 1
    team = last > first + 1 or before in of_people  # "Marco Bianchi (Suzuki)"
    if team and not words.slice(first, last).isupper():
        return False
    if before < 0 or words.joint(first) != OPEN or words.text[words.ends[last - 1] : words.ends[last - 1] + 1] != ")":
        return False
    return words.forms[before][0].isupper() and before not in named
