"""The recipe of the shipped model."""

from __future__ import annotations

import json
from pathlib import Path

import tagger
from tagger.training.recipe import RECIPE

CONFIG = Path(tagger.__file__).parent / "model" / "config.json"


def test_every_generation_rests_on_earlier_ones() -> None:
    made: list[str] = []
    for generation in RECIPE.generations:
        assert generation.name not in made
        assert set(generation.teachers) | {generation.start} - {""} <= set(made)
        made.append(generation.name)


def test_what_ships_is_what_the_recipe_says() -> None:
    assert json.loads(CONFIG.read_text(encoding="utf-8"))["blend"] == dict(RECIPE.blend)
    assert RECIPE.bits == 7
