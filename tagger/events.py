"""Events, summits and competitions named in a text (KTT ASEAN, PON XX, G20): no places and no bodies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tagger.gazetteer.tables import read_table
from tagger.mentions import EventFound, Where
from tagger.phrases import Phrases
from tagger.words import SPACE

if TYPE_CHECKING:
    from tagger.words import Words

_MAX_WORDS = 5


@cache
def _table() -> Phrases[str]:
    phrases: Phrases[str] = Phrases()
    for row in read_table("events.tsv"):
        phrases.add(row["head"], row["reads"])
    return phrases


def find_events(words: Words) -> tuple[EventFound, ...]:
    """The events of a text, in the order of their first mention; one entry for each name."""
    table, index = _table(), 0
    found: dict[str, tuple[str, list[Where]]] = {}
    while index < len(words):
        match = table.match(words, index)
        if match is None:
            index += 1
            continue
        last = _name(words, match[0]) if match[1] == "name" else _number(words, match[0])
        if match[1] != "name" or last > match[0]:
            name = words.slice(index, last)
            where = Where(words.starts[index], words.ends[last - 1], words.slice(index, match[0]))
            found.setdefault(name.lower().replace("-", ""), (name, []))[1].append(where)
        index = last
    return tuple(EventFound(name, tuple(mentions)) for name, mentions in found.values())


def _name(words: Words, last: int) -> int:
    """Capitalised words and numbers after the head."""
    first = last
    while last < len(words) and last - first < _MAX_WORDS and words.joints[last] == SPACE:
        if not (words.forms[last][0].isupper() or words.forms[last].isdigit()):
            break
        last += 1
    return last


def _number(words: Words, last: int) -> int:
    """A year or an edition after the name."""
    if words.joint(last) == SPACE and last < len(words):
        form = words.forms[last]
        if (form.isdigit() and len(form) == 4) or (form.isupper() and set(form) <= set("IVXL")):
            return last + 1
    return last
