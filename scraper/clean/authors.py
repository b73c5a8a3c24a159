"""Finds the persons behind an article: bylines, credit lines, their roles.

Initials, accounts ("Admin"), desks ("Redaksi") and companies are no persons.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from scraper.article import Author, Role
from scraper.clean.dates import parse_moment
from scraper.clean.vicinity import Line

_MAX_LINE = 160
_MAX_NAME = 50
_HELPERS: tuple[Role, ...] = ("editor", "photographer")
_BYLINE = re.compile(
    r"author|byline|penulis|reporter|writer|jurnalis|journalis|namerep|wartawan|pewarta|kontributor|vcard|redaktur"
    r"|credit-title|editor(?!-?content|ial)"
)
_PICTURE = re.compile(r"photo|foto(?!grafer)|image|img|gambar|caption|figure|avatar")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.`´-])*")
_CUT = re.compile(
    r"\s*(?:[|•·—]|\s[-–]\s|\s-|-\s|\(|\[|@|\bpada\b|\bon\b|\bupdate\b|\bdibaca\b|\bcopyright\b|©).*$", re.IGNORECASE
)
_PARTS = re.compile(r"\s*[,;&/+]\s*|\s+(?:dan|and|bersama)\s+", re.IGNORECASE)
_SHOUTED = re.compile(r"[A-Z][A-Z'.`-]*(?: [A-Z][A-Z'.`-]*){0,4}(?:\s*[,|&]\s*[A-Z][A-Z'.` -]*){0,3}")
_WEEKDAY = re.compile(r"(?i)\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\b[\s,|/]*")
_HOST = re.compile(r"\.(?:com|id|co|net|org)\b")
_BARE_LABEL = re.compile(r"(Reporter|Editor|Penulis|Redaktur|Pewarta|Fotografer|Jurnalis|Writer)\s+(?=[A-Z])")
_BY = re.compile(r"\b(?:oleh|by)\s+(?=[A-Z])")
_PLACED = re.compile(r"laporan|kontributor|wartawan|jurnalis|koresponden|reporter")
_BARRED = re.compile(r"\s*[|•·/–—-]\s*(?=[A-Z])")
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
    """Persons without a label, in an element whose class says byline."""
    for line in lines:
        text = line.text
        byline = _BYLINE.search(line.mark) and not _PICTURE.search(line.mark)
        if byline and len(text) <= _MAX_LINE and not _split(text) and not _label_alone(text):
            name, role = _signature(text)
            yield from (Author(name=person, role=role or "author") for person in names_in(name, publisher))


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

    "Siti Aminah | Senin, 2 Maret 2026 - 10:00 WIB"
    """
    texts = [text for line in lines if re.search(r"\w", text := " ".join(line.text.split()))]
    for above, text, below in zip(["", *texts], texts, [*texts[1:], ""], strict=False):
        moment = parse_moment(text) if len(text) <= _MAX_LINE else None
        if moment is None:
            continue
        front, back = _without_date(text[: moment.span[0]]), text[moment.span[1] :]
        above = above if len(above) <= _MAX_NAME else ""
        places = (front or above, back if _BARRED.match(back) else "", "" if back else below)
        for place in places:
            names = [name for name in _full_names(place, publisher) if name.lower() not in sections]
            if names and (place is not below or len(names[0]) == len(place)):
                yield from (Author(name=name) for name in names)
                break


def _full_names(text: str, publisher: frozenset[str]) -> list[str]:
    """Names of more than one word in a text without a label."""
    if not text or _split(text):
        return []
    return [name for name in names_in(text, publisher) if len(name.split()) > 1 and not _is_section(name)]


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


def names_in(text: str, publisher: frozenset[str]) -> list[str]:
    """The persons named in a byline's value, without degrees, roles, places and initials.

    >>> names_in("Kontributor Lhokseumawe, Siti Aminah dan Budi Karya, S.Pd", frozenset())
    ['Siti Aminah', 'Budi Karya']
    """
    text = _CUT.sub("", _without_date(text).strip(" :-–|.,"))
    names = [" ".join(part.strip(" .:*-–\"'").split()) for part in _PARTS.split(text) if part]
    return [name for name in dict.fromkeys(names) if is_person(name, publisher)]


