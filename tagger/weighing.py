"""How likely a name in the text is a region, from what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tagger.cues import cue_before, follows
from tagger.gazetteer.places import place_trie
from tagger.gazetteer.regions import districts, regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from tagger.cues import Cue
    from tagger.gazetteer.places import PlaceName
    from tagger.places import Found
    from tagger.view import View

PLACE_PREPOSITIONS = frozenset(
    ["di", "ke", "dari", "asal", "wilayah", "daerah", "kawasan", "warga", "masyarakat", "menuju", "sekitar", "se", "seluruh", "kelahiran", "pemuda", "petani", "nelayan", "didi", "area", "penduduk", "tujuan", "via", "rute"]
)
SPEECH = frozenset("ujar kata ungkap jelas tegas tutur imbuh papar beber terang lanjut tambah pungkas ucap sebut".split())
LIST_GAPS = frozenset({",", "dan", "serta", "hingga", "maupun", "atau", "&", "/", "-", "–", "—", "sampai", ", dan", ", serta"})
CONTAINS_GAPS = frozenset({",", "(", "-", "–", ""})
BASE = {"": 0.9, "word": 0.62, "rare": 0.35, "unsafe": 0.35}
CUED = {"level": 0.98, "office": 0.97, "body": 0.93}
WEAK = frozenset({"name", "facility", "culture"})
ACCEPTED = 0.55


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name that may be a region.

    Attributes:
        start, end: word indices.
        name: the gazetteer's entry.
        codes: regions it may mean here, most likely first.
        cue: what stands before it.
        weight: 0 to 1, how likely it names a region at all.
        weak: it is part of another kind of name, and counts only where the region is named elsewhere.
        dateline: it stands in the dateline.
        given: the codes follow from a level word, an office or the province beside it.
        listed: index of the candidate before it in an enumeration, or None.
    """

    start: int
    end: int
    name: PlaceName
    codes: tuple[str, ...]
    cue: Cue | None
    weight: float
    weak: bool = False
    dateline: bool = False
    given: bool = False
    both: bool = False


def weigh(view: View, found: Sequence[Found], doc: Doc) -> list[Candidate]:
    """All names that may be regions, in order; those that are surely something else are left out."""
    out: list[Candidate] = []
    persons = _person_words(view, doc)
    for place in found:
        name = next((name for name in place.names if name.kind == "region"), None)
        if name is None:
            continue
        candidate = _weigh_one(view, place, name, persons)
        if candidate is not None:
            out.append(candidate)
    return _with_neighbours(view, out)


def _weigh_one(view: View, place: Found, name: PlaceName, persons: frozenset[int]) -> Candidate | None:
    cue = cue_before(view, place.start)
    if cue is not None and cue.near and cue.effect in ("district", "feature"):
        return None
    if not _cased(view, place, name, cue):
        return None
    codes, given, both = _by_level(name.codes, cue, view, place)
    if len(codes) > 1 and not both:
        codes, given = _by_district(view, place.start, codes, given)
    weight = CUED.get(cue.effect, 0.0) if cue is not None and (cue.near or cue.effect == "body") else 0.0
    if name.care == "unsafe" and cue is not None and not cue.levels:
        weight = 0.0
    if cue is not None and cue.effect == "body" and not cue.near and name.care:
        weight = 0.6
    if cue is not None and cue.effect in ("district", "feature"):
        weight = ACCEPTED - 0.05  # "Kelurahan Sumber Bantul": counts where the article names its province elsewhere
    if not weight:
        weight = _bare_weight(view, place, name, persons)
    dateline = _in_dateline(view, place)
    return Candidate(
        place.start,
        place.end,
        name,
        codes,
        cue,
        max(weight, CUED["body"]) if dateline else weight,
        weak=cue is not None and cue.effect in WEAK,
        dateline=dateline,
        given=given,
        both=both,
    )


def _cased(view: View, place: Found, name: PlaceName, cue: Cue | None) -> bool:
    """Whether the name is written as a name: with a capital, or in lower case where the text or a cue allows it."""
    if name.care == "unsafe" or (name.via == "abbreviation" and name.form.isupper()):
        written = "".join(view.words[place.start : place.end])
        return written == name.form.replace(" ", "") or (view.shouted[place.start] and name.care != "unsafe")
    if view.capital(place.start) or view.words[place.start][0].isdigit():
        return True
    if cue is not None and cue.near and cue.effect in ("level", "office", "body"):
        return not (name.care == "rare" and not view.hushed)
    return view.hushed and not name.care


