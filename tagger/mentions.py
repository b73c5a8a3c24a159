"""What the pipeline's components hand to each other: findings over one spaCy Doc, before they become a document.

The Doc's text is the title, a blank line, then the article's text (no title: the text alone). All offsets here are
code points in `doc.text`, half-open. Each component reads what earlier ones left in `doc._` and sets its own:

    doc._.title_length    int, code points of the title (0: none)
    doc._.article         the Article
    doc.spans["ner"]      spans labelled PER, ORG, LOC by the model; empty with rules only
    doc._.regions         tuple[RegionFound, ...]
    doc._.countries       tuple[CountryFound, ...]
    doc._.organizations   tuple[OrganizationFound, ...]
    doc._.events          tuple[EventFound, ...]
    doc._.officials       tuple[OfficialFound, ...]
    doc._.quotes          tuple[QuoteFound, ...]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tagger.document import CityRole, Level, Status


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """One mention: code points in `doc.text`, half-open, and why it was taken."""

    start: int
    end: int
    cue: str = ""
    by: Literal["rule", "model"] = "rule"


@dataclass(frozen=True, slots=True)
class RegionFound:
    """One mention of a region.

    Attributes:
        code: Kemendagri code of the region it is linked to, or None.
        level: its level.
        role: what it does in the article.
        alternatives: codes of other regions that the words could mean.
        score: calibrated, 0 to 1.
    """

    where: Where
    code: str | None
    level: Level
    role: CityRole
    alternatives: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class CountryFound:
    """One mention of a country."""

    where: Where
    alpha2: str
    via: Literal["name", "alias", "demonym"]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class OrganizationFound:
    """One body with all its mentions."""

    name: str
    acronym: str | None
    kind: str | None
    jurisdiction: str | None
    mentions: tuple[Where, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class EventFound:
    """One event, summit or programme with all its mentions."""

    name: str
    mentions: tuple[Where, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class OfficialFound:
    """One official with all mentions of the person."""

    name: str
    office: str
    office_class: str | None
    jurisdiction: str | None
    organization: str | None
    status: Status
    mentions: tuple[Where, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class QuoteFound:
    """One quotation.

    Attributes:
        where: the words said, without the quotation marks.
        speaker: the name as it stands in the text, or None.
        official: index into `doc._.officials`, or None.
    """

    where: Where
    speaker: str | None
    official: int | None
    verb: str | None
    direct: bool
