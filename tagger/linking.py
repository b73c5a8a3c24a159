"""What each mention of a region means, decided over the whole article.

Policy for a name that several regions share (26 of a kota and a kabupaten, three of a province and a lower level):
1. a level word, an office or a body's level beside it decides ("Bupati Bandung", "Pemkot Jambi", "Polres Bogor Kota");
2. so does a province beside it ("Banjar, Kalimantan Selatan");
3. else it means what the same name meant where rule 1 or 2 decided: the last time before, or the first time after;
4. else the one that lies in a province or region which the article names, or in the site's home region;
5. else the province, before the kota, before the kabupaten. The others are told as `alternatives`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tagger.candidates import ACCEPTED, SURE
from tagger.gazetteer.regions import UNCODED, regions
from tagger.mentions import RegionFound, Where
from tagger.neighbours import named_districts

if TYPE_CHECKING:
    from tagger.candidates import Candidate
    from tagger.document import CityRole
    from tagger.view import View

CERTAINTY = {"default level": 0.75, "province in the article": 0.9, "home region": 0.9}
Districts = list[tuple[int, int, tuple[str, ...]]]


def link(view: View, candidates: list[Candidate], home: str | None = None) -> tuple[RegionFound, ...]:
    """Findings in order of the text.

    Args:
        view: the text.
        candidates: what `weigh` gave.
        home: code of the region that the article comes from (its dateline, else its site), or None.
    """
    parents = named_districts(view)
    provinces = _provinces(candidates, home, parents)
    decided = _decided(candidates)
    chosen = [(candidate, *_choose(candidate, decided, provinces, home)) for candidate in candidates]
    sure = {code for candidate, codes, _ in chosen for code in codes if candidate.weight >= SURE and not candidate.weak}
    out: list[RegionFound] = []
    for candidate, codes, by in chosen:
        weight = candidate.weight
        if _rather_a_district(candidate, codes, sure):
            continue
        if weight < SURE and codes[0] in sure:
            weight = max(weight + 0.3, SURE - 0.1) if weight > 0.2 else weight
        elif weight < SURE and provinces:
            weight += 0.15 if provinces[codes[0][:2]] else -0.15
        if weight < ACCEPTED or (candidate.weak and not sure & set(codes)):
            continue
        out.extend(_finding(view, candidate, code, by, weight) for code in codes)
    out.extend(_parents(view, parents, sure, out))
    return tuple(sorted(out, key=lambda found: (found.where, found.code or "")))


def _rather_a_district(candidate: Candidate, codes: tuple[str, ...], sure: set[str]) -> bool:
    """A bare name that is also a district's of a regency which the article names, far from the region itself."""
    if candidate.cued or candidate.dateline:
        return False
    own = {code[:2] for code in codes}
    return any(code[:5] in sure and code[:2] not in own for code in candidate.twins) and not (
        {code[:2] for code in sure - set(codes)} & own
    )


def _provinces(candidates: list[Candidate], home: str | None, parents: Districts) -> Counter[str]:
    """How much the article speaks for each province."""
    out: Counter[str] = Counter()
    for candidate in candidates:
        if candidate.weight >= SURE and not candidate.weak:
            for province in {code[:2] for code in candidate.codes}:
                out[province] += 1 if len(candidate.codes) == 1 else 0
    for _, _, codes in parents:
        if len(codes) == 1:
            out[codes[0][:2]] += 1
    if home:
        out[home[:2]] += 1
    return out


def _decided(candidates: list[Candidate]) -> dict[str, list[tuple[int, str]]]:
    """By name in lower case: (word index, code) of every mention whose words themselves decide."""
    out: dict[str, list[tuple[int, str]]] = {}
    for candidate in candidates:
        if candidate.given and not candidate.both and len(candidate.name.codes) > 1 and not candidate.weak:
            out.setdefault(_key(candidate), []).append((candidate.start, candidate.codes[0]))
    return out


def _key(candidate: Candidate) -> str:
    return candidate.name.form.lower().replace(" ", "")


def _choose(
    candidate: Candidate, decided: dict[str, list[tuple[int, str]]], provinces: Counter[str], home: str | None
) -> tuple[tuple[str, ...], str]:
    """The codes a mention means (two only for "Kota dan Kabupaten X"), and the name of the rule that decided."""
    codes = candidate.codes
    if candidate.both:
        return codes, "both levels"
    if len(codes) == 1:
        return codes, "level word" if candidate.given and len(candidate.name.codes) > 1 else "name"
    told = [(at, code) for at, code in decided.get(_key(candidate), ()) if code in codes]
    if told:
        before = [code for at, code in told if at < candidate.start]
        return (before[-1] if before else told[0][1],), "same name elsewhere"
    if home in codes:
        return (home,), "home region"
    near = [code for code in codes if provinces[code[:2]]]
    if near and len({code[:2] for code in codes}) > 1:
        best = max(near, key=lambda code: provinces[code[:2]])
        return (best,), "province in the article"
    return codes[:1], "default level"


def _finding(view: View, candidate: Candidate, code: str, by: str, weight: float) -> RegionFound:
    region = regions()[code]
    score = weight * CERTAINTY.get(by, 1.0)
    cue = candidate.cue.words if candidate.cue is not None else ""
    return RegionFound(
        where=Where(view.starts[_start(view, candidate)], view.ends[candidate.end - 1], f"{by}: {cue}" if cue else by),
        code=None if code == UNCODED else code,
        level=region.level,
        role=_role(candidate),
        alternatives=tuple(other for other in candidate.name.codes if other != code) if score < SURE else (),
        score=round(min(score, 1.0), 2),
    )


def _start(view: View, candidate: Candidate) -> int:
    """A level word right before the name belongs to the mention, as it does to the name."""
    cue = candidate.cue
    if cue is not None and cue.near and cue.effect == "level" and view.capital(cue.start) and not candidate.both:
        return cue.start
    return candidate.start


def _role(candidate: Candidate) -> CityRole:
    cue = candidate.cue
    if cue is not None and (cue.governed or cue.effect in ("office", "body")):
        return "jurisdiction"
    return "dateline" if candidate.dateline else "mention"


def _parents(view: View, parents: Districts, sure: set[str], out: list[RegionFound]) -> list[RegionFound]:
    """The regency of a district that the text names, where only one has a district of that name and none is named."""
    named = {found.code for found in out}
    extra = []
    for start, end, codes in parents:
        if len(codes) == 1 and codes[0] not in named and not sure:
            where = Where(view.starts[start], view.ends[end - 1], "district: only one of that name")
            extra.append(RegionFound(where, codes[0], regions()[codes[0]].level, "mention", (), 0.6))
    return extra
