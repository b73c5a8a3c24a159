"""Titles, ranks and degrees around persons' names (`gazetteer/honorifics.tsv`)."""

from __future__ import annotations

from functools import cache

from tagger.gazetteer.tables import read_table
from tagger.phrases import Phrases


@cache
def front() -> Phrases[str]:
    """What stands before a name, each with its kind: academic, religious, nobility, rank, corps, address."""
    phrases: Phrases[str] = Phrases()
    for row in read_table("honorifics.tsv"):
        if row["place"] == "front":
            phrases.add(row["form"], row["what"])
    return phrases


@cache
def degrees() -> frozenset[str]:
    """Degrees behind a name without their points, and the parts into which points cut them."""
    return frozenset(row["form"] for row in read_table("honorifics.tsv") if row["place"] == "back")


@cache
def ranks() -> frozenset[str]:
    """Ranks of one word, which no name of a person holds."""
    rows = read_table("honorifics.tsv")
    return frozenset(row["form"] for row in rows if row["what"] == "rank" and " " not in row["form"])


def is_degree(token: str) -> bool:
    """Whether a token is a degree with its points, or one in capitals ("S.Sos.", "M.Si", "SH").

    >>> is_degree("S.Sos."), is_degree("SH"), is_degree("Han"), is_degree("M.")
    (True, True, False, False)
    """
    letters = token.replace(".", "")
    marked = "." in token.rstrip(".") or token.isupper()
    return len(letters) > 1 and marked and letters in degrees()
