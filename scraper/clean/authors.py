"""Finds the persons behind an article: bylines, credit lines, their roles.

Initials, accounts ("Admin"), desks ("Redaksi") and companies are no persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from scraper.article import Author, Role
from scraper.clean.dates import parse_moment
from scraper.clean.persons import (
    credit_words,
    is_publisher,
    is_section,
    names_in,
    squash,
    without_count,
    without_date,
    words_of,
)
from scraper.clean.vicinity import Line

_MAX_LINE = 160
_MAX_NAME = 50
_MAX_WORDS = 6
_MAX_LABEL = 30
_SHORT_LABEL = 3
_FEW_WORDS = 3
_HELPERS: tuple[Role, ...] = ("editor", "photographer")
_BYLINE = re.compile(
    r"author|byline|penulis|reporter|writer|jurnalis|journalis|namerep|wartawan|pewarta|kontributor|vcard|redaktur"
    r"|(?:created|posted)-?by|credit-title|editor(?!-?content|ial)"
)
_PICTURE = re.compile(r"photo|foto(?!grafer)|image|img|gambar|caption|figure|avatar")
_SHOUTED = re.compile(r"[A-Z][A-Z'.`-]*(?: [A-Z][A-Z'.`-]*){0,4}(?:\s*[,|&]\s*[A-Z][A-Z'.` -]*){0,3}")
_BARE_LABEL = re.compile(r"(Reporter|Editor|Penulis|Redaktur|Pewarta|Fotografer|Jurnalis|Writer)\s+(?=[A-Z])")
_BY = re.compile(r"\b(?i:oleh|by)\s*:?\s+(?=[A-Z])")
_PLACED = re.compile(r"laporan|kontributor|wartawan|jurnalis|koresponden|reporter")
_OUTLET = re.compile(r"publisher(?!-?name)")
_EDGES = " |•·/–—-"
_AGE = re.compile(r"\b\d{1,2} (?:detik|menit|jam|hari|minggu|bulan) (?:yang )?lalu\b", re.IGNORECASE)
_LETTERHEAD = re.compile(r"(?!.*(?i:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|day)\b)[^,|/:]+,\s*")
_DATED = re.compile(
    r"(?:published|posted|diposting|dipublikasikan|diterbitkan|terbit|tayang|tanggal|updated?|diperbarui)"
    r"(?: on| pada)?\W*$",
    re.IGNORECASE,
)
_ALSO = re.compile(r"(?:[,&]|dan\b|and\b)\s*", re.IGNORECASE)
_BARRED = re.compile(r"\s*[|•·/–—-]\s*(?=[A-Z])")
_BARS = re.compile(r"\s+[|•·/–—-]\s+")
_BEHIND = re.compile(r"[^,:]{2,40}[,:]\s*(?=\w)")
_BRACKETED = re.compile(r"^[(\[]\s*([^()\[\]]{5,40}?)\s*[)\]]$")


@dataclass(frozen=True, slots=True)
class Byline:
    """The persons told by one kind of place, and how far it is to be trusted.

    Attributes:
        authors: persons with roles, in order, each once a role.
    """

    authors: tuple[Author, ...] = ()

    @property
    def has_writer(self) -> bool:
        """Whether someone other than an editor or photographer is named."""
        return any(author.role not in _HELPERS for author in self.authors)

    @property
    def names(self) -> frozenset[str]:
        """The names in lower case."""
        return frozenset(author.name.lower() for author in self.authors)


def labelled(lines: Sequence[Line], publisher: frozenset[str]) -> Iterator[Author]:
    """Persons behind a label: "Penulis: X | Editor: Y", "Laporan Wartawan Z", a label on a line of its own.

    Args:
        lines: visible lines in document order.
        publisher: squashed names of the publisher (see `squash`), which are no persons.
    """
    pending: Role | None = None
    previous: Line | None = None
    behind = _roles_behind(lines, publisher)
    for index, line in enumerate(lines):
        text = line.text.strip()
        if len(text) > _MAX_LINE:
            pending, previous = None, None
            continue
        if pending is not None and (text.startswith(":") or not _label_alone(text)):
            if text in (":", ""):
                continue
            if text.startswith(":") or not _split(text):
                yield from (Author(name=name, role=pending) for name in names_in(text.lstrip(": "), publisher))
                pending, previous = None, None
                continue
            pending = None
        role = _label_alone(text)
        if role is not None and previous is not None and (index in behind or _role_follows(line, previous)):
            yield from (Author(name=name, role=role) for name in names_in(previous.text, publisher))
        elif role is not None:
            pending = role
        else:
            yield from _from_line(text, publisher)
        previous = line


def marked(lines: Iterable[Line], publisher: frozenset[str]) -> Iterator[Author]:
    """Persons without a label, in an element whose class says byline, and those that an "and" joins to them."""
    byline = False
    for line in lines:
        text = line.text
        named = _BYLINE.search(line.mark) is not None and _PICTURE.search(line.mark) is None
        also = _ALSO.match(text) if byline and not named else None
        byline, text = named or also is not None, text[also.end() :] if also else text
        if byline and len(text) <= _MAX_LINE and not (_split(text) or _label_alone(text) or _is_sentence(text)):
            name, role = _signature(text)
            yield from (Author(name=person, role=role or "author") for person in names_in(name, publisher))


def affiliated(lines: Iterable[Line], publisher: frozenset[str]) -> Iterator[Author]:
    """Persons before the publisher's name, of one word too: "Monalisa - Kabar Contoh"."""
    for line in lines:
        name, *rest = _BARS.split(line.text) if len(line.text) <= 2 * _MAX_NAME else [""]
        if len(rest) == 1 and is_publisher(squash(rest[0]), publisher) and not is_section(name) and not _split(name):
            yield from (Author(name=person) for person in names_in(name, publisher))


