"""Bodies named in a text: found by rule and by model, their mentions joined to one entry each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from spacy.language import Language

import tagger.extensions  # noqa: F401  (registers the attributes)
from tagger.acronyms import Definition, abbreviates, definitions
from tagger.bodies import Body, find_bodies, fold, generics, heads, is_acronym
from tagger.events import find_events
from tagger.mentions import OrganizationFound, Where
from tagger.seen import seen_bodies
from tagger.phrases import Phrases
from tagger.word_places import WordPlaces
from tagger.words import CLOSE, OPEN, Words, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

_JOINED_BY_PREFIX = frozenset({"ministry", "agency", "local-agency"})
_NAMED_WITHOUT_HEAD = frozenset({"pt", "cv", "perumda", "perum", "partai"})
_TICKER = 4  # letters of a stock exchange's short name for a firm
_LONGEST_ACRONYM = 12
_FOREIGN_WORDS = frozenset(
    ["organization", "organisation", "association", "council", "committee", "institute", "foundation", "federation", "union", "network", "agency", "authority", "center", "centre", "watch", "society", "alliance", "commission", "corporation", "company", "bank", "university", "governments", "governance", "covenant", "initiative", "forum", "group"]
)


@dataclass(slots=True)
class _Entry:
    """One body while its mentions are gathered."""

    key: str
    kind: str
    code: str | None
    bodies: list[Body] = field(default_factory=list)

    def takes(self, body: Body) -> bool:
        return self.key == body.key and (self.code is None or body.code is None or self.code == body.code)

    def add(self, body: Body) -> None:
        self.bodies.append(body)
        self.code = self.code or body.code


@Language.component("kabar_organizations")
def tag_organizations(doc: Doc) -> Doc:
    """Sets `doc._.organizations` and `doc._.events`."""
    words = read_words(doc.text, heads().firsts())
    places = WordPlaces(words, doc._.regions, doc._.countries)
    doc._.events = find_events(words)
    doc._.organizations = find_organizations(
        words, places, doc._.title_length, _model_spans(doc, "ORG"), _model_spans(doc, "PER")
    )
    return doc


def _model_spans(doc: Doc, label: str) -> list[tuple[int, int]]:
    return [(span.start_char, span.end_char) for span in doc.spans.get("ner", ()) if span.label_ == label]


def find_organizations(
    words: Words,
    places: WordPlaces,
    title_length: int = 0,
    spans: Iterable[tuple[int, int]] = (),
    persons: Iterable[tuple[int, int]] = (),
) -> tuple[OrganizationFound, ...]:
    """The bodies of a text, in the order of their first mention.

    Args:
        words: the text.
        places: its regions and countries.
        title_length: code points of the title before the text.
        spans: where the model sees bodies, (start, end).
        persons: where it sees persons.
    """
    title_words = sum(start < title_length for start in words.starts) if title_length else 0
    bodies = find_bodies(words, places, title_words)
    bodies = _with_definitions(words, bodies)
    bodies += _later_mentions(words, bodies)
    seen = [_with_ticker(words, body) for body in seen_bodies(words, places, _covered(bodies), spans, persons)]
    bodies += [body for body in seen if not any(body.first == other.acronym for other in seen)]
    bodies += _later_mentions(words, [body for body in bodies if body.by == "model"], _covered(bodies))
    bodies.sort(key=lambda body: (body.first, body.last))
    entries = _gather(words, bodies)
    return tuple(_found(words, entry) for entry in entries)


def _with_definitions(words: Words, bodies: list[Body]) -> list[Body]:
    """Bodies, and those that only the text's own definition of an acronym shows to be one."""
    taken = _covered(bodies)
    added = []
    known = {body.first: body for body in bodies}
    for definition in definitions(words):
        named = known.get(definition.first)
        if named and named.core >= definition.last - 1:
            continue
        acronym = known.get(definition.acronym)
        if acronym and definition.first not in taken:
            added.append(_body(words, definition, acronym))
        elif definition.first not in taken and _reads_as_body(words, definition):
            added.append(_body(words, definition, None))
    return sorted(bodies + added, key=lambda body: body.first)


def _body(words: Words, definition: Definition, like: Body | None) -> Body:
    key = like.key if like else fold(words.slice(definition.first, definition.last))
    kind = like.kind if like else "association"
    return Body(definition.first, definition.last, definition.last, key, kind, acronym=definition.acronym, cue="definition")


def _reads_as_body(words: Words, definition: Definition) -> bool:
    return bool(_FOREIGN_WORDS.intersection(words.folded[definition.first : definition.last]))


def _covered(bodies: Iterable[Body]) -> set[int]:
    return {index for body in bodies for index in range(body.first, body.last)}


def _with_ticker(words: Words, body: Body) -> Body:
    """A model's body with the acronym or stock ticker in parentheses after it."""
    at = body.last
    closed = words.joint(at) == OPEN and words.joint(at + 1)[:1] == CLOSE
    if not closed or not is_acronym(words.forms[at]) or words.folded[at] in generics():
        return body
    form = words.forms[at]
    if abbreviates(form, words.forms[body.first : body.last]) or (form.isupper() and len(form) == _TICKER):
        return replace(body, acronym=at)
    return body


