"""Tells a text's language by its function words: Indonesian, Malay, Javanese, Sundanese or English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from scraper.clean.head import Head

_SAMPLE_CHARS = 2_500
_MIN_SHARE = 0.08
_MIN_WORDS = 12
_CODE = re.compile(r"[a-z]{2,3}")


def tell_language(paragraphs: Sequence[str]) -> str | None:
    """ISO 639-1 code of the text, None if it is too short or of none of the known languages.

    >>> tell_language(["Warga Kampung Baru yang rumahnya terendam sudah mengungsi ke balai desa sejak tadi malam dan"
    ...                " belum bisa pulang karena air masih tinggi."])
    'id'
    """
    found = " ".join(paragraphs)[:_SAMPLE_CHARS].lower().split()
    if len(found) < _MIN_WORDS:
        return None
    scores = {code: sum(map(stop.__contains__, found)) for code, stop in _stopwords().items()}
    code, score = max(scores.items(), key=lambda item: item[1])
    return code if score >= _MIN_SHARE * len(found) else None


def declared_language(head: Head) -> str | None:
    """ISO 639-1 code that the markup declares; often the theme's, not the text's."""
    locale = head.first("og:locale", "content-language", "language", "inlanguage")
    for told in (head.language, *(article.language for article in head.articles), locale):
        match = _CODE.match((told or "").strip().lower())
        if match:
            return {"in": "id", "ind": "id", "eng": "en", "may": "ms", "jav": "jv", "sun": "su"}.get(match[0], match[0])
    return None


@lru_cache(maxsize=1)
def _stopwords() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads(files("scraper.clean").joinpath("stopwords.toml").read_text("utf-8"))
    return {code: frozenset(words) for code, words in table.items()}
