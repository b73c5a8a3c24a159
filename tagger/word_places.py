"""Regions and countries as the rules for bodies and offices need them: by the word they start at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tagger.gazetteer.tables import read_table, read_words
from tagger.heads import common_words, name_ends
from tagger.phrases import Phrases
from tagger.words import COMMA, DASH, DOT, SLASH, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagger.mentions import CountryFound, RegionFound
    from tagger.words import Words

LEVELS = frozenset({"kabupaten", "kab", "kota", "provinsi", "propinsi", "prov", "daerah"})
_OFFICE_OF_LOCAL = frozenset({"kepala", "sekretaris", "perangkat", "peratin", "kades", "sekdes", "lurah", "kakam"})
LOCAL = frozenset(
    {"kecamatan", "kelurahan", "desa", "pekon", "kampung", "tiyuh", "nagari", "gampong", "distrik", "dusun"}
)
FEATURES = frozenset({"kuala", "muara", "tanjung", "teluk", "sungai", "pulau", "gunung", "bukit", "pangkalan"})
DIRECTIONS = frozenset(
    {
        "utara", "selatan", "barat", "timur", "tengah", "pusat", "kota", "baru", "raya", "udik", "ilir", "ulu", "hilir",
        "hulu", "besar",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A place in words `first` up to `last`.

    Attributes:
        first, last: word indices, half-open.
        code: Kemendagri code of a region, or None.
        country: ISO 3166-1 alpha-2 of a country, or None.
    """

    first: int
    last: int
    code: str | None = None
    country: str | None = None


def _local_runs(words: Words) -> frozenset[tuple[str, ...]]:
    """The villages and districts that a text names with their level ("Desa Tulung Pasik"), folded; those of an office
    only before what they belong to ("Kepala Desa Tulung Pasik, Kecamatan ..."), where nobody's name can stand.
    """
    runs = set()
    for index, folded in enumerate(words.folded):
        if folded in LOCAL:
            last = index + 1
            while (
                last < len(words)
                and last - index < 4
                and words.joints[last] == SPACE
                and words.forms[last][0].isupper()
            ):
                last += 1
            of_office = index > 0 and words.folded[index - 1] in _OFFICE_OF_LOCAL
            placed = words.joint(last) == COMMA and last < len(words) and words.folded[last] in LOCAL | LEVELS
            if placed or not of_office:
                runs.add(words.folded[index + 1 : last])
    return frozenset(runs - {()})


@cache
def _districts() -> Phrases[str]:
    phrases: Phrases[str] = Phrases()
    for row in read_table("districts.tsv"):
        phrases.add(row["name"], row["code"])
    return phrases


