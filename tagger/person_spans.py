"""Persons as the model sees them, without what only stands around a name: degrees behind it, ranks before it.

"Pardi, S.Sos." is one person and not two; in "Kapolsek Rawajitu Iptu M. Junaedi" the name begins after the rank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from tagger.honorifics import is_degree, ranks

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "ner"
CUT_SHORT = frozenset({"moch", "moh", "mochamad", "muh", "mohd", "mhd", "much", "abd", "ach"})  # of first names
_SIGNS = frozenset({",", ".", "(", ")"})


@Language.component("kabar_persons")
def trim_persons(doc: Doc) -> Doc:
    """Cuts the persons of `doc.spans["ner"]` to their names, and drops those of which nothing is left."""
    if _KEY in doc.spans:
        whole = _rejoined(list(doc.spans[_KEY]))
        doc.spans[_KEY] = [trimmed for span in whole if (trimmed := _trimmed(span)) is not None]
    return doc


def _rejoined(spans: list[Span]) -> list[Span]:
    """The spans, with a first name cut short that stands alone joined to the name behind it: "Muh." + "Arsyad"."""
    out: list[Span] = []
    for span in spans:
        first = out[-1] if out else None
        short = first is not None and first.label_ == span.label_ == "PER" and first.end == span.start
        if first is not None and short and first.text.rstrip(".").lower() in CUT_SHORT:
            out[-1] = Span(span.doc, first.start, span.end, label=span.label_)
        else:
            out.append(span)
    return out


def _trimmed(span: Span) -> Span | None:
    """The span without degrees and ranks; itself where it is no person, None where no name is left."""
    if span.label_ != "PER":
        return span
    words = [token.text for token in span]
    first = next((at + 1 for at in range(len(words) - 2, -1, -1) if words[at] in ranks()), 0)
    last = len(words)
    while last > first and (is_degree(words[last - 1]) or words[last - 1] in _SIGNS):
        last -= 1
    last = last if any(map(is_degree, words[last:])) else len(words)
    if (first, last) == (0, len(words)):
        return span
    return Span(span.doc, span.start + first, span.start + last, label=span.label_) if last > first else None
