"""Tells when a publisher speaks to its readers instead of reporting: calls, offers, notices, however they are worded.

A line speaks to readers if it names a medium ("kanal", "redaksi", "WhatsApp"), begins with a bidding, and addresses
them or means the publisher itself; a report does none of these outside of quotations. The words are in `readers.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

MAX_LENGTH = 220
"""Characters beyond which a block is no call."""

_QUOTED = re.compile(r"[\"“”«»]")
_SO_FAR = re.compile(r"\b(?:hingga|sampai|saat|ketika) (?:berita|artikel|laporan|tulisan) ini\b", re.IGNORECASE)
_LEAST_NAME = 5


def speaks_to_readers(text: str, publisher: Sequence[str] = (), *, closing: bool = True) -> bool:
    """Whether a block is the publisher's word to its readers.

    Args:
        text: the block's text.
        publisher: names of the publisher, in lower case.
        closing: nothing but such lines follows it; inside an article, only the surest are told.

    >>> speaks_to_readers("Nyalakan notifikasi Kabar Teluk di ponsel Anda.", ["kabar teluk"])
    True
    >>> speaks_to_readers("Warga dapat mendaftar lewat laman panitia.", ["kabar teluk"])
    False
    """
    if len(text) > MAX_LENGTH or _QUOTED.search(text):
        return False
    medium, sure, bidding, address, own, here, offer = _cues()
    lowered = text.lower()
    named = any(name in lowered for name in publisher if len(name) > _LEAST_NAME)
    if not bidding.match(text):
        return bool(named and (medium if closing else sure).search(text) and address.search(text))
    if _SO_FAR.search(text):
        return False
    if not medium.search(text):
        return bool(named and address.search(text))
    if named or own.search(text) or offer.search(text) or (closing and here.search(text)):
        return True
    return bool((closing or sure.search(text)) and address.search(text))


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], ...]:
    data = tomllib.loads(files("scraper.clean").joinpath("readers.toml").read_text("utf-8"))
    words = {name: "|".join(entries) for name, entries in data.items()}
    asked = (
        r"(?:mau|ingin|punya|ada (?:yang|info\w*|kabar|kejadian|peristiwa|cerita|keluhan)|sudah|suka|apa pendapat"
        r"|bagaimana (?:pendapat|menurut))\b[^.?!]{3,80}\?"
    )
    patterns = (
        rf"\b(?:{words['medium']}|{words['sure']})\b",
        rf"\b(?:{words['sure']})\b",
        rf"^\W*(?:(?:{words['openings']}|{words['bidding']})\b|{asked})",
        rf"\b(?:{words['address']})\b|^\W*{asked}",
        rf"\b(?:{words['own']})\b",
        rf"\b(?:{words['here']})\b",
        rf"\b(?:{words['offer']})\b",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
