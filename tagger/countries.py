"""Finds countries by name, alias and nationality; leaves languages, peoples, seas and currencies aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from tagger.cues import follows
from tagger.gazetteer.context import context, is_list_gap
from tagger.mentions import CountryFound, Where

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from spacy.tokens import Doc

    from tagger.gazetteer.places import PlaceName
    from tagger.places import Found
    from tagger.view import View

SURE, LIKELY, DOUBTFUL, PART, NAMED, CURRENCY = 0.97, 0.85, 0.6, 0.5, 0.3, 0.2


@Language.component("kabar_countries", assigns=["doc._.countries"], requires=["doc._.places"])
def find_countries(doc: Doc) -> Doc:
    """Sets `doc._.countries`."""
    view, places = doc._.places
    doc._.countries = read_countries(view, places, _persons(doc))
    return doc


def _persons(doc: Doc) -> frozenset[int]:
    """Offsets at which the model sees a person begin or go on."""
    return frozenset(token.idx for span in doc.spans.get("ner", ()) if span.label_ == "PER" for token in span)


@dataclass(frozen=True, slots=True)
class _Weighed:
    place: Found
    name: PlaceName
    score: float
    cue: str


def read_countries(
    view: View, places: Sequence[Found], persons: frozenset[int] = frozenset()
) -> tuple[CountryFound, ...]:
    """Countries in order of the text.

    A mention that is only a part of another name ("Bank Indonesia"), or of a currency ("dolar AS"), has a low score;
    a currency counts only where the country is named elsewhere.
    """
    weighed = []
    initials = _initials(view, places)
    for place in places:
        name = next((name for name in place.names if name.kind == "country"), None)
        if name is None or (name.form in initials and (_aged(view, place.start) or not _borne(view, place))):
            continue
        if _written(view, place, name):
            weighed.append(_weigh(view, place, name, persons))
    weighed = _with_neighbours(view, weighed)
    sure = {item.name.codes[0] for item in weighed if item.score >= LIKELY}
    return tuple(
        CountryFound(
            Where(view.starts[item.place.start], view.ends[item.place.end - 1], item.cue),
            item.name.codes[0],
            _via(item.name),
            item.score,
        )
        for item in weighed
        if item.score >= PART or (item.score > 0 and item.name.codes[0] in sure)
    )


def _initials(view: View, places: Sequence[Found]) -> frozenset[str]:
    """Short names that are a person's initials in this text: "berinisial AS", "AS (24)", "IS 16, MZ 13, dan AS 12"."""
    out = set()
    listed = {view.words[at] for at in range(len(view) - 1) if _aged(view, at)}
    for place in places:
        at, end = place.start, place.end
        if end - at == 1 and view.words[at].isupper() and len(view.words[at]) <= len("AS"):
            aged = end + 1 < len(view) and view.words[end] == "(" and view.words[end + 1].isdigit()
            if aged or follows(view, at, context("initials")) or (_aged(view, at) and len(listed) > 1):
                out.add(view.words[at])
    return frozenset(out)


def _aged(view: View, at: int) -> bool:
    """Whether two capitals and an age without brackets stand at a word, as shortened texts have them."""
    word = view.words[at]
    if at + 1 >= len(view) or len(word) != len("AS") or not (word.isalpha() and word.isupper()):
        return False
    return len(view.words[at + 1]) <= 2 and view.words[at + 1].isdigit()


def _via(name: PlaceName) -> Literal["name", "alias", "demonym"]:
    if name.via == "name":
        return "name"
    return "demonym" if name.via == "demonym" else "alias"


def _written(view: View, place: Found, name: PlaceName) -> bool:
    """With its capitals; in lower case only where the whole text is, and the name is no other word."""
    word = view.words[place.start]
    if name.care == "upper":
        whole = "".join(view.words[place.start : place.end])
        dateline = view.shouted[place.start] and name.form == "AS" and not _borne(view, place)
        return whole == name.form and not (dateline or _numbered(view, place.end))
    if word[0].isupper():
        return True
    return view.hushed and not name.care


