"""How likely a name in the text is a region, from what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagger.candidates import ACCEPTED, BASE, CUED, NO_REGION, SURE, Candidate
from tagger.cues import cue_before, follows
from tagger.gazetteer.context import context
from tagger.gazetteer.places import place_trie
from tagger.gazetteer.regions import regions
from tagger.neighbours import by_district, with_neighbours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from tagger.cues import Cue
    from tagger.gazetteer.places import PlaceName
    from tagger.places import Found
    from tagger.view import View

WEAK = frozenset({"name", "school", "facility", "culture"})
DATELINE, BRANDED = 8, 60  # words into the text where a dateline's place may begin; after a site's name
FAR_DISTRICT = ACCEPTED + 0.02  # "Kelurahan Sumber Bantul": not where the article speaks of another province
SHORTEST_BODY = 4  # letters of an acronym that a region follows
AFTER_PLACE, LONGER, DOUBTFUL_CAPITAL, PERSON = 0.25, 0.35, 0.15, 0.5


def weigh(view: View, found: Sequence[Found], doc: Doc) -> list[Candidate]:
    """All names that may be regions, in order; those that are surely something else are left out."""
    persons = _person_words(view, doc)
    candidates = []
    for place in found:
        name = next((name for name in place.names if name.kind == "region"), None)
        candidate = _weigh_one(view, place, name, persons) if name is not None else None
        if candidate is not None:
            candidates.append(candidate)
    return with_neighbours(view, candidates)


def _weigh_one(view: View, place: Found, name: PlaceName, persons: frozenset[int]) -> Candidate | None:
    cue = cue_before(view, place.start)
    if (cue is not None and cue.near and cue.effect in NO_REGION) or not _written(view, place, name, cue):
        return None
    codes, given, both = _by_level(view, place, name.codes, cue)
    dateline = _in_dateline(view, place)
    weight = _cued_weight(name, cue) or _bare_weight(view, place, name, persons)
    if cue is not None and cue.effect in NO_REGION:
        weight = min(weight, FAR_DISTRICT)
    if not both and (inside := by_district(view, place.start, codes)):
        codes, given, weight = inside, given or len(inside) == 1, max(weight, SURE)
    return Candidate(
        place.start,
        place.end,
        name,
        codes,
        cue,
        max(weight, CUED["body"]) if dateline else weight,
        weak=_is_weak(name, cue),
        dateline=dateline,
        given=given,
        both=both,
    )


def _is_weak(name: PlaceName, cue: Cue | None) -> bool:
    """Whether the name is a part of another: of a facility's only right after its head, and not abbreviated."""
    if cue is None or cue.effect not in WEAK:
        return False
    return cue.effect != "facility" or name.via != "abbreviation"


def _written(view: View, place: Found, name: PlaceName, cue: Cue | None) -> bool:
    """Whether the name is written as a name: with a capital, or in lower case where the text or a cue allows it."""
    if name.care == "unsafe" or (name.via == "abbreviation" and name.form.isupper()):
        written = "".join(view.words[place.start : place.end])
        return written == name.form.replace(" ", "") or (view.shouted[place.start] and name.care != "unsafe")
    if view.capital(place.start) or view.words[place.start][0].isdigit():
        return True
    if cue is not None and cue.near and cue.effect in CUED:
        return name.care != "rare" or view.hushed
    return view.hushed and not name.care


def _by_level(view: View, place: Found, codes: tuple[str, ...], cue: Cue | None) -> tuple[tuple[str, ...], bool, bool]:
    """The codes that the cue's level allows, whether it decided, and whether it means two at once."""
    levels: tuple[str, ...] = cue.levels if cue is not None and cue.effect in CUED else ()
    if cue is not None and not levels and "polres" in cue.words.lower():
        # a police resort of a kota says so after the name: "Polres Bogor Kota"
        after = view.words[place.end] if place.end < len(view) else ""
        levels = ("city",) if after == "Kota" else ("regency",)
    fitting = tuple(code for code in codes if regions()[code].level in levels)
    if not fitting:
        return codes, len(codes) == 1, False
    return fitting, len(fitting) == 1 or len(levels) > 1, len(levels) > 1 and len(fitting) > 1


