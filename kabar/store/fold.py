"""Names and words in the form in which they are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’‘`"
_APOSTROPHES = str.maketrans("", "", APOSTROPHES)


def without_apostrophes(text: str) -> str:
    """As the search index holds it.

    >>> without_apostrophes("Jum'at, K.H. Ma’ruf")
    'Jumat, K.H. Maruf'
    """
    return text.translate(_APOSTROPHES)


@lru_cache(maxsize=16_384)  # few names make up most of the news
def fold(name: str) -> str:
    """Lower case, no apostrophes, no diacritics, words parted by one space.

    >>> fold("K.H. Ma'ruf  Amin")
    'k h maruf amin'
    """
    plain = unicodedata.normalize("NFKD", without_apostrophes(name).casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


def one_line(text: str) -> str:
    """White space and control characters as single spaces, for places where a line break would say something.

    >>> one_line("Banjir\\r\\n surut")
    'Banjir surut'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
