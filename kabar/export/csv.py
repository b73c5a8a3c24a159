"""CSV (RFC 4180) in UTF-8 with a byte order mark, as spreadsheets want it; cells cannot run as formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from kabar.export.rows import COLUMNS, row, safe_cell
from tagger.document import TaggedArticle


def write(articles: Iterable[TaggedArticle], out: BinaryIO) -> int:
    """Writes a head line and one row an article; returns how many articles."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    table = csv.DictWriter(text, COLUMNS)
    table.writeheader()
    count = 0
    for count, article in enumerate(articles, 1):
        table.writerow({name: safe_cell(value) for name, value in row(article).items()})
    text.detach()
    return count
