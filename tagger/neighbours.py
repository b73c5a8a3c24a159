"""What names side by side tell about each other: enumerations, provinces after a name, districts before one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tagger.candidates import CUED, NO_REGION
from tagger.gazetteer.context import context, is_list_gap
from tagger.gazetteer.regions import districts, regions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagger.candidates import Candidate
    from tagger.view import View

CONTAINS = frozenset({",", "(", "-", "–", ""})
SWALLOWS = frozenset({"", ",", "-", "–"})
RENAMES = frozenset({"", "("})  # "Penajam Paser Utara (PPU)"
REACH = 3  # words between two neighbours
LISTED, CONTAINED, BESIDE_PROVINCE = 0.25, 0.4, 0.75


def with_neighbours(view: View, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each weighed again by the one beside it."""
    out = list(candidates)
    for index in range(len(out) - 1):
        left, right = out[index], out[index + 1]
        if right.start - left.end > REACH or view.breaks[right.start]:
            continue
        between = view.folded[left.end : right.start]
        gap = " ".join(between)
        inside = _inside(left, right) if gap in CONTAINS else ()
        if not inside and _is_part_of(left, right, gap):
            out[index] = replace(left, weight=0.0)
        elif inside:
            weight = min(max(left.weight + CONTAINED, BESIDE_PROVINCE), CUED["office"])
            out[index] = replace(left, codes=inside, given=left.given or len(inside) == 1, weight=weight, weak=False)
        elif gap in RENAMES and set(left.codes) & set(right.codes):
            out[index + 1] = replace(right, weight=max(right.weight, left.weight))
        elif is_list_gap(between) and (gap or not (left.name.care or right.name.care)):
            out[index], out[index + 1] = _listed(left, right)
    return out


def _is_part_of(left: Candidate, right: Candidate, gap: str) -> bool:
    """ "Depok, Sleman" is a district, "Kuningan, Jakarta" a quarter, "Polres Metro Bekasi" no body of Kota Metro."""
    if left.name.care == "rare" and gap in SWALLOWS:
        apart = not {code[:2] for code in left.codes} & {code[:2] for code in right.codes}
        return not gap or (apart and left.weight < CUED["body"])
    if left.cue is not None and left.cue.effect in NO_REGION:
        return gap in SWALLOWS  # "Kecamatan Curug Bitung, Lebak"
    return gap in (",", "(") and not left.cued and bool({code[:5] for code in left.twins} & set(right.codes))


def _inside(left: Candidate, right: Candidate) -> tuple[str, ...]:
    """Codes of `left` that lie in a province which `right` names."""
    provinces = {code for code in right.codes if len(code) == 2}
    return tuple(code for code in left.codes if len(code) > 2 and code[:2] in provinces)


def _listed(left: Candidate, right: Candidate) -> tuple[Candidate, Candidate]:
    """Two names of an enumeration: the surer one makes the other likelier, and its level word counts on."""
    if left.weak and right.cue is None:
        return left, replace(right, weak=True)  # "Bank Pembangunan Daerah Jawa Barat dan Banten"
    if left.weight > right.weight and not left.weak:
        codes, given = right.codes, right.given
        if right.cue is None and left.cue is not None and left.cue.effect == "level":
            fitting = tuple(code for code in codes if regions()[code].level in left.cue.levels)
            codes, given = (fitting, given or len(fitting) == 1) if fitting else (codes, given)
        weight = max(right.weight, min(right.weight + LISTED, CUED["body"]))
        return left, replace(right, codes=codes, given=given, weight=weight)
    if right.weight > left.weight and not right.weak:
        return replace(left, weight=max(left.weight, min(left.weight + LISTED, CUED["body"]))), right
    return left, right


def by_district(view: View, at: int, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Those codes in which the district named right before lies: "Cileunyi, Bandung" is in the kabupaten; else none."""
    end = at - 1 if at and view.words[at - 1] in ",(" else at
    for length in range(min(3, end), 0, -1):
        start = end - length
        if any(view.breaks[start + 1 : at + 1]) or not view.capital(start):
            continue
        parents = {code[:5] for code in districts().get("".join(view.folded[start:end]), ())}
        if inside := tuple(code for code in codes if code in parents):
            return inside
    return ()


def named_districts(view: View) -> list[tuple[int, int, tuple[str, ...]]]:
    """Districts named as such: (start, end, codes of the regencies that have one of that name)."""
    table, heads = districts(), context("district")
    out = []
    for at, word in enumerate(view.folded):
        if word not in heads or at + 1 >= len(view) or not view.capital(at + 1):
            continue
        for end in range(min(at + 5, len(view)), at + 1, -1):
            codes = table.get("".join(view.folded[at + 1 : end]))
            if codes and not any(view.breaks[at + 1 : end]):
                out.append((at, end, tuple(dict.fromkeys(code[:5] for code in codes))))
                break
    return out