def _by_level(
    codes: tuple[str, ...], cue: Cue | None, view: View, place: Found
) -> tuple[tuple[str, ...], bool, bool]:
    """The codes that the cue's level allows, whether it decided, and whether it means two at once."""
    if cue is None or cue.effect not in CUED:
        return codes, len(codes) == 1, False
    levels = cue.levels
    if "Polres" in cue.words or "polres" in cue.words.lower():
        after = view.words[place.end] if place.end < len(view) else ""
        levels = ("city",) if after == "Kota" else levels or ("regency", "city")
        if after != "Kota" and not cue.levels:
            regency = tuple(code for code in codes if regions()[code].level == "regency")
            return (regency or codes), len(codes) == 1, False
    if not levels:
        return codes, len(codes) == 1, False
    fitting = tuple(code for code in codes if regions()[code].level in levels)
    if not fitting:
        return codes, len(codes) == 1, False
    return fitting, len(fitting) == 1 or len(levels) > 1, len(levels) > 1 and len(fitting) > 1


def _by_district(view: View, at: int, codes: tuple[str, ...], given: bool) -> tuple[tuple[str, ...], bool]:
    """A district right before a shared name tells which one is meant: "Cileunyi, Bandung" lies in the kabupaten."""
    end = at - 1 if at and view.words[at - 1] in ",(" else at
    for length in (3, 2, 1):
        start = end - length
        if start < 0 or any(view.breaks[start + 1 : at + 1]) or not view.capital(start):
            continue
        parents = {code[:5] for code in districts().get(" ".join(view.folded[start:end]), ())}
        inside = tuple(code for code in codes if code in parents)
        if inside:
            return inside, len(inside) == 1
    return codes, given


def _bare_weight(view: View, place: Found, name: PlaceName, persons: frozenset[int]) -> float:
    """The weight of a name without a level word, office or body before it."""
    weight = BASE.get(name.care, BASE["rare"])
    at, end = place.start, place.end
    if not name.care:
        whole = all(view.capital(inside) for inside in range(at, end)) or view.hushed
        return (weight if whole else BASE["word"]) - (0.2 if at in persons else 0.0)
    if follows(view, at, SPEECH) or _foreign(view, end):
        return 0.0
    if follows(view, at, PLACE_PREPOSITIONS) and view.capital(at):
        weight += 0.25
    if _longer_name(view, at, end):
        weight -= 0.35
    if view.firsts[at] or at < view.title:
        weight -= 0.15
    if view.shouted[at]:
        weight -= 0.15
    if at in persons:
        weight -= 0.5
    return max(weight, 0.0)


def _foreign(view: View, end: int) -> bool:
    """Whether a foreign country stands beside the name ("Malaka, Malaysia")."""
    if end + 1 >= len(view) or view.words[end] not in ",-(":
        return False
    match = place_trie().longest(view.folded, end + 1, min(end + 4, len(view)))
    return match is not None and any(name.kind == "country" and name.codes != ("ID",) for name in match[1])


def _longer_name(view: View, at: int, end: int) -> bool:
    """Whether a capitalised word right before or after makes it a part of a longer name."""
    after = end < len(view) and not view.breaks[end] and view.capital(end) and view.words[end].isalpha()
    before = at > 0 and not view.breaks[at] and not view.firsts[at - 1] and view.capital(at - 1)
    return (after or (before and view.words[at - 1].isalpha())) and not view.shouted[at]


def _in_dateline(view: View, place: Found) -> bool:
    """Whether the name stands in a dateline: near the text's start, and a dash, bracket or colon soon after it."""
    offset = place.start - view.title
    if not 0 <= offset < 8:
        return False
    if any(view.words[at].islower() and view.words[at].isalpha() for at in range(view.title, place.start)):
        return False
    follower = view.words[place.end] if place.end < len(view) else ""
    if follower.isalpha() and not view.shouted[place.end]:
        return False
    for at in range(place.end, min(place.end + 9, len(view))):
        word = view.words[at]
        if word[0] in "-–—" or (word == ":" and at == place.end):
            return True
        if word.islower() and word.isalpha():
            return False
    return False


