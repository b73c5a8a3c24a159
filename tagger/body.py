"""One mention of a body, as the rules and the model find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Body:
    """One mention of a body, in words `first` up to `last`.

    Attributes:
        core: word after the end of the name, before acronym and region.
        key: what the mention stands for without its region.
        code: Kemendagri code of the region in its name.
        place: folded name of what else parts it from its like: a place that is no region, a country.
        acronym: index of the word in parentheses after it that abbreviates it, or None.
        known_as: full name of a known body.
        bare: it has no name of its own ("Pemkab"), and counts only where the article names the body elsewhere.
        by: rule or model.
    """

    first: int
    last: int
    core: int
    key: str
    kind: str
    code: str | None = None
    place: str | None = None
    acronym: int | None = None
    known_as: str | None = None
    bare: bool = False
    by: Literal["rule", "model"] = "rule"
    cue: str = ""
