"""Joins the mentions of one body to one entry: all its forms, its acronym, its region.

Mentions are one body's where their keys agree ("Pemkot Jambi" and "Pemerintah Kota Jambi" have one key) and their
regions do not differ: the province's DPRD and the regency's stay two. A mention without a region goes with the last
that has one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tagger.heads import is_acronym
from tagger.mentions import OrganizationFound, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagger.body import Body
    from tagger.words import Words

_JOINED_BY_PREFIX = frozenset({"ministry", "agency", "local-agency"})
_LONGEST_ACRONYM = 12  # signs of one of several words, "UCLG ASPAC"
_PROVINCE = 2  # digits of a province's code
_FIRST_CITY = "71"  # cities are numbered from here within their province, regencies below
_SCORE_BY_RULE, _SCORE_BY_MODEL = 1.0, 0.7


@dataclass(slots=True)
class Entry:
    """One body while its mentions are gathered: key, kind, region and place of the first mention that has them."""

    key: str
    kind: str
    code: str | None = None
    place: str | None = None
    bodies: list[Body] = field(default_factory=list)

    def add(self, bodies: Iterable[Body]) -> None:
        """Takes mentions in."""
        for body in bodies:
            self.bodies.append(body)
            self.code = self.code or body.code
            self.place = self.place or body.place

    def may_be(self, other: Entry | Body) -> bool:
        """Whether nothing tells the two apart: neither region nor place."""
        same_code = self.code is None or other.code is None or self.code == other.code
        return same_code and (self.place is None or other.place is None or self.place == other.place)


def gather(words: Words, bodies: Iterable[Body]) -> list[Entry]:
    """The bodies that a text names, in the order of their first mention; those without a name of their own left out.

    Args:
        words: the text.
        bodies: the mentions, in their order.
    """
    by_key: dict[str, list[Entry]] = {}
    entries: list[Entry] = []
    for body in _as_defined(words, tuple(bodies)):
        entry = _entry_of(words, body, by_key)
        if entry is None:
            entry = Entry(body.key, body.kind)
            by_key.setdefault(body.key, []).append(entry)
            entries.append(entry)
        entry.add((body,))
    return [entry for entry in _joined(entries) if not all(body.bare for body in entry.bodies)]


def _as_defined(words: Words, bodies: tuple[Body, ...]) -> Iterator[Body]:
    """Mentions by an acronym under the key of the body that the text itself gives it to: "Dinas Ketahanan Pangan (DKP)"
    is no Dinas Kelautan dan Perikanan.
    """
    keys = {words.forms[body.acronym]: body.key for body in reversed(bodies) if body.acronym is not None}
    for body in bodies:
        key = keys.get(words.slice(body.first, body.core))
        yield replace(body, key=key, place=None) if key and key != body.key else body


def _entry_of(words: Words, body: Body, by_key: dict[str, list[Entry]]) -> Entry | None:
    fits = [entry for entry in by_key.get(body.key, ()) if entry.may_be(body)]
    if body.bare:
        fits = [entry for entry in fits if _fits_level(body.cue.lower(), entry.code)]
    if fits:
        return next((entry for entry in reversed(fits) if entry.code == body.code), fits[-1])
    if body.last - body.first == 1:  # "Kominfo" after "Dinas Kominfo"
        named = by_key.get(f"dinas {words.folded[body.first]}")
        return named[-1] if named else None
    return None


def _fits_level(head: str, code: str | None) -> bool:
    """Whether a bare head may stand for the government of a region: Pemkab for a regency's, Pemkot for a city's."""
    if code is None:
        return True
    level = "prov" if len(code) == _PROVINCE else "kot" if code.partition(".")[2] >= _FIRST_CITY else "kab"
    told = next((word for word in ("prov", "kab", "kot") if word in head), level)
    return told == level


def _joined(entries: list[Entry]) -> list[Entry]:
    """Joins what differs in length alone ("Dinas Sosial", "Dinas Sosial dan Transmigrasi") or in a region named
    once.
    """
    kept: list[Entry] = []
    by_form: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: -len(entry.key)):
        listed = by_form.get(entry.key, ())
        home = next((other for other in listed if other.may_be(entry)), None)
        if home is None:
            kept.append(entry)
            home = entry
        else:
            home.add(entry.bodies)
        for form in _shorter_forms(entry):
            by_form.setdefault(form, []).append(home)
    for entry in kept:
        entry.bodies.sort(key=lambda body: (body.first, body.last))
    return sorted(kept, key=lambda entry: entry.bodies[0].first)


def _shorter_forms(entry: Entry) -> Iterator[str]:
    """The keys under which a longer key's body is also known."""
    yield entry.key
    if entry.key.startswith("pt "):
        yield entry.key.removeprefix("pt ")
    if entry.kind in _JOINED_BY_PREFIX:
        parts = entry.key.split(" dan ")
        yield from (" dan ".join(parts[:size]) for size in range(1, len(parts)) if " " in parts[0])


def found(words: Words, entry: Entry) -> OrganizationFound:
    """An entry as the pipeline hands it on; its name is the longest form that the text has."""
    names = [(not body.bare, _name(words, body)) for body in entry.bodies]
    mentions: dict[int, Where] = {}
    for body in entry.bodies:
        start, end = words.starts[body.first], _end(words, body)
        mentions.setdefault(start, Where(start, end, body.cue, body.by))
    return OrganizationFound(
        name=max(names, key=lambda name: (name[0], " " in name[1], len(name[1])))[1],
        acronym=_acronym(words, entry.bodies),
        kind=entry.kind or None,
        jurisdiction=entry.code,
        mentions=tuple(mentions.values()),
        score=_SCORE_BY_RULE if any(body.by == "rule" for body in entry.bodies) else _SCORE_BY_MODEL,
    )


def _end(words: Words, body: Body) -> int:
    """The code point after a mention, and after the bracket that its last word closes: "PT Nusa (Persero)"."""
    end = words.ends[body.last - 1]
    text = words.text[words.starts[body.first] : end]
    return end + 1 if words.text[end : end + 1] == ")" and text.count("(") > text.count(")") else end


def _name(words: Words, body: Body) -> str:
    """The mention without the acronym in parentheses inside it."""
    name = words.text[words.starts[body.first] : _end(words, body)]
    if body.acronym is not None and body.first < body.acronym < body.last - 1:
        name = f"{words.slice(body.first, body.core)} {words.slice(body.acronym + 1, body.last)}"
    if name.count("(") != name.count(")"):  # what stands before the bracket is no part of the name
        name = name.replace("(", " ").replace(")", " ")
    return " ".join(name.split())


def _acronym(words: Words, bodies: list[Body]) -> str | None:
    """The acronym that the text defines, else the mention that is one beside a longer one."""
    defined = next((words.forms[body.acronym] for body in bodies if body.acronym is not None), None)
    if defined or len({body.core - body.first for body in bodies}) == 1:
        return defined
    texts = [words.slice(body.first, body.core) for body in bodies if body.last == body.core]
    short = [text for text in texts if is_acronym(text) or (text.isupper() and len(text) <= _LONGEST_ACRONYM)]
    return min(short, key=len, default=None)
