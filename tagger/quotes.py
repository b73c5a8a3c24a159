"""Finds what is said, and by whom: direct speech in quotation marks, and reported speech marked `direct=false`.

Precision before recall: a speaker is given where the words beside the quotation name one, or where a pronoun can only
mean the last speaker; else it is null.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language

from tagger.gazetteer.context import context
from tagger.gazetteer.tables import read_table
from tagger.mentions import QuoteFound, Where
from tagger.quotation import END, LONGEST, MARKS, find_quotations
from tagger.speakers import Speaker, first_after, last_before, read_speakers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from tagger.mentions import OfficialFound
    from tagger.quotation import Quotation
    from tagger.view import View

AFTER, BEFORE = 14, 24  # words looked at after and before a quotation
SUBJECT = 10  # words between a speaker and the verb: an apposition at most
MEMORY = 300  # words over which a pronoun may reach back
LEAST = 5  # words: a shorter quotation without a speech verb is a term, not speech


@dataclass(frozen=True, slots=True)
class Said:
    """A speech verb beside some words, and its subject.

    Attributes:
        speaker: None where the words name nobody.
        pronoun: the subject is "-nya", "dia", "ia".
    """

    verb: str
    speaker: Speaker | None = None
    pronoun: bool = False


@Language.component("kabar_quotes", assigns=["doc._.quotes"], requires=["doc._.places"])
def find_quotes(doc: Doc) -> Doc:
    """Sets `doc._.quotes`."""
    view, _ = doc._.places
    speakers = read_speakers(view, doc)
    quotations = find_quotations(view)
    direct = (_with_office(quote, doc._.officials) for quote in _direct(view, speakers, quotations))
    found = [*direct, *_reported(view, speakers, quotations)]
    doc._.quotes = tuple(sorted(found, key=lambda quote: quote.where))
    return doc


def _with_office(quote: QuoteFound, officials: Sequence[OfficialFound]) -> QuoteFound:
    """`ujar Bupati` means the one official of that office; without one, or with several, nobody."""
    if quote.speaker is None or quote.official is not None:
        return quote
    title = quote.speaker.casefold()
    office = _office_of(title)
    if office is None:
        return quote
    holders = [
        index for index, official in enumerate(officials) if f"{official.office.casefold()} ".startswith(f"{title} ")
    ]
    holders = holders or [index for index, official in enumerate(officials) if official.office_class == office]
    if len(holders) != 1:
        return replace(quote, speaker=None)
    return replace(quote, speaker=officials[holders[0]].name, official=holders[0])


def _office_of(title: str) -> str | None:
    """The office that a title is, or begins with: "kapolres lampung tengah"."""
    words = title.split()
    prefixes = (" ".join(words[:end]) for end in range(len(words), 0, -1))
    return next((_offices()[prefix] for prefix in prefixes if prefix in _offices()), None)


@cache
def _offices() -> dict[str, str]:
    """The office of each of its names, in lower case."""
    return {
        form.casefold(): row["office"]
        for row in read_table("offices.tsv")
        for form in (row["office"], *row["forms"].split(";"))
    }


@cache
def _verbs() -> dict[str, str]:
    """Verbs of speaking: a `reply` stands after the words said, a `report` before them."""
    return {row["verb"]: row["kind"] for row in read_table("speech_verbs.tsv")}


def _direct(view: View, speakers: Sequence[Speaker], quotations: Sequence[Quotation]) -> Iterator[QuoteFound]:
    last: Speaker | None = None
    since = 0
    for index, quotation in enumerate(quotations):
        start = quotations[index - 1].closing + 1 if index else 0
        stop = quotations[index + 1].opening if index + 1 < len(quotations) else len(view)
        said = _after(view, speakers, quotation, stop) or _before(view, speakers, quotation, start)
        if said is None and not _is_speech(view, quotation):
            continue
        speaker = said.speaker if said is not None else None
        if said is not None and said.pronoun:
            speaker = _antecedent(view, speakers, last, since, quotation)
        yield _found(view, quotation.start, quotation.end, said, speaker, direct=True)
        if speaker is not None:
            last, since = speaker, max(quotation.end, speaker.end)


def _found(view: View, start: int, end: int, said: Said | None, speaker: Speaker | None, *, direct: bool) -> QuoteFound:
    """The quotation without the comma that belongs to the sentence around it."""
    while end - start > 1 and view.words[end - 1] in (",", ";"):
        end -= 1
    return QuoteFound(
        where=Where(view.starts[start], view.ends[end - 1], f"speech verb: {said.verb}" if said else "quotation marks"),
        speaker=speaker.text if speaker is not None else None,
        official=speaker.official if speaker is not None and speaker.official >= 0 else None,
        verb=said.verb if said is not None else None,
        direct=direct,
    )


def _is_speech(view: View, quotation: Quotation) -> bool:
    """Whether a quotation without a speech verb beside it is a whole sentence, not a term or a title."""
    after = view.words[quotation.closing + 1] if quotation.closing + 1 < len(view) else ""
    ends = view.words[quotation.end - 1] in END or after == "."
    return ends and quotation.end - quotation.start > LEAST and view.capital(quotation.start)


def _after(view: View, speakers: Sequence[Speaker], quotation: Quotation, stop: int) -> Said | None:
    """`"...," kata Fasha`, `"...," ujarnya`, `"...," kata dia`."""
    at = quotation.closing + 1
    while at < stop and view.words[at] in {",", ".", "-", "–"} and at < quotation.closing + 3:
        at += 1
    if at >= stop:
        return None
    verb, own = _reply(view.folded[at])
    if verb is None:
        return None
    if own or (at + 1 < stop and view.folded[at + 1] in context("pronoun")):
        return Said(verb, pronoun=True)
    return Said(verb, first_after(view, speakers, at + 1, min(at + 1 + AFTER, stop)))


def _reply(word: str) -> tuple[str | None, bool]:
    """The verb of a word after a quotation, and whether it carries the pronoun -nya."""
    verbs = _verbs()
    if word in verbs:
        return word, False
    if word.endswith("nya") and verbs.get(word[:-3]) == "reply":
        return word[:-3], True
    return None, False


def _before(view: View, speakers: Sequence[Speaker], quotation: Quotation, start: int) -> Said | None:
    """`Fasha mengatakan, "..."`, `Kata Fasha: "..."`, `Menurut Fasha, "..."`, in the quotation's sentence."""
    verbs = _verbs()
    at = quotation.opening - 1
    stop = max(start, quotation.opening - BEFORE)
    while at >= stop and view.words[at] not in ".!?;":
        word = view.folded[at]
        if verbs.get(word) == "report":
            if view.words[quotation.opening - 1] not in (",", ":") and quotation.end - quotation.start < LEAST:
                return None  # "menyebutnya “rumah pulang”"
            speaker = last_before(view, speakers, start, at, SUBJECT)
            pronoun = speaker is None and at > stop and view.folded[at - 1] in context("pronoun")
            return Said(word, speaker, pronoun)
        if word == "menurut" or (verbs.get(word) == "reply" and view.words[quotation.opening - 1] in (",", ":")):
            return Said(word, first_after(view, speakers, at + 1, quotation.opening))
        at -= 1
    return None