def _is_sentence(text: str) -> bool:
    """Whether a line tells something about a person: "Guru yang gemar menulis dan berkebun."."""
    return text.endswith(".") and sum(word.islower() for word in text.split()) > _FEW_WORDS


def signed(lines: Iterable[Line], publisher: frozenset[str]) -> Iterator[Author]:
    """Persons before a role word: "Siti Aminah, Jurnalis", "Siti AminahEditor"."""
    for line in lines:
        if len(line.text) > _MAX_LINE or not _role_hint().search(line.text.lower()):
            continue
        name, role = _signature(line.text)
        # "..., kata dia kepada wartawan." ends many a report.
        if role is not None and not name.rpartition(" ")[2][:1].islower():
            yield from (Author(name=person, role=role) for person in names_in(name, publisher))


def beside_date(lines: Iterable[Line], publisher: frozenset[str], sections: frozenset[str]) -> Iterator[Author]:
    """A full name printed beside the date: before or behind it on its own line, on the line above or, alone, below.

    What a comma alone parts from the day is a place, as in a letter: "Muara Bulian, 2 Maret 2026".

    "Siti Aminah | Senin, 2 Maret 2026 - 10:00 WIB"
    """
    own = (line for line in lines if not _OUTLET.search(line.mark))
    texts = [text for line in own if re.search(r"\w", text := " ".join(line.text.split()))]
    for above, text, below in zip(["", *texts], texts, [*texts[1:], ""], strict=False):
        span = _date_span(text) if len(text) <= _MAX_LINE else None
        if span is None:
            continue
        front = "" if _LETTERHEAD.fullmatch(text[: span[0]]) else _DATED.sub("", without_date(text[: span[0]]))
        back = without_count(text[span[1] :])
        above = above if len(above) <= _MAX_NAME else ""
        below = below.strip(_EDGES) if not back and _stands_alone(below.strip(_EDGES), publisher) else ""
        for place in (front or above, back if _BARRED.match(back) else "", below):
            names = [name for name in _full_names(place, publisher) if name.lower() not in sections]
            if names:
                yield from (Author(name=name) for name in names)
                break


def _date_span(text: str) -> tuple[int, int] | None:
    """Where a date or an age ("2 jam lalu") stands in a line."""
    moment = parse_moment(text)
    age = _AGE.search(text) if moment is None else None
    return moment.span if moment is not None else age.span() if age is not None else None


def _stands_alone(text: str, publisher: frozenset[str]) -> bool:
    """Whether a line is one name, with nothing beside it but the publisher's, or several joined by commas or "dan"."""
    names = _full_names(text, publisher)
    if len(names) > 1:
        return not _ALSO.sub("", "".join(re.split("|".join(map(re.escape, names)), text))).strip()
    name = next(iter(names), "")
    rest = text.removeprefix(name).strip(_EDGES + ",(")
    own = is_publisher(squash(rest), publisher) or not words_of("outlets").isdisjoint(re.split(r"\W+", rest.lower()))
    return bool(name) and text.startswith(name) and (not rest or own or _role_head().match(rest) is not None)


def _full_names(text: str, publisher: frozenset[str]) -> list[str]:
    """Names of more than one word in a text without a label, or before a bar and the first one."""
    if _split(text):
        first = _label_patterns()[0].search(text)
        text = text[: first.start()].rstrip() if first else ""
        text = text.rstrip(_EDGES) if text.endswith(("|", "•", "·", "/")) else ""
    if not text:
        return []
    names = (name for name in names_in(text, publisher) if " " in name and not name.islower())
    return [name for name in names if not is_section(name)]


