"""The examples in docstrings run and say what they say."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FACES = {"scraper", "scraper.clean", "scraper.clean.paging", "scraper.discover", "scraper.sites", "tagger"}


def with_examples() -> list[str]:
    """Every module that shows an example, whatever package it stands in."""
    files = (path for package in ("scraper", "tagger", "kabar") for path in (ROOT / package).rglob("*.py"))
    shown = [path.relative_to(ROOT).with_suffix("") for path in files if ">>> " in path.read_text("utf-8")]
    return sorted(".".join(path.parts).removesuffix(".__init__") for path in shown)


def test_the_public_faces_show_examples() -> None:
    assert set(with_examples()) >= FACES


@pytest.mark.parametrize("name", with_examples())
def test_examples_run(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0
