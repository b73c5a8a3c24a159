"""Function words and other small words that the rules look for beside names, by what they do."""

from __future__ import annotations

from functools import cache
from typing import Literal

from tagger.gazetteer.tables import read_table

Role = Literal[
    "place", "people", "currency", "bearer", "state", "clause", "pronoun", "adverb", "list", "speech", "district"
]


@cache
def context(role: Role) -> frozenset[str]:
    """The words of one role, in lower case.

    `place` stands before places ("di", "warga"); `people` before names of languages and peoples; `currency` before
    those of currencies; `bearer` before countries ("Presiden", "WN"); `state` before "RI"; `clause` begins what
    follows a speaker's name; `pronoun` stands for a speaker; `adverb` may stand between a subject and its verb; `list`
    joins names in an enumeration; `speech` stands before the name of who spoke; `district` before a
    district's name; `initials` before a person's initials.
    """
    return frozenset(row["word"] for row in read_table("context_words.tsv") if row["role"] == role)


def is_list_gap(words: list[str]) -> bool:
    """Whether the words between two names join them in an enumeration: ", ", "dan", ", serta"."""
    joiners = context("list")
    return len(words) <= 2 and all(word in joiners for word in words)
