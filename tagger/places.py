"""Reads every place name of the gazetteer off the text, the longest first; regions and countries are chosen later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from tagger.gazetteer.places import place_trie
from tagger.view import read

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from tagger.gazetteer.places import PlaceName
    from tagger.view import View


@dataclass(frozen=True, slots=True)
class Found:
    """One place name in the text: word indices into the view, half-open, and what it may stand for."""

    start: int
    end: int
    names: tuple[PlaceName, ...]


@Language.component("kabar_places", assigns=["doc._.places"])
def find_places(doc: Doc) -> Doc:
    """Sets `doc._.places` to the view of the text and the names in it."""
    view = read(doc)
    doc._.places = (view, scan(view))
    return doc


def scan(view: View) -> tuple[Found, ...]:
    """All names, leftmost and longest, none across a line's end."""
    trie = place_trie()
    roots = trie.root.next
    out = []
    at = 0
    words, size = view.folded, len(view)
    while at < size:
        if words[at] not in roots:
            at += 1
            continue
        stop = at + 1
        while stop < size and not view.breaks[stop] and stop - at < 8:
            stop += 1
        match = trie.longest(words, at, stop)
        if match is None or (words[at] == "di" and (view.words[at] != "DI" or view.shouted[at])):
            at += 1  # "di Yogyakarta" is no "DI Yogyakarta"
            continue
        out.append(Found(at, match[0], match[1]))
        at = match[0]
    return tuple(out)
