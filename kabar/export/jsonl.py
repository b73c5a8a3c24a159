"""JSON Lines: one `TaggedArticle` a line, everything kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from tagger.document import TaggedArticle


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes all articles; returns how many."""
    encode, count = msgspec.json.Encoder().encode, 0
    for count, article in enumerate(articles, 1):
        out.write(encode(article) + b"\n")
    return count