@cache
def _monarchies() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes."""
    return read_words("monarchies.txt")


class WordPlaces:
    """Regions and countries of one text; where several start at a word, the longest.

    Args:
        words: the text.
        regions: its regions.
        countries: its countries.
        persons: where the model sees persons, (start, end) in code points.
        bodies: the same for bodies.
    """

    def __init__(
        self,
        words: Words,
        regions: Iterable[RegionFound] = (),
        countries: Iterable[CountryFound] = (),
        persons: Iterable[tuple[int, int]] = (),
        bodies: Iterable[tuple[int, int]] = (),
    ) -> None:
        self._words = words
        self._regions: dict[int, Place] = {}
        self._countries: dict[int, Place] = {}
        for region in regions:
            place = self._place(region.where.start, region.where.end, code=region.code)
            self._keep(self._regions, place)
            if (
                place and place.last - place.first > 1 and words.folded[place.first] in LEVELS
            ):  # "Pemerintah Kota" + "Jambi"
                self._keep(self._regions, Place(place.first + 1, place.last, place.code))
        for country in countries:
            self._keep(self._countries, self._place(country.where.start, country.where.end, country=country.alpha2))
        self._persons = dict(span for start, end in persons if (span := words.span(start, end)))
        self._person_starts = {last: first for first, last in self._persons.items()}
        self._bodies = dict(span for start, end in bodies if (span := words.span(start, end)))
        self._body_starts = {last: first for first, last in self._bodies.items()}
        self._locals = _local_runs(words)
        self._inner = {at for place in self._countries.values() for at in range(place.first + 1, place.last)}

    def _place(self, start: int, end: int, code: str | None = None, country: str | None = None) -> Place | None:
        span = self._words.span(start, end)
        return Place(*span, code, country) if span else None

    @staticmethod
    def _keep(table: dict[int, Place], place: Place | None) -> None:
        if place and (place.first not in table or table[place.first].last < place.last):
            table[place.first] = place

    def region(self, index: int) -> Place | None:
        """The region that starts at a word, its level word before it or not."""
        found = self._regions.get(index)
        if found or index >= len(self._words) or self._words.folded[index] not in LEVELS:
            return found
        inner = self._regions.get(index + 1)
        if inner and self._words.joint(index + 1) in (SPACE, DOT):
            return Place(index, inner.last, inner.code)
        return None

    def country(self, index: int) -> Place | None:
        """The country that starts at a word."""
        return self._countries.get(index)

    def monarchy(self) -> bool:
        """Whether the text names a country that a monarch heads."""
        return any(place.country in _monarchies() for place in self._countries.values())

    def person(self, index: int) -> bool:
        """Whether the model sees a person's name start at a word, which ends a body's."""
        return index in self._persons and not self.starts(index)

    def person_end(self, index: int) -> int:
        """Where a person's name ends that the model sees start at a word; `index` itself where it sees none."""
        return self._persons.get(index, index)

    def ends_person(self, first: int, last: int) -> bool:
        """Whether words are the last of a person's name that begins before them, as the model sees it."""
        return self._person_starts.get(last, first) < first

    def body_end(self, index: int) -> int:
        """Where a body ends that the model sees start at a word; `index` itself where it sees none."""
        return self._bodies.get(index, index)

    def body_start(self, last: int) -> int | None:
        """Where a body starts that the model sees end before word `last`; None where it sees none."""
        return self._body_starts.get(last)

    def inside(self, index: int) -> bool:
        """Whether a word is a country's name but for its first word ("Serikat" of "Amerika Serikat")."""
        return index in self._inner

    def starts(self, index: int) -> bool:
        """Whether a region or a country starts at a word."""
        return index in self._regions or index in self._countries

    def tail(self, index: int) -> Place | None:
        """The region that follows a body's name or an office directly, others joined to it by a stroke with it."""
        place = self.region(index)
        while place and self._words.joint(place.last) in (SLASH, DASH) and (more := self.region(place.last)):
            place = Place(place.first, more.last, place.code)
        if (
            place
            and self._words.joint(place.last) == SPACE
            and self._words.forms[place.last : place.last + 1] == ("Kota",)
        ):
            return Place(place.first, place.last + 1, place.code)  # "Polresta Bogor Kota"
        return place

    def local(self, index: int) -> int:
        """Where the name of a district or village that starts at a word ends; `index` itself where none does.

        A known region is taken whole; else one capitalised word, and a direction after it ("Metro Selatan").
        """
        words, start = self._words, index
        if index < len(words) and words.folded[index] in LOCAL and words.joint(index + 1) == SPACE:
            index += 1
        if (last := self.named_local(index)) > index:
            return last
        place = self.region(index)
        if place and not self._of_two(index, place.last):
            return place.last
        if (
            index >= len(words)
            or not words.forms[index][0].isupper()
            or (words.forms[index].isupper() and len(words.forms[index]) < 4)
        ):
            return start
        last = index + 1
        on = words.joint(last) == SPACE and last < len(words) and words.forms[last][0].isupper()
        return last + 1 if on and (words.folded[last] in DIRECTIONS or self._of_two(index, last)) else last

    def _of_two(self, index: int, last: int) -> bool:
        """Whether a word only begins a place's name: "PN Kuala Kapuas"."""
        words = self._words
        if last != index + 1 or words.folded[index] not in FEATURES or words.joint(last) != SPACE:
            return False
        on = last < len(words) and words.forms[last].istitle() and not self.person(last)
        return on and words.folded[last] not in name_ends() | common_words()

    def named_local(self, index: int) -> int:
        """Where a village or district ends that starts at a word and that the text names elsewhere with its level;
        else `index`.
        """
        folded = self._words.folded
        longest = min(index + 3, len(folded))
        return next((last for last in range(longest, index, -1) if folded[index:last] in self._locals), index)

    def district(self, index: int) -> int:
        """Where the name of a known district that starts at a word ends, the word kecamatan before it or not; else
        `index`.
        """
        start = index
        if index < len(self._words) and self._words.folded[index] in LOCAL and self._words.joint(index + 1) == SPACE:
            index += 1
        match = _districts().match(self._words, index) if index < len(self._words) else None
        if match is None:
            return start
        return match[0] + 1 if self._of_two(index, match[0]) else match[0]
