"""Scores tagged articles against gold annotations: an entry counts as a whole, whatever its form in the text.

A gold entry is `required` (missing it is an error) or not (finding it is right, missing it is none). An entry that was
tagged and fits no gold entry is wrong. A city is compared by its code, a country by ISO 3166-1, an organization by any
of its forms, an official by the name; the office of a matched official is right at a Dice coefficient of words of 0.6.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from kabar.documents import Done, Problem
from kabar.inputs import Source, read
from kabar.pipeline import Task, run

Entry = Mapping[str, Any]
Document = Mapping[str, Any]

KINDS = ("cities", "countries", "organizations", "officials")
SAME_OFFICE = 0.6
_LEVELS = {"provinsi": "province", "kota": "city", "kabupaten": "regency"}


@dataclass(slots=True)
class Counts:
    """Of one kind: required entries found and missed, and entries that fit nothing."""

    hit: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of the required that was found."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Score:
    """All counts, and the errors behind them in the order of the articles."""

    counts: dict[str, Counts] = field(default_factory=lambda: {kind: Counts() for kind in KINDS})
    offices_right: int = 0
    offices: int = 0
    errors: list[str] = field(default_factory=list)


def read_lines(path: Path) -> list[Document]:
    """Reads JSON Lines.

    Raises:
        OSError: the file cannot be read.
        ValueError: a line is no JSON object; names the line.
    """
    documents: list[Document] = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if line.strip():
            try:
                documents.append(msgspec.json.decode(line, type=dict[str, Any]))
            except msgspec.DecodeError as error:
                raise ValueError(f"{path}:{number}: not a JSON object: {error}") from None
    return documents


def tag_now(annotations: Path, task: Task) -> list[Document]:
    """Tags the articles of an annotated file.

    Raises:
        ValueError: one of them cannot be tagged.
        TaggerError: the tagger cannot be loaded.
    """
    outcomes = list(run(task, read(Source("file", str(annotations)), "jsonl")))
    problems = [f"{outcome.name}: {outcome.reason}" for outcome in outcomes if isinstance(outcome, Problem)]
    if problems:
        raise ValueError("; ".join(problems))
    return [msgspec.json.decode(outcome.json) for outcome in outcomes if isinstance(outcome, Done)]


def report(golds: Sequence[Document], found: Sequence[Document], *, errors: bool) -> Iterator[str]:
    """The score as lines of text.

    Args:
        golds: annotated articles.
        found: tagged ones, with the same ids or in the same order.
        errors: also a line for each error.

    Raises:
        ValueError: the two do not belong together.
    """
    result = score(golds, _paired(golds, found))
    if errors:
        yield from result.errors
    for kind in KINDS:
        c = result.counts[kind]
        yield (
            f"{kind:14} P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}   "
            f"({c.hit} found, {c.wrong} wrong, {c.missed} missed)"
        )
    yield f"office right   {result.offices_right / result.offices if result.offices else 0.0:.3f}"


def score(golds: Iterable[Document], found: Iterable[Document]) -> Score:
    """Counts over pairs of annotated and tagged articles."""
    result = Score()
    for gold, document in zip(golds, found, strict=True):
        for kind in KINDS:
            _score_kind(kind, gold, document, result)
    return result


def _score_kind(kind: str, gold: Document, document: Document, result: Score) -> None:
    counts, matches, name = result.counts[kind], MATCHES[kind], gold.get("id")
    matched: set[int] = set()
    for entry in document.get(kind, ()):
        hits = [index for index, wanted in enumerate(gold[kind]) if matches(wanted, entry)]
        matched.update(hits)
        if not hits:
            counts.wrong += 1
            shown = entry.get("code") or entry.get("office") or ""
            result.errors.append(f"{name}  wrong    {kind}: {entry.get('name')!r} {shown}")
        elif kind == "officials":
            _score_office(gold[kind][hits[0]], entry, name, result)
    for index, wanted in enumerate(gold[kind]):
        if wanted["required"] and index in matched:
            counts.hit += 1
        elif wanted["required"]:
            counts.missed += 1
            shown = wanted.get("name") or wanted.get("iso")
            result.errors.append(f"{name}  missed   {kind}: {shown!r} {wanted['mentions'][:2]}")


def _score_office(wanted: Entry, entry: Entry, name: str | None, result: Score) -> None:
    if not (wanted["required"] and wanted["office"]):
        return
    result.offices += 1
    if same_office(wanted["office"], entry.get("office") or ""):
        result.offices_right += 1
    else:
        result.errors.append(f"{name}  office   {wanted['office']!r} got {entry.get('office')!r}")


def same_city(wanted: Entry, entry: Entry) -> bool:
    """By Kemendagri code; by form where the annotation names a region that has none."""
    code = _code(wanted["name"], wanted["level"])
    return entry.get("code") == code if code else bool(_forms(wanted) & _forms(entry))


def same_country(wanted: Entry, entry: Entry) -> bool:
    """By ISO 3166-1 alpha-2."""
    return bool(entry.get("alpha2") == wanted["iso"])


def same_organization(wanted: Entry, entry: Entry) -> bool:
    """By any form: name, acronym, mention."""
    return bool(_forms(wanted) & _forms(entry))


def same_person(wanted: Entry, entry: Entry) -> bool:
    """The same words as some form, or one full name within the other."""
    name = _name_words(entry.get("name") or "")
    if not name:
        return False
    forms = [_name_words(form) for form in (wanted["name"], *wanted["mentions"])]
    full, words = set(forms[0]), set(name)
    return name in forms or words <= full or (bool(full) and full <= words)


def same_office(wanted: str, found: str) -> bool:
    """At least 0.6 of the words in common (Dice), short forms written out, level words and parentheses aside.

    >>> same_office("Wali Kota Jambi", "Walikota Jambi")
    True
    """
    a, b = _office_words(wanted), _office_words(found)
    return 2 * len(a & b) / (len(a) + len(b)) >= SAME_OFFICE if a and b else a == b


MATCHES: dict[str, Callable[[Entry, Entry], bool]] = {
    "cities": same_city,
    "countries": same_country,
    "organizations": same_organization,
    "officials": same_person,
}


def _paired(golds: Sequence[Document], found: Sequence[Document]) -> Sequence[Document]:
    by_id = {document.get("id"): document for document in found}
    if all(gold["id"] in by_id for gold in golds):
        return [by_id[gold["id"]] for gold in golds]
    if len(golds) != len(found):
        raise ValueError(f"{len(golds)} gold articles and {len(found)} tagged ones: give them ids or the same order")
    return found


def _fold(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", " ", text.lower()).strip()


def _forms(entry: Entry) -> set[str]:
    mentions = (mention if isinstance(mention, str) else mention["text"] for mention in entry.get("mentions", ()))
    return {_fold(form) for form in (entry.get("name") or "", entry.get("acronym") or "", *mentions)} - {""}


def _name_words(name: str) -> list[str]:
    honorifics = _data()["honorifics"]
    return [word for word in _fold(name).split() if word not in honorifics]


def _office_words(office: str) -> set[str]:
    text = " " + _fold(re.sub(r"\([^)]*\)", " ", office)) + " "
    for short, full in _data()["office"].items():
        text = text.replace(f" {short} ", f" {full} " if full else " ")
    return set(text.split())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files("kabar").joinpath("gold.toml").read_text("utf-8"))


def _code(name: str, level: str) -> str | None:
    folded = _fold(name)
    known: str | None = _data()["regions"].get(folded)
    return known or _region_codes().get((_LEVELS[level], _bare(folded)))


@cache
def _region_codes() -> dict[tuple[str, str], str]:
    """(level, name without level word and spaces) to code, of the regions that have one."""
    from tagger.gazetteer.regions import regions

    coded = (region for region in regions().values() if region.code[0].isdecimal())
    return {(region.level, _bare(_fold(region.name))): region.code for region in coded}


def _bare(folded: str) -> str:
    return re.sub(r"^(provinsi|kabupaten|kota)( administrasi)? ", "", folded).replace(" ", "")
