"""Who may speak in a text, and who of them the words beside a speech verb name."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tagger.gazetteer.context import context
from tagger.gazetteer.tables import read_table
from tagger.quotation import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from tagger.view import View

BARRIERS = frozenset(".;:!?") | MARKS
NAME_LENGTH = 4  # words of a name that neither the rules nor the model know


@dataclass(frozen=True, slots=True, order=True)
class Speaker:
    """One mention of somebody who may speak: word indices, half-open.

    Attributes:
        text: the name as it stands.
        official: index into `doc._.officials`, or -1.
        person: false for a body.
    """

    start: int
    end: int
    text: str
    official: int = -1
    person: bool = True

    @property
    def who(self) -> str | int:
        """The same for all mentions of one official, or of one name."""
        return self.official if self.official >= 0 else self.text


def read_speakers(view: View, doc: Doc) -> list[Speaker]:
    """Mentions of officials, of other persons the model saw, and of bodies, in order and without overlaps."""
    spans = [
        (where.start, where.end, index, True)
        for index, official in enumerate(doc._.officials)
        for where in official.mentions
    ]
    spans += [(span.start_char, span.end_char, -1, True) for span in doc.spans.get("ner", ()) if span.label_ == "PER"]
    spans += [(where.start, where.end, -1, False) for body in doc._.organizations for where in body.mentions]
    out: list[Speaker] = []
    text = doc.text
    for start, end, official, person in sorted(spans, key=lambda span: (span[0], not span[3], span[2] < 0, -span[1])):
        first = bisect_left(view.starts, start)
        if first < len(view) and (not out or first >= out[-1].end):
            last = max(bisect_left(view.ends, end) + 1, first + 1)
            out.append(Speaker(first, min(last, len(view)), text[start:end], official, person))
    return out


def first_after(view: View, speakers: Sequence[Speaker], start: int, stop: int) -> Speaker | None:
    """The speaker named from word `start` on, after nothing but an office or a title; else a plain name."""
    at = bisect_left(speakers, Speaker(start, -1, ""))
    while at < len(speakers) and speakers[at].start < stop:
        found = speakers[at]
        between = view.folded[start : found.start]
        if any(word in context("clause") or word in BARRIERS for word in between):
            break
        following = speakers[at + 1] if at + 1 < len(speakers) else None
        if found.person or following is None or not following.person or following.start - found.end > 1:
            return found
        at += 1  # "Kepala Dinas Kesehatan Fasha": the body stands inside the office
    return _plain_name(view, start, stop)


def last_before(view: View, speakers: Sequence[Speaker], start: int, stop: int, reach: int) -> Speaker | None:
    """The person named last between two words, at most `reach` words before `stop` and in the same sentence."""
    at = bisect_left(speakers, Speaker(stop, -1, "")) - 1
    while at >= 0 and speakers[at].start >= start:
        found = speakers[at]
        if stop - found.end > reach or any(view.words[index] in BARRIERS for index in range(found.end, stop)):
            return None
        if found.person:
            return found
        at -= 1
    return None


def _plain_name(view: View, start: int, stop: int) -> Speaker | None:
    """A few capitalised words at `start`, without titles, that end at a comma, a full stop or a word no name has."""
    end = start
    while end < stop and not view.breaks[end] and (view.capital(end) or view.folded[end] in _titles()):
        if not (view.words[end].isalpha() or view.folded[end].rstrip(".") in _titles()):
            break
        end += 1
        if view.folded[end - 1].rstrip(".") in _titles():
            start = end  # "Kapolsek Todanan Iptu Suhari"
    if not 0 < end - start <= NAME_LENGTH or view.folded[start] in context("clause"):
        return None
    if end < stop and view.words[end] not in {",", ".", "("} and view.folded[end] not in context("clause"):
        return None
    return Speaker(start, end, " ".join(view.words[start:end]))


@cache
def _titles() -> frozenset[str]:
    """Titles and ranks before names, in lower case and without full stops."""
    rows = read_table("honorifics.tsv")
    return frozenset(row["form"].lower().rstrip(".") for row in rows if row["place"] == "front")
