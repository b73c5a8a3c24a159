"""A name in the text that may be a region: what the steps of region linking hand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tagger.gazetteer.regions import districts

if TYPE_CHECKING:
    from tagger.cues import Cue
    from tagger.gazetteer.places import PlaceName

BASE = {"": 0.9, "word": 0.62, "rare": 0.35, "unsafe": 0.35}
CUED = {"level": 0.98, "office": 0.97, "body": 0.93}
NO_REGION = frozenset({"district", "feature"})
SURE = 0.85
ACCEPTED = 0.55


@dataclass(frozen=True, slots=True)
class Candidate:
    """One name that may be a region.

    Attributes:
        start, end: word indices into the view, half-open.
        name: the gazetteer's entry.
        codes: regions it may mean here, most likely first.
        cue: what stands before it.
        weight: 0 to 1, how likely it names a region at all.
        weak: it is part of another kind of name, and counts only where the region is named elsewhere.
        dateline: it stands in the dateline.
        given: the words beside it decide the code: a level word, an office, a province, a district.
        both: it means all its codes at once ("Kota dan Kabupaten Bogor").
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

    @property
    def cued(self) -> bool:
        """Whether a level word, an office or a body stands before the name."""
        return self.cue is not None and self.cue.effect in CUED

    @property
    def twins(self) -> tuple[str, ...]:
        """Codes of districts of the same name in other provinces."""
        own = {code[:2] for code in self.name.codes}
        return tuple(
            code for code in districts().get(self.name.form.lower().replace(" ", ""), ()) if code[:2] not in own
        )