def _antecedent(
    view: View, speakers: Sequence[Speaker], last: Speaker | None, since: int, quotation: Quotation
) -> Speaker | None:
    """Whom a pronoun means: the last subject of a speech verb, else the last speaker or the only person named."""
    if last is not None and quotation.start - since > MEMORY:
        return None
    since = max(since, quotation.start - MEMORY)
    first, stop = (bisect_left(speakers, Speaker(at, -1, "")) for at in (since, quotation.start))
    between = [speaker for speaker in speakers[first:stop] if speaker.person]
    subjects = [speaker for speaker in between if _is_subject(view, speaker)]
    subjects += _titles(view, since, quotation.start)
    if subjects:
        return max(subjects)
    named = {speaker.who for speaker in between}
    if last is not None:
        return last if named <= {last.who} else None
    return between[-1] if len(named) == 1 else None


def _titles(view: View, start: int, stop: int) -> Iterator[Speaker]:
    """Offices without a name as subjects of a report verb: "Bupati menambahkan"."""
    verbs, offices = _verbs(), _offices()
    for at in range(start + 1, stop):
        if verbs.get(view.folded[at]) != "report":
            continue
        for length in (3, 2, 1):
            first = at - length
            if first >= start and " ".join(view.folded[first:at]) in offices:
                yield Speaker(first, at, " ".join(view.words[first:at]))
                break


def _is_subject(view: View, speaker: Speaker) -> bool:
    """Whether a report verb follows the name in its sentence, or "menurut" stands before it."""
    if speaker.start and view.folded[speaker.start - 1] == "menurut":
        return True
    verbs = _verbs()
    for at in range(speaker.end, min(speaker.end + SUBJECT, len(view))):
        if view.firsts[at] or view.words[at] in MARKS or view.folded[at] == "dan":
            return False
        if verbs.get(view.folded[at]) == "report":
            return True
    return False


def _reported(view: View, speakers: Sequence[Speaker], quotations: Sequence[Quotation]) -> Iterator[QuoteFound]:
    """`Fasha mengatakan bahwa ...` and `Menurut Fasha, ...`, in sentences without quotation marks."""
    verbs = _verbs()
    taken = [False] * len(view)
    for quotation in quotations:
        taken[quotation.opening : quotation.closing + 1] = [True] * (quotation.closing + 1 - quotation.opening)
    for speaker in speakers:
        if not speaker.person or taken[speaker.start]:
            continue
        clause = _clause(view, speaker, verbs)
        if clause is None:
            continue
        start, verb = clause
        end = _sentence_end(view, start)
        if end - start >= LEAST and not any(taken[start:end]):
            yield _found(view, start, end, Said(verb, speaker), speaker, direct=False)


def _clause(view: View, speaker: Speaker, verbs: dict[str, str]) -> tuple[int, str] | None:
    """Where the reported words begin, and the verb."""
    at = speaker.end
    if speaker.start and view.folded[speaker.start - 1] == "menurut" and at < len(view) and view.words[at] == ",":
        return at + 1, "menurut"
    if at < len(view) and verbs.get(view.folded[at]) == "report":
        begin = at + 1
        if begin < len(view) and view.folded[begin] in ("bahwa", ",", "bahwasanya"):
            return begin + 1, view.folded[at]
    return None


def _sentence_end(view: View, start: int) -> int:
    """One past the last word of the sentence, without its full stop; `start` where it is too long to be one."""
    at = start
    stop = start + LONGEST
    while at < len(view) and not (at > start and (view.firsts[at] or view.breaks[at])):
        at += 1
        if at > stop:
            return start
    while at > start and view.words[at - 1] in {".", "!", "?"}:
        at -= 1
    return at
