"""What stands before a place name: level words, offices, bodies, and heads of other kinds of names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from tagger.document import Level
from tagger.gazetteer.context import context
from tagger.gazetteer.tables import read_table
from tagger.gazetteer.trie import Trie
from tagger.tokens import split

if TYPE_CHECKING:
    from tagger.view import View

Effect = Literal["level", "office", "body", "district", "feature", "name", "school", "facility", "culture"]

REACH = 9  # words between the head of a body's name and the place at its end ("Dinas ... Provinsi Lampung")
JOINERS = frozenset({"dan", "&", "/", "atau", "serta"})
HEADS: frozenset[Effect] = frozenset({"body", "name", "school", "district", "feature"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words before a place name and what they make of it.

    Attributes:
        effect: `level` and `office` name a region; `body` makes it a body's jurisdiction; `district` and `feature`
            make it something else than a region; `name`, `school`, `facility` and `culture` leave it a part of another
            name.
        levels: levels that the words allow; empty: any.
        words: the words themselves.
        start: index of the first of them in the view.
        near: whether they stand right before the name.
        governed: a level word that itself stands in an office or a body's name ("Pemerintah Kabupaten", "DPRD Kota").
    """

    effect: Effect
    levels: tuple[Level, ...]
    words: str
    start: int
    near: bool
    governed: bool = False


@cache
def _cues() -> Trie[tuple[str, Effect, Level | None]]:
    """The table, by the cue's words from the last to the first, in lower case."""
    return Trie(
        (
            tuple(reversed([word.lower() for word in split(row["cue"])[0]])),
            (row["cue"], cast(Effect, row["effect"]), cast(Level, row["level"]) if row["level"] else None),
        )
        for row in read_table("place_cues.tsv")
    )


def cue_before(view: View, at: int) -> Cue | None:
    """The cue for a name that begins at word `at`: right before it, else the head of the phrase it ends."""
    if at >= 2 and view.words[at - 1] == "/" and view.words[at - 2].isdigit():
        at -= 2  # "Kodim 0618/Kota Bandung"
    near = _ending(view, at, near=True)
    if near is None:
        return _head(view, at)
    if near.effect != "level":
        return near
    twin = _with_twin(view, near)
    outer = _ending(view, twin.start, near=True) or _head(view, twin.start)
    if outer is not None and outer.near and outer.words.lower() in context("district"):
        return outer  # "Kecamatan Kota Kediri"
    return replace(twin, governed=True) if outer is not None and outer.effect in ("office", "body") else twin


def _head(view: View, at: int) -> Cue | None:
    """The head of the capitalised phrase that ends at word `at`, if it heads a body's or another kind of name.

    A body further out governs the names inside its own ("Dinas Koperasi dan Perindustrian Lampung Utara"); a "dan"
    parts other names, but those of schools.
    """
    inner: Cue | None = None
    joined = False
    for back in range(at - 1, max(at - REACH, -1), -1):
        joiner = view.words[back] in JOINERS
        if view.breaks[back + 1] or not (view.capital(back) or joiner or view.words[back].isdigit()):
            break
        joined = joined or joiner
        head = _ending(view, back, near=False)
        if head is None or head.effect not in HEADS:
            continue
        if head.effect == "body":
            return head
        if inner is None and (head.effect == "school" or not joined):
            inner = head
    return inner


def _ending(view: View, end: int, *, near: bool) -> Cue | None:
    """The longest cue whose last word is right before `end`, in one line with it."""
    node = _cues().root
    found: Cue | None = None
    for at in range(end - 1, -1, -1):
        if view.breaks[at + 1] and at + 1 < len(view):
            break
        follower = node.next.get(view.folded[at])
        if follower is None:
            break
        node = follower
        for form, effect, level in node.values:
            if _cased(view, at, end, form):
                found = Cue(effect, (level,) if level else (), " ".join(view.words[at:end]), at, near)
    return found


def _cased(view: View, start: int, end: int, form: str) -> bool:
    """A cue that the table has in lower case counts in any; others need their capitals ("Bank", not "bank")."""
    if form.islower():
        return True
    written = " ".join(view.words[start:end])
    return written == form or (view.shouted[start] and written == form.upper() and len(form) > 3)


def _with_twin(view: View, cue: Cue) -> Cue:
    """ "Kota dan Kabupaten Bogor", "Kabupaten/Kota Bogor": both levels; "Ibu Kota": none."""
    at = cue.start
    if at >= 2 and view.folded[at - 1] in JOINERS:
        other = _ending(view, at - 1, near=True)
        if other is not None and other.levels and other.levels != cue.levels and other.effect == "level":
            return Cue(
                "level",
                (*other.levels, *cue.levels),
                f"{other.words} {view.words[at - 1]} {cue.words}",
                other.start,
                True,
            )
    return cue


def follows(view: View, at: int, words: frozenset[str]) -> bool:
    """Whether the word before `at`, in lower case, is one of `words` and stands in the same line."""
    return at > 0 and not view.breaks[at] and view.folded[at - 1] in words