def vouched(told: Sequence[Author], lines: Iterable[Line], publisher: frozenset[str]) -> Iterator[Author]:
    """Who shares a line with a writer that the head tells: "Siti Aminah, Budi Karya"."""
    names = frozenset(author.name for author in told)
    for line in lines:
        if names and len(line.text) <= 2 * _MAX_NAME and any(name in line.text for name in names):
            persons = names_in(line.text, publisher)
            if not names.isdisjoint(persons):
                yield from (Author(name=name) for name in persons)


def closing(lines: Iterable[str], publisher: frozenset[str]) -> Iterator[Author]:
    """A writer's name as the closing line, in capitals or in brackets; a single word there may be anything."""
    for line in lines:
        text = line.strip(" *")
        bracketed = _BRACKETED.match(text)
        if bracketed and "/" not in text:
            yield from (
                Author(name=name)
                for name in names_in(bracketed[1], publisher)
                if _whole_name(name) and name != name.upper()
            )
        elif _SHOUTED.fullmatch(text) and 5 <= len(text) <= 60:
            yield from (Author(name=name) for name in names_in(text.replace("|", ","), publisher) if " " in name)


def merge(*groups: Iterable[Author]) -> tuple[Author, ...]:
    """Each person once as a writer, by the first role told, and once a helping role; writers first.

    An editor beside other writers is not also a mere author.

    >>> merge([Author(name="Ani"), Author(name="Budi")], [Author(name="Budi", role="editor")])
    (Author(name='Ani', role='author'), Author(name='Budi', role='editor'))
    """
    people = [author for group in groups for author in group]
    writers = {author.name.lower() for author in people if author.role not in _HELPERS}
    helpers = {author.name.lower() for author in people if author.role in _HELPERS}
    finer = {author.name.lower() for author in people if author.role not in ("author", *_HELPERS)}
    kept: dict[tuple[str, bool | Role], Author] = {}
    for author in people:
        name = author.name.lower()
        mere = author.role == "author" and (name in finer or (name in helpers and bool(writers - helpers)))
        if not mere:
            kept.setdefault((name, author.role if author.role in _HELPERS else True), author)
    return tuple(sorted(kept.values(), key=lambda author: author.role in _HELPERS))


@lru_cache(maxsize=4)
def _roles(table: str) -> dict[str, Role | None]:
    return {word: cast(Role, role) for role, words in credit_words()[table].items() for word in words}


@lru_cache(maxsize=1)
def _label_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    roles, ends = sorted(_roles("labels"), key=len, reverse=True), sorted(words_of("ends"), key=len, reverse=True)
    names = "|".join(map(re.escape, [*roles, *ends]))
    # A word as short as "red" begins many a line; it is a label with a colon only.
    opening = "|".join(re.escape(role) for role in roles if len(role) > _SHORT_LABEL or role == "by")
    return (
        re.compile(rf"(?:(?<!\w)|(?-i:(?<=[a-z])(?=[A-Z])))({names})\s*[:：]\s*", re.IGNORECASE),
        re.compile(rf"^\W{{0,4}}(?:(?:artikel|berita|tulisan) ini )?({opening})\s*[,|]?\s+(?=\w)", re.IGNORECASE),
    )