def _cued_weight(name: PlaceName, cue: Cue | None) -> float:
    """The weight that a level word, an office or a body before the name gives; 0 without one."""
    if cue is None or cue.effect not in CUED or (name.care == "unsafe" and not cue.levels):
        return 0.0
    if cue.near:
        return CUED[cue.effect]
    if cue.effect != "body" or name.care == "rare":
        return 0.0
    return BASE["word"] if name.care else CUED["body"]


def _bare_weight(view: View, place: Found, name: PlaceName, persons: frozenset[int]) -> float:
    """The weight of a name without a level word, office or body before it."""
    at, end = place.start, place.end
    weight = BASE[name.care]
    if not name.care:
        whole = view.hushed or all(view.capital(inside) for inside in range(at, end))
        return (weight if whole else BASE["word"]) - (DOUBTFUL_CAPITAL if at in persons else 0.0)
    if follows(view, at, context("speech")) or _beside_foreign_country(view, end):
        return 0.0
    if view.capital(at) and (follows(view, at, context("place")) or _ends_address(view, at, end)):
        weight += AFTER_PLACE
    if name.care == "word" and not view.shouted[at] and _after_acronym(view, at):
        weight += AFTER_PLACE
    if _longer_name(view, at, end):
        weight -= LONGER
    if view.firsts[at] or at < view.title:
        weight -= DOUBTFUL_CAPITAL
    if view.shouted[at]:
        weight -= DOUBTFUL_CAPITAL
    if at in persons:
        weight -= PERSON
    return max(weight, 0.0)


def _ends_address(view: View, at: int, end: int) -> bool:
    """ "Jalan Kartini, Kaliwungu, Kendal": the name ends a chain of capitalised names parted by commas."""
    if at < 2 or view.words[at - 1] != "," or view.breaks[at] or not view.capital(at - 2):
        return False
    return end == len(view) or view.breaks[end] or not view.words[end][0].isupper()


def _beside_foreign_country(view: View, end: int) -> bool:
    """ "Malaka, Malaysia" is no Kabupaten Malaka."""
    if end + 1 >= len(view) or view.words[end] not in ",-(":
        return False
    match = place_trie().longest(view.folded, end + 1, min(end + 4, len(view)))
    return match is not None and any(name.kind == "country" and name.codes != ("ID",) for name in match[1])


def _longer_name(view: View, at: int, end: int) -> bool:
    """Whether a capitalised word right before or after makes it a part of a longer name."""
    if view.shouted[at]:
        return False
    after = end < len(view) and not view.breaks[end] and view.capital(end) and view.words[end].isalpha()
    before = at > 0 and not view.breaks[at] and not view.firsts[at - 1] and view.capital(at - 1)
    return after or (before and view.words[at - 1].isalpha() and not _after_acronym(view, at))


def _after_acronym(view: View, at: int) -> bool:
    """Whether an acronym that must be a body's stands right before, in brackets or not: "BBPTP Medan"."""
    bracketed = at > 2 and view.words[at - 1] == ")" and view.words[at - 3] == "("
    before = view.words[at - 2] if bracketed else view.words[at - 1] if at else ""
    return before.isupper() and before.isalpha() and len(before) >= SHORTEST_BODY and not view.breaks[at]


def _in_dateline(view: View, place: Found) -> bool:
    """Whether the name stands in a dateline: near the start or after a site's name, and before a dash or colon."""
    before = view.words[max(place.start - 2, view.title) : place.start]
    branded = len(before) == 2 and before[1] in ",-–" and "." in before[0][1:-1] and place.start < view.title + BRANDED
    if not branded:
        if not 0 <= place.start - view.title < DATELINE:
            return False
        if any(word.islower() and word.isalpha() for word in view.words[view.title : place.start]):
            return False
    after = view.words[place.end : place.end + 9]
    if after and after[0].isalpha() and not view.shouted[place.end]:
        return False
    for offset, word in enumerate(after):
        if word[0] in "-–—" or (word == ":" and offset == 0):
            return True
        if word.islower() and word.isalpha():
            return False
    return False


def _person_words(view: View, doc: Doc) -> frozenset[int]:
    """Indices of words inside spans that the model takes for persons."""
    out = set()
    at = 0
    for span in sorted(doc.spans.get("ner", ()), key=lambda span: span.start):
        while at < len(view) and view.ends[at] <= span.start_char:
            at += 1
        inside = at
        while span.label_ == "PER" and inside < len(view) and view.starts[inside] < span.end_char:
            out.add(inside)
            inside += 1
    return frozenset(out)