def _numbered(view: View, end: int) -> bool:
    """Whether a number is glued to what ends before a word, a plate's "RI1"."""
    glued = end < len(view) and view.starts[end] == view.ends[end - 1]
    return glued and view.words[end].isdigit()


def _weigh(view: View, place: Found, name: PlaceName, persons: frozenset[int]) -> _Weighed:
    aside = _aside(view, place, name)
    if aside is not None:
        return aside
    if name.codes[0] == "ID":
        return _weigh_own(view, place, name)
    if name.care == "context":
        return _weigh_doubtful(view, place, name, persons)
    score = DOUBTFUL if view.starts[place.start] in persons else SURE
    return _Weighed(place, name, score, name.via)


def _aside(view: View, place: Found, name: PlaceName) -> _Weighed | None:
    """A name of a language, a people, a currency or an English name's part, which does not stand for the country."""
    at = place.start
    before = "" if at == 0 or view.breaks[at] else view.folded[at - 1]
    if before in context("people"):
        return _Weighed(place, name, 0.0, "language or people")
    if before in context("currency") or (before == "(" and name.form == "AS" and _currency_before(view, at - 1)):
        return _Weighed(place, name, CURRENCY, "currency")
    if name.care == "english" and _longer_name(view, place):
        return _Weighed(place, name, CURRENCY, "part of a name")
    return None


def _currency_before(view: View, at: int) -> bool:
    """Whether "dolar Amerika Serikat" stands before word `at`."""
    return any(word in context("currency") for word in view.folded[max(at - 3, 0) : at])


def _weigh_own(view: View, place: Found, name: PlaceName) -> _Weighed:
    """ "Presiden RI" is told with a low score, "Bank Indonesia" only where Indonesia is named elsewhere."""
    at = place.start
    follower = at > 0 and not view.breaks[at] and not view.firsts[at]
    capital = follower and view.capital(at - 1)
    if name.form in ("RI", "Republik Indonesia"):
        part = capital or (follower and view.folded[at - 1] in context("state"))
        return _Weighed(place, name, PART if part else SURE, "part of a name" if part else name.via)
    if capital and not _borne(view, place):
        return _Weighed(place, name, NAMED, "part of a name")
    return _Weighed(place, name, SURE, name.via)


def _weigh_doubtful(view: View, place: Found, name: PlaceName, persons: frozenset[int]) -> _Weighed:
    """Names that are other words too (Jersey, Chad, Georgia, Oman) need a bearer before them or a country beside."""
    score = 0.4
    if _borne(view, place):
        score = 0.9
    elif view.starts[place.start] in persons:
        score = 0.1
    elif name.form in ("Amerika", "Korea", "Peru", "Kuba", "Panama", "Saudi", "Kongo", "Britania"):
        score = 0.8
    if _longer_name(view, place) and name.form not in ("Amerika", "Saudi"):
        score -= 0.3
    return _Weighed(place, name, max(score, 0.1), "context")


def _borne(view: View, place: Found) -> bool:
    return follows(view, place.start, context("bearer"))


def _longer_name(view: View, place: Found) -> bool:
    at, end = place.start, place.end
    after = end < len(view) and not view.breaks[end] and view.capital(end) and view.words[end].isalpha()
    before = (
        at > 0 and not view.breaks[at] and not view.firsts[at] and view.capital(at - 1) and view.words[at - 1].isalpha()
    )
    return after or (before and not _borne(view, place))


def _with_neighbours(view: View, items: list[_Weighed]) -> list[_Weighed]:
    """A doubtful name in an enumeration of countries is one."""
    out = list(items)
    for index in range(len(out) - 1):
        left, right = out[index], out[index + 1]
        if not is_list_gap(view.folded[left.place.end : right.place.start]):
            continue
        if left.score >= LIKELY and 0.1 < right.score < LIKELY and right.name.care == "context":
            out[index + 1] = _Weighed(right.place, right.name, LIKELY, "enumeration")
        elif right.score >= LIKELY and 0.1 < left.score < LIKELY and left.name.care == "context":
            out[index] = _Weighed(left.place, left.name, LIKELY, "enumeration")
    return out
