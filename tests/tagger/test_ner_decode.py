"""Decoding gives well-formed tags, and the likeliest of those."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagger.model.decode import allowed, decode, log_softmax, spans

TAGS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
MAY_FOLLOW = allowed(TAGS)


def well_formed(tags: list[str]) -> bool:
    return all(
        tag[0] != "I" or (last != "O" and last[2:] == tag[2:]) for last, tag in zip(["O", *tags], tags, strict=False)
    )


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_the_likeliest_well_formed_tags(seed: int, words: int) -> None:
    scores = log_softmax(np.random.default_rng(seed).normal(0, 2, (words, len(TAGS))).astype(np.float32))
    found = decode(scores, MAY_FOLLOW)
    assert well_formed([TAGS[i] for i in found])
    ways = (way for way in product(range(len(TAGS)), repeat=words) if well_formed([TAGS[i] for i in way]))
    best = max(sum(scores[at, tag] for at, tag in enumerate(way)) for way in ways)
    assert sum(scores[at, tag] for at, tag in enumerate(found)) == pytest.approx(best, abs=1e-4)


def test_spans_of_one_type_kept_apart() -> None:
    scores = log_softmax(np.array([[0, 9, 0, 0, 0], [0, 5, 4, 0, 0], [0, 0, 0, 9, 0]], np.float32))
    assert [TAGS[i] for i in decode(scores, MAY_FOLLOW)] == ["B-PER", "B-PER", "B-LOC"]
    assert [TAGS[i] for i in decode(scores, allowed(TAGS, touching=False))] == ["B-PER", "I-PER", "B-LOC"]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("O B-PER I-PER O", [(1, 3, "PER")]),
        ("B-PER B-PER", [(0, 1, "PER"), (1, 2, "PER")]),
        ("B-PER I-LOC", [(0, 1, "PER"), (1, 2, "LOC")]),
        ("I-LOC I-LOC", [(0, 2, "LOC")]),
        ("O O", []),
    ],
)
def test_spans_of_tags(tags: str, expected: list[tuple[int, int, str]]) -> None:
    assert list(spans(tags.split())) == expected
