"""Bodies named in a text: found by rule, by the text's own acronyms and by the model, one entry each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from tagger.acronyms import Definition, abbreviates, definitions, spelt_out
from tagger.bodies import find_bodies
from tagger.body import Body
from tagger.body_edges import edged
from tagger.body_ends import named_by_end
from tagger.body_entries import found, gather
from tagger.events import find_events
from tagger.heads import common_words, fold, generics, glued_words, heads, is_acronym, reporting_verbs
from tagger.phrases import Phrases
from tagger.seen import Seen, seen_bodies
from tagger.word_places import WordPlaces
from tagger.words import CLOSE, COMMA, OPEN, Words, read_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from tagger.mentions import OrganizationFound

_NAMED_WITHOUT_HEAD = frozenset({"pt", "cv", "perumda", "perum", "partai"})
_NOTHING_SEEN = Seen()
_SMALL = frozenset({"and", "of", "for", "dan", "seluruh"})
_LONG = 5  # letters of a word that a headline's style gives a capital
_HEADED_BY = frozenset({"ketua", "direktur", "kepala", "pimpinan", "rektor", "pendiri", "pemilik"})
_LONGEST_PERSON = 5  # words
_TICKER = 4  # letters of a stock exchange's short name for a firm
_ACRONYM = 3  # letters at least
_LONG_NAME = 3  # words
_MOST_ALIASES = 1000
_HEADS_IF_DEFINED = frozenset(  # of names of bodies where the text gives their acronym
    {"dewan", "jaringan", "barisan", "regu", "korps", "laskar", "lingkar", "perguruan", "persaudaraan"}
)
_FOREIGN_WORDS = frozenset(
    {
        "organization", "organisation", "association", "council", "committee", "institute", "foundation", "federation",
        "union", "network", "agency", "authority", "watch", "society", "alliance", "commission", "corporation",
        "governments", "governance", "covenant", "college", "academy", "bureau", "board", "university",
    }
)  # fmt: skip


@Language.component("kabar_organizations", assigns=["doc._.organizations", "doc._.events"])
def tag_organizations(doc: Doc) -> Doc:
    """Sets `doc._.organizations` and `doc._.events`."""
    words = read_words(doc.text, glued_words(), reporting_verbs())
    persons, spans = _model_spans(doc, "PER"), _model_spans(doc, "ORG")
    places = WordPlaces(words, doc._.regions, doc._.countries, persons, [*_offices(words, doc), *spans])
    doc._.events = find_events(words)
    held = [(where.start, where.end) for event in doc._.events for where in event.mentions]
    apart = [(start, end) for start, end in spans if not any(start < right and left < end for left, right in held)]
    seen = Seen(apart, persons, _model_spans(doc, "LOC"))
    doc._.organizations = find_organizations(words, places, words.before(doc._.title_length), seen)
    return doc


def _model_spans(doc: Doc, label: str) -> list[tuple[int, int]]:
    return [(span.start_char, span.end_char) for span in doc.spans.get("ner", ()) if span.label_ == label]


def _offices(words: Words, doc: Doc) -> list[tuple[int, int]]:
    """What the model sees as a place and begins as a body does, "Kantor Imigrasi Ngurah Rai"."""
    spans = [span for span in _model_spans(doc, "LOC") if span[0] in words.at]
    matches = ((span, heads().match(words, words.at[span[0]])) for span in spans)
    return [span for span, match in matches if match and match[1].reads != "known" and match[1].kind != "company"]


def find_organizations(
    words: Words, places: WordPlaces, title_words: int = 0, seen: Seen = _NOTHING_SEEN
) -> tuple[OrganizationFound, ...]:
    """The bodies of a text, in the order of their first mention.

    Args:
        words: the text.
        places: its regions and countries.
        title_words: how many of the words are the title's, where every word may have a capital.
        seen: what the model sees.
    """
    shouted = title_words if _all_capitalised(words, title_words) else 0
    bodies = find_bodies(words, places, shouted)
    bodies += [_with_ticker(words, body) for body in named_by_end(words, places, _covered(bodies))]
    bodies.sort(key=lambda body: body.first)
    bodies = _as_in_text(words, places, bodies)
    defined = tuple(definitions(words))
    explained = (*defined, *spelt_out(words))
    bodies = _with_definitions(words, _meant(words, bodies, explained), defined)
    bodies += _later_mentions(words, bodies, _covered(bodies))
    alone = seen_bodies(words, places, _covered(bodies), seen, explained)
    alone = edged(words, places, alone, _covered(bodies), shouted)
    by_model = [_with_ticker(words, body) for body in alone]
    acronyms = {body.acronym for body in by_model}
    bodies += [body for body in by_model if body.first not in acronyms]
    bodies += _later_mentions(words, by_model, _covered(bodies))
    bodies.sort(key=lambda body: (body.first, body.last))
    return tuple(found(words, entry) for entry in gather(words, bodies))


def _all_capitalised(words: Words, count: int) -> bool:
    """Whether a title's words begin with capitals, as headlines do, and not as a sentence."""
    long = [form[0].isupper() for form in words.forms[1:count] if len(form) >= _LONG and form[0].isalpha()]
    return 2 * sum(long) >= len(long)


