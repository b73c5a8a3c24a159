"""Reads on where one office is told of several persons, or its head or its body only once.

"Tiga wakil ketua, yakni Hardi, Bambang Susilo dan Suwito"; "juru bicara Fraksi PKB Muntamah, Fraksi PKS Narso"; "Ketua
DPRD Pati Ali Badrudin dan Wakil Ketua Hardi".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tagger.words import CLOSE, COMMA, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tagger.offices import Office, OrgSpan
    from tagger.persons import Name, Names
    from tagger.words import Words

_MANY = frozenset({"para", "dua", "tiga", "empat", "kedua", "ketiga", "keempat", "2", "3", "4"})
_NAMELY = frozenset({"yakni", "yaitu", "masing-masing"})
_GROUP = "fraksi"
_AND = frozenset({"dan", "serta"})
_MOST = 12  # persons of one list
_WITHIN = 40  # words back to the chair of whom a vice chair is
_CHAIR, _VICE = "Ketua", "Wakil Ketua"


def others_named(words: Words, names: Names, office: Office, first: Name) -> Iterator[Name]:
    """The persons after the first of whom an office in the plural is told, "tiga wakil ketua, yakni A, B dan C"."""
    if not (office.first and words.folded[office.first - 1] in _MANY and words.folded[first.begin - 1] in _NAMELY):
        return
    name: Name | None = first
    for _ in range(_MOST):
        at = _next(words, name.end) if name else None
        name = names.read(at) if at is not None else None
        if name is None:
            return
        yield name


def others_headed(
    words: Words, bodies: Mapping[int, OrgSpan], names: Names, office: Office, first: Name
) -> Iterator[tuple[Office, Name]]:
    """Offices that leave out the head told before: "juru bicara Fraksi PKB Muntamah" + "Fraksi PKS Narso"."""
    start = next((at for at in range(office.first + 1, office.last) if at in bodies), None)
    if start is None or first.begin < office.last:
        return
    group = int(words.folded[start - 1] == _GROUP)
    head, end = start - group, first.end
    for _ in range(_MOST):
        at = _next(words, end)
        body = bodies.get(at + group) if at is not None and (not group or words.folded[at] == _GROUP) else None
        name = _beside(words, names, body.last, group=group) if body and body.kind == bodies[start].kind else None
        if at is None or body is None or name is None or head <= office.first:
            return
        like = replace(office, last=head, code=body.code or office.code, organization=body.name)
        yield replace(like, shared_tail=(at, body.last)), name
        end = name.end


def _beside(words: Words, names: Names, at: int, *, group: int) -> Name | None:
    """The person right behind a body; in a list of council groups also one whom the model passes over."""
    if words.joint(at) != SPACE:
        return None
    name = names.read_seen(at) or (names.read_back(_capitals_end(words, at)) if group else None)
    return name if name and name.begin == at else None


def _capitals_end(words: Words, at: int) -> int:
    """Where the run of capitalised words ends that starts at a word."""
    last = at + 1
    while last < len(words) and words.joint(last) == SPACE and words.forms[last][0].isupper():
        last += 1
    return min(last, len(words))


def of_chair(office: Office, before: Sequence[Office]) -> Office:
    """A vice chair of no body is one of the council whose chair was named right before."""
    if office.head.office != _VICE or office.organization or office.sector == "public":
        return office
    for chair in reversed(before):
        if office.first - chair.last > _WITHIN:
            break
        if chair.sector == "public" and chair.head.office.startswith(_CHAIR) and chair.organization:
            return replace(office, sector="public", code=chair.code, organization=chair.organization,
                           shared_tail=(chair.first + 1, chair.last))  # fmt: skip
    return office


def _next(words: Words, end: int) -> int | None:
    """The word after a comma, dan or both; None where the list ends."""
    if end >= len(words):
        return None
    if words.folded[end] in _AND and words.joint(end) in (SPACE, COMMA, CLOSE) and words.joint(end + 1) == SPACE:
        return end + 1
    return end if words.joint(end) == COMMA else None
