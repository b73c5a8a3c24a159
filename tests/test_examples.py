"""The examples in the public faces' docstrings run and say what they say."""

from __future__ import annotations

import doctest
import importlib

import pytest

FACES = (
    "scraper",
    "scraper.clean",
    "scraper.http",
    "scraper.clean.paging",
    "scraper.discover",
    "scraper.sites",
    "tagger",
)


@pytest.mark.parametrize("name", FACES)
def test_examples_run(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))
    assert results.failed == 0