def _meant(words: Words, bodies: list[Body], explained: Iterable[Definition]) -> list[Body]:
    """Without acronyms of known bodies that the text itself explains otherwise: "Pajak Kendaraan Bermotor (PKB)"."""
    others = {
        words.forms[definition.acronym]: words.folded[definition.first]
        for definition in explained
        if heads().match(words, definition.first) is None
        and (words.folded[definition.first] in common_words() or words.forms[definition.first].islower())
    }
    return [body for body in bodies if others.get(words.forms[body.first], body.key.split()[0]) in body.key]


def _as_in_text(words: Words, places: WordPlaces, bodies: list[Body]) -> list[Body]:
    """Names as long as another mention has them, where the text goes on alike: a headline's "PT Nusa Arta Upaya"."""
    names = _by_name(words, bodies)
    bodies = [_shortened(words, places, body, names) for body in bodies]
    names = _by_name(words, bodies)
    sizes = sorted({len(name) for name in names}, reverse=True)
    out: list[Body] = []
    for body in bodies:
        if not out or body.first >= out[-1].last:
            out.append(_longest(words, body, names, sizes))
    return out


def _by_name(words: Words, bodies: list[Body]) -> dict[tuple[str, ...], Body]:
    return {words.folded[body.first : body.core]: body for body in bodies}


def _shortened(words: Words, places: WordPlaces, body: Body, names: dict[tuple[str, ...], Body]) -> Body:
    """A name without that of who heads it or speaks for it, where the text has it without: "Ketua Yayasan Nusa Jaya
    Sugeng Waluyo".
    """
    if body.last > body.core:
        return body
    headed = body.first > 0 and words.folded[body.first - 1] in _HEADED_BY
    for last in range(body.core - 1, max(body.first + 1, body.core - _LONGEST_PERSON), -1):
        if words.folded[body.first : last] in names and (headed or places.person(last)):
            return replace(body, last=last, core=last, key=names[words.folded[body.first : last]].key)
    return body


def _longest(words: Words, body: Body, names: dict[tuple[str, ...], Body], sizes: list[int]) -> Body:
    """A body by the longest of the names that stands where it stands."""
    for size in sizes:
        if size <= body.core - body.first or body.last > body.core:
            return body
        last = body.first + size
        other = names.get(words.folded[body.first : last])
        if other is not None and other.kind == body.kind and last <= len(words):
            return replace(other, first=body.first, last=last, core=last, acronym=None)
    return body


def _covered(bodies: Iterable[Body]) -> set[int]:
    return {index for body in bodies for index in range(body.first, body.last)}