def _later_mentions(words: Words, bodies: list[Body], taken: set[int] | None = None) -> list[Body]:
    """Mentions by an acronym that the text defines, or by a firm's or party's name without its head word."""
    aliases: Phrases[Body] = Phrases()
    for body in bodies:
        if body.acronym is not None:
            aliases.add(words.forms[body.acronym], body)
        if body.key.split()[0] in _NAMED_WITHOUT_HEAD and body.core - body.first > 1:
            rest = words.slice(body.first + 1, body.core)
            if fold(rest) not in generics() and not (body.core - body.first == 2 and len(rest) < 3):
                aliases.add(rest, body)
    taken = _covered(bodies) if taken is None else taken
    firsts = aliases.firsts()
    found = []
    for index, folded in enumerate(words.folded):
        if folded not in firsts or (index in taken and not _is_inner_acronym(bodies, index)):
            continue
        match = aliases.match(words, index)
        if match and match[0] - 1 not in taken.difference((index,)):
            found.append(replace(match[1], first=index, last=match[0], core=match[0], acronym=None, code=None, cue="alias"))
    return found


def _is_inner_acronym(bodies: list[Body], index: int) -> bool:
    return any(body.acronym == index and body.last <= index for body in bodies)


def _gather(words: Words, bodies: list[Body]) -> list[_Entry]:
    entries: list[_Entry] = []
    for body in bodies:
        entry = _entry_of(words, body, entries)
        if entry is None:
            entry = _Entry(body.key, body.kind, body.code)
            entries.append(entry)
        entry.add(body)
    return [entry for entry in _joined(entries) if not all(body.bare for body in entry.bodies)]


def _entry_of(words: Words, body: Body, entries: list[_Entry]) -> _Entry | None:
    fits = [entry for entry in entries if entry.takes(body)]
    exact = [entry for entry in fits if entry.code == body.code]
    if exact or fits:
        return (exact or fits)[-1]
    if body.last - body.first == 1:  # "Kominfo" after "Dinas Kominfo"
        short = words.folded[body.first]
        return next((entry for entry in reversed(entries) if entry.key == f"dinas {short}"), None)
    return None


def _joined(entries: list[_Entry]) -> list[_Entry]:
    """Joins what differs only in length ("Dinas Sosial", "Dinas Sosial dan Transmigrasi") or in a region named once."""
    kept: list[_Entry] = []
    for entry in entries:
        home = next((other for other in kept if _same(other, entry)), None)
        if home is None:
            kept.append(entry)
            continue
        home.key = max(home.key, entry.key, key=len)
        for body in entry.bodies:
            home.add(body)
    return kept


def _same(left: _Entry, right: _Entry) -> bool:
    if left.code and right.code and left.code != right.code:
        return False
    if left.key == right.key:
        return True
    short, long = sorted((left.key, right.key), key=len)
    if long == f"pt {short}":
        return True
    return (
        left.kind in _JOINED_BY_PREFIX and right.kind in _JOINED_BY_PREFIX and " " in short and long.startswith(short + " dan ")
    )


def _found(words: Words, entry: _Entry) -> OrganizationFound:
    bodies = sorted(entry.bodies, key=lambda body: (body.first, body.last))
    names = [_name(words, body) for body in bodies]
    mentions: dict[int, Where] = {}
    for body in bodies:
        start, end = words.starts[body.first], words.ends[body.last - 1]
        mentions.setdefault(start, Where(start, end, body.cue, "model" if body.by == "model" else "rule"))
    return OrganizationFound(
        name=max(names, key=lambda name: (len(name.split()) > 1, len(name))),
        acronym=_acronym(words, bodies),
        kind=entry.kind or None,
        jurisdiction=entry.code,
        mentions=tuple(mentions.values()),
        score=1.0 if any(body.by == "rule" for body in bodies) else 0.7,
    )


def _name(words: Words, body: Body) -> str:
    """The mention without the acronym in parentheses inside it."""
    name = words.slice(body.first, body.last)
    if body.acronym is not None and body.first < body.acronym < body.last - 1:
        name = f"{words.slice(body.first, body.core)} {words.slice(body.acronym + 1, body.last)}"
    return " ".join(name.split())


def _acronym(words: Words, bodies: list[Body]) -> str | None:
    """The acronym that the text defines, else the mention that is one beside a longer one."""
    defined = next((words.forms[body.acronym] for body in bodies if body.acronym is not None), None)
    if defined or len({body.core - body.first for body in bodies}) == 1:
        return defined
    texts = [words.slice(body.first, body.core) for body in bodies if body.last == body.core]
    short = [text for text in texts if is_acronym(text) or (text.isupper() and len(text) <= _LONGEST_ACRONYM)]
    return min(short, key=len, default=None)
