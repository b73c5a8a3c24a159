"""Datelines: the place and the brand that news prints before its first sentence ("JAMBI, KABAR.com – ")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.clean.blocks import Block

LIMIT = 70
"""Characters beyond which nothing is a dateline."""

_PLACE = r"[A-Z][\w.'’/-]*(?:(?:\s|,\s?)(?:[A-Z(][\w.'’/()-]*|dan|&)){0,5}"
_BRAND = r"(?i:[a-z][\w-]*\.(?:com|co\.id|co|id|net|org|news|tv|my\.id|or\.id|go\.id|web\.id)(?:/\w+)?)"
_DASH = r"\s?[-–—―~]+"
# Between plain words a hyphen joins ("KPK-Polri"): there the dash needs a space, or to be a long one.
_APART = r"(?:\s[-–—―]+|[-–—―]+(?=\s)|--+|[—―])"

_MONTH = "(?:Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember)"
_AFTER_BRAND = r"\s?(?:[,/.–—-]|\|\|?)\s?"
_BEFORE_BRAND = r"\s?(?:[,–—-]|\|\|?)\s?"
_CAPITALS = r"[A-Z][A-Z.'’/-]+(?:(?:\s|,\s?|\s\|\s)[A-Z(][\w.'’/()-]+){0,4}"
_BRANDED_FORMS = (
    r"RMOL\w*\.",
    r"KBRN\s?,\s?[A-Z][\w ]{2,30}?\s?:",
    rf"[a-z]+[A-Z]{{2,3}}{_APART}",
    rf"(?i:(?:[a-z][\w-]*\.)+(?:com|id)){_DASH}\s?[A-Z][a-z]+(?:\s[A-Z][a-z]+){{0,2}}\.(?=\s+[A-Z“\"])",
    rf"{_BRAND}(?:{_AFTER_BRAND}{_PLACE})?\s?(?:{_DASH}|:)",
    rf"{_BRAND}\s?,\s?[A-Z][\w.'’]+(?:\s[A-Z][\w.'’]+){{0,2}}?(?=\s[A-Z“\"'‘])",
    rf"{_PLACE}{_BEFORE_BRAND}{_BRAND}\s?(?:\([^)]{{2,20}}\))?\s?(?:{_DASH}|:|\|\|?|\]|\.(?=\s))",
)
_BRACKETED = rf"{_PLACE}\s?\([^)]{{2,30}}\)\s?(?:{_DASH}|:)"
_PLAIN = r"[A-Z][\w.'’]+(?:(?:\s|,\s?)[A-Z][\w.'’]+){0,3}\s[-–—―]+(?=\s|$)"
_DATED = rf"{_PLACE}, \(?\d{{1,2}} {_MONTH}(?: \d{{4}})?\)?{_DASH}(?!\s*\d)"
_UNBRANDED_FORMS = (_BRACKETED, _DATED, _CAPITALS + _APART, _PLAIN)
# A sentence that begins in lower case ("eFishery ...") is sure only behind a brand.
_DATELINE = re.compile(
    rf"\W{{0,3}}(?:({'|'.join(_BRANDED_FORMS)})\s*(?=[\"“'‘(\[\w]|$)"
    rf"|({'|'.join(_UNBRANDED_FORMS)})\s*(?=[\"“'‘(\[A-Z0-9]|$))"
)
_SURE_DATELINE = re.compile(rf"\W{{0,3}}(?:{'|'.join((*_BRANDED_FORMS, _CAPITALS + _APART))})")
_BRANDED = re.compile(rf"\W{{0,3}}{_BRAND}")
_EDGES = " -–—―~:|,.]"
_ABOVE = 5
_LONGEST_ABOVE = 350


def split_dateline(paragraph: str) -> tuple[str | None, str]:
    """Parts the dateline from the first sentence.

    >>> split_dateline("MUARA BULIAN, KABARKITA.ID – Banjir surut.")
    ('MUARA BULIAN, KABARKITA.ID', 'Banjir surut.')
    >>> split_dateline("Banjir surut.")
    (None, 'Banjir surut.')
    """
    found = _DATELINE.match(paragraph[: LIMIT + 40])
    if found is None or found.end() > LIMIT:
        return None, paragraph
    return (found[1] or found[2]).strip(_EDGES), paragraph[found.end() :].lstrip()


def is_branded(text: str) -> bool:
    """Whether a text begins with a publisher's address and goes on with a place: "Kabar6.com, Bandar Lampung"."""
    return len(text) < LIMIT and "," in text and _BRANDED.match(text) is not None


def is_sure(paragraph: str) -> bool:
    """Whether a dateline with a brand or in capitals opens the paragraph, and no line-up or pair of names."""
    return _SURE_DATELINE.match(paragraph) is not None


def trimmed(dateline: str) -> str:
    """A dateline without the dashes and commas around it."""
    return dateline.strip(_EDGES)


def opening(blocks: Sequence[Block]) -> tuple[str | None, int, str | None]:
    """The dateline, the block that it opens, and what is left of that block.

    What stands above a dateline, up to four blocks and 350 characters, is a kicker, a subtitle or a caption.
    """
    above = 0
    for index, block in enumerate(blocks[:_ABOVE]):
        dateline, rest = _parted(block)
        if dateline and (index == 0 or is_sure(block.text)):
            return dateline, index, rest
        above += len(block.text)
        if above > _LONGEST_ABOVE:
            break
    return None, 0, blocks[0].text if blocks else None


def _parted(block: Block) -> tuple[str | None, str]:
    """Parts the dateline from a block; bold type tells where it ends when no dash does."""
    head = block.bold_head
    if head and head != block.text and is_branded(head):
        return trimmed(head), block.text[len(head) :].lstrip(" -–—―:")
    return split_dateline(block.text)
