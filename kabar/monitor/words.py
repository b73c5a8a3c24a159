"""What the page says, in Indonesian and English, from `strings.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("id", "en")


@cache
def words(language: str) -> Mapping[str, str]:
    """All words of one language; Indonesian for one that is not known."""
    table: dict[str, dict[str, str]] = tomllib.loads(
        files("kabar.monitor").joinpath("strings.toml").read_text(encoding="utf-8")
    )
    return table.get(language, table["id"])
