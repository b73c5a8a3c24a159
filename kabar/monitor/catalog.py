"""English sentences of the rest of the program in the language of the page, from `catalog.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from markupsafe import Markup, escape

Section = Literal["messages", "cues", "removed", "formats", "api"]
NESTED = 4
"""Sentences within sentences that are looked up: a path, its problem, the problem's cause."""
LONGEST = 400
"""Characters of a message on a page."""
LONGEST_READ = 2_000
"""Characters of a message that is looked up; the time that takes may grow with their square."""
_GAP = "{}"


def translated(sentence: str, language: str, section: Section = "messages") -> str | None:
    """A sentence in a language; None if the catalogue lacks it.

    >>> translated("no connection within 10 s", "id"), translated("status 404", "en"), translated("banjir", "id")
    ('tidak tersambung dalam 10 detik', 'status 404', None)
    """
    if language == "en":
        return sentence
    return _looked_up(sentence, section, NESTED) if len(sentence) <= LONGEST_READ else None


def in_words(sentence: str, language: str, section: Section = "messages") -> str:
    """The same as plain text, a sentence that the catalogue lacks as it came."""
    return translated(sentence, language, section) or sentence


def told(sentence: str, language: str) -> Markup:
    """A message as markup, cut to `LONGEST`; one that the catalogue lacks is marked as English."""
    found = translated(sentence, language)
    text = found or sentence
    shown = marked(text if len(text) <= LONGEST else text[: LONGEST - 1] + "…")
    return Markup('<span lang="en">{}</span>').format(shown) if found is None else shown


def marked(sentence: str) -> Markup:
    """A sentence as markup, in which what stands between backticks is code.

    >>> marked("open it with `kabar serve <store>`")
    Markup('open it with <code>kabar serve &lt;store&gt;</code>')
    """
    parts = sentence.split("`")
    if len(parts) % 2 == 0:  # one stands alone
        return escape(sentence)
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def _looked_up(sentence: str, section: Section, depth: int) -> str | None:
    whole, patterns = _catalogue(section)
    if sentence in whole:
        return whole[sentence]
    for pattern, translation in patterns if depth else ():
        if found := pattern.fullmatch(sentence):
            return translation.format(*(_looked_up(part, section, depth - 1) or part for part in found.groups()))
    return None


@cache
def _catalogue(section: Section) -> tuple[Mapping[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Sentences without gaps, and patterns of those with gaps: the one with the most words of its own first."""
    table: dict[str, dict[str, str]] = tomllib.loads(
        files("kabar.monitor").joinpath("catalog.toml").read_text(encoding="utf-8")
    )
    sentences = table[section]
    gapped = sorted((one for one in sentences if _GAP in one), key=lambda one: -len(one.replace(_GAP, "")))
    patterns = tuple(
        (re.compile("(.*?)".join(map(re.escape, one.split(_GAP))), re.DOTALL), sentences[one]) for one in gapped
    )
    return {one: said for one, said in sentences.items() if _GAP not in one}, patterns