def _with_definitions(words: Words, bodies: list[Body], defined: Iterable[Definition]) -> list[Body]:
    """Bodies, and those that only the text's own definition of an acronym shows to be one."""
    taken = _covered(bodies)
    known = {body.first: body for body in bodies}
    added = []
    for definition in defined:
        named, acronym = known.get(definition.first), known.get(definition.acronym)
        if named and named.known_as is None and _goes_on(words, named.last, definition.last):
            added.append(replace(_defined(words, definition, None), kind=named.kind, cue=named.cue))
            continue
        if (named and named.core >= definition.last - 1) or definition.first in taken:
            continue
        if COMMA in words.joints[definition.first + 1 : definition.last]:  # "Environmental, Social & Governance (ESG)"
            continue
        if acronym or _is_headed(words, definition):
            added.append(_defined(words, definition, acronym))
    inside = _covered(added)
    return sorted([body for body in bodies if body.first not in inside] + added, key=lambda body: body.first)


def _is_headed(words: Words, definition: Definition) -> bool:
    """Whether a name has a word that tells a body: "Rivers Watch (RW)", "Dewan Kesenian Sleman (DKS)"; not a unit."""
    first = definition.first
    if _FOREIGN_WORDS.intersection(words.folded[first : definition.last]):
        return True
    if words.folded[first] == "tim":  # "Tim Koordinasi Penataan Ruang (TKPR)", no team
        return definition.last - first > len(("Tim", "Nusa", "Jaya")) and words.forms[definition.acronym].isupper()
    return words.folded[first] in _HEADS_IF_DEFINED and fold(words.slice(first, first + 2)) not in generics()


def _goes_on(words: Words, first: int, last: int) -> bool:
    """Whether some words more belong to a name: each with a capital, "dan" or "seluruh" between two."""
    rest = words.forms[first:last]
    return bool(rest) and rest[-1][0].isupper() and all(form[0].isupper() or form in _SMALL for form in rest)


def _defined(words: Words, definition: Definition, like: Body | None) -> Body:
    """The body of a definition, the same as the one its acronym is known for."""
    first, last = definition.first, definition.last
    key, kind = (like.key, like.kind) if like else (fold(words.slice(first, last)), "association")
    return Body(first, last, last, key, kind, acronym=definition.acronym, cue="definition of its acronym")


def _with_ticker(words: Words, body: Body) -> Body:
    """A model's body with the acronym or stock ticker in parentheses after it."""
    at = body.last
    closed = words.joint(at) == OPEN and words.joint(at + 1)[:1] == CLOSE
    if not closed or not is_acronym(words.forms[at]) or words.folded[at] in generics():
        return body
    form = words.forms[at]
    if abbreviates(form, words.forms[body.first : body.last]) or _is_short_name(form, body):
        return replace(body, acronym=at)
    return body


def _is_short_name(form: str, body: Body) -> bool:
    """Whether capitals after a body are a ticker, or the foreign acronym of a long name."""
    return (
        form.isupper()
        and form.isalpha()
        and (len(form) == _TICKER or (len(form) >= _ACRONYM and body.last - body.first >= _LONG_NAME))
    )


def _later_mentions(words: Words, bodies: list[Body], taken: set[int]) -> list[Body]:
    """Mentions by an acronym that the text defines, or by a firm's or party's name without its head word.

    Args:
        words: the text.
        bodies: what may be named by an alias.
        taken: words that belong to a mention already.
    """
    aliases: Phrases[Body] = Phrases()
    for form, body in list(_aliases(words, bodies).items())[:_MOST_ALIASES]:
        aliases.add(form, body)
    firsts, later = aliases.firsts(), []
    for index, folded in enumerate(words.folded):
        if folded not in firsts or index in taken:
            continue
        match = aliases.match(words, index)
        if match and match[0] - 1 not in taken:
            later.append(
                replace(match[1], first=index, last=match[0], core=match[0], acronym=None, code=None, cue="alias")
            )
    return later


def _aliases(words: Words, bodies: list[Body]) -> dict[str, Body]:
    """Short forms of the bodies, each with the first body it stands for."""
    aliases: dict[str, Body] = {}
    for body in bodies:
        if body.acronym is not None:
            aliases.setdefault(words.forms[body.acronym], body)
        if body.core - body.first > 1 and words.folded[body.first] in _NAMED_WITHOUT_HEAD:
            rest = words.slice(body.first + 1, body.core)
            if fold(rest) not in generics() and len(rest) > 2:
                aliases.setdefault(rest, body)
    return aliases