def is_person(name: str, publisher: frozenset[str] = frozenset()) -> bool:
    """Whether a byline's value can be a person's name.

    >>> [is_person(name) for name in ("Siti Aminah", "Monalisa", "Redaksi", "vyp", "contoh.com")]
    [True, True, False, False, False]
    """
    tokens = name.split()
    lower = [token.lower().strip(".") for token in tokens]
    if not 1 <= len(tokens) <= 6 or not 3 <= len(name) <= 50 or not all(map(_WORD.fullmatch, tokens)):
        return False
    if any(token in _words("not_person") or _HOST.search(token) for token in lower):
        return False
    if _is_publisher(squash(name), publisher) or squash(name) in _words("degrees"):
        return False
    return _is_single_name(name) if len(tokens) == 1 else any(len(token) > 2 for token in lower) and _cased(tokens)


def _is_single_name(name: str) -> bool:
    """One word is a name if it is no initials and no account: "Monalisa", not "vyp", "ANT", "FotoContoh"."""
    shortest = 6 if name.islower() else 5 if name.isupper() else 3
    return len(name) >= shortest and not re.search(r"[a-z][A-Z]", name)


def _cased(tokens: Sequence[str]) -> bool:
    """Names begin and end with a capital ("Nur binti Abdullah"), unless a careless CMS has none at all."""
    if tokens[0][0].islower():
        return len(tokens) <= 3 and all(token.islower() for token in tokens) and sum(map(len, tokens)) > 7
    return not tokens[-1][0].islower()


def squash(name: str) -> str:
    """Letters and digits only, in lower case: the form in which publishers' names are compared."""
    return re.sub(r"[\W_]+", "", name.lower())


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


@lru_cache(maxsize=1)
def _credits() -> dict[str, Any]:
    return tomllib.loads(files("scraper.clean").joinpath("credits.toml").read_text("utf-8"))


@lru_cache(maxsize=8)
def _words(table: str) -> frozenset[str]:
    return frozenset(_credits()[table]["words"])


@lru_cache(maxsize=4)
def _roles(table: str) -> dict[str, Role | None]:
    return {word: cast(Role, role) for role, words in _credits()[table].items() for word in words}


@lru_cache(maxsize=1)
def _label_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    roles, ends = sorted(_roles("labels"), key=len, reverse=True), sorted(_words("ends"), key=len, reverse=True)
    names = "|".join(map(re.escape, [*roles, *ends]))
    opening = "|".join(map(re.escape, roles))
    return (
        re.compile(rf"(?<!\w)({names})\s*[:：]\s*", re.IGNORECASE),
        re.compile(rf"^\W{{0,4}}({opening})\s*[,|]?\s+(?=\w)", re.IGNORECASE),
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
    if start is None and (by := _BY.search(text)) and parse_moment(text) is not None:
        text = _without_date(text[by.start() :])
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
    return _roles("labels").get(text.strip(" :：").lower()) if len(text) < 30 else None


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
    bare = frozenset(i for i, line in enumerate(lines) if _label_alone(line.text) and ":" not in line.text)
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
    return 0 < len(text) <= _MAX_NAME and not _split(text) and bool(names_in(text, publisher))


def _role_follows(line: Line, previous: Line) -> bool:
    """Whether the role word stands after the name it belongs to: credit lists print a person, then the role."""
    return re.search(r"role|position|jabatan", line.mark) is not None and "name" in previous.mark


def _signature(text: str) -> tuple[str, Role | None]:
    """A line without its date, parted into what stands before a closing role word, and that role."""
    text = _without_date(text)
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
    return re.compile(rf"(?:[\s,\-–·|]+(?=(?i:{words})\W*$)|(?<=[a-z])(?=(?:{glued})\W*$))((?i:{words}))\W*$")


def _without_date(text: str) -> str:
    """The text with its date, weekday and clock cut out."""
    moment = parse_moment(text)
    if moment is not None:
        folded = " ".join(text.split())
        text = f"{folded[: moment.span[0]]} | {folded[moment.span[1] :]}"
    return _WEEKDAY.sub(" | ", text).strip(" |,-–·")


def _whole_name(name: str) -> bool:
    return " " in name


def _is_section(name: str) -> bool:
    return any(token in _words("section") for token in name.lower().split())


def _is_publisher(squashed: str, publisher: frozenset[str]) -> bool:
    return any(squashed == known or (len(known) > 5 and known in squashed) for known in publisher)
