"""Where quotation marks stand, and which pairs of them hold something said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagger.view import View

OPENING, CLOSING, STRAIGHT = frozenset("“„«"), frozenset("”»"), '"'
MARKS = OPENING | CLOSING | {STRAIGHT}
LONGEST = 400  # words; a mark further away is a lost one
END = frozenset({",", ".", "?", "!", "…", "...", "..", ";"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of marks: word indices of the words between them, half-open."""

    start: int
    end: int

    @property
    def opening(self) -> int:
        """Index of the opening mark."""
        return self.start - 1

    @property
    def closing(self) -> int:
        """Index of the closing mark."""
        return self.end


def find_quotations(view: View) -> tuple[Quotation, ...]:
    """Pairs of marks in order, none inside another.

    A curly mark tells its side. A straight one opens where a space stands before it and none after, closes in the other
    case, and otherwise takes turns. A mark without a partner within `LONGEST` words and before a blank line is dropped.
    """
    out = []
    opened: int | None = None
    for at, word in enumerate(view.words):
        if opened is not None and (at - opened > LONGEST or (view.breaks[at] and word in OPENING)):
            opened = None
        if word not in MARKS:
            continue
        if opened is None:
            if word in OPENING or (word == STRAIGHT and _may_open(view, at)):
                opened = at
        elif word in OPENING or (word == STRAIGHT and _must_open(view, at)):
            opened = at
        else:
            if at - opened > 1:
                out.append(Quotation(opened + 1, at))
            opened = None
    return tuple(out)


def _gaps(view: View, at: int) -> tuple[bool, bool]:
    """Whether a space or the text's edge stands before and after the mark."""
    before = at == 0 or view.ends[at - 1] < view.starts[at]
    after = at + 1 == len(view) or view.ends[at] < view.starts[at + 1]
    return before, after


def _may_open(view: View, at: int) -> bool:
    before, after = _gaps(view, at)
    return not after or before


def _must_open(view: View, at: int) -> bool:
    """A second opening mark: the first one was never closed."""
    before, after = _gaps(view, at)
    return before and not after and view.breaks[at]
