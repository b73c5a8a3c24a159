"""Segmentation into unigram pieces: the likeliest one, always."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.model.pieces import LONGEST_WORD, MOST_PIECES, START, Pieces

TABLE = {
    "<s>": 0.0, "<pad>": 0.0, "</s>": 0.0, "<unk>": 0.0, "▁": -2.0, "▁ba": -3.0, "ba": -3.5, "b": -5.0, "a": -4.0,
    "tu": -4.5, "t": -5.0, "u": -5.0, "▁batu": -9.0, "bat": -7.5,
}  # fmt: skip
TEXTS = list(TABLE)
VOCABULARY = Pieces(TEXTS, list(TABLE.values()), special=4, unknown=3)


def likeliest(text: str) -> float:
    """Score of the best cut, by trying all of them."""
    best = float("-inf")
    for count in range(len(text)):
        for cuts in combinations(range(1, len(text)), count):
            ends = [0, *cuts, len(text)]
            parts = [text[a:b] for a, b in pairwise(ends)]
            if all(part in TABLE for part in parts):
                best = max(best, sum(TABLE[part] for part in parts))
    return best


@given(st.text("batu", min_size=1, max_size=7))
def test_no_other_cut_is_likelier(word: str) -> None:
    ids = VOCABULARY.of(word)
    assert "".join(TEXTS[i] for i in ids) == START + word
    assert sum(TABLE[TEXTS[i]] for i in ids) == pytest.approx(likeliest(START + word))


def test_a_character_outside_the_vocabulary_is_unknown() -> None:
    assert VOCABULARY.of("ba£tu") == (TEXTS.index("▁ba"), 3, TEXTS.index("tu"))


def test_compatibility_forms_are_read_as_their_letters() -> None:
    assert VOCABULARY.of("ｂａ") == VOCABULARY.of("ba")


@given(st.text(max_size=200))
def test_any_word_has_pieces_and_not_too_many(word: str) -> None:
    assert 1 <= len(VOCABULARY.of(word)) <= MOST_PIECES


def test_a_very_long_word_costs_no_more_than_its_head() -> None:
    assert VOCABULARY.of("batu" * 100_000) == VOCABULARY.of(("batu" * 100_000)[:LONGEST_WORD])