def _with_neighbours(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Lists ("Bogor, Depok, dan Bekasi") and provinces beside a name ("Batu, Jawa Timur") speak for it."""
    out = list(candidates)
    for index in range(len(out) - 1):
        left, right = out[index], out[index + 1]
        gap = " ".join(view.words[left.end : right.start])
        if right.start - left.end > 3 or view.breaks[right.start]:
            continue
        if left.name.care == "rare" and _swallowed(left, right, gap):
            out[index] = replace(left, weight=0.0)
            continue
        if _is_district_of(left, right, gap):
            out[index] = replace(left, weight=0.0)
            continue
        inside = _contained(left, right) if gap in CONTAINS_GAPS else ()
        if inside:
            out[index] = replace(left, codes=inside, given=left.given or len(inside) == 1, weight=min(left.weight + 0.4, 0.97))
        elif gap in LIST_GAPS or gap == "":
            out[index], out[index + 1] = _listed(left, right)
    return out


def _swallowed(left: Candidate, right: Candidate, gap: str) -> bool:
    """"Polres Metro Bekasi" is not in Metro, "Puncak, Bogor" not in Puncak."""
    apart = not {code[:2] for code in left.codes} & {code[:2] for code in right.codes}
    return gap == "" or (gap == "," and apart and left.weight < CUED["body"])


def _is_district_of(left: Candidate, right: Candidate, gap: str) -> bool:
    """"Depok, Sleman" names a district of Sleman and not Kota Depok."""
    if gap not in (",", "(") or (left.cue is not None and left.cue.effect in CUED):
        return False
    return bool({code[:5] for code in twins(left)} & set(right.codes))


def twins(candidate: Candidate) -> tuple[str, ...]:
    """Codes of districts that have the candidate's name and lie in another region."""
    return tuple(
        code
        for code in districts().get(candidate.name.form.lower(), ())
        if code[:5] not in candidate.name.codes and code[:2] not in candidate.name.codes
    )


def _contained(left: Candidate, right: Candidate) -> tuple[str, ...]:
    """Codes of `left` that lie in a province which `right` names."""
    provinces = {code for code in right.codes if len(code) == 2}
    return tuple(code for code in left.codes if len(code) > 2 and code[:2] in provinces)


def _listed(left: Candidate, right: Candidate) -> tuple[Candidate, Candidate]:
    """Two names side by side in an enumeration: each makes the other likelier; the first one's level word counts on."""
    if left.weight > right.weight and not left.weak:
        codes, given = right.codes, right.given
        if right.cue is None and left.cue is not None and left.cue.levels and left.cue.effect == "level":
            fitting = tuple(code for code in codes if regions()[code].level in left.cue.levels)
            codes, given = (fitting, given or len(fitting) == 1) if fitting else (codes, given)
        return left, replace(right, codes=codes, given=given, weight=min(max(right.weight, right.weight + 0.25), 0.95))
    if right.weight > left.weight and not right.weak:
        return replace(left, weight=min(left.weight + 0.25, 0.95)), right
    return left, right


def _person_words(view: View, doc: Doc) -> frozenset[int]:
    """Indices of words inside spans that the model takes for persons."""
    spans = [(span.start_char, span.end_char) for span in doc.spans.get("ner", ()) if span.label_ == "PER"]
    if not spans:
        return frozenset()
    out = set()
    at = 0
    for start, end in spans:
        while at < len(view) and view.ends[at] <= start:
            at += 1
        inside = at
        while inside < len(view) and view.starts[inside] < end:
            out.add(inside)
            inside += 1
    return frozenset(out)


def district_parents(view: View) -> list[tuple[int, int, tuple[str, ...]]]:
    """Named districts: (start, end, codes of the regencies that have one of that name)."""
    table = districts()
    out = []
    for at, word in enumerate(view.folded):
        if word not in DISTRICT_WORDS or at + 1 >= len(view) or not view.capital(at + 1):
            continue
        for length in (4, 3, 2, 1):
            end = at + 1 + length
            if end > len(view) or any(view.breaks[at + 1 : end]):
                continue
            codes = table.get(" ".join(view.folded[at + 1 : end]))
            if codes:
                out.append((at, end, tuple(dict.fromkeys(code[:5] for code in codes))))
                break
    return out


DISTRICT_WORDS = frozenset({"kecamatan", "kec", "kec.", "camat"})
