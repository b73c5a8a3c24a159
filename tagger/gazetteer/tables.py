"""Reads the gazetteer's own files: tab-separated tables with a header, and lists of words one a line."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from tagger.errors import GazetteerError


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, each a dict of its columns.

    Args:
        name: file name inside `tagger/gazetteer`.

    Raises:
        GazetteerError: the file is missing, or a line has another number of columns than the header.
    """
    lines = _lines(name)
    header = lines[0].split("\t")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            raise GazetteerError(f"{name}, line {number}: {len(cells)} columns where the header has {len(header)}")
        rows.append(dict(zip(header, cells, strict=True)))
    return tuple(rows)


@cache
def read_words(name: str) -> frozenset[str]:
    """The words of a list, as they stand.

    Raises:
        GazetteerError: the file is missing.
    """
    return frozenset(line for line in _lines(name) if line and not line.startswith("#"))


def _lines(name: str) -> list[str]:
    try:
        return files("tagger.gazetteer").joinpath(name).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise GazetteerError(f"{name}: missing from tagger/gazetteer; reinstall the package") from error
