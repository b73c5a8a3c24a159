"""Persons as the model sees them, without what only stands around a name: degrees behind it, ranks before it.

"Pardi, S.Sos." is one person and not two; in "Kapolsek Rawajitu Iptu M. Junaedi" the name begins after the rank.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Span

from tagger.gazetteer.tables import read_table

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "ner"
_SIGNS = frozenset({",", ".", "(", ")"})


@Language.component("kabar_persons")
def trim_persons(doc: Doc) -> Doc:
    """Cuts the persons of `doc.spans["ner"]` to their names, and drops those of which nothing is left."""
    if _KEY in doc.spans:
        doc.spans[_KEY] = [trimmed for span in doc.spans[_KEY] if (trimmed := _trimmed(span)) is not None]
    return doc


def _trimmed(span: Span) -> Span | None:
    """The span without degrees and ranks; itself where it is no person, None where no name is left."""
    if span.label_ != "PER":
        return span
    words = [token.text for token in span]
    first = next((at + 1 for at in range(len(words) - 2, -1, -1) if words[at] in _ranks()), 0)
    last = len(words)
    while last > first and (is_degree(words[last - 1]) or words[last - 1] in _SIGNS):
        last -= 1
    last = last if any(map(is_degree, words[last:])) else len(words)
    if (first, last) == (0, len(words)):
        return span
    return Span(span.doc, span.start + first, span.start + last, label=span.label_) if last > first else None


def is_degree(token: str) -> bool:
    """Whether a token is a degree with its points, or one in capitals ("S.Sos.", "M.Si", "SH").

    >>> is_degree("S.Sos."), is_degree("SH"), is_degree("Han"), is_degree("M.")
    (True, True, False, False)
    """
    letters = token.replace(".", "")
    marked = "." in token.rstrip(".") or token.isupper()
    return len(letters) > 1 and marked and letters in _degrees()


@cache
def _degrees() -> frozenset[str]:
    """Degrees of two letters and more, without points."""
    rows = read_table("honorifics.tsv")
    return frozenset(row["form"] for row in rows if row["place"] == "back" and len(row["form"]) > 1)


@cache
def _ranks() -> frozenset[str]:
    """Ranks of one word, which no name of a person holds."""
    rows = read_table("honorifics.tsv")
    return frozenset(row["form"] for row in rows if row["what"] == "rank" and " " not in row["form"])
