"""Plain facts, one table a kind, each a tab-separated file with a header; `README.md` tells every column.

The edition in `EDITION` changes with every change of a table: a tagged article names it, so that the same answer can be
had again.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def edition() -> str:
    """Edition of the tables, e.g. `2026.11`."""
    return files("tagger.gazetteer").joinpath("EDITION").read_text(encoding="utf-8").strip()