@lru_cache(maxsize=256)
def _split(text: str) -> tuple[tuple[Role | None, str], ...]:
    """(role, value) for every label of a line; an end label has no role. Several readers ask for the same line."""
    colon, _ = _label_patterns()
    if len(_BARE_LABEL.findall(text)) > 1:
        text = _BARE_LABEL.sub(r"\1: ", text)
    found = list(colon.finditer(text)) if ":" in text or "：" in text else []
    if not found:
        return tuple(_opening(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    values = (text[match.end() : end] for match, end in zip(found, ends, strict=True))
    roles = (_roles("labels").get(match[1].lower()) for match in found)
    return (*_opening(text[: found[0].start()]), *zip(roles, values, strict=True))


def _opening(text: str) -> list[tuple[Role | None, str]]:
    """A label without a colon, at the start of a line or behind its date; what follows must have a capital."""
    opening = _label_patterns()[1]
    start = opening.match(text)
    if start is None and (by := _BY.search(text)) and _date_span(text) is not None:
        text = without_date(text[by.start() :])
        start = opening.match(text)
    if start is None:
        return []
    label, value = start[1].lower(), text[start.end() :]
    # "Laporan Wartawan Tribun Contoh, X", "Kontributor Lhoksukon: X": the paper or the place comes first.
    behind = _BEHIND.match(value) if _PLACED.match(label) else None
    value = value[behind.end() :] if behind else value
    return [(_roles("labels")[label], value)] if value[0].isupper() else []


def _from_line(text: str, publisher: frozenset[str]) -> Iterator[Author]:
    for role, value in _split(text):
        if role is not None:
            yield from (Author(name=name, role=role) for name in names_in(value, publisher))


def _label_alone(text: str) -> Role | None:
    """The role if the line is nothing but a label."""
    return _roles("labels").get(text.strip(" :：").lower()) if len(text) < _MAX_LABEL else None


def bare_credits(texts: Sequence[str]) -> frozenset[int]:
    """Which texts are nothing but a label, or nothing but the names beside it: "Reporter", "Siti Aminah".

    >>> sorted(bare_credits(["Pasar ramai sejak pagi.", "Siti Aminah", "Penulis"]))
    [1, 2]
    """
    bare = [index for index, text in enumerate(texts) if _label_alone(text)]
    if not bare:
        return frozenset()
    lines = [Line(text) for text in texts]
    behind = _roles_behind(lines, frozenset())
    pairs = ((index, index - 1 if index in behind else index + 1) for index in bare)
    return frozenset(place for pair in pairs if _is_name_line(lines, pair[1], frozenset()) for place in pair)


def _roles_behind(lines: Sequence[Line], publisher: frozenset[str]) -> frozenset[int]:
    """Which role words belong to the name above them: those of a run that begins with a name and ends with a role.

    "Siti Aminah", "Penulis", "Budi Karya", "Editor"
    """
    behind: set[int] = set()
    bare = frozenset(
        index
        for index, line in enumerate(lines)
        if len(line.text) < _MAX_LABEL
        and _label_alone(line.text)
        and ":" not in line.text + "".join(after.text[:1] for after in lines[index + 1 : index + 2])
    )
    for index in sorted(bare):
        if index in behind or not _is_name_line(lines, index - 1, publisher):
            continue
        end = index + 1
        while end + 1 in bare and _is_name_line(lines, end, publisher):
            end += 2
        if not _is_name_line(lines, end, publisher):
            behind.update(range(index, end, 2))
    return frozenset(behind)


def _is_name_line(lines: Sequence[Line], index: int, publisher: frozenset[str]) -> bool:
    """Whether a line is nothing but names, without a label."""
    text = lines[index].text if 0 <= index < len(lines) else ""
    short = 0 < len(text) <= _MAX_NAME and len(text.split()) <= _MAX_WORDS
    titled = text.partition(" ")[0].lower() in words_of("not_person")  # "Tagged as Muara Bulian, banjir"
    names = names_in(text, publisher) if short and not titled and not _split(text) else ()
    return any(" " in name or not name.islower() for name in names)


def _role_follows(line: Line, previous: Line) -> bool:
    """Whether the role word stands after the name it belongs to: credit lists print a person, then the role."""
    return re.search(r"role|position|jabatan", line.mark) is not None and "name" in previous.mark


def _signature(text: str) -> tuple[str, Role | None]:
    """A line without its date, parted into what stands before a closing role word, and that role."""
    text = without_date(text)
    match = _role_tail().search(text)
    if match is None or match.start() < 3:
        return text, None
    return text[: match.start()], _roles("after")[match[1].lower()]


@lru_cache(maxsize=1)
def _role_hint() -> re.Pattern[str]:
    return re.compile("|".join(_roles("after")))


@lru_cache(maxsize=1)
def _role_tail() -> re.Pattern[str]:
    words = "|".join(sorted(_roles("after"), key=len, reverse=True))
    glued = "|".join(word.capitalize() for word in _roles("after"))
    # "Siti Aminah, Jurnalis", "Siti Aminah - Kontributor Muara Bulian", "Siti AminahEditor".
    place = r"(?:(?<=[,\-–·|(] )|(?<=[(|,]))(?=(?i:{words})(?: [A-Z][\w.]+){{1,3}}\W*$)"
    return re.compile(
        rf"(?:[\s,\-–·|(]+(?=(?i:{words})\W*$)|{place.format(words=words)}|(?<=[a-z])(?=(?:{glued})\W*$))"
        rf"((?i:{words}))(?: [A-Z][\w.]+){{0,3}}\W*$"
    )


@lru_cache(maxsize=1)
def _role_head() -> re.Pattern[str]:
    """A role word at the beginning."""
    return re.compile(rf"(?:{'|'.join(_roles('after'))})\b", re.IGNORECASE)


def _whole_name(name: str) -> bool:
    return " " in name
